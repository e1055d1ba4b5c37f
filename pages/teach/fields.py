"""The fields of an assignment, but for those of the neuron, which are the sidebar's."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.shared import fields, parse
from pages.shared.assigned import LED
from pages.shared.assignment import LONGEST_INSTRUCTION, LONGEST_TITLE, MOST_QUESTIONS, Assignment, Step
from pages.shared.quiz.exercises import LARGEST_SEED
from pages.teach import model

WIDE = 215  # pixels: the longest label beside its help, on one line


def ask() -> Assignment:
    """What the fields say, without settings. The page ends here where it is none yet."""
    title = fields.ask(str, "Title", "Slopes", key="title", max_chars=LONGEST_TITLE)
    what, longest = "Read the page, then solve the questions.", LONGEST_INSTRUCTION
    instruction = fields.ask(
        str, "Instruction", what, key="instruction", max_chars=longest, widget=st.text_area, height=68
    )
    begins = ("Slope", "Practice: Slope")
    chosen = _several("Pages and exercises, in the order in which you choose them", [*model.STEPS], begins, key="steps")
    if not chosen:
        st.error("Choose at least one page or exercise.")
        st.stop()
    own, number, steps = False, 1, [model.STEPS[name] for name in chosen]
    if any(step.exercise for step in steps):
        with st.container(horizontal=True):
            steps = [step._replace(questions=_questions(step)) if step.exercise else step for step in steps]
            number = _whole("Variant", "1", "draw", LARGEST_SEED, "Another number asks other questions.")
        own = fields.switch("Each learner gets questions of their own", key="own")
    locked = _several("Locked: shown, cannot be changed", [*model.CONTROLS], key="locked")
    hidden = _several(
        "Hidden: not shown, cannot be changed",
        [name for name, key in model.CONTROLS.items() if key not in LED],
        key="unseen",
    )
    of = model.CONTROLS
    return Assignment(
        title or "",
        instruction or "",
        tuple(steps),
        own=own,
        number=number,
        locked=tuple(of[name] for name in locked if name not in hidden),
        hidden=tuple(of[name] for name in hidden),
    )


def _questions(step: Step) -> int:
    about = f"How many questions of the exercise {step.exercise} are asked."
    return _whole(f"Questions of {step.exercise}", "3", f"questions_{step.exercise}", MOST_QUESTIONS, about)


def _whole(label: str, default: str, key: str, most: int, about: str) -> int:
    with st.container(width=WIDE):  # so that its sentence stands beneath it
        return fields.required(
            fields.ask(partial(parse.whole, least=1, most=most), label, default, key=key, help=about)
        )


def _several(label: str, options: Sequence[str], begins: Sequence[str] = (), *, key: str) -> list[str]:
    """Several of the options, in the order in which they are chosen."""
    fields.recall(key)
    chosen = st.pills(label, options, selection_mode="multi", default=begins, key=key, wrap=True, bind="query-params")
    fields.note(key, chosen)
    return chosen

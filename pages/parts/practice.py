"""The exercises on the screen: which question, its parts with what is said of each answer, and what was done.

What is kept while the session lives is the list of attempts and how many hints each part was asked for; every
verdict is worked out anew from what stands in the fields.
"""

import random
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from gd_core.exercises import EXERCISES, LARGEST_SEED, Choice, Code, Numbers, Part, Question, question
from gd_core.formula import LONGEST
from gd_core.judge import Verdict, computes, judge
from pages.parts import downloads, receipts, typed
from pages.parts.receipts import Attempt
from pages.parts.setup import EndOfPage

KEPT = 2000  # attempts, at most
MOST_NUMBERS = 20
SEED = f"Type one whole number from 0 to {LARGEST_SEED}."


def attempts() -> list[Attempt]:
    """What has been answered in this session; a reload of the page begins another."""
    return st.session_state.setdefault("attempts", [])


def choose() -> tuple[str, int, Question]:
    """Ask for the exercise and the number of the question, both in the link. Ends the page where there is none."""
    asked = st.query_params.get("exercise")
    exercise = st.radio("Exercise", [*EXERCISES], horizontal=True, key="exercise", bind="query-params")
    if asked is not None and asked not in EXERCISES:
        st.error("The link names an exercise this lab does not have. Choose one here.")
    field, button = st.columns([1, 2], vertical_alignment="bottom")
    text = field.text_input(
        "Question number",
        "0",
        key="question",
        max_chars=20,
        bind="query-params",
        help="0 is the lesson's own neuron. Whoever has the same number has the same question.",
    )
    button.button("Another question", on_click=_another, icon=":material/casino:")
    try:
        seed = typed.number(text, SEED)
        if not (seed.is_integer() and 0 <= seed <= LARGEST_SEED):
            raise ValueError(f"There is no such question. {SEED}")
    except ValueError as sentence:
        st.error(str(sentence))
        raise EndOfPage from None
    return exercise, int(seed), question(exercise, int(seed))


def _another() -> None:
    st.session_state.question = str(random.randint(1, LARGEST_SEED))


def answers(exercise: str, seed: int, asked: Question) -> list[bool]:
    """The parts of a question, and which of them are answered rightly. A bug is named before its line is repaired."""
    right: list[bool] = []
    for place in range(len(asked.parts)):
        if asked.fault and not all(right):
            break
        right.append(_answer(exercise, seed, asked, place))
    return right


def _answer(exercise: str, seed: int, asked: Question, place: int) -> bool:
    """One part: its field, what is said of the answer beneath it, and its hints. Whether it is answered rightly."""
    part = asked.parts[place]
    key = f"{exercise} {seed} {place}"
    text = _field(part, key)
    right = False
    if text:
        try:
            verdict = judge(asked, part, _read(part, text))
        except ValueError as sentence:
            st.info(str(sentence), icon=":material/edit:")
        else:
            right = verdict.right
            _keep(exercise, seed, place, text, verdict)
            box, icon, says = (
                (st.success, ":material/check:", "Right. ") if right else (st.info, ":material/close:", "Not yet. ")
            )
            box(f"{says}{verdict.says}", icon=icon)
    _hints(part, key, right=right)
    return right


def typed_lines(exercise: str, seed: int, asked: Question) -> dict[str, str]:
    """The learner's lines of numpy that can be worked out, right or wrong, by the name they are for."""
    found = {}
    for place, part in enumerate(asked.parts):
        text = st.session_state.get(f"{exercise} {seed} {place}")
        if isinstance(part, Code) and text and computes(asked, part, text):
            found[part.line] = text
    return found


def _field(part: Part, key: str) -> str:
    """What stands in the field of a part, or "" if nothing does."""
    if isinstance(part, Choice):
        # Not a radio: there the arrow keys would try one answer after the other.
        options = [*part.options]
        return (
            st.selectbox(part.what, options, index=None, key=key, placeholder="Choose", persist_state="session") or ""
        )
    if isinstance(part, Code):
        text = st.text_input(
            f"`{part.line} =` a line of numpy for {part.blank.what}",
            key=key,
            max_chars=2 * LONGEST,
            placeholder="numpy",
            help=f"You may use {', '.join(part.blank.names)}.",
            persist_state="session",
        )
    else:
        text = st.text_input(
            f"{part.blank.what.capitalize()}, in numbers",
            key=key,
            max_chars=typed.LONGEST,
            placeholder="such as 1.25 or 5/4, or several of them",
            persist_state="session",
        )
    return text.strip()


def _read(part: Part, text: str) -> str | list[float]:
    """What was typed, as the part is answered: as text, or in numbers. Raises ValueError if those are none."""
    ask = "Type numbers such as 1.25, or 5/4; three digits will do."
    return typed.numbers(text, ask, MOST_NUMBERS) if isinstance(part, Numbers) else text


def _hints(part: Part, key: str, *, right: bool) -> None:
    """The hints asked for so far, and a button for the next; after the last the solution."""
    hints, why = (part.hints, part.why) if isinstance(part, Choice) else (part.blank.hints, part.blank.why)
    counted = f"hints {key}"
    shown = st.session_state.get(counted, 0)
    for number, hint in enumerate(hints[:shown], start=1):
        st.caption(f"Hint {number}: {hint}")
    if shown > len(hints):
        solution = part.truth if isinstance(part, Choice) else part.blank.formula
        st.caption(f"Solution: `{solution}`. {why}")
    elif not right:
        label = f"Hint {shown + 1} of {len(hints)}" if shown < len(hints) else "Show the solution"
        st.button(
            label, key=f"next {key}", on_click=_one_more, args=(counted,), type="tertiary", icon=":material/lightbulb:"
        )


def _one_more(counted: str) -> None:
    st.session_state[counted] = st.session_state.get(counted, 0) + 1


def _keep(exercise: str, seed: int, place: int, text: str, verdict: Verdict) -> None:
    """Note an answer down, unless it is the one that stood here before."""
    kept = attempts()
    before = [a for a in kept if (a.exercise, a.seed, a.part) == (exercise, seed, place + 1)]
    if (before and before[-1].answer == text) or len(kept) >= KEPT:
        return
    hints = st.session_state.get(f"hints {exercise} {seed} {place}", 0)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    kept.append(Attempt(exercise, seed, place + 1, text, verdict.right, verdict.says, len(before) + 1, hints, now))


def progress() -> None:
    """A badge for each exercise: how many of its questions are solved, or only begun."""
    kept = attempts()
    with st.container(horizontal=True):
        for exercise in EXERCISES:
            begun = {a.seed for a in kept if a.exercise == exercise}
            solved = sum(
                len(receipts.solved(kept, exercise, seed)) == len(question(exercise, seed).parts) for seed in begun
            )
            if solved:
                st.badge(f"{exercise}: {solved} solved", icon=":material/check:", color="green")
            else:
                st.badge(f"{exercise}: begun" if begun else exercise, color="orange" if begun else "gray")


def receipt() -> None:
    """Two ways to download the attempts."""
    kept = attempts()
    with st.container(horizontal=True):
        for label, make, kind in (("JSON", receipts.as_json, "application/json"), ("CSV", receipts.as_csv, "text/csv")):
            name = f"practice.{label.lower()}"
            downloads.button(f"Receipt as {label}", partial(make, kept), name, kind, ready=bool(kept))

"""The answers on the screen: a field and a verdict for each part of a question, hints, and the attempts.

The session keeps how many hints each part has shown, and the browser the attempts; verdicts are worked out from the
fields.
"""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from pages.shared import assigned, fields, parse, progress
from pages.shared.quiz import attempts
from pages.shared.quiz.attempts import MOST_ATTEMPTS, MOST_SECONDS, Attempt
from pages.shared.quiz.exercises import EXERCISES, LARGEST_SEED, Choice, Code, Numbers, Part, Question
from pages.shared.quiz.judge import Verdict, judge, judge_typed, numbers
from pages.shared.quiz.misconceptions import SLOPE


def choose() -> str:
    """Ask for the exercise, at first that of the assignment in use; beneath each stands what was done of it."""
    state = st.session_state
    if "kept question" not in state and not any(
        key in said for key in assigned.LED for said in (state, st.query_params)
    ):
        state.update(assigned.following("", 0))
    how: dict[str, Any] = {"horizontal": True, "captions": solved(), "label_visibility": "collapsed"}
    return fields.choose("Exercise", EXERCISES, key="exercise", named="an exercise", widget=st.radio, **how)


def number(exercise: str) -> int:
    """Go on to the next question, or ask for its number; one that cannot be used leaves the question before it."""
    button, field = st.columns(2, vertical_alignment="bottom")
    with field:
        # Question 0, the lesson's own neuron, is answered on other pages; a link to it still opens it.
        read, about = partial(parse.whole, least=0, most=LARGEST_SEED), "The same number is the same question for all."
        fields.ask(read, "Question number", "1", key="question", help=about)
        seed = fields.usable(read, "question number", {"question": "1"}, str)
    following = assigned.following(exercise, seed)
    # Where the assignment asks for nothing else, "next" would lead out of it.
    stays = not following and (assigned.holds("question") or assigned.asks(exercise, seed))
    following = following or {"question": str(seed % LARGEST_SEED + 1)}
    go_on, icon = partial(st.session_state.update, following), ":material/arrow_forward:"
    why = "The assignment asks no other question that you have not solved." if stays else None
    button.button("Next question", on_click=go_on, icon=icon, help=why, disabled=stays, width="stretch")
    return seed


def ask(exercise: str, seed: int, question: Question) -> tuple[list[bool], dict[str, str]]:
    """Ask for the parts: which are answered correctly, and the lines of numpy that can be worked out, right or not."""
    st.session_state.setdefault(f"began {exercise} {seed}", datetime.now(UTC))
    right: list[bool] = []
    lines = {}
    for place, part in enumerate(question.parts):
        if question.bug and not all(right):  # it is named before its line is repaired
            break
        with st.container():  # of its own, so that what appears beneath one answer does not draw the next anew
            key = f"{exercise} {seed} {place}"
            text = _field(part, key)
            verdict = _judged(question, part, text) if text else None
            right.append(bool(verdict and verdict.right))
            if verdict:
                if verdict.right:
                    st.success(f"Right. {verdict.message}", icon=":material/check:")
                else:
                    st.warning(f"Not yet. {verdict.message}", icon=":material/close:")
                _keep(exercise, seed, place, text, verdict)
                if isinstance(part, Code):
                    lines[part.line] = text
            _hints(part, key, right=right[-1])
    return right, lines


def _field(part: Part, key: str) -> str:
    """What stands in the field of a part, or "" if nothing does."""
    how: dict[str, Any] = {"key": key, "persist_state": "session"}
    if isinstance(part, Choice):
        if st.session_state.get(key) not in part.options:  # a browser may hold anything
            st.session_state.pop(key, None)
        # Not a radio: there the arrow keys would try one answer after the other.
        return st.selectbox(part.what, [*part.options], index=None, placeholder="Choose", **how) or ""
    what = part.quantity.what
    if isinstance(part, Code):
        label, example = f"`{part.line} =` a line of numpy", "3 * weights"
        how |= {"help": f"{what.capitalize()}. You may use {', '.join(part.quantity.names)}."}
    else:
        label, example = f"{what.capitalize()}, in numbers", "4, 8, 12" if part.quantity is SLOPE else "0.25 or 1/4"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(label, placeholder=f"e.g. {example}", **how)
        st.button("Check", key=f"check {key}")  # to press it is to leave the field, which has it read
    return (text or "").strip()


def _judged(question: Question, part: Part, text: str) -> Verdict | None:
    if not isinstance(part, Numbers):
        return fields.accepted(partial(judge_typed, question, part), text)
    found = fields.accepted(partial(numbers, part), text)
    return judge(question, part, found) if found else None


def _hints(part: Part, key: str, *, right: bool) -> None:
    """The hints asked for so far, and a button for the next; after the last hint the solution."""
    asked = part if isinstance(part, Choice) else part.quantity
    counted = f"hints {key}"
    shown = st.session_state.get(counted, 0)
    for number, hint in enumerate(asked.hints[:shown], start=1):
        st.info(f"Hint {number}: {hint}")
    if shown > len(asked.hints):
        st.info(f"Solution: `{asked.solution}`. {asked.why}")
    elif not right:
        label = f"Hint {shown + 1} of {len(asked.hints)}" if shown < len(asked.hints) else "Show the solution"
        plain = "the numbers" if isinstance(part, Numbers) else "the choice"
        of = f"`{part.line}`" if isinstance(part, Code) else plain
        more = partial(st.session_state.update, {counted: shown + 1})
        st.button(f"{label} for {of}", key=f"next {key}", on_click=more, type="tertiary", icon=":material/lightbulb:")


def _keep(exercise: str, seed: int, place: int, text: str, verdict: Verdict) -> None:
    """Keep an attempt, unless its answer is the one before it."""
    before = [a for a in progress.kept() if (a.exercise, a.seed, a.part) == (exercise, seed, place + 1)]
    if (before and before[-1].answer == text) or len(progress.kept()) >= MOST_ATTEMPTS:
        return
    hints, clock = st.session_state.get(f"hints {exercise} {seed} {place}", 0), f"began {exercise} {seed}"
    now = datetime.now(UTC)
    since, st.session_state[clock] = st.session_state[clock], now
    seconds = min(max(int((now - since).total_seconds()), 0), MOST_SECONDS)  # a clock may be set
    written = now.isoformat(timespec="seconds"), seconds
    tried = len(before) + 1
    progress.kept().append(
        Attempt(exercise, seed, place + 1, text, verdict.right, verdict.message, tried, hints, *written)
    )


def solved() -> list[str]:
    """For each exercise how many of its questions are solved, or that one was tried."""
    words = []
    for exercise in EXERCISES:
        tried = any(a.exercise == exercise for a in progress.kept())
        solved = len(attempts.solved(progress.kept(), exercise))
        words.append(f":green[:material/check: {solved} solved]" if solved else "tried" if tried else "")
    return words

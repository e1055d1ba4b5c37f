"""Predict first: where the switch in the sidebar is on, a learner commits to an answer, and only then sees."""

import math
from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.shared import fields, guess_chart, parse
from pages.shared.numbers import number as in_digits
from pages.shared.setup import Setup

written = partial(in_digits, digits=6)  # so that an answer that is not close looks different
CLOSE = 5e-4  # an answer this near, as a share of the number, is the number: four digits will do


def toggle() -> None:
    """The switch in the sidebar."""
    about = "Lessons 1 to 3 and Network then ask before they show."
    fields.switch("Predict first", key="predict", widget=st.toggle, help=about)


def key(question: str, setup: Setup, *more: float) -> str:
    """The key of a question about a neuron: another neuron, or any other number, is another question."""
    neuron = setup.problem
    return f"{question} {neuron.inputs.tolist()} {neuron.targets.tolist()} {neuron.activation} {setup.weights} {more}"


def number(
    question: str, truth: float, scale: float, key: str, mistakes: dict[str, float], otherwise: Callable[[float], str]
) -> None:
    """Ask for a number; the page ends here until there is an answer.

    A wrong answer gets the sentence of the one of `mistakes`, sentence -> number, that leads to it, else `otherwise`.
    Beside `scale`, the size of the numbers in question, a tiny answer is 0.
    """
    if not st.session_state.predict or not math.isfinite(truth):
        return
    text = st.text_input(question, key=key, max_chars=parse.LONGEST, width=400)
    if not text.strip():
        st.caption("Type your answer, and the page goes on.")
        st.stop()
    answer = fields.required(fields.accepted(lambda text: parse.number(text, "Type one number, such as 5.04."), text))

    def close(other: float) -> bool:
        return abs(answer - other) <= max(CLOSE * abs(other), 0.01 * CLOSE * scale)

    if close(truth):
        st.success(f"Yes: it is {written(truth)}.", icon=":material/check:")
    else:
        why = next((sentence for sentence, other in mistakes.items() if close(other)), None) or otherwise(answer)
        st.warning(f"It is {written(truth)}, not {written(answer)}. {why}", icon=":material/close:")
    said = f"The truth is {written(truth)}, your answer {written(answer)}."
    st.vega_lite_chart(guess_chart.chart(truth, answer), key="guess_picture", alt=said, width="stretch")

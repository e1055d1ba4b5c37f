"""Predict first: a learner commits to an answer, and only then sees.

Where the switch in the sidebar is off nothing is asked. An answer belongs to what was asked: another neuron or rate
asks anew.
"""

import math
from collections.abc import Callable, Mapping

import streamlit as st

from pages.shared import fields, guess_chart, parse
from pages.shared.numbers import number as written
from pages.shared.setup import Setup

CLOSE = 1e-4  # an answer this near, as a share of the number, is the number: four digits will do


def toggle() -> None:
    """The switch in the sidebar."""
    fields.switch(
        "Predict first",
        key="predict",
        widget=st.toggle,
        help="The first three lessons then ask for your prediction before they show what happens.",
    )


def wanted() -> bool:
    """Whether the learner wants to be asked."""
    return bool(st.session_state.predict)


def key(question: str, setup: Setup, *more: float) -> str:
    """The key of a question about a neuron: with any other number in it, it is another question."""
    neuron = setup.problem
    return f"{question} {neuron.inputs.tolist()} {neuron.targets.tolist()} {neuron.activation} {setup.weights} {more}"


def number(
    question: str,
    truth: float,
    scale: float,
    key: str,
    mistakes: Mapping[str, float],
    otherwise: Callable[[float], str],
) -> None:
    """Ask for a number. A wrong one is told which of the `mistakes`, sentence -> number, leads to it.

    `scale` is the size of the numbers in question: an answer this close to 0 beside it is 0. The page ends here until
    there is an answer.
    """
    if not wanted() or not math.isfinite(truth):
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

"""Predict first: a learner commits to an answer, and only then sees.

Where the toggle in the sidebar is off nothing is asked. An answer belongs to what was asked: another neuron
or rate asks anew.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from gd_core import Pace, pace
from pages.parts import charts, fields, numbers, typed, words
from pages.parts.setup import EndOfPage, Setup

CHOICES = [Pace.CREEPS, Pace.ONE_SHOT, Pace.ZIG_ZAGS, Pace.FLIPS, Pace.EXPLODES]
CLOSE = 1e-4  # an answer this near, as a share of the number, is the number: four digits will do


def toggle() -> None:
    """The toggle in the sidebar."""
    fields.remembered("predict")
    st.toggle(
        "Predict first",
        key="predict",
        bind="query-params",
        help="The first three lessons then ask for your prediction before they show what happens.",
    )


def the_pace(setup: Setup, share: float) -> Pace | None:
    """Ask what the first update does to the error; `share` is the part of it that it takes away.

    Returns the answer, None where nothing is asked. Ends the page until there is one.
    """
    truth = pace(share)
    if not st.session_state.predict or truth is Pace.STANDS_STILL:
        return None
    question = (
        f"With a learning rate of {numbers.number(setup.rate)}, what will one update of all weights do to the error?"
    )
    answer = st.radio(
        question,
        CHOICES,
        index=None,
        captions=[words.DOES[choice] for choice in CHOICES],
        format_func=str.capitalize,
        horizontal=True,
        key=_asked("pace", setup, setup.rate),
    )
    if answer is None:
        st.caption("Choose, and the page goes on.")
        raise EndOfPage
    factor = numbers.factor(share)
    if answer is truth:
        st.success(f"Yes: multiplied by {factor} the error {words.DOES[truth]}.", icon=":material/check:")
    else:
        st.warning(
            f"You said the error {words.DOES[answer]}. Multiplied by {factor} it {words.DOES[truth]}. "
            f"{words.would_be(answer, setup)}",
            icon=":material/close:",
        )
    return answer


def the_slope(setup: Setup, place: int) -> None:
    """Ask for the slope of one weight."""
    neuron, weights = setup.problem, np.array(setup.weights)
    truth = float(neuron.slopes(weights)[place])
    error = float(neuron.errors(weights)[0])
    feeds = float(neuron.inputs[0, place])
    steepness = float(neuron.steepness(weights)[0])
    mistakes = {
        "That is half of it: the slope of the squared error is 2 × error.": truth / 2,
        "The error is the wrong way round: it is prediction - target.": -truth,
        f"That is without the input, {numbers.number(feeds)}, the value that feeds in.": 2 * error * steepness,
        f"That is without the slope of {neuron.activation}, {numbers.number(steepness)}.": 2 * error * feeds,
        "That is the error itself, not yet a slope.": error,
        "That is with the error squared: the slope has 2 × error, not 2 × error².": 2 * error**2 * feeds * steepness,
        "That is already the update: learning rate × slope.": setup.rate * truth,
    }
    _number(
        f"What is the slope of weight {place + 1}?",
        truth,
        abs(truth),
        _asked("slope", setup, place),
        mistakes,
        lambda answer: (
            f"It would be the slope if the error were {numbers.number(answer / (2 * feeds * steepness))}."
            if feeds * steepness
            else ""
        ),
    )


def the_error(setup: Setup, weights: np.ndarray, update: int) -> None:
    """Ask for the error after one update from `weights`."""
    neuron = setup.problem
    slopes = neuron.slopes(weights)

    def after(rate: float) -> float:
        return float(neuron.errors(weights - rate * slopes)[0])

    def otherwise(answer: float) -> str:
        share = 1 - answer / error if error else 0.0
        if not neuron.linear or not setup.problem.sharpness:
            return ""
        if share <= 0:
            return "No learning rate leads there: an update takes a part of the error away, or more than all of it."
        return f"It would be the error with a learning rate of {numbers.number(share / neuron.sharpness)}."

    with np.errstate(all="ignore"):
        error, truth = after(0), after(setup.rate)
        mistakes = {
            "That is the error before the update.": error,
            "That is what is left if the slopes lack their 2.": after(setup.rate / 2),
            "That is the error if the change is added: an update subtracts learning rate × slope.": after(-setup.rate),
            "That is the error without a learning rate: the whole slope was subtracted.": after(1),
            "The size is right, the sign is not: error is prediction - target.": -truth,
            "That is the mean squared error after the update, not the error.": truth**2,
            "That is the new prediction; the error is prediction - target.": truth + float(neuron.targets[0]),
        }
    question = f"The error is {numbers.number(error)}. What will it be after update {update:,}?"
    _number(question, truth, abs(error), _asked("error", setup, setup.rate, update), mistakes, otherwise)


def _asked(question: str, setup: Setup, *more: float) -> str:
    """The key of a question about a neuron: with any other number in it, it is another question."""
    neuron = setup.problem
    return f"{question} {neuron.inputs.tolist()} {neuron.targets.tolist()} {neuron.activation} {setup.weights} {more}"


def _number(
    question: str,
    truth: float,
    scale: float,
    key: str,
    mistakes: Mapping[str, float],
    otherwise: Callable[[float], str],
) -> None:
    """Ask for a number. A wrong one is told which of the `mistakes`, sentence to number, leads to it.

    Ends the page until there is an answer.
    """
    if not st.session_state.predict or not math.isfinite(truth):
        return
    text = st.text_input(question, key=key, max_chars=typed.LONGEST, width=400)
    if not text.strip():
        st.caption("Type your answer, and the page goes on.")
        raise EndOfPage
    try:
        answer = typed.number(text, "Type one number, such as 5.04.")
    except ValueError as sentence:
        st.error(str(sentence))
        raise EndOfPage from None

    def close(number: float) -> bool:
        return abs(answer - number) <= max(CLOSE * abs(number), 0.01 * CLOSE * scale)

    if close(truth):
        st.success(f"Yes: it is {numbers.number(truth)}.", icon=":material/check:")
    else:
        why = next((sentence for sentence, number in mistakes.items() if close(number)), None) or otherwise(answer)
        st.warning(f"It is {numbers.number(truth)}, not {numbers.number(answer)}. {why}", icon=":material/close:")
    said = f"The truth is {numbers.number(truth)}, your answer {numbers.number(answer)}."
    st.vega_lite_chart(charts.guess.chart(truth, answer), key="guess_picture", alt=said, width="stretch")

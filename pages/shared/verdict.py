"""What a run did, in words: how its error moved, how far it came, and what its learning rate will do."""

import math

import numpy as np
import pandas as pd

from gd_core.diagnostics import SATURATED
from gd_core.problems import Neuron
from gd_core.regimes import ROUNDING, Regime, regime, updates_until
from pages.shared import history_frame
from pages.shared.numbers import MINUS, count, factor, number, rate
from pages.shared.parse import LARGEST
from pages.shared.setup import Setup

DONE = 0.01  # a mean squared error this fraction of its start counts as converged
SLOW = 300  # updates until then, from which on a rate is too slow
# How a paragraph begins where no regime describes the run.
NOTHING_TO_DO, CANNOT_MOVE = "**Nothing to do.**", "**Nothing can move.**"
TOO_SLOW = "converges, but too slowly"
LOG_LEAVES_OUT = "A log axis leaves out where the mean squared error is 0."
GROWS, COMES_BACK = "grows", "comes back"  # what the error of a neuron with an activation may do besides
# What one update does to the error.
DOES = {
    Regime.CONVERGES: "keeps its sign and shrinks",
    Regime.ONE_STEP: "is gone",
    Regime.OSCILLATES_AND_CONVERGES: "changes its sign and shrinks",
    Regime.OSCILLATES: "changes its sign only",
    Regime.DIVERGES: "changes its sign and grows",
}


def verdict(setup: Setup, history: pd.DataFrame) -> str:
    """One paragraph: how the error moves, and how far it has come."""
    return " ".join(filter(None, parts(setup, history)))


def kind(setup: Setup, history: pd.DataFrame) -> str:
    """What a run does, in a word: its regime, or another of the words above."""
    error = history["error"].to_numpy()
    if error[0] == 0:
        return NOTHING_TO_DO
    if not history_frame.slopes(history).iloc[0].any():
        return CANNOT_MOVE
    if (error == error[0]).all():
        return Regime.STANDS_STILL
    if setup.problem.linear:
        return pace(setup.share)
    does, left = seen(history), abs(error[-1] / error[0])
    if does == Regime.CONVERGES and left > DONE**0.5:
        return pace(-math.expm1(math.log(left) / (len(error) - 1)))  # as if every update had taken the same share
    return does


def pace(share: float) -> str:
    """The regime of a share of the error, or that it converges too slowly."""
    return TOO_SLOW if 0 < share < 1 and updates_until(DONE**0.5, share) > SLOW else regime(share)


def parts(setup: Setup, history: pd.DataFrame) -> tuple[str, str]:
    """The verdict in one line, and what explains it, if anything does."""
    neuron, does = setup.problem, kind(setup, history)
    if does == NOTHING_TO_DO:
        return f"{NOTHING_TO_DO} The prediction already equals the target, so the error and every slope are 0.", ""
    if does == CANNOT_MOVE and not neuron.inputs.any():
        stays = f"the prediction stays {number(history['prediction'][0])}, whatever the weights are"
        return f"{CANNOT_MOVE} Every input is 0, so every slope is 0 and {stays}.", ""
    if does == CANNOT_MOVE:
        return f"{CANNOT_MOVE} {why_flat(neuron, setup.weights)} Try other weights at the start.", ""
    if does == Regime.STANDS_STILL:
        return (
            heading(does),
            f"The updates are too small for a float to show any of them in the error. "
            f"Try a larger rate, or {'larger inputs' if neuron.linear else 'other weights'}."
            f"{saturated(neuron.activation, float(neuron.activation_slope(setup.weights)[0]))}",
        )
    return f"{heading(does)} {_goes(setup, history)}", f"{_moves(setup, history)} {_progress(setup, history)}"


def heading(kind: str) -> str:
    """The beginning of a verdict."""
    return f"**{kind.capitalize()}.**"


def _goes(setup: Setup, history: pd.DataFrame) -> str:
    """From where to where the mean squared error goes; where both look the same, by how much it changes."""
    begin, end = history["mse"].iloc[0], history["mse"].iloc[-1]
    first, last = number(begin), number(end)
    if first != last or math.isclose(begin, end, rel_tol=ROUNDING):
        return f"The mean squared error goes from **{first}** to **{last}** in {count(setup.updates)}."
    way, by = "falls" if end < begin else "rises", number(abs(end - begin))
    return f"The mean squared error of **{first}** {way} by only **{by}** in {count(setup.updates)}."


@np.errstate(all="ignore")
def _moves(setup: Setup, history: pd.DataFrame) -> str:
    neuron = setup.problem
    if neuron.linear:
        formula = f"1 {MINUS} 2 × {number(setup.rate, 6)} × {number(neuron.sharpness / 2)} = {factor(setup.share)}"
        return f"Each update multiplies the error by `{formula}`: it {DOES[regime(setup.share)]}."
    before, after = history["error"][:2]
    by = f"multiplies the error by `{factor((before - after) / before)}`"
    slopes = neuron.activation_slope(history_frame.weights(history).to_numpy()[np.isfinite(history["mse"])])
    if (slopes == 1).all():
        return f"Each update {by}: the slope of the activation is 1 all along."
    return f"The first update {by}; with {neuron.activation} that changes, as the slope of the activation does."


def seen(history: pd.DataFrame) -> str:
    """What the error did in this run, in a word: for neurons whose regime cannot be known before."""
    error = history["error"].to_numpy()
    if np.isnan(error).any() or abs(error[-1]) > abs(error[0]):
        return GROWS
    if (error == error[0]).all():
        return Regime.STANDS_STILL
    if abs(error[-1]) == abs(error[0]):
        return COMES_BACK
    if error[1] == 0:
        return Regime.ONE_STEP
    changes_sign = (np.sign(error) == -np.sign(error[0])).any()
    return Regime.OSCILLATES_AND_CONVERGES if changes_sign else Regime.CONVERGES


@np.errstate(all="ignore")
def _progress(setup: Setup, history: pd.DataFrame) -> str:
    finite = np.isfinite(history["mse"].to_numpy())  # a square is the first to outgrow a float
    if not finite.all():
        first = number(finite.argmin())
        return f"From update {first} on the mean squared error is more than a float can hold (1.8 × 10³⁰⁸)."
    error = np.abs(history["error"].to_numpy())
    small = error <= DONE**0.5 * error[0]
    if small[-1]:
        since = len(small) - int(small[::-1].argmin())  # the first of the last row of small ones; the start is large
        return f"The mean squared error is down to 1% of its start or less after {count(since)}."
    gone = 1 - (error[-1] / error[0]) ** 2
    now = f"The mean squared error is now {factor(gone) if abs(gone) > ROUNDING else 1} times its start"
    if not setup.problem.linear:
        slope = setup.problem.activation_slope(history_frame.weights(history).iloc[-1])[0]
        return f"{now}.{saturated(setup.problem.activation, slope)}"
    needed = updates_until(DONE**0.5, setup.share)
    if np.isfinite(needed):
        return f"{now}; at this rate it is down to 1% after {count(needed)}."
    return f"{now}, and it never converges."


def why_flat(neuron: Neuron, weights: tuple[float, ...]) -> str:
    """Why every slope is 0 with these weights although there is an error and an input."""
    why = f"The {neuron.activation} is saturated here: its slope is 0"
    if at_corner(neuron, weights):
        why = "The sum is exactly 0, at the corner of ReLU, whose slope (0 left of it, 1 right) by convention is 0"
    return f"{why}, so every slope is 0 and no weight moves."


def at_corner(neuron: Neuron, weights: tuple[float, ...]) -> bool:
    """Whether a ReLU stands exactly where it bends."""
    return neuron.activation == "ReLU" and not neuron.sums(weights).any()


def saturated(activation: str, slope: float) -> str:
    """That an activation lets little of the error through, with a blank before it; nothing where it does not."""
    if slope >= SATURATED:
        return ""
    return f" The {activation} is saturated here: a slope of only {number(slope)} lets little of the error through."


def landmarks(setup: Setup) -> str:
    """The two rates at which the picture changes for these inputs, where there are any and they can be typed."""
    sharpness = setup.problem.sharpness
    if not setup.problem.linear or sharpness * LARGEST < 2:
        return ""
    one_step, limit = rate(1 / sharpness), rate(2 / sharpness)
    return f"For these inputs a rate of {one_step} gets there in one step; from {limit} on nothing converges."


def chart(history: pd.DataFrame) -> str:
    """The chart in words, the same while only the learning rate moves.

    The alternative text is part of a chart's spec: with the last numbers in it, each step of the slider would have the
    browser build the chart anew and lose the place of its scrub bar.
    """
    return f"{glance(history)} Weights and slopes follow as curves; the tables hold every number."


def glance(history: pd.DataFrame) -> str:
    """The curve of the mean squared error alone, in words."""
    mse, updates = number(history["mse"][0]), count(len(history) - 1)
    return f"A curve starting at a mean squared error of {mse}, over {updates}. The text says how it moves."


def left_out(history: pd.DataFrame, drawn: pd.DataFrame, stride: int) -> str:
    """What the chart leaves out, which the tables hold; nothing where it draws all."""
    last = int(drawn["update"].iloc[-1])
    said = f"One update in {number(stride)} is drawn. " if stride > 1 else ""
    if last < len(history) - 1:
        said += f"The curves end at update {number(last)}, before the numbers outgrow any axis (10³⁰⁰). "
    if (history["mse"] == 0).any():
        said += f"{LOG_LEAVES_OUT} "
    return said and f"{said}The tables and the download of Many updates have everything."

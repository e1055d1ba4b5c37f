"""What the slope of a weight means, and how its check by rise over run went."""

import pandas as pd

from pages.shared.numbers import latex, number
from pages.shared.setup import Setup
from pages.shared.verdict import NOTHING_TO_DO, saturated, why_flat

NEAR = 0.01  # rise over run this near the slope, as a share of it, has found it
NO_SLOPE = "**The slope is 0.**"
EXACT = "Rise over run is exactly the slope for every h: the loss does not bend here, and no digit is lost."
NO_H_WORKS = "Here no h is small enough, and still large enough, for a float to show the slope: rounding spoils all."
CORNER = (
    "Here it does not: the loss has a corner, with one slope on its left and another on its right, and rise over run "
    "finds only that of the side you nudge to."
)
ROUNDED = (
    "Smaller ones are off because a float keeps 16 digits, and the rise is a difference of two almost equal numbers."
)
BENDS = "Larger nudges are off because the loss bends."


def meaning(setup: Setup, factors: pd.DataFrame, place: int) -> str:
    """What the slope of one weight means, or why it is 0."""
    row, activation = factors.iloc[place], setup.problem.activation
    name = f"weight {place + 1}"
    if row["slope_of_loss"] == 0:
        return f"{NOTHING_TO_DO} The prediction already equals the target: the error is 0, and so is every slope."
    if row["input"] == 0:
        return f"{NO_SLOPE} The input of {name} is 0: however it changes, the prediction stays."
    if row["slope"] == 0:
        return f"{NO_SLOPE} {why_flat(setup.problem, setup.weights)}"
    does = "rises" if row["slope"] > 0 else "falls"
    said = (
        f"**The slope of {name} is {number(row['slope'])}.** Raise {name} by 0.001 and the mean squared error {does} "
        f"by about {number(0.001 * abs(row['slope']))}."
    )
    return said + saturated(activation, row["slope_of_activation"])


def formula(setup: Setup, factors: pd.DataFrame, place: int) -> str:
    """The slope of one weight as the product of its three factors, with today's numbers."""
    row = factors.iloc[place]
    two_errors = rf"2 \cdot {_factor_latex(row['slope_of_loss'] / 2)}"
    return (
        rf"\begin{{gathered}} \underbrace{{{two_errors}}}_{{\text{{slope of the loss}}}} \cdot "
        rf"\underbrace{{{_factor_latex(row['input'])}}}_{{\text{{input}}}} \cdot "
        rf"\underbrace{{{latex(row['slope_of_activation'])}}}_{{\text{{slope of {setup.problem.activation}}}}} \\ "
        rf"= {latex(row['slope'])} \end{{gathered}}"
    )


def _factor_latex(value: float) -> str:
    return f"({latex(value)})" if value < 0 else latex(value)


def check(nudges: pd.DataFrame, slope: float, *, corner: bool) -> str:
    """How near rise over run comes to the slope, and where rounding spoils it. `corner`: that of a ReLU."""
    off = nudges["off"].to_numpy()
    if corner:
        return CORNER
    if off.min() > NEAR * (abs(slope) or off.max()):
        return NO_H_WORKS
    if not off.any():
        return EXACT
    best = int(off.argmin())
    said = (
        f"At h = {number(nudges['h'].iloc[best])} rise over run is {nudges['rise_over_run'].iloc[best]:.9g}, off by "
        f"{off[best]:.3g} from {number(slope)}."
    )
    if off[:best].any():
        said += f" {BENDS}"
    if off[best:].max() > off[best]:
        said += f" {ROUNDED}"
    return said


def where_the_2_comes_from(setup: Setup, values: pd.DataFrame) -> str:
    """The 2 in the slope of the squared error, and what people do who leave it out."""
    error = float(values["error"][0])
    return (
        f"The loss is the error squared. At an error of {number(error)} it is {number(error**2)}; let the error grow "
        "by a little h, and (error + h)² = error² + 2 × error × h + h². For a tiny h the last part does not count, so "
        f"the loss rises 2 × error = {number(2 * error)} times as fast as the error.\n\n"
        "Some books halve the loss, error² / 2, so that the 2 cancels: their slopes are half of these. The same "
        f"learning rate then goes half as far: their rate of {number(2 * setup.rate)} makes the updates that "
        f"{number(setup.rate)} makes here."
    )


def neuron_picture(setup: Setup, values: pd.DataFrame) -> str:
    """The picture of the neuron, in words."""
    pairs = zip(setup.problem.inputs[0].tolist(), setup.weights, strict=True)
    feeds = ", ".join(f"{number(value)} times weight {number(weight)}" for value, weight in pairs)
    row = values.iloc[0]
    return (
        f"A neuron. Inputs: {feeds}. Their sum is {number(row['sum'])}; {setup.problem.activation} makes the "
        f"prediction {number(row['prediction'])} of it. Target {number(row['target'])}, error {number(row['error'])}."
    )


def activation_picture(setup: Setup, values: pd.DataFrame) -> str:
    """The picture of the activation, in words."""
    row = values.iloc[0]
    return (
        f"The curve of {setup.problem.activation} with its tangent at a sum of {number(row['sum'])}: value "
        f"{number(row['prediction'])}, slope {number(row['slope_of_activation'])}."
    )

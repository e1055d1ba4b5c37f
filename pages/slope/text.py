"""What the slope of a weight means, and how its check by rise over run went."""

import pandas as pd

from pages.shared.numbers import latex, number
from pages.shared.setup import Setup
from pages.shared.verdict import NOTHING_TO_DO, saturated, why_flat

NEAR = 0.01  # rise over run this near the slope, as a share of it, has found it
NO_SLOPE = "**The slope is 0.**"
EXACT = "Rise over run is exactly the slope for every h: the loss does not bend here, and no digit is lost."
NO_H_WORKS = "Here no h shows the slope: each is too large, or so small that rounding spoils it."
CORNER = "Here it does not: the loss has a corner, and rise over run finds only the slope of the side you nudge to."
ROUNDED = (
    "Smaller nudges are off because a float keeps 16 digits, and the rise is a difference of almost equal numbers."
)
BENDS = "Larger nudges are off because the loss bends."


def meaning(setup: Setup, factors: pd.DataFrame, place: int) -> str:
    """What the slope of one weight means, or why it is 0."""
    row, name = factors.iloc[place], f"weight {place + 1}"
    slope = row["slope"]
    if row["slope_of_loss"] == 0:
        return f"{NOTHING_TO_DO} The prediction already equals the target: the error and every slope are 0."
    if row["input"] == 0:
        return f"{NO_SLOPE} The input of {name} is 0: however it changes, the prediction stays."
    if slope == 0:
        return f"{NO_SLOPE} {why_flat(setup.problem, setup.weights)}"
    return (
        f"**The slope of {name} is {number(slope)}.** Raise {name} by 0.001 and the mean squared error "
        f"{'rises' if slope > 0 else 'falls'} by about {number(0.001 * abs(slope))}."
        f"{saturated(setup.problem.activation, row['slope_of_activation'])}"
    )


def formula(setup: Setup, factors: pd.DataFrame, place: int) -> str:
    """The slope of one weight as the product of its three factors, with today's numbers, in LaTeX."""
    row = factors.iloc[place]
    factors_with_signs = row["slope_of_loss"] / 2, row["input"]
    error, feeds = (f"({latex(value)})" if value < 0 else latex(value) for value in factors_with_signs)
    return (
        rf"\begin{{gathered}} \underbrace{{2 \cdot {error}}}_{{\text{{slope of the loss}}}} \cdot "
        rf"\underbrace{{{feeds}}}_{{\text{{input}}}} \cdot "
        rf"\underbrace{{{latex(row['slope_of_activation'])}}}_{{\text{{slope of {setup.problem.activation}}}}} \\ "
        rf"= {latex(row['slope'])} \end{{gathered}}"
    )


def check(nudges: pd.DataFrame, slope: float, *, corner: bool) -> str:
    """How near rise over run comes to the slope with the `chosen` nudge, or why none does. `corner`: that of a ReLU."""
    off = nudges["off"].to_numpy()
    if corner:
        return CORNER
    if off.min() > NEAR * (abs(slope) or off.max()):
        return NO_H_WORKS
    if not off.any():
        return EXACT
    row = nudges[nudges["chosen"]].iloc[0]
    return (
        f"With h = {number(row['h'])} the loss rises by {number(row['rise'], 9)}, and rise over run is "
        f"{number(row['rise_over_run'], 9)}: off by {number(row['off'], 3)} from {number(slope, 9)}."
    )


def why_off(nudges: pd.DataFrame) -> str:
    """Why nudges that are larger or smaller than the best are farther off; nothing where none is."""
    off = nudges["off"].to_numpy()
    best = int(off.argmin())
    said = (off[best + 1 :].any(), BENDS), (off[: best + 1].max() > off[best], ROUNDED)
    return " ".join(sentence for true, sentence in said if true)


def where_the_2_comes_from(setup: Setup, values: pd.DataFrame) -> str:
    """The 2 in the slope of the squared error, and what people do who leave it out."""
    error = float(values["error"][0])
    return (
        f"The loss is the error squared, {number(error**2)} at an error of {number(error)}. Let the error grow by a "
        "little h: (error + h)² = error² + 2 × error × h + h². For a tiny h the last part does not count, so the loss "
        f"rises 2 × error = {number(2 * error)} times as fast as the error.\n\n"
        "Some books halve the loss, error² / 2, so that the 2 cancels and their slopes are half of these: their rate "
        f"of {number(2 * setup.rate)} makes the updates that {number(setup.rate)} makes here."
    )


def picture(place: int) -> str:
    """The picture of one weight in words, the same wherever it is dragged."""
    return (
        f"The loss over weight {place + 1} as a curve. At the weight: the tangent, the triangle of rise and run, and "
        "the factors of the slope."
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
    at, value, slope = (number(values[name][0]) for name in ("sum", "prediction", "slope_of_activation"))
    return f"The curve of {setup.problem.activation} with its tangent at a sum of {at}: value {value}, slope {slope}."

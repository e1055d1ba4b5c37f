"""What one update does to one weight on the curve of its loss."""

import math

import numpy as np

from pages.shared.numbers import MINUS, number, rate
from pages.shared.rate_ruler import Row
from pages.shared.setup import Setup
from pages.shared.verdict import NOTHING_TO_DO, heading, saturated, why_flat

NO_WAY_DOWN = "**No way down.**"
TOO_LITTLE = "too little for a float to show"
ABOVE_0 = "The marks of the ruler hold as long as the sum stays above 0, where the slope of ReLU is 1."
NEAR_THE_START = "so the marks of the ruler hold only near the start."


def moves(setup: Setup, moving: int, kind: str) -> str:
    """Which way is down for one weight on the curve of its loss, and where the rate takes it: `kind` in a word."""
    neuron, weights, weight = setup.problem, np.array(setup.weights), setup.weights[moving]
    name, slope = f"weight {moving + 1}", float(neuron.slopes(weights)[moving])
    if neuron.errors(weights)[0] == 0:
        return f"{NOTHING_TO_DO} The prediction already equals the target, so the slope is 0."
    if neuron.inputs[0, moving] == 0:
        other = " Choose another weight." if neuron.inputs.any() else ""
        return f"{NO_WAY_DOWN} The input of {name} is 0, so its slope is 0 and it cannot move.{other}"
    if slope == 0:
        return f"{NO_WAY_DOWN} {why_flat(neuron, setup.weights)}"
    sign, rises, way = ("positive", "right", "lower") if slope > 0 else ("negative", "left", "higher")
    after = weight - setup.rate * slope
    begins = f"**{name.capitalize()} alone: {kind}.**" if len(weights) > 1 else heading(kind)
    said = (
        f"{begins} The slope is {number(slope)}: {sign}. The loss rises to the {rises}, so {name} goes the "
        f"opposite way, {TOO_LITTLE if after == weight else f'to {way} numbers'}: "
        f"`{number(weight)} {MINUS} {number(setup.rate)} × {number(slope)} = {number(after)}`."
        f"{saturated(neuron.activation, float(neuron.activation_slope(weights)[0]))}"
    )
    if neuron.activation == "ReLU":
        return f"{said} {ABOVE_0}"
    if not neuron.linear:
        return f"{said} The slope of {neuron.activation} changes along the way, {NEAR_THE_START}"
    return said


def ruler(rows: list[Row], *, linear: bool) -> str:
    """A ruler of learning rates in words."""
    about = "" if linear else "about "
    marks = [
        f"{row.name}: one step at {about}{rate(row.one_step_rate)}, critical at {about}{rate(2 * row.one_step_rate)}"
        for row in rows
        if math.isfinite(row.one_step_rate)
    ]
    return f"A ruler of learning rates: {'; '.join(marks) or 'no rate that can be typed gets there in one step'}."


def picture(setup: Setup, moving: int, rows: list[Row]) -> str:
    """The picture of one weight in words, the same while only the rate moves."""
    over = f"Beneath, the loss over weight {moving + 1} with the first updates."
    return f"{ruler(rows, linear=setup.problem.linear)} {over}"

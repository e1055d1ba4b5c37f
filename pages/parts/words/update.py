"""What one update does: to one weight on its curve, and to all of them."""

import math

import numpy as np
import pandas as pd

from pages.parts.numbers import number
from pages.parts.rates import Marks
from pages.parts.setup import Setup
from pages.parts.substeps import Values
from pages.parts.words.slope import vanished, why_flat


def weight_moves(setup: Setup, moving: int) -> str:
    """Where one weight stands on the curve of its loss, which way is down, and where the rate takes it."""
    neuron, weights = setup.problem, np.array(setup.weights)
    name, activation = f"weight {moving + 1}", neuron.activation
    if neuron.errors(weights)[0] == 0:
        return "**Nothing to do.** The prediction already equals the target, so the slope is 0."
    if neuron.inputs[0, moving] == 0:
        other = " Choose another weight." if neuron.inputs.any() else ""
        return f"**No way down.** The input of {name} is 0, so its slope is 0 and it cannot move.{other}"
    slope = float(neuron.slopes(weights)[moving])
    steepness = float(neuron.steepness(weights)[0])
    if slope == 0:
        return f"**No way down.** {why_flat(neuron, setup.weights)}"
    weight = setup.weights[moving]
    sign, rises, way = ("positive", "right", "lower") if slope > 0 else ("negative", "left", "higher")
    step = f"{number(weight)} - {number(setup.rate)} × {number(slope)} = {number(weight - setup.rate * slope)}"
    moves = "too little for a float to show" if weight - setup.rate * slope == weight else f"to {way} numbers"
    said = (
        f"**The slope is {number(slope)}: {sign}.** The loss rises to the {rises}, so {name} goes the opposite way, "
        f"{moves}: `{step}`."
    )
    said += vanished(activation, steepness)
    if activation == "ReLU":
        said += " The marks of the ruler hold as long as the sum stays above 0, where the slope of ReLU is 1."
    elif not neuron.linear:
        said += f" The slope of {activation} changes along the way, so the marks of the ruler hold only near the start."
    return said


def rate_picture(setup: Setup, moving: int, first: pd.Series, rows: list[Marks]) -> str:
    """The picture of one weight and its `first` update, for those who do not see it."""
    about = "" if setup.problem.linear else "about "
    marks = "; ".join(
        f"{row.who}: one shot at {about}{number(row.one_shot)}, flips at {about}{number(2 * row.one_shot)}"
        for row in rows
        if math.isfinite(row.one_shot)
    )
    marks = marks or "no rate that can be typed is one shot"
    return (
        f"The loss over weight {moving + 1} as a curve. The weight starts at {number(first['weight'])}, where the mean "
        f"squared error is {number(first['mse'])} and the slope {number(first['slope'])}. With a learning rate of "
        f"{number(setup.rate)} the first update takes it to {number(first['weight_next'])}, where the mean squared "
        f"error is {number(first['mse_next'])}. A ruler of learning rates: {marks}."
    )


def update_says(setup: Setup, today: Values, update: int, last: int) -> str:
    """What one update did to the error, and where the updates end."""
    before, after = abs(today.error), abs(today.new_error)
    if not before:
        said = "**Nothing to do.** The error is 0, so the slopes are 0 and no weight moves."
    elif not any(today.slopes):
        flat = (
            why_flat(setup.problem, tuple(today.weights))
            if any(today.inputs)
            else "Every input is 0, so is every slope."
        )
        said = f"**Nothing moves.** {flat}"
    else:
        does = "stays the same" if number(before) == number(after) else "falls" if after < before else "rises"
        said = (
            f"**Update {update:,}: the error goes from {number(today.error)} to {number(today.new_error)}.** "
            f"Its size {does}.{vanished(today.activation, today.steepness)}"
        )
    if last < setup.updates:
        said += f" After update {last:,} the numbers are more than a float can hold."
    return said


def step_picture(nearby: pd.DataFrame) -> str:
    """The picture of one update, for those who do not see it."""
    own = nearby.set_index("own")["mse"]
    return (
        f"Mean squared error, update by update: {number(own['before'])} before this one, {number(own['after'])} after."
    )

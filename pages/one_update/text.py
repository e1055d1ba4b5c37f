"""What one update did, and its picture in words."""

import math

import numpy as np

from pages.shared.numbers import MINUS, number
from pages.shared.setup import Setup
from pages.shared.verdict import NOTHING_TO_DO, saturated, why_flat

PICTURE = "The loss after this update over the learning rate as a curve, and an arrow as long as the learning rate."
NOTHING_MOVES = "**Nothing moves.**"
TOO_LARGE = "**Too large.** Even the first update is more than a float can hold (1.8 × 10³⁰⁸)."


def did(setup: Setup, weights: np.ndarray, update: int, last: int) -> str:
    """What the update that begins at `weights` did to the error, and where the updates end."""
    neuron = setup.problem
    slopes = neuron.slopes(weights)
    (error,), (new_error,) = neuron.errors(weights), neuron.errors(weights + setup.optimiser.step(slopes)[0])
    if not error:
        said = f"{NOTHING_TO_DO} The error is 0, so the slopes are 0 and no weight moves."
    elif not neuron.inputs.any():
        said = f"{NOTHING_MOVES} Every input is 0, so is every slope."
    elif not slopes.any():
        said = f"{NOTHING_MOVES} {why_flat(neuron, tuple(weights))}"
    else:
        grew = abs(new_error) > abs(error)
        before, after = number(error), number(new_error)
        little = " a little" if before.lstrip(MINUS) == after.lstrip(MINUS) else ""
        does = (
            "kept its size" if math.isclose(abs(error), abs(new_error)) else f"{'grew' if grew else 'shrank'}{little}"
        )
        said = (
            f"**Update {number(update)}: the error goes from {before} to {after}.** The error {does}."
            f"{saturated(neuron.activation, neuron.activation_slope(weights)[0])}"
        )
    if last < setup.updates:
        said += f" After update {number(last)} the numbers are more than a float can hold."
    return said

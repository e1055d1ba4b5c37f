"""The loss over two weights, in words and in tables of words."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from gd_core.descent import History
from gd_core.regimes import ROUNDING
from pages.shared.numbers import count, number
from pages.shared.runs import Run
from pages.shared.setup import Setup
from pages.shared.verdict import saturated
from pages.surface.model import Surface

# How the paragraph about a surface begins.
FLAT, TROUGH, STILL_A_TROUGH, BOWL = "**Flat.**", "**A trough, not a bowl.**", "**Still a trough.**", "**A bowl.**"
HALF_A_TROUGH, BENT_TROUGH = "**Half a trough.**", "**A bent trough.**"


def point(weights: Sequence[float] | np.ndarray, digits: int = 6) -> str:
    """Two weights in at most so many digits each; one that is only the other's rounding is 0."""
    size = max(abs(float(weight)) for weight in weights)
    rounded = [0.0 if abs(float(weight)) <= ROUNDING * size else float(weight) + 0.0 for weight in weights]
    return f"({', '.join(f'{weight:.{digits}g}' for weight in rounded)})"


def meaning(surface: Surface) -> str:
    """What the loss looks like, why, and what that means for the learning rate."""
    if surface.flat:
        return f"{FLAT} The inputs of both weights are 0, so neither can move. Choose other weights, or add a sample."
    if not surface.neuron.linear:
        return _bent(surface)
    if surface.has_line:
        return _line(surface)
    if surface.trough:
        return (
            f"{STILL_A_TROUGH} For these weights the inputs of the two samples leave one direction flat, or almost "
            "flat. Give the second one inputs of about the same size in another direction."
        )
    return _bowl(surface)


def _bent(surface: Surface) -> str:
    activation = surface.neuron.activation
    slopes = surface.neuron.activation_slope(surface.slice.whole(surface.start))
    if activation == "ReLU":
        half = (
            f"{HALF_A_TROUGH} Where the sum is above 0, ReLU lets it through, and the loss is that of a linear neuron. "
            "Where it is below, the surface is flat."
        )
        return half if slopes.any() else f"{half} The start lies there: every slope is 0, and nothing can move."
    return (
        f"{BENT_TROUGH} The loss is steep where {activation} is steep, and nearly flat where it is saturated. The "
        f"ruler holds near the start only.{saturated(activation, float(slopes.max()))}"
    )


def _line(surface: Surface) -> str:
    start = np.array(surface.start)
    error = float(surface.neuron.errors(surface.slice.whole(start))[0])
    along = point(surface.inputs[0])
    said = (
        f"{TROUGH} Every point on the dashed line fits this sample perfectly. The slopes are 2 × error × inputs, so "
        f"plain gradient descent, momentum and Nesterov can only move along the inputs {along}. (AdaGrad, RMSProp and "
        "Adam divide each slope by its own size, and leave that direction.)"
    )
    if error == 0:
        return f"{said} The start is on that line already."
    return (
        f"{said} From {point(start)}, where the error is {number(error)}, gradient descent gets to start - inputs × "
        f"error / |inputs|² = {point(surface.minima(start))}. Other starts (open circles) end elsewhere, with the same "
        "prediction."
    )


def _bowl(surface: Surface) -> str:
    shape, bottom = surface.shape, point(surface.minima(np.array(surface.start)))
    largest, smallest = number(shape.largest), number(shape.smallest)
    if shape.condition < 1.5:
        rates = "It is nearly round, so one rate suits every direction."
    else:
        rates = (
            "A rate that suits the steep direction is slow along the flat one; a larger rate oscillates (zig-zags) "
            "across the valley."
        )
    return (
        f"{BOWL} Only the weights {bottom} fit both samples. The curvature is {largest} along "
        f"{point(shape.steepest)} and {smallest} at a right angle to it: condition number "
        f"**{number(shape.condition)}**. {rates} Plain gradient descent does not converge from a rate of 2 / {largest} "
        f"= {number(2 / shape.largest)} on; its best is 2 / (largest + smallest) = "
        f"{number(2 / (shape.largest + shape.smallest))}."
    )


def limit(setup: Setup, surface: Surface) -> str:
    """From which rate on it does not converge here, and that this may be another one on the page Compare."""
    if surface.flat:
        return ""
    if not surface.neuron.linear:
        return "The rate does this near the start only, where the activation is about linear."
    here, there = surface.shape.largest, setup.problem.sharpness
    on = f"From {number(2 / here)} on it does not converge"
    if math.isclose(here, there):
        return f"{on}, here or on the page Compare."
    return (
        f"{on} here. On the page Compare, where all weights move and there is only the first sample, the limit is "
        f"{number(2 / there)}."
    )


def picture(surface: Surface, paths: pd.DataFrame) -> str:
    """The picture in words, the same while only the sidebar's rate moves."""
    kind = "bent by the activation"
    if surface.flat:
        kind = "flat"
    elif surface.neuron.linear:
        kind = "a trough" if surface.trough else "a bowl"
    across, up = surface.names
    return (
        f"The mean squared error over {across.lower()} and {up.lower()}, {kind}, with the paths of "
        f"{int(paths['run'].max()) + 1} runs from {point(surface.start)}, over {count(paths['update'].max())}. The "
        "table below says where each of them ends."
    )


def ruler(places: pd.DataFrame, surface: Surface) -> str:
    """The ruler in words, with `rate_ruler.places` of the one rate."""
    largest = surface.shape.largest
    end = f" From {number(2 / largest)} on it does not converge." if surface.neuron.linear and largest else ""
    return f"A ruler of learning rates for plain gradient descent. {'. '.join(places['message'])}.{end}"


def leaves(found: list[tuple[int, int]]) -> str:
    """Which runs leave the picture, and when."""
    if not found:
        return ""
    runs = ", ".join(f"run {run} from update {update:,} on" for run, update in found)
    return f"Outside the picture, or a square one: {runs}. Zoom out to see them; the table says where they end."


def starts(surface: Surface, starts: pd.DataFrame) -> pd.DataFrame:
    """Other starts in words and numbers, with what the neuron predicts where they end."""
    found = starts.to_numpy()
    whole = surface.slice.whole(found[:, 2:])
    predictions, target = surface.neuron.predictions(whole)[:, 0], float(surface.neuron.targets[0])
    size = np.abs(whole * surface.neuron.inputs[0]).sum(axis=1) + abs(target)
    predictions[np.abs(predictions - target) <= ROUNDING * size] = target
    rows = [
        (point(row[:2], 4), point(row[2:], 4), number(value))
        for row, value in zip(found, predictions.tolist(), strict=True)
    ]
    return pd.DataFrame(rows, columns=["start", "ends at", "prediction"])


def ends(surface: Surface, runs: Sequence[Run], histories: Sequence[History]) -> pd.DataFrame:
    """Where each run is in the end, in a row of words and numbers."""
    rows = []
    for place, (run, history) in enumerate(zip(runs, histories, strict=True)):
        with np.errstate(all="ignore"):
            predictions = surface.neuron.predictions(surface.slice.whole(history.weights[-1]))
        rows.append([str(place), run.label, *map(number, (*history.weights[-1], history.loss[-1], *predictions))])
    predicted = ["prediction"] if len(surface.inputs) == 1 else ["prediction 1", "prediction 2"]
    return pd.DataFrame(rows, columns=["run", "name", *map(str.lower, surface.names), "mse", *predicted])

"""The loss over two weights, in words and in tables of words."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from gd_core.descent import History
from gd_core.regimes import ROUNDING
from pages.shared import rate_ruler
from pages.shared.numbers import count, number
from pages.shared.rate_ruler import Row
from pages.shared.runs import Run
from pages.shared.setup import Setup
from pages.shared.verdict import saturated
from pages.surface.model import Surface

# How the paragraph about a surface begins.
FLAT, TROUGH, STILL_A_TROUGH, BOWL = "**Flat.**", "**A trough, not a bowl.**", "**Still a trough.**", "**A bowl.**"
HALF_A_TROUGH, BENT_TROUGH = "**Half a trough.**", "**A bent trough.**"


def point(weights: Sequence[float] | np.ndarray) -> str:
    """Two weights as people read them; one that is only the other's rounding is 0."""
    sizes = np.abs(weights)
    rounded = np.where(sizes <= ROUNDING * sizes.max(), 0.0, weights)
    return f"({', '.join(number(weight) for weight in rounded)})"


def meaning(surface: Surface) -> tuple[str, str]:
    """What the loss looks like; and why, and what that means for the learning rate."""
    if surface.flat:
        said = f"{FLAT} The inputs of both weights are 0, so neither can move. Choose other weights, or add a sample."
        return said, ""
    if not surface.neuron.linear:
        return _bent(surface), ""
    if surface.has_line:
        return _line(surface)
    if surface.trough:
        return (
            f"{STILL_A_TROUGH} For these weights the inputs of the two samples leave one direction flat, or almost "
            "flat. Give the second one inputs of about the same size in another direction."
        ), ""
    return _bowl(surface)


def _bent(surface: Surface) -> str:
    activation = surface.neuron.activation
    slopes = surface.neuron.activation_slope(surface.slice.whole(surface.start))
    if activation == "ReLU":
        stuck = "" if slopes.any() else " The start lies there, so nothing can move."
        return f"{HALF_A_TROUGH} Where the sum is above 0, the neuron is linear. Below, the surface is flat.{stuck}"
    return (
        f"{BENT_TROUGH} The loss is steep where {activation} is steep, and nearly flat where it is saturated. The "
        f"ruler holds near the start only.{saturated(activation, float(slopes.max()))}"
    )


def _line(surface: Surface) -> tuple[str, str]:
    start = np.array(surface.start)
    error = float(surface.neuron.errors(surface.slice.whole(start))[0])
    ends = "The start is on that line already."
    if error:
        end = f"start - inputs × error / |inputs|² = {point(surface.minima(start))}"
        ends = (
            f"From {point(start)}, where the error is {number(error)}, gradient descent gets to {end}. Other starts "
            "(open circles) end elsewhere, with the same prediction."
        )
    return f"{TROUGH} Every point on the dashed line fits this sample perfectly.", (
        f"The slopes are 2 × error × inputs, so "
        f"plain gradient descent, momentum and Nesterov can only move along the inputs {point(surface.inputs[0])}; "
        f"AdaGrad, RMSProp and Adam divide each slope by its own size, and leave that direction. {ends}"
    )


def _bowl(surface: Surface) -> tuple[str, str]:
    shape, bottom = surface.shape, point(surface.minima(np.array(surface.start)))
    largest, smallest = number(shape.largest), number(shape.smallest)
    rates = "A rate for the steep direction is slow along the flat one; a larger one oscillates across the valley."
    if shape.condition < 1.5:
        rates = "It is nearly round, so one rate suits every direction."
    said = f"{BOWL} Only the weights {bottom} fit both samples; condition number **{number(shape.condition)}**. {rates}"
    return said, (
        f"The curvature is {largest} along {point(shape.steepest)}, {smallest} at a right angle to it; the condition "
        f"number is their ratio. Plain gradient descent does not converge from a rate of 2 / {largest} = "
        f"{number(2 / shape.largest)} on; its best is 2 / (largest + smallest) = "
        f"{number(2 / (shape.largest + shape.smallest))}."
    )


def limit(setup: Setup, surface: Surface) -> str:
    """From which rate on it does not converge here, and that this may be another one on the page Compare."""
    if not surface.neuron.linear:
        return "The rate does this near the start only, where the activation is about linear."
    here, there = surface.shape.largest, setup.problem.sharpness
    on = f"From {number(2 / here)} on it does not converge"
    if not there:  # the first sample's inputs are 0
        return f"{on}."
    if math.isclose(here, there):
        return f"{on}, here or on the page Compare."
    return f"{on} here; on the page Compare, with all weights and only the first sample, from {number(2 / there)} on."


def picture(surface: Surface, paths: pd.DataFrame) -> str:
    """The picture in words, the same while only the sidebar's rate moves."""
    kind = "a trough" if surface.trough else "a bowl" if surface.neuron.linear else "bent by the activation"
    over, runs = " and ".join(surface.names).lower(), int(paths["run"].max()) + 1
    return (
        f"The mean squared error over {over}, {'flat' if surface.flat else kind}, with the paths of {runs} runs from "
        f"{point(surface.start)}, over {count(paths['update'].max())}. The table below says where each ends."
    )


def ruler(rows: Sequence[Row], rate: float, surface: Surface) -> str:
    """The ruler in words, with the one rate."""
    largest, linear = surface.shape.largest, surface.neuron.linear
    end = f" From {number(2 / largest)} on it does not converge." if linear and largest else ""
    messages = ". ".join(rate_ruler.message(row, rate, linear=linear) for row in rows)
    return f"A ruler of learning rates for plain gradient descent. {messages}.{end}"


def leaves(found: list[tuple[int, int]]) -> str:
    """Which runs leave a square window, and when."""
    runs = ", ".join(f"run {run} from update {number(update)} on" for run, update in found)
    return f"Beyond the square in the middle of the picture: {runs}. Zoom out; the table says where they end."


def starts(surface: Surface, starts: pd.DataFrame) -> pd.DataFrame:
    """Other starts in words and numbers, with what the neuron predicts where they end."""
    begin, end = np.split(starts.to_numpy(), 2, axis=1)
    whole, target = surface.slice.whole(end), surface.neuron.targets[0]
    predictions = surface.neuron.predictions(whole)[:, 0]
    size = np.abs(whole * surface.neuron.inputs[0]).sum(axis=1) + abs(target)
    predictions[np.abs(predictions - target) <= ROUNDING * size] = target
    columns = {"start": [*map(point, begin)], "ends at": [*map(point, end)]}
    return pd.DataFrame({**columns, "prediction": [*map(number, predictions)]})


def ends(surface: Surface, runs: Sequence[Run], histories: Sequence[History]) -> pd.DataFrame:
    """Where each run is in the end, in a row of words and numbers."""
    rows = []
    for place, (run, history) in enumerate(zip(runs, histories, strict=True)):
        with np.errstate(all="ignore"):
            predictions = surface.neuron.predictions(surface.slice.whole(history.weights[-1]))
        rows.append([str(place), run.label, *map(number, (*history.weights[-1], history.loss[-1], *predictions))])
    predicted = ["prediction"] if len(surface.inputs) == 1 else ["prediction 1", "prediction 2"]
    return pd.DataFrame(rows, columns=["run", "name", *map(str.lower, surface.names), "mse", *predicted])

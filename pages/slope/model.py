"""The slope of each weight, factor by factor, and its check by rise over run."""

import math
from typing import Any

import numpy as np
import pandas as pd

from gd_core.activations import ACTIVATIONS
from gd_core.problems import Slice
from pages.shared import stops, weight_curve
from pages.shared.setup import Setup

NUDGES = 17  # powers of 10: about as many as a float has digits
RUN = 20  # steps of the bar, or as often half of that as the triangle needs to fit
SIDE = 4.0  # the activation is drawn from -4 to 4, or farther where the neuron stands farther out


def factors(setup: Setup) -> pd.DataFrame:
    """A row a weight: the three factors of its slope, by the chain rule, and their product."""
    neuron, weights = setup.problem, np.array(setup.weights)
    of_loss, of_activation = 2 * neuron.errors(weights)[0], neuron.activation_slope(weights)[0]
    columns = np.broadcast_arrays(of_loss, neuron.inputs[0], of_activation, neuron.slopes(weights))
    names = ["slope_of_loss", "input", "slope_of_activation", "slope"]
    index = pd.RangeIndex(1, len(weights) + 1, name="weight")
    return pd.DataFrame(np.column_stack(columns) + 0.0, index, names)  # -0.0 becomes 0.0


def along(setup: Setup, place: int, borders: tuple[float, float]) -> tuple[pd.DataFrame, float]:
    """A row a point of the curve of `weight_curve`: its factors, its tangent and its triangle; and the bar's step.

    The tangent goes from (`left`, `low`) to (`right`, `high`). The triangle under it goes `inwards`, 1 to the right or
    -1 to the left: from the point to the `corner` at its height, a `run` away, and from there a `rise` to `meets`.
    """
    neuron, curve = setup.problem, weight_curve.curve(setup, place, borders)
    weight, mse = curve["weight"].to_numpy(), curve["mse"].to_numpy()
    weights = Slice(neuron, setup.weights, (place,)).whole(weight[:, np.newaxis])
    slope, width, top = neuron.slopes(weights)[:, place], weight[-1] - weight[0], mse.max()
    above, below = 1.02 * top - mse, mse + weight_curve.BELOW * top

    def reach(way: np.ndarray | int) -> np.ndarray:
        """How far the tangent can go to the right (1) or to the left (-1)."""
        with np.errstate(all="ignore"):
            fits = np.nan_to_num(np.where(way * slope > 0, above, below) / np.abs(slope), nan=np.inf)
        return np.minimum(np.minimum(fits, width / 6), np.where(way == 1, weight[-1] - weight, weight - weight[0]))

    step, to_left, to_right = stops.stops(*borders)[1], reach(-1), reach(1)
    inwards = np.where(weight < weight[0] + width / 2, 1, -1)
    run = RUN * step / 2 ** np.ceil(np.log2(np.maximum(1, RUN * step / np.where(inwards == 1, to_right, to_left))))
    columns: dict[str, Any] = {
        "weight": weight,
        "mse": mse,
        "error": neuron.errors(weights)[:, 0],
        "input": neuron.inputs[0, place],
        "slope_of_activation": neuron.activation_slope(weights)[:, 0],
        "slope": slope,
        "left": weight - to_left,
        "right": weight + to_right,
        "low": mse - slope * to_left,
        "high": mse + slope * to_right,
        "inwards": inwards,
        "run": run,
        "rise": run * slope,
        "corner": weight + inwards * run,
        "meets": mse + inwards * run * slope,
    }
    table = np.column_stack(np.broadcast_arrays(*columns.values())) + 0.0  # at once: a column at a time takes 5 ms
    return pd.DataFrame(table, columns=[*columns]), step


def values(setup: Setup) -> pd.DataFrame:
    """One row: the sum fed into the activation and its slope there, the prediction, the target, the error."""
    neuron, weights = setup.problem, np.array(setup.weights)
    row = [neuron.sums(weights), neuron.predictions(weights), neuron.targets, neuron.errors(weights)]
    table = np.column_stack([*row, neuron.activation_slope(weights)]) + 0.0
    return pd.DataFrame(table, columns=["sum", "prediction", "target", "error", "slope_of_activation"])


def wires(setup: Setup) -> pd.DataFrame:
    """A row an input: its value and its weight, and where its wire to the neuron begins and ends."""
    inputs = len(setup.weights)
    place = np.arange(1, inputs + 1)
    feeds, middle = setup.problem.inputs[0], (inputs + 1) / 2
    return pd.DataFrame({"place": place, "input": feeds, "weight": setup.weights, "middle": middle})


def activation_curve(setup: Setup) -> pd.DataFrame:
    """The activation around where the neuron stands: sum, value."""
    neuron = setup.problem
    far = max(SIDE, 1.3 * abs(float(neuron.sums(setup.weights)[0])))
    sums = np.linspace(-far, far, 161)
    return pd.DataFrame({"sum": sums, "value": ACTIVATIONS[neuron.activation].value(sums)})


def tangent(values: pd.DataFrame, curve: pd.DataFrame) -> pd.DataFrame:
    """One row: where the neuron stands on its activation, and the ends of the tangent there."""
    total, prediction, slope = (float(values[name][0]) for name in ("sum", "prediction", "slope_of_activation"))
    width, height = np.ptp(curve.to_numpy(), axis=0).tolist()
    reach = min(width / 6, height / 3 / slope) if slope else width / 6
    ends = [total, prediction, total - reach, total + reach, prediction - slope * reach, prediction + slope * reach]
    return pd.DataFrame([ends], columns=["sum", "value", "left", "right", "low", "high"])


def nudges(setup: Setup, place: int) -> pd.DataFrame:
    """Rise over run: the loss after one weight is nudged by h, for h up to 1, or a thousandth of a large weight.

    `power` is the exponent of h, `off` how far rise over run is from the slope.
    """
    neuron, weights = setup.problem, np.array(setup.weights)
    size = max(0, math.ceil(math.log10(max(abs(weights[place]), 1.0))) - 3)
    powers = size - np.arange(NUDGES)[::-1]
    h = np.array([float(f"1e{power:.0f}") for power in powers])
    nudged = np.tile(weights, (NUDGES, 1))
    nudged[:, place] += h
    with np.errstate(all="ignore"):
        rise = neuron.loss(nudged) - neuron.loss(weights)
        rise_over_run = rise / h
    off = np.abs(rise_over_run - neuron.slopes(weights)[place])
    columns = np.column_stack([powers, h, rise, rise_over_run, off])
    return pd.DataFrame(columns, columns=["power", "h", "rise", "rise_over_run", "off"])

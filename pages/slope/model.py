"""The slope of each weight, factor by factor, and its check by rise over run."""

import math

import numpy as np
import pandas as pd

from gd_core.activations import ACTIVATIONS
from pages.shared.setup import Setup

NUDGES = 33  # two a power of 10: 16 powers, about as many digits as a float has
SIDE = 4.0  # the activation is drawn from -4 to 4, or farther where the neuron stands farther out


def factors(setup: Setup) -> pd.DataFrame:
    """A row a weight: the three factors of its slope, by the chain rule, and their product."""
    neuron, weights = setup.problem, np.array(setup.weights)
    columns = {
        "slope_of_loss": 2 * neuron.errors(weights)[0],
        "input": neuron.inputs[0],
        "slope_of_activation": neuron.activation_slope(weights)[0],
        "slope": neuron.slopes(weights),
    }
    return pd.DataFrame(columns, pd.RangeIndex(1, len(weights) + 1, name="weight")) + 0.0  # -0.0 becomes 0.0


def values(setup: Setup) -> pd.DataFrame:
    """One row: the sum fed into the activation and its slope there, the prediction, the target, the error."""
    neuron, weights = setup.problem, np.array(setup.weights)
    columns = {
        "sum": neuron.sums(weights),
        "prediction": neuron.predictions(weights),
        "target": neuron.targets,
        "error": neuron.errors(weights),
        "slope_of_activation": neuron.activation_slope(weights),
    }
    return pd.DataFrame(columns) + 0.0


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
    """Rise over run: the loss after one weight is nudged by h, for h from 1 (or the weight's size) down.

    `power` is the exponent of h, `off` how far rise over run is from the slope.
    """
    neuron, weights = setup.problem, np.array(setup.weights)
    size = max(0.0, math.ceil(math.log10(max(abs(weights[place]), 1e-300))))
    powers = size - np.arange(NUDGES) / 2
    h = 10.0**powers
    nudged = np.tile(weights, (NUDGES, 1))
    nudged[:, place] += h
    with np.errstate(all="ignore"):
        rise = neuron.loss(nudged) - neuron.loss(weights)
        rise_over_run = rise / h
    off = np.abs(rise_over_run - neuron.slopes(weights)[place])
    columns = np.column_stack([powers, h, rise, rise_over_run, off])
    return pd.DataFrame(columns, columns=["power", "h", "rise", "rise_over_run", "off"])

"""The slope of each weight, factor by factor, and its check by rise over run. Knows no screen."""

import math

import numpy as np
import pandas as pd

from gd_core import ACTIVATIONS, Neuron
from pages.parts.setup import Setup

NUDGES = 33  # two a power of 10: 16 powers, about as many digits as a float has
SIDE = 4.0  # the activation is drawn from -4 to 4, or farther where the neuron stands farther out


def factors(setup: Setup) -> pd.DataFrame:
    """A row a weight: the three factors of its slope, by the chain rule, and their product."""
    neuron, weights = setup.problem, np.array(setup.weights)
    table = pd.DataFrame(index=pd.RangeIndex(1, len(weights) + 1, name="weight"))
    table["slope_of_loss"] = 2 * neuron.errors(weights)[0]
    table["input"] = neuron.inputs[0]
    table["slope_of_activation"] = neuron.steepness(weights)[0]
    table["slope"] = neuron.slopes(weights)
    return table + 0.0


def values(setup: Setup) -> pd.DataFrame:
    """One row: the sum fed into the activation, the prediction, the target, the error, the loss, the steepness."""
    neuron, weights = setup.problem, np.array(setup.weights)
    found = {
        "sum": neuron.sums(weights)[0],
        "prediction": neuron.predictions(weights)[0],
        "target": neuron.targets[0],
        "error": neuron.errors(weights)[0],
        "mse": neuron.loss(weights),
        "slope_of_activation": neuron.steepness(weights)[0],
    }
    return pd.DataFrame({name: [float(value) + 0.0] for name, value in found.items()})


def wires(setup: Setup) -> pd.DataFrame:
    """A row an input: its value and its weight, and where its wire to the neuron begins."""
    inputs = len(setup.weights)
    place = np.arange(1, inputs + 1)
    return pd.DataFrame(
        {"place": place, "input": setup.problem.inputs[0], "weight": setup.weights, "middle": (inputs + 1) / 2}
    )


def bend(setup: Setup) -> pd.DataFrame:
    """The activation around where the neuron stands: sum, value."""
    neuron = setup.problem
    far = max(SIDE, 1.3 * abs(float(neuron.sums(setup.weights)[0])))
    sums = np.linspace(-far, far, 161)
    return pd.DataFrame({"sum": sums, "value": ACTIVATIONS[neuron.activation].value(sums)})


def tangent(setup: Setup, bend: pd.DataFrame) -> pd.DataFrame:
    """One row: where the neuron stands on its activation, and the ends of the tangent there."""
    here = values(setup).iloc[0]
    slope = here["slope_of_activation"]
    reach = (bend["sum"].max() - bend["sum"].min()) / 6
    if slope:
        reach = min(reach, (bend["value"].max() - bend["value"].min()) / 3 / slope)
    return pd.DataFrame(
        {
            "sum": [here["sum"]],
            "value": [here["prediction"]],
            "left": [here["sum"] - reach],
            "right": [here["sum"] + reach],
            "low": [here["prediction"] - slope * reach],
            "high": [here["prediction"] + slope * reach],
        }
    )


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
    found = pd.DataFrame({"power": powers, "h": h, "rise": rise, "rise_over_run": rise / h})
    return found.assign(off=(found["rise_over_run"] - neuron.slopes(weights)[place]).abs())


def at_corner(neuron: Neuron, weights: tuple[float, ...]) -> bool:
    """Whether a ReLU stands exactly where it bends."""
    return neuron.activation == "ReLU" and not neuron.sums(weights).any()

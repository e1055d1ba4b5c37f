"""What a neuron does with the weighted sum of its inputs: pairs of a function and its slope.

Both take an array of sums and return one of the same shape, without a warning, for any finite sum.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Activation:
    """An activation: its `value`, and the `slope` of that value with respect to the sum fed into it."""

    value: Callable[[np.ndarray], np.ndarray]
    slope: Callable[[np.ndarray], np.ndarray]


def _sigmoid(sums: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-sum)) = exp(sum) / (exp(sum) + 1): of the two the one that keeps its digits."""
    tail = np.exp(-np.abs(sums))
    return np.where(sums < 0, tail, 1.0) / (1 + tail)


def _sigmoid_slope(sums: np.ndarray) -> np.ndarray:
    """sigmoid * (1 - sigmoid) = exp(-|sum|) / (1 + exp(-|sum|)) ** 2, with all its digits far from 0 as well."""
    tail = np.exp(-np.abs(sums))
    return tail / (1 + tail) ** 2


# identity: the sum itself; slope 1.
# ReLU:     the sum, or 0 where it is negative; slope 1 above 0, else 0. At its corner the slope is 0, by custom.
# tanh:     (exp(sum) - exp(-sum)) / (exp(sum) + exp(-sum)); slope 1 - tanh ** 2.
# sigmoid:  1 / (1 + exp(-sum)); slope sigmoid * (1 - sigmoid).
ACTIVATIONS = {
    "identity": Activation(lambda sums: sums, np.ones_like),
    "ReLU": Activation(lambda sums: np.maximum(sums, 0.0), lambda sums: np.where(sums > 0, 1.0, 0.0)),
    # tanh is a sigmoid twice as steep, from -1 to 1: 1 - tanh(sum) ** 2 = 4 * sigmoid'(2 sum).
    "tanh": Activation(np.tanh, lambda sums: 4 * _sigmoid_slope(2 * np.minimum(np.abs(sums), 1e3))),
    "sigmoid": Activation(_sigmoid, _sigmoid_slope),
}

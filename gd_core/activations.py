"""Activations: what a neuron does with the weighted sum of its inputs, and the slope of that.

Every function takes an array of sums and returns an array of the same shape, without a warning for any finite sum.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Function = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Activation:
    """An activation: its `value`, and the `slope` of the value with respect to the sum.

    `formula` is the value as text, in terms of `sum`, `max` and `exp`; every value is between `lowest` and `highest`.
    """

    value: Function
    slope: Function
    formula: str
    lowest: float = -math.inf
    highest: float = math.inf


def identity(sums: np.ndarray) -> np.ndarray:
    """The sum itself."""
    return sums


def identity_slope(sums: np.ndarray) -> np.ndarray:
    """1 everywhere."""
    return np.ones_like(sums)


def relu(sums: np.ndarray) -> np.ndarray:
    """max(0, sum)."""
    return np.maximum(sums, 0.0)


def relu_slope(sums: np.ndarray) -> np.ndarray:
    """1 above 0, else 0. At the corner, where there is no slope, 0 is the usual choice."""
    return np.where(sums > 0, 1.0, 0.0)


def tanh(sums: np.ndarray) -> np.ndarray:
    """(exp(sum) - exp(-sum)) / (exp(sum) + exp(-sum))."""
    return np.tanh(sums)


def tanh_slope(sums: np.ndarray) -> np.ndarray:
    """1 - tanh(sum)^2 = 1 / cosh(sum)^2, which stays exact far from 0."""
    with np.errstate(over="ignore"):  # a slope too small for a float is 0
        return 1 / np.cosh(sums) ** 2


def sigmoid(sums: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-sum))."""
    with np.errstate(over="ignore"):  # a value too small for a float is 0
        return 1 / (1 + np.exp(-sums))


def sigmoid_slope(sums: np.ndarray) -> np.ndarray:
    """sigmoid(sum) * (1 - sigmoid(sum)) = exp(-|sum|) / (1 + exp(-|sum|))^2, which stays exact far from 0."""
    tail = np.exp(-np.abs(sums))
    return tail / (1 + tail) ** 2


ACTIVATIONS = {
    "identity": Activation(identity, identity_slope, "sum"),
    "ReLU": Activation(relu, relu_slope, "max(0, sum)", lowest=0),
    "tanh": Activation(tanh, tanh_slope, "2 / (1 + exp(-2 * sum)) - 1", lowest=-1, highest=1),
    "sigmoid": Activation(sigmoid, sigmoid_slope, "1 / (1 + exp(-sum))", lowest=0, highest=1),
}

"""What can be minimised: anything with a loss and slopes over its weights."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike


class Problem(Protocol):
    """A loss to walk down. `weights` is one point (inputs,) or many at once (..., inputs).

    A problem whose slopes change at the same pace everywhere may also have that as `curvature`, of shape
    (inputs, inputs): slopes(v) = slopes(w) + (v - w) @ curvature. Gradient descent on it then leaps.
    """

    def loss(self, weights: np.ndarray) -> np.ndarray:
        """The loss at each point, shape (...)."""
        ...

    def slopes(self, weights: np.ndarray) -> np.ndarray:
        """The slope of the loss for every weight at each point, shape (..., inputs)."""
        ...


@dataclass(frozen=True, eq=False)
class Neuron:
    """One linear neuron and its mean squared error: mean((weights @ inputs - targets) ** 2).

    `inputs` has shape (inputs,) for one sample or (samples, inputs) for many; `targets` is a number
    or has shape (samples,). Both are kept as read-only rows of floats.

    Raises ValueError, with a sentence to show, if a number is not finite or the shapes do not fit.
    """

    inputs: np.ndarray
    targets: np.ndarray

    def __init__(self, inputs: ArrayLike, targets: ArrayLike) -> None:
        rows = np.atleast_2d(np.array(inputs, dtype=float)) + 0.0  # -0.0 becomes 0.0
        aims = np.atleast_1d(np.array(targets, dtype=float)) + 0.0
        if rows.ndim != 2 or rows.size == 0:
            raise ValueError("A neuron needs at least one input.")
        if aims.shape != rows.shape[:1]:
            raise ValueError(f"{rows.shape[0]} samples need {rows.shape[0]} targets, not {aims.size}.")
        if not (np.isfinite(rows).all() and np.isfinite(aims).all()):
            raise ValueError("Inputs and targets must be finite numbers.")
        rows.setflags(write=False)
        aims.setflags(write=False)
        object.__setattr__(self, "inputs", rows)
        object.__setattr__(self, "targets", aims)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Neuron)
            and np.array_equal(self.inputs, other.inputs)
            and np.array_equal(self.targets, other.targets)
        )

    def __hash__(self) -> int:
        return hash((self.inputs.shape, self.inputs.tobytes(), self.targets.tobytes()))

    def predictions(self, weights: ArrayLike) -> np.ndarray:
        """What the neuron says of each sample: weights @ inputs, shape (..., samples).

        Raises ValueError, with a sentence to show, unless there is one weight for each input.
        """
        weights = np.asarray(weights, dtype=float)
        inputs = self.inputs.shape[1]
        if weights.shape[-1:] != (inputs,):
            raise ValueError(f"{inputs} inputs need {inputs} weights, one for each input.")
        return weights @ self.inputs.T

    def errors(self, weights: ArrayLike) -> np.ndarray:
        """prediction - target of each sample, shape (..., samples)."""
        return self.predictions(weights) - self.targets

    def loss(self, weights: ArrayLike) -> np.ndarray:
        """Mean squared error: mean(error ** 2) over the samples, shape (...)."""
        return np.mean(self.errors(weights) ** 2, axis=-1)

    def slopes(self, weights: ArrayLike) -> np.ndarray:
        """Slope of the mean squared error for each weight: mean(2 * error * input), shape (..., inputs)."""
        return self.errors(weights) @ self.inputs * (2 / len(self.targets))

    @cached_property
    def curvature(self) -> np.ndarray:
        """How fast the slopes change with the weights: 2 X'X / samples, shape (inputs, inputs).

        It is the same everywhere, so slopes(v) = slopes(w) + (v - w) @ curvature: an affine map.
        """
        return self.inputs.T @ self.inputs * (2 / len(self.targets))

    @cached_property
    def sharpness(self) -> float:
        """The largest curvature in any direction; 2 |input|^2 for one sample."""
        rows = self.inputs
        # X'X and XX' share their non-zero eigenvalues. The smaller is cheaper, and exact for one sample.
        products = rows @ rows.T if len(rows) < rows.shape[1] else rows.T @ rows
        return float(np.linalg.eigvalsh(products)[-1]) * 2 / len(rows)

"""What can be minimised: a neuron, a few of its weights, or anything else with a loss and slopes."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from gd_core.activations import ACTIVATIONS

BLOCK = 100_000  # samples times points computed at once, so that what lies between stays in the processor's cache


class Problem(ABC):
    """A loss to minimise. A problem must have `loss_and_slopes`; the rest follows from it.

    `weights` is one point, of shape (inputs,), or many at once, of shape (..., inputs).
    """

    @abstractmethod
    def loss_and_slopes(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The loss at each point, shape (...), and its slope (gradient) for each weight, shape (..., inputs)."""

    def loss(self, weights: np.ndarray) -> np.ndarray:
        """The loss at each point, shape (...)."""
        return self.loss_and_slopes(weights)[0]

    def slopes(self, weights: np.ndarray) -> np.ndarray:
        """The slope of the loss for each weight at each point, shape (..., inputs)."""
        return self.loss_and_slopes(weights)[1]

    @property
    def curvature(self) -> np.ndarray | None:
        """The Hessian, shape (inputs, inputs), if it is constant; None if it changes with the weights.

        With it, slopes(v) = slopes(w) + (v - w) @ curvature for any two points.
        """
        return None

    def at(self, update: int) -> "Problem":  # noqa: ARG002 - for problems that change from update to update
        """The problem whose slopes update 0, 1, 2, ... uses: this one, or a mini-batch of it."""
        return self


def weighted_sums(weights: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """weights @ columns, a column for each sample: shapes (..., inputs) and (inputs, samples) give (..., samples)."""
    if columns.shape[1] == 1:  # summed in the same order for one point as for many, so that both round alike
        return np.multiply(weights, columns[:, 0], order="C").sum(axis=-1, keepdims=True)
    return weights @ columns


def in_blocks(weights: ArrayLike, numbers: int) -> list[np.ndarray]:
    """Many points, with so many numbers to compute at each, in blocks quick to compute; [] where one is enough."""
    if np.ndim(weights) < 2:
        return []
    weights = np.asarray(weights, dtype=float)
    size = max(1, BLOCK // numbers)
    if len(weights) <= size:
        return []
    return [weights[first : first + size] for first in range(0, len(weights), size)]


@dataclass(frozen=True, eq=False)
class Neuron(Problem):
    """One neuron and its mean squared error: mean((activation(weights @ inputs) - target)^2) over the samples.

    `inputs` has shape (inputs,) for one sample or (samples, inputs) for many; `targets` is a number or has shape
    (samples,). Both become read-only arrays of floats, a row for each sample. `activation` is a name in `ACTIVATIONS`.

    Raises ValueError, with a sentence to show, if a number is not finite, the shapes do not fit or there is no such
    activation.
    """

    inputs: np.ndarray
    targets: np.ndarray
    activation: str

    def __init__(self, inputs: ArrayLike, targets: ArrayLike, activation: str = "identity") -> None:
        inputs = np.atleast_2d(np.array(inputs, dtype=float)) + 0.0  # -0.0 becomes 0.0
        targets = np.atleast_1d(np.array(targets, dtype=float)) + 0.0
        if inputs.ndim != 2 or inputs.size == 0:
            raise ValueError("A neuron needs at least one input.")
        if targets.shape != inputs.shape[:1]:
            raise ValueError(f"{len(inputs)} samples need {len(inputs)} targets, not {targets.size}.")
        if not (np.isfinite(inputs).all() and np.isfinite(targets).all()):
            raise ValueError("Inputs and targets must be finite numbers.")
        if activation not in ACTIVATIONS:
            raise ValueError(f"An activation is one of {', '.join(ACTIVATIONS)}.")
        inputs.setflags(write=False)
        targets.setflags(write=False)
        vars(self).update(inputs=inputs, targets=targets, activation=activation)  # past the frozen dataclass

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Neuron)
            and np.array_equal(self.inputs, other.inputs)
            and np.array_equal(self.targets, other.targets)
            and self.activation == other.activation
        )

    def __hash__(self) -> int:
        return hash((self.inputs.shape, self.inputs.tobytes(), self.targets.tobytes(), self.activation))

    @property
    def linear(self) -> bool:
        """Whether the prediction is the weighted sum itself."""
        return self.activation == "identity"

    def sums(self, weights: ArrayLike) -> np.ndarray:
        """The weighted sum of each sample's inputs: weights @ inputs, shape (..., samples).

        Raises ValueError, with a sentence to show, unless there is one weight for each input.
        """
        weights = np.asarray(weights, dtype=float)
        inputs = self.inputs.shape[1]
        if weights.shape[-1:] != (inputs,):
            raise ValueError(f"{inputs} inputs need {inputs} weights, one for each input.")
        return weighted_sums(weights, self.inputs.T)

    def predictions(self, weights: ArrayLike) -> np.ndarray:
        """The prediction for each sample: activation(weights @ inputs), shape (..., samples)."""
        return ACTIVATIONS[self.activation].value(self.sums(weights))

    def activation_slope(self, weights: ArrayLike) -> np.ndarray:
        """The slope of the activation at each sample's sum, shape (..., samples)."""
        return ACTIVATIONS[self.activation].slope(self.sums(weights))

    def errors(self, weights: ArrayLike) -> np.ndarray:
        """The error of each sample: prediction - target, shape (..., samples)."""
        return self.predictions(weights) - self.targets

    def loss(self, weights: ArrayLike) -> np.ndarray:
        """The mean squared error: mean(error^2) over the samples, shape (...)."""
        if blocks := in_blocks(weights, len(self.targets)):
            return np.concatenate([self.loss(block) for block in blocks])
        errors = self.errors(weights)
        return np.vecdot(errors, errors) / len(self.targets)

    def loss_and_slopes(self, weights: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """The mean squared error, shape (...), and its slope for each weight, shape (..., inputs).

        By the chain rule the slope is the mean over the samples of 2 * error * slope of the activation * input.
        """
        if blocks := in_blocks(weights, len(self.targets)):
            losses, parts = zip(*map(self.loss_and_slopes, blocks), strict=True)
            return np.concatenate(losses), np.concatenate(parts)
        sums = self.sums(weights)
        activation = ACTIVATIONS[self.activation]
        errors = activation.value(sums) - self.targets
        slopes = errors * activation.slope(sums) @ self.inputs * (2 / len(self.targets))
        return np.vecdot(errors, errors) / len(self.targets), slopes

    def subset(self, places: np.ndarray) -> "Neuron":
        """The same neuron with some of its samples: those at these places, counted from 0."""
        neuron = object.__new__(Neuron)  # without the checks of __init__: these numbers have passed them
        vars(neuron).update(inputs=self.inputs[places], targets=self.targets[places], activation=self.activation)
        return neuron

    @cached_property
    def curvature(self) -> np.ndarray | None:
        """The Hessian of the mean squared error, 2 X'X / samples, shape (inputs, inputs); None unless linear."""
        return self.inputs.T @ self.inputs * (2 / len(self.targets)) if self.linear else None

    @cached_property
    def sharpness(self) -> float:
        """The largest eigenvalue of 2 X'X / samples, the Hessian of a linear neuron; 2 |input|^2 for one sample."""
        rows = self.inputs
        # X'X and XX' share their non-zero eigenvalues. The smaller is cheaper, and exact for one sample.
        products = rows @ rows.T if len(rows) < rows.shape[1] else rows.T @ rows
        return float(np.linalg.eigvalsh(products)[-1]) * 2 / len(rows)


@dataclass(frozen=True)
class Slice(Problem):
    """A problem in which a few weights move and the others rest.

    `weights` has shape (all inputs,) and gives the values of those at rest; `moving` are the places, counted
    from 0, of those that move. The slice's own weights have shape (..., len(moving)).

    Raises ValueError, with a sentence to show, where weights of any other shape are given.
    """

    problem: Problem
    weights: tuple[float, ...]
    moving: tuple[int, ...]

    def whole(self, weights: ArrayLike) -> np.ndarray:
        """All weights of the whole problem, moving and at rest, shape (..., all inputs)."""
        weights = np.asarray(weights, dtype=float)
        if weights.shape[-1:] != (len(self.moving),):
            raise ValueError(f"{len(self.moving)} weights move here, and no other number of them.")
        whole = np.broadcast_to(self.weights, (*weights.shape[:-1], len(self.weights))).copy()
        whole[..., list(self.moving)] = weights
        return whole

    def loss(self, weights: ArrayLike) -> np.ndarray:
        """The loss of the whole problem at each point, shape (...)."""
        return self.problem.loss(self.whole(weights))

    def loss_and_slopes(self, weights: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """The loss of the whole problem, shape (...), and the slopes of the moving weights, (..., len(moving))."""
        loss, slopes = self.problem.loss_and_slopes(self.whole(weights))
        return loss, slopes[..., list(self.moving)]

    @property
    def curvature(self) -> np.ndarray | None:
        """The whole problem's Hessian for the moving weights, (len(moving), len(moving)); None if it has none."""
        whole = self.problem.curvature
        return None if whole is None else whole[np.ix_(self.moving, self.moving)]

    def at(self, update: int) -> Problem:
        """The same slice of what the whole problem uses for this update."""
        part = self.problem.at(update)
        return self if part is self.problem else replace(self, problem=part)

"""What can be minimised: anything with a loss and slopes over its weights."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from gd_core.activations import ACTIVATIONS

BLOCK = 100_000  # samples times points worked out at once


class Problem(Protocol):
    """A loss to walk down. `weights` is one point (inputs,) or many at once (..., inputs).

    A problem whose slopes change at the same pace everywhere may also have that as `curvature`, of shape
    (inputs, inputs): slopes(v) = slopes(w) + (v - w) @ curvature. Gradient descent on it then leaps. One that has loss
    and slopes from the same work may have them as `both(weights)`, and one whose updates see only a part of it may say
    which as `at(update)`, a problem, or None where an update sees it all.
    """

    def loss(self, weights: np.ndarray) -> np.ndarray:
        """The loss at each point, shape (...)."""
        ...

    def slopes(self, weights: np.ndarray) -> np.ndarray:
        """The slope of the loss for every weight at each point, shape (..., inputs)."""
        ...


@dataclass(frozen=True, eq=False)
class Neuron:
    """One neuron and its mean squared error: mean((activation(weights @ inputs) - targets) ** 2).

    `inputs` has shape (inputs,) for one sample or (samples, inputs) for many; `targets` is a number
    or has shape (samples,). Both are kept as read-only rows of floats. `activation` is a name in
    `ACTIVATIONS`; with the identity the neuron is linear.

    Raises ValueError, with a sentence to show, if a number is not finite, the shapes do not fit or
    there is no such activation.
    """

    inputs: np.ndarray
    targets: np.ndarray
    activation: str

    def __init__(self, inputs: ArrayLike, targets: ArrayLike, activation: str = "identity") -> None:
        rows = np.atleast_2d(np.array(inputs, dtype=float)) + 0.0  # -0.0 becomes 0.0
        aims = np.atleast_1d(np.array(targets, dtype=float)) + 0.0
        if rows.ndim != 2 or rows.size == 0:
            raise ValueError("A neuron needs at least one input.")
        if aims.shape != rows.shape[:1]:
            raise ValueError(f"{rows.shape[0]} samples need {rows.shape[0]} targets, not {aims.size}.")
        if not (np.isfinite(rows).all() and np.isfinite(aims).all()):
            raise ValueError("Inputs and targets must be finite numbers.")
        if activation not in ACTIVATIONS:
            raise ValueError(f"An activation is one of {', '.join(ACTIVATIONS)}.")
        rows.setflags(write=False)
        aims.setflags(write=False)
        object.__setattr__(self, "inputs", rows)
        object.__setattr__(self, "targets", aims)
        object.__setattr__(self, "activation", activation)

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
        """Whether its prediction is the sum itself, so that what holds for straight lines holds here."""
        return self.activation == "identity"

    def sums(self, weights: ArrayLike) -> np.ndarray:
        """What is fed into the activation for each sample: weights @ inputs, shape (..., samples).

        Raises ValueError, with a sentence to show, unless there is one weight for each input.
        """
        weights = np.asarray(weights, dtype=float)
        inputs = self.inputs.shape[1]
        if weights.shape[-1:] != (inputs,):
            raise ValueError(f"{inputs} inputs need {inputs} weights, one for each input.")
        if len(self.inputs) == 1:  # summed in the same order for one point as for many, so that both round alike
            return np.multiply(weights, self.inputs[0], order="C").sum(axis=-1, keepdims=True)
        return weights @ self.inputs.T

    def predictions(self, weights: ArrayLike) -> np.ndarray:
        """What the neuron says of each sample: activation(weights @ inputs), shape (..., samples)."""
        return ACTIVATIONS[self.activation].value(self.sums(weights))

    def steepness(self, weights: ArrayLike) -> np.ndarray:
        """The slope of the activation where each sample stands, shape (..., samples)."""
        return ACTIVATIONS[self.activation].slope(self.sums(weights))

    def errors(self, weights: ArrayLike) -> np.ndarray:
        """prediction - target of each sample, shape (..., samples)."""
        return self.predictions(weights) - self.targets

    def loss(self, weights: ArrayLike) -> np.ndarray:
        """Mean squared error: mean(error ** 2) over the samples, shape (...)."""
        return self._in_blocks(lambda block: (self._mean_square(self.errors(block)),), weights)[0]

    def slopes(self, weights: ArrayLike) -> np.ndarray:
        """Slope of the mean squared error for each weight, shape (..., inputs).

        By the chain rule, mean over the samples of 2 * error * slope of the activation * input.
        """
        return self.both(weights)[1]

    def both(self, weights: ArrayLike) -> tuple[np.ndarray, ...]:
        """(loss, slopes) at each point, from one look at the samples."""
        return self._in_blocks(self._both, weights)

    def _both(self, weights: ArrayLike) -> tuple[np.ndarray, ...]:
        sums = self.sums(weights)
        activation = ACTIVATIONS[self.activation]
        errors = activation.value(sums) - self.targets
        slopes = errors * activation.slope(sums) @ self.inputs * (2 / len(self.targets))
        return self._mean_square(errors), slopes

    def _mean_square(self, errors: np.ndarray) -> np.ndarray:
        return np.vecdot(errors, errors) / len(self.targets)

    def _in_blocks(self, of: Callable[[np.ndarray], tuple[np.ndarray, ...]], weights: ArrayLike) -> tuple:
        """Functions of many points, some at a time, so that what lies between stays within the processor's reach."""
        weights = np.asarray(weights, dtype=float)
        if weights.ndim < 2 or len(self.targets) * len(weights) <= BLOCK:
            return of(weights)
        points, step = len(weights), max(1, BLOCK // len(self.targets))
        blocks = [of(weights[begin : begin + step]) for begin in range(0, points, step)]
        return tuple(np.concatenate(parts) for parts in zip(*blocks, strict=True))

    def some(self, places: np.ndarray) -> "Neuron":
        """The same neuron with some of its samples, by their places."""
        neuron = object.__new__(Neuron)  # its numbers have been looked at already
        for name, value in (("inputs", self.inputs[places]), ("targets", self.targets[places])):
            object.__setattr__(neuron, name, value)
        object.__setattr__(neuron, "activation", self.activation)
        return neuron

    @cached_property
    def curvature(self) -> np.ndarray | None:
        """How fast the slopes change with the weights: 2 X'X / samples, shape (inputs, inputs).

        With the identity it is the same everywhere, so slopes(v) = slopes(w) + (v - w) @ curvature is an
        affine map. None for any other activation: there it changes from place to place.
        """
        return self.inputs.T @ self.inputs * (2 / len(self.targets)) if self.linear else None

    @cached_property
    def sharpness(self) -> float:
        """The largest curvature of the linear neuron in any direction; 2 |input|^2 for one sample."""
        rows = self.inputs
        # X'X and XX' share their non-zero eigenvalues. The smaller is cheaper, and exact for one sample.
        products = rows @ rows.T if len(rows) < rows.shape[1] else rows.T @ rows
        return float(np.linalg.eigvalsh(products)[-1]) * 2 / len(rows)


@dataclass(frozen=True)
class Slice:
    """A problem in which a few weights move and the others rest.

    `weights` has shape (all inputs,) and says where the others rest; `moving` are the places of those that
    move. The slice's own weights have shape (..., len(moving)); any other shape raises ValueError.
    """

    problem: Problem
    weights: tuple[float, ...]
    moving: tuple[int, ...]

    def whole(self, weights: ArrayLike) -> np.ndarray:
        """The weights of the whole problem, moving and resting, shape (..., all inputs)."""
        weights = np.asarray(weights, dtype=float)
        if weights.shape[-1:] != (len(self.moving),):
            raise ValueError(f"{len(self.moving)} weights move here, and no other number of them.")
        whole = np.broadcast_to(self.weights, (*weights.shape[:-1], len(self.weights))).copy()
        whole[..., list(self.moving)] = weights
        return whole

    @property
    def curvature(self) -> np.ndarray | None:
        """The whole problem's, among the weights that move, shape (len(moving), len(moving)); None if it has none."""
        whole = getattr(self.problem, "curvature", None)
        return None if whole is None else whole[np.ix_(self.moving, self.moving)]

    def loss(self, weights: ArrayLike) -> np.ndarray:
        """The loss of the whole problem at each point, shape (...)."""
        return self.problem.loss(self.whole(weights))

    def slopes(self, weights: ArrayLike) -> np.ndarray:
        """The slopes of the weights that move at each point, shape (..., len(moving))."""
        return self.problem.slopes(self.whole(weights))[..., list(self.moving)]

"""A neuron with many samples: all of them in few rows, some of them at a time, and the best weights there are."""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import ArrayLike

from gd_core.problems import Neuron


@dataclass(frozen=True)
class Compact:
    """A linear neuron whose samples are pressed into no more rows than it has inputs; loss and slopes stay.

    With the QR decomposition inputs = Q R the squared errors add up to |R weights - Q' targets|^2 + rest, where the
    rest does not depend on the weights. So an update costs as much as one of a neuron with few samples.

    Raises ValueError, with a sentence to show, if the neuron is not linear.
    """

    neuron: Neuron

    def __post_init__(self) -> None:
        if not self.neuron.linear:
            raise ValueError("Only a linear neuron's samples can be pressed together.")

    @cached_property
    def _pressed(self) -> tuple[np.ndarray, np.ndarray, float]:
        """R, Q' targets and the rest."""
        turn, rows = np.linalg.qr(self.neuron.inputs)
        aims = self.neuron.targets @ turn
        left = self.neuron.targets - turn @ aims
        return rows, aims, float(left @ left)

    @property
    def curvature(self) -> np.ndarray | None:
        """The neuron's."""
        return self.neuron.curvature

    def loss(self, weights: ArrayLike) -> np.ndarray:
        """(|R weights - Q' targets|^2 + rest) / samples, shape (...)."""
        return self.both(weights)[0]

    def slopes(self, weights: ArrayLike) -> np.ndarray:
        """2 R' (R weights - Q' targets) / samples, shape (..., inputs)."""
        return self.both(weights)[1]

    def both(self, weights: ArrayLike) -> tuple[np.ndarray, ...]:
        """(loss, slopes) at each point."""
        rows, aims, rest = self._pressed
        left, samples = weights @ rows.T - aims, len(self.neuron.targets)
        return (np.vecdot(left, left) + rest) / samples, left @ rows * (2 / samples)


@dataclass(frozen=True)
class Batches:
    """A neuron whose updates each see `size` of its samples: mini-batches, one by one, or all of them.

    The samples are shuffled anew whenever all have been seen, from `seed` and how often that was: the same seed
    gives the same batches on any machine. The last batch before a shuffle has what is left. Its loss and its slopes
    are those over all samples; `at` says what one update sees. With all samples in a batch every update sees the whole.

    Raises ValueError, with a sentence to show, if `size` is less than 1 or the seed is no whole number from 0 to
    2^32 - 1.
    """

    neuron: Neuron
    size: int
    seed: int = 0

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ValueError("A batch has at least 1 sample.")
        if not 0 <= self.seed < 2**32:
            raise ValueError(f"A seed is a whole number from 0 to {2**32 - 1}.")

    @cached_property
    def whole(self) -> "Neuron | Compact":
        """All samples at once, in the cheapest form."""
        return Compact(self.neuron) if self.neuron.linear else self.neuron

    @property
    def curvature(self) -> np.ndarray | None:
        """The neuron's, if every update sees all samples; otherwise it changes from update to update."""
        return self.neuron.curvature if self.size >= len(self.neuron.targets) else None

    def loss(self, weights: ArrayLike) -> np.ndarray:
        """The mean squared error over all samples, shape (...)."""
        return self.whole.loss(np.asarray(weights, dtype=float))

    def slopes(self, weights: ArrayLike) -> np.ndarray:
        """The slopes over all samples, shape (..., inputs)."""
        return self.whole.slopes(np.asarray(weights, dtype=float))

    def both(self, weights: ArrayLike) -> tuple[np.ndarray, ...]:
        """(loss, slopes) over all samples."""
        return self.whole.both(np.asarray(weights, dtype=float))

    def at(self, update: int) -> Neuron | None:
        """The samples that update 0, 1, 2, ... sees; None if it sees them all."""
        samples = len(self.neuron.targets)
        if self.size >= samples:
            return None
        turn, place = divmod(update, -(-samples // self.size))
        return self.neuron.some(_order(samples, self.seed, turn)[place * self.size : (place + 1) * self.size])


@lru_cache(maxsize=4)
def _order(samples: int, seed: int, turn: int) -> np.ndarray:
    """The samples in the order of one turn. RandomState, because its stream of numbers is frozen for good."""
    return np.random.RandomState([seed, turn]).permutation(samples)


@dataclass(frozen=True, eq=False)
class Truth:
    """The least mean squared error of a linear neuron, and what the curvature says of the way there.

    `weights` has shape (inputs,); where several weights are as good, they are those nearest to the start. `unique` says
    whether there are none as good. `largest` and `smallest` are the curvatures in the steepest direction, and in the
    flattest that is not flat.
    """

    weights: np.ndarray
    loss: float
    unique: bool
    largest: float
    smallest: float

    @property
    def condition(self) -> float:
        """The largest curvature over the smallest; 1 where all is flat."""
        return self.largest / self.smallest if self.smallest else 1.0

    @property
    def critical_rate(self) -> float:
        """2 / largest: from this learning rate on gradient descent does not converge. inf where all is flat."""
        return 2 / self.largest if self.largest else math.inf

    @property
    def best_rate(self) -> float:
        """2 / (largest + smallest): the rate at which the slowest direction shrinks most. inf where all is flat."""
        return 2 / (self.largest + self.smallest) if self.largest else math.inf


def truth(neuron: Neuron, start: ArrayLike) -> Truth:
    """The least squares of a linear neuron, by numpy's lstsq.

    Every slope is a sum of multiples of the samples' inputs, so what is at a right angle to all of them stays as it
    was at the start. Of several best weights gradient descent therefore picks those nearest to it,
    start + lstsq(inputs, targets - inputs @ start).

    Raises ValueError, with a sentence to show, if the neuron is not linear.
    """
    if not neuron.linear:
        raise ValueError("Only a linear neuron has least squares.")
    start = np.asarray(start, dtype=float)
    step, _, rank, singular = np.linalg.lstsq(neuron.inputs, -neuron.errors(start), rcond=None)
    curvatures = 2 * singular[:rank] ** 2 / len(neuron.targets)
    largest, smallest = (float(curvatures[0]), float(curvatures[-1])) if rank else (0.0, 0.0)
    weights = start + step
    return Truth(weights, float(neuron.loss(weights)), bool(rank == len(weights)), largest, smallest)

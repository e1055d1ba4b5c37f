"""A neuron with many samples: a quick form of it, mini-batches, and the least-squares solution."""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import ArrayLike

from gd_core.problems import Neuron, Problem


@dataclass(frozen=True)
class QRReduced(Problem):
    """A linear neuron whose samples are reduced to at most as many rows as it has inputs, by QR decomposition.

    With inputs = Q R, loss and slopes of the neuron stay what they were:

        loss = (|R weights - Q'targets|^2 + rest) / samples
        slopes = 2 R'(R weights - Q'targets) / samples

    where the rest is constant: an update costs as with few samples. Golub and Van Loan, Matrix Computations, 5.3.

    Raises ValueError, with a sentence to show, if the neuron is not linear.
    """

    neuron: Neuron

    def __post_init__(self) -> None:
        if not self.neuron.linear:
            raise ValueError("Only a linear neuron's samples can be reduced.")

    @cached_property
    def _reduced(self) -> tuple[np.ndarray, np.ndarray, float]:
        """R, Q'targets and the rest."""
        q, r = np.linalg.qr(self.neuron.inputs)
        targets = self.neuron.targets @ q
        left = self.neuron.targets - q @ targets
        return r, targets, float(left @ left)

    def loss_and_slopes(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The neuron's loss, shape (...), and slopes, shape (..., inputs)."""
        r, targets, rest = self._reduced
        errors, samples = weights @ r.T - targets, len(self.neuron.targets)
        return (np.vecdot(errors, errors) + rest) / samples, errors @ r * (2 / samples)

    @property
    def curvature(self) -> np.ndarray | None:
        """The neuron's."""
        return self.neuron.curvature


@dataclass(frozen=True)
class Batches(Problem):
    """A neuron trained on mini-batches: each update uses `size` samples, from 1 (stochastic) to all (full batch).

    The samples are shuffled in every epoch: the same `seed` gives the same batches on any machine. The last batch of
    an epoch has what is left. `at` gives the batch of an update; loss and slopes are those over all samples.

    Raises ValueError, with a sentence to show, if `size` is less than 1 or the seed is not from 0 to 2^32 - 1.
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
    def whole(self) -> Problem:
        """All samples at once, in the quickest form."""
        return QRReduced(self.neuron) if self.neuron.linear else self.neuron

    def loss_and_slopes(self, weights: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """The mean squared error over all samples, shape (...), and its slopes, shape (..., inputs)."""
        return self.whole.loss_and_slopes(np.asarray(weights, dtype=float))

    @property
    def curvature(self) -> np.ndarray | None:
        """The neuron's, if every update uses all samples; None if it changes from batch to batch."""
        return self.neuron.curvature if self.size >= len(self.neuron.targets) else None

    def at(self, update: int) -> Problem:
        """The batch that update 0, 1, 2, ... uses; the whole problem where a batch is all samples."""
        samples = len(self.neuron.targets)
        if self.size >= samples:
            return self
        epoch, batch = divmod(update, -(-samples // self.size))
        return self.neuron.subset(_order(samples, self.seed, epoch)[batch * self.size : (batch + 1) * self.size])


@lru_cache(maxsize=4)
def _order(samples: int, seed: int, epoch: int) -> np.ndarray:
    """The order of the samples in one epoch. RandomState, because numpy promises never to change its numbers."""
    return np.random.RandomState([seed, epoch]).permutation(samples)


@dataclass(frozen=True, eq=False)
class LeastSquares:
    """The least mean squared error of a linear neuron, and the curvatures that decide how fast descent gets there.

    `weights`, shape (inputs,), have the least `loss`. `unique` says whether no other weights have it too; where
    others do, these are the nearest to the start. `largest` and `smallest` are the largest and the smallest non-zero
    eigenvalue of the Hessian 2 X'X / samples, both 0 where all inputs are 0.
    """

    weights: np.ndarray
    loss: float
    unique: bool
    largest: float
    smallest: float

    @property
    def condition(self) -> float:
        """The condition number of the Hessian, largest / smallest, without flat directions; 1 if all are flat."""
        return self.largest / self.smallest if self.smallest else 1.0

    @property
    def critical_rate(self) -> float:
        """2 / largest: gradient descent converges for every learning rate below this one. inf if all is flat."""
        return 2 / self.largest if self.largest else math.inf

    @property
    def best_rate(self) -> float:
        """2 / (largest + smallest): the rate at which the slowest direction converges fastest. inf if all is flat.

        Polyak, Introduction to Optimization (1987), section 1.4.
        """
        return 2 / (self.largest + self.smallest) if self.largest else math.inf


def least_squares(neuron: Neuron, start: ArrayLike) -> LeastSquares:
    """The least-squares solution of a linear neuron that is nearest to the start weights, shape (inputs,).

        weights = start + lstsq(inputs, targets - inputs @ start)

    Gradient descent ends at the same weights: lstsq gives the shortest step of all, and every slope is a sum of
    multiples of the samples' inputs, so descent never moves at a right angle to all of them.

    Raises ValueError, with a sentence to show, if the neuron is not linear.
    """
    if not neuron.linear:
        raise ValueError("Only a linear neuron has a least-squares solution.")
    start = np.asarray(start, dtype=float)
    step, _, rank, singular = np.linalg.lstsq(neuron.inputs, -neuron.errors(start), rcond=None)
    curvatures = 2 * singular[:rank] ** 2 / len(neuron.targets)
    largest, smallest = (float(curvatures[0]), float(curvatures[-1])) if rank else (0.0, 0.0)
    weights = start + step
    return LeastSquares(weights, float(neuron.loss(weights)), bool(rank == len(weights)), largest, smallest)

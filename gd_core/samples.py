"""Many samples: a linear neuron with them reduced, mini-batches, the least-squares solution, and made-up data."""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from gd_core.network import Network
from gd_core.problems import Neuron, Problem

Trained = TypeVar("Trained", Neuron, Network)


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
class Batches(Problem, Generic[Trained]):
    """A neuron or a network trained on mini-batches: each update uses `size` samples, from 1 (stochastic) to all.

    The samples are shuffled in every epoch: the same `seed` gives the same batches on any machine. The last batch of
    an epoch has what is left. `at` gives the batch of an update; loss and slopes are those over all samples.

    Raises ValueError, with a sentence to show, if `size` is less than 1 or the seed is not from 0 to 2^32 - 1.
    """

    neuron: Trained
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
        return QRReduced(self.neuron) if isinstance(self.neuron, Neuron) and self.neuron.linear else self.neuron

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


def xor(samples: int = 4, noise: float = 0.0, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Exclusive or, the corners of a square in turn: the target is 1 where just one of the two inputs is 1, else 0."""
    corners = np.resize([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], (samples, 2))
    return _scatter(corners, noise, np.random.RandomState(seed)), np.resize([0.0, 1.0, 1.0, 0.0], samples)


def moons(samples: int = 100, noise: float = 0.1, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Two half circles of radius 1 that reach into each other, by turns: the upper has target 0, the lower 1.

    As sklearn.datasets.make_moons, in another order.
    """
    angles, targets = np.linspace(0, np.pi, samples), np.arange(samples) % 2.0
    side = 1 - 2 * targets
    points = np.stack([targets + side * np.cos(angles), targets / 2 + side * np.sin(angles)], axis=-1)
    return _scatter(points, noise, np.random.RandomState(seed)), targets


def ring(samples: int = 100, noise: float = 0.0, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """A disc of radius 0.5 with target 1, and around it a ring of radius 0.7 to 1 with target 0, by turns."""
    targets, random = np.arange(1, samples + 1) % 2.0, np.random.RandomState(seed)
    angles, along = 2 * np.pi * random.uniform(size=samples), random.uniform(size=samples)
    # The root spreads the points evenly over the disc.
    radii = np.where(targets == 1, 0.5 * np.sqrt(along), 0.7 + 0.3 * along)
    return _scatter(np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=-1), noise, random), targets


def sine(samples: int = 50, noise: float = 0.1, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """One input evenly from -1 to 1; the target is sin(pi * input), and the noise is in the target."""
    inputs = np.linspace(-1, 1, samples)
    return inputs[:, np.newaxis], _scatter(np.sin(np.pi * inputs), noise, np.random.RandomState(seed))


def _scatter(numbers: np.ndarray, noise: float, random: np.random.RandomState) -> np.ndarray:
    """Each number with normal noise of this standard deviation."""
    return numbers + noise * random.normal(size=numbers.shape)


# The simplest first. Each makes inputs, shape (samples, inputs), and targets, (samples,), the same on any machine.
SAMPLES = {"XOR": xor, "Two moons": moons, "Ring": ring, "Sine": sine}

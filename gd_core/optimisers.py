"""Optimisers: how one update is made.

An optimiser is a frozen description. Its step is pure: it takes the slopes and whatever memory it returned the
time before, and returns the change of the weights and its new memory:

    change, *memory = optimiser.step(slopes, *memory)
    weights = weights + change

`slopes` and every change have shape (..., inputs). The equations are in the docstrings; ^ is a power, and products,
powers and roots are taken for each weight by itself.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

Rates = float | Sequence[float] | np.ndarray
Memory = float | np.ndarray
TINY = 1e-8  # keeps a step from being divided by 0; far smaller than any slope that matters


class Optimiser(Hashable, Protocol):
    """Anything frozen, and so hashable, with a pure step. What its memory is, each optimiser decides for itself."""

    def step(self, slopes: np.ndarray, *memory: Any) -> tuple[Memory, ...]:
        """(change of the weights, *memory for the next step). The first step gets no memory."""
        ...


@dataclass(frozen=True)
class WithLearningRate:
    """The base of every optimiser: a learning rate, and settings from 0 to below 1, such as a momentum.

    `learning_rate` is a number greater than 0, or several of them, one for each of many runs; several are kept as
    a tuple, and go with slopes of shape (runs, inputs).

    Raises ValueError, with a sentence to show, for any other learning rate or setting.
    """

    learning_rate: Rates = 0.01

    def __post_init__(self) -> None:
        rates = np.asarray(self.learning_rate, dtype=float)
        if rates.size == 0 or not (np.isfinite(rates) & (rates > 0)).all():
            raise ValueError("A learning rate is a finite number greater than 0.")
        for name, value in vars(self).items():
            if name != "learning_rate" and not 0 <= value < 1:
                raise ValueError(f"{name.capitalize()} is a number from 0 to below 1.")
        if rates.ndim:
            object.__setattr__(self, "learning_rate", tuple(rates.tolist()))

    @cached_property
    def rates(self) -> np.ndarray:
        """The learning rate, shaped to multiply slopes of shape (..., inputs)."""
        return np.asarray(self.learning_rate)[..., np.newaxis]


@dataclass(frozen=True)
class GradientDescent(WithLearningRate):
    """Each weight moves against its slope; there is no memory.

        change = -learning_rate * slopes

    Cauchy 1847.
    """

    def step(self, slopes: np.ndarray) -> tuple[np.ndarray]:
        """(change,)."""
        return (-self.rates * slopes,)


@dataclass(frozen=True)
class Momentum(WithLearningRate):
    """Gradient descent that keeps its velocity, like a ball rolling downhill.

        velocity = momentum * velocity + slopes
        change = -learning_rate * velocity

    The velocity starts at 0. Polyak 1964, in the variant of torch.optim.SGD: the learning rate multiplies the whole
    velocity, so that a schedule acts on all of it at once.
    """

    momentum: float = 0.9

    def step(self, slopes: np.ndarray, velocity: Memory = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """(change, velocity)."""
        velocity = self.momentum * velocity + slopes
        return -self.rates * velocity, velocity


@dataclass(frozen=True)
class Nesterov(WithLearningRate):
    """Nesterov momentum: momentum that looks one step ahead.

        velocity = momentum * velocity + slopes
        change = -learning_rate * (slopes + momentum * velocity)

    The velocity starts at 0. Nesterov 1983, in the variant of torch.optim.SGD(nesterov=True): the slopes are those at
    the weights, and the look ahead is in the change. (The original takes the slopes at
    weights - learning_rate * momentum * velocity; a change of variables turns one into the other.)
    """

    momentum: float = 0.9

    def step(self, slopes: np.ndarray, velocity: Memory = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """(change, velocity)."""
        velocity = self.momentum * velocity + slopes
        return -self.rates * (slopes + self.momentum * velocity), velocity


@dataclass(frozen=True)
class AdaGrad(WithLearningRate):
    """A learning rate of its own for every weight, which only falls.

        squares = squares + slopes^2
        change = -learning_rate * slopes / (sqrt(squares) + TINY)

    The squares start at 0, so the first change of each weight is as large as the learning rate, whatever its slope.
    Duchi, Hazan and Singer 2011, diagonal form; TINY is outside the root, as in torch.optim.Adagrad.
    """

    learning_rate: Rates = 0.1

    def step(self, slopes: np.ndarray, squares: Memory = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """(change, squares)."""
        squares = squares + slopes**2
        return -self.rates * slopes / (np.sqrt(squares) + TINY), squares


@dataclass(frozen=True)
class RMSProp(WithLearningRate):
    """AdaGrad that forgets: a moving average of the squares in place of their sum.

        squares = decay * squares + (1 - decay) * slopes^2
        change = -learning_rate * slopes / (sqrt(squares) + TINY)

    The squares start at 0. Tieleman and Hinton 2012, not centred and without momentum; TINY is outside the root, as in
    torch.optim.RMSprop (some libraries put it inside).
    """

    decay: float = 0.9

    def step(self, slopes: np.ndarray, squares: Memory = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """(change, squares)."""
        squares = self.decay * squares + (1 - self.decay) * slopes**2
        return -self.rates * slopes / (np.sqrt(squares) + TINY), squares


@dataclass(frozen=True)
class Adam(WithLearningRate):
    """Momentum divided by the root of RMSProp's squares, both corrected for their start at 0.

        velocity = momentum * velocity + (1 - momentum) * slopes
        squares = decay * squares + (1 - decay) * slopes^2
        steady = velocity / (1 - momentum^k)
        size = sqrt(squares / (1 - decay^k))
        change = -learning_rate * steady / (size + TINY)

    in update k = 1, 2, ... Velocity and squares start at 0. Kingma and Ba 2015, algorithm 1, as in torch.optim.Adam.
    """

    momentum: float = 0.9
    decay: float = 0.999

    def step(
        self, slopes: np.ndarray, velocity: Memory = 0.0, squares: Memory = 0.0, made: int = 0
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
        """(change, velocity, squares, updates made)."""
        velocity = self.momentum * velocity + (1 - self.momentum) * slopes
        squares = self.decay * squares + (1 - self.decay) * slopes**2
        made += 1
        steady, size = velocity / (1 - self.momentum**made), np.sqrt(squares / (1 - self.decay**made))
        return -self.rates * steady / (size + TINY), velocity, squares, made


# The simplest first; each adds one thing to one before it.
OPTIMISERS = {
    "Gradient descent": GradientDescent,
    "Momentum": Momentum,
    "Nesterov": Nesterov,
    "AdaGrad": AdaGrad,
    "RMSProp": RMSProp,
    "Adam": Adam,
}

"""How one update is made.

An optimiser is a frozen description. Its step is pure: it takes the slopes and whatever it handed
back last time, and returns the change of the weights and what it wants to be handed next:

    change, *memory = optimiser.step(slopes, *memory)
    weights = weights + change
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Protocol

import numpy as np

Rates = float | Sequence[float] | np.ndarray
Memory = float | np.ndarray
TINY = 1e-8  # keeps a step from being divided by 0; far below any size that matters


class Optimiser(Hashable, Protocol):
    """Anything with a pure step, frozen and so hashable. The first step gets no memory."""

    def step(self, slopes: np.ndarray, *memory: Any) -> tuple[Any, ...]:
        """(change of the weights, *memory for the next step)."""
        ...


@dataclass(frozen=True)
class _Rated:
    """What every optimiser has: a learning rate, and besides it only shares from 0 to below 1.

    `learning_rate` is a number greater than 0, or several of them, one rate for each of many runs: they
    are kept as a tuple, and go with slopes of shape (runs, inputs).

    Raises ValueError, with a sentence to show, for any other learning rate or share.
    """

    learning_rate: Rates = 0.01

    def __post_init__(self) -> None:
        rates = np.asarray(self.learning_rate, dtype=float)
        if rates.size == 0 or not (np.isfinite(rates) & (rates > 0)).all():
            raise ValueError("A learning rate is a finite number greater than 0.")
        if rates.ndim:
            object.__setattr__(self, "learning_rate", tuple(rates.tolist()))
        for share in fields(self)[1:]:
            if not 0 <= getattr(self, share.name) < 1:
                raise ValueError(f"{share.name.capitalize()} is a number from 0 to below 1.")

    @cached_property
    def rates(self) -> np.ndarray:
        """The learning rate, shaped to multiply slopes of shape (..., inputs)."""
        return np.asarray(self.learning_rate)[..., np.newaxis]


@dataclass(frozen=True)
class GradientDescent(_Rated):
    """Every weight against its slope, and no memory.

        change = -learning_rate * slopes

    Cauchy 1847.
    """

    def step(self, slopes: np.ndarray) -> tuple[np.ndarray]:
        """(-learning_rate * slopes,): no memory."""
        return (-self.rates * slopes,)


@dataclass(frozen=True)
class Momentum(_Rated):
    """Gradient descent that keeps rolling.

        velocity = momentum * velocity + slopes
        change = -learning_rate * velocity

    The velocity begins at 0. Polyak 1964, in the variant of torch.optim.SGD: the learning rate stands outside
    the velocity, so that a schedule acts at once on all of it.
    """

    momentum: float = 0.9

    def step(self, slopes: np.ndarray, velocity: Memory = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """(change, velocity)."""
        velocity = self.momentum * velocity + slopes
        return -self.rates * velocity, velocity


@dataclass(frozen=True)
class Nesterov(_Rated):
    """Momentum that looks ahead.

        velocity = momentum * velocity + slopes
        change = -learning_rate * (slopes + momentum * velocity)

    The velocity begins at 0. Nesterov 1983, in the variant of torch.optim.SGD(nesterov=True): the slopes are
    taken where the weights are, and the look ahead is put into the change. (The original takes them at
    weights - learning_rate * momentum * velocity; the two follow the same path up to a change of variables.)
    """

    momentum: float = 0.9

    def step(self, slopes: np.ndarray, velocity: Memory = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """(change, velocity)."""
        velocity = self.momentum * velocity + slopes
        return -self.rates * (slopes + self.momentum * velocity), velocity


@dataclass(frozen=True)
class AdaGrad(_Rated):
    """A step of its own for every weight, ever smaller.

        squares = squares + slopes^2
        change = -learning_rate * slopes / (sqrt(squares) + TINY)

    The squares begin at 0, so the first change of each weight is the learning rate, whatever its slope. Duchi,
    Hazan and Singer 2011, diagonal form; TINY stands outside the root, as in torch.optim.Adagrad.
    """

    learning_rate: Rates = 0.1

    def step(self, slopes: np.ndarray, squares: Memory = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """(change, squares)."""
        squares = squares + slopes**2
        return -self.rates * slopes / (np.sqrt(squares) + TINY), squares


@dataclass(frozen=True)
class RMSProp(_Rated):
    """AdaGrad that forgets.

        squares = decay * squares + (1 - decay) * slopes^2
        change = -learning_rate * slopes / (sqrt(squares) + TINY)

    The squares begin at 0. Tieleman and Hinton 2012, neither centred nor with momentum; TINY stands outside the
    root, as in torch.optim.RMSprop (some libraries put it inside).
    """

    decay: float = 0.9

    def step(self, slopes: np.ndarray, squares: Memory = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """(change, squares)."""
        squares = self.decay * squares + (1 - self.decay) * slopes**2
        return -self.rates * slopes / (np.sqrt(squares) + TINY), squares


@dataclass(frozen=True)
class Adam(_Rated):
    """Momentum over RMSProp, each freed of its start at 0.

        velocity = momentum * velocity + (1 - momentum) * slopes
        squares = decay * squares + (1 - decay) * slopes^2
        steady = velocity / (1 - momentum^k)
        size = sqrt(squares / (1 - decay^k))
        change = -learning_rate * steady / (size + TINY)

    in update k = 1, 2, ... Both begin at 0. Kingma and Ba 2015, algorithm 1, as in torch.optim.Adam.
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


# From the simplest on; each adds one thing to one before it.
OPTIMISERS = {
    "Gradient descent": GradientDescent,
    "Momentum": Momentum,
    "Nesterov": Nesterov,
    "AdaGrad": AdaGrad,
    "RMSProp": RMSProp,
    "Adam": Adam,
}

"""How one update is made.

An optimiser is a frozen description. Its step is pure: it takes the slopes and whatever it handed
back last time, and returns the change of the weights and what it wants to be handed next:

    change, *memory = optimiser.step(slopes, *memory)
    weights = weights + change
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np


class Optimiser(Protocol):
    """Anything with a pure step. The first step gets no memory."""

    def step(self, slopes: np.ndarray, *memory: Any) -> tuple[Any, ...]:
        """(change of the weights, *memory for the next step)."""
        ...


@dataclass(frozen=True)
class GradientDescent:
    """Plain gradient descent: change = -learning_rate * slopes.

    `learning_rate` is a number greater than 0, or several of them, one rate for each of many runs: they
    are kept as a tuple, and go with slopes of shape (runs, inputs).

    Raises ValueError, with a sentence to show, for any other learning rate.
    """

    learning_rate: float | Sequence[float] | np.ndarray = 0.01

    def __post_init__(self) -> None:
        rates = np.asarray(self.learning_rate, dtype=float)
        if rates.size == 0 or not (np.isfinite(rates) & (rates > 0)).all():
            raise ValueError("A learning rate is a finite number greater than 0.")
        if rates.ndim:
            object.__setattr__(self, "learning_rate", tuple(rates.tolist()))

    def step(self, slopes: np.ndarray) -> tuple[np.ndarray]:
        """(-learning_rate * slopes,): no memory."""
        return (-np.asarray(self.learning_rate)[..., np.newaxis] * slopes,)


OPTIMISERS = {"Gradient descent": GradientDescent}

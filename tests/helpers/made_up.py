"""An activation and an optimiser that the lab does not have: what is enough to add one."""

from dataclasses import dataclass

import numpy as np

from gd_core.activations import Activation
from gd_core.optimisers import WithLearningRate


def softsign(sums: np.ndarray) -> np.ndarray:
    """sum / (1 + |sum|)."""
    return sums / (1 + np.abs(sums))


def softsign_slope(sums: np.ndarray) -> np.ndarray:
    """1 / (1 + |sum|)^2."""
    return 1 / (1 + np.abs(sums)) ** 2


SOFTSIGN = Activation(softsign, softsign_slope, "sum / (1 + max(sum, -sum))", lowest=-1, highest=1)


@dataclass(frozen=True)
class SignDescent(WithLearningRate):
    """Every weight moves by the learning rate, against the sign of its slope."""

    def step(self, slopes: np.ndarray) -> tuple[np.ndarray]:
        """(change,)."""
        return (-self.rates * np.sign(slopes),)

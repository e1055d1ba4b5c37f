"""What a learner has set, as one value."""

from typing import NamedTuple

import numpy as np

from gd_core import GradientDescent, Neuron


class Setup(NamedTuple):
    """What the sidebar says, in the order in which `descend` asks for it: descend(*setup)."""

    problem: Neuron
    weights: tuple[float, ...]
    optimiser: GradientDescent
    updates: int

    @property
    def rate(self) -> float:
        """The learning rate."""
        return float(np.asarray(self.optimiser.learning_rate))

    @property
    def share(self) -> float:
        """The share of the error each update of a linear neuron takes away, see `gd_core.pace`."""
        return self.rate * self.problem.sharpness

"""What the sidebar says, as one frozen value."""

from typing import NamedTuple

import numpy as np

from gd_core.optimisers import GradientDescent
from gd_core.problems import Neuron


class Setup(NamedTuple):
    """A neuron and how it learns, in the order in which `descend` asks for them: descend(*setup)."""

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
        """The share of the error that each update of a linear neuron takes away, see `gd_core.regimes`."""
        return self.rate * self.problem.sharpness

    @property
    def first_share(self) -> float:
        """The share of the error that the first update takes away; 0 if it takes none, or there is none."""
        start = np.array(self.weights)
        with np.errstate(all="ignore"):
            after = start + self.optimiser.step(self.problem.slopes(start))[0]
            error, new_error = self.problem.errors(np.stack([start, after]))[:, 0]
            share = 1 - new_error / error
        if not error or share == 0:
            return 0.0
        return self.share if self.problem.linear else max(0.0, float(share))

"""What a learner has set, as one value."""

from typing import NamedTuple

from gd_core import GradientDescent, Neuron


class Setup(NamedTuple):
    """What the sidebar says, in the order in which `descend` asks for it: descend(*setup)."""

    problem: Neuron
    weights: list[float]
    optimiser: GradientDescent
    updates: int

    @property
    def rate(self) -> float:
        """The learning rate."""
        return float(self.optimiser.learning_rate)

    @property
    def share(self) -> float:
        """The share of the error each update takes away, see `gd_core.pace`."""
        return self.rate * self.problem.sharpness

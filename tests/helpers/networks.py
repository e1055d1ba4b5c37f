"""Runs of small networks."""

from collections.abc import Sequence

from numpy.typing import ArrayLike

from gd_core.descent import descend
from gd_core.network import Network
from gd_core.optimisers import GradientDescent, Optimiser
from gd_core.samples import Batches, xor
from pages.network.model import Outcome


def outcome(
    network: Network | None = None,
    start: ArrayLike | None = None,
    optimiser: Optimiser | None = None,
    updates: int = 200,
    batch: Sequence[int] = (),
) -> Outcome:
    """A run; of the page's first network unless something else is asked for. `batch` is its size and its seed."""
    network = network or Network(*xor(), (3,), "tanh", "sigmoid")
    size, seed = batch or (len(network.targets), 0)
    weights = network.start(0) if start is None else start
    batches, optimiser = Batches(network, size, seed), optimiser or GradientDescent(3)
    run = descend(batches, weights, optimiser, updates)
    return Outcome(batches, tuple(run.weights[0].tolist()), optimiser, run)


def by_hand(updates: int = 1) -> Outcome:
    """Inputs 1 and 2, two ReLUs, one output, target 1: small enough to be worked out on paper.

    The hidden sums are 1 × 1 + 0 × 2 = 1 and -1 × 1 + 1 × 2 = 1, the prediction is 2 × 1 + 3 × 1 = 5, so the loss is
    16, and its slope at the output 2 × 4 = 8. At the hidden nodes it is 2 × 8 = 16 and 3 × 8 = 24.
    """
    network = Network([1, 2], [1], (2,), "ReLU", "identity", biases=False)
    return outcome(network, [1, 0, -1, 1, 2, 3], GradientDescent(0.01), updates)


BY_HAND = {"weights": [1, 0, -1, 1, 2, 3], "slopes": [16, 32, 24, 48, 8, 8]}

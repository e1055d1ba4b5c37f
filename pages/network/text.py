"""What a run of a network did, in words, and what keeps it from learning."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from gd_core import diagnostics
from gd_core.network import Layer, Network
from gd_core.optimisers import GradientDescent
from gd_core.regimes import Regime
from pages.network import model
from pages.network.model import Outcome
from pages.shared.numbers import count, number
from pages.shared.verdict import CANNOT_MOVE, GROWS, NOTHING_TO_DO, TOO_SLOW

TOO_LARGE = "**Too large.** With these inputs and weights even the start has numbers that no axis can hold."
SIZES = "How large the node slopes of each layer are, update by update, on a logarithmic axis."
LEARNT = 0.1  # a mean squared error this fraction of its start
STUCK = 0.01  # so little of it went away in the last fifth of the updates
VANISH, EXPLODE = 0.01, 10  # the size of the first layer's slopes over that of the last one's
# How a verdict begins, by the kind of its box.
HEADINGS = {
    Regime.CONVERGES: "It learns.",
    TOO_SLOW: "It is still learning.",
    Regime.STANDS_STILL: "It is on a plateau.",
    CANNOT_MOVE: "Nothing can move.",
    GROWS: "The loss grows.",
    NOTHING_TO_DO: "Nothing to do.",
}
VANISHES, EXPLODES, DEAD, SATURATED, ALIKE, FLAT = "vanish", "explode", "dead", "saturated", "alike", "flat"


def kind(outcome: Outcome) -> str:
    """What the loss did, in a word of `HEADINGS`."""
    run = outcome.history
    first, last = run.loss[0], run.loss[-1]
    if not run.finite.all() or last > first:
        return GROWS
    if first == 0:
        return NOTHING_TO_DO
    if not run.slopes[0].any():
        return CANNOT_MOVE
    if last <= LEARNT * first:
        return Regime.CONVERGES
    before = run.loss[-1 - (len(run.loss) - 1) // 5]
    return Regime.STANDS_STILL if before - last < STUCK * before else TOO_SLOW


def verdict(outcome: Outcome) -> str:
    """How far the mean squared error came, and on which side of the middle the predictions are."""
    run, last = outcome.history, outcome.finite
    updates = len(run.loss) - 1
    said = f"**{HEADINGS[kind(outcome)]}** The mean squared error goes from **{number(run.loss[0])}** to "
    said += f"**{number(run.loss[last])}** in {count(last)}"
    if last < updates:
        return f"{said}; after that the numbers outgrow any axis."
    targets = outcome.network.targets
    if not np.isin(targets, (0, 1)).all() or len(targets) == 1:
        return f"{said}."
    right = ((outcome.network.predictions(run.weights[-1]) > 0.5) == targets).all(axis=-1)
    are = "is" if right.sum() == 1 else "are"
    return f"{said}: {right.sum()} of {len(right)} samples {are} on the right side of 0.5."


def why(outcome: Outcome) -> dict[str, str]:
    """What keeps the network from learning, as sentences by their names: at the start, or after the last update."""
    begin, end = outcome.layers(0), outcome.layers(outcome.finite)
    found, hidden = {}, len(begin) - 1
    ratio = diagnostics.slope_ratio(begin)
    if hidden and np.isfinite(ratio) and ratio < VANISH and not _named(begin, diagnostics.dead):
        found[VANISHES] = (
            f"**The slopes vanish.** At the start those of layer 1 are {number(ratio, 2)} times as large as those "
            "of the output: on the way back every layer multiplies them by its weights and the slope of its activation."
        )
    if hidden and ratio > EXPLODE:
        found[EXPLODES] = (
            f"**The slopes explode.** At the start those of layer 1 are {number(ratio, 2)} times as large as those "
            "of the output: on the way back every layer multiplies them by its weights, and these are large."
        )
    for when, layers in (("at the start", begin), ("after the last update", end)):
        if dead := _named(layers, diagnostics.dead):
            found[DEAD] = (
                f"**Dead {'ReLUs' if outcome.network.hidden_activation == 'ReLU' else 'nodes'}** {when}: {dead}. The "
                "slope of the activation is 0 for every sample, so no slope gets through and their weights do not move."
            )
        elif saturated := _named(layers, diagnostics.saturated):
            found[SATURATED] = (
                f"**Saturated nodes** {when}: {saturated}. Their sums are so far from 0 that the activation is flat "
                "for every sample: next to nothing of a slope gets through."
            )
    pairs = [
        (layer, pair)
        for layer, (one, following) in enumerate(pairwise(end), start=1)
        for pair in diagnostics.symmetric(one, following)
    ]
    if pairs:
        alike = ", ".join(f"{one + 1} and {other + 1} of layer {layer}" for layer, (one, other) in pairs[:3])
        more = f" and {len(pairs) - 3} more pairs" if len(pairs) > 3 else ""
        found[ALIKE] = (
            f"**Nodes that are alike**: {alike}{more}. With the same weights they get the same slopes, update after "
            "update: they do the work of one. A start that is drawn breaks this symmetry."
        )
    if not found and kind(outcome) == Regime.STANDS_STILL:
        found[FLAT] = (
            "**A flat stretch, or a minimum that is not the lowest.** The slopes are close to 0 here, the loss is not. "
            "Gradient descent only goes down from where it starts: from another start it ends elsewhere."
        )
    return found


def _named(layers: list[Layer], recognise: Callable[[Layer], np.ndarray]) -> str:
    """The nodes that something is true of, layer by layer; nothing where there are none."""
    said = []
    for number_of, layer in enumerate(layers, start=1):
        if len(nodes := np.flatnonzero(recognise(layer)) + 1):
            said.append(f"{', '.join(map(str, nodes))} of layer {number_of}")
    return "; ".join(said)


def neuron(outcome: Outcome, activation: str) -> str:
    """That the network is the sidebar's neuron, whose activation is given; nothing where it is not."""
    network = outcome.network
    same = model.is_neuron(network) and network.output_activation == activation
    if not same or type(outcome.optimiser) is not GradientDescent:
        return ""
    return (
        "**This is the neuron of the other pages**, with the sidebar's weights at the start: one node, one sample, no "
        "bias. Many updates shows the same numbers, to the last digit."
    )


def picture(network: Network) -> str:
    """The picture in words, the same for every run."""
    shape = ", ".join(map(str, network.sizes))
    return (
        f"A network with {shape} nodes from the inputs to the outputs: its numbers at the update under the scrub bar, "
        "the curve of the mean squared error, and the slope of the chosen weight factor by factor. The tables hold all."
    )

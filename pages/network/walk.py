"""One update of a network, step by step: forward node by node, backward node by node, and the change."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from gd_core.activations import ACTIVATIONS
from gd_core.network import Layer, Network
from gd_core.optimisers import GradientDescent
from pages.network.model import Outcome
from pages.shared.numbers import MINUS, bracketed, number, shortened

SUM = "sum of weight × value that feeds in"


class Step(NamedTuple):
    """A step: what is worked out, each formula and the same in numbers, and the numpy of the program taken home."""

    title: str
    lines: list[tuple[str, str]]
    code: str

    def __str__(self) -> str:
        return "  \n".join([f"**{self.title}**", *(text for line in self.lines for text in line), f"`{self.code}`"])


def count(network: Network) -> int:
    """How many steps an update has: each node forward and backward, the loss, the mean and the change."""
    return 2 * sum(network.sizes[1:]) + 3


def backward(network: Network, step: int) -> tuple[int, int] | None:
    """Whose slopes a step, counted from 1, works out: the layer, counted from 1, and the node, from 0; if any."""
    nodes = [(layer, node) for layer in range(len(network.sizes) - 1, 0, -1) for node in range(network.sizes[layer])]
    place = step - len(nodes) - 2
    return nodes[place] if 0 <= place < len(nodes) else None


def steps(outcome: Outcome, update: int, sample: int) -> Iterator[Step]:
    """All steps of an update, counted from 1, with the numbers of a sample, counted from 0."""
    layers = outcome.layers(update - 1, sample)
    yield from _forward(outcome, layers)
    yield _error(outcome, layers[-1], sample)
    yield from _backward(outcome, layers, sample)
    yield from _change(outcome, update)


def _forward(outcome: Outcome, layers: list[Layer]) -> Iterator[Step]:
    biases = outcome.network.biases
    for place, layer in enumerate(layers, start=1):
        name, feeds = activation(outcome, place), layer.inputs[:, 0]
        function = ACTIVATIONS[name].value.__name__
        for node, weights in enumerate(layer.weights):
            products = shortened([f"{bracketed(w)} × {bracketed(f)}" for w, f in zip(weights, feeds, strict=True)])
            if biases:
                products.append(bracketed(layer.biases[node]))
            total, value = number(layer.sums[node, 0]), number(layer.values[node, 0])
            code = f"values_{place}[{node}] = {function}(weights_{place}[{node}] @ values_{place - 1}"
            yield Step(
                f"Forward: value of node {node + 1} of layer {place}",
                [
                    (f"sum = {SUM}{' + bias' if biases else ''}", f"{' + '.join(products)} = **{total}**"),
                    (f"value = {name}(sum)", f"{name}({total}) = **{value}**"),
                ],
                f"{code}{f' + biases_{place}[{node}]' if biases else ''})",
            )


def _error(outcome: Outcome, last: Layer, sample: int) -> Step:
    targets, outputs = outcome.network.targets[sample], len(last.values)
    pairs = zip(last.values[:, 0], targets, strict=True)
    squares = " + ".join(f"({number(value)} {MINUS} {bracketed(target)})²" for value, target in pairs)
    loss = number(float(np.mean((last.values[:, 0] - targets) ** 2)))
    formula = f"loss = {'mean over the outputs of ' if outputs > 1 else ''}(prediction {MINUS} target)²"
    written = f"({squares}) / {outputs}" if outputs > 1 else squares
    code = f"loss = np.mean((values_{len(outcome.network.sizes) - 1} - targets) ** 2)"
    return Step("The loss of this sample", [(formula, f"{written} = **{loss}**")], code)


def _backward(outcome: Outcome, layers: list[Layer], sample: int) -> Iterator[Step]:
    targets, outputs = outcome.network.targets[sample], len(layers[-1].values)
    by = f" / {outputs}" if outputs > 1 else ""
    for place, layer in [*enumerate(layers, start=1)][::-1]:
        name, behind = activation(outcome, place), layers[place] if place < len(layers) else None
        slope = ACTIVATIONS[name].slope.__name__
        for node in range(len(layer.values)):
            value_slope, activation_slope = layer.value_slopes[node, 0], layer.activation_slopes[node, 0]
            if behind:
                terms = zip(behind.weights[:, node], behind.node_slopes[:, 0], strict=True)
                came = " + ".join(shortened([f"{bracketed(w)} × {bracketed(s)}" for w, s in terms]))
                formula = f"slope at the node = sum of weight × node slope of layer {place + 1}"
                code = f"weights_{place + 1}[:, {node}] @ node_slopes_{place + 1}"
            else:
                came = f"2 × ({number(layer.values[node, 0])} {MINUS} {bracketed(targets[node])}){by}"
                formula = f"slope at the node = 2 × (prediction {MINUS} target){' / outputs' if by else ''}"
                code = f"2 * (values_{place}[{node}] - targets[{node}]){by}"
            node_slope, feeds = layer.node_slopes[node, 0], layer.inputs[:, 0]
            listed = ", ".join(shortened([f"**{number(node_slope * fed)}**" for fed in feeds]))
            lines = [
                (formula, f"{came} = **{number(value_slope)}**"),
                (
                    f"node slope = slope at the node × slope of {name}",
                    f"{bracketed(value_slope)} × {bracketed(activation_slope)} = **{number(node_slope)}**",
                ),
                ("slope of a weight = node slope × value that feeds in", f"for each of its weights: {listed}"),
            ]
            code = f"node_slopes_{place}[{node}] = {code} * {slope}(sums_{place}[{node}])"
            yield Step(f"Backward: slopes of node {node + 1} of layer {place}", lines, code)


def _change(outcome: Outcome, update: int) -> Iterator[Step]:
    """What is made of the slopes of all samples of the update, on the example of the first weight."""
    batch, weights = outcome.batches.at(update - 1), outcome.history.weights
    trained = outcome.network if batch is outcome.batches else batch
    layer = trained.layers(weights[update - 1])[0]  # type: ignore[attr-defined]
    each = (layer.node_slopes[0] * layer.inputs[0]).tolist()
    slope, (before, after) = float(layer.weight_slopes[0, 0]), weights[update - 1 : update + 1, 0]
    many = "1 sample" if len(each) == 1 else f"{len(each)} samples"
    yield Step(
        f"The mean over {many}, for weight 1 of node 1 of layer 1",
        [
            (
                "slope of the loss = mean of the slopes of the samples that this update uses",
                f"({' + '.join(shortened(list(map(bracketed, each))))}) / {len(each)} = **{number(slope)}**",
            )
        ],
        "weight_slopes_1 = node_slopes_1 @ values_0.T / samples",
    )
    optimiser = outcome.optimiser
    if isinstance(optimiser, GradientDescent):
        rate = number(float(np.asarray(optimiser.learning_rate)))
        formula, numbers = f"weight {MINUS} learning rate × slope", f"{MINUS} {rate} × {bracketed(slope)}"
    else:
        name = type(getattr(optimiser, "optimiser", optimiser)).__name__
        formula, numbers = f"weight + change, which {name} makes of the slopes", f"+ {bracketed(after - before)}"
    yield Step(
        "The update of this weight",
        [(f"new weight = {formula}", f"{number(before)} {numbers} = **{number(after)}**")],
        "change, *memory = optimiser.step(slopes, *memory)",
    )


def activation(outcome: Outcome, layer: int) -> str:
    """The name of the activation of a layer, counted from 1."""
    network = outcome.network
    return network.hidden_activation if layer <= len(network.hidden) else network.output_activation

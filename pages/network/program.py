"""A network's run to take home: forward, backward and update in numpy for exactly this network, with its checks."""

import textwrap
from dataclasses import replace
from itertools import pairwise

import numpy as np

from gd_core.activations import ACTIVATIONS
from gd_core.descent import History, descend
from gd_core.network import Network
from gd_core.schedules import Scheduled
from pages.network.model import Outcome
from pages.shared import export, history_frame


def program(outcome: Outcome) -> export.Program:
    """The run as a program."""
    network, optimiser = outcome.network, outcome.optimiser
    inside = [ACTIVATIONS[network.hidden_activation]] if network.hidden else []
    activations = [*inside, ACTIVATIONS[network.output_activation]]
    functions = [function for one in activations for function in (one.value, one.slope)]
    parts_of = [optimiser.optimiser, optimiser.schedule] if isinstance(optimiser, Scheduled) else []
    parts = [
        (
            "The activations and the optimiser, as they run in the lab",
            export.source(*functions, *map(type, [*parts_of, optimiser])),
        ),
        ("The samples and the start", _given(outcome)),
        ("Forward and backward", loss_and_slopes(network)),
        ("The updates", _updates(outcome)),
        (
            "What the lab showed",
            export.checks(*(history_frame.of_run(run) for run in (outcome.history, _nudged(outcome)))),
        ),
    ]
    return export.Program("Backward propagation through a small network", parts)


def _given(outcome: Outcome) -> str:
    network = outcome.network

    def rows(numbers: np.ndarray) -> str:
        return "".join(f"    {row},\n" for row in numbers.tolist())

    start = textwrap.indent(textwrap.fill(", ".join(map(str, outcome.start)), 100), "    ")
    return f"""{export.QUIETLY}

all_inputs = np.array([
{rows(network.inputs)}])
all_targets = np.array([
{rows(network.targets)}])
weights = np.array([  # layer by layer: the weights of each node, then the biases
{start}
])"""


def loss_and_slopes(network: Network) -> str:
    """The function that goes forward and backward, a line for each step of each layer."""
    layers, place = [*enumerate(pairwise(network.sizes), start=1)], 0
    names = {layer: ACTIVATIONS[network.hidden_activation] for layer, _ in layers}
    last, outputs = len(layers), network.sizes[-1]
    names[last] = ACTIVATIONS[network.output_activation]
    take, forward, backward, slopes = [], [], [], []
    for layer, (inputs, nodes) in layers:
        take.append(f"weights_{layer} = weights[{place}:{place + nodes * inputs}].reshape({nodes}, {inputs})")
        place += nodes * inputs
        if network.biases:
            take.append(f"biases_{layer} = weights[{place}:{place + nodes}].reshape({nodes}, 1)")
            place += nodes
        bias = f" + biases_{layer}" if network.biases else ""
        forward.append(f"sums_{layer} = weights_{layer} @ values_{layer - 1}{bias}")
        forward.append(f"values_{layer} = {names[layer].value.__name__}(sums_{layer})")
        came = f"weights_{layer + 1}.T @ node_slopes_{layer + 1}"
        if layer == last:
            came = f"2 * (values_{layer} - targets){f' / {outputs}' if outputs > 1 else ''}"
        backward.append(f"node_slopes_{layer} = {came} * {names[layer].slope.__name__}(sums_{layer})")
        slopes.append(f"weight_slopes_{layer} = node_slopes_{layer} @ values_{layer - 1}.T / samples")
        if network.biases:
            slopes.append(f"bias_slopes_{layer} = node_slopes_{layer}.mean(axis=1)")
    names_of_slopes = ", ".join(line.partition(" = ")[0] for line in slopes)
    body = [
        *take, "", "# forward, a column for each sample",
        "values_0, targets = inputs.T, targets.T", "samples = len(inputs)", *forward,
        f"loss = np.mean((values_{last} - targets) ** 2)", "",
        "# backward: slope at the node * slope of the activation", *backward[::-1], "",
        "# node slope * value that feeds in, and the mean over the samples", *slopes,
        f"slopes = [{names_of_slopes}]", "return loss, np.concatenate([part.ravel() for part in slopes])",
    ]  # fmt: skip
    return (
        'def loss_and_slopes(weights, inputs, targets):\n    """The loss, and its slope for each weight and bias."""\n'
        + textwrap.indent("\n".join(body), "    ")
    )


def _updates(outcome: Outcome) -> str:
    batch, shuffled = export.rows(outcome.batches, "all_targets")
    return f"""optimiser = {outcome.optimiser!r}
n_updates = {len(outcome.history.loss) - 1}
{shuffled}memory = []
weights_hist, mse_hist = [weights], [loss_and_slopes(weights, all_inputs, all_targets)[0]]
for update in range(n_updates):
    rows = {batch}
    loss, slopes = loss_and_slopes(weights, all_inputs[rows], all_targets[rows])
    change, *memory = optimiser.step(slopes, *memory)
    weights = weights + change
    weights_hist.append(weights)
    mse_hist.append(loss_and_slopes(weights, all_inputs, all_targets)[0])

{export.SAYS}"""


def _nudged(outcome: Outcome) -> History:
    """The same run with another 12th digit in every input, target and start."""
    network = outcome.network
    inputs, targets = export.nudged(network.inputs), export.nudged(network.targets)
    near = Network(
        inputs, targets, network.hidden, network.hidden_activation, network.output_activation, network.biases
    )
    start = export.nudged(outcome.start)
    return descend(replace(outcome.batches, neuron=near), start, outcome.optimiser, len(outcome.history.loss) - 1)

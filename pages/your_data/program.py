"""A run over many samples to take home: a script and a notebook with its data, which check themselves."""

import textwrap
from dataclasses import replace

import pandas as pd

from gd_core.activations import ACTIVATIONS
from gd_core.descent import descend
from gd_core.problems import Neuron
from pages.shared import export, history_frame, parse
from pages.your_data.model import Outcome, Samples

MOST_WORK = 200_000_000  # inputs looked at to find out what rounding decides: a second, about


def program(outcome: Outcome) -> export.Program:
    """The run as a program."""
    activation = ACTIVATIONS[outcome.batches.neuron.activation]
    functions = export.source(activation.value, activation.slope, type(outcome.optimiser))
    parts = [
        ("The activation and the optimiser, as they run in the lab", functions),
        ("The samples", _data(outcome.samples)),
        ("The neuron", _neuron(activation.value.__name__, activation.slope.__name__, outcome.start)),
        ("The updates", _updates(outcome)),
        ("What the lab showed", _checks(outcome)),
    ]
    return export.Program("Gradient descent on many samples", parts)


def _data(samples: Samples) -> str:
    rows = "\n".join(f"    {row}," for row in samples.numbers.tolist())
    targets = textwrap.indent(textwrap.fill(", ".join(map(str, samples.targets.tolist())), 100), "    ")
    code = f"""{export.QUIETLY}

columns = {list(samples.names)!a}
target_column = {samples.target!a}
samples = np.array([
{rows}
])
targets = np.array([
{targets}
])
inputs = samples"""
    if samples.standardise:
        code += """
spread = samples.std(axis=0)
spread[np.ptp(samples, axis=0) == 0] = np.inf  # a column that never changes becomes 0
inputs = (samples - samples.mean(axis=0)) / spread"""
    if samples.bias:
        code += "\ninputs = np.column_stack([inputs, np.ones(len(inputs))])"
    return code


def _neuron(value: str, slope: str, start: tuple[float, ...]) -> str:
    return f'''def mean_squared_error(weights):
    return np.mean(({value}(inputs @ weights) - targets) ** 2)


def get_slopes(weights, rows):
    """The slopes of the mean squared error of some of the samples."""
    sums = inputs[rows] @ weights
    errors = {value}(sums) - targets[rows]
    return 2 * (errors * {slope}(sums)) @ inputs[rows] / len(errors)


weights = np.array({list(start)})'''


def _updates(outcome: Outcome) -> str:
    batch, shuffled = export.rows(outcome.batches, "targets")
    return f"""optimiser = {outcome.optimiser!r}
n_updates = {outcome.updates}
{shuffled}memory = []
weights_hist, mse_hist = [weights], [mean_squared_error(weights)]
for update in range(n_updates):
    rows = {batch}
    change, *memory = optimiser.step(get_slopes(weights, rows), *memory)
    weights = weights + change
    weights_hist.append(weights)
    mse_hist.append(mean_squared_error(weights))

{export.SAYS}"""


def _checks(outcome: Outcome) -> str:
    checks = export.checks(outcome.history, _nudged(outcome))
    if not outcome.least:
        return checks
    return f"""{checks}

best = np.linalg.lstsq(inputs, targets, rcond=None)[0]
assert np.isclose(mean_squared_error(best), {outcome.least.loss}, rtol=1e-6, atol=1e-9 * np.mean(targets**2))
print("least mean squared error:", mean_squared_error(best))"""


def _nudged(outcome: Outcome) -> pd.DataFrame:
    """The same run, or its beginning, with another 12th digit in every input and target and in the learning rate."""
    neuron, optimiser = outcome.batches.neuron, outcome.optimiser
    updates = min(outcome.updates, max(10, MOST_WORK // neuron.inputs.size))
    near = Neuron(export.nudged(neuron.inputs), export.nudged(neuron.targets), neuron.activation)
    rate = parse.within(float(export.nudged(optimiser.learning_rate)))
    run = descend(replace(outcome.batches, neuron=near), outcome.start, replace(optimiser, learning_rate=rate), updates)
    return history_frame.of_run(run)

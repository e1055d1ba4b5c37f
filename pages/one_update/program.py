"""The run to take home, as a program that checks itself."""

import textwrap

from gd_core.activations import ACTIVATIONS
from gd_core.descent import descend
from gd_core.optimisers import GradientDescent
from pages.one_update import update_steps
from pages.shared import export, history_frame
from pages.shared.setup import Setup


def program(setup: Setup) -> export.Program:
    """The run as a program."""
    neuron, activation = setup.problem, ACTIVATIONS[setup.problem.activation]
    given = f"""import numpy as np

{export.QUIETLY}

input_data = np.array({neuron.inputs[0].tolist()})
weights = np.array({[float(weight) for weight in setup.weights]})
target = {float(neuron.targets[0])}
learning_rate = {setup.rate}
n_updates = {setup.updates}"""
    lines = "\n".join(code for _, _, code in update_steps.steps(neuron.activation))
    run = f"""weights_hist, error_hist, mse_hist = [weights], [], []

for update in range(n_updates):
{textwrap.indent(lines, "    ")}

    weights = weights_updated
    weights_hist.append(weights)
    error_hist.append(error)
    mse_hist.append(mse)

error_hist.append(error_updated)
mse_hist.append(mse_updated)
{export.SAYS}"""
    parts = [("The neuron", given), ("The updates", run), ("What the lab showed", _checks(setup))]
    if not neuron.linear:
        parts.insert(1, (f"The activation, {neuron.activation}", export.source(activation.value, activation.slope)))
    return export.Program("Gradient descent on one neuron", parts)


def _checks(setup: Setup) -> str:
    rate = GradientDescent(float(export.nudged(setup.rate)))
    near = setup._replace(weights=tuple(export.nudged(setup.weights)), optimiser=rate)
    return export.checks(*(history_frame.of_run(descend(*run)) for run in (setup, near)))

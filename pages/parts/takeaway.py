"""A run to take home: a script and a notebook that need numpy alone, and check themselves. Knows no screen."""

import textwrap

import numpy as np

from gd_core import GradientDescent, descend
from pages.parts import substeps
from pages.parts.setup import Setup

CHECKED = (0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
NUDGE = 1e-12  # a run that a change in the 12th digit throws off is not checked there: rounding decides it
HELPERS = {
    "identity": "",
    "ReLU": """
def relu(total):
    return np.maximum(total, 0)


def relu_slope(total):
    return np.where(total > 0, 1.0, 0.0)  # at its corner, 0 by custom
""",
    "tanh": """
def tanh(total):
    return np.tanh(total)


def tanh_slope(total):
    return 4 * np.exp(-np.logaddexp(0, -2 * total) - np.logaddexp(0, 2 * total))  # 1 - tanh(total)**2
""",
    "sigmoid": """
def sigmoid(total):
    return np.exp(-np.logaddexp(0, -total))  # 1 / (1 + exp(-total))


def sigmoid_slope(total):
    return sigmoid(total) * sigmoid(-total)
""",
}


def script(setup: Setup) -> str:
    """The run as a program."""
    return as_script("Gradient descent on one neuron", _parts(setup))


def notebook(setup: Setup) -> str:
    """The run as a notebook: the same parts, each under its heading."""
    return as_notebook("Gradient descent on one neuron", _parts(setup))


def as_script(title: str, parts: list[tuple[str, str]]) -> str:
    """Parts, each (heading, code), as a program."""
    said = f'"""{title}, as in the Gradient Descent Lab. Needs numpy alone."""'
    return "\n\n\n".join([said, *(code for _, code in parts)]) + "\n"


def as_notebook(title: str, parts: list[tuple[str, str]]) -> str:
    """Parts, each (heading, code), as a notebook."""
    from nbformat import v4, writes  # slow to import, and only wanted here

    cells = [v4.new_markdown_cell(f"# {title}\n\nNeeds numpy alone.", id="title")]
    for number, (heading, code) in enumerate(parts, start=1):
        cells += [
            v4.new_markdown_cell(f"## {heading}", id=f"heading-{number}"),
            v4.new_code_cell(code, id=f"code-{number}"),
        ]
    return writes(v4.new_notebook(cells=cells))


def _parts(setup: Setup) -> list[tuple[str, str]]:
    """(heading, code) of each part, in order."""
    neuron = setup.problem
    lines = "\n".join(step.code for step in substeps.substeps(neuron.activation))
    given = f"""import numpy as np

np.seterr(all="ignore")  # a run that explodes outgrows a float; that is a result, no fault

input_data = np.array({neuron.inputs[0].tolist()})
weights = np.array({[float(weight) for weight in setup.weights]})
target = {float(neuron.targets[0])}
learning_rate = {setup.rate}
n_updates = {setup.updates}
{HELPERS[neuron.activation]}"""
    run = f"""weights_hist, error_hist, mse_hist = [weights], [], []

for update in range(n_updates):
{textwrap.indent(lines, "    ")}

    weights = weights_updated
    weights_hist.append(weights)
    error_hist.append(error)
    mse_hist.append(mse)

error_hist.append(error_updated)
mse_hist.append(mse_updated)
print("mean squared error, first and last:", mse_hist[0], mse_hist[-1])"""
    return [
        ("The neuron", given.rstrip()),
        ("The updates", run),
        ("What the lab showed", _checks(setup)),
    ]


def _checks(setup: Setup) -> str:
    """Asserts that the run is the lab's, at some of its updates: those that rounding does not decide."""
    neuron = setup.problem
    weights = np.array(setup.weights)
    # Up and down in turn, so that a sum of numbers that cancel does not stay cancelled.
    nudged = weights * (1 + NUDGE * (-1.0) ** np.arange(len(weights)))
    runs = [
        descend(neuron, start, GradientDescent(rate), setup.updates).weights
        for start, rate in ((weights, setup.rate), (nudged, setup.rate * (1 + NUDGE)))
    ]
    with np.errstate(all="ignore"):
        errors = [neuron.errors(weights)[:, 0] for weights in runs]
        mse = errors[0] ** 2
        size = np.abs(runs[0] * neuron.inputs[0]).max(axis=1) + abs(float(neuron.targets[0]))  # of the largest part
        sure = np.isfinite(mse) & (np.abs(errors[1] - errors[0]) <= 1e-8 * (np.abs(errors[0]) + size))
    rows = [
        f"    ({update}, {float(errors[0][update])}, {float(mse[update])}, {runs[0][update].tolist()}),"
        for update in sorted({*CHECKED, setup.updates})
        if update <= setup.updates and sure[update]
    ]
    return "\n".join(
        [
            "# update, error, mean squared error, weights",
            "shown = [",
            *rows,
            "]",
            "for update, error, mse, weights in shown:",
            "    size = np.abs(input_data * weights).max() + abs(target)  # of the largest part of the error",
            "    assert np.isclose(error_hist[update], error, rtol=1e-6, atol=1e-6 * size)",
            "    assert np.isclose(mse_hist[update], mse, rtol=1e-5, atol=1e-5 * size * (size + abs(error)))",
            "    assert np.allclose(weights_hist[update], weights, rtol=1e-6, atol=1e-6 * np.abs(weights).max())",
            'print("as in the lab:", len(shown), "updates checked")',
        ]
    )

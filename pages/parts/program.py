"""A run over many samples to take home: a script and a notebook with its data, which check themselves.

Knows no screen.
"""

import textwrap
from dataclasses import asdict, replace

import numpy as np

from gd_core import Neuron, descend
from gd_core.optimisers import TINY, AdaGrad, Adam, GradientDescent, Momentum, Nesterov, RMSProp
from pages.parts import frames, takeaway, typed
from pages.parts.takeaway import CHECKED, HELPERS, NUDGE
from pages.parts.your_data import Outcome, Samples

MOST_WORK = 200_000_000  # inputs looked at to find out what rounding decides: a second, about
TITLE = "Gradient descent on many samples"
# What each optimiser remembers, and how it makes a change of it.
STEPS: dict[type, tuple[str, str]] = {
    GradientDescent: ("", "change = -learning_rate * slopes"),
    Momentum: ("velocity = 0.0", "velocity = momentum * velocity + slopes\nchange = -learning_rate * velocity"),
    Nesterov: (
        "velocity = 0.0",
        "velocity = momentum * velocity + slopes\nchange = -learning_rate * (slopes + momentum * velocity)",
    ),
    AdaGrad: (
        "squares = 0.0",
        "squares = squares + slopes**2\nchange = -learning_rate * slopes / (np.sqrt(squares) + TINY)",
    ),
    RMSProp: (
        "squares = 0.0",
        "squares = decay * squares + (1 - decay) * slopes**2\n"
        "change = -learning_rate * slopes / (np.sqrt(squares) + TINY)",
    ),
    Adam: (
        "velocity, squares = 0.0, 0.0",
        "velocity = momentum * velocity + (1 - momentum) * slopes\n"
        "squares = decay * squares + (1 - decay) * slopes**2\n"
        "steady = velocity / (1 - momentum ** (update + 1))\n"
        "size = np.sqrt(squares / (1 - decay ** (update + 1)))\n"
        "change = -learning_rate * steady / (size + TINY)",
    ),
}


def script(outcome: Outcome) -> str:
    """The run as a program."""
    return takeaway.as_script(TITLE, _parts(outcome))


def notebook(outcome: Outcome) -> str:
    """The run as a notebook."""
    return takeaway.as_notebook(TITLE, _parts(outcome))


def _parts(outcome: Outcome) -> list[tuple[str, str]]:
    """(heading, code) of each part, in order."""
    return [
        ("The samples", _given(outcome.samples)),
        ("The neuron", _neuron(outcome.batches.neuron.activation, outcome.start)),
        ("The updates", _updates(outcome)),
        ("What the lab showed", _checks(outcome)),
    ]


def _given(samples: Samples) -> str:
    rows = "\n".join(f"    {row}," for row in samples.numbers.tolist())
    aims = textwrap.indent(textwrap.fill(", ".join(map(str, samples.aims.tolist())), 100), "    ")
    lines = [
        "import numpy as np",
        "",
        'np.seterr(all="ignore")  # a run that explodes outgrows a float; that is a result, no fault',
        "",
        f"columns = {list(samples.names)!a}",
        f"target_column = {samples.target!a}",
        f"samples = np.array([\n{rows}\n])",
        f"targets = np.array([\n{aims}\n])",
        "inputs = samples",
    ]
    if samples.standardise:
        lines += [
            "spread = samples.std(axis=0)",
            "spread[np.ptp(samples, axis=0) == 0] = np.inf  # a column that never changes becomes 0",
            "inputs = (samples - samples.mean(axis=0)) / spread",
        ]
    if samples.bias:
        lines += ["inputs = np.column_stack([inputs, np.ones(len(inputs))])"]
    return "\n".join(lines)


def _neuron(activation: str, start: tuple[float, ...]) -> str:
    name = activation.lower()
    value, slope = ("total", "1.0") if activation == "identity" else (f"{name}(total)", f"{name}_slope(total)")
    return f"""{HELPERS[activation].strip()}


def mean_squared_error(weights):
    total = inputs @ weights
    return np.mean(({value} - targets) ** 2)


def get_slopes(weights, rows):
    \"\"\"The slopes of the mean squared error of some of the samples.\"\"\"
    total = inputs[rows] @ weights
    error = {value} - targets[rows]
    return 2 * (error * {slope}) @ inputs[rows] / len(error)


weights = np.array({list(start)})""".strip()


def _updates(outcome: Outcome) -> str:
    batches, optimiser, updates = outcome.batches, outcome.optimiser, outcome.updates
    memory, step = STEPS[type(optimiser)]
    settings = asdict(optimiser) | ({"TINY": TINY} if "TINY" in step else {})
    given = [f"{name} = {value}" for name, value in settings.items()]
    batch = "rows = slice(None)  # all samples"
    shuffled = ""
    if batches.size < len(batches.neuron.targets):
        batch = "rows = batch(update)"
        shuffled = f"""
batch_size, seed = {batches.size}, {batches.seed}


def batch(update):
    \"\"\"The samples that an update sees: they are shuffled anew whenever all have been seen.\"\"\"
    turn, place = divmod(update, -(-len(targets) // batch_size))
    order = np.random.RandomState([seed, turn]).permutation(len(targets))
    return order[place * batch_size : (place + 1) * batch_size]

"""
    lines = "\n".join(f"    {line}" for line in step.split("\n"))
    return f"""{chr(10).join(given)}
n_updates = {updates}
{shuffled}
{memory}
weights_hist, mse_hist = [weights], [mean_squared_error(weights)]
for update in range(n_updates):
    {batch}
    slopes = get_slopes(weights, rows)
{lines}
    weights = weights + change
    weights_hist.append(weights)
    mse_hist.append(mean_squared_error(weights))

print("mean squared error, first and last:", mse_hist[0], mse_hist[-1])""".replace("\n\n\n\n", "\n\n\n")


def _checks(outcome: Outcome) -> str:
    """Asserts that the run is the lab's, at some of its updates: those that rounding does not decide."""
    inputs = outcome.batches.neuron.inputs
    updates = min(outcome.updates, max(10, MOST_WORK // inputs.size))
    other = _nudged(outcome, updates)
    shown = np.column_stack([outcome.history["mse"], frames.weights(outcome.history)])[: updates + 1]
    size = np.abs(shown[:, 1:]).max(axis=1)
    with np.errstate(all="ignore"):
        off = np.abs(other - shown)
        sure = (off[:, 0] <= 1e-8 * shown[:, 0] + 1e-11 * shown[0, 0]) & (
            off[:, 1:].max(axis=1) <= 1e-8 * size + 1e-300
        )
    rows = [
        f"    ({update}, {shown[update, 0]}, {shown[update, 1:].tolist()}),"
        for update in sorted({*CHECKED, updates})
        if update <= updates and sure[update]
    ]
    lines = [
        "# update, mean squared error, weights",
        "shown = [",
        *rows,
        "]",
        "for update, mse, weights in shown:",
        "    assert np.isclose(mse_hist[update], mse, rtol=1e-6, atol=1e-9 * mse_hist[0])",
        "    assert np.allclose(weights_hist[update], weights, rtol=1e-6, atol=1e-6 * np.abs(weights).max())",
        'print("as in the lab:", len(shown), "updates checked")',
    ]
    if outcome.least:
        least = outcome.least.loss
        lines += [
            "",
            "best = np.linalg.lstsq(inputs, targets, rcond=None)[0]",
            f"assert np.isclose(mean_squared_error(best), {least}, rtol=1e-6, atol=1e-9 * np.mean(targets**2))",
            'print("least mean squared error:", mean_squared_error(best))',
        ]
    return "\n".join(lines)


def _nudged(outcome: Outcome, updates: int) -> np.ndarray:
    """The mean squared error and the weights of the same updates but for the 12th digit of every number."""
    neuron, optimiser = outcome.batches.neuron, outcome.optimiser
    waves = 1 + NUDGE * (-1.0) ** np.add.outer(np.arange(len(neuron.targets)), np.arange(neuron.inputs.shape[1]))
    near = replace(
        outcome.batches, neuron=Neuron(neuron.inputs * waves, neuron.targets * waves[:, 0], neuron.activation)
    )
    rate = typed.within(outcome.rate * (1 + NUDGE))
    run = descend(near, outcome.start, replace(optimiser, learning_rate=rate), updates)
    return np.column_stack([run.loss, run.weights])

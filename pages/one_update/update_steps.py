"""One update in steps: each with its formula, its numbers, and its numpy, as in the script a learner takes home."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from gd_core.activations import ACTIVATIONS
from gd_core.problems import Neuron
from pages.shared.history_frame import LARGEST_DRAWN
from pages.shared.numbers import MINUS, SPELLED_OUT, bracketed, number, shortened
from pages.shared.parse import LARGEST, SMALLEST
from pages.shared.setup import Setup
from pages.shared.stops import stops
from pages.shared.weight_curve import BENT

REACH = 1.2  # the picture goes this many times as far as anything of interest


def steps(activation: str) -> list[tuple[str, str, str]]:
    """(name, formula, numpy) of each step of an update, in order."""
    sums, by_slope, by_code = "sum of weight × input", "", ""
    squares = "mse, mse_updated = error**2, error_updated**2"
    code, new_code = "preds = (weights * input_data).sum()", "preds_updated = (weights_updated * input_data).sum()"
    if activation != "identity":
        value, slope = ACTIVATIONS[activation].value.__name__, ACTIVATIONS[activation].slope.__name__
        sums, by_slope, by_code = f"{activation}({sums})", f" × slope of {activation}", f" * {slope}(total)"
        code = f"total = (weights * input_data).sum()\npreds = {value}(total)"
        new_code = f"preds_updated = {value}((weights_updated * input_data).sum())"
    return [
        ("Prediction", f"prediction = {sums}", code),
        ("Error", f"error = prediction {MINUS} target", "error = preds - target"),
        ("Slopes", f"slope = 2 × error × input{by_slope}", f"slope = 2 * error * input_data{by_code}"),
        ("Change", f"change = {MINUS} learning rate × slope", "change = -learning_rate * slope"),
        ("New weights", "new weight = weight + change", "weights_updated = weights + change"),
        ("New prediction", f"new prediction = {sums.replace('weight', 'new weight')}", new_code),
        ("New error", f"new error = new prediction {MINUS} target", "error_updated = preds_updated - target"),
        ("Mean squared error, before and after", "mean squared error = error²  (the mean of one sample)", squares),
    ]


@np.errstate(all="ignore")
def in_numbers(setup: Setup, weights: np.ndarray) -> list[str]:
    """The same steps with the numbers of the update that begins at `weights`."""
    neuron = setup.problem
    slopes = neuron.slopes(weights)
    change = setup.optimiser.step(slopes)[0]
    after = weights + change
    target, by_slope = bracketed(neuron.targets[0]), ""
    if not neuron.linear:
        by_slope = f" × {bracketed(neuron.activation_slope(weights)[0])}"
    (prediction,), (new_prediction,) = neuron.predictions(weights), neuron.predictions(after)
    (error,), (new_error,) = neuron.errors(weights), neuron.errors(after)
    return [
        _prediction(neuron, weights),
        f"{number(prediction)} {MINUS} {target} = **{number(error)}**",
        f"2 × {bracketed(error)} × [{_list(neuron.inputs[0])}]{by_slope} = **[{_list(slopes)}]**",
        f"{MINUS}{number(setup.rate)} × [{_list(slopes)}] = **[{_list(change)}]**",
        f"[{_list(weights)}] + [{_list(change)}] = **[{_list(after)}]**",
        _prediction(neuron, after),
        f"{number(new_prediction)} {MINUS} {target} = **{number(new_error)}**",
        f"{bracketed(error)}² = **{number(error**2)}**, then {bracketed(new_error)}² = **{number(new_error**2)}**",
    ]


def written_out(setup: Setup, weights: np.ndarray) -> str:
    """All steps of one update, as one text."""
    together = zip(steps(setup.problem.activation), in_numbers(setup, weights), strict=True)
    return "\n\n".join(
        f"**{place}. {name}**  \n{formula}  \n{numbers}  \n" + "  \n".join(f"`{line}`" for line in code.splitlines())
        for place, ((name, formula, code), numbers) in enumerate(together, start=1)
    )


def table(setup: Setup, weights: np.ndarray) -> pd.DataFrame:
    """A row a weight: before, its slope, its change, and after."""
    slopes = setup.problem.slopes(weights)
    change = setup.optimiser.step(slopes)[0]
    rows = np.column_stack([weights, slopes, change, weights + change]) + 0.0  # -0.0 becomes 0.0
    index = pd.RangeIndex(1, len(weights) + 1, name="weight")
    return pd.DataFrame(rows, index, ["before", "slope", "change", "after"])


def finite_updates(history: pd.DataFrame) -> int:
    """How many updates can be looked at: up to where a float can hold every number before and after."""
    finite = np.isfinite(history.to_numpy()).all(axis=1)
    return int(np.logical_and.accumulate(finite).sum()) - 1


def now(setup: Setup, weights: np.ndarray, asked: int) -> pd.DataFrame:
    """One row: the rate of the field, and what is there before the update; `asked` as in `theme.dragged`."""
    (error,), mse = setup.problem.errors(weights), float(setup.problem.loss(weights))
    row = (float(asked), setup.rate, mse, number(error), number(mse), _list(weights))
    return pd.DataFrame([row], columns=["asked", "rate", "mse", "error", "written_mse", "weights"])


def first_and_last(setup: Setup, weights: np.ndarray) -> pd.DataFrame:
    """A row a weight before the update, with its slope; where they are many a row of NaN for those in the middle."""
    rows = np.column_stack([weights, setup.problem.slopes(weights)])
    if len(rows) > SPELLED_OUT:
        rows = np.stack([*rows[:2], np.full(2, np.nan), rows[-1]])
    return pd.DataFrame(rows, columns=["before", "slope"])


def along(setup: Setup, weights: np.ndarray) -> pd.DataFrame:
    """A row a learning rate, from 0 on: what the update that begins at `weights` makes of the error.

    The rates go a bit beyond the one at which the loss of a linear neuron is back at its old height, of another beyond
    where its activation bends, and beyond the present rate. What an axis cannot hold is left out.
    """
    neuron, slopes = setup.problem, setup.problem.slopes(weights)
    (total,), (error,) = neuron.sums(weights), neuron.errors(weights)
    speed = abs(neuron.sums(slopes)[0])  # of the sum, in the learning rate
    distance = 2 * abs(error) if neuron.activation in ("identity", "ReLU") else abs(total) + BENT
    exact = [setup.rate]
    last = min(REACH * max(setup.rate, distance / speed if speed * LARGEST > distance else 0), LARGEST)
    if neuron.linear and speed:
        exact += [rate for rate in (abs(error) / speed, 2 * abs(error) / speed) if SMALLEST < rate < last]
    rates, _ = stops(0, last, *exact)
    with np.errstate(all="ignore"):
        error_next = neuron.errors(weights - rates[:, np.newaxis] * slopes)[:, 0]
        fits = error_next**2 <= LARGEST_DRAWN
    return pd.DataFrame(np.column_stack([rates, error_next])[fits], columns=["rate", "error_next"])


def _prediction(neuron: Neuron, weights: np.ndarray) -> str:
    products = [
        f"{bracketed(weight)} × {bracketed(feeds)}" for weight, feeds in zip(weights, neuron.inputs[0], strict=True)
    ]
    total = number(neuron.sums(weights)[0])
    said = f"{' + '.join(shortened(products))} = "
    if neuron.linear:
        return f"{said}**{total}**"
    return f"{said}{total}, and {neuron.activation}({total}) = **{number(neuron.predictions(weights)[0])}**"


def _list(values: Iterable[float]) -> str:
    return ", ".join(shortened([number(value) for value in values]))

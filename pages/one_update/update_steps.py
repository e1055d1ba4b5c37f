"""One update in steps: each with its formula, the same with today's numbers, and its line of numpy.

The lines are those of the script and the notebook a learner takes home.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from gd_core.activations import ACTIVATIONS
from pages.shared import numbers
from pages.shared.setup import Setup

SPELLED_OUT = 4  # more products than this are shortened in a formula
NEARBY = 10  # updates drawn before and after the one that is looked at


class Values(NamedTuple):
    """The numbers of one update, before and after."""

    weights: list[float]
    inputs: list[float]
    target: float
    rate: float
    activation: str
    sum: float
    prediction: float
    error: float
    activation_slope: float
    slopes: list[float]
    changes: list[float]
    new_weights: list[float]
    new_sum: float
    new_prediction: float
    new_error: float


class Step(NamedTuple):
    """A step of an update: its name, its formula in words, its numpy, and how its numbers are put."""

    name: str
    formula: str
    code: str
    numbers: Callable[[Values], str]


def values(setup: Setup, weights: np.ndarray) -> Values:
    """The numbers of the update that begins at `weights`."""
    neuron = setup.problem
    slopes = neuron.slopes(weights)
    with np.errstate(all="ignore"):
        changes = setup.optimiser.step(slopes)[0]
        after = weights + changes
        return Values(
            weights=(weights + 0.0).tolist(),
            inputs=neuron.inputs[0].tolist(),
            target=float(neuron.targets[0]),
            rate=setup.rate,
            activation=neuron.activation,
            sum=float(neuron.sums(weights)[0]),
            prediction=float(neuron.predictions(weights)[0]),
            error=float(neuron.errors(weights)[0]),
            activation_slope=float(neuron.activation_slope(weights)[0]),
            slopes=(slopes + 0.0).tolist(),
            changes=(changes + 0.0).tolist(),
            new_weights=(after + 0.0).tolist(),
            new_sum=float(neuron.sums(after)[0]),
            new_prediction=float(neuron.predictions(after)[0]),
            new_error=float(neuron.errors(after)[0]),
        )


def steps(activation: str) -> list[Step]:
    """The steps of an update, in order."""
    n = numbers.number
    linear = activation == "identity"
    value, slope = (function.__name__ for function in (ACTIVATIONS[activation].value, ACTIVATIONS[activation].slope))
    through = "sum of weight × input" if linear else f"{activation}(sum of weight × input)"
    total = "(weights * input_data).sum()"
    new_total = "(weights_updated * input_data).sum()"
    return [
        Step(
            "Prediction",
            f"prediction = {through}",
            f"preds = {total}" if linear else f"total = {total}\npreds = {value}(total)",
            lambda v: _predicts(v, v.weights, v.sum, v.prediction),
        ),
        Step(
            "Error",
            "error = prediction - target",
            "error = preds - target",
            lambda v: f"{n(v.prediction)} - {_in(v.target)} = **{n(v.error)}**",
        ),
        Step(
            "Slopes",
            "slope = 2 × error × input" + ("" if linear else f" × slope of {activation}"),
            "slope = 2 * error * input_data" + ("" if linear else f" * {slope}(total)"),
            lambda v: (
                f"2 × {_in(v.error)} × [{_list(v.inputs)}]"
                f"{'' if linear else f' × {_in(v.activation_slope)}'} = **[{_list(v.slopes)}]**"
            ),
        ),
        Step(
            "Change",
            "change = - learning rate × slope",
            "change = -learning_rate * slope",
            lambda v: f"-{n(v.rate)} × [{_list(v.slopes)}] = **[{_list(v.changes)}]**",
        ),
        Step(
            "New weights",
            "new weight = weight + change",
            "weights_updated = weights + change",
            lambda v: f"[{_list(v.weights)}] + [{_list(v.changes)}] = **[{_list(v.new_weights)}]**",
        ),
        Step(
            "New prediction",
            f"new prediction = {through.replace('weight', 'new weight')}",
            f"preds_updated = {new_total}" if linear else f"preds_updated = {value}({new_total})",
            lambda v: _predicts(v, v.new_weights, v.new_sum, v.new_prediction),
        ),
        Step(
            "New error",
            "new error = new prediction - target",
            "error_updated = preds_updated - target",
            lambda v: f"{n(v.new_prediction)} - {_in(v.target)} = **{n(v.new_error)}**",
        ),
        Step(
            "Mean squared error, before and after",
            "mean squared error = error²  (the mean of one sample)",
            "mse, mse_updated = error**2, error_updated**2",
            lambda v: (
                f"{_in(v.error)}² = **{_squared(v.error)}**, then {_in(v.new_error)}² = **{_squared(v.new_error)}**"
            ),
        ),
    ]


def written_out(today: Values) -> str:
    """All steps of one update, as one text."""
    return "\n\n".join(
        f"**{number}. {step.name}**  \n{step.formula}  \n{step.numbers(today)}  \n"
        + "  \n".join(f"`{line}`" for line in step.code.splitlines())
        for number, step in enumerate(steps(today.activation), start=1)
    )


def table(today: Values) -> pd.DataFrame:
    """A row a weight: before, its slope, its change, and after."""
    columns = {
        "before": today.weights,
        "slope": today.slopes,
        "change": today.changes,
        "after": today.new_weights,
    }
    frame = pd.DataFrame(columns, index=pd.RangeIndex(1, len(today.weights) + 1, name="weight"))
    return frame.where(np.isfinite(frame))


def finite_updates(history: pd.DataFrame) -> int:
    """How many updates can be looked at: up to where a float can hold every number before and after."""
    finite = np.isfinite(history.to_numpy()).all(axis=1)
    return (len(finite) if finite.all() else int(finite.argmin())) - 1


def nearby(history: pd.DataFrame, update: int, last: int) -> pd.DataFrame:
    """The mean squared errors around one update, and which two are its own: before and after."""
    first = max(0, update - 1 - NEARBY)
    near = history["mse"].iloc[first : min(last, update + NEARBY) + 1].reset_index()
    names = {update - 1: "before", update: "after"}
    return near.assign(own=[names.get(number, "") for number in near["update"]])


def _predicts(v: Values, weights: Iterable[float], total: float, prediction: float) -> str:
    products = [f"{_in(weight)} × {_in(feeds)}" for weight, feeds in zip(weights, v.inputs, strict=True)]
    said = f"{' + '.join(_shortened(products))} = "
    if v.activation == "identity":
        return f"{said}**{numbers.number(total)}**"
    return (
        f"{said}{numbers.number(total)}, and {v.activation}({numbers.number(total)}) = **{numbers.number(prediction)}**"
    )


def _in(value: float) -> str:
    """A number inside a formula."""
    return f"({numbers.number(value)})" if value < 0 else numbers.number(value)


def _list(values: list[float]) -> str:
    return ", ".join(_shortened([numbers.number(value) for value in values]))


def _shortened(parts: list[str]) -> list[str]:
    return parts if len(parts) <= SPELLED_OUT else [*parts[:2], "…", parts[-1]]


def _squared(value: float) -> str:
    with np.errstate(over="ignore"):
        return numbers.number(float(np.square(value)))

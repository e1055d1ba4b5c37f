"""Activations against their textbook values, their formulas and central differences."""

import math

import numpy as np
import pytest

from gd_core.activations import ACTIVATIONS

SUMS = np.linspace(-40, 40, 1601)
# Python's own words for a formula; exp gives inf where math.exp raises, as numpy and Vega do.
WORDS = {"max": max, "exp": lambda power: math.exp(power) if power < 709 else math.inf}


@pytest.mark.parametrize(
    ("name", "at", "value", "slope"),
    [
        ("identity", -2.5, -2.5, 1),
        ("ReLU", 2.5, 2.5, 1),
        ("ReLU", -2.5, 0, 0),
        ("ReLU", 0, 0, 0),
        ("tanh", 0.5, math.tanh(0.5), 1 - math.tanh(0.5) ** 2),
        ("tanh", -30, -1, 4 * math.exp(-60)),
        ("tanh", 800, 1, 0),
        ("sigmoid", 0, 0.5, 0.25),
        ("sigmoid", 2, 1 / (1 + math.exp(-2)), math.exp(-2) / (1 + math.exp(-2)) ** 2),
        ("sigmoid", -100, math.exp(-100), math.exp(-100)),
        ("sigmoid", 100, 1, math.exp(-100)),
        ("sigmoid", -1e300, 0, 0),
    ],
)
def test_an_activation_and_its_slope_have_the_textbook_values(name: str, at: float, value: float, slope: float):
    activation = ACTIVATIONS[name]
    assert float(activation.value(np.array(float(at)))) == pytest.approx(value, rel=1e-12, abs=0)
    assert float(activation.slope(np.array(float(at)))) == pytest.approx(slope, rel=1e-12, abs=0)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_formula_of_an_activation_is_its_value(name: str):
    activation = ACTIVATIONS[name]
    for at in (*SUMS.tolist(), -800.0, 800.0):
        by_formula = eval(activation.formula, {"__builtins__": {}}, {"sum": at, **WORDS})  # noqa: S307
        assert float(activation.value(np.array(at))) == pytest.approx(by_formula, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_slope_of_an_activation_agrees_with_central_differences(name: str):
    activation, nudge = ACTIVATIONS[name], 1e-6
    sums = SUMS[SUMS != 0]  # at the corner of a ReLU there is no slope to compare with
    rise_over_run = (activation.value(sums + nudge) - activation.value(sums - nudge)) / (2 * nudge)
    assert activation.slope(sums) == pytest.approx(rise_over_run, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_values_of_an_activation_come_close_to_its_bounds_and_stay_between_them(name: str):
    activation = ACTIVATIONS[name]
    values = activation.value(np.array([*SUMS, -1e300, 1e300]))
    assert activation.lowest <= values.min()
    assert values.max() <= activation.highest
    for bound, nearest in ((activation.lowest, values.min()), (activation.highest, values.max())):
        assert nearest == pytest.approx(bound) if math.isfinite(bound) else abs(nearest) == 1e300


def test_extreme_sums_give_no_warning_and_no_nan():
    sums = np.array([0.0, 1e-300, 1e8, 1e101, 1.7e308]) * np.array([[1], [-1]])
    for activation in ACTIVATIONS.values():
        assert np.isfinite(activation.value(sums)).all()
        assert np.isfinite(activation.slope(sums)).all()

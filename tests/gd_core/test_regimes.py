"""Regimes of the learning rate against their definition and the errors of real updates."""

from math import inf

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gd_core.descent import descend
from gd_core.optimisers import GradientDescent
from gd_core.problems import Neuron
from gd_core.regimes import ROUNDING, Regime, regime, updates_until

NUMBERS = st.floats(-100, 100)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0, Regime.STANDS_STILL),
        (1e-300, Regime.CONVERGES),
        (0.28, Regime.CONVERGES),
        (1, Regime.ONE_STEP),
        (28 * 0.03571428571428571, Regime.ONE_STEP),
        (28 * 0.0357143, Regime.OSCILLATES_AND_CONVERGES),
        (1.5, Regime.OSCILLATES_AND_CONVERGES),
        (2, Regime.OSCILLATES),
        (28 * 0.0714285714285714, Regime.OSCILLATES),
        (28 * 0.0714286, Regime.DIVERGES),
        (28 * 0.0714285, Regime.OSCILLATES_AND_CONVERGES),
        (2.001, Regime.DIVERGES),
        (1e300, Regime.DIVERGES),
    ],
)
def test_the_regime_follows_from_the_share(share: float, expected: Regime):
    assert regime(share) is expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (1 - 2 * ROUNDING, Regime.CONVERGES),
        (1 + 2 * ROUNDING, Regime.OSCILLATES_AND_CONVERGES),
        (2 - 2 * ROUNDING, Regime.OSCILLATES_AND_CONVERGES),
        (2 + 2 * ROUNDING, Regime.DIVERGES),
    ],
)
def test_only_a_share_within_rounding_of_1_or_2_counts_as_one(share: float, expected: Regime):
    assert regime(share) is expected
    assert regime(round(share)) is not expected


@given(arrays(float, 3, elements=NUMBERS), NUMBERS, arrays(float, 3, elements=NUMBERS), st.floats(0.001, 1000))
def test_each_update_multiplies_the_error_by_one_minus_the_share(inputs, target: float, weights, share: float):
    neuron = Neuron(inputs, target)
    assume(neuron.sharpness > 1e-6)
    rate = share / neuron.sharpness
    error = neuron.errors(descend(neuron, weights, GradientDescent(rate), updates=1).weights)[:, 0]
    scale = np.abs(inputs).max() * np.abs(weights).max() + abs(target)
    assert error[1] == pytest.approx(error[0] * (1 - share), rel=1e-6, abs=1e-9 * (1 + share) * (1 + scale))


@pytest.mark.parametrize(
    ("share", "expected", "sign", "growth"),
    [
        (0.5, Regime.CONVERGES, 1, -1),
        (1.5, Regime.OSCILLATES_AND_CONVERGES, -1, -1),
        (2, Regime.OSCILLATES, -1, 0),
        (2.5, Regime.DIVERGES, -1, 1),
    ],
)
def test_the_errors_of_a_run_do_what_the_regime_says(share: float, expected: Regime, sign: int, growth: int):
    neuron = Neuron([1, 2, 3], 0)
    run = descend(neuron, [0, 2, 1], GradientDescent(share / neuron.sharpness), updates=10)
    errors = neuron.errors(run.weights)[:, 0]
    assert regime(share) is expected
    assert (np.sign(errors[1:] / errors[:-1]) == sign).all()
    assert (np.sign(np.diff(np.abs(errors)).round(9)) == growth).all()


@pytest.mark.parametrize(
    ("share", "updates"), [(0.28, 15), (0.5, 7), (0.9, 2), (1, 1), (1.5, 7), (0, inf), (2, inf), (3, inf)]
)
def test_updates_until_one_percent_is_left(share: float, updates: float):
    assert updates_until(0.01, share) == updates


def test_updates_until_keeps_its_digits_for_a_tiny_share():
    assert updates_until(0.01, 1e-18) == pytest.approx(4.605170186e18)

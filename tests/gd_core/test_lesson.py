"""The lesson's own numbers, worked by hand there, and its own loop."""

import numpy as np
import pytest

from gd_core.descent import descend
from gd_core.lesson import get_error, get_mse, get_slope
from gd_core.optimisers import GradientDescent
from gd_core.problems import Neuron

# The 20 values of the lesson's plot, from its closed form in exact fractions: 49 * (18/25)^(2k).
LESSON_MSE = [
    25.4016, 13.16818944, 6.826389405696, 3.5388002679128063, 1.834514058885999, 0.9510120881265018,
    0.49300466648477853, 0.2555736191057092, 0.13248936414439966, 0.06868248637245677, 0.03560500093548159,
    0.01845763248495366, 0.009568436680199976, 0.004960277575015668, 0.002571407894888122, 0.0013330178527100026,
    0.0006910364548448652, 0.00035823329819157816, 0.00018570814178251412, 9.627110070005532e-05,
]  # fmt: skip


def test_the_first_worked_neuron_goes_from_error_5_to_2_and_a_half():
    weights, input_data, target = np.array([1, 2]), np.array([3, 4]), 6
    assert get_error(input_data, target, weights) == 5
    slope = get_slope(input_data, target, weights)
    assert slope.tolist() == [30, 40]
    assert get_error(input_data, target, weights - 0.01 * slope) == pytest.approx(2.5)


def test_the_practice_neuron_has_slope_14_28_42_and_goes_from_7_to_5_04():
    weights, input_data, target = np.array([0, 2, 1]), np.array([1, 2, 3]), 0
    slope = get_slope(input_data, target, weights)
    assert str(slope) == "[14 28 42]"
    assert get_error(input_data, target, weights) == 7
    assert get_error(input_data, target, weights - 0.01 * slope) == pytest.approx(5.04)


def test_the_lessons_loop_runs_unchanged_and_gives_its_20_values():
    input_data, target, weights = np.array([1, 2, 3]), 0, np.array([0, 2, 1])
    mse_hist = []
    for _ in range(20):
        slope = get_slope(input_data, target, weights)
        weights = weights - 0.01 * slope
        mse = get_mse(input_data, target, weights)
        mse_hist.append(mse)
    assert mse_hist == pytest.approx(LESSON_MSE, rel=1e-9)
    assert mse_hist[0] == pytest.approx(25.4016, rel=1e-12)


def test_descend_gives_the_start_and_then_the_lessons_20_values():
    run = descend(Neuron([1, 2, 3], 0), [0, 2, 1], GradientDescent(0.01), updates=20)
    assert run.loss[0] == 49
    assert run.loss[1:] == pytest.approx(LESSON_MSE, rel=1e-9)
    assert run.slopes[0].tolist() == [14, 28, 42]
    assert run.weights[1] == pytest.approx([-0.14, 1.72, 0.58])


def test_many_samples_take_the_mean_over_the_rows():
    rows, targets, weights = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1.0, 2.0]), np.array([1.0, 1.0])
    # Errors 3 - 1 = 2 and 7 - 2 = 5; slopes (2 * 2 * [1, 2] + 2 * 5 * [3, 4]) / 2.
    assert get_error(rows, targets, weights).tolist() == [2, 5]
    assert get_mse(rows, targets, weights) == (4 + 25) / 2
    assert get_slope(rows, targets, weights).tolist() == [17, 24]


def test_the_lessons_functions_take_plain_lists():
    assert get_slope([1, 2, 3], 0, [0, 2, 1]).tolist() == [14, 28, 42]
    assert get_mse([1, 2, 3], 0, [0, 2, 1]) == 49

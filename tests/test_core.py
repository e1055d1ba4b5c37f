"""The core against things that are not the core: central differences, a plain loop, exact values."""

from dataclasses import dataclass
from math import inf

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gd_core import GradientDescent, Neuron, Pace, descend, get_mse, get_slope, pace, updates_until

NUMBERS = st.floats(-100, 100)
RATES = st.floats(1e-6, 10)


@st.composite
def neurons(draw: st.DrawFn, samples: int = 1) -> tuple[Neuron, np.ndarray]:
    """A neuron of 1 to 6 inputs and weights for it."""
    inputs = draw(st.integers(1, 6))
    rows = draw(arrays(float, (samples, inputs), elements=NUMBERS))
    targets = draw(arrays(float, samples, elements=NUMBERS))
    return Neuron(rows, targets), draw(arrays(float, inputs, elements=NUMBERS))


def step_by_step(neuron: Neuron, weights: np.ndarray, rate: float, updates: int) -> np.ndarray:
    """The lesson's loop, keeping the weights."""
    path = [weights]
    with np.errstate(all="ignore"):
        for _ in range(updates):
            slope = get_slope(neuron.inputs, neuron.targets, path[-1])
            path.append(path[-1] - rate * slope)
    return np.array(path)


@given(neurons(samples=3))
def test_slopes_agree_with_central_differences(case: tuple[Neuron, np.ndarray]):
    neuron, weights = case
    nudge = 1e-3  # the loss is a parabola, for which central differences are exact but for rounding
    nudges = nudge * np.eye(len(weights))
    rise_over_run = (neuron.loss(weights + nudges) - neuron.loss(weights - nudges)) / (2 * nudge)
    assert neuron.slopes(weights) == pytest.approx(rise_over_run, rel=1e-5, abs=1e-3)


@given(neurons(samples=2))
def test_loss_and_slopes_are_the_lessons_functions_for_many_weights_at_once(case: tuple[Neuron, np.ndarray]):
    neuron, weights = case
    both = np.stack([weights, -weights])
    assert neuron.loss(both)[1] == pytest.approx(get_mse(neuron.inputs, neuron.targets, -weights))
    assert neuron.slopes(both)[0] == pytest.approx(get_slope(neuron.inputs, neuron.targets, weights), abs=1e-9)


@given(neurons(), RATES, st.integers(1, 400))
def test_leaping_arrives_where_stepping_does_diverging_runs_too(case, rate: float, updates: int):
    neuron, weights = case
    leapt = descend(neuron, weights, GradientDescent(rate), updates).weights
    stepped = step_by_step(neuron, weights, rate, updates)
    assert leapt.shape == stepped.shape
    both = np.isfinite(stepped).all(axis=1)
    assert np.isfinite(leapt[both]).all()
    size = np.maximum(np.abs(stepped[both]).max(axis=1), 1)
    assert (np.abs(leapt[both] - stepped[both]).max(axis=1) <= 1e-9 * size).all()


@pytest.mark.parametrize(("rate", "grows"), [(0.08, 1.24), (0.2, 4.6), (1000, 27999)])
def test_a_diverging_run_is_finite_as_long_as_a_float_is(rate: float, grows: float):
    run = descend(Neuron([1, 2, 3], 0), [0, 2, 1], GradientDescent(rate), updates=4000)
    # The largest number of a row is its squared error, 49 * grows^(2 k).
    last = int((np.log(1.7976931348623157e308) - np.log(49)) / (2 * np.log(grows)))
    held = np.flatnonzero(run.held)
    assert held[-1] == pytest.approx(last, abs=1)
    assert len(held) == held[-1] + 1, "once lost, numbers do not come back"


def test_a_tiny_error_explodes_only_when_it_is_large():
    # 1e-160 grows a millionfold each update: after 50 it is 1e140, which a float holds.
    run = descend(Neuron([1], 0), [1e-160], GradientDescent(0.5e6 + 0.5), updates=50)
    assert run.weights[50, 0] == pytest.approx(1e140, rel=1e-9)


def test_a_too_large_rate_diverges_without_a_warning(recwarn: pytest.WarningsRecorder):
    run = descend(Neuron([1e40, 2], 3), [1, 2], GradientDescent(1e40), updates=100)
    assert not run.held[-1]
    assert not recwarn.list


def test_a_rate_no_matrix_can_hold_is_stepped_instead():
    run = descend(Neuron([1e160], 0), [1e-170], GradientDescent(1e-10), updates=1)
    assert run.weights[1, 0] == pytest.approx(-2e140, rel=1e-9)


def test_one_shot_lands_in_one_update_and_stays():
    run = descend(Neuron([1, 2, 3], 5), [0, 2, 1], GradientDescent(1 / 28), updates=1000)
    assert run.loss[1:] == pytest.approx(0, abs=1e-25)
    assert run.weights[1000] == pytest.approx(run.weights[1], abs=1e-12)


def test_a_met_target_moves_nothing():
    run = descend(Neuron([1, 2], 5), [1, 2], GradientDescent(0.1), updates=300)
    assert (run.weights == [1, 2]).all()


@pytest.mark.parametrize("updates", [0, 1, 2, 3, 7, 8, 9, 1000])
def test_a_history_has_a_row_for_the_start_and_one_for_each_update(updates: int):
    run = descend(Neuron([1, 2], 5), [0, 0], GradientDescent(0.01), updates)
    assert run.weights.shape == run.slopes.shape == (updates + 1, 2)
    assert run.loss.shape == run.held.shape == (updates + 1,)
    assert run.weights[0].tolist() == [0, 0]


def test_many_rates_run_at_once_as_each_would_alone():
    neuron, rates = Neuron([1, 2, 3], 0), np.array([0.001, 0.01, 1 / 28, 0.2, 1e30])
    together = descend(neuron, [0, 2, 1], GradientDescent(rates), updates=150)
    assert together.weights.shape == (151, 5, 3)
    for place, rate in enumerate(rates):
        alone = step_by_step(neuron, np.array([0.0, 2.0, 1.0]), rate, updates=150)
        held = together.held[:, place]
        assert together.weights[held, place] == pytest.approx(alone[held], rel=1e-9, abs=1e-12)
        with np.errstate(all="ignore"):
            assert (neuron.loss(alone)[held] < np.inf).all()
            assert not np.isfinite(neuron.loss(alone)[~held]).any()


def test_many_starts_run_at_once_as_each_would_alone():
    neuron, starts = Neuron([[1, 2], [3, 1]], [4, 5]), np.array([[0.0, 0.0], [1.0, -1.0], [5.0, 5.0]])
    together = descend(neuron, starts, GradientDescent(0.05), updates=40)
    for place, start in enumerate(starts):
        alone = descend(neuron, start, GradientDescent(0.05), updates=40)
        assert together.weights[:, place] == pytest.approx(alone.weights)


def test_two_samples_descend_to_the_weights_that_solve_them():
    rows, targets = np.array([[1.0, 2.0], [3.0, 1.0]]), np.array([4.0, 5.0])
    run = descend(Neuron(rows, targets), [0, 0], GradientDescent(0.1), updates=2000)
    assert run.weights[-1] == pytest.approx(np.linalg.solve(rows, targets))


@dataclass(frozen=True)
class Parabola:
    """(weight - 3)^2 in every direction: a problem the core has never heard of."""

    def loss(self, weights: np.ndarray) -> np.ndarray:
        return ((weights - 3) ** 2).sum(axis=-1)

    def slopes(self, weights: np.ndarray) -> np.ndarray:
        return 2 * (weights - 3)


@dataclass(frozen=True)
class Remembering:
    """An optimiser with memory: it moves by the mean of this slope and the last."""

    learning_rate: float

    def step(self, slopes: np.ndarray, last: np.ndarray | float = 0.0) -> tuple[np.ndarray, np.ndarray]:
        return -self.learning_rate * (slopes + last) / 2, slopes


def test_a_problem_and_an_optimiser_from_elsewhere_run_through_the_same_descend():
    run = descend(Parabola(), [7.0], Remembering(0.25), updates=2)
    # Slopes 8, then 7 - 0.25 * (8 + 0) / 2 = 6 with slope 6, then 6 - 0.25 * (6 + 8) / 2 = 4.25.
    assert run.weights[:, 0].tolist() == [7, 6, 4.25]
    assert run.loss.tolist() == [16, 9, 1.5625]


class Counting:
    """A neuron's loss and slopes that count how often they are asked for, with or without its curvature."""

    def __init__(self, neuron: Neuron, curvature: np.ndarray | None) -> None:
        self.neuron, self.curvature, self.asked = neuron, curvature, 0

    def loss(self, weights: np.ndarray) -> np.ndarray:
        return self.neuron.loss(weights)

    def slopes(self, weights: np.ndarray) -> np.ndarray:
        self.asked += 1
        return self.neuron.slopes(weights)


def test_only_a_constant_curvature_leaps_and_both_ways_lead_to_the_same_weights():
    neuron = Neuron([1, 2, 3], 5)
    leaping, stepping = Counting(neuron, neuron.curvature), Counting(neuron, None)
    leapt, stepped = (descend(problem, [0, 2, 1], GradientDescent(0.01), 500) for problem in (leaping, stepping))
    assert leapt.weights == pytest.approx(stepped.weights)
    assert leaping.asked == 2, "once for the start, once for the history"
    assert stepping.asked == 501


@given(neurons(), st.floats(0.001, 1000))
def test_each_update_multiplies_the_error_by_one_minus_the_share(case, share: float):
    neuron, weights = case
    assume(neuron.sharpness > 1e-6)
    rate = share / neuron.sharpness
    error = neuron.errors(descend(neuron, weights, GradientDescent(rate), updates=1).weights)[:, 0]
    scale = np.abs(neuron.inputs).max() * np.abs(weights).max() + abs(neuron.targets[0])
    assert error[1] == pytest.approx(error[0] * (1 - share), rel=1e-6, abs=1e-9 * (1 + share) * (1 + scale))


def test_sharpness_is_the_largest_curvature_for_one_sample_and_for_many():
    assert Neuron([1, 2, 3], 0).sharpness == 28
    rows = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    curvatures = np.linalg.eigvalsh(2 * rows.T @ rows / 3)
    assert Neuron(rows, [0, 0, 0]).sharpness == pytest.approx(curvatures.max())


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0, Pace.STANDS_STILL),
        (1e-300, Pace.CREEPS),
        (0.28, Pace.CREEPS),
        (1, Pace.ONE_SHOT),
        (28 * 0.03571428571428571, Pace.ONE_SHOT),
        (28 * 0.0357143, Pace.ZIG_ZAGS),
        (1.5, Pace.ZIG_ZAGS),
        (2, Pace.FLIPS),
        (28 * 0.0714285714285714, Pace.FLIPS),
        (28 * 0.0714286, Pace.EXPLODES),
        (28 * 0.0714285, Pace.ZIG_ZAGS),
        (2.001, Pace.EXPLODES),
        (1e300, Pace.EXPLODES),
    ],
)
def test_the_pace_follows_from_the_share(share: float, expected: Pace):
    assert pace(share) is expected


@pytest.mark.parametrize(
    ("share", "updates"), [(0.28, 15), (0.5, 7), (0.9, 2), (1, 1), (1.5, 7), (0, inf), (2, inf), (3, inf)]
)
def test_updates_until_one_percent_is_left(share: float, updates: float):
    assert updates_until(0.01, share) == updates


def test_updates_until_keeps_its_digits_for_a_tiny_share():
    assert updates_until(0.01, 1e-18) == pytest.approx(4.605170186e18)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Neuron([], 0), "at least one input"),
        (lambda: Neuron([[1, 2], [3, 4]], 0), "2 samples need 2 targets"),
        (lambda: Neuron([1, float("nan")], 0), "finite"),
        (lambda: Neuron([1, 2], float("inf")), "finite"),
        (lambda: GradientDescent(0), "greater than 0"),
        (lambda: GradientDescent(-0.1), "greater than 0"),
        (lambda: GradientDescent(float("nan")), "greater than 0"),
        (lambda: GradientDescent([]), "greater than 0"),
        (lambda: descend(Neuron([1, 2], 0), [1, 2, 3], GradientDescent(0.1), 5), "2 inputs need 2 weights"),
        (lambda: descend(Neuron([1, 2], 0), [1, 2], GradientDescent(0.1), -1), "negative"),
    ],
)
def test_what_cannot_run_says_so_in_a_sentence(make, says: str):
    with pytest.raises(ValueError, match=says):
        make()


def test_neurons_compare_by_value_and_cannot_be_changed():
    assert Neuron([1, 2], 3) == Neuron([1.0, 2.0], 3.0)
    assert hash(Neuron([-0.0, 2], 3)) == hash(Neuron([0.0, 2], 3))
    assert GradientDescent(np.array([0.1, 0.2])) == GradientDescent((0.1, 0.2))
    assert hash(Neuron([1, 2], 3)) == hash(Neuron([1.0, 2.0], 3.0))
    assert Neuron([1, 2], 3) != Neuron([1, 2], 4)
    with pytest.raises(ValueError, match="read-only"):
        Neuron([1, 2], 3).inputs[0, 0] = 5

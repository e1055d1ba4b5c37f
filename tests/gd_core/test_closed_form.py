"""The closed form against the lesson's own loop, diverging runs and the edge of what a float can hold too."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gd_core.descent import descend, in_chunks
from gd_core.lesson import get_slope
from gd_core.optimisers import GradientDescent, Momentum, Optimiser
from gd_core.problems import Neuron, Problem
from gd_core.samples import Batches
from gd_core.schedules import Constant, Scheduled, Switched

NUMBERS = st.floats(-100, 100)
LESSON = Neuron([1, 2, 3], 0)


@st.composite
def neurons(draw: st.DrawFn) -> tuple[Neuron, np.ndarray]:
    """A neuron of 1 to 6 inputs with one sample, and weights for it."""
    inputs = draw(st.integers(1, 6))
    rows = draw(arrays(float, (1, inputs), elements=NUMBERS))
    targets = draw(arrays(float, 1, elements=NUMBERS))
    return Neuron(rows, targets), draw(arrays(float, inputs, elements=NUMBERS))


def step_by_step(neuron: Neuron, weights: np.ndarray, rate: float, updates: int) -> np.ndarray:
    """The lesson's loop, keeping the weights."""
    path = [weights]
    with np.errstate(all="ignore"):
        for _ in range(updates):
            slope = get_slope(neuron.inputs, neuron.targets, path[-1])
            path.append(path[-1] - rate * slope)
    return np.array(path)


@given(neurons(), st.floats(1e-6, 10), st.integers(1, 400))
def test_the_closed_form_ends_where_the_loop_does_diverging_runs_too(case, rate: float, updates: int):
    neuron, weights = case
    closed = descend(neuron, weights, GradientDescent(rate), updates).weights
    stepped = step_by_step(neuron, weights, rate, updates)
    assert closed.shape == stepped.shape
    finite = np.isfinite(stepped).all(axis=1)
    assert np.isfinite(closed[finite]).all()
    size = np.maximum(np.abs(stepped[finite]).max(axis=1), 1)
    assert (np.abs(closed[finite] - stepped[finite]).max(axis=1) <= 1e-9 * size).all()


@dataclass
class Counting(Problem):
    """A linear neuron that counts how often it is asked, and that may keep its curvature to itself."""

    neuron: Neuron
    curved: bool
    asked: list[tuple[int, ...]] = field(default_factory=list)

    def loss_and_slopes(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        self.asked.append(weights.shape)
        return self.neuron.loss_and_slopes(weights)

    @property
    def curvature(self) -> np.ndarray | None:
        return self.neuron.curvature if self.curved else None


def test_only_a_constant_curvature_has_a_closed_form_and_both_ways_lead_to_the_same_weights():
    fast, slow = Counting(Neuron([1, 2, 3], 5), curved=True), Counting(Neuron([1, 2, 3], 5), curved=False)
    closed, stepped = (descend(problem, [0, 2, 1], GradientDescent(0.01), 500) for problem in (fast, slow))
    assert closed.weights == pytest.approx(stepped.weights)
    assert fast.asked == [(3,), (501, 3)], "once for the start, once for the history"
    assert slow.asked == [(3,)] * 501


@dataclass(frozen=True)
class Uphill(GradientDescent):
    """A subclass with a step of its own."""

    def step(self, slopes: np.ndarray) -> tuple[np.ndarray]:
        return (self.rates * slopes,)


@dataclass(frozen=True)
class Named(GradientDescent):
    """A subclass with the step of gradient descent: no promise that it keeps it."""


@pytest.mark.parametrize(
    ("optimiser", "weights"),
    [
        (Uphill(0.01), [0.14, 2.28, 1.42]),
        (Named(0.01), [-0.14, 1.72, 0.58]),
        (Momentum(0.01, momentum=0), [-0.14, 1.72, 0.58]),
        (Scheduled(GradientDescent(0.01), Constant()), [-0.14, 1.72, 0.58]),
        (Switched(GradientDescent(0.01), 5, GradientDescent(0.01)), [-0.14, 1.72, 0.58]),
    ],
)
def test_any_other_optimiser_goes_step_by_step(optimiser: Optimiser, weights: list[float]):
    problem = Counting(LESSON, curved=True)
    assert descend(problem, [0, 2, 1], optimiser, 20).weights[1] == pytest.approx(weights)
    assert len(problem.asked) == 21


def test_a_run_in_closed_form_comes_in_one_chunk():
    four = Neuron([[1, 0], [0, 1], [1, 1], [1, -1]], [1, 2, 3, 0])
    assert len([*in_chunks(four, [0, 0], GradientDescent(0.1), 100, 3)]) == 1
    assert len([*in_chunks(Batches(four, 4), [0, 0], GradientDescent(0.1), 100, 3)]) == 1
    assert len([*in_chunks(Batches(four, 2), [0, 0], GradientDescent(0.1), 100, 3)]) == 34


@pytest.mark.parametrize(("rate", "grows"), [(0.08, 1.24), (0.2, 4.6), (1000, 27999)])
def test_a_diverging_run_is_finite_as_long_as_a_float_is(rate: float, grows: float):
    run = descend(LESSON, [0, 2, 1], GradientDescent(rate), updates=4000)
    # The largest number of a row is its squared error, 49 * grows^(2 k).
    last = int((np.log(1.7976931348623157e308) - np.log(49)) / (2 * np.log(grows)))
    finite = np.flatnonzero(run.finite)
    assert finite[-1] == pytest.approx(last, abs=1)
    assert len(finite) == finite[-1] + 1, "once lost, numbers do not come back"


def test_a_tiny_error_is_lost_only_when_it_has_grown_large():
    # 1e-160 grows a millionfold each update: after 50 it is 1e140, which a float holds.
    run = descend(Neuron([1], 0), [1e-160], GradientDescent(0.5e6 + 0.5), updates=50)
    assert run.weights[50, 0] == pytest.approx(1e140, rel=1e-9)


def test_a_rate_no_matrix_can_hold_goes_step_by_step():
    run = descend(Neuron([1e160], 0), [1e-170], GradientDescent(1e-10), updates=1)
    assert run.weights[1, 0] == pytest.approx(-2e140, rel=1e-9)


def test_too_large_a_rate_diverges_without_a_warning(recwarn: pytest.WarningsRecorder):
    run = descend(Neuron([1e40, 2], 3), [1, 2], GradientDescent(1e40), updates=100)
    assert not run.finite[-1]
    assert not recwarn.list


def test_one_step_reaches_the_target_and_stays():
    run = descend(Neuron([1, 2, 3], 5), [0, 2, 1], GradientDescent(1 / 28), updates=1000)
    assert run.loss[1:] == pytest.approx(0, abs=1e-25)
    assert run.weights[1000] == pytest.approx(run.weights[1], abs=1e-12)


def test_a_target_already_met_moves_nothing():
    run = descend(Neuron([1, 2], 5), [1, 2], GradientDescent(0.1), updates=300)
    assert (run.weights == [1, 2]).all()


def test_many_rates_run_at_once_as_each_would_alone():
    rates = np.array([0.001, 0.01, 1 / 28, 0.2, 1e30])
    together = descend(LESSON, [0, 2, 1], GradientDescent(rates), updates=150)
    assert together.weights.shape == (151, 5, 3)
    for place, rate in enumerate(rates):
        alone = step_by_step(LESSON, np.array([0.0, 2.0, 1.0]), rate, updates=150)
        finite = together.finite[:, place]
        assert together.weights[finite, place] == pytest.approx(alone[finite], rel=1e-9, abs=1e-12)
        with np.errstate(all="ignore"):
            assert (LESSON.loss(alone)[finite] < np.inf).all()
            assert not np.isfinite(LESSON.loss(alone)[~finite]).any()

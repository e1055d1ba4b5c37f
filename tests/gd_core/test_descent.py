"""The loop and the histories it makes, against loops written out by hand."""

from dataclasses import dataclass

import numpy as np
import pytest

from gd_core.descent import descend, final_weights, in_chunks
from gd_core.optimisers import OPTIMISERS, GradientDescent, Momentum
from gd_core.problems import Neuron, Problem
from gd_core.samples import Batches

FOUR = Neuron([[1, 0], [0, 1], [1, 1], [1, -1]], [1, 2, 3, 0])


@dataclass(frozen=True)
class Parabola(Problem):
    """(weight - 3)^2: a problem that the core does not know."""

    def loss_and_slopes(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return ((weights - 3) ** 2).sum(axis=-1), 2 * (weights - 3)


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


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("updates", [0, 1, 2, 3, 7, 8, 9, 1000])
def test_a_history_has_a_row_for_the_start_and_one_for_each_update(updates: int, name: str):
    run = descend(Neuron([1, 2], 5), [0, 0], OPTIMISERS[name](0.01), updates)
    assert run.weights.shape == run.slopes.shape == (updates + 1, 2)
    assert run.loss.shape == run.finite.shape == (updates + 1,)
    assert run.weights[0].tolist() == [0, 0]


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


@pytest.mark.parametrize("name", OPTIMISERS)
def test_too_large_a_rate_diverges_without_a_warning(name: str, recwarn: pytest.WarningsRecorder):
    run = descend(Neuron([1e40, 2], 3), [1, 2], OPTIMISERS[name](1e120), updates=100)
    assert run.finite[0]
    assert not run.finite[-1]
    assert not recwarn.list


@pytest.mark.parametrize("batches", [Batches(FOUR, 2), Batches(Neuron(FOUR.inputs, FOUR.targets, "tanh"), 4)])
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_chunks_of_a_run_are_those_of_a_loop_written_by_hand(batches: Batches, rows: int):
    parts = [*in_chunks(batches, [0.5, -0.5], Momentum(0.01), 7, rows)]
    assert [len(part.loss) for part in parts] == [min(rows, 8 - first) for first in range(0, 8, rows)]
    weights, velocity, made = np.array([0.5, -0.5]), np.zeros(2), []
    for update in range(8):
        made.append(weights)
        velocity = 0.9 * velocity + batches.at(update).slopes(weights)
        weights = weights - 0.01 * velocity
    found = np.concatenate([part.weights for part in parts])
    assert found == pytest.approx(np.array(made))
    assert np.concatenate([part.loss for part in parts]) == pytest.approx([batches.neuron.loss(row) for row in made])
    assert np.concatenate([part.slopes for part in parts]) == pytest.approx(batches.neuron.slopes(np.array(made)))


@pytest.mark.parametrize("name", OPTIMISERS)
def test_the_final_weights_are_the_last_row_of_the_descent(name: str):
    neuron, optimiser = Neuron([1, 2, 3], 5, "tanh"), OPTIMISERS[name]([0.001, 0.1])
    last = descend(neuron, [0.1, 0, 0], optimiser, 7).weights[-1]
    assert (final_weights(neuron, [0.1, 0, 0], optimiser, 7) == last).all()
    assert final_weights(neuron, [0.1, 0, 0], optimiser, 0).tolist() == [0.1, 0, 0]


def test_final_weights_beyond_what_a_float_can_hold_are_a_result_and_no_warning(recwarn: pytest.WarningsRecorder):
    assert not np.isfinite(final_weights(Neuron([3, 4], 6), [1, 2], GradientDescent(10), 2000)).any()
    assert not recwarn.list


def test_a_negative_number_of_updates_is_refused():
    neuron, start, optimiser = Neuron([1, 2], 0), [1, 2], GradientDescent(0.1)
    with pytest.raises(ValueError, match="negative"):
        descend(neuron, start, optimiser, -1)
    with pytest.raises(ValueError, match="negative"):
        final_weights(neuron, start, optimiser, -1)
    with pytest.raises(ValueError, match="negative"):
        next(in_chunks(neuron, start, optimiser, -1, rows=3))

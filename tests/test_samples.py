"""Many samples: pressed together, a few at a time, and the least squares beside the descent."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gd_core import OPTIMISERS, Batches, Compact, GradientDescent, Momentum, Neuron, descend, pieces, truth

NUMBERS = st.floats(-10, 10)
# Four samples of two inputs, worked by hand below.
FOUR = Neuron([[1, 0], [0, 1], [1, 1], [1, -1]], [1, 2, 3, 0])


@st.composite
def tables(draw: st.DrawFn) -> Neuron:
    """A linear neuron of 1 to 4 inputs and 1 to 12 samples."""
    samples, inputs = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    rows = draw(arrays(float, (samples, inputs), elements=NUMBERS))
    return Neuron(rows, draw(arrays(float, samples, elements=NUMBERS)))


def seen_by(batches: Batches, update: int) -> Neuron:
    """The samples of one batch."""
    batch = batches.at(update)
    assert isinstance(batch, Neuron)
    return batch


@given(tables(), st.data())
def test_pressed_samples_have_the_same_loss_and_slopes(neuron: Neuron, data: st.DataObject):
    weights = data.draw(arrays(float, (3, neuron.inputs.shape[1]), elements=NUMBERS))
    pressed = Compact(neuron)
    size = 1 + float(neuron.loss(weights).max())
    assert pressed.loss(weights) == pytest.approx(neuron.loss(weights), rel=1e-9, abs=1e-12 * size)
    assert pressed.slopes(weights) == pytest.approx(neuron.slopes(weights), rel=1e-9, abs=1e-9 * size)


def test_only_a_linear_neuron_is_pressed_and_has_least_squares():
    bent = Neuron([[1, 2]], [1], "tanh")
    with pytest.raises(ValueError, match="Only a linear neuron"):
        Compact(bent)
    with pytest.raises(ValueError, match="Only a linear neuron"):
        truth(bent, [0, 0])


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("activation", ["identity", "tanh"])
def test_a_batch_of_all_samples_is_the_full_batch_exactly(name: str, activation: str):
    neuron = Neuron(FOUR.inputs, FOUR.targets, activation)
    full = Compact(neuron) if neuron.linear else neuron
    runs = [
        descend(problem, [0.5, -0.5], OPTIMISERS[name](0.01), 30)
        for problem in (full, Batches(neuron, 4), Batches(neuron, 99, seed=7))
    ]
    for run in runs[1:]:
        assert (run.weights == runs[0].weights).all()
        assert (run.loss == runs[0].loss).all()


def test_every_round_sees_every_sample_once_in_another_order():
    samples = Neuron(np.eye(10), np.arange(10))
    batches = Batches(samples, 4, seed=3)
    rounds = [[seen_by(batches, update).targets.tolist() for update in range(first, first + 3)] for first in (0, 3)]
    for seen in rounds:
        assert [len(batch) for batch in seen] == [4, 4, 2]
        assert sorted(chain.from_iterable(seen)) == list(range(10))
    assert rounds[0] != rounds[1]


def test_the_same_seed_gives_the_same_batches_on_any_machine():
    # Written down once; numpy promises that RandomState never changes its numbers.
    seen = [
        seen_by(Batches(Neuron(np.eye(6), np.arange(6)), 2, seed=1), update).targets.tolist() for update in range(3)
    ]
    assert seen == [[1, 4], [0, 3], [2, 5]]
    other = [
        seen_by(Batches(Neuron(np.eye(6), np.arange(6)), 2, seed=2), update).targets.tolist() for update in range(3)
    ]
    assert seen != other


def test_one_by_one_the_first_update_is_that_of_its_sample_alone():
    batches = Batches(FOUR, 1, seed=0)
    seen = seen_by(batches, 0)
    run = descend(batches, [0, 0], GradientDescent(0.1), 1)
    assert run.weights[1] == pytest.approx(0.1 * 2 * seen.targets[0] * seen.inputs[0])
    assert run.loss == pytest.approx(FOUR.loss(run.weights)), "the history has the loss over all samples"


@pytest.mark.parametrize(("size", "seed"), [(0, 0), (-1, 0), (1, -1), (1, 2**32)])
def test_a_batch_or_a_seed_that_makes_no_sense_is_refused(size: int, seed: int):
    with pytest.raises(ValueError, match=r"\.$"):
        Batches(FOUR, size, seed)


def test_the_truth_of_four_samples_is_the_one_worked_by_hand():
    # X'X = [[3, 0], [0, 3]] and X'y = [4, 5]: weights 4/3, 5/3; the squared errors are 14 - 41/3 = 1/3 together.
    found = truth(FOUR, [0, 0])
    assert found.weights == pytest.approx([4 / 3, 5 / 3])
    assert found.loss == pytest.approx(1 / 12)
    assert found.unique
    assert (found.largest, found.smallest) == pytest.approx((1.5, 1.5))
    assert found.condition == pytest.approx(1)
    assert (found.critical_rate, found.best_rate) == pytest.approx((4 / 3, 2 / 3))


@pytest.mark.parametrize("start", [[0.0, 0.0, 0.0], [5.0, -3.0, 2.0]])
def test_of_many_answers_descent_picks_the_one_nearest_to_its_start(start: list[float]):
    neuron = Neuron([[1, 2, 3], [2, 0, 1]], [1, 2])  # two samples, three weights
    found = truth(neuron, start)
    assert not found.unique
    run = descend(Compact(neuron), start, GradientDescent(found.best_rate), 2000)
    assert run.weights[-1] == pytest.approx(found.weights, abs=1e-9)
    assert found.loss == pytest.approx(0, abs=1e-20)


def test_the_end_of_a_long_descent_is_the_truth_and_the_critical_rate_is_the_border():
    neuron = Neuron([[1, 1], [1, 2], [1, 3], [1, 4]], [2.1, 3.9, 6.2, 7.8])
    found = truth(neuron, [0, 0])
    run = descend(Compact(neuron), [0, 0], GradientDescent(found.best_rate), 3000)
    assert run.weights[-1] == pytest.approx(found.weights, abs=1e-9)
    assert descend(Compact(neuron), [0, 0], GradientDescent(1.001 * found.critical_rate), 5000).loss[-1] > 1e3
    assert descend(Compact(neuron), [0, 0], Momentum(0.02), 3000).weights[-1] == pytest.approx(found.weights, abs=1e-9)


def test_all_inputs_0_leave_nothing_to_find():
    found = truth(Neuron([[0, 0], [0, 0]], [1, 2]), [3, 4])
    assert found.weights.tolist() == [3, 4]
    assert (found.condition, found.critical_rate, found.best_rate) == (1, np.inf, np.inf)


@given(tables())
def test_many_points_at_once_are_as_many_single_ones_in_blocks_too(neuron: Neuron):
    weights = np.linspace(-1, 1, 5 * neuron.inputs.shape[1]).reshape(5, -1)
    assert neuron.loss(weights) == pytest.approx([neuron.loss(point) for point in weights])


def test_what_is_worked_out_in_blocks_is_what_is_worked_out_at_once():
    rows = np.linspace(-1, 1, 300).reshape(150, 2)
    neuron = Neuron(rows, rows.sum(axis=1), "tanh")
    weights = np.linspace(-2, 2, 2000).reshape(1000, 2)  # 150,000 of samples times points
    assert neuron.loss(weights) == pytest.approx([neuron.loss(point) for point in weights])
    assert neuron.slopes(weights)[777] == pytest.approx(neuron.slopes(weights[777]))


@pytest.mark.parametrize("batches", [Batches(FOUR, 2), Batches(Neuron(FOUR.inputs, FOUR.targets, "tanh"), 4)])
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_pieces_of_a_run_are_those_of_a_loop_made_by_hand(batches: Batches, rows: int):
    parts = [*pieces(batches, [0.5, -0.5], Momentum(0.01), 7, rows)]
    assert [len(part.loss) for part in parts] == [min(rows, 8 - first) for first in range(0, 8, rows)]
    weights, velocity, made = np.array([0.5, -0.5]), np.zeros(2), []
    for update in range(8):
        made.append(weights)
        velocity = 0.9 * velocity + (batches.at(update) or batches.neuron).slopes(weights)
        weights = weights - 0.01 * velocity
    found = np.concatenate([part.weights for part in parts])
    assert found == pytest.approx(np.array(made))
    assert np.concatenate([part.loss for part in parts]) == pytest.approx([batches.neuron.loss(row) for row in made])
    assert np.concatenate([part.slopes for part in parts]) == pytest.approx(batches.neuron.slopes(np.array(made)))


def test_a_run_that_leaps_comes_in_one_piece():
    assert len([*pieces(FOUR, [0, 0], GradientDescent(0.1), 100, 3)]) == 1

"""Many samples: reduced by QR, a few at a time, and the least-squares solution beside the descent."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gd_core.descent import descend
from gd_core.optimisers import OPTIMISERS, GradientDescent, Momentum
from gd_core.problems import Neuron
from gd_core.samples import SAMPLES, Batches, QRReduced, least_squares, moons, ring, sine, xor

NUMBERS = st.floats(-10, 10)
# Four samples of two inputs, worked by hand below.
FOUR = Neuron([[1, 0], [0, 1], [1, 1], [1, -1]], [1, 2, 3, 0])


@st.composite
def tables(draw: st.DrawFn) -> Neuron:
    """A linear neuron of 1 to 4 inputs and 1 to 12 samples."""
    samples, inputs = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    rows = draw(arrays(float, (samples, inputs), elements=NUMBERS))
    return Neuron(rows, draw(arrays(float, samples, elements=NUMBERS)))


def batch_of(batches: Batches, update: int) -> Neuron:
    """The samples that an update uses."""
    batch = batches.at(update)
    assert isinstance(batch, Neuron)
    return batch


@given(tables(), st.data())
def test_reduced_samples_have_the_same_loss_slopes_and_curvature(neuron: Neuron, data: st.DataObject):
    weights = data.draw(arrays(float, (3, neuron.inputs.shape[1]), elements=NUMBERS))
    reduced = QRReduced(neuron)
    size = 1 + float(neuron.loss(weights).max())
    assert reduced.loss(weights) == pytest.approx(neuron.loss(weights), rel=1e-9, abs=1e-12 * size)
    assert reduced.slopes(weights) == pytest.approx(neuron.slopes(weights), rel=1e-9, abs=1e-9 * size)
    assert reduced.curvature is neuron.curvature


def test_only_a_linear_neuron_is_reduced_and_has_a_least_squares_solution():
    curved = Neuron([[1, 2]], [1], "tanh")
    with pytest.raises(ValueError, match="linear"):
        QRReduced(curved)
    with pytest.raises(ValueError, match="linear"):
        least_squares(curved, [0, 0])


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("activation", ["identity", "tanh"])
def test_a_batch_of_all_samples_is_the_full_batch_exactly(name: str, activation: str):
    neuron = Neuron(FOUR.inputs, FOUR.targets, activation)
    full = QRReduced(neuron) if neuron.linear else neuron
    runs = [
        descend(problem, [0.5, -0.5], OPTIMISERS[name](0.01), 30)
        for problem in (full, Batches(neuron, 4), Batches(neuron, 99, seed=7))
    ]
    for run in runs[1:]:
        assert (run.weights == runs[0].weights).all()
        assert (run.loss == runs[0].loss).all()


def test_every_epoch_uses_every_sample_once_in_another_order():
    samples = Neuron(np.eye(10), np.arange(10))
    batches = Batches(samples, 4, seed=3)
    epochs = [[batch_of(batches, update).targets.tolist() for update in range(first, first + 3)] for first in (0, 3)]
    for seen in epochs:
        assert [len(batch) for batch in seen] == [4, 4, 2]
        assert sorted(chain.from_iterable(seen)) == list(range(10))
    assert epochs[0] != epochs[1]


def test_the_same_seed_gives_the_same_batches_on_any_machine():
    # Written down once; numpy promises that RandomState never changes its numbers.
    seen = [
        batch_of(Batches(Neuron(np.eye(6), np.arange(6)), 2, seed=1), update).targets.tolist() for update in range(3)
    ]
    assert seen == [[1, 4], [0, 3], [2, 5]]
    other = [
        batch_of(Batches(Neuron(np.eye(6), np.arange(6)), 2, seed=2), update).targets.tolist() for update in range(3)
    ]
    assert seen != other


def test_a_stochastic_update_is_that_of_its_sample_alone():
    batches = Batches(FOUR, 1, seed=0)
    seen = batch_of(batches, 0)
    run = descend(batches, [0, 0], GradientDescent(0.1), 1)
    assert run.weights[1] == pytest.approx(0.1 * 2 * seen.targets[0] * seen.inputs[0])
    assert run.loss == pytest.approx(FOUR.loss(run.weights)), "the history has the loss over all samples"


@pytest.mark.parametrize(("size", "seed"), [(0, 0), (-1, 0), (1, -1), (1, 2**32)])
def test_a_batch_or_a_seed_that_makes_no_sense_is_refused(size: int, seed: int):
    with pytest.raises(ValueError, match=r"\.$"):
        Batches(FOUR, size, seed)


def test_the_least_squares_of_four_samples_are_those_worked_by_hand():
    # X'X = [[3, 0], [0, 3]] and X'y = [4, 5]: weights 4/3, 5/3; the squared errors are 14 - 41/3 = 1/3 together.
    found = least_squares(FOUR, [0, 0])
    assert found.weights == pytest.approx([4 / 3, 5 / 3])
    assert found.loss == pytest.approx(1 / 12)
    assert found.unique
    assert (found.largest, found.smallest) == pytest.approx((1.5, 1.5))
    assert found.condition == pytest.approx(1)
    assert (found.critical_rate, found.best_rate) == pytest.approx((4 / 3, 2 / 3))


@pytest.mark.parametrize("start", [[0.0, 0.0, 0.0], [5.0, -3.0, 2.0]])
def test_of_many_solutions_descent_ends_at_the_one_nearest_to_its_start(start: list[float]):
    neuron = Neuron([[1, 2, 3], [2, 0, 1]], [1, 2])  # two samples, three weights
    found = least_squares(neuron, start)
    assert not found.unique
    run = descend(QRReduced(neuron), start, GradientDescent(found.best_rate), 2000)
    assert run.weights[-1] == pytest.approx(found.weights, abs=1e-9)
    assert found.loss == pytest.approx(0, abs=1e-20)


def test_a_long_descent_ends_at_the_least_squares_and_from_the_critical_rate_on_diverges():
    neuron = Neuron([[1, 1], [1, 2], [1, 3], [1, 4]], [2.1, 3.9, 6.2, 7.8])
    found = least_squares(neuron, [0, 0])
    run = descend(QRReduced(neuron), [0, 0], GradientDescent(found.best_rate), 3000)
    assert run.weights[-1] == pytest.approx(found.weights, abs=1e-9)
    assert descend(QRReduced(neuron), [0, 0], GradientDescent(1.001 * found.critical_rate), 5000).loss[-1] > 1e3
    assert descend(QRReduced(neuron), [0, 0], Momentum(0.02), 3000).weights[-1] == pytest.approx(
        found.weights, abs=1e-9
    )


def test_with_all_inputs_0_every_direction_is_flat():
    found = least_squares(Neuron([[0, 0], [0, 0]], [1, 2]), [3, 4])
    assert found.weights.tolist() == [3, 4]
    assert (found.condition, found.critical_rate, found.best_rate) == (1, np.inf, np.inf)


def test_made_samples_lie_where_they_should():
    assert xor()[0].tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert xor()[1].tolist() == [0, 1, 1, 0]
    inputs, moon = moons(noise=0)
    assert np.hypot(*(inputs - np.outer(moon, [1, 0.5])).T) == pytest.approx(np.ones(100))
    assert (inputs[moon == 0, 1] >= 0).all()
    assert (inputs[moon == 1, 1] <= 0.5).all()
    inputs, disc = ring()
    radii = np.hypot(*inputs.T)
    assert radii[disc == 1].max() <= 0.5
    assert 0.7 <= radii[disc == 0].min() <= radii[disc == 0].max() <= 1
    inputs, targets = sine(5, noise=0)
    assert inputs[:, 0].tolist() == [-1, -0.5, 0, 0.5, 1]
    assert targets == pytest.approx([0, -1, 0, 1, 0])


@pytest.mark.parametrize("name", SAMPLES)
def test_made_samples_are_as_many_as_asked_for_and_the_same_for_a_seed(name: str):
    make = SAMPLES[name]
    inputs, targets = make(40, noise=0.1, seed=3)
    assert (len(inputs), len(targets)) == (40, 40)
    again, other = make(40, noise=0.1, seed=3), make(40, noise=0.1, seed=4)
    assert np.array_equal(inputs, again[0])
    assert np.array_equal(targets, again[1])
    assert not (np.array_equal(inputs, other[0]) and np.array_equal(targets, other[1]))
    assert name == "Sine" or targets.mean() == 0.5


def test_the_noise_of_made_samples_is_its_standard_deviation():
    for make in (xor, moons):
        assert (make(4000, noise=0.2)[0] - make(4000, noise=0)[0]).std() == pytest.approx(0.2, rel=0.05)

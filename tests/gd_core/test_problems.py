"""Neurons and slices of them against hand-worked numbers, the lesson's own functions and central differences."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gd_core.activations import ACTIVATIONS
from gd_core.descent import descend
from gd_core.lesson import get_mse, get_slope
from gd_core.optimisers import GradientDescent
from gd_core.problems import Neuron, Problem, Slice
from gd_core.samples import Batches

SMALL = st.floats(-3, 3)
NUMBERS = st.floats(-100, 100)


@st.composite
def neurons(draw: st.DrawFn, samples: int) -> tuple[Neuron, np.ndarray]:
    """A linear neuron of 1 to 6 inputs and weights for it."""
    inputs = draw(st.integers(1, 6))
    rows = draw(arrays(float, (samples, inputs), elements=NUMBERS))
    targets = draw(arrays(float, samples, elements=NUMBERS))
    return Neuron(rows, targets), draw(arrays(float, inputs, elements=NUMBERS))


def central_differences(problem: Problem, weights: np.ndarray, nudge: float) -> np.ndarray:
    """Rise over run of the loss around a point, one for each weight."""
    nudges = nudge * np.eye(weights.shape[-1])
    return (problem.loss(weights + nudges) - problem.loss(weights - nudges)) / (2 * nudge)


@dataclass(frozen=True)
class Parabola(Problem):
    """(weight - 3)^2: a problem that has only what every problem must have."""

    def loss_and_slopes(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return ((weights - 3) ** 2).sum(axis=-1), 2 * (weights - 3)


def test_loss_and_slopes_are_all_that_a_problem_needs():
    parabola, weights = Parabola(), np.array([[7.0], [3.0]])
    assert parabola.loss(weights).tolist() == [16, 0]
    assert parabola.slopes(weights).tolist() == [[8], [0]]
    assert parabola.curvature is None
    assert parabola.at(5) is parabola
    with pytest.raises(TypeError):
        Problem()  # type: ignore[abstract]


@given(neurons(samples=3))
def test_slopes_of_a_linear_neuron_agree_with_central_differences(case: tuple[Neuron, np.ndarray]):
    neuron, weights = case
    # The loss is a parabola, for which central differences are exact but for rounding.
    assert neuron.slopes(weights) == pytest.approx(central_differences(neuron, weights, 1e-3), rel=1e-5, abs=1e-3)


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(samples=st.integers(1, 3), inputs=st.integers(1, 5), data=st.data())
def test_slopes_agree_with_central_differences_for_every_activation(name: str, samples: int, inputs: int, data):
    rows = data.draw(st.lists(st.lists(SMALL, min_size=inputs, max_size=inputs), min_size=samples, max_size=samples))
    targets = data.draw(st.lists(SMALL, min_size=samples, max_size=samples))
    weights = np.array(data.draw(st.lists(SMALL, min_size=inputs, max_size=inputs)))
    neuron = Neuron(rows, targets, name)
    if name == "ReLU":  # at its corner there is no slope to compare with
        assume((np.abs(neuron.sums(weights)) > 1e-4).all())
    assert neuron.slopes(weights) == pytest.approx(central_differences(neuron, weights, 1e-6), rel=1e-5, abs=1e-5)


@given(neurons(samples=2))
def test_loss_and_slopes_are_the_lessons_functions_for_many_weights_at_once(case: tuple[Neuron, np.ndarray]):
    neuron, weights = case
    points = np.stack([weights, -weights])
    assert neuron.loss(points)[1] == pytest.approx(get_mse(neuron.inputs, neuron.targets, -weights))
    assert neuron.slopes(points)[0] == pytest.approx(get_slope(neuron.inputs, neuron.targets, weights), abs=1e-9)


def test_a_sigmoid_neuron_has_the_hand_worked_slopes():
    neuron = Neuron([3, 4], 1, "sigmoid")  # sum 0: prediction 0.5, error -0.5, slope of the activation 0.25
    weights = np.array([4.0, -3.0])
    assert neuron.slopes(weights).tolist() == [2 * -0.5 * 0.25 * 3, 2 * -0.5 * 0.25 * 4]
    assert neuron.activation_slope(weights).tolist() == [0.25]
    assert neuron.loss(weights) == 0.25


def test_a_relu_at_its_corner_does_not_move():
    run = descend(Neuron([1, 1], 3, "ReLU"), [1, -1], GradientDescent(0.1), 5)
    assert (run.weights == [1, -1]).all()
    assert (run.loss == 9).all()


@pytest.mark.parametrize(("name", "target"), [("ReLU", 2.0), ("tanh", 0.5), ("sigmoid", 0.8)])
def test_descent_reaches_the_target_through_every_activation(name: str, target: float):
    neuron = Neuron([1, 2], target, name)
    run = descend(neuron, [0.3, 0.1], GradientDescent(0.1), 2000)
    assert neuron.predictions(run.weights[-1]) == pytest.approx(target, abs=1e-6)


@pytest.mark.parametrize(
    ("inputs", "targets", "activation", "word"),
    [
        ([], 0, "identity", "input"),
        ([[1, 2], [3, 4]], 0, "identity", "2 targets"),
        ([1, float("nan")], 0, "identity", "finite"),
        ([1, 2], float("inf"), "identity", "finite"),
        ([1], 0, "softplus", "identity, ReLU, tanh, sigmoid"),
    ],
)
def test_a_neuron_that_makes_no_sense_is_refused(inputs: list, targets: float, activation: str, word: str):
    with pytest.raises(ValueError, match=word):
        Neuron(inputs, targets, activation)


def test_a_neuron_wants_a_weight_for_each_input():
    with pytest.raises(ValueError, match="2 weights"):
        descend(Neuron([1, 2], 0), [1, 2, 3], GradientDescent(0.1), 5)


def test_neurons_compare_by_value_and_cannot_be_changed():
    assert Neuron([1, 2], 3) == Neuron([1.0, 2.0], 3.0)
    assert hash(Neuron([-0.0, 2], 3)) == hash(Neuron([0.0, 2], 3))
    assert hash(Neuron([1, 2], 3)) == hash(Neuron([1.0, 2.0], 3.0))
    assert Neuron([1, 2], 3) != Neuron([1, 2], 4)
    with pytest.raises(ValueError, match="read-only"):
        Neuron([1, 2], 3).inputs[0, 0] = 5


def test_neurons_with_different_activations_are_different():
    assert Neuron([1], 0, "ReLU") != Neuron([1], 0)
    assert len({Neuron([1], 0, name) for name in (*ACTIVATIONS, *ACTIVATIONS)}) == len(ACTIVATIONS)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_subset_of_the_samples_is_the_neuron_made_of_them(name: str):
    inputs, targets = np.arange(8.0).reshape(4, 2) / 10, np.arange(4.0)
    subset = Neuron(inputs, targets, name).subset(np.array([2, 0]))
    assert subset == Neuron(inputs[[2, 0]], targets[[2, 0]], name)


def test_sharpness_is_the_largest_curvature_for_one_sample_and_for_many():
    assert Neuron([1, 2, 3], 0).sharpness == 28
    rows = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    curvatures = np.linalg.eigvalsh(2 * rows.T @ rows / 3)
    assert Neuron(rows, [0, 0, 0]).sharpness == pytest.approx(curvatures.max())


@given(neurons(samples=3), st.data())
def test_the_curvature_is_what_the_slopes_change_by(case: tuple[Neuron, np.ndarray], data: st.DataObject):
    neuron, weights = case
    other = data.draw(arrays(float, len(weights), elements=NUMBERS))
    assert neuron.curvature is not None
    change = neuron.slopes(other) - neuron.slopes(weights)
    assert (other - weights) @ neuron.curvature == pytest.approx(change, rel=1e-9, abs=1e-5)


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "identity"])
def test_only_a_linear_neuron_has_the_same_curvature_everywhere(name: str):
    assert not Neuron([1], 0, name).linear
    assert Neuron([1], 0, name).curvature is None
    assert Slice(Neuron([1, 2], 0, name), (0.0, 0.0), (1,)).curvature is None


def test_one_point_and_many_points_are_rounded_alike():
    # At the corner of a ReLU the last bit decides: the lesson's own sum is 4.4e-16 here, not 0.
    neuron, weights = Neuron([0.3, 0.7, 1], 5, "ReLU"), np.array([-3.0, -3.0, 3.0])
    assert neuron.sums(weights) == (neuron.inputs[0] * weights).sum()
    assert (neuron.sums(np.tile(weights, (9, 1))) == neuron.sums(weights)).all()
    assert (neuron.slopes(np.tile(weights, (9, 1))) == neuron.slopes(weights)).all()


@pytest.mark.parametrize(("samples", "points"), [(150, 1000), (150_000, 3)])
def test_loss_and_slopes_in_blocks_are_those_of_each_point(samples: int, points: int):
    rows = np.linspace(-1, 1, 2 * samples).reshape(samples, 2)
    neuron = Neuron(rows, rows.sum(axis=1), "tanh")
    weights = np.linspace(-2, 2, 2 * points).reshape(points, 2)
    assert neuron.loss(weights) == pytest.approx([neuron.loss(point) for point in weights])
    assert neuron.slopes(weights)[2] == pytest.approx(neuron.slopes(weights[2]))
    assert neuron.slopes(weights)[-1] == pytest.approx(neuron.slopes(weights[-1]))


@given(st.integers(1, 12), st.data())
def test_many_points_at_once_are_as_many_single_ones(samples: int, data: st.DataObject):
    neuron, _ = data.draw(neurons(samples=samples))
    weights = np.linspace(-1, 1, 5 * neuron.inputs.shape[1]).reshape(5, -1)
    assert neuron.loss(weights) == pytest.approx([neuron.loss(point) for point in weights])


def test_a_slice_wants_a_number_for_each_weight_that_moves():
    with pytest.raises(ValueError, match="2 weights"):
        Slice(Neuron([1, 2, 3], 0), (0.0, 2.0, 1.0), (0, 1)).loss([5])


def test_a_slice_moves_some_weights_and_rests_the_others():
    neuron = Neuron([1, 2, 3], 0)
    alone = Slice(neuron, (0.0, 2.0, 1.0), (2,))
    assert alone.slopes(np.array([1.0])).tolist() == [42]
    # One update at 1 / (2 * 3^2) removes the whole error, 7: 3 * weight + 4 = 0.
    run = descend(alone, [1.0], GradientDescent(1 / 18), 1)
    assert run.weights[1] == pytest.approx([-4 / 3])
    assert run.loss[1] == pytest.approx(0)
    assert alone.whole(run.weights)[1] == pytest.approx([0, 2, -4 / 3])


@given(st.lists(SMALL, min_size=3, max_size=3), st.permutations(range(3)), st.sampled_from(list(ACTIVATIONS)))
def test_a_slice_of_every_weight_is_the_whole_problem(weights: list[float], order: list[int], name: str):
    neuron = Neuron([0.5, -1, 2], 0.3, name)
    every = Slice(neuron, (9.0, 9.0, 9.0), tuple(order))
    moved = np.array(weights)[list(order)]
    assert every.loss(moved) == neuron.loss(weights)
    assert every.slopes(moved).tolist() == neuron.slopes(np.array(weights))[list(order)].tolist()


def test_an_update_of_a_slice_uses_the_batch_that_the_whole_problem_uses():
    neuron = Neuron(np.arange(12.0).reshape(6, 2), np.arange(6.0))
    batches, moving = Batches(neuron, 2, seed=1), np.array([0.5])
    sliced = Slice(batches, (0.5, -1.0), (0,))
    assert sliced.at(1).slopes(moving) == batches.at(1).slopes(np.array([0.5, -1.0]))[0]
    every = Slice(Batches(neuron, 6), (0.5, -1.0), (0,))
    assert every.at(1) is every

"""Activations and the neurons that use them, against their textbook formulas and central differences."""

from math import exp, tanh

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gd_core import ACTIVATIONS, GradientDescent, Neuron, Slice, descend

NAMES = list(ACTIVATIONS)
NUMBERS = st.floats(-3, 3)


def central(function, at: np.ndarray, nudge: float = 1e-6) -> np.ndarray:
    """Rise over run of a function around a point, one for each direction."""
    nudges = nudge * np.eye(at.shape[-1])
    return (function(at + nudges) - function(at - nudges)) / (2 * nudge)


@pytest.mark.parametrize(
    ("name", "at", "value", "slope"),
    [
        ("identity", -2.5, -2.5, 1),
        ("ReLU", 2.5, 2.5, 1),
        ("ReLU", -2.5, 0, 0),
        ("ReLU", 0, 0, 0),
        ("tanh", 0.5, tanh(0.5), 1 - tanh(0.5) ** 2),
        ("tanh", -30, -1, 4 * exp(-60)),
        ("tanh", 800, 1, 0),
        ("sigmoid", 0, 0.5, 0.25),
        ("sigmoid", 2, 1 / (1 + exp(-2)), exp(-2) / (1 + exp(-2)) ** 2),
        ("sigmoid", -100, exp(-100), exp(-100)),
        ("sigmoid", 100, 1, exp(-100)),
        ("sigmoid", -1e300, 0, 0),
    ],
)
def test_an_activation_and_its_slope_have_the_textbook_values(name: str, at: float, value: float, slope: float):
    activation = ACTIVATIONS[name]
    assert float(activation.value(np.array(float(at)))) == pytest.approx(value, rel=1e-12, abs=0)
    assert float(activation.slope(np.array(float(at)))) == pytest.approx(slope, rel=1e-12, abs=0)


@pytest.mark.parametrize("name", NAMES)
@given(samples=st.integers(1, 3), inputs=st.integers(1, 5), data=st.data())
def test_slopes_agree_with_central_differences_for_every_activation(name: str, samples: int, inputs: int, data):
    rows = data.draw(st.lists(st.lists(NUMBERS, min_size=inputs, max_size=inputs), min_size=samples, max_size=samples))
    targets = data.draw(st.lists(NUMBERS, min_size=samples, max_size=samples))
    weights = np.array(data.draw(st.lists(NUMBERS, min_size=inputs, max_size=inputs)))
    neuron = Neuron(rows, targets, name)
    if name == "ReLU":  # at its corner there is no slope to compare with
        assume((np.abs(neuron.sums(weights)) > 1e-4).all())
    assert neuron.slopes(weights) == pytest.approx(central(neuron.loss, weights), rel=1e-5, abs=1e-5)


def test_a_sigmoid_neuron_has_the_hand_worked_slopes():
    neuron = Neuron([3, 4], 1, "sigmoid")  # sum 0: prediction 0.5, error -0.5, slope of the activation 0.25
    assert neuron.slopes(np.array([4.0, -3.0])).tolist() == [2 * -0.5 * 0.25 * 3, 2 * -0.5 * 0.25 * 4]


def test_a_relu_at_its_corner_does_not_move():
    run = descend(Neuron([1, 1], 3, "ReLU"), [1, -1], GradientDescent(0.1), 5)
    assert (run.weights == [1, -1]).all()
    assert (run.loss == 9).all()


@pytest.mark.parametrize(("name", "target"), [("ReLU", 2.0), ("tanh", 0.5), ("sigmoid", 0.8)])
def test_descent_reaches_the_target_through_every_activation(name: str, target: float):
    neuron = Neuron([1, 2], target, name)
    run = descend(neuron, [0.3, 0.1], GradientDescent(0.1), 2000)
    assert neuron.predictions(run.weights[-1]) == pytest.approx(target, abs=1e-6)


def test_an_activation_has_no_constant_curvature_and_an_unknown_one_a_sentence():
    assert Neuron([1], 0, "tanh").curvature is None
    with pytest.raises(ValueError, match="An activation is one of identity, ReLU, tanh, sigmoid"):
        Neuron([1], 0, "softplus")


def test_neurons_with_different_activations_are_different():
    assert Neuron([1], 0, "ReLU") != Neuron([1], 0)
    assert len({Neuron([1], 0, name) for name in (*NAMES, *NAMES)}) == len(NAMES)


def test_extreme_sums_give_no_warning_and_no_nan():
    sums = np.array([0.0, 1e-300, 1e8, 1e101, 1.7e308]) * np.array([[1], [-1]])
    for activation in ACTIVATIONS.values():
        assert np.isfinite(activation.value(sums)).all()
        assert np.isfinite(activation.slope(sums)).all()


def test_one_point_and_many_points_are_rounded_alike():
    # At the corner of a ReLU the last bit decides: the lesson's own sum is 4.4e-16 here, not 0.
    neuron, weights = Neuron([0.3, 0.7, 1], 5, "ReLU"), np.array([-3.0, -3.0, 3.0])
    assert neuron.sums(weights) == (neuron.inputs[0] * weights).sum()
    assert (neuron.sums(np.tile(weights, (9, 1))) == neuron.sums(weights)).all()
    assert (neuron.slopes(np.tile(weights, (9, 1))) == neuron.slopes(weights)).all()


def test_a_slice_wants_a_number_for_each_weight_that_moves():
    with pytest.raises(ValueError, match="2 weights move here"):
        Slice(Neuron([1, 2, 3], 0), (0.0, 2.0, 1.0), (0, 1)).loss([5])


def test_a_slice_moves_some_weights_and_rests_the_others():
    neuron = Neuron([1, 2, 3], 0)
    alone = Slice(neuron, (0.0, 2.0, 1.0), (2,))
    assert alone.slopes(np.array([1.0])).tolist() == [42]
    # One update at 1 / (2 * 3^2) takes the whole error, 7, away: 3 * weight + 4 = 0.
    run = descend(alone, [1.0], GradientDescent(1 / 18), 1)
    assert run.weights[1] == pytest.approx([-4 / 3])
    assert run.loss[1] == pytest.approx(0)
    assert alone.whole(run.weights)[1] == pytest.approx([0, 2, -4 / 3])


@given(st.lists(NUMBERS, min_size=3, max_size=3), st.permutations(range(3)), st.sampled_from(NAMES))
def test_a_slice_of_every_weight_is_the_whole_problem(weights: list[float], order: list[int], name: str):
    neuron = Neuron([0.5, -1, 2], 0.3, name)
    every = Slice(neuron, (9.0, 9.0, 9.0), tuple(order))
    moved = np.array(weights)[list(order)]
    assert every.loss(moved) == neuron.loss(weights)
    assert every.slopes(moved).tolist() == neuron.slopes(np.array(weights))[list(order)].tolist()

"""One weight on its curve, and the ruler: what a drag shows is what the core would do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_core import ACTIVATIONS, GradientDescent, Neuron, Pace
from pages.parts import rates
from pages.parts.setup import Setup


def made(inputs=(1, 2, 3), weights=(0, 2, 1), target=0.0, rate=0.01, activation="identity") -> Setup:
    """A setup; the lesson's unless said otherwise."""
    return Setup(Neuron(inputs, target, activation), tuple(map(float, weights)), GradientDescent(rate), 20)


def parts(setup: Setup, moving: int = 0):
    """(marks, stops, curve, path) of a setup."""
    rows = rates.marks(setup, moving)
    stops, _ = rates.stops(setup.rate, rows)
    curve = rates.curve(setup, moving)
    return rows, stops, curve, rates.path(setup, moving, stops, curve)


def test_the_marks_are_one_over_twice_the_squared_input_alone_and_together():
    alone, together = rates.marks(made(), 2)
    assert alone.one_shot == pytest.approx(1 / 18)
    assert together.one_shot == pytest.approx(1 / 28)
    says = rates.marked([alone, together], linear=True)["tick"].dropna().tolist()
    assert says == ["one shot 0.0555556", "flips 0.111111", "one shot 0.0357143", "flips 0.0714286"]


def test_the_present_rate_and_the_marks_can_be_dragged_to_exactly():
    rows, stops, *_ = parts(made(rate=0.0123), 2)
    for place in (0.0123, 1 / 28, 1 / 14, 1 / 18, 1 / 9):
        assert place in stops.to_numpy()
    assert (np.diff(stops) > 0).all()
    assert len(stops) <= rates.STOPS + 1
    ruler = rates.ruler(rows, stops, linear=True)
    assert "All weights: error × 0, one shot" in ruler["says"].tolist()
    assert "Weight 3 alone: error × -1, flips for ever" in ruler["says"].tolist()


def test_the_path_is_that_of_one_weight_while_the_others_rest():
    setup = made(rate=0.05)
    _, stops, _, path = parts(setup, 2)
    table = rates.table(rates.made_by(path, rates.nearest(stops, setup.rate)))
    weight, expected = 1.0, []
    for _ in range(rates.STEPS):
        slope = 2 * 3 * (2 * 2 + 3 * weight)
        expected.append([weight, slope, -0.05 * slope, (2 * 2 + 3 * weight) ** 2])
        weight -= 0.05 * slope
    assert table.to_numpy() == pytest.approx(np.array(expected))
    assert list(table) == ["weight", "slope", "change", "mse"]


def test_right_of_the_minimum_the_step_goes_to_lower_numbers_and_left_of_it_to_higher():
    for weight, sign in ((1.0, 1), (-9.0, -1)):
        *_, path = parts(made(weights=(0, 2, weight)), 2)
        first = path[path["update"] == 1]
        assert (np.sign(first["slope"]) == sign).all()
        assert (np.sign(first["weight"] - first["weight_next"]) == sign).all()


def test_a_path_that_leaves_the_picture_keeps_its_numbers():
    *_, curve, path = parts(made(rate=0.5), 2)
    steps = path[path["rate"] == 0.5]
    assert steps["weight_next"].iloc[0] == pytest.approx(1 - 0.5 * 42)
    assert steps["arrow"].iloc[0] == curve["weight"].iloc[0]
    assert steps["seen"].tolist() == [1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("weight", [-354.5, -354.2, 354.5, -740.0])
def test_a_saturated_neuron_has_a_ruler_without_marks_that_nobody_can_type(weight: float):
    rows, stops, *_ = parts(made((1,), (weight,), 0.5, activation="sigmoid"))
    assert rates.marked(rows, linear=False)["tick"].isna().all()
    assert np.isfinite(stops).all()


NUMBERS = st.sampled_from([0.0, 1e-50, -1e-8, 0.5, 3.0, -7.0, 354.5, 1e8, -1e50])


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=20),
    NUMBERS,
    st.sampled_from([1e-50, 0.01, 1e8, 1e50]),
    st.sampled_from(list(ACTIVATIONS)),
    st.data(),
)
def test_any_neuron_has_a_picture_in_which_everything_drawn_is_in_sight(pairs, target, rate, activation, data):
    inputs, weights = zip(*pairs, strict=True)
    moving = data.draw(st.integers(0, len(inputs) - 1))
    setup = made(inputs, weights, target, rate, activation)
    rows, stops, curve, path = parts(setup, moving)
    assert np.isfinite(curve.to_numpy()).all()
    assert np.isfinite(rates.ruler(rows, stops, linear=setup.problem.linear)["place"]).all()
    left, right = curve["weight"].iloc[0], curve["weight"].iloc[-1]
    assert left < setup.weights[moving] < right
    assert rate in stops.to_numpy()
    assert (np.diff(stops.index) > 0).all()
    seen = path[path["seen"] == 1]
    assert seen["arrow"].between(left, right).all()
    assert (seen["reach"] >= 0).all()
    assert not np.isinf(path.to_numpy()).any()


def test_the_first_share_is_what_the_first_update_takes_away():
    assert made(rate=0.01).first_share == pytest.approx(0.28)
    assert made(rate=0.01, target=7).first_share == 0, "nothing to take"
    assert made(rate=0.01, inputs=(0, 0, 0)).first_share == 0
    setup = made((1, 2), (0.3, 0.1), 2, 0.05, "ReLU")  # error -1.5, then -1.5 + 0.05 * 2 * 1.5 * 5 = -0.75
    assert setup.first_share == pytest.approx(0.5)


@pytest.mark.parametrize(("answer", "place"), [(Pace.CREEPS, 0.5), (Pace.FLIPS, 2), (Pace.EXPLODES, 2.5)])
def test_an_answer_stands_on_the_ruler_for_all_weights(answer: Pace, place: float):
    rows = rates.marks(made(), 2)
    assert rates.guessed(answer, rows).to_numpy().tolist() == [[1, place]]
    assert rates.guessed(None, rows).empty

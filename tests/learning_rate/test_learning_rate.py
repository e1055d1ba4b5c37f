"""One weight on its curve, and the ruler: what a drag shows is what the core would do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_core.activations import ACTIVATIONS
from gd_core.regimes import Regime
from pages.learning_rate import model, text
from pages.shared import rate_ruler, weight_curve
from pages.shared.setup import Setup
from pages.shared.verdict import NOTHING_TO_DO
from tests.helpers.app import verdicts, visit
from tests.helpers.setups import setup as made


def parts(setup: Setup, moving: int = 0):
    """(rows, rates, curve, path) of a setup."""
    rows = model.rows(setup, moving)
    rates = model.rates(setup.rate, rows)
    curve = weight_curve.curve(setup, moving, weight_curve.borders(setup, moving))
    return rows, rates, curve, model.path(setup, moving, rates)


def test_the_marks_are_one_over_twice_the_squared_input_alone_and_together():
    alone, together = model.rows(made(), 2)
    assert alone.one_step_rate == pytest.approx(1 / 18)
    assert together.one_step_rate == pytest.approx(1 / 28)
    ticks = rate_ruler.marks([alone, together], linear=True)["tick"].dropna().tolist()
    assert [tick.split()[-1] for tick in ticks] == ["0.05556", "0.1111", "0.03571", "0.07143"]


def test_the_present_rate_and_the_marks_can_be_dragged_to_exactly():
    _, stops, *_ = parts(made(rate=0.0123), 2)
    for place in (0.0123, 1 / 28, 1 / 14, 1 / 18, 1 / 9):
        assert place in stops.to_numpy()
    assert (np.diff(stops) > 0).all()
    assert len(stops) <= model.STOPS + 1


def test_a_rate_that_nobody_can_type_is_not_dragged_to():
    _, rates, _, _ = parts(made((1e-50, 1e-25), (1, 1), 0, 0.01), 0)
    assert np.isfinite(rates).all()
    assert 0.01 in rates.to_numpy()


def test_the_path_is_that_of_one_weight_while_the_others_rest():
    setup = made(rate=0.05)
    _, stops, _, path = parts(setup, 2)
    table = model.table(path[path["power"] == model.nearest(stops, setup.rate)])
    weight, expected = 1.0, []
    for _ in range(model.STEPS):
        slope = 2 * 3 * (2 * 2 + 3 * weight)
        expected.append([weight, slope, -0.05 * slope, (2 * 2 + 3 * weight) ** 2])
        weight -= 0.05 * slope
    assert table.to_numpy() == pytest.approx(np.array(expected))
    assert list(table) == ["weight", "slope", "change", "mse"]


def test_right_of_the_minimum_the_step_goes_to_lower_numbers_and_left_of_it_to_higher():
    for weight, sign in ((1.0, 1), (-9.0, -1)):
        *_, path = parts(made(weights=(0, 2, weight)), 2)
        first = path[path["update"] == 0]
        assert (np.sign(first["slope"]) == sign).all()
        assert (np.sign(first["weight"] - first["weight_next"]) == sign).all()


def test_a_path_that_leaves_the_picture_keeps_its_numbers():
    *_, path = parts(made(rate=0.5), 2)
    steps = path[path["rate"] == 0.5]
    assert steps["weight_next"].iloc[0] == pytest.approx(1 - 0.5 * 42)


@pytest.mark.parametrize("weight", [-354.5, -354.2, 354.5, -740.0])
def test_a_saturated_neuron_has_a_ruler_without_marks_that_nobody_can_type(weight: float):
    rows, stops, *_ = parts(made((1,), (weight,), 0.5, activation="sigmoid"))
    assert rate_ruler.marks(rows, linear=False)["tick"].isna().all()
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
    setup = made(inputs, weights, target, rate, activation=activation)
    rows, stops, curve, path = parts(setup, moving)
    assert np.isfinite(curve.to_numpy()).all()
    assert np.isfinite(rate_ruler.places(rows, stops).to_numpy()).all()
    left, right = curve["weight"].iloc[0], curve["weight"].iloc[-1]
    assert left < setup.weights[moving] < right
    assert rate in stops.to_numpy()
    assert (np.diff(stops.index) > 0).all()
    assert not np.isinf(path.to_numpy()).any()
    assert setup.weights[moving] in curve["weight"].to_numpy()
    assert 80 <= len(curve) <= 202


def test_the_minimum_that_the_browser_stretches_paths_about_is_that_of_the_curve():
    row = model.now(made(), 2, -2, 5).iloc[0]
    assert row.to_dict() == {"asked": 5, "power": -2, "weight": 1, "minimum": pytest.approx(1 - 7 / 3), "mse": 49}
    assert np.isnan(model.now(made(activation="tanh"), 2, -2, 5)["minimum"][0]), "its path changes with the start"
    assert np.isnan(model.now(made((0, 1), (1, 1)), 0, -2, 5)["minimum"][0]), "a weight without an input has none"


def test_the_first_share_is_what_the_first_update_takes_away():
    assert made(rate=0.01).first_share == pytest.approx(0.28)
    assert made(rate=0.01, target=7).first_share == 0, "nothing to take"
    assert made(rate=0.01, inputs=(0, 0, 0)).first_share == 0
    setup = made((1, 2), (0.3, 0.1), 2, 0.05, activation="ReLU")  # error -1.5, then -1.5 + 0.05 * 2 * 1.5 * 5 = -0.75
    assert setup.first_share == pytest.approx(0.5)


@pytest.mark.parametrize(("answer", "place"), [(Regime.CONVERGES, 0.5), (Regime.OSCILLATES, 2), (Regime.DIVERGES, 2.5)])
def test_an_answer_stands_on_the_ruler_for_all_weights(answer: Regime, place: float):
    rows = model.rows(made(), 2)
    assert model.guess(answer, rows).to_numpy().tolist() == [[1, place]]
    assert model.guess(None, rows).empty


def test_the_page_has_the_ruler_of_the_lessons_neuron():
    app = visit("learning_rate")
    assert "42" in verdicts(app)[0]
    assert "`1 − 0.01 × 42 = 0.58`" in verdicts(app)[0]
    alt = app.get("vega_lite_chart")[0].proto.alt
    for number in ("1/18 = 0.05556", "1/9 = 0.1111", "1/28 = 0.03571", "1/14 = 0.07143"):
        assert number in alt
    assert app.dataframe[0].value.iloc[0].tolist() == pytest.approx([1, 42, -0.42, 49])
    app.selectbox(key="weight").select(0).run()
    assert "The slope is 14: positive" in verdicts(app)[0]
    app.text_input(key="target").set_value("10").run()
    assert "The slope is −6: negative" in verdicts(app)[0]


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ({"target": "7"}, NOTHING_TO_DO),
        ({"inputs": "0 1", "weights": "1 1", "weight": "1"}, text.NO_WAY_DOWN),
        ({"activation": "ReLU", "weights": "-1 -1 -1", "target": "1"}, text.NO_WAY_DOWN),
        ({"activation": "sigmoid", "target": "0.3"}, "0.0009102"),  # a slope that lets little through
        ({"activation": "tanh", "weights": "0 0 0.1"}, text.NEAR_THE_START),
        ({"rate": "1e-50"}, text.TOO_LITTLE),
        ({"activation": "ReLU"}, text.ABOVE_0),
    ],
)
def test_the_page_says_when_there_is_no_way_down(link: dict[str, str], message: str):
    assert message in verdicts(visit("learning_rate", **link))[0]


@pytest.mark.parametrize(("answer", "right"), [(Regime.CONVERGES, True), (Regime.DIVERGES, False)])
def test_a_predicted_regime_is_asked_for_before_anything_is_shown(answer: Regime, right: bool):
    app = visit("learning_rate", predict="true")
    assert not app.get("vega_lite_chart")
    assert not verdicts(app)
    app.radio[0].set_value(answer).run()
    assert bool(app.success) == right
    assert right or "above 1/14 = 0.07143" in app.warning[0].value, "the rates for which it would be right"
    assert app.get("vega_lite_chart")
    app.text_input(key="rate").set_value("0.05").run()
    assert app.radio[0].value is None, "another rate is another question"
    assert not app.get("vega_lite_chart")


def test_a_met_target_asks_for_no_regime():
    assert NOTHING_TO_DO in verdicts(visit("learning_rate", predict="true", target="7"))[0]

"""The slope factor by factor, and its check by rise over run."""

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from gd_core.activations import ACTIVATIONS
from pages.shared import numbers, weight_curve
from pages.shared.setup import Setup
from pages.shared.sidebar import WORKED
from pages.shared.verdict import NOTHING_TO_DO, at_corner
from pages.slope import model, text
from tests.helpers.app import errors, shown, visit
from tests.helpers.setups import setup as made


@pytest.mark.parametrize(
    ("setup", "rows"),
    [
        (made(), [[14, 1, 1, 14], [14, 2, 1, 28], [14, 3, 1, 42]]),
        (made((3, 4), (1, 2), 6), [[10, 3, 1, 30], [10, 4, 1, 40]]),
        (made((3, 4), (4, -3), 1, activation="sigmoid"), [[-1, 3, 0.25, -0.75], [-1, 4, 0.25, -1]]),
    ],
)
def test_the_factors_of_both_neurons_are_the_lessons(setup: Setup, rows: list):
    assert model.factors(setup).to_numpy().tolist() == rows


def test_the_formula_has_the_live_numbers_in_it():
    formula = text.formula(made(), model.factors(made()), 2)
    assert r"2 \cdot 7" in formula
    assert formula.endswith(r"= 42 \end{gathered}")
    assert numbers.latex(-1e-8) == r"-10^{-8}"


@pytest.mark.parametrize(
    ("activation", "weight", "expected"),  # error, input, slope of the activation, slope
    [
        ("identity", 1, [7, 3, 1, 42]),
        ("identity", -2, [-2, 3, 1, -12]),
        ("ReLU", -2, [0, 3, 0, 0]),
        ("tanh", -4 / 3, [0, 3, 1, 0]),
        ("sigmoid", -4 / 3, [0.5, 3, 0.25, 0.75]),
    ],
)
def test_the_factors_along_the_curve_are_those_of_each_weight_on_it(activation: str, weight: float, expected: list):
    setup = made(weights=(0, 2, weight), activation=activation)
    rows, _ = model.along(setup, 2, weight_curve.borders(setup, 2))
    row = rows[rows["weight"] == weight]
    names = ["error", "input", "slope_of_activation", "slope"]
    assert row[names].to_numpy()[0] == pytest.approx(expected, abs=1e-12)
    assert (2 * rows["error"] * rows["input"] * rows["slope_of_activation"]).tolist() == pytest.approx(
        rows["slope"].tolist()
    )


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("inputs", [(1, 2, 3), (1, 0, 0), (1e50, 1e-50, -1e50)])
def test_the_triangle_has_the_slope_and_stays_in_the_picture(activation: str, inputs: tuple):
    setup = made(inputs, activation=activation, target=0.3)
    for place in range(3):
        rows, _ = model.along(setup, place, weight_curve.borders(setup, place))
        assert np.isfinite(rows.to_numpy()).all()
        assert rows["rise"].tolist() == pytest.approx((rows["slope"] * rows["run"]).tolist())
        assert (rows["run"] > 0).all()
        across, up, top = rows[["left", "right", "corner"]], rows[["low", "high", "meets"]], rows["mse"].max()
        first, last = rows["weight"].iloc[[0, -1]]
        assert across.min(axis=None) >= first - 1e-9 * (last - first)
        assert across.max(axis=None) <= last + 1e-9 * (last - first)
        assert up.min(axis=None) >= -1.001 * weight_curve.BELOW * top
        assert up.max(axis=None) <= 1.021 * top


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_rise_over_run_comes_near_the_slope_and_rounding_spoils_it(activation: str):
    setup = made((0.5, -0.3), (1, 2), 0.4, activation=activation)
    nudges = model.nudges(setup, 0)
    off = nudges["off"].to_numpy()
    if activation == "ReLU":  # flat until a large nudge reaches its corner
        assert off[-1] > 0 == off[:-1].max()
        assert text.why_off(nudges) == text.BENDS
        return
    best = int(off.argmin())
    assert off[best] < 1e-6 < off[-1]
    assert off[0] > 100 * off[best]
    assert text.why_off(nudges) == f"{text.BENDS} {text.ROUNDED}"


def chosen(setup: Setup, h: float) -> pd.DataFrame:
    """The nudges of weight 1, of which one is chosen."""
    nudges = model.nudges(setup, 0)
    return nudges.assign(chosen=nudges["h"] == h)


def test_the_check_speaks_of_the_nudge_that_is_chosen():
    said = text.check(chosen(made(), 0.1), 14.0, corner=False)
    assert said == "With h = 0.1 the loss rises by 1.41, and rise over run is 14.1: off by 0.1 from 14."


@pytest.mark.parametrize(
    ("setup", "message"),
    [
        (made((1,), (0,), 5, activation="ReLU"), text.CORNER),
        (made((1e20,), (0,), 1), text.NO_H_WORKS),
        (made((1,), (100,), 0, activation="sigmoid"), text.NO_H_WORKS),
        (made((1, 1), (-5, -5), 5, activation="ReLU"), text.EXACT),
    ],
)
def test_rise_over_run_that_does_not_find_the_slope_says_so(setup: Setup, message: str):
    slope = model.factors(setup)["slope"].iloc[0]
    corner = at_corner(setup.problem, setup.weights)
    assert message in text.check(chosen(setup, 0.001), slope, corner=corner)


@pytest.mark.parametrize(
    ("setup", "message"),
    [
        (made(), "rises by about 0.014"),
        (made(target=10), "falls by about 0.006"),
        (made(target=7), NOTHING_TO_DO),
        (made((0, 1), (1, 1), 5), text.NO_SLOPE),
        (made((1, 1), (-1, -1), 5, activation="ReLU"), text.NO_SLOPE),
        (made((1, 1), (1, -1), 5, activation="ReLU"), text.NO_SLOPE),
        (made((1,), (9,), 0, activation="sigmoid"), "0.0001234"),  # so little of the error gets through
    ],
)
def test_the_words_about_a_slope_are_true(setup: Setup, message: str):
    assert message in text.meaning(setup, model.factors(setup), 0)


def test_the_tangent_touches_the_activation_with_its_slope():
    setup = made((0.5, -0.3), (1, 2), 0.4, activation="tanh")
    row = model.tangent(model.values(setup), model.activation_curve(setup)).iloc[0]
    activation_slope = 1 - np.tanh(-0.1) ** 2
    assert (row["high"] - row["low"]) / (row["right"] - row["left"]) == pytest.approx(activation_slope)
    assert (row["high"] + row["low"]) / 2 == pytest.approx(np.tanh(-0.1))


def unfolded(app: AppTest) -> list[str]:
    """The alternative texts of all pictures, with the neuron unfolded."""
    app.session_state["neuron_numbers"] = True
    return [chart.proto.alt for chart in app.run().get("vega_lite_chart")]


def test_the_page_shows_the_factors_of_both_neurons():
    app = visit("slope")
    assert app.dataframe[0].value.to_numpy().tolist() == [[14, 1, 1, 14], [14, 2, 1, 28], [14, 3, 1, 42]]
    assert app.latex[0].value.strip("$\n ").endswith(r"= 42 \end{gathered}")
    app = visit("slope", **WORKED["Two inputs: 3, 4"])
    assert app.dataframe[0].value["slope"].tolist() == [30, 40]
    assert "sum is 11;" in unfolded(app)[-1], "the straight line of the identity is not drawn"
    app = visit("slope", **{**WORKED["Two inputs: 3, 4"], "activation": "ReLU"})
    assert "value 11, slope 1" in unfolded(app)[-1]


def test_a_slope_of_0_at_a_met_target_is_found_by_its_check():
    app = visit("slope", inputs="1 2", weights="0 0", target="0.5", activation="sigmoid")
    assert text.NO_H_WORKS not in shown(app)
    assert text.BENDS in shown(app)


def test_a_check_that_is_exact_everywhere_draws_no_empty_picture():
    app = visit("slope", weights="500 500 500", activation="sigmoid")
    assert text.EXACT in shown(app)
    assert len(unfolded(app)) == 3


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("42", ""),
        ("21", "half of it"),
        ("-42", "wrong way round"),
        ("14", "without the input, 3"),
        ("7", "the error itself"),
        ("294", "error squared"),
        ("0.42", "already the update"),
        ("60", "if the error were 10."),
    ],
)
def test_a_predicted_slope_that_is_wrong_is_told_the_mistake_that_fits_it(answer: str, message: str):
    app = visit("slope", predict="true")
    assert not app.get("vega_lite_chart")
    app.main.text_input[0].set_value(answer).run()
    assert bool(app.success) == (answer == "42")
    assert message in (app.success or app.warning)[0].value
    assert f"your answer {numbers.number(float(answer))}" in app.get("vega_lite_chart")[0].proto.alt


@pytest.mark.parametrize("answer", ["nan", "1e999", "<b>", "$x$", "1, 2"])
def test_an_answer_that_is_no_number_gets_a_sentence_and_nothing_is_shown(answer: str):
    app = visit("slope", predict="true")
    app.main.text_input[0].set_value(answer).run()
    assert len(errors(app)) == 1
    assert app.main.text_input[0].value == answer
    assert not app.get("vega_lite_chart")

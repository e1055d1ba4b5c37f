"""Frames, words and chart data: honest numbers for every run a person can set up."""

import csv
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_core import ACTIVATIONS, GradientDescent, Neuron, descend
from pages.parts import charts, frames, numbers, typed, words
from pages.parts.setup import Setup

SIZES = st.floats(typed.SMALLEST, typed.LARGEST)
NUMBERS = SIZES | SIZES.map(lambda size: -size) | st.integers(-9, 9).map(float) | st.sampled_from([0.0, 1e-50, 1e50])
NOT_A_NUMBER = re.compile(r"\b(nan|inf|infinity)\b|-0(\.0*)?(?![\d.])", re.IGNORECASE)


def made(
    inputs: list[float], weights: list[float], target: float, rate: float, updates: int = 20, activation="identity"
):
    """A setup, and its history."""
    setup = Setup(Neuron(inputs, target, activation), tuple(weights), GradientDescent(rate), updates)
    return setup, frames.history(setup.problem, descend(*setup))


def lesson(rate: float = 0.01, updates: int = 20):
    """The lesson's practice neuron."""
    return made([1, 2, 3], [0, 2, 1], 0, rate, updates)


def test_the_history_has_the_promised_columns_and_the_start_in_row_0():
    _, history = lesson()
    text = history.to_csv()
    assert text.splitlines()[0] == ("update,mse,prediction,error,slope_1,slope_2,slope_3,weight_1,weight_2,weight_3")
    assert text.splitlines()[1] == "0,49.0,7.0,7.0,14.0,28.0,42.0,0.0,2.0,1.0"
    assert len(history) == 21


def test_the_csv_keeps_full_precision():
    _, history = made([0.1, 1 / 3], [2 / 7, 1e-30], 1.1, 0.37, updates=300)
    lines = list(csv.reader(history.to_csv().splitlines()))[1:]
    assert [[float(cell) for cell in line[1:]] for line in lines] == history.to_numpy().tolist()


def test_a_diverged_history_has_empty_cells_and_never_inf():
    _, history = lesson(rate=1000, updates=200)
    assert len(history) == 201
    assert not np.isinf(history.to_numpy()).any()
    assert history["mse"].isna().iloc[-1]
    assert "inf" not in history.to_csv()
    assert "nan" not in history.to_csv()


@pytest.mark.parametrize(
    ("rate", "updates", "says"),
    [
        (0.01, 20, "**Creeps.** The mean squared error goes from **49** to **9.62711e-05** in 20 updates."),
        (0.01, 20, "multiplies the error by `1 - 2 × 0.01 × 14 = 0.72`, so it keeps its sign and shrinks."),
        (0.01, 20, "It has converged, to 1% of its start or less, after 15 updates."),
        (0.01, 10, "It is now 0.0374391 times its start; at this pace it is down to 1% after 15 updates."),
        (1 / 28, 1, "**One shot.** The mean squared error goes from **49** to **"),
        (1 / 28, 5, "so a single update takes it away. It has converged, to 1% of its start or less, after 1 update."),
        (0.05, 20, "**Zig-zags in.** The mean squared error goes from **49** to **5.92374e-15** in 20 updates."),
        (0.05, 20, "multiplies the error by `1 - 2 × 0.05 × 14 = -0.4`, so it changes its sign and shrinks."),
        (1 / 14, 20, "**Flips for ever.** The mean squared error goes from **49** to **49** in 20 updates."),
        (1 / 14, 20, "= -1`, so it changes its sign and never gets smaller. It is now 1 times its start, and it never"),
        (0.08, 2, "**Explodes.** The mean squared error goes from **49** to **115.846** in 2 updates."),
        (0.08, 2, "multiplies the error by `1 - 2 × 0.08 × 14 = -1.24`, so it changes its sign and grows."),
        (1000, 200, "**Explodes.** The mean squared error goes from **49** to **too large** in 200 updates."),
        (1000, 200, "From update 35 on the mean squared error is more than a float can hold (1.8e+308)."),
        (0.0714286, 20, "**Explodes.** The mean squared error goes from **49** to **49.0016**"),
        (0.0714286, 20, "= -1 - 8e-07`, so it changes its sign and grows."),
        (0.0714285, 20, "= -1 + 2e-06`, so it changes its sign and shrinks."),
        (0.0357143, 20, "**Zig-zags in.**"),
        (1e-10, 20, "`1 - 2 × 1e-10 × 14 = 1 - 2.8e-09`"),
        (1e-30, 20, "**Stands still.**"),
    ],
)
def test_the_verdict_is_true_of_these_numbers(rate: float, updates: int, says: str):
    assert says in words.verdict(*lesson(rate, updates))


def test_a_met_target_has_nothing_to_do():
    assert "Nothing to do" in words.verdict(*made([1, 2], [1, 2], 5, 0.01))


@pytest.mark.parametrize(
    ("case", "says"),
    [
        (([1, 2], [-1, -1], 5, 0.01, 20, "ReLU"), "**Nothing can move.** Where this neuron stands ReLU is flat"),
        (([1, 2], [-900, 0], 1, 0.01, 20, "sigmoid"), "**Nothing can move.** Where this neuron stands sigmoid is flat"),
        (([1, 2], [40, 0], 0, 0.01, 20, "sigmoid"), "**Stands still.**"),
        (([0, 0], [1, 1], 1, 0.01, 20, "sigmoid"), "the prediction stays 0.5, whatever"),
        (([1, 2], [0.3, 0.1], 2, 0.05, 20, "ReLU"), "**Creeps.** The mean squared error goes from **2.25** to **"),
        (
            ([1, 2], [0.3, 0.1], 2, 0.05, 20, "ReLU"),
            "Each update multiplies the error by `0.5`: the slope of the activation",
        ),
        (([1, 2], [0.3, 0.1], -5, 1, 1, "ReLU"), "with ReLU that changes from update to update"),
        (
            ([1, 2, 3], [10, 10, 10], 0, 0.01, 20, "sigmoid"),
            "The slope of sigmoid is only 8.75651e-27 here: it has all but",
        ),
        (([1, 2], [0.3, 0.1], 2, 0.15, 20, "ReLU"), "**Zig-zags in.**"),
        (([1, 2], [0.3, 0.1], -5, 1, 1, "ReLU"), "the slope of ReLU is only 0 there: it has vanished."),
        (([1, 2], [0.3, 0.1], 2, 5, 1, "ReLU"), "**Grows.**"),
        (([1, 2], [3, 1], 0, 0.1, 3, "sigmoid"), "It is now 0.999"),
        (
            ([1], [2], 0.2, 3, 4, "tanh"),
            "**Grows.** The mean squared error goes from **0.583738** to **0.589387** in 4",
        ),
        (([1], [2], 0.2, 3, 4, "tanh"), "It is now 1.00483 times its start."),
        (([1], [1], 0.5, 0.5, 3, "ReLU"), "**One shot.**"),
        (([1, 1], [1, -1], 3, 0.5, 3, "ReLU"), "**Nothing can move.** The sum is exactly 0, at the corner of ReLU"),
    ],
)
def test_the_words_for_the_linear_neuron_change_for_the_others(case: tuple, says: str):
    assert says in words.verdict(*made(*case))
    assert words.landmarks(made(*case)[0]) == ""


def test_inputs_of_zero_cannot_move_anything():
    assert "Nothing can move" in words.verdict(*made([0, 0], [1, 2], 5, 0.01))


def test_the_landmarks_are_one_shot_and_twice_that():
    setup, _ = lesson()
    assert "a rate of about 0.0357143 is one shot; from 0.0714286 on" in words.landmarks(setup)
    assert words.landmarks(made([0.0], [1], 5, 0.01)[0]) == ""
    assert words.landmarks(made([1e-40], [1], 5, 0.01)[0]) == ""


@st.composite
def setups(draw: st.DrawFn):
    """Any neuron, any rate, any number of updates that the sidebar lets through."""
    inputs = draw(st.lists(NUMBERS, min_size=1, max_size=20))
    weights = draw(st.lists(NUMBERS, min_size=len(inputs), max_size=len(inputs)))
    rate = draw(SIZES | st.floats(1e-4, 1))
    return made(
        inputs, weights, draw(NUMBERS), rate, draw(st.integers(1, 400)), draw(st.sampled_from(list(ACTIVATIONS)))
    )


@given(setups())
def test_no_run_shows_nan_inf_or_minus_zero(case: tuple[Setup, pd.DataFrame]):
    setup, history = case
    drawn, stride = frames.drawn(history)
    shown = [
        words.verdict(setup, history),
        words.landmarks(setup),
        numbers.factor(setup.share),
        words.chart(history),
        words.drawn(history, drawn, stride),
        *(numbers.number(number) for number in history.iloc[-1]),
        history.to_csv(),
    ]
    for text in shown:
        assert not NOT_A_NUMBER.search(text), text


@given(setups())
def test_what_is_drawn_is_finite_and_has_both_ends(case: tuple[Setup, pd.DataFrame]):
    _, history = case
    drawn, stride = frames.drawn(history)
    assert np.isfinite(drawn.to_numpy()).all()
    assert np.abs(drawn.drop(columns=["stop", "update"]).to_numpy()).max() <= 1e300
    assert drawn["update"].iloc[0] == 0
    assert (np.diff(drawn["stop"]) == stride).all()
    last = int(drawn["update"].iloc[-1])
    beyond = history.iloc[last + 1 : last + 2]
    assert last == len(history) - 1 or not (beyond.abs() <= 1e300).all(axis=None)


@pytest.mark.parametrize("updates", [1, 20, 999, 1000, 1001, 9973, 10_000])
@pytest.mark.parametrize("inputs", [1, 3, 20])
def test_long_runs_are_thinned_and_say_so(updates: int, inputs: int):
    _, history = made([0.1] * inputs, [1.0] * inputs, 3, 0.01, updates)
    drawn, stride = frames.drawn(history)
    assert len(drawn) * drawn.shape[1] * 8 <= 8 * frames.DRAWN_NUMBERS
    assert drawn["update"].iloc[-1] == updates
    assert (drawn.set_index("update").drop(columns="stop") == history.loc[drawn["update"]]).all(axis=None)
    assert ("is drawn" in words.drawn(history, drawn, stride)) == (stride > 1)


def test_slopes_and_weights_are_views_of_the_history():
    _, history = lesson()
    assert list(frames.slopes(history)) == ["slope_1", "slope_2", "slope_3"]
    assert list(frames.weights(history)) == ["weight_1", "weight_2", "weight_3"]
    assert frames.weights(history).index.name == "update"


def test_a_chart_is_the_same_spec_for_every_rate_so_that_the_scrub_bar_stays():
    (_, slow), (_, fast) = lesson(0.01), lesson(0.05)
    one, other = (charts.history.chart(*frames.drawn(history), log=False) for history in (slow, fast))
    assert {**one, "datasets": None} == {**other, "datasets": None}
    assert words.chart(slow) == words.chart(fast)


def test_the_chart_has_the_lessons_titles():
    _, history = lesson()
    spec = str(charts.history.chart(*frames.drawn(history), log=False))
    assert "'title': 'Iterations'" in spec
    assert "'title': 'Mean squared error'" in spec


def test_an_error_of_zero_is_named_because_a_log_axis_cannot_draw_it():
    _, history = made([1], [2], 2, 0.5)
    assert "leaves out where the mean squared error is 0" in words.drawn(history, *frames.drawn(history))
    _, history = lesson()
    assert words.drawn(history, *frames.drawn(history)) == ""

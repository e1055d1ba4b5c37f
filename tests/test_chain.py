"""The slope factor by factor, the update sub-step by sub-step: the lesson's numbers, and true sentences."""

import numpy as np
import pytest

from gd_core import ACTIVATIONS, GradientDescent, Neuron, descend
from pages.parts import chain, frames, numbers, substeps, words
from pages.parts.setup import Setup


def made(inputs=(1, 2, 3), weights=(0, 2, 1), target=0.0, rate=0.01, activation="identity", updates=20) -> Setup:
    """A setup; the lesson's unless said otherwise."""
    return Setup(Neuron(inputs, target, activation), tuple(map(float, weights)), GradientDescent(rate), updates)


@pytest.mark.parametrize(
    ("setup", "rows"),
    [
        (made(), [[14, 1, 1, 14], [14, 2, 1, 28], [14, 3, 1, 42]]),
        (made((3, 4), (1, 2), 6), [[10, 3, 1, 30], [10, 4, 1, 40]]),
        (made((3, 4), (4, -3), 1, activation="sigmoid"), [[-1, 3, 0.25, -0.75], [-1, 4, 0.25, -1]]),
    ],
)
def test_the_factors_of_both_neurons_are_the_lessons(setup: Setup, rows: list):
    assert chain.factors(setup).to_numpy().tolist() == rows


def test_the_formula_has_the_live_numbers_in_it():
    formula = words.slope_formula(made(), chain.factors(made()), 2)
    assert r"2 \cdot 7" in formula
    assert formula.endswith(r"= 42 \end{gathered}")
    assert numbers.latex(-1e-8) == r"-1 \cdot 10^{-8}"


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_rise_over_run_comes_near_the_slope_and_rounding_spoils_it(activation: str):
    setup = made((0.5, -0.3), (1, 2), 0.4, activation=activation)
    nudges = chain.nudges(setup, 0)
    off = nudges["off"].to_numpy()
    if activation == "ReLU":  # flat until a large nudge reaches its corner
        assert off[0] > 0 == off[2:].max()
        assert "the loss bends" in words.nudge_says(nudges, 0.0, corner=False)
        assert "float" not in words.nudge_says(nudges, 0.0, corner=False)
        return
    best = int(off.argmin())
    assert off[best] < 1e-6 < off[0]
    assert off[-1] > 100 * off[best]
    assert f"At h = {nudges['h'].iloc[best]:.6g}" in words.nudge_says(
        nudges, chain.factors(setup)["slope"].iloc[0], corner=False
    )


@pytest.mark.parametrize(
    ("setup", "says"),
    [
        (made((1,), (0,), 5, activation="ReLU"), "the loss has a corner"),
        (made((1e20,), (0,), 1), "no h is small enough"),
        (made((1,), (100,), 0, activation="sigmoid"), "no h is small enough"),
        (made((1, 1), (-5, -5), 5, activation="ReLU"), "exactly the slope for every h"),
    ],
)
def test_rise_over_run_that_does_not_find_the_slope_says_so(setup: Setup, says: str):
    slope = chain.factors(setup)["slope"].iloc[0]
    corner = chain.at_corner(setup.problem, setup.weights)
    assert says in words.nudge_says(chain.nudges(setup, 0), slope, corner=corner)


@pytest.mark.parametrize(
    ("setup", "says"),
    [
        (made(), "**The slope of weight 1 is 14.** Move the weight up a little, and the mean squared error rises 14"),
        (made(target=10), "the mean squared error falls 6 times as much"),
        (made(target=7), "**Nothing to do.**"),
        (made((0, 1), (1, 1), 5), "**The slope is 0.** The input of weight 1 is 0"),
        (made((1, 1), (-1, -1), 5, activation="ReLU"), "**The slope is 0.** Where this neuron stands ReLU is flat"),
        (
            made((1, 1), (1, -1), 5, activation="ReLU"),
            "**The slope is 0.** The sum is exactly 0, at the corner of ReLU",
        ),
        (made((1,), (9,), 0, activation="sigmoid"), "it has all but vanished, so little of the error gets through"),
    ],
)
def test_the_words_about_a_slope_are_true(setup: Setup, says: str):
    assert says in words.slope_says(setup, chain.factors(setup), 0)


def test_the_tangent_touches_the_activation_with_its_slope():
    setup = made((0.5, -0.3), (1, 2), 0.4, activation="tanh")
    row = chain.tangent(chain.values(setup), chain.bend(setup)).iloc[0]
    steepness = 1 - np.tanh(-0.1) ** 2
    assert (row["high"] - row["low"]) / (row["right"] - row["left"]) == pytest.approx(steepness)
    assert (row["high"] + row["low"]) / 2 == pytest.approx(np.tanh(-0.1))


def test_the_substeps_of_the_first_neuron_have_the_lessons_numbers_in_order():
    setup = made((3, 4), (1, 2), 6)
    text = substeps.written_out(substeps.values(setup, np.array([1.0, 2.0])))
    expected = [
        "1 × 3 + 2 × 4 = **11**",
        "11 - 6 = **5**",
        "2 × 5 × [3, 4] = **[30, 40]**",
        "-0.01 × [30, 40] = **[-0.3, -0.4]**",
        "[1, 2] + [-0.3, -0.4] = **[0.7, 1.6]**",
        "0.7 × 3 + 1.6 × 4 = **8.5**",
        "8.5 - 6 = **2.5**",
        "5² = **25**, then 2.5² = **6.25**",
    ]
    places = [text.index(line) for line in expected]
    assert places == sorted(places)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_table_of_an_update_is_the_histories_two_rows(activation: str):
    setup = made((0.5, -0.3), (1, 2), 0.4, 0.3, activation)
    run = descend(*setup)
    table = substeps.table(substeps.values(setup, run.weights[4]))
    assert table["before"].tolist() == pytest.approx(run.weights[4].tolist(), rel=1e-15)
    assert table["slope"].tolist() == pytest.approx(run.slopes[4].tolist(), rel=1e-15)
    assert table["after"].tolist() == pytest.approx(run.weights[5].tolist(), rel=1e-12)


def test_twenty_inputs_are_shortened_in_formulas_and_whole_in_the_table():
    setup = made(range(1, 21), [1] * 20)
    assert "1 × 1 + 1 × 2 + … + 1 × 20 = **210**" in substeps.written_out(substeps.values(setup, np.ones(20)))
    assert len(substeps.table(substeps.values(setup, np.ones(20)))) == 20


def test_updates_end_where_a_float_does_and_the_words_say_so():
    setup = made(rate=1000.0, updates=200)
    history = frames.history(setup.problem, descend(*setup))
    last = substeps.steps(history)
    assert np.isfinite(history.iloc[last].to_numpy()).all()
    assert not np.isfinite(history.iloc[last + 1].to_numpy()).all()
    assert f"After update {last} the numbers are more than" in words.update_says(
        setup, substeps.values(setup, np.ones(3)), last, last
    )


@pytest.mark.parametrize(
    ("rate", "does"), [(0.01, "falls"), (1 / 14, "stays the same"), (1e-30, "stays the same"), (0.08, "rises")]
)
def test_an_update_says_what_becomes_of_the_size_of_the_error(rate: float, does: str):
    setup = made(rate=rate)
    today = substeps.values(setup, np.array([0.0, 2.0, 1.0]))
    assert words.update_says(setup, today, 1, 20).endswith(f"Its size {does}.")


def test_the_updates_nearby_name_the_two_of_this_one():
    setup = made()
    history = frames.history(setup.problem, descend(*setup))
    near = substeps.nearby(history, 15, 20)
    assert near.set_index("own").loc[["before", "after"], "update"].tolist() == [14, 15]
    assert near["update"].tolist() == list(range(4, 21))

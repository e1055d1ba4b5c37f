"""What is said of a run is true of its numbers."""

import pandas as pd
import pytest
from hypothesis import given

from gd_core.regimes import Regime
from pages.shared import history_frame, numbers, verdict
from pages.shared.numbers import THIN, number
from pages.shared.setup import Setup
from pages.shared.verdict import CANNOT_MOVE, COMES_BACK, GROWS, NOTHING_TO_DO, SLOW, TOO_SLOW, heading
from tests.helpers.setups import NOT_A_NUMBER, history, setup, setups


def said(made: Setup) -> str:
    """The verdict on the run of a setup."""
    return verdict.verdict(made, history(made))


@pytest.mark.parametrize(
    ("rate", "updates", "kind", "has"),
    [
        (
            0.01,
            20,
            Regime.CONVERGES,
            ["**49** to **9.627 × 10⁻⁵** in 20 updates", "1 − 2 × 0.01 × 14 = 0.72", "1%", "after 8 updates"],
        ),
        (0.01, 5, Regime.CONVERGES, ["0.03744 times", "after 8 updates"]),
        (0.08, 20, Regime.DIVERGES, [f"to **267{THIN}340**", f"{number(1.24**40)} times"]),
        (1 / 28, 1, Regime.ONE_STEP, ["from **49** to **"]),
        (1 / 28, 5, Regime.ONE_STEP, ["1%", "after 1 update."]),
        (
            0.05,
            20,
            Regime.OSCILLATES_AND_CONVERGES,
            ["from **49** to **5.924 × 10⁻¹⁵** in 20", "1 − 2 × 0.05 × 14 = −0.4"],
        ),
        (
            1 / 14,
            20,
            Regime.OSCILLATES,
            ["from **49** to **49** in 20 updates", "= −1`", "now 1 times", "never converges"],
        ),
        (
            0.08,
            2,
            Regime.DIVERGES,
            ["from **49** to **115.8** in 2 updates", "1 − 2 × 0.08 × 14 = −1.24", "never converges"],
        ),
        (1000, 200, Regime.DIVERGES, ["from **49** to **too large** in 200 updates", "From update 35 on"]),
        (0.0714286, 20, Regime.DIVERGES, ["0.0714286 × 14 = −1 − 8 × 10⁻⁷`"]),
        (0.0714285, 20, Regime.OSCILLATES_AND_CONVERGES, ["= −1 + 2 × 10⁻⁶`"]),
        (0.0357143, 20, Regime.OSCILLATES_AND_CONVERGES, []),
        (1e-10, 20, TOO_SLOW, ["`1 − 2 × 10⁻¹⁰ × 14 = 1 − 2.8 × 10⁻⁹`"]),
        (1e-30, 20, Regime.STANDS_STILL, []),
    ],
)
def test_the_verdict_is_true_of_these_numbers(rate: float, updates: int, kind: str, has: list[str]):
    text = said(setup(rate=rate, updates=updates))
    assert text.startswith(heading(kind))
    for found in has:
        assert found in text
    assert kind is Regime.STANDS_STILL or verdict.DOES[Regime.CONVERGES if kind == TOO_SLOW else Regime(kind)] in text


@pytest.mark.parametrize(
    ("made", "begins", "has"),
    [
        (setup([1, 2], [1, 2], 5), NOTHING_TO_DO, ""),
        (setup([0, 0], [1, 2], 5), CANNOT_MOVE, "stays 0,"),
        (setup([0, 0], [1, 1], 1, activation="sigmoid"), CANNOT_MOVE, "stays 0.5,"),
        (setup([1, 2], [-1, -1], 5, activation="ReLU"), CANNOT_MOVE, ""),
        (setup([1, 1], [1, -1], 3, 0.5, 3, "ReLU"), CANNOT_MOVE, "corner"),
        (setup([1, 2], [-900, 0], 1, activation="sigmoid"), CANNOT_MOVE, "saturated"),
        (setup([1, 2], [40, 0], 0, activation="sigmoid"), heading(Regime.STANDS_STILL), "saturated"),
        (setup([1, 2, 3], [10, 10, 10], 0, activation="sigmoid"), heading(Regime.STANDS_STILL), "8.757 × 10⁻²⁷"),
        (setup([1, 2], [0.3, 0.1], 2, 0.05, 20, "ReLU"), heading(Regime.CONVERGES), "from **2.25** to **"),
        (
            setup([1, 2], [0.3, 0.1], 2, 0.05, 20, "ReLU"),
            heading(Regime.CONVERGES),
            "Each update multiplies the error by `0.5`",
        ),
        (setup([1, 2], [0.3, 0.1], -5, 1, 1, "ReLU"), "", "The first update multiplies"),
        (setup([1, 2], [0.3, 0.1], -5, 1, 1, "ReLU"), "", "a slope of only 0"),
        (setup([1, 2], [0.3, 0.1], 2, 0.15, 20, "ReLU"), heading(Regime.OSCILLATES_AND_CONVERGES), ""),
        (setup([1, 2], [0.3, 0.1], 2, 5, 1, "ReLU"), heading(GROWS), ""),
        (setup([1, 2], [3, 1], 0, 0.1, 3, "sigmoid"), heading(TOO_SLOW), "now 1 − 0.0002695 times"),
        (
            setup([1, 2, 3], [0, 2, 1], 0, 0.01, 20, "tanh"),
            heading(TOO_SLOW),
            "of **1** falls by only **1.239 × 10⁻¹⁰**",
        ),
        (setup([1, 2, 3], [0, 2, 1], 0, 0.01, 20, "tanh"), heading(TOO_SLOW), "the error by `1 − 3.09"),
        (setup([1], [2], 0.2, 3, 4, "tanh"), heading(GROWS), "from **0.5837** to **0.5894** in 4"),
        (setup([1], [2], 0.2, 3, 4, "tanh"), heading(GROWS), "now 1.01 times"),
        (setup([1], [1], 0.5, 0.5, 3, "ReLU"), heading(Regime.ONE_STEP), ""),
        (setup([1e50, 1e50], [1e-50, 0], 1e50, 1e50, 2, "ReLU"), heading(COMES_BACK), "The first update multiplies"),
    ],
)
def test_neurons_that_cannot_move_or_are_not_linear_get_a_true_verdict_too(made: Setup, begins: str, has: str):
    text = said(made)
    assert text.startswith(begins)
    assert has in text
    if not made.problem.linear:
        assert not verdict.landmarks(made)


def test_a_rate_is_too_slow_where_it_needs_more_than_some_hundred_updates():
    just = (1 - 0.1 ** (1 / SLOW)) / 28  # what leaves 1% of the mean squared error after that many
    made = [setup(rate=rate, updates=1000) for rate in (just * 1.001, just * 0.999)]
    assert [verdict.kind(each, history(each)) for each in made] == [Regime.CONVERGES, TOO_SLOW]


def test_an_error_that_ends_at_its_own_size_comes_back():
    assert verdict.seen(pd.DataFrame({"error": [2.0, 1.0, -2.0]})) == COMES_BACK


def test_the_landmarks_are_the_one_step_rate_and_twice_that():
    assert "a rate of 1/28 = 0.03571 " in verdict.landmarks(setup())
    assert "from 1/14 = 0.07143 " in verdict.landmarks(setup())
    assert verdict.landmarks(setup([0.0], [1], 5)) == ""
    assert verdict.landmarks(setup([1e-40], [1], 5)) == ""


@given(setups())
def test_no_run_shows_nan_inf_or_minus_zero(case: tuple[Setup, pd.DataFrame]):
    made, table = case
    drawn, stride = history_frame.drawn(table)
    shown = [
        verdict.verdict(made, table),
        verdict.landmarks(made),
        numbers.factor(made.share),
        verdict.chart(table),
        verdict.left_out(table, drawn, stride),
        *(numbers.number(number) for number in table.iloc[-1]),
        table.to_csv(),
    ]
    for text in shown:
        assert not NOT_A_NUMBER.search(text), text

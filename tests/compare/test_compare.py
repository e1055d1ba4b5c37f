"""Runs side by side: what they did, which of them won, and the sweep of all learning rates."""

import csv
import io
import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_core.activations import ACTIVATIONS
from gd_core.descent import descend
from gd_core.optimisers import OPTIMISERS, GradientDescent
from gd_core.regimes import Regime
from gd_core.schedules import SCHEDULES
from pages.compare import chart, model, text
from pages.shared import rate_ruler, run_list, runs
from pages.shared.numbers import THIN
from pages.shared.runs import Run
from pages.shared.setup import Setup
from tests.helpers.setups import setup

LESSON = setup()
ONE_STEP = 1 / 28


def compared(made: Setup, listed: str) -> tuple[list[Run], list[pd.DataFrame]]:
    """The sidebar's run and those of a list, and their histories."""
    found = [run_list.yours(made), *runs.read(listed, made.updates)]
    return found, model.histories(made, found)


def test_the_table_has_the_lessons_numbers():
    listed, histories = compared(LESSON, "1/28, 1/14, 0.075, 0.003, adam 0.3")
    table = text.table(LESSON, listed, histories, 0.01)
    assert table["verdict"].tolist()[:5] == [
        Regime.CONVERGES, Regime.ONE_STEP, Regime.OSCILLATES, Regime.DIVERGES, Regime.CONVERGES,
    ]  # fmt: skip
    assert table["factor per update"].tolist()[:5] == ["0.72", "0", "−1", "−1.1", "0.916"]
    # 49 * 0.72^(2k) <= 0.01 from k = 12.94 on; 49 * 0.916^(2k) from k = 48.4 on, which is beyond the run.
    assert table["updates to reach 0.01"].tolist()[:5] == ["13", "1", "never", "never", "later: 49"]
    assert table["last mse"][0] == "9.627 × 10⁻⁵"
    assert "on average" in table["factor per update"][5]


def test_a_target_loss_below_rounding_is_never_said_to_be_reached():
    long = setup(target=0.1, updates=2000)
    table = text.table(long, *compared(long, ""), 1e-50)
    assert table["updates to reach 10⁻⁵⁰"][0] == f"not in 2{THIN}000"


def test_the_first_at_the_target_loss_and_the_lowest_at_the_end_win():
    _, histories = compared(LESSON, "0.003, 1/28, 0.06, 0.075")
    race = model.race(histories, 0.01)
    assert race._replace(loss=0) == model.Race(1, [2], [], [2], 0, [4])
    assert race.loss == pytest.approx(0, abs=1e-24)
    assert "**Run 2 is the first**" in text.winner(race, histories, 0.01)


@pytest.mark.parametrize(("leaving", "said"), [([], ""), ([1], "run 1 is"), ([1, 3], "they are")])
def test_a_run_that_does_not_stay_at_the_target_loss_is_named_if_it_is_not_all_that_got_there(leaving: list, said: str):
    _, histories = compared(LESSON, "0.003, 0.02, 0.02")
    race = model.Race(5, [1, 3], leaving, [1], 0.5, [])
    assert (f"but {said} above" in text.winner(race, histories, 1)) == bool(said)


def test_no_run_is_first_where_none_gets_there_and_all_are_where_the_start_does():
    _, histories = compared(LESSON, "0.003, 0.005")
    assert model.race(histories, 1e-9)[:3] == (None, [], [])
    assert model.race(histories, 49)[:2] == (0, [0, 1, 2])
    for target_loss in (1e-9, 49):
        assert "first" not in text.winner(model.race(histories, target_loss), histories, target_loss)


def test_what_oscillates_for_ever_does_not_end_higher():
    _, histories = compared(setup((1, 7), (1, 2), 6, 0.02), "")
    assert model.race(histories, 0.01).higher == []


def test_runs_that_differ_by_rounding_are_lowest_together():
    _, histories = compared(LESSON, "1/28, 0.0357142857142857, nesterov 0.01")
    race = model.race(histories, 0.01)
    assert race.lowest == [1, 2]
    assert 0 < race.loss <= model.ROUNDING * 49


def test_a_run_that_does_not_stay_at_the_target_loss_leaves_it():
    _, histories = compared(LESSON, "adam 0.3")
    race = model.race(histories[1:], 0.01)
    assert race[:3] == (15, [0], [0])


def test_a_fork_that_is_never_reached_is_named():
    listed, _ = compared(LESSON, "0.01 until 20 then 0.02, 0.01 until 19 then 0.02")
    assert re.findall(r"\d+", text.too_late(listed, 20)) == ["1", "20"]
    assert text.too_late(listed[:1], 20) == ""


def test_the_sweep_is_the_end_of_every_run_with_the_best_rate_and_the_cliff_at_their_exact_places():
    assert rate_ruler.all_weights(LESSON).one_step_rate == pytest.approx(ONE_STEP)
    swept = model.sweep(LESSON, ONE_STEP)
    assert len(swept) == model.SWEPT + 2
    assert swept["rate"].iloc[-1] / swept["rate"].iloc[0] == pytest.approx(10**model.DECADES)
    for place in (0, 200, 260):
        run = descend(LESSON.problem, LESSON.weights, GradientDescent(swept["rate"][place]), 20)
        assert swept["mse"][place] == pytest.approx(run.loss[-1], rel=1e-9)
    assert swept["mse"][swept["rate"] == ONE_STEP].item() == pytest.approx(0, abs=1e-25)
    assert swept["mse"][swept["rate"] == 2 * ONE_STEP].item() == pytest.approx(49)
    assert swept["mse"].iloc[-1] > 1e30
    marks = model.marks(ONE_STEP, linear=True)
    assert marks["what"].tolist() == [Regime.ONE_STEP, Regime.DIVERGES]
    assert [message.split()[-1] for message in marks["message"]] == ["0.03571", "0.07143"]


def test_your_rate_stands_on_the_sweep_where_its_run_ends_and_nowhere_where_no_axis_can_hold_that():
    found, histories = compared(LESSON, "0.02, adam 0.1")
    row = model.now(LESSON, histories[0], 3).iloc[0]
    assert (row["asked"], row["rate"], row["power"]) == (3, 0.01, -2)
    assert row["mse"] == pytest.approx(49 * 0.72**40)
    assert model.on_sweep(found, histories)["run"].tolist() == [1], "yours is a line"
    far = setup(rate=10, updates=2000)
    assert math.isnan(model.now(far, model.histories(far, [run_list.yours(far)])[0], 0)["mse"][0])


def test_a_sweep_in_chunks_is_the_sweep(monkeypatch: pytest.MonkeyPatch):
    made = setup(updates=23, activation="tanh")
    whole = model.sweep(made, ONE_STEP)
    model._final_losses.cache_clear()
    monkeypatch.setattr(model, "CHUNK", 5)
    assert model.sweep(made, ONE_STEP).equals(whole)


def test_a_sweep_that_outgrows_a_float_holds_no_inf_and_one_without_marks_surrounds_the_rate():
    swept = model.sweep(setup(updates=2000), ONE_STEP)
    assert swept["mse"].isna().any()
    assert not np.isinf(swept["mse"]).any()
    still = setup(inputs=(0, 0, 0), target=1)
    one_step = rate_ruler.all_weights(still).one_step_rate
    swept = model.sweep(still, one_step)
    assert swept["rate"].iloc[0] < 0.01 < swept["rate"].iloc[-1]
    assert model.marks(one_step, linear=True).empty
    assert "inf" not in text.sweep(still, one_step)


def test_curves_are_thinned_and_keep_the_last_update():
    _, histories = compared(setup(updates=1999), "5, adam 0.1")
    curves = model.curves(histories)
    assert len(curves) <= 3 * (run_list.STOPS + 2)
    assert curves["update"].max() == 1999
    assert curves["run"].unique().tolist() == [0, 1, 2]
    assert not np.isinf(curves["mse"]).any()
    assert curves["mse"][curves["run"] == 1].isna().any(), "5 diverges"
    limits = model.limits(curves["mse"], 49)
    assert limits["high"] < 8.1 < 200 < limits["highest"]


@pytest.mark.parametrize("updates", [1, 2, 20, 199, 200, 201, 1009, 2000])
def test_the_scrub_bar_reaches_the_last_update_in_even_steps(updates: int):
    drawn = run_list.at_stops([np.arange(updates + 1.0)[:, np.newaxis]] * 2, ["value"])
    first = drawn[drawn["run"] == 0]
    assert (first["value"] == first["update"]).all()
    assert first["update"].iloc[-1] == updates
    assert len(first) <= run_list.STOPS + 2
    assert (first["stop"].diff().dropna() == first["stop"].iloc[1]).all()


def test_the_picture_is_the_same_spec_for_every_rate_so_that_the_scrub_bar_stays():
    specs = []
    for rate in (0.01, 0.012):
        listed, histories = compared(setup(rate=rate), "1/28, 0.075")
        curves, names = model.curves(histories), run_list.names(listed)
        limits, forks = model.limits(curves["mse"], 49), model.forks(listed, histories)
        spec = chart.chart(curves, names, model.ends(curves, names, limits), forks, limits)
        specs.append(({**spec, "datasets": None}, text.picture(histories)))
    assert specs[0] == specs[1]


def test_a_name_stands_where_its_curve_ends_or_leaves_unless_another_is_there():
    listed, histories = compared(LESSON, "1/28, 0.003, near: 0.00300001")
    curves, names = model.curves(histories), run_list.names(listed)
    ends = model.ends(curves, names, model.limits(curves["mse"], 49))
    assert ends["name"].tolist() == ["0: yours", "1: 1/28", "2: 0.003"]
    assert ends["update"].tolist() == [20, 1, 20]
    assert ends["height"][2] == pytest.approx(math.log10(histories[2]["mse"].iloc[-1]))


def test_a_fork_is_marked_where_it_leaves_its_parent():
    listed, histories = compared(LESSON, "0.01, 0.01 until 10 then 0.05, 0.01 until 21 then 0.05")
    forks = model.forks(listed, histories)
    assert forks[["run", "update"]].to_numpy().tolist() == [[2, 10]]
    assert forks["mse"].item() == pytest.approx(histories[1]["mse"][10])


def test_the_csv_is_tidy_whole_and_no_formula_for_a_spreadsheet():
    listed, histories = compared(LESSON, "=1+1: adam 0.3, +5")
    made = model.as_csv(listed, histories)
    assert made.splitlines()[0].startswith("run,name,optimiser,update,mse,prediction,error,slope_1")
    rows = [*csv.DictReader(io.StringIO(made))]
    assert len(rows) == 3 * 21
    assert {row["name"] for row in rows} == {"yours", "'=1+1", ""}
    assert {row["optimiser"] for row in rows} == {"0.01", "adam 0.3", "'+5"}
    assert [float(row["mse"]) for row in rows if row["run"] == "1"] == histories[1]["mse"].tolist()


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(
    ("inputs", "updates"), [((1e-20, 1e20), 1), ((0.0, 0.0), 10_000), ((3.0, 4.0), 20), ((1e50, 1.0), 2)]
)
def test_every_example_can_be_read_for_every_neuron(inputs: tuple[float, float], updates: int, activation: str):
    for listed in model.examples(setup(inputs, (1, 2), 0.5, 0.01, updates, activation)).values():
        assert 3 <= len(runs.read(listed, updates)) <= runs.MOST


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2),
    st.floats(1e-8, 1e8),
    st.sampled_from(sorted(ACTIVATIONS)),
    st.integers(1, 40),
)
def test_any_runs_are_described_without_nan_or_inf(weights: list[float], rate: float, activation: str, updates: int):
    made = setup((1, -2), weights, 0.5, rate, updates, activation)
    listed, histories = compared(made, "1/28, 3, momentum 0.01, adam 0.3")
    if histories[0]["mse"].iloc[0] == 0:
        return
    one_step = rate_ruler.all_weights(made).one_step_rate
    said = [
        text.table(made, listed, histories, 0.01).to_string(),
        text.winner(model.race(histories, 0.01), histories, 0.01),
        text.sweep(made, one_step),
    ]
    assert not re.search("nan|inf", " ".join(said).lower())
    for mse in (model.curves(histories)["mse"], model.sweep(made, one_step)["mse"]):
        limits = model.limits(mse, histories[0]["mse"].iloc[0])
        assert all(math.isfinite(end) for end in limits.values())
        assert limits["lowest"] <= limits["low"] < limits["high"] <= limits["highest"]


def test_optimisers_and_schedules_are_described_from_the_simplest_on_with_their_equations():
    said = text.sections(OPTIMISERS)
    places = [said.index(f"**{name}.**") for name in OPTIMISERS]
    assert places == sorted(places)
    assert "\n    change = -learning_rate * slopes\n" in said
    assert "\n    multiplier = factor ^ update\n" in text.sections(SCHEDULES)

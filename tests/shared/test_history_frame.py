"""The history of a run as a table: every number, and what of it is drawn."""

import csv
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from pages.shared import history_chart, history_frame, image, verdict
from pages.shared.numbers import number
from pages.shared.setup import Setup
from tests.helpers.setups import history, setup, setups


def test_the_history_has_the_promised_columns_and_the_start_in_row_0():
    table = history(setup())
    text = table.to_csv()
    assert text.splitlines()[0] == ("update,mse,prediction,error,slope_1,slope_2,slope_3,weight_1,weight_2,weight_3")
    assert text.splitlines()[1] == "0,49.0,7.0,7.0,14.0,28.0,42.0,0.0,2.0,1.0"
    assert len(table) == 21


def test_the_csv_keeps_full_precision():
    table = history(setup([0.1, 1 / 3], [2 / 7, 1e-30], 1.1, 0.37, updates=300))
    lines = list(csv.reader(table.to_csv().splitlines()))[1:]
    assert [[float(cell) for cell in line[1:]] for line in lines] == table.to_numpy().tolist()


def test_a_diverged_history_has_empty_cells_and_never_inf():
    table = history(setup(rate=1000, updates=200))
    assert len(table) == 201
    assert not np.isinf(table.to_numpy()).any()
    assert table["mse"].isna().iloc[-1]
    assert "inf" not in table.to_csv()
    assert "nan" not in table.to_csv()


@given(setups())
def test_what_is_drawn_is_finite_and_has_both_ends(case: tuple[Setup, pd.DataFrame]):
    _, table = case
    drawn, stride = history_frame.drawn(table)
    assert np.isfinite(drawn.to_numpy()).all()
    assert np.abs(drawn.drop(columns=["stop", "update"]).to_numpy()).max() <= 1e300
    assert drawn["update"].iloc[0] == 0
    assert (np.diff(drawn["stop"]) == stride).all()
    last = int(drawn["update"].iloc[-1])
    beyond = table.iloc[last + 1 : last + 2]
    assert last == len(table) - 1 or not (beyond.abs() <= 1e300).all(axis=None)


@pytest.mark.parametrize("updates", [1, 20, 999, 1000, 1001, 9973, 10_000])
@pytest.mark.parametrize("inputs", [1, 3, 20])
def test_long_runs_are_thinned_and_say_so(updates: int, inputs: int):
    table = history(setup([0.1] * inputs, [1.0] * inputs, 3, 0.01, updates))
    drawn, stride = history_frame.drawn(table)
    assert len(drawn) * drawn.shape[1] * 8 <= 8 * history_frame.DRAWN_NUMBERS
    assert drawn["update"].iloc[-1] == updates
    assert (drawn.set_index("update").drop(columns="stop") == table.loc[drawn["update"]]).all(axis=None)
    assert bool(verdict.left_out(table, drawn, stride)) == (stride > 1)


def test_slopes_and_weights_are_views_of_the_history():
    table = history(setup())
    assert list(history_frame.slopes(table)) == ["slope_1", "slope_2", "slope_3"]
    assert list(history_frame.weights(table)) == ["weight_1", "weight_2", "weight_3"]
    assert history_frame.weights(table).index.name == "update"


def test_a_chart_is_the_same_spec_for_every_rate_so_that_the_scrub_bar_stays():
    slow, fast = history(setup(rate=0.01)), history(setup(rate=0.05))
    one, other = (history_chart.chart(*history_frame.drawn(table)) for table in (slow, fast))
    assert {**one, "datasets": None} == {**other, "datasets": None}
    assert verdict.chart(slow) == verdict.chart(fast)


def test_the_chart_has_the_lessons_titles():
    spec = str(history_chart.chart(*history_frame.drawn(history(setup()))))
    assert "'title': 'Update'" in spec
    assert "'title': 'Mean squared error'" in spec


@pytest.mark.parametrize(("update", "rows"), [(0, range(5)), (1, range(5)), (7, range(5, 10)), (20, range(16, 21))])
def test_the_row_at_the_scrub_bar_is_marked_between_its_neighbours(update: int, rows: range):
    table = history(setup())
    spec = history_chart.chart(*history_frame.drawn(table))
    next(each for each in spec["params"] if each["name"] == "scrub")["value"] = [{"stop": update}]
    panel = image.svg(spec).split("concat_3_group")[1]
    texts = re.findall(r'translate\([^,]+,(\d+)\)"[^>]*>([^<]+)<', panel)  # (pixels from the top, text)
    first = [text for _, text in texts if text.isdecimal()]
    assert first[: len(rows)] == [str(row) for row in rows]
    (top,) = re.findall(r"M0,(\d+)h", panel.split("mark-rect")[1].split("</g>")[0])
    marked = [text for down, text in texts if 0 < int(down) - int(top) < 20]
    assert marked == [str(update), number(table["mse"][update]), *map(number, history_frame.weights(table).loc[update])]


def test_an_error_of_zero_is_said_because_a_log_axis_cannot_draw_it():
    table = history(setup([1], [2], 2, 0.5))
    assert verdict.LOG_LEAVES_OUT in verdict.left_out(table, *history_frame.drawn(table))
    table = history(setup())
    assert not verdict.left_out(table, *history_frame.drawn(table))

"""The data sets, what is made of a table, and the least-squares solution beside the descent."""

import io
import re

import numpy as np
import pandas as pd
import pytest

from gd_core.descent import descend
from gd_core.optimisers import GradientDescent
from pages.shared import history_frame, reader
from pages.your_data import model
from pages.your_data.datasets import DATASETS
from tests.helpers.samples import NAMES, chance, dataset, outcome, typed

# Constant and coefficients by least squares, as published or printed by other programs.
PUBLISHED = {
    "Nebulae": [-40.784, 454.158],
    "Stopping cars": [-17.5791, 3.9324],
    "Cement": [62.4054, 1.5511, 0.5102, 0.1019, -0.1441],
    # NIST's certified values for these data.
    "Employment": [-3482258.63, 15.0618723, -0.0358191793, -2.02022980, -1.03322687, -0.0511041057, 1829.15146],
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_least_squares_solutions_of_the_data_sets_are_the_published_ones(name: str):
    samples = dataset(name, standardise=False)
    least = model.solution(model.problem(samples, "identity", 99, 0), (0.0,) * len(samples.weights))
    assert least
    *weights, bias = least.weights
    assert [bias, *weights] == pytest.approx(PUBLISHED[name], rel=5e-4)


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("bias", [True, False])
def test_the_descent_ends_at_the_least_squares_solution_on_every_data_set(name: str, bias: bool):
    samples = dataset(name, bias=bias)
    batches = model.problem(samples, "identity", 10**6, 0)
    weights = np.zeros(len(samples.weights))
    least = model.solution(batches, tuple(weights))
    assert least
    # The error of the slowest direction, at the best rate.
    needed = np.log(1e-9) / np.log1p(-2 / (max(least.condition, 1.1) + 1))
    for _ in range(int(np.ceil(needed / 10_000))):
        weights = descend(batches, weights, GradientDescent(least.best_rate), 10_000).weights[-1]
    assert weights == pytest.approx(least.weights, rel=1e-6, abs=1e-6 * np.abs(least.weights).max())
    assert float(batches.loss(weights)) == pytest.approx(least.loss, rel=1e-6)


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_has_a_source_and_clean_columns(name: str):
    one = DATASETS[name]
    assert re.search(r".+, .+ Licence: .+", one.credit)
    table = reader.read(one.raw)
    assert len(table.numeric) >= 2
    assert not [column for column in table.columns if column.numbers is None and column.name != "species"]


def test_standardised_inputs_have_mean_0_and_spread_1_and_the_bias_is_1():
    inputs = dataset("Penguins").inputs
    assert inputs[:, :-1].mean(axis=0) == pytest.approx([0, 0, 0], abs=1e-12)
    assert inputs[:, :-1].std(axis=0) == pytest.approx([1, 1, 1])
    assert (inputs[:, -1] == 1).all()
    assert (dataset("Penguins", bias=False, standardise=False).inputs == dataset("Penguins").numbers).all()


def test_weights_in_the_columns_units_predict_the_same():
    samples = dataset("Penguins")
    weights = np.array([1.0, -2.0, 3.0, 4.0])
    *plain, bias = model.per_unit(samples, weights)
    assert samples.numbers @ plain + bias == pytest.approx(samples.inputs @ weights)


def test_a_constant_column_becomes_0_and_leaves_its_weight_undetermined():
    text = "a,b,y\n1,5,1\n2,5,2\n3,5,2\n"
    samples = typed(text)
    assert (samples.inputs[:, 1] == 0).all()
    least = outcome(samples).least
    assert least
    assert not least.unique
    assert model.undetermined(samples) == [2]
    assert model.undetermined(typed(text, standardise=False)) == [2, 3]


def test_with_more_weights_than_samples_the_descent_ends_at_the_nearest_solution():
    samples = typed("a,b,c,y\n1,2,3,1\n3,1,2,4\n", bias=False, standardise=False)
    run = outcome(samples, rate=0.03, updates=5000, start=1.0)
    assert run.least
    assert history_frame.weights(run.history).iloc[-1].tolist() == pytest.approx(run.least.weights)
    assert model.undetermined(samples) == [1, 2, 3]


def test_standardising_makes_the_condition_number_small():
    ways = model.ways(dataset("Penguins"))
    raw = dataset("Penguins", standardise=False)
    assert ways[True, False].condition == pytest.approx(np.linalg.cond(raw.inputs) ** 2)
    assert ways[True, True].condition < 10 < 1e7 < ways[True, False].condition


def test_the_samples_drawn_are_some_of_all_with_both_ends_of_the_first_column():
    rows = "\n".join(f"{(number * 7919) % 20_000},{number}" for number in range(20_000))
    samples = typed(f"x,y\n{rows}")
    drawn = model.points(samples)
    assert len(drawn) <= model.DRAWN_SAMPLES
    assert (drawn["across"].min(), drawn["across"].max()) == (0, 19_999)
    assert (drawn["actual"] == samples.targets[drawn["place"].astype(int) - 1]).all()
    assert len(model.points(dataset("Nebulae"))) == 24


def test_the_line_through_the_samples_is_what_the_neuron_predicts():
    samples = dataset("Nebulae")
    least = outcome(samples).least
    assert least
    line = model.line(samples, least)
    plain, bias = model.per_unit(samples, least.weights)
    assert line["best"].to_numpy() == pytest.approx(line["across"].to_numpy() * plain + bias)
    assert line.filter(like="x_").to_numpy() == pytest.approx(samples.prepare(line[["across"]].to_numpy()))


def test_the_table_to_take_away_has_every_digit_and_no_formula():
    run = outcome(typed(chance(NAMES, 12)), updates=7)
    table = pd.read_csv(io.StringIO(model.history_csv(run)))
    assert len(table) == 8
    assert table["mse"].tolist() == run.history["mse"].tolist()
    assert not [*filter(history_frame.is_formula, table.columns)]


def test_a_moved_target_is_another_table_and_its_least_squares_line_is_another():
    given = typed("x,y\n0,0\n1,1\n2,2\n", standardise=False)
    moved = model.moved(given, 3, 8.0)
    assert moved.targets.tolist() == [0, 1, 8]
    assert given.targets.tolist() == [0, 1, 2]
    least = model.solution(model.problem(moved, "identity", 99, 0), (0.0, 0.0))
    assert least
    # Means 1 and 3; slope ((-1)(-3) + 0 + 1 * 5) / 2 = 4, so the line is 4x - 1.
    assert least.weights == pytest.approx([4, -1])
    assert model.moved(given, 3, 8.0) is moved, "so that a run on its way goes on"


def test_a_target_can_be_dragged_somewhat_beyond_the_others_also_where_all_are_alike():
    assert model.reach(typed("x,y\n0,0\n1,4\n")) == (-1, 5)
    assert model.reach(typed("x,y\n0,3\n1,3\n")) == (0, 6)


def test_a_row_that_is_only_picked_is_the_one_to_drag():
    given = typed("x,y\n0,0\n1,4\n")
    assert model.now(given, 2, None, 5).to_numpy().tolist() == [[5, -1, 5, 0, 2, 4, 1]]
    assert model.now(given, 2, 3.0, 5).to_numpy().tolist() == [[5, -1, 5, 0, 2, 3, 0]]

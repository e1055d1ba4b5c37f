"""Many samples: the shelf, what is made of a table, the best weights beside the descent, and the page."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from gd_core import ACTIVATIONS, OPTIMISERS, GradientDescent, descend, pieces
from pages.parts import charts, frames, picture, program, progress, reader, report, source, words, your_data
from pages.parts.shelf import SHELF
from pages.parts.your_data import Outcome, Samples
from tests.test_pages import NOT_A_NUMBER, errors, shown, visit
from tests.test_reader import NUMBERS
from tests.test_takeaway import run

# Constant and coefficients by least squares, as published or printed by other programs.
PUBLISHED = {
    "Nebulae": [-40.784, 454.158],
    "Stopping cars": [-17.5791, 3.9324],
    "Cement": [62.4054, 1.5511, 0.5102, 0.1019, -0.1441],
    # NIST's certified values for these data.
    "Employment": [-3482258.63, 15.0618723, -0.0358191793, -2.02022980, -1.03322687, -0.0511041057, 1829.15146],
}


def read(raw: bytes) -> your_data.Table:
    """A table that is one."""
    table = your_data.read(raw)
    assert isinstance(table, your_data.Table), table
    return table


def shelved(name: str, *, bias: bool = True, standardise: bool = True) -> Samples:
    """A set of the shelf with all its columns."""
    whole, target = read(SHELF[name].raw), SHELF[name].target
    inputs = tuple(
        place for place, column in enumerate(whole.columns) if column.numbers is not None and place != target
    )
    return your_data.samples(whole, target, inputs, bias=bias, standardise=standardise)


def table(text: str, *, bias: bool = True, standardise: bool = True) -> Samples:
    """The samples of a typed table whose last column is the target."""
    whole = read(text.encode())
    last = len(whole.columns) - 1
    return your_data.samples(whole, last, tuple(range(last)), bias=bias, standardise=standardise)


def outcome(
    samples: Samples,
    rate: float = 0.1,
    updates: int = 50,
    activation: str = "identity",
    optimiser: str = "Gradient descent",
    size: int = 10**6,
    start: float = 0.0,
) -> Outcome:
    """What comes of a run."""
    batches = your_data.problem(samples, activation, size, 3)
    weights = (start,) * len(samples.weights)
    made = OPTIMISERS[optimiser](rate)
    history = your_data.history(descend(batches, weights, made, updates))
    return Outcome(samples, batches, weights, made, history, your_data.best(batches, weights))


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_least_squares_of_the_shelf_are_the_published_ones(name: str):
    samples = shelved(name, standardise=False)
    least = your_data.best(your_data.problem(samples, "identity", 99, 0), (0.0,) * len(samples.weights))
    assert least
    *weights, bias = least.weights
    assert [bias, *weights] == pytest.approx(PUBLISHED[name], rel=5e-4)


@pytest.mark.parametrize("name", SHELF)
@pytest.mark.parametrize("bias", [True, False])
def test_the_descent_ends_at_the_least_squares_on_every_set_of_the_shelf(name: str, bias: bool):
    samples = shelved(name, bias=bias)
    batches = your_data.problem(samples, "identity", 10**6, 0)
    weights = (0.0,) * len(samples.weights)
    least = your_data.best(batches, weights)
    assert least
    needed = np.log(1e-9) / np.log1p(
        -2 / (max(least.condition, 1.1) + 1)
    )  # the error of the slowest direction, at the best rate
    for _ in range(int(np.ceil(needed / 10_000))):
        weights = descend(batches, weights, GradientDescent(least.best_rate), 10_000).weights[-1]
    assert weights == pytest.approx(least.weights, rel=1e-6, abs=1e-6 * np.abs(least.weights).max())
    assert float(batches.loss(weights)) == pytest.approx(least.loss, rel=1e-6)


@pytest.mark.parametrize("name", SHELF)
def test_everything_on_the_shelf_says_whose_it_is_and_has_clean_columns(name: str):
    shelved_set = SHELF[name]
    assert re.search(r"Source of the data: .+, .+ Licence: .+", shelved_set.whose)
    columns = read(shelved_set.raw).columns
    assert columns[shelved_set.target].numbers is not None
    assert not [column for column in columns if column.numbers is None and column.name != "species"]


def test_standardised_inputs_have_mean_0_and_spread_1_and_the_bias_is_1():
    inputs = shelved("Penguins").inputs
    assert inputs[:, :-1].mean(axis=0) == pytest.approx([0, 0, 0], abs=1e-12)
    assert inputs[:, :-1].std(axis=0) == pytest.approx([1, 1, 1])
    assert (inputs[:, -1] == 1).all()
    assert (shelved("Penguins", bias=False, standardise=False).inputs == shelved("Penguins").numbers).all()


def test_weights_in_the_columns_units_predict_the_same():
    samples = shelved("Penguins")
    weights = np.array([1.0, -2.0, 3.0, 4.0])
    *plain, bias = your_data.in_units(samples, weights)
    assert samples.numbers @ plain + bias == pytest.approx(samples.inputs @ weights)


def test_a_constant_column_becomes_0_and_leaves_no_only_answer():
    samples = table("a,b,y\n1,5,1\n2,5,2\n3,5,2\n")
    assert (samples.inputs[:, 1] == 0).all()
    told = outcome(samples)
    assert told.least
    assert not told.least.unique
    assert your_data.tied(samples) == [2]
    assert "**No answer is the only one**" in words.best_weights(told)
    assert "Weight 2 of the table below can change" in words.best_weights(told)
    assert your_data.tied(table("a,b,y\n1,5,1\n2,5,2\n3,5,2\n", standardise=False)) == [2, 3]


def test_more_weights_than_samples_have_no_only_answer_and_descent_picks_the_nearest():
    samples = table("a,b,c,y\n1,2,3,1\n3,1,2,4\n", bias=False, standardise=False)
    told = outcome(samples, rate=0.03, updates=5000, start=1.0)
    assert told.least
    assert told.end == pytest.approx(told.least.weights)
    assert "3 weights and only 2 samples" in words.best_weights(told)
    assert "Weights 1, 2 and 3 together of the table below" in words.best_weights(told)
    assert your_data.tied(samples) == [1, 2, 3]


def test_the_ways_to_set_the_switches_are_told_and_standardising_helps():
    samples = shelved("Penguins")
    ways = {(way.bias, way.standardise): way.truth for way in your_data.ways(samples)}
    assert ways[True, False].condition == pytest.approx(
        np.linalg.cond(shelved("Penguins", standardise=False).inputs) ** 2
    )
    assert ways[True, True].condition < 10 < 1e7 < ways[True, False].condition
    told = words.switches_table(samples, your_data.ways(samples))
    assert [row for row in told["inputs"] if row.endswith("(now)")] == ["with bias, standardised (now)"]


@pytest.mark.parametrize(
    ("rate", "updates", "says"),
    [
        (0.1, 20, ["**Falls.**", "from **271309** to **49756.2** in 20 updates", "by 0.8: after 21 updates 1%"]),
        (0.5, 1, ["by 0: one shot.", "the least there is, 49726.8, to six digits: the descent has arrived"]),
        (0.6, 20, ["**Falls.**", "by -0.2"]),
        (1.0, 20, ["**Gets nowhere.**", "not below the critical one, 1", "by -1."]),
        (1.1, 60, ["**Explodes.**", "not below the critical one, 1"]),
        (1e40, 60, ["**Explodes.**", "From update 4 on the numbers are more than a float can hold"]),
    ],
)
def test_the_verdict_is_true_of_the_nebulae(rate: float, updates: int, says: list[str]):
    told = words.data_verdict(outcome(shelved("Nebulae"), rate, updates))
    for part in says:
        assert part in told
    assert not NOT_A_NUMBER.search(told)


def test_a_start_at_the_best_weights_leaves_nothing_to_do_and_a_perfect_fit_is_told_as_one():
    line = table("a,y\n1,2\n2,4\n3,6\n", bias=False, standardise=False)
    assert words.data_verdict(outcome(line, 0.01, 20, start=2.0)).startswith("**Nothing to do.**")
    perfect = words.data_verdict(outcome(line, 0.1, 500))
    assert "the least there is, 0, but for rounding: the descent has arrived" in perfect
    assert "mean squared error is **0**" in words.best_weights(outcome(line))


def test_every_activation_has_its_words_for_the_browser_and_its_reach():
    assert [*charts.fit.VALUES] == [*ACTIVATIONS]
    assert ["identity", *words.your_data.BETWEEN] == [*ACTIVATIONS]


def test_targets_an_activation_never_reaches_are_told():
    told = words.data_verdict(outcome(shelved("Nebulae"), 0.1, 20, "tanh"))
    assert "tanh stays between -1 and 1, and 24 of the targets are not: out of reach." in told


def test_a_mini_batch_is_told_with_how_often_all_samples_were_seen():
    assert "makes 15 rounds" in words.data_verdict(outcome(shelved("Nebulae"), 0.05, 30, size=13)), (
        "two batches a round"
    )
    still = table("x,y\n1,1\n1,-1\n1,1\n1,-1\n", bias=False, standardise=False)
    assert "stay" not in words.data_verdict(outcome(still, 0.1, 4, size=1))
    told = words.data_verdict(outcome(shelved("Nebulae"), 0.05, 30, size=8))
    assert "each sees 8 of the 24 samples, which makes 10 rounds over all" in told
    assert "rattling" in told


def test_the_samples_drawn_are_some_of_all_with_both_ends_of_the_first_column():
    rows = "\n".join(f"{(number * 7919) % 20_000},{number}" for number in range(20_000))
    samples = table(f"x,y\n{rows}")
    drawn = your_data.points(samples)
    assert len(drawn) <= your_data.DRAWN_SAMPLES
    assert (drawn["across"].min(), drawn["across"].max()) == (0, 19_999)
    assert (drawn["actual"] == samples.aims[drawn["place"].astype(int) - 1]).all()
    few = shelved("Nebulae")
    assert len(your_data.points(few)) == 24


def test_the_line_through_the_samples_is_what_the_neuron_predicts():
    samples = shelved("Nebulae")
    told = outcome(samples)
    line = your_data.line(samples, told.least)
    plain, bias = your_data.in_units(samples, told.least.weights) if told.least else (0, 0)
    assert line["best"].to_numpy() == pytest.approx(line["across"].to_numpy() * plain + bias)
    assert line.filter(like="x_").to_numpy() == pytest.approx(samples.ready(line[["across"]].to_numpy()))


NAMES = ["a.b", "c[0]", "x:Q", "<img src=x>", "=1+1", "it's", "$a$", '"""', "\\"]


def odd() -> Samples:
    """Samples whose columns have names that mean something elsewhere."""
    file = io.StringIO()
    chance = np.random.RandomState(1).normal(size=(12, len(NAMES)))
    csv.writer(file).writerows([NAMES, *chance.tolist()])
    return table(file.getvalue())


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_script_of_every_optimiser_passes_its_own_asserts(activation: str, tmp_path: Path):
    for optimiser in OPTIMISERS:
        for size in (5, 99):
            told = outcome(odd(), 0.05, 60, activation, optimiser, size, start=0.1)
            said = run(program.script(told), tmp_path)
            checked = re.search(r"as in the lab: (\d+) updates checked", said)
            assert checked, said
            assert int(checked[1]) >= 6, f"{optimiser} {size}: {said}"


@pytest.mark.parametrize(("rate", "standardise"), [(1e-9, False), (0.4, True), (3.0, False), (1e40, True)])
def test_the_script_of_every_set_of_the_shelf_passes_its_own_asserts(rate: float, standardise: bool, tmp_path: Path):
    for name in SHELF:
        said = run(program.script(outcome(shelved(name, standardise=standardise), rate, 300)), tmp_path)
        assert "as in the lab" in said
        assert "least mean squared error" in said


def test_a_script_whose_data_are_tampered_with_fails(tmp_path: Path):
    code = program.script(outcome(shelved("Nebulae")))
    assert "[0.275]" in code
    with pytest.raises(AssertionError):
        run(code.replace("[0.275]", "[0.276]", 1), tmp_path)


def test_the_notebook_is_one_and_has_the_script_in_it():
    told = outcome(odd())
    notebook = nbformat.reads(program.notebook(told), as_version=4)
    nbformat.validate(notebook)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert all(part in program.script(told) for part in code)


def test_the_table_to_take_away_has_every_digit_and_no_formula():
    told = outcome(odd(), updates=7)
    table = pd.read_csv(io.StringIO(your_data.as_csv(told)))
    assert len(table) == 8
    assert table["mse"].tolist() == told.history["mse"].tolist()
    assert not [name for name in table.columns if name.startswith(frames.STARTS_A_FORMULA)]


def test_a_picture_of_any_names_is_drawn_and_is_well_formed():
    columns = ["a\x01", "\x1b\x08", "\ufffe&<>", *NAMES]
    file = io.StringIO()
    csv.writer(file).writerows([columns, *np.random.RandomState(2).normal(size=(9, len(columns))).tolist()])
    told = outcome(table(file.getvalue()))
    drawn, stride = frames.drawn(told.history)
    datasets = your_data.datasets(told.samples, drawn, told.least)
    spec = charts.fit.chart((told.samples.names, told.samples.target), "identity", datasets, stride, log=False)
    drawing = ElementTree.fromstring(picture.svg(spec))  # noqa: S314 - our own
    assert "a.b" in "".join(drawing.itertext())
    assert picture.png(charts.fit.on_paper(spec)).startswith(b"\x89PNG")


def test_stopping_and_going_on_loses_no_update_and_makes_none_twice():
    batches = your_data.problem(shelved("Nebulae"), "tanh", 5, 0)
    run_through = descend(batches, [0, 0], GradientDescent(0.1), 40)
    job = progress.Job((), pieces(batches, [0, 0], GradientDescent(0.1), 40, 3))
    assert job.advance()
    job.stop()
    assert not job.advance()
    assert len(job.history().loss) == 3
    job.go_on()
    while job.advance():
        job.history()
    assert np.array_equal(job.history().weights, run_through.weights)
    job.stop()
    assert not job.stopped, "there is nothing to stop any more"


def test_the_report_is_html_that_holds_names_as_text_and_asks_nobody():
    html = report.page(outcome(odd()), "<svg></svg>", "http://127.0.0.1/your_data?a=1&b=<2>")
    assert "<img" not in html
    assert "&lt;img src=x&gt;" in html
    assert not re.search(r"<(script|link|img|iframe)|src=[\"']", html)
    assert "**" not in html


@given(st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=1, max_size=6), st.data())
def test_any_table_is_told_without_an_exception_and_without_nan(rows: list[list[float]], data: st.DataObject):
    text = "\n".join(",".join(map(repr, row)) for row in rows)
    samples = table(text, bias=data.draw(st.booleans()), standardise=data.draw(st.booleans()))
    told = outcome(
        samples,
        data.draw(st.floats(1e-50, 1e50)),
        data.draw(st.integers(1, 30)),
        data.draw(st.sampled_from(list(ACTIVATIONS))),
        data.draw(st.sampled_from(list(OPTIMISERS))),
        data.draw(st.integers(1, 7)),
        data.draw(st.floats(-1e50, 1e50)),
    )
    said = [words.data_verdict(told), words.best_weights(told), words.fit_picture(samples, 1, told.history)]
    if told.least:
        said.append(words.switches(samples, your_data.ways(samples)))
        said += words.switches_table(samples, your_data.ways(samples)).to_numpy().ravel().tolist()
    said.append(report.page(told, "", ""))
    for sentence in said:
        assert not NOT_A_NUMBER.search(sentence), sentence


def test_edits_of_cells_are_written_into_the_text():
    frame = pd.DataFrame([["1", "2"], ["3", "4"], ["5", "6"]], columns=["a", "b,c"], dtype=str)
    edits = {"edited_rows": {1: {"b,c": "x"}}, "deleted_rows": [0], "added_rows": [{"a": "7"}, {}]}
    assert reader.edited(frame, edits) == 'a,"b,c"\n3,x\n5,6\n7,\n,'


def opened(**link: str) -> AppTest:
    """The page, opened by a link."""
    return visit("your_data.py", **link)


@pytest.mark.parametrize("name", SHELF)
def test_the_page_shows_every_set_of_the_shelf(name: str):
    app = opened(data=name, rate="0.1")
    assert not app.exception
    assert not app.error
    assert "**Falls.**" in app.info[0].value
    assert "condition number" in shown(app)
    assert not NOT_A_NUMBER.search(shown(app))


def test_the_page_takes_every_setting_from_the_link():
    app = opened(
        data="Penguins", aim="bill depth (mm)", columns="flipper length (mm)", bias="false", standardise="false",
        optimiser="Adam", batch="a batch of them", size="10", seed="4", start="0.5", rate="0.001", updates="30",
    )  # fmt: skip
    assert not app.error
    assert "each sees 10 of the 342 samples" in app.info[0].value
    app.radio(key="by_update").set_value("Weights").run()
    assert app.dataframe[0].value.iloc[0].tolist() == [0.5]
    assert app.selectbox(key="optimiser").value == "Adam"


def test_a_typed_table_is_used_and_a_wrong_one_is_told_and_kept():
    app = opened(data=source.TYPED, table="x;y\n1;2,5\n2;3,5\n3;5", rate="0.1")
    assert not app.error
    assert "from **14.5**" in app.info[0].value
    app.text_area(key="table").input("x,y\n1,2\n3,oops").run()
    assert errors(app) == [
        "A table needs two columns of numbers, a target and an input. "
        "In column 2 row 3 is not a number. Fill it in, or take the row out."
    ]
    assert app.text_area(key="table").value == "x,y\n1,2\n3,oops"
    app.text_area(key="table").input("x,y\n" + "1,2\n" * 1200).run()
    assert "It has more than 4,000 characters" in errors(app)[0]


def test_other_columns_are_chosen_where_the_chosen_ones_are_gone():
    app = opened(data=source.TYPED, table="x,y,z\n1,2,3\n2,3,5\n3,5,9", aim="x", columns="z", rate="0.1")
    assert app.multiselect(key="columns").value == [2]
    app.text_area(key="table").input("x,y\n1,2\n2,3\n3,5").run()
    assert not app.error
    assert not app.exception
    assert app.multiselect(key="columns").value == [0]
    app.text_area(key="table").input("p,q\n1,2\n2,3\n3,5").run()
    assert app.selectbox(key="aim").value == 1
    assert app.multiselect(key="columns").value == [0]
    app.text_area(key="table").input("a,y\nm,2\nn,3\no,5").run()
    assert "A table needs two columns of numbers" in errors(app)[0]


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ({"start": "1 2 3"}, "The weights at the start cannot be used yet. These are 3 numbers."),
        ({"start": "one"}, "The weights at the start cannot be used yet. This is not a number."),
        ({"batch": "a batch of them", "size": "25"}, "Samples in a batch: Type one whole number from 1 to 24."),
        ({"batch": "a batch of them", "size": "2.5"}, "Samples in a batch: Type one whole number from 1 to 24."),
        ({"batch": "one of them", "seed": "-1"}, "Seed of their order: Type one whole number from 0 to 4,294,967,295."),
        ({"rate": "0"}, "A learning rate of 0 or less does not go downhill."),
        ({"columns": "no such column"}, ""),
        ({"aim": "no such column", "data": "nothing", "optimiser": "?", "batch": "?", "bias": "maybe"}, ""),
    ],
)
def test_what_a_link_has_wrong_is_told_in_a_sentence_or_left_alone(link: dict[str, str], says: str):
    app = opened(**link)
    assert not app.exception
    assert (says in "\n".join(errors(app))) if says else not app.error


def test_the_best_rate_is_taken_with_a_button():
    app = opened(data="Nebulae")
    next(button for button in app.button if "best" in button.label).click().run()
    assert app.text_input(key="rate").value == "0.5"
    assert "the descent has arrived" in app.info[0].value


def test_the_other_pages_open_after_a_typed_table():
    app = opened(data=source.TYPED)
    for file in ("compare.py", "surface.py", "practice.py", "your_data.py"):
        app.switch_page(file).run()
        assert not app.exception
        assert not app.error


def test_an_upload_is_read_and_kept_while_other_pages_are_open():
    app = opened(data=source.FILE)
    assert "Choose a file" in app.info[0].value
    app.file_uploader[0].upload("t.csv", b"x,y\n1,2\n2,3\n3,5\n", "text/csv").run()
    assert not app.error
    assert "mean squared error goes from" in app.info[0].value
    app.switch_page("slope.py").run()
    app.switch_page("your_data.py").run()
    assert "mean squared error goes from" in app.info[0].value
    next(button for button in app.button if button.label == "Let go of it").click().run()
    assert "Choose a file" in app.info[0].value


def test_with_an_activation_there_is_no_formula_and_the_page_says_so():
    app = opened(data="Nebulae", activation="tanh", rate="0.1")
    assert not app.exception
    assert "there is no formula for the best weights" in shown(app)
    assert "Take the best" not in " ".join(button.label for button in app.button)

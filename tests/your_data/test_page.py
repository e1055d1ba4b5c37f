"""The page Your data, as the server runs it but without a browser."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from gd_core.activations import ACTIVATIONS
from gd_core.optimisers import OPTIMISERS
from gd_core.regimes import Regime
from gd_core.samples import least_squares
from pages.shared import fields, reader, sidebar, verdict
from pages.shared.fields import ONE, SOME
from pages.shared.numbers import THIN
from pages.your_data import program, source, text
from pages.your_data.datasets import DATASETS
from pages.your_data.fields import WRONG_OPTION
from tests.helpers.app import NOT_A_NUMBER, errors, shown, verdicts, visit
from tests.helpers.made_up import SOFTSIGN, SignDescent
from tests.helpers.programs import printed
from tests.helpers.samples import dataset, outcome


def opened(**link: str) -> AppTest:
    """The page, opened by a link, without a complaint."""
    app = visit("your_data", **link)
    assert not app.exception
    assert not errors(app)
    return app


def button(app: AppTest, label: str):
    """The button with a label."""
    return next(one for one in app.button if one.label == label)


@pytest.mark.parametrize("name", DATASETS)
def test_the_page_shows_every_data_set(name: str):
    app = opened(data=name, rate="0.1")
    assert all(chart.proto.alt for chart in app.get("vega_lite_chart"))
    assert len(app.get("vega_lite_chart")) == 2
    assert not NOT_A_NUMBER.search(shown(app))


def close(app: AppTest) -> bool:
    """Whether the run on the page ends within 5 % of the least mean squared error."""
    table = app.session_state
    neuron = table["job"].settings[0].neuron
    least = least_squares(neuron, np.zeros(neuron.inputs.shape[1]))
    return table["job"].history().loss[-1] <= 1.05 * least.loss


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_ends_close_to_its_least_squares_solution_when_it_is_chosen(name: str):
    app = opened(rate="1e-9")
    assert not close(app)
    if name == next(iter(DATASETS)):
        app.selectbox(key="data").set_value("Penguins").run()
    app.selectbox(key="data").set_value(name).run()
    assert close(app)
    assert close(opened(data=name)), "an address that lists no rate"
    assert int(DATASETS[name].updates) <= 100


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("link", [{"rate": "0.01", "updates": "20"}, {"rate": "0.01"}, {"updates": "20"}])
def test_a_rate_or_a_number_of_updates_in_the_link_is_never_replaced(name: str, link: dict[str, str]):
    app = opened(data=name, **link)
    assert (app.text_input(key="rate").value, app.text_input(key="updates").value) == ("0.01", "20")
    assert not close(app)


def test_what_was_typed_on_another_page_is_not_replaced():
    app = visit("slope")
    app.text_input(key="rate").set_value("0.02").run()
    app.switch_page("your_data/page.py").run()
    assert app.text_input(key="rate").value == "0.02"
    assert app.text_input(key="updates").value == "20"


def test_the_rate_of_a_data_set_stays_on_this_page_and_a_typed_one_goes_along():
    app = opened()
    assert app.text_input(key="rate").value == DATASETS["Nebulae"].rate
    app.switch_page("slope/page.py").run()
    assert app.text_input(key="rate").value == sidebar.DEFAULTS["rate"]
    assert app.text_input(key="updates").value == sidebar.DEFAULTS["updates"]
    app.switch_page("your_data/page.py").run()
    assert close(app)
    app.text_input(key="rate").set_value("0.3").run()
    app.switch_page("slope/page.py").run()
    assert app.text_input(key="rate").value == "0.3"


def test_the_page_takes_every_setting_from_the_link_and_writes_it_there():
    link = {
        "data": "Penguins", "aim": "bill depth (mm)", "columns": "flipper length (mm)", "bias": "false",
        "standardise": "false", "optimiser": "Adam", "batch": SOME, "size": "10", "seed": "4", "start": "0.5",
        "rate": "0.001", "updates": "30", "activation": "identity",
    }  # fmt: skip
    app = opened(**link)
    assert "10 of the 342 samples" in verdicts(app)[0]
    app.radio(key="by_update").set_value("Weights").run()
    assert app.dataframe[0].value.iloc[0].tolist() == [0.5]  # of one weight
    assert app.selectbox(key="optimiser").value == "Adam"
    written = {key: values[0] for key, values in parse_qs(urlsplit(app.code[0].value).query).items()}
    assert link.items() <= written.items()


@pytest.mark.parametrize(("old", "new"), [("a batch of them", SOME), ("one of them", ONE)])
def test_a_batch_has_its_old_names_in_old_links(old: str, new: str):
    app = opened(batch=old, seed="5")
    assert app.selectbox(key="batch").value == new
    assert app.text_input(key="seed").value == "5"


def test_a_typed_table_is_used_and_a_wrong_one_is_described_and_kept():
    app = opened(data=source.TYPED, table="x;y\n1;2,5\n2;3,5\n3;5", rate="0.1")
    assert "from **14.5**" in verdicts(app)[0]
    app.text_area(key="table").input("x,y\n1,2\n3,oops").run()
    assert errors(app) == [f"{source.TWO_COLUMNS} In column 2, row 3, `oops` {reader.NO_NUMBER}"]
    assert app.text_area(key="table").value == "x,y\n1,2\n3,oops"
    app.text_area(key="table").input("x,y\n1,2,3").run()
    assert "Row 2 has 3 cells" in errors(app)[0]
    app.text_area(key="table").input("x,y\n" + "1,2\n" * 1200).run()
    assert errors(app) == [reader.TOO_LONG]


def test_commas_between_groups_of_three_are_thousands_and_decimal_with_one_click_which_is_in_the_link():
    table = "size\trooms\tprice\n2,104\t3\t399,900\n1,600\t3\t329,900\n852\t2\t179,900"
    app = opened(data=source.TYPED, table=table, rate="0.1")
    assert app.session_state["job"].settings[0].neuron.targets.tolist() == [399900, 329900, 179900]
    assert "Columns 1, 3: commas divide thousands" in shown(app)
    app.checkbox(key="marks").check().run()
    for each in (
        app,
        opened(**{key: str(value) for key, value in app.session_state[fields.LINK].items() if key != "columns"}),
    ):
        assert each.session_state["job"].settings[0].neuron.targets.tolist() == [399.9, 329.9, 179.9]
        assert "Columns 1, 3: decimal commas" in shown(each)
    app.text_area(key="table").input("x\ty\n1,000\t2\n2,000\t3").run()
    assert not app.checkbox(key="marks").value, "another table is read as usual"


def test_a_column_that_counts_the_rows_is_no_input_until_it_is_chosen():
    app = opened(data=source.TYPED, table="id,x,y\n1,5,2\n2,7,3\n3,4,4", rate="0.1")
    assert app.multiselect(key="columns").value == [1]
    assert f"Column 1: {source.COUNTS}" in shown(app)
    app.multiselect(key="columns").set_value([0, 1]).run()
    assert app.session_state["job"].settings[0].neuron.inputs.shape == (3, 3)
    app.text_area(key="table").input("x,y,id\n5,2,1\n7,3,2\n4,4,3").run()
    assert (app.selectbox(key="aim").value, app.multiselect(key="columns").value) == (1, [0])
    app.selectbox(key="aim").set_value(2).run()
    assert app.multiselect(key="columns").value == [0, 1]


@pytest.mark.parametrize(
    ("table", "out", "share", "shape", "other", "other_shape"),
    [
        ("x,y\n1,52\n2,\n4,61\n7,70", source.ROWS, "1 of 4 rows", (3, 2), "", None),
        ("x,z,y\n1,3,52\n2,?,55\n4,4,61\n7,5,70", source.COLUMNS, "1 of 3 columns", (4, 2), "1 of 4 rows", (3, 3)),
        (
            "x,z,y\n1,3,5\n2,NA,5\n4,4,6\n7,5,7\n1,2,4\n1,1,1",
            source.ROWS, "1 of 6 rows", (5, 3), "1 of 3 columns", (6, 2),
        ),
    ],
)  # fmt: skip
def test_rows_or_columns_are_left_out_where_cells_are_missing(table, out, share, shape, other, other_shape):
    app = opened(data=source.TYPED, table=table, rate="0.1")
    assert app.radio(key="missing").value == out
    assert f"{share} left out" in shown(app)
    assert app.session_state["job"].settings[0].neuron.inputs.shape == shape
    app.radio(key="missing").set_value(source.ROWS if out == source.COLUMNS else source.COLUMNS).run()
    if other:
        assert f"{other} left out" in shown(app)
        assert app.session_state["job"].settings[0].neuron.inputs.shape == other_shape
    else:
        assert errors(app) == [f"{source.TWO_COLUMNS} Column 2 has 1 missing cell."]


def test_where_every_row_lacks_a_cell_this_is_said():
    app = visit("your_data", data=source.TYPED, table="x,y\n1,\n,2", rate="0.1")
    assert errors(app) == [source.EVERY_ROW]


def test_other_columns_are_chosen_where_the_chosen_ones_are_gone():
    app = opened(data=source.TYPED, table="x,y,z\n1,2,3\n2,3,5\n3,5,9", aim="x", columns="z", rate="0.1")
    assert app.multiselect(key="columns").value == [2]
    app.text_area(key="table").input("x,y\n1,2\n2,3\n3,5").run()
    assert not errors(app)
    assert not app.exception
    assert app.multiselect(key="columns").value == [0]
    app.text_area(key="table").input("p,q\n1,2\n2,3\n3,5").run()
    assert app.selectbox(key="aim").value == 1
    assert app.multiselect(key="columns").value == [0]
    app.multiselect(key="columns").set_value([]).run()
    assert errors(app) == [source.NO_INPUT]
    app.text_area(key="table").input("a,y\nm,2\nn,3\no,5").run()
    assert errors(app)[0].startswith(source.TWO_COLUMNS)


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ({"start": "1 2 3"}, "Type 1 number for all weights, or 2, one for each."),
        ({"start": "one"}, "Type 1 number for all weights, or 2, one for each."),
        ({"batch": SOME, "size": "25"}, "Type one whole number from 1 to 24."),
        ({"batch": SOME, "size": "2.5"}, "Type one whole number from 1 to 24."),
        ({"batch": ONE, "seed": "-1"}, f"Type one whole number from 0 to 4{THIN}294{THIN}967{THIN}295."),
    ],
)
def test_a_field_that_cannot_be_used_says_what_to_type_and_the_others_stay(link: dict[str, str], says: str):
    app = visit("your_data", **link)
    assert not app.exception
    beneath, page = errors(app)
    assert beneath.endswith(says)
    assert page == WRONG_OPTION
    assert app.text_input(key="start")
    assert not verdicts(app)


def test_a_rate_that_cannot_be_used_leaves_the_fields_as_they_are():
    link = {"data": "Penguins", "batch": ONE, "seed": "5"}
    app = visit("your_data", rate="0", **link)
    assert len(errors(app)) == 1, "beneath the field"
    assert app.text_input(key="seed").value == "5"
    app.text_input(key="rate").set_value("0.1").run()
    assert not errors(app)
    assert {key: app.session_state[key] for key in link} == link


@pytest.mark.parametrize(
    "link",
    [
        {"columns": "no such column"},
        {"aim": "no such column", "data": "nothing", "optimiser": "?", "batch": "?", "bias": "maybe"},
    ],
)
def test_a_link_that_asks_for_what_is_not_there_opens_the_usual(link: dict[str, str]):
    assert verdicts(opened(**link))[0] == verdicts(opened())[0]


def test_the_best_rate_one_that_is_too_slow_and_one_that_is_too_fast_are_taken_with_buttons():
    app = opened(data="Nebulae")
    for label, rate, says in (
        ("Best learning rate", "0.5", text.CONVERGED),
        ("Too slow", "0.005", " times the minimum"),
        ("Too fast", "1.05", verdict.heading(Regime.DIVERGES)),
    ):
        button(app, label).click().run()
        assert app.text_input(key="rate").value == rate
        assert says in verdicts(app)[0]


def test_inputs_of_0_have_no_best_rate():
    app = opened(data=source.TYPED, table="x,y\n0,1\n0,2", bias="false", rate="0.1")
    assert button(app, "Best learning rate").disabled
    assert button(app, "Too fast").disabled


def test_the_other_pages_open_after_a_typed_table():
    app = opened(data=source.TYPED)
    for folder in ("compare", "surface", "practice", "your_data"):
        app.switch_page(f"{folder}/page.py").run()
        assert not app.exception
        assert not errors(app)


def test_an_upload_is_read_and_kept_while_other_pages_are_open_and_can_be_removed():
    app = opened(data=source.FILE)
    assert verdicts(app)[0] == source.NO_FILE
    app.file_uploader[0].upload("t.csv", b"x,y\n1,2\n2,3\n3,5\n", "text/csv").run()
    assert not errors(app)
    run = verdicts(app)[0]
    assert "goes from" in run
    app.switch_page("slope/page.py").run()
    app.switch_page("your_data/page.py").run()
    assert verdicts(app)[0] == run
    button(app, "Remove file").click().run()
    assert verdicts(app)[0] == source.NO_FILE


def test_a_link_to_an_uploaded_file_has_its_columns_but_none_of_its_numbers():
    app = opened(data=source.FILE)
    app.file_uploader[0].upload("t.csv", b"x,y\n1,2\n2,37\n3,5\n", "text/csv").run()
    link = app.session_state[fields.LINK]
    assert (link["data"], link["aim"], link["columns"]) == (source.FILE, "y", ["x"])
    assert "37" not in app.code[0].value


def test_the_columns_of_a_link_are_used_for_each_file_that_has_them():
    app = opened(data=source.FILE, aim="x", columns="z")
    for names, target, inputs in (("x,y,z", 0, [2]), ("x,y,z", 0, [2]), ("x,y,u", 2, [0, 1])):
        app.file_uploader[0].upload("t.csv", f"{names}\n1,2,3\n2,3,4\n3,5,8\n".encode(), "text/csv").run()
        assert (app.selectbox(key="aim").value, app.multiselect(key="columns").value) == (target, inputs)


def test_with_an_activation_there_is_no_least_squares_solution():
    app = opened(data="Nebulae", activation="tanh", rate="0.1")
    assert "Best learning rate" not in [one.label for one in app.button]
    assert list(app.dataframe[1].value.columns) == ["at the end", "at the end, per unit"]


def test_an_activation_and_an_optimiser_need_no_entry_but_those_in_the_registries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setitem(ACTIVATIONS, "softsign", SOFTSIGN)
    monkeypatch.setitem(OPTIMISERS, "Sign descent", SignDescent)
    app = opened(data="Nebulae", activation="softsign", optimiser="Sign descent", rate="0.01", batch=SOME)
    assert "24 of the targets" in verdicts(app)[0]
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    assert '"datum.sum / (1 + max(datum.sum, -datum.sum))"' in json.dumps(spec)
    run = outcome(dataset("Nebulae"), 0.01, 50, "softsign", "Sign descent", 8)
    (said,) = printed([program.program(run).script()], tmp_path)
    assert "updates checked" in said


def test_a_moved_target_is_in_the_link_changes_the_run_and_what_is_taken_home_and_is_put_back():
    table = {"data": source.TYPED, "table": "x,y\n0,0\n1,1\n2,2\n"}
    app = opened(**table, row="3", to="8")
    targets = app.session_state["job"].settings[0].neuron.targets
    assert targets.tolist() == [0, 1, 8]
    assert "Row 3 is dragged from 2 to 8." in shown(app)
    link = parse_qs(urlsplit(app.code[0].value).query)
    assert (link["row"], link["to"], link["table"]) == (["3"], ["8"], [table["table"]])
    button(app, "Put it back").click().run()
    assert app.session_state["job"].settings[0].neuron.targets.tolist() == [0, 1, 2]
    assert "dragged" not in shown(app)
    assert app.text_input(key="to").value == ""


@pytest.mark.parametrize(
    ("link", "sentences"),
    [({"row": "99", "to": "1"}, 1), ({"row": "x"}, 1), ({"row": "1", "to": "nan"}, 1), ({"to": "5"}, 0)],
)
def test_a_row_or_a_target_that_cannot_be_used_moves_nothing(link: dict[str, str], sentences: int):
    app = visit("your_data", **link)
    assert not app.exception
    assert len(errors(app)) == sentences
    assert app.session_state["job"].settings[0].neuron.targets.tolist() == dataset("Nebulae").targets.tolist()


def test_a_moved_target_is_of_its_table_only():
    app = opened(row="1", to="5000")
    app.selectbox(key="data").set_value("Stopping cars").run()
    assert app.text_input(key="row").value == ""
    assert not app.exception

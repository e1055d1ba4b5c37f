"""The page Many updates, and what every page takes from the sidebar."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from gd_core.regimes import Regime
from pages.shared import fields
from pages.shared.sidebar import DEFAULTS, WORKED
from pages.shared.verdict import heading
from tests.helpers.app import errors, shown, verdicts, visit


def test_the_page_shows_the_lessons_numbers():
    app = visit("many_updates")
    assert "from **49** to **9.627 × 10⁻⁵** in 20 updates" in verdicts(app)[0]
    assert "`1 − 2 × 0.01 × 14 = 0.72`" in shown(app)
    slopes, weights = (table.value for table in app.dataframe)
    assert slopes.iloc[0].tolist() == [14, 28, 42]
    assert weights.iloc[1].tolist() == pytest.approx([-0.14, 1.72, 0.58])
    assert len(slopes) == len(weights) == 21


def test_a_link_sets_every_field():
    link = {"inputs": "3 4", "weights": "[1 2]", "target": "6", "rate": "0.02", "updates": "5"}
    app = visit("many_updates", **link)
    assert {field.key: field.value for field in app.text_input} == link
    assert "from **25** to **0** in 5 updates" in verdicts(app)[0]
    assert len(app.dataframe[0].value) == 6


def test_a_link_names_the_activation_and_an_unknown_one_gets_a_sentence():
    app = visit("many_updates", activation="tanh", target="0.5")
    assert app.selectbox(key="activation").value == "tanh"
    assert not errors(app)
    app = visit("", activation="<b>")
    assert len(errors(app)) == 1
    assert "<b>" not in errors(app)[0]
    assert app.selectbox(key="activation").value == "identity"


def test_a_link_keeps_every_digit():
    app = visit("many_updates", rate="0.012345678901234567")
    assert app.text_input(key="rate").value == "0.012345678901234567"
    assert "rate=0.012345678901234567" in app.code[0].value


def test_the_slider_and_the_field_are_one_learning_rate():
    app = visit("many_updates")
    app.select_slider[0].set_value(0.05).run()
    assert app.text_input(key="rate").value == "0.05"
    assert app.select_slider[0].value == 0.05
    app.text_input(key="rate").set_value("0.0123").run()
    assert app.select_slider[0].value == 0.0123
    assert "0.6556" in shown(app)
    app.text_input(key="rate").set_value("1e20").run()
    assert app.select_slider[0].value == 1e20
    assert [app.select_slider[0].options[end] for end in (0, -1)] == ["10⁻⁶", "10²⁰"]
    app.select_slider[0].set_value(0.05).run()
    assert app.text_input(key="rate").value == "0.05"
    assert not app.exception


def test_a_slider_that_is_dragged_stays_the_same_one():
    app = visit("many_updates")
    key = app.select_slider[0].key
    for rate in (0.05, 0.1, 0.2):
        app.select_slider[0].set_value(rate).run()
        assert app.select_slider[0].key == key


def test_a_slider_that_has_not_yet_heard_of_a_typed_rate_does_not_undo_it():
    app = visit("many_updates")
    before = app.select_slider[0]
    app.text_input(key="rate").set_value("0.0123").run()
    assert app.select_slider[0].key != before.key
    app.select_slider[0].set_value(0.05).run()
    assert app.text_input(key="rate").value == "0.05"


def test_a_worked_neuron_is_one_click_away_and_any_change_frees_its_button():
    app = visit("many_updates")
    three, two = app.sidebar.button
    assert three.disabled
    two.click().run()
    fields = {name: app.text_input(key=name).value for name in ("inputs", "weights", "target")}
    assert fields | {"activation": "identity"} == WORKED["Two inputs: 3, 4"]
    assert [button.disabled for button in app.sidebar.button] == [False, True]
    app.text_input(key="target").set_value("7").run()
    assert [button.disabled for button in app.sidebar.button] == [False, False]
    assert app.text_input(key="inputs").value == "3, 4"
    assert not errors(app)


@pytest.mark.parametrize(
    "link",
    [
        {"inputs": "words"},
        {"inputs": "1, nan"},
        {"inputs": "1e999"},
        {"inputs": ""},
        {"inputs": "1 " * 50},
        {"weights": "1, 2"},
        {"target": "1, 2"},
        {"rate": "0"},
        {"rate": "-0.1"},
        {"rate": "fast"},
        {"updates": "10001"},
        {"updates": "2.5"},
        {"updates": "inf"},
    ],
)
def test_bad_input_gets_one_sentence_beneath_it_and_stays_and_the_page_goes_on_as_by_default(link: dict[str, str]):
    app = visit("many_updates", **link)
    (name, text), *_ = link.items()
    assert app.text_input(key=name).value == text
    assert len(errors(app)) == 1
    assert len(verdicts(app)) == 1
    assert verdicts(app) == verdicts(visit("many_updates"))
    assert app.session_state[fields.LINK][name] == DEFAULTS[name], "a link opens what is shown"


def remarks(app: AppTest) -> list[str]:
    """How commas are read, as the page says."""
    return [caption.value for caption in app.caption if "is read as" in caption.value]


@pytest.mark.parametrize(
    ("link", "same", "says"),
    [
        ({"rate": "0,01"}, {"rate": "0.01"}, ["0,01 is read as 0.01."]),
        ({"inputs": "1,5; 2,5; 3"}, {"inputs": "1.5, 2.5, 3"}, ["1,5 is read as 1.5."]),
        ({"weights": "0,5 2 1"}, {"weights": "0.5, 2, 1"}, ["0,5 is read as 0.5."]),
        (
            {"inputs": "1,5", "weights": "0, 2"},
            {"inputs": "1, 5", "weights": "0, 2"},
            ["1,5 is read as 1 and 5. If you mean one number, type 1.5."],
        ),
        ({"target": "np.float64(0.5)"}, {"target": "0.5"}, []),
        ({"weights": "array([0., 2., 1.])", "updates": "20."}, {}, []),
    ],
)
def test_numbers_are_read_as_people_and_numpy_write_them(link: dict[str, str], same: dict[str, str], says: list[str]):
    app, plain = visit("many_updates", **link), visit("many_updates", **same)
    assert not app.error
    assert app.info[0].value == plain.info[0].value
    assert remarks(app) == says
    assert not remarks(plain)


def test_a_comma_that_makes_a_number_too_many_is_explained_where_that_is_refused():
    app = visit("many_updates", inputs="2", weights="1,5")
    assert all("1,5 is read as 1 and 5. If you mean one number, type 1.5." in sentence for sentence in errors(app))
    app = visit("many_updates", updates="1,000")
    assert all("type 1000 or 1." in sentence for sentence in errors(app))


def test_every_field_can_be_wrong_at_once_and_right_again():
    app = visit("many_updates", inputs="?", weights="?", target="?", rate="?", updates="?")
    assert len(errors(app)) == 5
    for name, text in DEFAULTS.items():
        if name != "activation":
            app.text_input(key=name).set_value(text)
    app.run()
    assert not errors(app)
    assert "from **49**" in verdicts(app)[0]


def test_inputs_and_weights_that_do_not_fit_leave_both_as_they_were_while_the_rest_follows():
    app = visit("many_updates", inputs="3, 4", weights="1, 2", target="6")
    app.text_input(key="inputs").set_value("3, 4, 5")
    app.text_input(key="rate").set_value("0.02").run()
    assert len(errors(app)) == 1
    assert "from **25** to **0** in 20 updates" in verdicts(app)[0]
    assert "3, 4 and 1, 2." in app.caption[0].value
    app.text_input(key="weights").set_value("1, 2, 0").run()
    assert not errors(app)
    assert not any("3, 4 and" in caption.value for caption in app.caption)


def test_dragging_the_slider_fixes_a_mangled_rate():
    app = visit("many_updates", rate="<b>")
    app.select_slider[0].set_value(0.02).run()
    assert app.text_input(key="rate").value == "0.02"
    assert not errors(app)


def test_a_rate_that_cannot_be_read_leaves_the_slider_where_it_was():
    app = visit("many_updates")
    app.select_slider[0].set_value(0.1).run()
    app.text_input(key="rate").set_value("abc").run()
    assert app.select_slider[0].value == 0.1


def test_ten_thousand_updates_are_tabulated_whole_and_drawn_thin():
    app = visit("many_updates", updates="10000")
    assert not app.exception
    assert "One update in 20" in app.caption[0].value
    assert len(app.dataframe[0].value) == 10_001


def test_a_run_that_diverges_says_where_the_float_ends():
    app = visit("many_updates", rate="1000", updates="200")
    assert verdicts(app)[0].startswith(heading(Regime.DIVERGES))
    assert "From update 35 on" in shown(app)
    assert "to **too large**" in verdicts(app)[0]
    assert "update 33" in app.caption[0].value


@pytest.mark.parametrize("rate", ["0.01", "0.2"])
def test_the_axis_begins_linear_so_that_a_run_that_diverges_is_seen_to(rate: str):
    chart: Any = visit("many_updates", rate=rate).get("vega_lite_chart")[0]
    assert '{"name": "log", "value": false' in chart.proto.spec

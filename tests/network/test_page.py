"""The page Network: what is set, its link, what cannot be used, and its own learning rate."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gd_core.activations import ACTIVATIONS
from gd_core.optimisers import OPTIMISERS
from gd_core.regimes import Regime
from gd_core.schedules import SCHEDULES
from pages.network import text
from pages.network.fields import CASES, DATA, TOO_MANY
from pages.network.model import ONE_SAMPLE, SUITS, TABLE
from pages.shared.sidebar import DEFAULTS
from tests.helpers.app import NOT_A_NUMBER, errors, shown, verdicts, visit


def press(app, label: str):
    """The page after a click on a button."""
    return next(button for button in app.button if button.label == label).click().run()


def test_the_page_opens_on_xor_which_three_nodes_learn():
    app = visit("network")
    assert text.HEADINGS[Regime.CONVERGES] in verdicts(app)[0]
    assert "4 of 4" in verdicts(app)[0]
    assert app.text_input(key="rate").value == "3"


@pytest.mark.parametrize("label", [*CASES])
def test_a_button_makes_what_goes_wrong_and_one_button_mends_it(label: str):
    app = press(visit("network"), label)
    assert not app.exception
    assert text.HEADINGS[Regime.CONVERGES] not in verdicts(app)[0]
    assert app.text_input(key="rate").value == CASES[label]["rate"]
    press(app, "Make it learn")
    assert text.HEADINGS[Regime.CONVERGES] in verdicts(app)[0]


def test_the_sidebar_s_neuron_is_there_with_the_numbers_of_many_updates_to_the_last_digit():
    link = {"inputs": "3 4", "weights": "1 2", "target": "6"}
    app = press(visit("network", **link, network_update="20"), "The sidebar's neuron")
    app.slider(key="network_update").set_value(20).run()
    table, neuron = app.dataframe[0].value, visit("many_updates", **link)
    slopes, weights = (frame.value.to_numpy() for frame in neuron.dataframe)
    assert "This is the neuron" in shown(app)
    assert (table["slope"].to_numpy() == slopes[19]).all()
    assert (table["after"].to_numpy() == weights[20]).all()
    assert app.session_state[DATA] == ONE_SAMPLE


@pytest.mark.parametrize("data", [*SUITS])
def test_a_data_set_brings_the_settings_with_which_it_is_learnt(data: str):
    app = visit("network")
    app.selectbox(key=DATA).set_value(data).run()
    assert not app.exception
    assert text.HEADINGS[Regime.CONVERGES] in verdicts(app)[0]


@pytest.mark.parametrize(
    "link",
    [
        {"hidden": "7"},
        {"hidden": "<b>x</b> [a](b)"},
        {"start_seed": "-1"},
        {"start_size": "1e9"},
        {"network_samples": "201"},
        {"network_noise": "-1"},
        {"typed": "true", "network_start": "1, 2"},
        {"network_data": TABLE, "network_table": "<b>x</b>"},
        {"network_batch": "mini-batch", "network_size": "0"},
        {"network_batch": "single sample (SGD)", "network_shuffle": "1.5"},
        {"rate": "none"},
        {"updates": "1e9"},
        {"network_data": ONE_SAMPLE, "rate": "none"},
        {"network_data": ONE_SAMPLE, "inputs": "<b>"},
    ],
)
def test_a_mangled_link_gets_one_sentence_and_the_usual_picture(link: dict[str, str]):
    app = visit("network", **link)
    assert not app.exception
    assert len(errors(app)) == 1
    assert sum("that can be used" in caption.value for caption in app.main.caption) == 1
    if not {"rate", "updates", "inputs", "network_table"} & {*link}:
        assert verdicts(app) == usual(link.get("network_batch", ""))


@cache
def usual(batch: str = "") -> list[str]:
    """The verdicts of the page with nothing set but the batch."""
    return verdicts(visit("network", **({"network_batch": batch} if batch else {})))


@pytest.mark.parametrize("key", [DATA, "hidden_activation", "output_activation", "network_optimiser", "schedule"])
def test_a_link_that_names_a_choice_there_is_none_of_opens_the_usual_one(key: str):
    assert verdicts(visit("network", **{key: "<b>"})) == usual()


def test_seven_inputs_are_refused_with_a_sentence():
    app = visit("network", **{DATA: ONE_SAMPLE, "inputs": "1 2 3 4 5 6 7", "weights": "1 2 3 4 5 6 7"})
    assert not app.exception
    assert app.info[0].value == TOO_MANY


def test_a_start_with_numbers_that_no_axis_can_hold_is_said_and_nothing_is_drawn_of_it():
    line = {"hidden": "1, 1, 1", "hidden_activation": "identity", "output_activation": "identity", "biases": "false"}
    app = visit("network", **line, typed="true", network_start="1e40 " * 5)
    assert not app.exception
    assert verdicts(app) == [text.TOO_LARGE]
    app.text_input(key="network_start").set_value("1 1 1 1 1").run()
    assert verdicts(app) != [text.TOO_LARGE]


@pytest.mark.parametrize("updates", ["2001", "10000"])
def test_more_updates_than_are_made_are_said(updates: str):
    app = visit("network", updates=updates, rate="2")
    assert "2 000" in shown(app).replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert f"in {2000:,}".replace(",", "\N{NARROW NO-BREAK SPACE}") in verdicts(app)[0]


def test_a_slider_and_buttons_walk_through_an_update():
    app = visit("network")
    steps = [markdown.value for markdown in app.markdown if "values_1[0]" in markdown.value]
    assert len(steps) == 1
    app.button(key="network_step forward").click().run()
    assert "values_1[1]" in shown(app)
    app.slider(key="network_step").set_value(app.slider(key="network_step").max).run()
    assert "optimiser.step" in shown(app)
    assert app.button(key="network_step forward").disabled


def test_the_sample_that_is_looked_at_stays_among_those_there_are():
    app = visit("network", network_data="Two moons", sample="80")
    app.selectbox(key=DATA).set_value("XOR").run()
    assert not app.exception
    assert app.slider(key="sample").value == 4


def test_its_rate_and_updates_stay_on_the_page_and_between_pages_with_their_own():
    app = visit("network")
    for folder, rate, updates in (
        ("many_updates", DEFAULTS["rate"], DEFAULTS["updates"]),
        ("network", "3", "200"),
        ("your_data", "0.1", None),
        ("network", "3", "200"),
        ("surface", DEFAULTS["rate"], DEFAULTS["updates"]),
    ):
        app.switch_page(f"{folder}/page.py").run()
        assert app.text_input(key="rate").value == rate, folder
        assert updates in (None, app.text_input(key="updates").value), folder


def test_a_rate_that_was_set_follows_to_other_pages_and_a_link_is_obeyed():
    app = visit("network", rate="0.5", updates="40")
    assert app.text_input(key="rate").value == "0.5"
    assert "40 updates" in verdicts(app)[0]
    app.switch_page("many_updates/page.py").run()
    assert app.text_input(key="rate").value == "0.5"


def test_a_table_typed_on_the_page_your_data_is_the_one_offered_and_is_in_the_link():
    app = visit("your_data", data="Typed table")
    app.text_area(key="table").set_value("x,y\n0,0\n1,1\n2,1\n3,0").run()
    app.switch_page("network/page.py").run()
    app.selectbox(key=DATA).set_value(TABLE).run()
    assert app.text_area(key="network_table").value == "x,y\n0,0\n1,1\n2,1\n3,0"
    assert app.slider(key="sample").max == 4
    assert "network_table=x%2Cy" in "".join(code.value for code in app.code)
    app.text_area(key="network_table").set_value("x,y\n0,0\n1,1").run()
    assert app.slider(key="sample").max == 2


def test_a_typed_start_begins_as_the_drawn_one_and_a_new_layer_asks_for_another():
    app = visit("network")
    drawn = verdicts(app)
    app.checkbox(key="typed").check().run()
    assert verdicts(app) == drawn
    assert str(app.text_input(key="network_start").value).count(",") == 12
    app.text_input(key="network_start").set_value(", ".join(["0"] * 13)).run()
    assert verdicts(app) != drawn
    app.text_input(key="hidden").set_value("2").run()
    assert "Type 9 numbers" in errors(app)[0]
    assert not app.exception


def test_predict_first_asks_for_a_node_slope_names_the_mistake_and_then_shows_it():
    link = {DATA: ONE_SAMPLE, "inputs": "1 2", "weights": "1 1", "target": "1", "hidden": "2", "biases": "false"}
    link |= {"hidden_activation": "ReLU", "output_activation": "identity", "typed": "true"}
    app = visit("network", **link, network_start="1 0 -1 1 2 3", network_step="6", predict="true")
    asked = app.main.text_input[-1]
    assert "node 1 of layer 1" in asked.label
    assert "weight 2 to node slope 8; slope of ReLU 1" in shown(app)
    assert not app.dataframe
    asked.set_value("8").run()
    assert "It is 16, not 8" in shown(app)
    assert "16 × 1 = **16**" in shown(app)
    assert app.dataframe
    app.slider(key="network_step").set_value(4).run()
    assert "(5 − 1)² = **16**" in shown(app)  # the loss is not asked for
    app.slider(key="network_step").set_value(5).run()
    app.main.text_input[-1].set_value("4").run()
    assert "You forgot the 2." in shown(app)


@settings(max_examples=25)
@given(
    network_data=st.sampled_from([*SUITS, "?"]),
    hidden=st.sampled_from(["", "0", "1", "6 6 6", "2, 3", "x"]),
    hidden_activation=st.sampled_from([*ACTIVATIONS]),
    output_activation=st.sampled_from([*ACTIVATIONS]),
    biases=st.sampled_from(["true", "false"]),
    alike=st.sampled_from(["true", "false"]),
    typed=st.sampled_from(["true", "false"]),
    network_start=st.sampled_from(["0", "1 2 3", "9 " * 13, "1e50 " * 13]),
    network_samples=st.sampled_from(["2", "4", "7", "x"]),
    network_noise=st.sampled_from(["0", "10"]),
    network_table=st.sampled_from(["", "1 2\n1 2", "a,b,c\n1e50,2,-1e50\n3,4,1e50"]),
    start_size=st.sampled_from(["0", "1", "100", "-1"]),
    network_optimiser=st.sampled_from([*OPTIMISERS]),
    schedule=st.sampled_from([*SCHEDULES]),
    network_batch=st.sampled_from(["all samples", "mini-batch", "single sample (SGD)"]),
    rate=st.sampled_from(["1e-50", "0.1", "10", "1e50"]),
    updates=st.sampled_from(["1", "2", "150"]),
    inputs=st.sampled_from(["0", "1e50 -1e50", "1e-50 1 2", "1 2 3 4 5 6"]),
)
def test_no_link_makes_an_exception_or_shows_nan(**link: str):
    count = len(link["inputs"].split())
    app = visit("network", weights=" ".join(["1"] * count), **link)
    assert not app.exception
    assert not NOT_A_NUMBER.search(shown(app))

"""Every page, run as the server runs it but without a browser."""

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from gd_core import ACTIVATIONS
from pages.parts.controls import DEFAULTS, WORKED
from pages.parts.lessons import LESSONS, Lesson
from pages.parts.predict import CHOICES

FILES = ["home.py", *(lesson.file for lesson in LESSONS)]
NOT_A_NUMBER = re.compile(r"\b(nan|inf|infinity|none)\b|Traceback", re.IGNORECASE)


def visit(file: str, **link: str) -> AppTest:
    """A page opened by a link."""
    app = AppTest.from_file("../pages/index.py", default_timeout=30)
    app.query_params.update(link)
    app.session_state["share"] = True  # what can be taken home is open
    app.run()
    return app if file == "home.py" else app.switch_page(file).run()


def errors(app: AppTest) -> list[str]:
    """The sentences in error boxes."""
    return [box.value for box in app.error]


def shown(app: AppTest) -> str:
    """All the words and numbers on the page, but for the tables."""
    texts = [*app.markdown, *app.info, *app.error, *app.caption, *app.title, *app.latex, *app.warning, *app.success]
    return "\n".join(str(text.value) for text in texts)


@pytest.mark.parametrize("file", FILES)
def test_every_page_opens_without_an_exception_or_an_error(file: str):
    app = visit(file)
    assert not app.exception
    assert not app.error
    assert app.title[0].value


@pytest.mark.parametrize("file", FILES)
def test_every_page_has_the_same_sidebar(file: str):
    app = visit(file)
    assert {field.key: field.value for field in app.sidebar.text_input} | {"activation": "identity"} == DEFAULTS
    assert app.sidebar.selectbox(key="activation").value == "identity"
    assert app.sidebar.selectbox[0].value == "Three inputs: 1, 2, 3"


def test_home_leads_to_every_lesson():
    links = [link.proto.page for link in visit("home.py").get("page_link")]
    lessons = [lesson.file.removesuffix(".py") for lesson in LESSONS]
    assert links == [*lessons, lessons[0]], "the map, and where to begin"


@pytest.mark.parametrize(("lesson", "follows"), [*pairwise(LESSONS)], ids=lambda lesson: lesson.title)
def test_a_lesson_leads_to_the_one_after_it(lesson: Lesson, follows: Lesson):
    assert [link.proto.page for link in visit(lesson.file).get("page_link")] == [follows.file.removesuffix(".py")]


def test_the_last_lesson_leads_nowhere():
    assert not visit(LESSONS[-1].file).get("page_link")


def test_many_updates_shows_the_lessons_numbers():
    app = visit("many_updates.py")
    assert "The mean squared error goes from **49** to **9.62711e-05** in 20 updates." in app.info[0].value
    assert "`1 - 2 × 0.01 × 14 = 0.72`" in app.info[0].value
    slopes, weights = (table.value for table in app.dataframe)
    assert slopes.iloc[0].tolist() == [14, 28, 42]
    assert weights.iloc[1].tolist() == pytest.approx([-0.14, 1.72, 0.58])
    assert len(slopes) == len(weights) == 21


def test_a_link_sets_every_field():
    link = {"inputs": "3 4", "weights": "[1 2]", "target": "6", "rate": "0.02", "updates": "5"}
    app = visit("many_updates.py", **link)
    assert {field.key: field.value for field in app.text_input} == link
    assert "from **25** to **0** in 5 updates" in app.info[0].value
    assert len(app.dataframe[0].value) == 6


def test_a_link_names_the_activation_and_an_unknown_one_gets_a_sentence():
    app = visit("many_updates.py", activation="tanh", target="0.5")
    assert app.selectbox(key="activation").value == "tanh"
    assert "with tanh that changes from update to update" in app.info[0].value
    assert not app.error
    app = AppTest.from_file("../pages/index.py", default_timeout=30)
    app.query_params["activation"] = "<b>"
    app.run()
    assert errors(app) == ["The link names an activation this lab does not have. Choose one here."]
    assert app.selectbox(key="activation").value == "identity"


@pytest.mark.parametrize(
    ("file", "link"),
    [
        ("compare.py", {"below": "0.5", "runs": "0.02, mine: 0.03"}),
        ("surface.py", {"across": "2", "inputs2": "3 1 2", "target2": "4"}),
        ("learning_rate.py", {"weight": "1"}),
        ("one_update.py", {"at": "3"}),
        ("practice.py", {"exercise": "Weights", "question": "7"}),
        ("your_data.py", {"data": "Penguins", "batch": "one of them", "seed": "5"}),
    ],
)
def test_a_page_that_cannot_go_on_keeps_what_was_set_on_it(file: str, link: dict[str, str]):
    app = AppTest.from_file("../pages/index.py", default_timeout=30)
    app.run()
    app.switch_page(file)
    app.query_params.update(link)
    app.run()
    before = dict(app.query_params)
    app.text_input(key="rate").set_value("none").run()
    assert app.error or file == "practice.py"
    assert app.query_params == before  # the rate is the browser's to write there
    app.text_input(key="rate").set_value("0.01").run()
    assert not app.error
    assert app.query_params == before


def test_a_link_keeps_every_digit():
    app = visit("many_updates.py", rate="0.012345678901234567")
    assert app.text_input(key="rate").value == "0.012345678901234567"
    assert "rate=0.012345678901234567" in app.code[0].value


def test_the_shared_link_names_every_setting():
    app = visit("many_updates.py", inputs="1 2", weights="3,4", rate="1e-3")
    assert app.code[0].value.endswith("?inputs=1+2&weights=3%2C4&target=0&rate=1e-3&updates=20&activation=identity")


def test_the_slider_and_the_field_are_one_learning_rate():
    app = visit("many_updates.py")
    app.select_slider(key="rate_slider").set_value(0.05).run()
    assert app.text_input(key="rate").value == "0.05"
    app.text_input(key="rate").set_value("0.0123").run()
    assert app.select_slider(key="rate_slider").value == 0.0123
    assert "0.6556" in app.info[0].value
    app.text_input(key="rate").set_value("1e20").run()
    assert app.select_slider(key="rate_slider").value == 1e20
    assert not app.exception


def test_a_slider_that_has_not_yet_heard_of_a_typed_rate_does_not_undo_it():
    app = visit("many_updates.py")
    app.text_input(key="rate").set_value("0.0123").run()
    app.select_slider(key="rate_slider").set_value(0.01)  # where the browser still saw it
    app.text_input(key="updates").set_value("5").run()
    assert app.text_input(key="rate").value == "0.0123"
    assert app.select_slider(key="rate_slider").value == 0.0123


def test_a_worked_neuron_is_one_choice_away_and_any_change_makes_it_your_own():
    app = visit("many_updates.py")
    app.selectbox(key="neuron").select("Two inputs: 3, 4").run()
    fields = {name: app.text_input(key=name).value for name in ("inputs", "weights", "target")}
    assert fields | {"activation": "identity"} == WORKED["Two inputs: 3, 4"]
    app.text_input(key="target").set_value("7").run()
    assert app.selectbox(key="neuron").value == "Your own"
    assert app.text_input(key="inputs").value == "3, 4"
    app.text_input(key="target").set_value("6").run()
    assert app.selectbox(key="neuron").value == "Two inputs: 3, 4"
    app.selectbox(key="neuron").select("Your own").run()
    assert app.text_input(key="inputs").value == "3, 4", (
        "this soon it may be an old choice that has not heard of the field"
    )
    app.session_state["neuron_left"] = (None, 0.0)  # a second later
    app.selectbox(key="neuron").select("Your own").run()
    assert app.text_input(key="inputs").value == "1"
    assert app.selectbox(key="neuron").value == "Your own"
    assert not app.error


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ({"inputs": "words"}, "This is not a number. Type 1 to 20 numbers, such as 1, 2, 3."),
        ({"inputs": "1, nan"}, "Entry 2 is not a number"),
        ({"inputs": "1e999"}, "This number is too large"),
        ({"inputs": ""}, "There is nothing here yet"),
        ({"inputs": "1 " * 50}, "These are 50 numbers"),
        ({"weights": "1, 2"}, "2 weights do not fit 3 inputs. Type 3 numbers, one for each input."),
        ({"target": "1, 2"}, "These are 2 numbers. Type one number, such as 6."),
        ({"rate": "0"}, "A learning rate of 0 or less does not go downhill"),
        ({"rate": "-0.1"}, "A learning rate of 0 or less does not go downhill"),
        ({"rate": "fast"}, "This is not a number. Type one number greater than 0, such as 0.01."),
        ({"updates": "10001"}, "Type one whole number from 1 to 10000."),
        ({"updates": "2.5"}, "Type one whole number from 1 to 10000."),
        ({"updates": "inf"}, "This is not a number"),
    ],
)
def test_bad_input_gets_one_sentence_beside_it_and_stays(link: dict[str, str], says: str):
    app = visit("many_updates.py", **link)
    (name, text), *_ = link.items()
    assert app.text_input(key=name).value == text
    beside, on_the_page = errors(app)
    assert says in beside
    assert says in on_the_page
    assert not app.exception
    assert not app.info, "no numbers of a run that did not happen"


def test_every_field_can_be_wrong_at_once_and_right_again():
    app = visit("many_updates.py", inputs="?", weights="?", target="?", rate="?", updates="?")
    assert len(errors(app)) == 6
    for name, text in DEFAULTS.items():
        if name != "activation":
            app.text_input(key=name).set_value(text)
    app.run()
    assert not app.error
    assert "from **49**" in app.info[0].value


def test_dragging_the_slider_mends_a_mangled_rate():
    app = visit("many_updates.py", rate="<b>")
    app.select_slider(key="rate_slider").set_value(0.02).run()
    assert app.text_input(key="rate").value == "0.02"
    assert not app.error


def test_ten_thousand_updates_are_tabulated_whole_and_drawn_thin():
    app = visit("many_updates.py", updates="10000")
    assert not app.exception
    assert "One update in 20 is drawn." in app.caption[0].value


def test_a_run_that_explodes_says_where_the_float_ends():
    app = visit("many_updates.py", rate="1000", updates="200")
    assert "**Explodes.**" in app.info[0].value
    assert "From update 35 on the mean squared error is more than a float can hold" in app.info[0].value
    assert "to **too large**" in app.info[0].value
    assert "The curves end at update 33" in app.caption[0].value


@pytest.mark.parametrize(("rate", "log"), [("0.01", "false"), ("0.075", "false"), ("0.2", "true")])
def test_the_axis_begins_as_a_log_axis_where_the_error_runs_away(rate: str, log: str):
    chart: Any = visit("many_updates.py", rate=rate).get("vega_lite_chart")[0]
    assert f'{{"name": "log", "value": {log}' in chart.proto.spec


def test_learning_rate_has_the_ruler_of_the_lessons_neuron():
    app = visit("learning_rate.py")
    assert "**The slope is 42: positive.**" in app.info[0].value
    assert "`1 - 0.01 × 42 = 0.58`" in app.info[0].value
    alt = app.get("vega_lite_chart")[0].proto.alt
    assert "the first update takes it to 0.58, where the mean squared error is 32.9476." in alt
    assert "Weight 3 alone: one shot at 0.0555556, flips at 0.111111" in alt
    assert "All weights: one shot at 0.0357143, flips at 0.0714286" in alt
    assert app.dataframe[0].value.iloc[0].tolist() == pytest.approx([1, 42, -0.42, 49])
    app.selectbox(key="weight").select(0).run()
    assert "**The slope is 14: positive.**" in app.info[0].value
    app.text_input(key="target").set_value("10").run()
    assert "**The slope is -6: negative.** The loss rises to the left" in app.info[0].value
    assert "to higher numbers" in app.info[0].value


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ({"target": "7"}, "**Nothing to do.**"),
        ({"inputs": "0 1", "weights": "1 1", "weight": "1"}, "**No way down.** The input of weight 1 is 0"),
        (
            {"activation": "ReLU", "weights": "-1 -1 -1", "target": "1"},
            "**No way down.** Where this neuron stands ReLU is flat",
        ),
        (
            {"activation": "sigmoid", "target": "0.3"},
            "The slope of sigmoid is only 0.000910221 here: it has all but vanished",
        ),
        ({"activation": "tanh", "weights": "0 0 0.1"}, "the marks of the ruler hold only near the start"),
        ({"rate": "1e-50"}, "too little for a float to show"),
        ({"activation": "ReLU"}, "hold as long as the sum stays above 0, where the slope of ReLU is 1"),
    ],
)
def test_learning_rate_says_when_there_is_no_way_down(link: dict[str, str], says: str):
    assert says in visit("learning_rate.py", **link).info[0].value


def test_slope_shows_the_factors_of_both_neurons():
    app = visit("slope.py")
    assert app.dataframe[0].value.to_numpy().tolist() == [[14, 1, 1, 14], [14, 2, 1, 28], [14, 3, 1, 42]]
    assert app.latex[0].value.strip("$\n ").endswith(r"= 42 \end{gathered}")
    app = visit("slope.py", **WORKED["Two inputs: 3, 4"])
    assert app.dataframe[0].value["slope"].tolist() == [30, 40]
    assert "**The slope of weight 2 is 40.**" in app.info[0].value
    alts = [chart.proto.alt for chart in app.get("vega_lite_chart")]
    assert "3 times weight 1, 4 times weight 2. Their sum is 11; identity makes the prediction 11" in alts[0]
    assert "value 11, slope 1" in alts[1]


def test_one_update_walks_through_the_lessons_update_and_on():
    app = visit("one_update.py", **WORKED["Two inputs: 3, 4"])
    assert "the error goes from 5 to 2.5" in app.info[0].value
    assert "**[30, 40]**" in shown(app)
    next(button for button in app.button if button.label == "Forward").click().run()
    assert "**Update 2: the error goes from 2.5 to 1.25.**" in app.info[0].value
    assert app.dataframe[0].value["before"].tolist() == pytest.approx([0.7, 1.6])
    assert app.slider(key="at").value == 2
    app.slider(key="at").set_value(20).run()
    assert next(button for button in app.button if button.label == "Forward").disabled
    app.text_input(key="updates").set_value("3").run()
    assert app.slider(key="at").value == 3
    app.text_input(key="updates").set_value("1").run()
    assert "from 5 to 2.5" in app.info[0].value
    assert not app.exception


@pytest.mark.parametrize(
    ("link", "says"),
    [
        (
            {"weights": "500 500 500", "activation": "sigmoid"},
            "**Nothing moves.** Where this neuron stands sigmoid is flat",
        ),
        (
            {"weights": "1 1 -1", "target": "5", "activation": "ReLU"},
            "**Nothing moves.** The sum is exactly 0, at the corner",
        ),
        ({"inputs": "0 0 0", "target": "5"}, "**Nothing moves.** Every input is 0"),
        (
            {"weights": "3 1 1", "activation": "sigmoid"},
            "it has all but vanished, so little of the error gets through.",
        ),
    ],
)
def test_an_update_that_moves_nothing_or_little_says_why(link: dict[str, str], says: str):
    assert says in visit("one_update.py", **link).info[0].value


def test_a_slope_of_0_at_a_met_target_is_found_by_its_check():
    app = visit("slope.py", inputs="1 2", weights="0 0", target="0.5", activation="sigmoid")
    assert "rounding spoils all" not in shown(app)
    assert "from 0. Larger nudges are off because the loss bends." in shown(app)


def test_a_check_that_is_exact_everywhere_draws_no_empty_picture():
    app = visit("slope.py", weights="500 500 500", activation="sigmoid")
    assert "exactly the slope for every h" in shown(app)
    assert len(app.get("vega_lite_chart")) == 2


def test_an_update_that_no_float_can_hold_is_named():
    app = visit("one_update.py", inputs="1e50", weights="1e50", rate="1e50")
    assert "Already the first update is more than a float can hold" in app.info[0].value
    assert not app.exception


@pytest.mark.parametrize(
    ("answer", "says"),
    [("Creeps", "Yes: multiplied by 0.72 the error keeps its sign and shrinks."), ("Explodes", "above 0.0714286.")],
)
def test_a_predicted_pace_is_asked_for_before_anything_is_shown(answer: str, says: str):
    app = visit("learning_rate.py", predict="true")
    assert not app.get("vega_lite_chart")
    assert not app.info
    app.radio[0].set_value(next(option for option in CHOICES if option.capitalize() == answer)).run()
    assert says in (app.success or app.warning)[0].value
    assert app.get("vega_lite_chart")
    app.text_input(key="rate").set_value("0.05").run()
    assert app.radio[0].value is None, "another rate is another question"
    assert not app.get("vega_lite_chart")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("42", "Yes: it is 42."),
        ("21", "That is half of it"),
        ("-42", "the wrong way round"),
        ("14", "without the input, 3"),
        ("7", "the error itself"),
        ("294", "with the error squared"),
        ("0.42", "already the update"),
        ("60", "It would be the slope if the error were 10."),
    ],
)
def test_a_predicted_slope_is_told_what_it_would_have_been(answer: str, says: str):
    app = visit("slope.py", predict="true")
    assert not app.get("vega_lite_chart")
    app.main.text_input[0].set_value(answer).run()
    assert says in (app.success or app.warning)[0].value
    assert f"your answer {float(answer):g}" in app.get("vega_lite_chart")[0].proto.alt


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("5.04", "Yes: it is 5.04."),
        ("7", "the error before the update"),
        ("6.02", "lack their 2"),
        ("8.96", "an update subtracts"),
        ("-189", "without a learning rate"),
        ("25.4016", "the mean squared error after"),
        ("3.5", "It would be the error with a learning rate of 0.0178571."),
        ("14", "No learning rate leads there"),
    ],
)
def test_a_predicted_error_is_told_what_it_would_have_been(answer: str, says: str):
    app = visit("one_update.py", predict="true")
    assert not app.info
    app.main.text_input[0].set_value(answer).run()
    assert says in (app.success or app.warning)[0].value
    assert app.info


@pytest.mark.parametrize("answer", ["nan", "1e999", "<b>", "$x$", "1, 2"])
def test_an_answer_that_is_no_number_gets_a_sentence_and_nothing_is_shown(answer: str):
    app = visit("slope.py", predict="true")
    app.main.text_input[0].set_value(answer).run()
    assert "Type one number, such as 5.04." in errors(app)[0]
    assert app.main.text_input[0].value == answer
    assert not app.get("vega_lite_chart")


def test_a_met_target_asks_for_no_pace():
    app = visit("learning_rate.py", predict="true", target="7")
    assert "**Nothing to do.**" in app.info[0].value


NUMBER = st.floats(allow_nan=True, allow_infinity=True).map(repr)
TYPED = st.lists(NUMBER, max_size=22).map(", ".join) | st.text(max_size=40) | st.just("1, 2, 3")


@settings(max_examples=40)
@given(
    file=st.sampled_from(FILES),
    activation=st.sampled_from([*ACTIVATIONS, "?"]),
    inputs=TYPED,
    weights=TYPED,
    target=NUMBER | TYPED,
    rate=NUMBER | TYPED,
    updates=st.integers().map(str) | TYPED,
)
def test_no_link_makes_an_exception_or_shows_nan(file: str, **link: str):
    app = visit(file, **link)
    assert not app.exception
    assert not NOT_A_NUMBER.search(shown(app))


SIZE = st.sampled_from(["0", "1", "-1", "0.5", "1e-8", "-1e8", "1e50", "-1e-50"])


@settings(max_examples=100)
@given(
    file=st.sampled_from(FILES),
    activation=st.sampled_from([*ACTIVATIONS]),
    neuron=st.lists(st.tuples(SIZE, SIZE), min_size=1, max_size=20),
    target=SIZE,
    rate=st.sampled_from(["1e-50", "0.01", "0.5", "1e8", "1e50"]),
    updates=st.sampled_from(["1", "2", "300"]),
)
def test_an_extreme_neuron_leaves_every_page_readable(file: str, neuron: list[tuple[str, str]], **link: str):
    inputs, weights = (" ".join(column) for column in zip(*neuron, strict=True))
    app = visit(file, inputs=inputs, weights=weights, **link)
    assert not app.exception
    assert not app.error
    assert not NOT_A_NUMBER.search(shown(app))
    for chart in app.get("vega_lite_chart"):
        assert not NOT_A_NUMBER.search(chart.proto.alt), chart.proto.alt
        assert chart.proto.alt

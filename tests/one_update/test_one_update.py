"""One update, step by step: the lesson's numbers, and true sentences."""

import numpy as np
import pytest
from hypothesis import given

from gd_core.activations import ACTIVATIONS
from gd_core.descent import descend
from gd_core.optimisers import GradientDescent
from pages.one_update import chart, text, update_steps
from pages.shared import image
from pages.shared.history_frame import LARGEST_DRAWN
from pages.shared.sidebar import WORKED
from tests.helpers.app import shown, verdicts, visit
from tests.helpers.setups import history, setups
from tests.helpers.setups import setup as made


def test_the_steps_of_the_first_neuron_have_the_lessons_numbers_in_order():
    setup = made((3, 4), (1, 2), 6)
    text = update_steps.written_out(setup, np.array([1.0, 2.0]))
    expected = [
        "1 × 3 + 2 × 4 = **11**",
        "11 − 6 = **5**",
        "2 × 5 × [3, 4] = **[30, 40]**",
        "−0.01 × [30, 40] = **[−0.3, −0.4]**",
        "[1, 2] + [−0.3, −0.4] = **[0.7, 1.6]**",
        "0.7 × 3 + 1.6 × 4 = **8.5**",
        "8.5 − 6 = **2.5**",
        "5² = **25**, then 2.5² = **6.25**",
    ]
    places = [text.index(line) for line in expected]
    assert places == sorted(places)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_table_of_an_update_is_the_histories_two_rows(activation: str):
    setup = made((0.5, -0.3), (1, 2), 0.4, 0.3, activation=activation)
    run = descend(*setup)
    table = update_steps.table(setup, run.weights[4])
    assert table["before"].tolist() == pytest.approx(run.weights[4].tolist(), rel=1e-15)
    assert table["slope"].tolist() == pytest.approx(run.slopes[4].tolist(), rel=1e-15)
    assert table["after"].tolist() == pytest.approx(run.weights[5].tolist(), rel=1e-12)


def test_twenty_inputs_are_shortened_in_formulas_and_whole_in_the_table():
    setup = made(range(1, 21), [1] * 20)
    assert "1 × 1 + 1 × 2 + … + 1 × 20 = **210**" in update_steps.written_out(setup, np.ones(20))
    assert len(update_steps.table(setup, np.ones(20))) == 20


def test_updates_end_where_a_float_does_and_the_words_say_so():
    setup = made(rate=1000.0, updates=200)
    table = history(setup)
    last = update_steps.finite_updates(table)
    assert np.isfinite(table.iloc[last].to_numpy()).all()
    assert not np.isfinite(table.iloc[last + 1].to_numpy()).all()
    assert f"After update {last} " in text.did(setup, np.ones(3), last, last)


@pytest.mark.parametrize(
    ("rate", "does"), [(0.01, "shrank"), (1 / 14, "kept its size"), (1e-30, "kept its size"), (0.08, "grew")]
)
def test_an_update_says_what_becomes_of_the_size_of_the_error(rate: float, does: str):
    setup = made(rate=rate)
    assert text.did(setup, np.array([0.0, 2.0, 1.0]), 1, 20).endswith(f"The error {does}.")


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_losses_along_the_step_are_those_of_an_update_at_each_rate(activation: str):
    setup = made((0.5, -0.3), (1, 2), 0.4, 0.3, activation=activation)
    rows = update_steps.along(setup, np.array(setup.weights))
    run = descend(setup.problem, setup.weights, GradientDescent(0.3), 1)
    row = rows[rows["rate"] == 0.3].iloc[0]
    now = update_steps.now(setup, np.array(setup.weights), 0).iloc[0]
    assert [now["mse"], row["error_next"] ** 2] == pytest.approx(run.loss.tolist(), rel=1e-12)
    assert rows["error_next"].iloc[0] ** 2 == now["mse"]


def test_the_picture_of_a_step_has_one_step_and_where_the_loss_is_back_at_its_old_height():
    setup = made()
    rows = update_steps.along(setup, np.array(setup.weights)).set_index("rate")
    assert rows["error_next"][1 / 28] == pytest.approx(0, abs=1e-10)
    assert rows["error_next"][1 / 14] == pytest.approx(-7)
    assert rows.index[-1] == pytest.approx(1.2 / 14, rel=0.01)


@pytest.mark.parametrize(
    ("count", "written"), [(3, "New weights: 0.998, 1.996, 2.994"), (20, "New weights: 0.998, 1.996, …, 19.96")]
)
def test_the_picture_writes_the_new_weights_of_the_rate_the_first_and_the_last(count: int, written: str):
    weights = np.arange(1.0, count + 1)
    setup = made(tuple(weights), tuple(weights), float(weights @ weights) - 1, 0.001)
    datasets = {
        "now": update_steps.now(setup, weights, 0),
        "step": update_steps.along(setup, weights),
        "weights": update_steps.first_and_last(setup, weights),
    }
    assert written in image.svg(chart.chart(datasets))


@given(setups())
def test_whatever_the_neuron_the_picture_of_a_step_holds_the_rate_and_finite_numbers(case: tuple):
    setup, table = case
    if update_steps.finite_updates(table) < 1:
        return
    rows = update_steps.along(setup, np.array(setup.weights))
    assert np.isfinite(rows.to_numpy()).all()
    assert setup.rate in rows["rate"].to_numpy() or table["mse"][:2].max() > LARGEST_DRAWN


def press(app, label: str):
    """Press the button with this label."""
    return next(button for button in app.button if button.label == label)


def test_the_page_walks_through_the_lessons_update_and_on():
    app = visit("one_update", **WORKED["Two inputs: 3, 4"])
    assert "from 5 to 2.5" in verdicts(app)[0]
    assert "**[30, 40]**" in shown(app)
    press(app, "Forward").click().run()
    assert "Update 2: the error goes from 2.5 to 1.25" in verdicts(app)[0]
    assert app.dataframe[0].value["before"].tolist() == pytest.approx([0.7, 1.6])
    assert app.slider(key="at").value == 2
    app.slider(key="at").set_value(20).run()
    assert press(app, "Forward").disabled
    app.text_input(key="updates").set_value("3").run()
    assert app.slider(key="at").value == 3
    app.text_input(key="updates").set_value("1").run()
    assert "from 5 to 2.5" in verdicts(app)[0]
    assert not app.exception


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ({"weights": "500 500 500", "activation": "sigmoid"}, text.NOTHING_MOVES),
        ({"weights": "1 1 -1", "target": "5", "activation": "ReLU"}, text.NOTHING_MOVES),
        ({"inputs": "0 0 0", "target": "5"}, text.NOTHING_MOVES),
        ({"weights": "3 1 1", "activation": "sigmoid"}, "0.0003352"),  # a slope that lets little through
    ],
)
def test_an_update_that_moves_nothing_or_little_says_why(link: dict[str, str], message: str):
    assert message in verdicts(visit("one_update", **link))[0]


def test_an_update_that_no_float_can_hold_is_named():
    app = visit("one_update", inputs="1e50", weights="1e50", rate="1e50")
    assert verdicts(app)[0] == text.TOO_LARGE
    assert not app.exception


def test_a_prediction_is_typed_as_in_every_field():
    app = visit("one_update", predict="true")
    app.main.text_input[0].set_value("5,04").run()
    assert app.success
    assert any(caption.value == "5,04 is read as 5.04." for caption in app.main.caption)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("5.04", ""),
        ("7", "before the update"),
        ("6.02", "lack their 2"),
        ("8.96", "an update subtracts"),
        ("-189", "without a learning rate"),
        ("25.4016", "the mean squared error after"),
        ("3.5", "0.01786."),
        ("14", "No learning rate leads there"),
    ],
)
def test_a_predicted_error_that_is_wrong_is_told_the_mistake_that_fits_it(answer: str, message: str):
    app = visit("one_update", predict="true")
    assert not verdicts(app)
    app.main.text_input[0].set_value(answer).run()
    assert bool(app.success) == (answer == "5.04")
    assert message in (app.success or app.warning)[0].value
    assert verdicts(app)

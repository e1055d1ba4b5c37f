"""The page Compare: its link, its list, and what changes the list without typing."""

from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from gd_core.optimisers import OPTIMISERS, Momentum
from pages.compare import model
from pages.shared import runs
from pages.shared.numbers import THIN
from pages.shared.verdict import NOTHING_TO_DO
from tests.helpers.app import errors, shown, verdicts, visit
from tests.helpers.setups import setup

FORK = "Go on at five times the rate"


def press(app: AppTest, label: str) -> AppTest:
    """Press a button."""
    return next(button for button in app.button if button.label == label).click().run()


def reads(app: AppTest) -> str:
    """The list of runs, as it stands in the sidebar."""
    assert not app.exception
    return str(app.text_area(key="runs").value)


def test_the_page_compares_four_rates_and_yours_at_first():
    app = visit("compare")
    assert "**Run 2 is the first**" in verdicts(app)[0]
    assert app.dataframe[0].value["name"].tolist() == ["yours", "0.003", "1/28", "0.06", "0.075"]
    assert app.dataframe[0].value["updates to reach 0.01"].tolist()[:3] == ["13", "later: 49", "1"]


def test_a_link_names_every_run_and_the_target_loss():
    app = visit("compare", runs="0.02, a: adam 0.3 cosine", below="0.5", rate="0.03")
    assert app.dataframe[0].value["name"].tolist() == ["yours", "0.02", "a"]
    assert "updates to reach 0.5" in app.dataframe[0].value
    assert "runs=0.02%2C+a%3A+adam+0.3+cosine" in app.code[0].value
    assert "below=0.5" in app.code[0].value


def test_a_list_or_a_target_loss_that_cannot_be_read_gets_a_sentence_and_stays():
    usual = visit("compare")
    app = visit("compare", runs="0.1, <b>x</b>")
    assert reads(app) == "0.1, <b>x</b>"
    assert errors(app)[0].startswith("Run 2: ")
    assert verdicts(app) == verdicts(usual)
    assert "the last runs that can be used" in shown(app)
    app = visit("compare", below="-1")
    assert app.text_input(key="below").value == "-1"
    assert len(errors(app)) == 1
    assert not app.exception
    assert app.get("vega_lite_chart"), "the runs are drawn all the same"


def test_a_run_is_changed_forked_named_and_removed_without_typing_the_list():
    app = visit("compare", runs="0.003, 1/28")
    app.selectbox(key="run_optimiser").select("Adam").run()
    assert reads(app) == "adam 0.003, 1/28"
    app.number_input(key="run_optimiser_momentum").set_value(0.5).run()
    app.number_input(key="run_optimiser_learning_rate").set_value(0.25).run()
    app.selectbox(key="run_schedule").select("Step").run()
    app.number_input(key="run_schedule_every").set_value(5.0).run()
    assert reads(app) == "adam 0.25 momentum=0.5 step every=5, 1/28"
    app.text_input(key="run_name").set_value("mine, really: so").run()
    assert reads(app) == "mine really so: adam 0.25 momentum=0.5 step every=5, 1/28"
    app.slider(key="fork_at").set_value(7)
    press(app, FORK)
    assert reads(app).endswith("until 7 then adam 0.625 momentum=0.5")
    assert app.selectbox(key="edited").value == 2
    app.selectbox(key="run_optimiser").select("Gradient descent").run()
    assert reads(app).endswith("until 7 then 0.625")
    app.selectbox(key="run_schedule").select("Cosine").run()
    assert app.number_input(key="run_schedule_updates").value == 13, "the updates after the fork"
    press(app, "Remove")
    assert reads(app) == "mine really so: adam 0.25 momentum=0.5 step every=5, 1/28"


def test_a_fork_begins_in_the_middle_with_five_times_the_rate():
    app = visit("compare", runs="0.003")
    assert reads(press(app, FORK)) == "0.003, fork of 0.003: 0.003 until 10 then 0.015"


def test_an_example_is_undone_once():
    app = visit("compare", runs="mine: 0.02")
    undo = next(button for button in app.button if button.label == "Undo")
    assert undo.disabled
    press(app, "Six optimisers")
    assert reads(press(app, "Undo")) == "mine: 0.02"
    assert next(button for button in app.button if button.label == "Undo").disabled


@pytest.mark.parametrize("weight", ["-30", "-19"])
def test_a_neuron_saturated_on_the_wrong_side_is_still_drawn(weight: str):
    app = visit("compare", inputs="1", weights=weight, target="1", activation="sigmoid")
    assert not app.exception
    for chart in app.get("vega_lite_chart"):
        assert "NaN" not in chart.proto.spec


@pytest.mark.parametrize(
    ("listed", "then", "label"),
    [
        ("0.1, 0.2, 0.3", "0.1", "Remove"),
        ("0.1, 0.2, 0.3", "garbage", FORK),
        ("0.1, 0.2", "0.2, 0.1", "Remove"),
    ],
)
def test_a_button_drawn_for_another_list_does_nothing(listed: str, then: str, label: str):
    app = visit("compare", runs=listed)
    app.selectbox(key="edited").select_index(1).run()
    app.text_area(key="runs").set_value(then)
    press(app, label)
    assert reads(app) == then


def test_two_changes_of_a_run_in_one_message_make_one_of_them():
    app = visit("compare", runs="adam 0.1 momentum=0.3")
    app.number_input(key="run_optimiser_momentum").set_value(0.5)
    app.selectbox(key="run_optimiser").select("Gradient descent").run()
    assert reads(app) in ("0.1", "adam 0.1 momentum=0.5")


def test_an_optimiser_added_to_the_registry_can_be_typed_chosen_set_and_read_about(monkeypatch: pytest.MonkeyPatch):
    @dataclass(frozen=True)
    class Halting(Momentum):
        """Momentum that rests now and then."""

        slip: float = 0.5

    monkeypatch.setitem(OPTIMISERS, "Halting", Halting)
    (run,) = runs.read("halting 0.01 slip=0.25", 20)
    assert run.optimiser == Halting(0.01, slip=0.25)
    app = visit("compare", runs="halting 0.01")
    assert app.selectbox(key="run_optimiser").value == "Halting"
    app.number_input(key="run_optimiser_slip").set_value(0.125).run()
    assert reads(app) == "halting 0.01 slip=0.125"
    assert Halting.__doc__
    assert any(Halting.__doc__ in text.value for text in app.markdown)


def test_a_list_worth_a_look_is_one_click_away_and_so_is_the_sidebars_run():
    app = visit("compare", rate="0.02")
    for label, text in model.examples(setup(rate=0.02)).items():
        assert reads(press(app, label)) == text
    press(app, "Six optimisers")
    assert [type(run.optimiser) for run in runs.read(reads(app), 20)] == [*OPTIMISERS.values()]
    assert reads(press(app, "Add my run")).endswith(", 0.02")


def test_an_empty_list_leaves_your_run_alone():
    app = visit("compare", runs=" ")
    assert app.dataframe[0].value["name"].tolist() == ["yours"]
    assert reads(press(app, "Add my run")) == "0.01"


def test_long_runs_are_cut_and_a_met_target_has_nothing_to_compare():
    app = visit("compare", updates="10000")
    assert f"2{THIN}000 of its 10{THIN}000 updates" in shown(app)
    app = visit("compare", target="7")
    assert NOTHING_TO_DO in verdicts(app)[0]
    assert not app.exception

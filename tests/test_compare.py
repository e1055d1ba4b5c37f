"""Runs side by side: the list as it is typed, what the runs did, and the page."""

import csv
import io
import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_core import (
    ACTIVATIONS,
    OPTIMISERS,
    SCHEDULES,
    Adam,
    GradientDescent,
    Momentum,
    Neuron,
    Scheduled,
    Switched,
    descend,
)
from gd_core.schedules import Cosine, OneCycle
from pages.parts import compare, runs, words
from pages.parts.runs import Leg
from pages.parts.setup import Setup
from tests.test_pages import errors, shown, visit

WORDS = ["0.1", "1/0", "adam", "momentum=0.5", "cosine", "until", "3", "then", ":", ",", "=", "<b>"]
LESSON = Setup(Neuron([1, 2, 3], 0), (0.0, 2.0, 1.0), GradientDescent(0.01), 20)


@pytest.mark.parametrize(
    ("text", "optimiser"),
    [
        ("0.01", GradientDescent(0.01)),
        (" 1 / 28 ", GradientDescent(1 / 28)),
        ("Gradient  descent 2e-3", GradientDescent(0.002)),
        ("MOMENTUM 0.01", Momentum(0.01)),
        ("momentum 0.01 momentum = 0.8", Momentum(0.01, 0.8)),
        ("a b: adam 0.1 decay=0.99 momentum=1/2", Adam(0.1, 0.5, 0.99)),
        ("adam 0.1 one cycle", Scheduled(Adam(0.1), OneCycle(updates=20))),
        ("0.1 cosine updates=7 least=0", Scheduled(GradientDescent(0.1), Cosine(7, 0))),
        ("0.07 until 12 then 0.03", Switched(GradientDescent(0.07), 12, GradientDescent(0.03))),
        (
            "0.07 until 5 then adam 0.1 cosine until 9 then 0.01",
            Switched(GradientDescent(0.07), 5, Switched(Scheduled(Adam(0.1), Cosine(4)), 4, GradientDescent(0.01))),
        ),
    ],
)
def test_a_run_is_read_as_people_write_it(text: str, optimiser: object):
    (run,) = runs.read(text, 20)
    assert run.optimiser == optimiser


@pytest.mark.parametrize(
    "text", ["0.1, 0.2, 1/28", "0.1; 0.2; 1 / 28", "0.1 0.2 1/28", "[0.1 0.2 1/28]", "0.1\n0.2,\n1/28"]
)
def test_a_list_of_rates_is_typed_as_people_type_lists(text: str):
    assert [run.text for run in runs.read(text, 20)] == ["0.1", "0.2", "1/28"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0.1, sgd 0.1", "Run 2: This is not a number."),
        ("momentum", "Run 1: There is no learning rate."),
        ("-0.1", "Run 1: A learning rate is a finite number greater than 0."),
        ("adam 0.1 0.2", "Run 1: Something here is no optimiser, setting or schedule of this lab."),
        ("0.1 momentum=0.9", "Run 1: One of the settings does not belong here; GradientDescent takes none."),
        ("adam 0.1 learning_rate=3", "does not belong here; Adam takes momentum and decay."),
        ("momentum 0.1 momentum=1", "Run 1: Momentum is a number from 0 to below 1."),
        ("0.1 step every=0", "Run 1: Every is a number of updates, at least 1."),
        ("0.1 step every=1.5", "Run 1: Updates are counted in whole numbers, up to 1,000,000."),
        ("0.1 until 3", "After until and the update belongs then"),
        ("0.1 then 0.2", "Before every then stands until"),
        ("0.1 until 5 then 0.2 until 5 then 0.3", "Each until names a later update"),
        ("0.1 until 0 then 0.2", "Each until names a later update"),
        (" then 0.1 until 1".join("0.1" for _ in range(6)), "At most 3 times"),
        ("a:b:0.1", "A name has at most 24 characters"),
        (": 0.1", "A name belongs before the colon."),
        (",".join(["0.1"] * 9), "These are 9 runs; at most 8 are compared."),
        ("0.1," * 400, "This list is too long."),
    ],
)
def test_a_list_that_cannot_be_read_is_told_in_one_sentence(text: str, says: str):
    with pytest.raises(ValueError, match=r"\.$") as told:
        runs.read(text, 20)
    assert says in str(told.value)


@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_text_is_a_list_of_runs_or_a_sentence_that_does_not_repeat_it(text: str):
    try:
        found = runs.read(text, 20)
    except ValueError as told:
        said = str(told)
    else:
        said = "."
        assert len(found) <= runs.MOST
        for run in found:
            assert np.isfinite(descend(LESSON.problem, [0, 0, 0], run.optimiser, 3).weights).all()
    assert said.endswith(".")
    assert "<" not in said


shares = st.just(0.0) | st.floats(1e-9, 0.999)
optimisers = st.sampled_from([*OPTIMISERS.values()]).flatmap(
    lambda kind: st.builds(kind, st.floats(1e-40, 1e40), **dict.fromkeys(runs.settings(kind()), shares))
)
schedules = st.one_of(
    st.just(runs.CONSTANT),
    st.builds(SCHEDULES["Step"], st.integers(1, 50), st.floats(0.001, 1)),
    st.builds(SCHEDULES["Exponential"], st.floats(0.001, 1)),
    st.builds(Cosine, st.integers(1, 50), shares),
    st.builds(OneCycle, st.integers(1, 50), st.floats(0.001, 0.999), shares),
)


@given(
    st.lists(st.tuples(optimisers, schedules), min_size=1, max_size=4),
    st.sampled_from(["", "a name"]),
    st.sampled_from([2, 20]),
)
def test_what_is_written_is_read_back_the_same(parts: list, name: str, updates: int):
    ends = [*range(3, 3 * len(parts), 3), None]
    legs = tuple(Leg(optimiser, schedule, until) for (optimiser, schedule), until in zip(parts, ends, strict=True))
    (run,) = runs.read(runs.write(name, legs, updates), updates)
    assert (run.legs, run.name) == (legs, name)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_fork_is_its_parent_until_it_branches_off(name: str):
    (parent,) = runs.read(f"{name} 0.01", 20)
    (fork,) = runs.read(runs.fork(parent, 8, 20), 20)
    old, new = (descend(LESSON.problem, LESSON.weights, run.optimiser, 20).weights for run in (parent, fork))
    assert (old[:9] == new[:9]).all() if name != "Gradient descent" else old[:9] == pytest.approx(new[:9], rel=1e-12)
    assert np.abs(old[9:] - new[9:]).max(axis=1).min() > 1e-6


def test_a_fork_before_an_earlier_branch_takes_its_place():
    (run,) = runs.read("0.07 until 12 then adam 0.1", 20)
    assert runs.fork(run, 5, 20) == "fork: 0.07 until 5 then 0.035"
    assert runs.fork(run, 15, 20) == "fork: 0.07 until 12 then adam 0.1 until 15 then adam 0.05"
    assert runs.fork(run, 12, 20) == "fork: 0.07 until 12 then adam 0.05"


def test_a_fork_goes_on_at_half_the_rate_its_schedule_has_come_to():
    (run,) = runs.read("mine: 0.01 exponential factor=0.5", 20)
    assert runs.fork(run, 3, 20) == "fork of mine: 0.01 exponential factor=0.5 until 3 then 0.000625"
    (slow,) = runs.read("1e-50", 20)
    assert runs.read(runs.fork(slow, 3, 20), 20), "no rate is written that cannot be read"


def test_the_table_has_the_lessons_numbers():
    listed = [compare.yours(LESSON), *runs.read("1/28, 1/14, 0.075, 0.003, adam 0.3", 20)]
    table = words.table(LESSON, listed, compare.histories(LESSON, listed), 0.01)
    assert table["verdict"].tolist()[:5] == ["creeps", "one shot", "flips for ever", "explodes", "creeps"]
    assert table["factor per update"].tolist()[:5] == ["0.72", "0", "-1", "-1.1", "0.916"]
    # 49 * 0.72^(2k) <= 0.01 from k = 12.94 on; 49 * 0.916^(2k) from k = 48.4 on, which is beyond the run.
    assert table["first at 0.01"].tolist()[:5] == ["13", "1", "never", "never", "later: 49"]
    assert table["last mse"][0] == "9.62711e-05"
    assert "on average" in table["factor per update"][5]


def test_the_sweep_is_the_end_of_every_run_with_the_valley_and_the_cliff_at_their_exact_places():
    swept = compare.sweep(LESSON)
    assert len(swept) == compare.SWEPT + 2
    assert swept["rate"].iloc[-1] / swept["rate"].iloc[0] == pytest.approx(10**compare.DECADES)
    for place in (0, 200, 260):
        run = descend(LESSON.problem, LESSON.weights, GradientDescent(swept["rate"][place]), 20)
        assert swept["mse"][place] == pytest.approx(run.loss[-1], rel=1e-9)
    assert swept["mse"][swept["rate"] == 1 / 28].item() == pytest.approx(0, abs=1e-25)
    assert swept["mse"][swept["rate"] == 2 / 28].item() == pytest.approx(49)
    assert swept["mse"].iloc[-1] > 1e30
    assert compare.marks(LESSON)["says"].tolist() == ["one shot 0.0357143", "cliff 0.0714286"]


def test_a_sweep_that_outgrows_a_float_holds_no_inf_and_one_without_marks_surrounds_the_rate():
    swept = compare.sweep(LESSON._replace(updates=2000))
    assert swept["mse"].isna().any()
    assert not np.isinf(swept["mse"]).any()
    still = LESSON._replace(problem=Neuron([0, 0, 0], 1))
    swept = compare.sweep(still)
    assert swept["rate"].iloc[0] < 0.01 < swept["rate"].iloc[-1]
    assert compare.marks(still).empty
    assert "no rate at which" in words.sweep(still, compare.landmark(still))


def test_curves_are_thinned_and_keep_the_last_update():
    long = LESSON._replace(updates=1999)
    listed = [compare.yours(long), *runs.read("5, adam 0.1", long.updates)]
    curves = compare.curves(compare.histories(long, listed))
    assert len(curves) <= 3 * (compare.STOPS + 2)
    assert curves["update"].max() == 1999
    assert not np.isinf(curves["mse"]).any()
    assert curves["mse"][curves["run"] == 1].isna().any(), "5 explodes"
    frame = compare.frame(curves["mse"], 49)
    assert frame["high"] < 8.1 < 200 < frame["highest"]


def test_the_csv_is_tidy_whole_and_no_formula_for_a_spreadsheet():
    listed = [compare.yours(LESSON), *runs.read("=1+1: adam 0.3, +5", 20)]
    histories = compare.histories(LESSON, listed)
    rows = [*csv.DictReader(io.StringIO(compare.as_csv(listed, histories)))]
    assert len(rows) == 3 * 21
    assert {row["name"] for row in rows} == {"yours", "'=1+1", ""}
    assert {row["optimiser"] for row in rows} == {"0.01", "adam 0.3", "'+5"}
    assert [float(row["mse"]) for row in rows if row["run"] == "1"] == histories[1]["mse"].tolist()


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(
    ("inputs", "updates"), [((1e-20, 1e20), 1), ((0.0, 0.0), 10_000), ((3.0, 4.0), 20), ((1e50, 1.0), 2)]
)
def test_every_example_can_be_read_for_every_neuron(inputs: tuple[float, float], updates: int, activation: str):
    setup = Setup(Neuron(inputs, 0.5, activation), (1.0, 2.0), GradientDescent(0.01), updates)
    for text in compare.examples(setup).values():
        assert 3 <= len(runs.read(text, updates)) <= runs.MOST


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2),
    st.floats(1e-8, 1e8),
    st.sampled_from(sorted(ACTIVATIONS)),
    st.integers(1, 40),
)
def test_any_runs_are_told_without_nan_or_inf(weights: list[float], rate: float, activation: str, updates: int):
    setup = Setup(Neuron([1, -2], 0.5, activation), tuple(weights), GradientDescent(rate), updates)
    listed = [compare.yours(setup), *runs.read("1/28, 3, momentum 0.01, adam 0.3", updates)]
    histories = compare.histories(setup, listed)
    if histories[0]["mse"].iloc[0] == 0:
        return
    said = words.table(setup, listed, histories, 0.01).to_string() + words.compared(histories, 0.01)
    assert "nan" not in said.lower()
    assert "inf" not in said.lower()
    for mse in (compare.curves(histories)["mse"], compare.sweep(setup)["mse"]):
        frame = compare.frame(mse, histories[0]["mse"].iloc[0])
        assert all(math.isfinite(end) for end in frame.values())
        assert frame["lowest"] <= frame["low"] < frame["high"] <= frame["highest"]


def test_optimisers_and_schedules_are_told_from_the_simplest_on_with_their_equations():
    said = words.sections(OPTIMISERS)
    places = [said.index(f"**{name}.**") for name in OPTIMISERS]
    assert all(first < second for first, second in pairwise(places))
    assert "\n    change = -learning_rate * slopes\n" in said
    assert "\n    share = factor ^ update\n" in words.sections(SCHEDULES)


def test_the_page_compares_four_rates_and_yours_at_first():
    app = visit("compare.py")
    assert "**Run 2 is the first** at 0.01 or less, after 1 update." in app.info[0].value
    assert "Run 4 runs away." in app.info[0].value
    assert app.dataframe[0].value["name"].tolist() == ["yours", "0.003", "1/28", "0.06", "0.075"]


def test_a_link_names_every_run_and_how_far_is_far_enough():
    app = visit("compare.py", runs="0.02, a: adam 0.3 cosine", below="0.5", rate="0.03")
    assert app.dataframe[0].value["name"].tolist() == ["yours", "0.02", "a"]
    assert "first at 0.5" in app.dataframe[0].value
    assert "runs=0.02%2C+a%3A+adam+0.3+cosine" in app.code[0].value
    assert "below=0.5" in app.code[0].value


def test_a_list_or_a_threshold_that_cannot_be_read_gets_a_sentence_and_stays():
    app = visit("compare.py", runs="0.1, <b>x</b>")
    assert app.text_area[0].value == "0.1, <b>x</b>"
    assert len(errors(app)) == 2
    assert "Please mend them in the sidebar. Run 2: This is not a number." in errors(app)[0]
    app = visit("compare.py", below="-1")
    assert errors(app) == ["A squared error cannot fall below 0. Type one number greater than 0, such as 0.01."]
    assert not app.exception


def test_a_run_is_changed_moved_forked_named_and_removed_without_typing_the_list():
    app = visit("compare.py", runs="0.003, 1/28")

    def reads() -> str:
        assert not app.exception
        return str(app.text_area[0].value)

    app.selectbox(key="run_optimiser").select("Adam").run()
    assert reads() == "adam 0.003, 1/28"
    app.number_input(key="run_optimiser_momentum").set_value(0.5).run()
    app.number_input(key="run_optimiser_learning_rate").set_value(0.25).run()
    app.selectbox(key="run_schedule").select("Step").run()
    app.number_input(key="run_schedule_every").set_value(5.0).run()
    assert reads() == "adam 0.25 momentum=0.5 step every=5, 1/28"
    app.text_input(key="run_name").set_value("mine, really: so").run()
    assert reads() == "mine really so: adam 0.25 momentum=0.5 step every=5, 1/28"
    next(button for button in app.button if button.label == "Down").click().run()
    assert reads().startswith("1/28, mine")
    assert app.selectbox(key="edited").value == 1
    app.slider(key="fork_at").set_value(7)
    next(button for button in app.button if button.label == "Fork").click().run()
    assert reads().endswith("until 7 then adam 0.0625 momentum=0.5")
    assert app.selectbox(key="edited").value == 2
    app.selectbox(key="run_optimiser").select("Gradient descent").run()
    assert reads().endswith("until 7 then 0.0625")
    next(button for button in app.button if button.label == "Remove").click().run()
    assert reads() == "1/28, mine really so: adam 0.25 momentum=0.5 step every=5"


@pytest.mark.parametrize("weight", ["-30", "-19"])
def test_a_neuron_saturated_on_the_wrong_side_is_still_drawn(weight: str):
    app = visit("compare.py", inputs="1", weights=weight, target="1", activation="sigmoid")
    assert not app.exception
    for chart in app.get("vega_lite_chart"):
        assert "NaN" not in chart.proto.spec


@pytest.mark.parametrize(
    ("runs_", "key", "value", "press"),
    [
        ("0.1, 0.2, 0.3", "runs", "0.1", "Remove"),
        ("0.1, 0.2, 0.3", "runs", "0.1", "Down"),
        ("0.1, 0.2, 0.3", "runs", "garbage", "Fork"),
        ("0.1, 0.2", "runs", "0.2, 0.1", "Remove"),
    ],
)
def test_a_button_drawn_for_another_list_does_nothing(runs_: str, key: str, value: str, press: str):
    app = visit("compare.py", runs=runs_)
    app.selectbox(key="edited").select_index(1).run()
    app.text_area(key=key).set_value(value)
    next(button for button in app.button if button.label == press).click().run()
    assert not app.exception
    assert app.text_area(key=key).value == value


def test_two_changes_of_a_run_in_one_message_make_one_of_them():
    app = visit("compare.py", runs="adam 0.1 momentum=0.3")
    app.number_input(key="run_optimiser_momentum").set_value(0.5)
    app.selectbox(key="run_optimiser").select("Gradient descent").run()
    assert not app.exception
    assert app.text_area(key="runs").value in ("0.1", "adam 0.1 momentum=0.5")


def test_what_flips_for_ever_does_not_run_away_and_a_threshold_below_rounding_is_never_said_to_be_reached():
    setup = Setup(Neuron([1, 7], 6), (1.0, 2.0), GradientDescent(0.02), 20)
    listed = [compare.yours(setup)]
    assert "away" not in words.compared(compare.histories(setup, listed), 0.01)
    long = LESSON._replace(problem=Neuron([1, 2, 3], 0.1), updates=2000)
    table = words.table(long, [compare.yours(long)], compare.histories(long, [compare.yours(long)]), 1e-50)
    assert table["first at 1e-50"][0] == "not in 2,000"


def test_runs_that_differ_by_rounding_are_lowest_together_and_one_that_does_not_stay_is_told():
    listed = [compare.yours(LESSON), *runs.read("1/28, 0.0357142857142857, nesterov 0.01", 20)]
    said = words.compared(compare.histories(LESSON, listed), 0.01)
    assert "At the end runs 1 and 2 are the lowest, at" in said
    assert "which is 0 but for rounding" in said
    alone = compare.histories(LESSON, runs.read("adam 0.3", 20))
    assert "after 15 updates, but run 0 does not stay there." in words.compared(alone, 0.01)


def test_a_fork_that_is_never_reached_is_told():
    listed = [compare.yours(LESSON), *runs.read("0.01 until 20 then 0.02, 0.01 until 19 then 0.02", 20)]
    assert words.unforked(listed, 20) == "Run 1 would change the optimiser only later than after 20 updates."
    assert words.unforked(listed[:1], 20) == ""


def test_a_name_has_no_character_that_hides_or_turns_others():
    (run,) = runs.read("a\u202eb\x00c\x1b: 0.1", 20)
    assert run.name == "abc"


def test_an_optimiser_added_to_the_registry_can_be_typed_chosen_set_and_read_about(monkeypatch: pytest.MonkeyPatch):
    @dataclass(frozen=True)
    class Halting(Momentum):
        """Momentum that rests now and then."""

        slip: float = 0.5

    monkeypatch.setitem(OPTIMISERS, "Halting", Halting)
    (run,) = runs.read("halting 0.01 slip=0.25", 20)
    assert run.optimiser == Halting(0.01, slip=0.25)
    app = visit("compare.py", runs="halting 0.01")
    assert app.selectbox(key="run_optimiser").value == "Halting"
    app.number_input(key="run_optimiser_slip").set_value(0.125).run()
    assert app.text_area(key="runs").value == "halting 0.01 slip=0.125"
    assert any("Momentum that rests now and then." in text.value for text in app.markdown)


def test_a_list_worth_a_look_is_one_click_away_and_the_sidebars_rate_is_kept():
    app = visit("compare.py", rate="0.02")
    next(button for button in app.button if button.label == "Six optimisers").click().run()
    assert [run.optimiser.__class__ for run in runs.read(app.text_area[0].value or "", 20)] == [*OPTIMISERS.values()]
    next(button for button in app.button if button.label == "Keep the sidebar's rate").click().run()
    assert str(app.text_area[0].value).endswith(", 0.02")


def test_long_runs_are_cut_and_a_met_target_has_nothing_to_compare():
    app = visit("compare.py", updates="10000")
    assert "Here each run makes the first 2,000 of its 10,000 updates." in shown(app)
    app = visit("compare.py", target="7")
    assert "Nothing to do" in app.info[0].value
    assert not app.exception

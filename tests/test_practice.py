"""The page of exercises: answers, verdicts beside them, hints, progress and the receipt."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from gd_core.blanks import FAULTS
from gd_core.exercises import EXERCISES, Choice, Numbers, question
from pages.parts import charts, drills, frames, receipts, words
from pages.parts.receipts import Attempt
from tests.test_pages import NOT_A_NUMBER, errors, shown, visit


def fields(app: AppTest) -> list:
    """The fields of the answers, in order."""
    return [field for field in app.main.text_input if field.key != "question"]


def says(app: AppTest) -> str:
    """What is said of the answers."""
    return " ".join(box.value for box in [*app.main.info, *app.main.success])


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("seed", [0, 1, 7])
def test_every_exercise_is_solved_by_the_right_answers_and_draws_what_it_speaks_of(exercise: str, seed: int):
    app = visit("practice.py", exercise=exercise, question=str(seed))
    asked = question(exercise, seed)
    for place, part in enumerate(asked.parts):
        assert f"{exercise}: 1 solved" not in shown(app)
        if isinstance(part, Choice):
            app.selectbox(key=f"{exercise} {seed} {place}").select(part.truth).run()
        else:
            truth = asked.values(part, part.blank.formula)[0]
            text = " ".join(map(str, truth.ravel())) if isinstance(part, Numbers) else part.blank.formula
            app.text_input(key=f"{exercise} {seed} {place}").set_value(text).run()
        assert not app.exception
    assert len(app.main.success) == len(asked.parts)
    assert not app.main.info
    assert f"{exercise}: 1 solved" in shown(app)
    assert bool(app.get("vega_lite_chart")) == (exercise in ("Many updates", "Read the curve", "Bug hunt"))


def test_a_wrong_number_is_told_its_mistake_and_stays():
    app = visit("practice.py")
    fields(app)[0].set_value("7, 14, 21").run()
    assert "Not yet. You forgot the 2" in says(app)
    assert fields(app)[0].value == "7, 14, 21"
    fields(app)[0].set_value("28/2, 28, 84/2").run()
    assert "Right." in says(app)
    assert fields(app)[1].value == ""


def test_a_typed_answer_outlives_what_happens_elsewhere():
    app = visit("practice.py")
    fields(app)[0].set_value("14 28 42").run()
    fields(app)[1].set_value("2 * error").run()
    app.text_input(key="target").set_value("5").run()
    app.switch_page("many_updates.py").run()
    app.switch_page("practice.py").run()
    assert [field.value for field in fields(app)] == ["14 28 42", "2 * error"]
    app.radio(key="exercise").set_value("Weights").run()
    app.radio(key="exercise").set_value("Slope").run()
    assert [field.value for field in fields(app)] == ["14 28 42", "2 * error"]
    assert "You forgot the input" in says(app)


@pytest.mark.parametrize("text", ["__import__('os')", "<img src=x>", "$x$", "**b** [a](http://b)", "x" * 399, "1/0"])
def test_hostile_text_gets_a_sentence_and_is_never_shown(text: str):
    app = visit("practice.py")
    fields(app)[0].set_value("14 28 42").run()
    fields(app)[1].set_value(text).run()
    assert len(app.main.info) == 1
    assert text not in shown(app)
    assert not app.exception
    assert not errors(app)


def test_an_unreadable_number_is_no_try():
    app = visit("practice.py")
    for text in ("words", "nan", "1, 2", "7 14 21"):
        fields(app)[0].set_value(text).run()
    assert [attempt.answer for attempt in app.session_state.attempts] == ["1, 2", "7 14 21"]
    assert [attempt.tried for attempt in app.session_state.attempts] == [1, 2]


def test_hints_grow_stronger_and_end_with_the_solution():
    app = visit("practice.py")
    for label in ("Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Show the solution"):
        assert "Solution" not in shown(app)
        next(button for button in app.button if button.label == label).click().run()
    assert "Hint 3: Multiply 2, the error, and the input of each weight." in shown(app)
    assert "Solution: `2 * error * input_data`." in shown(app)
    fields(app)[0].set_value("14 28 42").run()
    assert app.session_state.attempts[0].hints == 4


def test_another_question_is_another_and_its_number_is_in_the_shared_link():
    app = visit("practice.py")
    next(button for button in app.button if button.label == "Another question").click().run()
    seed = app.text_input(key="question").value
    assert seed != "0"
    assert {"exercise=Slope", f"question={seed}"} <= set(app.code[-1].value.partition("?")[2].split("&"))
    assert drills.given(question("Slope", int(str(seed)))) in app.code[0].value


@pytest.mark.parametrize("seed", ["-1", "1000000", "x", "2.5", "", "1e999"])
def test_a_mangled_number_of_a_question_gets_a_sentence(seed: str):
    app = visit("practice.py", question=seed)
    assert "Type one whole number from 0 to 999999." in errors(app)[0]
    assert not app.exception


def test_a_link_to_an_unknown_exercise_gets_a_sentence():
    app = AppTest.from_file("../pages/index.py", default_timeout=30)
    app.run()
    app.query_params["exercise"] = "<b>"
    app.switch_page("practice.py").run()
    assert errors(app) == ["The link names an exercise this lab does not have. Choose one here."]


def test_a_bug_is_not_given_away_before_it_is_named():
    for seed in range(20):
        asked = question("Bug hunt", seed)
        assert drills.program(asked, [False]) == ""
        named = drills.program(asked, [True, False])
        line = FAULTS[asked.fault].line
        assert f"{line} = {asked.lines[line]}\n" in named
        assert asked.lines[line] not in drills.given(asked)
        assert drills.program(asked, [True, True]) != named
    assert drills.given(question("Read the curve", 3)) == ""


def test_the_learners_curve_stands_beside_the_right_one_even_when_it_explodes():
    asked = question("Many updates", 0)
    mine = {"slope": "get_slope(input_data, target, weights)", "weights_updated": "weights + 1e9 * slope"}
    assert drills.curves(asked, mine) is None
    curves = drills.curves(asked, {**mine, "mse": "get_mse(input_data, target, weights_updated)"})
    assert curves is not None
    assert set(curves["who"]) == {drills.RIGHT, drills.YOURS}
    assert curves["mse"].max() <= 1e300
    assert not NOT_A_NUMBER.search(words.drill(curves))
    assert "The right curve goes from 25.4016 at update 1 to 9.62711e-05 after 20 updates." in words.drill(curves)
    assert charts.drill.chart(curves, log=True)["datasets"]["curves"] is curves


@settings(max_examples=60)
@given(
    lines=st.fixed_dictionaries(
        {
            "slope": st.sampled_from(["2", "slope_of", "error * 1e300", "input_data", "[1, 2]", "input_data[:1]"]),
            "weights_updated": st.sampled_from(["weights", "1", "weights[0]", "slope", "-1e308 * weights", "[1, 2]"]),
            "mse": st.sampled_from(["error", "weights", "slope", "0", "1e308"]),
        }
    )
)
def test_any_three_lines_draw_or_leave_out_a_curve_without_an_exception(lines: dict[str, str]):
    curves = drills.curves(question("Many updates", 0), lines)
    assert curves is not None
    assert not NOT_A_NUMBER.search(words.drill(curves))


def attempt(answer: str) -> Attempt:
    """One try with an answer."""
    return Attempt("Slope", 0, 1, answer, False, "=verdict", 1, 0, "2026-01-01T00:00:00+00:00")


@pytest.mark.parametrize("answer", ["=1+1", "+1", "-1", "@x", "\t=1", 'say "a", b', "<b>", "14\n28"])
def test_a_receipt_keeps_every_answer_and_carries_no_spreadsheet_formula(answer: str):
    made = [attempt(answer)]
    assert json.loads(receipts.as_json(made))[0] == made[0]._asdict()
    (row,) = csv.DictReader(io.StringIO(receipts.as_csv(made)))
    assert row["answer"].removeprefix("'") == answer
    assert not row["answer"].startswith(frames.STARTS_A_FORMULA)
    assert row["verdict"] == "'=verdict"


def test_an_empty_receipt_has_its_columns():
    assert receipts.as_csv([]).strip() == ",".join(Attempt._fields)
    assert receipts.as_json([]) == "[]"

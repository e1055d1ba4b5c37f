"""The page of exercises: answers, the verdict on each, hints, progress and the receipt."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.practice import chart, text
from pages.shared import history_frame
from pages.shared.progress import PROGRESS
from pages.shared.quiz import attempts, givens
from pages.shared.quiz.attempts import Attempt
from pages.shared.quiz.exercises import EXERCISES, LARGEST_SEED, LESSON, Choice, Numbers, draw_question
from pages.shared.quiz.misconceptions import BUGS, SLOPE
from tests.helpers.app import NOT_A_NUMBER, errors, shown, visit


def answers(app: AppTest) -> list:
    """The fields of the answers, in order."""
    return [field for field in app.main.text_input if field.key != "question"]


def verdicts(app: AppTest) -> list[str]:
    """The verdicts on wrong answers, then those on right ones."""
    return [box.value for box in [*app.main.warning, *app.main.success]]


def done(app: AppTest, exercise: str) -> str:
    """What stands beneath an exercise."""
    radio = app.radio(key="exercise").proto
    return radio.captions[[*radio.options].index(exercise)]


def press(app: AppTest, label: str) -> None:
    """Press the button with this label."""
    next(button for button in app.button if button.label == label).click().run()


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("seed", [0, 1, 7])
def test_every_exercise_is_solved_by_the_right_answers_and_draws_what_it_speaks_of(exercise: str, seed: int):
    app = visit("practice", exercise=exercise, question=str(seed))
    question = draw_question(exercise, seed)
    for place, part in enumerate(question.parts):
        assert "1 solved" not in done(app, exercise)
        if isinstance(part, Choice):
            app.selectbox(key=f"{exercise} {seed} {place}").select(part.solution).run()
        else:
            truth = question.values(part, part.quantity.solution)[0]
            text = " ".join(map(str, truth.ravel())) if isinstance(part, Numbers) else part.quantity.solution
            app.text_input(key=f"{exercise} {seed} {place}").set_value(text).run()
        assert not app.exception
    assert len(app.main.success) == len(question.parts)
    assert not app.main.warning
    assert "1 solved" in done(app, exercise)
    assert bool(app.get("vega_lite_chart")) == (exercise in ("Many updates", "Read the curve", "Bug hunt"))


def test_a_wrong_number_gets_its_misconception_and_stays():
    app = visit("practice", question="0")
    answers(app)[0].set_value("7, 14, 21").run()
    assert verdicts(app) == [f"Not yet. {SLOPE.misconceptions['error * input_data']}"]
    assert answers(app)[0].value == "7, 14, 21"
    answers(app)[0].set_value("28/2, 28, 84/2").run()
    assert verdicts(app) == [f"Right. {SLOPE.why}"]
    assert answers(app)[1].value == ""


def test_a_typed_answer_outlives_what_happens_elsewhere():
    app = visit("practice", question="0")
    answers(app)[0].set_value("14 28 42").run()
    answers(app)[1].set_value("2 * error").run()
    app.switch_page("many_updates/page.py").run()
    app.switch_page("practice/page.py").run()
    assert [field.value for field in answers(app)] == ["14 28 42", "2 * error"]
    app.radio(key="exercise").set_value("Weights").run()
    app.radio(key="exercise").set_value("Slope").run()
    assert [field.value for field in answers(app)] == ["14 28 42", "2 * error"]
    assert f"Not yet. {SLOPE.misconceptions['2 * error']}" in verdicts(app)


@pytest.mark.parametrize(
    "hostile", ["__import__('os')", "<img src=x>", "$x$", "**b** [a](http://b)", "x" * 399, "x" * 99_999, "1/0"]
)
def test_hostile_text_gets_one_sentence_and_is_never_shown(hostile: str):
    app = visit("practice", question="0")
    answers(app)[0].set_value("14 28 42").run()
    answers(app)[1].set_value(hostile).run()
    assert len(errors(app)) == 1
    assert not app.main.warning
    assert hostile not in shown(app)
    assert not app.exception


def test_an_unreadable_number_is_no_try():
    app = visit("practice", question="0")
    for typed in ("words", "nan", "1, 2", "7 14 21"):
        answers(app)[0].set_value(typed).run()
    assert [attempt.answer for attempt in app.session_state.progress["attempts"]] == ["1, 2", "7 14 21"]
    assert [attempt.tried for attempt in app.session_state.progress["attempts"]] == [1, 2]


@pytest.mark.parametrize(
    ("exercise", "place", "text", "said"),
    [
        ("Slope", 0, "array([14., 28., 42.])", []),
        ("Slope", 0, "14,0; 28,0; 42,0", ["14,0 is read as 14."]),
        ("Weights", 1, "5,04", ["5,04 is read as 5.04."]),
        ("Weights", 1, "np.float64(5.04)", []),
        ("Which rate", 0, "0,0357", ["0,0357 is read as 0.0357."]),
    ],
)
def test_numbers_are_read_as_in_every_field(exercise: str, place: int, text: str, said: list[str]):
    app = visit("practice", exercise=exercise, question="0")
    answers(app)[place].set_value(text).run()
    assert len(app.main.success) == 1
    assert [caption.value for caption in app.main.caption if "is read as" in caption.value] == said


def test_a_line_may_be_the_whole_assignment_and_its_curve_is_drawn():
    app = visit("practice", exercise="Many updates", question="0")
    lines = [
        "slope = 2*error*input_data",
        "weights -= 0.01 * slope",
        "mse = get_mse(input_data,target,weights_updated)",
    ]
    for field, line in zip(answers(app), lines, strict=True):
        field.set_value(line).run()
    assert len(app.main.success) == 3
    assert app.get("vega_lite_chart")


def test_hints_grow_stronger_and_end_with_the_solution():
    app = visit("practice", question="0")
    for label in ("Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Show the solution"):
        assert SLOPE.solution not in shown(app)
        press(app, f"{label} for the numbers")
    for hint in SLOPE.hints:
        assert hint in shown(app)
    assert SLOPE.solution in shown(app)
    answers(app)[0].set_value("14 28 42").run()
    assert app.session_state.progress["attempts"][0].hints == 4


def test_the_next_question_is_another_and_its_number_is_in_the_shared_link():
    app = visit("practice")
    assert app.text_input(key="question").value == "1"
    press(app, "Next question")
    assert app.text_input(key="question").value == "2"
    assert {"exercise=Slope", "question=2"} <= set(app.code[-1].value.partition("?")[2].split("&"))
    assert givens.neuron(draw_question("Slope", 2)) in app.code[0].value


def test_the_first_question_is_not_the_neuron_that_is_worked_out_on_other_pages():
    for exercise in EXERCISES:
        assert draw_question(exercise, int(str(visit("practice").text_input(key="question").value))).sample != LESSON


def test_after_the_last_question_comes_the_first():
    app = visit("practice", question=str(LARGEST_SEED))
    press(app, "Next question")
    assert app.text_input(key="question").value == "1"


def test_an_exercise_that_was_only_tried_says_so_and_keeps_its_name_in_the_link():
    app = visit("practice", exercise="Weights")
    assert done(app, "Weights") == ""
    answers(app)[0].set_value("weights").run()
    assert done(app, "Weights") == "tried"
    assert done(app, "Slope") == ""
    assert "exercise=Weights" in app.code[-1].value


@pytest.mark.parametrize("seed", ["-1", "1000000", "x", "2.5", "", "1e999"])
def test_a_mangled_number_of_a_question_gets_one_sentence_and_leaves_the_question_before_it(seed: str):
    app = visit("practice", question=seed)
    assert len(errors(app)) == 1
    assert "question=1" in app.code[-1].value
    app.text_input(key="question").set_value("7").run()
    before = app.code[0].value
    app.text_input(key="question").set_value(seed).run()
    assert len(errors(app)) == 1
    assert app.code[0].value == before
    assert "question=7" in app.code[-1].value
    assert answers(app)
    assert not app.exception


def test_a_link_to_an_unknown_exercise_gets_a_sentence():
    app = visit("practice", exercise="<b>")
    assert len(errors(app)) == 1
    assert app.radio(key="exercise").value == "Slope"


def test_the_exercise_and_the_question_stay_where_no_neuron_can_run():
    app = visit("practice", exercise="Weights", question="7")
    before = dict(app.query_params)
    app.switch_page("many_updates/page.py").run()
    app.text_input(key="rate").set_value("none").run()
    assert app.error
    app.switch_page("practice/page.py").run()
    assert answers(app)
    assert not app.exception
    assert not app.error
    assert app.radio(key="exercise").value == "Weights"
    assert app.text_input(key="question").value == before["question"][0]


def test_a_bug_is_not_given_away_before_it_is_named():
    for seed in range(20):
        question = draw_question("Bug hunt", seed)
        assert givens.program(question, [False]) == ""
        named = givens.program(question, [True, False])
        line = BUGS[question.bug].line
        assert f"{line} = {question.lines[line]}\n" in named
        assert question.lines[line] not in givens.neuron(question)
        assert givens.program(question, [True, True]) != named


def test_the_neuron_whose_curve_is_to_be_recognised_is_not_shown():
    assert givens.neuron(draw_question("Read the curve", 3)) == ""


def test_the_learners_curve_stands_beside_the_right_one_even_when_it_explodes():
    question = draw_question("Many updates", 0)
    mine = {"slope": "get_slope(input_data, target, weights)", "weights_updated": "weights + 1e9 * slope"}
    assert givens.curves(question, mine) is None
    curves = givens.curves(question, {**mine, "mse": "get_mse(input_data, target, weights_updated)"})
    assert curves is not None
    assert set(curves["curve"]) == {givens.RIGHT, givens.YOURS}
    assert curves["mse"].max() <= 1e300
    right = curves[curves["curve"] == givens.RIGHT]
    assert right["update"].tolist() == list(range(1, 21))
    assert right["mse"].iloc[0] == pytest.approx(25.4016)
    assert right["mse"].iloc[-1] == pytest.approx(9.62711e-05, rel=1e-6)
    assert not NOT_A_NUMBER.search(text.chart(curves))
    assert "25.4 at update 1 to 9.627 × 10⁻⁵ after 20 updates" in text.chart(curves)
    assert chart.chart(curves)["datasets"]["curves"]["mse"].to_pylist() == curves["mse"].tolist()


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
    curves = givens.curves(draw_question("Many updates", 0), lines)
    assert curves is not None
    assert not NOT_A_NUMBER.search(text.chart(curves))


def attempt(answer: str) -> Attempt:
    """One try with an answer."""
    return Attempt("Slope", 0, 1, answer, False, "=verdict", 1, 0, "2026-01-01T00:00:00+00:00", 7)


@pytest.mark.parametrize("answer", ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1", "\uff0b1", 'say "a", b', "<b>", "14\n28"])
def test_a_receipt_keeps_every_answer_and_carries_no_spreadsheet_formula(answer: str):
    made = [attempt(answer)]
    assert json.loads(attempts.as_json(made))["attempts"][0] == made[0]._asdict()
    (row,) = csv.DictReader(io.StringIO(attempts.as_csv(made)))
    assert row["answer"].replace("'", "") == answer
    assert not history_frame.is_formula(row["answer"])
    assert row["verdict"] == "'=verdict"


@pytest.mark.parametrize(("away", "seconds"), [(90, 90), (25 * 60 * 60, attempts.MOST_SECONDS), (-5, 0)])
def test_an_answer_tells_how_long_it_took_whatever_the_clock_did_meanwhile(away: int, seconds: int):
    app = visit("practice", question="0")
    app.session_state["began Slope 0"] = datetime.now(UTC) - timedelta(seconds=away)
    answers(app)[0].set_value("7, 14, 21").run()
    (made,) = app.session_state[PROGRESS]["attempts"]
    assert seconds <= made.seconds <= seconds + 30


def test_an_empty_receipt_has_its_columns():
    assert attempts.as_csv([]).strip() == ",".join(Attempt._fields)
    assert json.loads(attempts.as_json([])) == {"receipt": 1, "name": "", "assignment": None, "attempts": []}

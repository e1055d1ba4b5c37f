"""Questions from seeds: the right answer is right however it is written, and every misconception has its sentence."""

from functools import cache

import numpy as np
import pytest

from gd_core.network import Network
from pages.shared.quiz.exercises import (
    EXERCISES,
    LARGEST_SEED,
    LESSON,
    STILL_THERE,
    Choice,
    Code,
    Numbers,
    Pass,
    Question,
    Sample,
    draw_question,
    history,
    known_values,
    with_bug,
)
from pages.shared.quiz.formula import FormulaError
from pages.shared.quiz.judge import BY_NAME, ONLY_HERE, SHORTCUT, judge
from pages.shared.quiz.misconceptions import BUGS, LINES, QUANTITIES, SLOPE, WEIGHTS

SEEDS = range(100)
# Five other ways to write each line, at least.
OTHERWISE = {
    "preds": [
        "(input_data * weights).sum()", "np.dot(weights, input_data)", "weights @ input_data",
        "weights.dot(input_data)",
        "np.sum(weights * input_data)", "sum(weights * input_data)", "get_error(input_data, target, weights) + target",
    ],
    "error": [
        "-target + preds", "-(target - preds)", "np.subtract(preds, target)", "get_error(input_data, target, weights)",
        "weights @ input_data - target", "(weights * input_data).sum() - target",
    ],
    "slope": [
        "input_data * 2 * error", "error * input_data * 2", "2 * input_data * (preds - target)",
        "slope = 2 * input_data * error", "np.multiply(2 * error, input_data)",
        "-2 * (target - preds) * input_data", "error * input_data + error * input_data",
    ],
    "weights_updated": [
        "weights - slope * learning_rate", "-learning_rate * slope + weights", "weights + -learning_rate * slope",
        "np.subtract(weights, learning_rate * slope)", "weights - learning_rate * 2 * error * input_data",
        "weights - learning_rate * get_slope(input_data, target, weights)", "weights -= learning_rate * slope",
        "weights_updated = weights - learning_rate * slope",
    ],
    "mse": [
        "get_error(input_data, target, weights_updated) ** 2", "np.square(weights_updated @ input_data - target)",
        "((weights_updated * input_data).sum() - target) ** 2",
        "np.mean(get_error(input_data, target, weights_updated) ** 2)",
        "(target - weights_updated.dot(input_data)) ** 2",
    ],
    "node_slopes": [
        "2 * error * weights * (1 - values * values)", "(1 - np.square(values)) * weights * 2 * error",
        "2 * (preds - target) * weights * (1 - values) * (1 + values)",
        "node_slopes = -2 * (target - preds) * weights * (1 - values**2)",
        "2 * (weights @ values - target) * weights * (1 - values ** 2)",
        "np.multiply(2 * error * weights, 1 - values ** 2)",
    ],
}  # fmt: skip


def typed(values: np.ndarray) -> list[float]:
    """A value as a learner types it, in six digits."""
    return [float(f"{number:.6g}") for number in np.atleast_1d(values)]


@cache
def questions(exercise: str) -> list[Question]:
    """The questions of an exercise from the first seeds on: to draw one takes longer than to judge an answer to it."""
    return [draw_question(exercise, seed) for seed in SEEDS]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_question_knows_the_right_answer_and_names_every_misconception(exercise: str):
    for seed, question in enumerate(questions(exercise)):
        for part in question.parts:
            if isinstance(part, Choice):
                verdicts = {option: judge(question, part, option) for option in part.options}
                assert [option for option, verdict in verdicts.items() if verdict.right] == [part.solution]
                assert len({verdict.message for verdict in verdicts.values()}) == len(part.options)
                continue
            misconceptions = part.quantity.misconceptions
            assert len(set(misconceptions.values())) == len(misconceptions)
            known = known_values(question, part)
            assert len(known) == 1 + len(misconceptions) or seed == 0
            for formula, message in misconceptions.items():
                if message in known:
                    wrong = formula if isinstance(part, Code) else typed(known[message][0])
                    assert judge(question, part, wrong) == (False, message)
            if isinstance(part, Numbers):
                assert judge(question, part, typed(question.values(part, part.quantity.solution)[0])).right
            else:
                for formula in (part.quantity.solution, *OTHERWISE[part.line]):
                    assert judge(question, part, formula).right, (seed, formula)


def test_every_line_has_at_least_five_other_ways_of_writing_it():
    assert set(OTHERWISE) == {*LINES, "node_slopes"}
    assert min(len(set(others)) for others in OTHERWISE.values()) >= 5


def test_seed_0_is_the_lessons_own_neuron():
    slope, weights = draw_question("Slope", 0), draw_question("Weights", 0)
    assert judge(slope, slope.parts[0], [14, 28, 42]).right
    assert judge(weights, weights.parts[1], [5.04]).right
    rate = draw_question("Which rate", 0)
    assert judge(rate, rate.parts[0], [1 / 28]).right
    assert history(LESSON)[0]["mse"] == pytest.approx(25.4016)
    assert history(LESSON)[19]["mse"] == pytest.approx(0.0000962711, rel=1e-6)


@pytest.mark.parametrize(
    ("answer", "formula"),
    [
        ([7, 14, 21], "error * input_data"),
        ([-14, -28, -42], "-2 * error * input_data"),
        ([14], "2 * error"),
        ([84], "(2 * error * input_data).sum()"),
    ],
)
def test_a_wrong_number_is_answered_with_its_misconception(answer: list[float], formula: str):
    question = draw_question("Slope", 0)
    assert judge(question, question.parts[0], answer) == (False, SLOPE.misconceptions[formula])


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([14, -28, 42], "Number 2 has the wrong sign."),
        ([14, 28, 21], "Number 3 is 0.5 times what it should be."),
        ([0, 28, 42], "Number 1 should not be 0."),
        ([14.06, 28.1, 42.9], "Number 3 is 1.021 times what it should be."),
        ([1], "This takes 3 numbers, one for each weight; yours is one number."),
        ([14, 28], "This takes 3 numbers, one for each weight; yours is 2 numbers."),
    ],
)
def test_any_other_wrong_number_is_answered_with_which_one_is_off_and_how(answer: list[float], message: str):
    question = draw_question("Slope", 0)
    assert judge(question, question.parts[0], answer) == (False, message)


def test_too_few_node_slopes_are_counted_by_the_nodes_they_belong_to():
    question = draw_question("Network", 1)
    assert "one for each hidden node" in judge(question, question.parts[1], "error").message


def test_a_number_that_is_too_large_to_say_how_many_times_gets_a_sentence_too():
    question = draw_question("Weights", 0)
    verdict = judge(question, question.parts[0], "[1e308, 1.72001, 0.58]")
    assert verdict == (False, "Number 1 is far too large; number 2 is off by a little.")


def test_a_constant_typed_in_is_right_for_this_neuron_only():
    question = draw_question("Slope", 0)
    assert judge(question, question.parts[1], "[14, 28, 42]") == (False, ONLY_HERE)


@pytest.mark.parametrize("line", ["weights - 0.01 * slope", "weights = weights - slope / 100", "weights -= .01*slope"])
def test_the_number_of_the_rate_that_is_shown_is_as_right_as_its_name(line: str):
    for exercise in ("Weights", "Many updates"):
        question = draw_question(exercise, 0)
        part = next(part for part in question.parts if isinstance(part, Code) and part.line == "weights_updated")
        assert judge(question, part, line) == (True, f"{WEIGHTS.why} {BY_NAME}")
        assert not judge(question, part, line.replace("01", "02").replace("100", "50")).right


@pytest.mark.parametrize(
    ("line", "formula"),
    [("weights + 0.01 * slope", "weights + learning_rate * slope"), ("0.01 * slope", "learning_rate * slope")],
)
def test_a_mistake_is_named_where_the_rate_is_a_number_too(line: str, formula: str):
    question = draw_question("Weights", 0)
    assert judge(question, question.parts[0], line) == (False, WEIGHTS.misconceptions[formula])


def test_where_the_formula_is_asked_for_the_function_that_has_it_is_no_answer_and_elsewhere_it_is():
    line = "slope = get_slope(input_data, target, weights)"
    slope, loop = draw_question("Slope", 3), draw_question("Many updates", 3)
    assert judge(slope, slope.parts[1], line) == (False, SHORTCUT.format("get_slope"))
    assert judge(loop, loop.parts[0], line).right
    assert judge(slope, slope.parts[1], f"{line} / 2") == (False, SLOPE.misconceptions["error * input_data"])


@pytest.mark.parametrize("formula", ["2 * abs(error) * input_data", "2 * error * abs(input_data)"])
def test_a_line_that_loses_a_sign_is_right_for_no_question(formula: str):
    for question in questions("Slope"):
        assert not judge(question, question.parts[1], formula).right


def test_a_line_that_is_almost_right_is_not_right():
    question = draw_question("Slope", 0)
    verdict = judge(question, question.parts[1], "2.0000001 * error * input_data")
    assert not verdict.right
    assert verdict.message.startswith("Number 1 is off by a little;")


def test_three_digits_of_a_rate_will_do():
    for question in questions("Which rate")[1:]:
        (part,) = question.parts
        assert isinstance(part, Numbers)
        (truth,) = question.values(part, part.quantity.solution)
        assert judge(question, part, [float(f"{truth:.3g}")]).right


def test_the_symptom_of_a_bug_shows_only_where_the_bug_is():
    appended = next(name for name, bug in BUGS.items() if bug.line == "mse")
    for hunt in questions("Bug hunt"):
        assert isinstance(hunt.sample, Sample)
        (first,) = history(hunt.sample, hunt.lines, 1)
        assert (first["mse"] == pytest.approx(first["error"] ** 2)) == (hunt.bug == appended)


def test_a_line_that_is_no_formula_gets_a_sentence_with_the_names_it_may_use():
    question = draw_question("Slope", 0)
    with pytest.raises(FormulaError, match="Use input_data"):
        judge(question, question.parts[1], "answer")


@pytest.mark.parametrize(
    ("exercise", "inputs", "weights", "target", "rate"),
    [
        ("Slope", (2.0, 3.0, 2.0), (1.0, 1.0, -1.0), 8.0, 0.01),
        ("Weights", (5.0, 1.0, 2.0), (-2.0, 0.0, -2.0), -8.0, 0.01),
        ("Many updates", (5.0, 3.0, 3.0), (-2.0, -3.0, 0.0), -3.0, 0.005),
        ("Which rate", (1.0, 2.0), (3.0, -3.0), -6.0, 0.02),
        ("Read the curve", (3.0, 5.0, 1.0), (-1.0, 2.0, 0.0), 8.0, 0.01),
        ("Bug hunt", (5.0, 5.0, 3.0), (3.0, 0.0, -3.0), 1.0, 0.005),
    ],
)
def test_an_old_link_opens_the_same_question(
    exercise: str, inputs: tuple[float, ...], weights: tuple[float, ...], target: float, rate: float
):
    draw_question.cache_clear()
    assert draw_question(exercise, 7).sample == (inputs, weights, target, rate, weights)


def test_a_network_s_slopes_are_those_of_the_core():
    for question in questions("Network")[:20]:
        numbers, line = question.parts
        made = question.sample
        assert isinstance(made, Pass)
        assert isinstance(numbers, Numbers)
        sums = np.arctanh(made.values)  # one weight from each input to each node makes these sums
        hidden = np.column_stack([sums / made.input_data[0] - made.input_data[1] / made.input_data[0], np.ones(2)])
        network = Network(made.input_data, [made.target], (2,), "tanh", "identity", biases=False)
        layer = network.layers([*hidden.ravel(), *made.weights])[0]
        assert judge(question, line, str(layer.node_slopes[:, 0].tolist())) == (False, ONLY_HERE)
        slopes = layer.weight_slopes
        assert [judge(question, numbers, [slope]).right for slope in slopes.ravel()].count(True) == 1
        node, feeds = np.argwhere([[judge(question, numbers, [slope]).right for slope in row] for row in slopes])[0]
        assert numbers.quantity.what.endswith(f"input {feeds + 1} to hidden node {node + 1}")


def test_another_seed_is_another_question():
    assert len({question.sample for exercise in EXERCISES for question in questions(exercise)}) > 500


@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1])
def test_a_seed_out_of_range_is_refused(seed: int):
    with pytest.raises(ValueError, match="from 0 to 999999"):
        draw_question("Slope", seed)


def test_every_bug_hunt_hides_each_of_the_bugs_some_time_and_its_repair_is_the_lessons_line():
    hunts = questions("Bug hunt")
    assert {hunt.bug for hunt in hunts} == set(BUGS)
    for hunt in hunts:
        repair = hunt.parts[1]
        assert isinstance(repair, Code)
        assert repair.quantity.solution == LINES[BUGS[hunt.bug].line] == QUANTITIES[repair.line].solution
        assert judge(hunt, repair, BUGS[hunt.bug].formula) == (False, STILL_THERE)


def test_a_loop_that_explodes_ends_where_a_float_does():
    rows = history(LESSON._replace(learning_rate=1e9), with_bug("It adds the slope"), updates=100)
    assert 1 <= len(rows) < 100
    assert all(np.isfinite(row["mse"]) for row in rows)

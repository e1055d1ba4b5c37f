"""Questions from seeds: the right answer is right however it is written, and every mistake has its sentence."""

import numpy as np
import pytest

from gd_core.blanks import BLANKS, FAULTS, LINES
from gd_core.exercises import EXERCISES, LARGEST_SEED, LESSON, Choice, Code, Numbers, history, question, with_fault
from gd_core.formula import FormulaError
from gd_core.judge import judge

SEEDS = range(200)
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
        "get_slope(input_data, target, weights)", "np.multiply(2 * error, input_data)",
        "-2 * (target - preds) * input_data", "error * input_data + error * input_data",
    ],
    "weights_updated": [
        "weights - slope * learning_rate", "-learning_rate * slope + weights", "weights + -learning_rate * slope",
        "np.subtract(weights, learning_rate * slope)", "weights - learning_rate * 2 * error * input_data",
        "weights - learning_rate * get_slope(input_data, target, weights)",
    ],
    "mse": [
        "get_error(input_data, target, weights_updated) ** 2", "np.square(weights_updated @ input_data - target)",
        "((weights_updated * input_data).sum() - target) ** 2",
        "np.mean(get_error(input_data, target, weights_updated) ** 2)",
        "(target - weights_updated.dot(input_data)) ** 2",
    ],
}  # fmt: skip


def typed(values: np.ndarray) -> list[float]:
    """A value as the numbers somebody types, in six digits."""
    return [float(f"{number:.6g}") for number in np.atleast_1d(values)]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_question_knows_the_right_answer_and_names_every_mistake(exercise: str):
    for seed in SEEDS:
        asked = question(exercise, seed)
        for part in asked.parts:
            if isinstance(part, Choice):
                verdicts = {option: judge(asked, part, option) for option in part.options}
                assert [option for option, verdict in verdicts.items() if verdict.right] == [part.truth]
                assert len({verdict.says for verdict in verdicts.values()}) == len(part.options)
                continue
            mistakes = part.blank.mistakes
            assert len({mistake.says for mistake in mistakes}) == len(mistakes)
            known = asked.mistakes(part)
            assert len(known) == len(mistakes) or seed == 0
            for mistake in mistakes:
                if mistake.says in known:
                    wrong = mistake.formula if isinstance(part, Code) else typed(known[mistake.says][0])
                    assert judge(asked, part, wrong) == (False, mistake.says)
            if isinstance(part, Numbers):
                assert judge(asked, part, typed(asked.values(part, part.blank.formula)[0])).right
            else:
                for formula in (part.blank.formula, *OTHERWISE[part.line]):
                    assert judge(asked, part, formula).right, (seed, formula)


def test_every_line_has_at_least_five_other_ways_of_writing_it():
    assert set(OTHERWISE) == set(LINES)
    assert min(len(set(others)) for others in OTHERWISE.values()) >= 5


def test_seed_0_is_the_lessons_own_neuron():
    slope, weights = question("Slope", 0), question("Weights", 0)
    assert judge(slope, slope.parts[0], [14, 28, 42]).right
    assert judge(weights, weights.parts[1], [5.04]).right
    rate = question("Which rate", 0)
    assert judge(rate, rate.parts[0], [1 / 28]).right
    assert history(LESSON)[0]["mse"] == pytest.approx(25.4016)
    assert history(LESSON)[19]["mse"] == pytest.approx(0.0000962711, rel=1e-6)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ([7, 14, 21], "You forgot the 2"),
        ([-14, -28, -42], "wrong way round"),
        ([14], "You forgot the input"),
        ([84], "one sum over all weights"),
        ([14, -28, 42], "Number 2 has the wrong sign."),
        ([14, 28, 21], "Number 3 is 0.5 times what it should be."),
        ([0, 28, 42], "Number 1 is not 0."),
        ([14.06, 28.1, 42.9], "Number 3 is 1.021 times"),
        ([1], "yours is one number."),
        ([14, 28], "This takes 3 numbers, one for each weight; yours is 2 numbers."),
    ],
)
def test_a_wrong_number_is_told_how_it_is_wrong(answer: list[float], says: str):
    asked = question("Slope", 0)
    verdict = judge(asked, asked.parts[0], answer)
    assert not verdict.right
    assert says in verdict.says


def test_a_constant_typed_in_is_right_for_this_neuron_only():
    asked = question("Slope", 0)
    verdict = judge(asked, asked.parts[1], "[14, 28, 42]")
    assert verdict == (
        False,
        "Right for this neuron, wrong for others: use the names, and nothing that holds only here.",
    )


@pytest.mark.parametrize("formula", ["2 * abs(error) * input_data", "2 * error * abs(input_data)"])
def test_a_line_that_loses_a_sign_is_right_for_no_question(formula: str):
    for seed in SEEDS:
        asked = question("Slope", seed)
        assert not judge(asked, asked.parts[1], formula).right


def test_a_line_that_is_almost_right_is_told_so():
    asked = question("Slope", 0)
    assert judge(asked, asked.parts[1], "2.0000001 * error * input_data").says.startswith(
        "Number 1 is off by a little;"
    )


def test_three_digits_of_a_rate_will_do():
    for seed in range(1, 50):
        asked = question("Which rate", seed)
        (part,) = asked.parts
        assert isinstance(part, Numbers)
        (truth,) = asked.values(part, part.blank.formula)
        assert judge(asked, part, [float(f"{truth:.3g}")]).right


def test_what_is_said_of_a_bug_that_is_not_there_is_so():
    appended = next(name for name, fault in FAULTS.items() if fault.line == "mse")
    for seed in SEEDS:
        hunt = question("Bug hunt", seed)
        (first,) = history(hunt.sample, hunt.lines, 1)
        assert (first["mse"] == pytest.approx(first["error"] ** 2)) == (hunt.fault == appended)


def test_a_line_that_is_no_formula_gets_a_sentence():
    asked = question("Slope", 0)
    with pytest.raises(FormulaError, match="Use only input_data"):
        judge(asked, asked.parts[1], "answer")


def test_the_same_seed_is_the_same_question_and_another_is_another():
    drawn = {question(exercise, seed).sample for exercise in EXERCISES for seed in SEEDS}
    assert len(drawn) > 500
    question.cache_clear()
    assert question("Slope", 1).sample == ((4.0, 1.0, 2.0), (1.0, 2.0, 1.0), 2.0, 0.01, (1.0, 2.0, 1.0))


@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1])
def test_a_seed_out_of_range_is_refused(seed: int):
    with pytest.raises(ValueError, match="from 0 to 999999"):
        question("Slope", seed)


def test_every_bug_hunt_hides_each_of_the_bugs_some_time_and_its_repair_is_the_lessons_line():
    hunts = [question("Bug hunt", seed) for seed in SEEDS]
    assert {hunt.fault for hunt in hunts} == set(FAULTS)
    for hunt in hunts:
        repair = hunt.parts[1]
        assert isinstance(repair, Code)
        assert repair.blank.formula == LINES[FAULTS[hunt.fault].line] == BLANKS[repair.line].formula
        assert judge(hunt, repair, FAULTS[hunt.fault].formula).says == "That is the line as it stands, bug and all."


def test_a_loop_that_explodes_ends_where_a_float_does():
    rows = history(LESSON._replace(learning_rate=1e9), with_fault("It adds the slope"), updates=100)
    assert 1 <= len(rows) < 100
    assert all(np.isfinite(row["mse"]) for row in rows)

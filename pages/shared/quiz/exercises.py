"""Questions about a neuron or a network, drawn from a seed until every wrong formula gives a result of its own."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from pages.shared.numbers import number as written
from pages.shared.quiz.formula import FormulaError, evaluate
from pages.shared.quiz.misconceptions import (
    BACKWARD,
    BUGS,
    LIMIT,
    LINES,
    NEW_ERROR,
    NODE_SLOPES,
    ONE_STEP,
    QUANTITIES,
    SLOPE,
    Quantity,
    weight_slope,
)

OTHERS = 4  # neurons besides the one shown on which a line of numpy is tried
UPDATES = 20  # of a history that is drawn
COMPARED = 5  # updates in which two bugs must show different numbers
NEAR = 5e-3  # how near a typed number must be to the true one, relative to it: three digits will do
VALUES = (-0.9, -0.8, -0.6, -0.5, -0.4, 0.4, 0.5, 0.6, 0.8, 0.9)  # of a hidden node, in "Network"
RATES = (0.005, 0.01, 0.015, 0.02, 0.03)  # in "Read the curve"
LARGEST_SEED = 999_999
STILL_THERE = "That is the line as it stands, bug and all."


class Sample(NamedTuple):
    """One neuron, one sample and a learning rate, under the lesson's names."""

    input_data: tuple[float, ...]
    weights: tuple[float, ...]
    target: float
    learning_rate: float
    weights_at_start: tuple[float, ...]

    @property
    def start_error(self) -> float:
        """The error before any update: prediction - target."""
        return float(np.dot(self.weights, self.input_data)) - self.target

    @property
    def factor(self) -> float:
        """What each update multiplies the error by: 1 - 2 * learning_rate * |input|^2."""
        return 1 - 2 * self.learning_rate * sum(number**2 for number in self.input_data)

    @property
    def label(self) -> str:
        """Its inputs and its rate, in words."""
        return f"Inputs {', '.join(f'{number:g}' for number in self.input_data)}; learning rate {self.learning_rate:g}"

    @property
    def loop(self) -> dict[str, str]:
        """The lines that are worked out of it."""
        return LINES

    def another(self, chance: random.Random, sign: int) -> "Sample":
        """A neuron with no pleasant number in it, an error of this sign, and weights no longer those at the start."""
        size = len(self.input_data)
        inputs, weights = _row(chance, size), _row(chance, size)
        target = float(np.dot(weights, inputs)) - sign * chance.uniform(1, 5)
        return Sample(inputs, weights, target, chance.uniform(0.01, 0.2), _row(chance, size))


class Pass(NamedTuple):
    """One pass forward through a network of two inputs, two hidden nodes with tanh, and one output.

    `values` are those of the hidden nodes, and `weights` lead from them to the output, which has no activation.
    """

    input_data: tuple[float, ...]
    values: tuple[float, ...]
    weights: tuple[float, ...]
    target: float
    learning_rate: float

    @property
    def loop(self) -> dict[str, str]:
        """The lines that are worked out of it."""
        return BACKWARD

    def another(self, chance: random.Random, sign: int) -> "Pass":
        """A pass with no pleasant number in it, and an error of this sign."""
        inputs, weights = _row(chance, 2), _row(chance, 2)
        values = tuple(float(np.tanh(number)) for number in _row(chance, 2))
        target = float(np.dot(weights, values)) - sign * chance.uniform(1, 5)
        return Pass(inputs, values, weights, target, chance.uniform(0.01, 0.2))


def _row(chance: random.Random, size: int) -> tuple[float, ...]:
    return tuple(chance.uniform(0.3, 3) * chance.choice((-1, 1)) for _ in range(size))


LESSON = Sample((1.0, 2.0, 3.0), (0.0, 2.0, 1.0), 0.0, 0.01, (0.0, 2.0, 1.0))


@dataclass(frozen=True)
class Numbers:
    """A part of a question that is answered with numbers."""

    quantity: Quantity


@dataclass(frozen=True)
class Code:
    """A part that is answered with a line of numpy: the right-hand side of `line = ...`, or all of it.

    `shortcut` is the name of a function that does it all, where the formula is what is asked for.
    """

    quantity: Quantity
    line: str
    shortcut: str = ""


@dataclass(frozen=True)
class Choice:
    """A part that is answered by choosing: each option, and what to say to a learner who wrongly chose it."""

    what: str
    options: Mapping[str, str]
    solution: str
    hints: tuple[str, str, str]
    why: str


Part = Numbers | Code | Choice


@dataclass(frozen=True, eq=False)
class Question:
    """A neuron or a pass, the parts in order, and the name of the bug hidden in the loop, if there is one."""

    sample: Sample | Pass
    parts: tuple[Part, ...]
    bug: str = ""

    @property
    def lines(self) -> dict[str, str]:
        """The loop, bug and all."""
        return with_bug(self.bug) if self.bug else self.sample.loop

    @cached_property
    def samples(self) -> list[Sample | Pass]:
        """What is shown, and then the others."""
        chance = random.Random(repr(self.sample))
        return [self.sample, *(self.sample.another(chance, (-1) ** number) for number in range(OTHERS))]

    @cached_property
    def names(self) -> list[dict[str, Any]]:
        """Every name and its value, for each of `samples`."""
        return [one_update(sample) for sample in self.samples]

    @cached_property
    def names_at_rate(self) -> list[dict[str, Any]]:
        """The same with the learning rate that is shown for all: there its number is as good as its name."""
        return [one_update(sample._replace(learning_rate=self.sample.learning_rate)) for sample in self.samples]

    def values(self, part: Numbers | Code, formula: str, *, at_rate: bool = False) -> list[np.ndarray]:
        """A formula's value for each neuron that a part is judged on. Raises FormulaError."""
        neurons = (self.names_at_rate if at_rate else self.names) if isinstance(part, Code) else self.names[:1]
        return [evaluate(formula, {name: names[name] for name in part.quantity.names}) for names in neurons]


def alike(ones: list[np.ndarray], others: list[np.ndarray], near: float) -> bool:
    """Whether values have the same shapes and nearly the same numbers.

    Each may be off by `near` times the sum of its own size and a thousandth of the largest in its row.
    """
    return all(
        one.shape == other.shape
        and bool((np.abs(one - other) <= near * (np.abs(other) + 1e-3 * np.abs(other).max())).all())
        for one, other in zip(ones, others, strict=True)
    )


@lru_cache(maxsize=512)
def known_values(question: Question, part: Numbers | Code, *, at_rate: bool = False) -> dict[str, list[np.ndarray]]:
    """What to say -> the values of a formula: "" for the right one, then each wrong one that is unlike those before."""
    found = {"": question.values(part, part.quantity.solution, at_rate=at_rate)}
    for formula, message in part.quantity.misconceptions.items():
        values = question.values(part, formula, at_rate=at_rate)
        if not any(alike(values, others, NEAR) for others in found.values()):
            found[message] = values
    return found


def with_bug(bug: str) -> dict[str, str]:
    """The lesson's loop with one of `BUGS` in it; none with an empty name."""
    return {**LINES, BUGS[bug].line: BUGS[bug].formula} if bug else LINES


def one_update(sample: Sample | Pass, lines: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Every name in one update and its value: the sample's own, then that of each line. Raises FormulaError."""
    names: dict[str, Any] = sample._asdict()
    for name, formula in (lines or sample.loop).items():
        names[name] = evaluate(formula, names)
    return names


def history(sample: Sample, lines: Mapping[str, str] = LINES, updates: int = UPDATES) -> list[dict[str, Any]]:
    """Every name and its value, update by update. Ends early where numbers outgrow a float or no longer fit."""
    rows: list[dict[str, Any]] = []
    for _ in range(updates):
        try:
            rows.append(one_update(sample, lines))
        except FormulaError:
            break
        weights = rows[-1]["weights_updated"]
        if weights.size not in (1, len(sample.weights)):
            break
        sample = sample._replace(weights=tuple(np.broadcast_to(weights, len(sample.weights)).tolist()))
    return rows


@lru_cache(maxsize=256)
def draw_question(exercise: str, seed: int) -> Question:
    """The question of one of `EXERCISES`; seed 0 is the lesson's own neuron. Raises ValueError for a wrong seed."""
    if not 0 <= seed <= LARGEST_SEED:
        raise ValueError(f"A seed is a whole number from 0 to {LARGEST_SEED}.")
    chance = random.Random(f"{exercise} {seed}")
    while True:
        question = EXERCISES[exercise].make(chance, _pleasant_sample(chance) if seed else LESSON)
        if seed == 0 or _unambiguous(question):
            return question


def _unambiguous(question: Question) -> bool:
    """Whether every wrong formula, and every bug, shows in the numbers."""
    for part in question.parts:
        if not isinstance(part, Choice) and len(known_values(question, part)) <= len(part.quantity.misconceptions):
            return False
    if not (question.bug and isinstance(question.sample, Sample)):
        return True
    (first,) = history(question.sample, question.lines, 1)
    # Where the error stays the same, it looks as if the one before the update had been appended.
    stays = alike([first["mse"]], [first["error"] ** 2], NEAR)
    if stays != (BUGS[question.bug].line == "mse"):
        return False
    histories = [history(question.sample, with_bug(bug), COMPARED) for bug in ("", *BUGS)]
    seen = [[np.hstack([row[name] for row in rows]) for name in ("error", "slope", "mse")] for rows in histories]
    return not any(alike(one, other, NEAR) for one, other in combinations(seen, 2))


def _pleasant_sample(chance: random.Random) -> Sample:
    """A neuron of small whole numbers that has an error, and a rate at which it converges."""
    while True:
        size = chance.choice((2, 3))
        inputs = tuple(float(chance.choice(range(1, 6))) for _ in range(size))
        weights = tuple(float(chance.choice(range(-3, 4))) for _ in range(size))
        rate = chance.choice((0.005, 0.01, 0.02))
        sample = Sample(inputs, weights, float(chance.choice(range(-9, 10))), rate, weights)
        if sample.start_error and 0.1 <= sample.factor <= 0.9 and any(weights):
            return sample


def _code(*lines: str) -> tuple[Code, ...]:
    return tuple(Code(QUANTITIES[line], line) for line in lines)


def _curve(chance: random.Random, sample: Sample) -> Question:
    """Two neurons that begin at the same error, at two rates each; all four shrink it differently."""
    while True:
        other = _pleasant_sample(chance)
        other = other._replace(target=other.target + other.start_error - sample.start_error)
        runs = [neuron._replace(learning_rate=rate) for neuron in (sample, other) for rate in chance.sample(RATES, 2)]
        shrinks = [abs(run.factor) for run in runs]
        differ = other.input_data != sample.input_data
        if differ and max(shrinks) < 1 and min(abs(one - two) for one, two in combinations([0.0, *shrinks], 2)) > 0.05:
            break
        if sample != LESSON:  # some neurons do not have two such rates; the lesson's has
            sample = _pleasant_sample(chance)
    right = chance.choice(runs)
    first, factor = right.start_error**2, right.factor**2
    options = {
        run.label: f"That one goes from {written(first)} to {written(first * run.factor**2)}: "
        f"× {written(run.factor**2)} each update."
        for run in sorted(runs)
    }
    hints = (
        "Divide the mean squared error after one update by the one at the start.",
        "The error is multiplied by 1 - 2 × learning rate × |input|², and the mean squared error by that squared.",
        f"Here each update multiplies the mean squared error by {written(factor)}.",
    )
    why = (
        f"Its error is multiplied by {written(right.factor)}, its mean squared error by the square, {written(factor)}."
    )
    return Question(right, (Choice("Which run made this history?", options, right.label, hints, why),))


def _bug(chance: random.Random, sample: Sample) -> Question:
    """The loop with a bug: first to be named, then the line to be repaired."""
    name = chance.choice([*BUGS])
    bug = BUGS[name]
    still_there = {bug.formula: STILL_THERE}  # said before any misconception, and in the place of its own
    quantity = QUANTITIES[bug.line]
    repair = replace(quantity, misconceptions={**still_there, **quantity.misconceptions, **still_there})
    options = {other: f"With that bug {shown.symptom}. That is not so here." for other, shown in BUGS.items()}
    hints = (
        "Does every number follow from those before it, by the formulas of the lesson? Work some out.",
        "One step of weights → error → slopes → next row's weights → this row's mean squared error is broken.",
        f"Look at the line of {bug.line}.",
    )
    choice = Choice("Which bug does this loop have?", options, name, hints, f"Because of it {bug.symptom}.")
    return Question(sample, (choice, Code(repair, bug.line)), name)


def _network(chance: random.Random, sample: Sample) -> Question:
    """A pass of pleasant numbers: the slope of one hidden weight, then the line for the slopes of both hidden nodes."""
    made, place = Pass((1.0, 2.0), (0.5, -0.8), (4.0, -1.0), 1.0, 0.1), (0, 1)
    if sample != LESSON:
        inputs, weights = (tuple(map(float, chance.sample(row, 2))) for row in ((1, 2, 3, 4, 5), (-4, -3, -2, 2, 3, 4)))
        values, target = tuple(chance.sample(VALUES, 2)), float(chance.randint(-5, 5))
        made = Pass(inputs, values, weights, target, chance.choice((0.05, 0.1, 0.2)))
        place = chance.choice(((0, 0), (0, 1), (1, 0), (1, 1)))
    return Question(made, (Numbers(weight_slope(*place)), Code(NODE_SLOPES, "node_slopes")))


class Exercise(NamedTuple):
    """What the learner is to do, and how a question is made of chance and a neuron."""

    task: str
    make: Callable[[random.Random, Sample], Question]


# By title, which is also its name in a link.
EXERCISES = {
    "Slope": Exercise(
        "How fast does the loss rise with each weight? First in numbers for this neuron, then as a line of numpy.",
        lambda _, sample: Question(sample, (Numbers(SLOPE), Code(SLOPE, "slope", shortcut="get_slope"))),
    ),
    "Weights": Exercise(
        "Update the weights once, as a line of numpy; then say what error is left, in numbers.",
        lambda _, sample: Question(sample, (*_code("weights_updated"), Numbers(NEW_ERROR))),
    ),
    "Many updates": Exercise(
        f"Fill in the three lines of this loop of {UPDATES} updates.",
        lambda _, sample: Question(sample, _code("slope", "weights_updated", "mse")),
    ),
    "Which rate": Exercise(
        "Choose a learning rate by what it does. A fraction such as 1/20 is as good as a decimal.",
        lambda chance, sample: Question(
            sample, (Numbers(ONE_STEP if sample == LESSON else chance.choice((ONE_STEP, LIMIT))),)
        ),
    ),
    "Read the curve": Exercise("One of four runs made this history. All of them begin at the same error.", _curve),
    "Bug hunt": Exercise("A loop with one bug made this table and curve. Name the bug, then repair its line.", _bug),
    "Network": Exercise(
        "Go backward through two hidden nodes with tanh, whose slope is 1 - value². Their `values` meet `weights`, "
        "and the sum is the prediction.",
        _network,
    ),
}

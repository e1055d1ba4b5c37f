"""Questions about a neuron, drawn from a seed: the same question for everybody who has the link.

Numbers are drawn again until no wrong recipe coincides with the right one, or with another, on them.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from gd_core.blanks import BLANKS, FAULTS, LIMIT, LINES, NEW_ERROR, ONE_SHOT, SLOPE, WEIGHTS, Blank, Mistake
from gd_core.formula import FormulaError, evaluate

OTHERS = 4  # neurons besides the one shown on which a line of numpy is tried
UPDATES = 20  # of a history that is drawn
COMPARED = 5  # updates in which two bugs must show different numbers
NEAR = 5e-3  # how near a typed number is to the true one, as a share: three digits will do
RATES = (0.005, 0.01, 0.015, 0.02, 0.03)  # in "Read the curve"
LARGEST_SEED = 999_999


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
        inputs = ", ".join(f"{number:g}" for number in self.input_data)
        return f"Inputs {inputs}; learning rate {self.learning_rate:g}"


LESSON = Sample((1.0, 2.0, 3.0), (0.0, 2.0, 1.0), 0.0, 0.01, (0.0, 2.0, 1.0))


@dataclass(frozen=True)
class Numbers:
    """A part of a question that is answered with numbers."""

    blank: Blank


@dataclass(frozen=True)
class Code:
    """A part that is answered with a line of numpy: the right-hand side of `line = ...`."""

    blank: Blank
    line: str


@dataclass(frozen=True)
class Choice:
    """A part that is answered by choosing: each option, and what to say to who wrongly chose it."""

    what: str
    options: Mapping[str, str]
    truth: str
    hints: tuple[str, str, str]
    why: str


Part = Numbers | Code | Choice


@dataclass(frozen=True)
class Question:
    """One question: its neuron, its parts in order, and the bug that is hidden in its loop, if there is one."""

    sample: Sample
    parts: tuple[Part, ...]
    fault: str = ""

    @property
    def lines(self) -> dict[str, str]:
        """The loop, bug and all."""
        return with_fault(self.fault)

    @cached_property
    def names(self) -> list[dict[str, Any]]:
        """Every name and its value: for the neuron shown, then for those on which a line of numpy is tried too."""
        chance = random.Random(repr(self.sample))
        others = [_any_sample(chance, len(self.sample.input_data), (-1) ** number) for number in range(OTHERS)]
        return [work_out(sample) for sample in (self.sample, *others)]

    def values(self, part: Numbers | Code, formula: str) -> list[np.ndarray]:
        """What a formula makes of each neuron that a part is judged on. Raises FormulaError."""
        neurons = self.names if isinstance(part, Code) else self.names[:1]
        return [evaluate(formula, {name: names[name] for name in part.blank.names}) for names in neurons]

    def mistakes(self, part: Numbers | Code) -> dict[str, list[np.ndarray]]:
        """Sentence to values of the wrong recipes that differ here from the right one, and from each other."""
        told_apart = {"": self.values(part, part.blank.formula)}
        for mistake in part.blank.mistakes:
            values = self.values(part, mistake.formula)
            if not any(alike(values, others, NEAR) for others in told_apart.values()):
                told_apart[mistake.says] = values
        del told_apart[""]
        return told_apart


def alike(ones: list[np.ndarray], others: list[np.ndarray], near: float) -> bool:
    """Whether values have the same shapes and numbers, as near as a share of each, or of a row's largest."""
    return all(
        one.shape == other.shape and bool((np.abs(one - other) <= near * _sizes(other)).all())
        for one, other in zip(ones, others, strict=True)
    )


def _sizes(values: np.ndarray) -> np.ndarray:
    return np.abs(values) + 1e-3 * np.abs(values).max()


def with_fault(fault: str) -> dict[str, str]:
    """The lesson's loop with one of `FAULTS` in it; none with an empty name."""
    return {**LINES, FAULTS[fault].line: FAULTS[fault].formula} if fault else LINES


def work_out(sample: Sample, lines: Mapping[str, str] = LINES) -> dict[str, Any]:
    """Every name of one update: the sample's own, and what each line makes of them. Raises FormulaError."""
    names: dict[str, Any] = sample._asdict()
    for name, formula in lines.items():
        names[name] = evaluate(formula, names)
    return names


def history(sample: Sample, lines: Mapping[str, str] = LINES, updates: int = UPDATES) -> list[dict[str, Any]]:
    """What every line made, update by update. Ends early where the numbers outgrow a float or no longer fit."""
    rows: list[dict[str, Any]] = []
    for _ in range(updates):
        try:
            rows.append(work_out(sample, lines))
        except FormulaError:
            break
        weights = rows[-1]["weights_updated"]
        if weights.size not in (1, len(sample.weights)):
            break
        sample = sample._replace(weights=tuple(np.broadcast_to(weights, len(sample.weights)).tolist()))
    return rows


@lru_cache(maxsize=256)
def question(exercise: str, seed: int) -> Question:
    """The question of one of `EXERCISES` with a seed from 0 to `LARGEST_SEED`; 0 is the lesson's own neuron.

    Raises ValueError for any other seed.
    """
    if not 0 <= seed <= LARGEST_SEED:
        raise ValueError(f"A seed is a whole number from 0 to {LARGEST_SEED}.")
    chance = random.Random(f"{exercise} {seed}")
    drawn = EXERCISES[exercise](chance, LESSON if seed == 0 else _pleasant_sample(chance))
    while seed and not _tells_apart(drawn):
        drawn = EXERCISES[exercise](chance, _pleasant_sample(chance))
    return drawn


def _tells_apart(drawn: Question) -> bool:
    """Whether every wrong recipe, and every bug, shows by its numbers."""
    parts = [part for part in drawn.parts if not isinstance(part, Choice)]
    if any(len(drawn.mistakes(part)) < len(part.blank.mistakes) for part in parts):
        return False
    if not drawn.fault:
        return True
    (first,) = history(drawn.sample, drawn.lines, 1)
    stays = alike([first["mse"]], [first["error"] ** 2], NEAR)  # then it looks as if the old error had been appended
    return stays == (FAULTS[drawn.fault].line == "mse") and all(
        not alike(_seen(drawn.sample, one), _seen(drawn.sample, other), NEAR)
        for one, other in combinations(["", *FAULTS], 2)
    )


def _seen(sample: Sample, fault: str) -> list[np.ndarray]:
    """The numbers of a history with a bug, as a table shows them."""
    rows = history(sample, with_fault(fault), COMPARED)
    return [np.hstack([row[name] for row in rows]) for name in ("error", "slope", "mse")]


def _pleasant_sample(chance: random.Random) -> Sample:
    """A neuron of small whole numbers that has an error, and a rate at which the error creeps."""
    while True:
        size = chance.choice((2, 3))
        inputs = tuple(float(chance.choice(range(1, 6))) for _ in range(size))
        weights = tuple(float(chance.choice(range(-3, 4))) for _ in range(size))
        rate = chance.choice((0.005, 0.01, 0.02))
        sample = Sample(inputs, weights, float(chance.choice(range(-9, 10))), rate, weights)
        if sample.start_error and 0.1 <= sample.factor <= 0.9 and any(weights):
            return sample


def _any_sample(chance: random.Random, size: int, sign: int) -> Sample:
    """A neuron with no pleasant number in it, an error of this sign, and weights no longer those at the start."""

    def row() -> tuple[float, ...]:
        return tuple(chance.uniform(0.3, 3) * chance.choice((-1, 1)) for _ in range(size))

    inputs, weights = row(), row()
    target = float(np.dot(weights, inputs)) - sign * chance.uniform(1, 5)
    return Sample(inputs, weights, target, chance.uniform(0.01, 0.2), row())


def _slope(_: random.Random, sample: Sample) -> Question:
    return Question(sample, (Numbers(SLOPE), Code(SLOPE, "slope")))


def _weights(_: random.Random, sample: Sample) -> Question:
    return Question(sample, (Code(WEIGHTS, "weights_updated"), Numbers(NEW_ERROR)))


def _updates(_: random.Random, sample: Sample) -> Question:
    return Question(sample, tuple(Code(BLANKS[line], line) for line in ("slope", "weights_updated", "mse")))


def _rate(chance: random.Random, sample: Sample) -> Question:
    return Question(sample, (Numbers(ONE_SHOT if sample == LESSON else chance.choice((ONE_SHOT, LIMIT))),))


def _curve(chance: random.Random, sample: Sample) -> Question:
    """Two neurons that begin at the same error, at two rates each, all of different pace."""
    while True:
        other = _pleasant_sample(chance)
        other = other._replace(target=other.target + other.start_error - sample.start_error)
        runs = [neuron._replace(learning_rate=rate) for neuron in (sample, other) for rate in chance.sample(RATES, 2)]
        paces = [abs(run.factor) for run in runs]
        differ = other.input_data != sample.input_data
        if differ and max(paces) < 1 and min(abs(one - two) for one, two in combinations([0.0, *paces], 2)) > 0.05:
            break
        if sample != LESSON:  # some neurons do not have two such rates; the lesson's has
            sample = _pleasant_sample(chance)
    truth = chance.choice(runs)
    first = truth.start_error**2
    options = {
        run.label: f"That one multiplies the mean squared error by {run.factor**2:.4g} at each update: it goes from "
        f"{first:.6g} to {first * run.factor**2:.6g}."
        for run in sorted(runs)
    }
    hints = (
        "Divide the mean squared error after one update by the one at the start.",
        "The error is multiplied by 1 - 2 × learning rate × |input|², and the mean squared error by that squared.",
        f"Here each update multiplies the mean squared error by {truth.factor**2:.4g}.",
    )
    why = f"Its error is multiplied by {truth.factor:.4g}, its mean squared error by the square, {truth.factor**2:.4g}."
    return Question(truth, (Choice("Which run made this history?", options, truth.label, hints, why),))


def _bug(chance: random.Random, sample: Sample) -> Question:
    """The loop with a bug: first to be named, then the line to be repaired."""
    name = chance.choice([*FAULTS])
    fault = FAULTS[name]
    blank = BLANKS[fault.line]
    still = Mistake(fault.formula, "That is the line as it stands, bug and all.")
    mistakes = (still, *(mistake for mistake in blank.mistakes if mistake.formula != fault.formula))
    options = {other: f"With that bug {shown.shows}. That is not so here." for other, shown in FAULTS.items()}
    hints = (
        "Does every number follow from those before it, by the formulas of the lesson? Work some out.",
        "The weights make the error, the error the slopes, the slopes the next row's weights, and those the mean "
        "squared error of this row. One of these is broken.",
        f"Look at the line of {fault.line}.",
    )
    choice = Choice("Which bug does this loop have?", options, name, hints, f"Because of it {fault.shows}.")
    return Question(sample, (choice, Code(replace(blank, mistakes=mistakes), fault.line)), name)


# The title of each, as it stands in a link, and how a question is made of a neuron.
EXERCISES = {
    "Slope": _slope,
    "Weights": _weights,
    "Many updates": _updates,
    "Which rate": _rate,
    "Read the curve": _curve,
    "Bug hunt": _bug,
}

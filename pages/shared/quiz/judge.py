"""The verdict on an answer: that it is right, which misconception leads to it, or which number is off."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pages.shared import parse
from pages.shared.numbers import TOO_LARGE, number
from pages.shared.quiz.exercises import NEAR, Choice, Code, Numbers, Part, Question, alike, known_values
from pages.shared.quiz.misconceptions import SLOPE

MOST_NUMBERS = 20  # in an answer
NEAR_CODE = 1e-9  # a line of numpy may differ by its rounding, and by no more
BY_NAME = "Write learning_rate for its number, and the line is right at every rate."
SHORTCUT = "The numbers are right, but {} does all the work. Type the formula that it works out."
ONLY_HERE = "Right for this neuron, wrong for others: use the names, and nothing that holds only here."


class Verdict(NamedTuple):
    """Whether an answer is right; the message says why, or the one thing to change."""

    right: bool
    message: str


def judge_typed(question: Question, part: Part, text: str) -> Verdict:
    """The verdict on an answer as it was typed or chosen. Raises ValueError with a sentence if it is none."""
    if isinstance(part, Choice) and text not in part.options:
        raise ValueError("This is not one of the options.")
    return judge(question, part, numbers(part, text) if isinstance(part, Numbers) else text)


def numbers(part: Numbers, text: str) -> list[float]:
    """The numbers of a typed answer. Raises ValueError with a sentence."""
    what, most = ("numbers", MOST_NUMBERS) if part.quantity is SLOPE else ("one number", 1)
    return parse.numbers(text, f"Type {what} such as 1.25, or 5/4; three digits will do.", most)


def judge(question: Question, part: Part, answer: str | Sequence[float]) -> Verdict:
    """The verdict on an answer: one of the options of a choice, a line of numpy, or at least one typed number.

    A line of numpy is tried on the neuron shown and on others. Raises FormulaError if it cannot be worked out.
    """
    if isinstance(part, Choice):
        right = answer == part.solution
        return Verdict(right, part.why if right else part.options[str(answer)])
    near = NEAR_CODE if isinstance(part, Code) else NEAR
    for at_rate in (False, True):
        if isinstance(answer, str):
            found = question.values(part, answer, at_rate=at_rate)
        else:
            found = [np.array(answer if len(answer) > 1 else answer[0], dtype=float)]
        known = known_values(question, part, at_rate=at_rate)
        truth = known[""]
        if alike(found, truth, near):
            if isinstance(part, Code) and part.shortcut and part.shortcut in str(answer):
                return Verdict(False, SHORTCUT.format(part.shortcut))
            return Verdict(True, f"{part.quantity.why} {BY_NAME}" if at_rate else part.quantity.why)
        for message, values in known.items():
            if alike(found, values, near):
                return Verdict(False, message)
    if alike(found[:1], truth[:1], near):
        return Verdict(False, ONLY_HERE)
    return Verdict(False, _off(found[0], truth[0], near, part.quantity.each))


def _off(found: np.ndarray, truth: np.ndarray, near: float, each: str) -> str:
    """Which numbers of an answer, one for `each`, are off, and by what sign or factor."""
    if found.shape != truth.shape:
        wants, has = (f"{value.size} numbers" if value.size > 1 else "one number" for value in (truth, found))
        return f"This takes {wants}{f', one for each {each}' if truth.ndim else ''}; yours is {has}."
    wrong = []
    for place, (one, other) in enumerate(zip(found.ravel(), truth.ravel(), strict=True), start=1):
        name = f"number {place}" if truth.ndim else "it"
        if alike([one], [other], near):
            continue
        if other == 0 or one == 0:
            wrong.append(f"{name} should be 0" if other == 0 else f"{name} should not be 0")
        elif alike([one], [-other], near):
            wrong.append(f"{name} has the wrong sign")
        else:
            with np.errstate(over="ignore"):
                times = number(one / other)
            how = {"1": "off by a little", TOO_LARGE: "far too large"}.get(times, f"{times} times what it should be")
            wrong.append(f"{name} is {how}")
    off = "; ".join(wrong)
    return f"{off[0].upper()}{off[1:]}."

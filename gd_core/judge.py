"""What to say of an answer: that it is right, which mistake it is the answer to, or which number is off."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gd_core.exercises import NEAR, Choice, Code, Numbers, Part, Question, alike
from gd_core.formula import FormulaError

NEAR_CODE = 1e-9  # a line of numpy may round otherwise, and no more


class Verdict(NamedTuple):
    """Whether an answer is right, and why, or the one thing to change."""

    right: bool
    says: str


def judge(question: Question, part: Part, answer: str | Sequence[float]) -> Verdict:
    """What to say of an answer: one of the options of a choice, a line of numpy, or at least one typed number.

    A line of numpy is tried on the neuron shown and on others. Raises FormulaError if it is none.
    """
    if isinstance(part, Choice):
        says = part.options[str(answer)]
        return Verdict(True, part.why) if answer == part.truth else Verdict(False, says)
    if isinstance(answer, str):
        return _compared(question, part, question.values(part, answer), NEAR_CODE)
    return _compared(question, part, [np.array(answer if len(answer) > 1 else answer[0], dtype=float)], NEAR)


def computes(question: Question, part: Code, answer: str) -> bool:
    """Whether an answer is a line of numpy that can be worked out, right or wrong."""
    try:
        question.values(part, answer)
    except FormulaError:
        return False
    return True


def _compared(question: Question, part: Numbers | Code, found: list[np.ndarray], near: float) -> Verdict:
    truth = question.values(part, part.blank.formula)
    if alike(found, truth, near):
        return Verdict(True, part.blank.why)
    for says, values in question.mistakes(part).items():
        if alike(found, values, near):
            return Verdict(False, says)
    if alike(found[:1], truth[:1], near):
        return Verdict(
            False, "Right for this neuron, wrong for others: use the names, and nothing that holds only here."
        )
    return Verdict(False, _off(found[0], truth[0], near))


def _off(found: np.ndarray, truth: np.ndarray, near: float) -> str:
    """Which numbers of an answer are off, and by what sign or factor."""
    if found.shape != truth.shape:
        wants, has = (f"{value.size} numbers" if value.size > 1 else "one number" for value in (truth, found))
        return f"This takes {wants}{', one for each weight' if truth.ndim else ''}; yours is {has}."
    said = []
    for place, (one, other) in enumerate(zip(found.ravel(), truth.ravel(), strict=True), start=1):
        name = f"number {place}" if truth.ndim else "it"
        if alike([one], [other], near):
            continue
        if other == 0 or one == 0:
            said.append(f"{name} is 0 in truth" if other == 0 else f"{name} is not 0")
        elif alike([one], [-other], near):
            said.append(f"{name} has the wrong sign")
        else:
            times = f"{one / other:.4g}"
            said.append(f"{name} is {'off by a little' if times == '1' else f'{times} times what it should be'}")
    off = "; ".join(said)
    return f"{off[0].upper()}{off[1:]}."

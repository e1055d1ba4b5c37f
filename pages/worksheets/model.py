"""What is on the sheets: the questions of each, what is asked, and the keys."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from pages.shared import numbers
from pages.shared.quiz import givens
from pages.shared.quiz.exercises import LARGEST_SEED, Choice, Numbers, Part, Question

LETTERS = "abc"  # of the parts of a question
Sheet = dict[str, list[int]]  # exercise -> the numbers of its questions


def sheets(counts: Mapping[str, int], first: int, how_many: int) -> list[Sheet]:
    """Sheets with so many questions of each exercise. On the first, each exercise begins with question `first`.

    A sheet begins where the longest exercise of the one before it ends: no question comes twice.
    """
    return [
        {
            exercise: [(start + place - 1) % LARGEST_SEED + 1 for place in range(count)]
            for exercise, count in counts.items()
            if count
        }
        for start in (first + sheet * max(counts.values()) for sheet in range(how_many))
    ]


def message(sheets: list[Sheet]) -> str:
    """How many sheets and questions these are, and where each begins."""
    begins = [next(iter(sheet.values()))[0] for sheet in sheets]
    questions = sum(map(len, sheets[0].values()))
    of = f"{questions} {'question' if questions == 1 else 'questions'}"
    if len(sheets) == 1:
        return f"1 sheet of {of}, and its key. Each exercise begins with question {begins[0]}."
    return (
        f"{len(sheets)} sheets of {of}, and their keys. On sheet 1 each exercise begins with question {begins[0]}, on "
        f"sheet 2 with question {begins[1]}, and so on: no two sheets share a question."
    )


def parts(question: Question) -> Iterator[tuple[str, Part]]:
    """The parts of a question with the letters that name them."""
    return zip(LETTERS, question.parts, strict=False)


def code(question: Question) -> str:
    """The neuron and the lines to be filled in; not the loop with a bug, which would show it."""
    right = [False for _ in question.parts if not question.bug]
    return "\n\n".join(filter(None, [givens.neuron(question), givens.program(question, right)]))


def table(question: Question) -> pd.DataFrame | None:
    """The history in question, in words, if there is one."""
    frame = givens.table(question)
    if frame is None:
        return None
    words = frame.rename(columns=lambda name: name.replace("_", " ")).reset_index(names=[frame.index.name or ""])
    return words.map(lambda cell: cell if isinstance(cell, str) else numbers.number(cell, digits=6))


def asks(question: Question, part: Part) -> str:
    """What a part asks for."""
    if isinstance(part, Choice):
        return part.what
    if isinstance(part, Numbers):
        return f"{part.quantity.what.capitalize()}, in numbers"
    if question.bug:  # not which line it is
        return "The line without the bug, in numpy"
    return f"{part.quantity.what.capitalize()}, as a line of numpy: {part.line} ="


def key(question: Question, part: Part) -> str:
    """The right answer."""
    if isinstance(part, Choice):
        return part.solution
    if isinstance(part, Numbers):
        (value,) = question.values(part, part.quantity.solution)
        return ", ".join(numbers.rate(number) for number in np.atleast_1d(value))
    return f"{part.line} = {part.quantity.solution}"

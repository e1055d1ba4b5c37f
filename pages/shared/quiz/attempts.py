"""What a learner answered, to hand in: JSON and CSV."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import NamedTuple

import pandas as pd

from pages.shared import history_frame
from pages.shared.assignment import Assignment
from pages.shared.quiz.exercises import draw_question


class Attempt(NamedTuple):
    """One answer to one part of a question, and the verdict on it."""

    exercise: str
    seed: int
    part: int
    answer: str
    right: bool
    verdict: str
    tried: int  # which try it was: 1, 2, 3, ...
    hints: int  # how many had been shown
    time: str  # ISO 8601, UTC
    seconds: int  # since the try before it, or since its question was first shown


def solved(attempts: Iterable[Attempt], exercise: str) -> set[int]:
    """The numbers of an exercise's questions of which every part was answered correctly."""
    parts = {(attempt.seed, attempt.part) for attempt in attempts if attempt.right and attempt.exercise == exercise}
    right = Counter(seed for seed, _ in parts)
    return {seed for seed, count in right.items() if count == len(draw_question(exercise, seed).parts)}


def as_json(attempts: Iterable[Attempt], name: str = "", assignment: Assignment | None = None) -> str:
    """A receipt: who answered, of which assignment if of one, and the attempts in the order of the answers."""
    asked = asdict(assignment) if assignment else None
    made = [attempt._asdict() for attempt in attempts]
    return json.dumps({"receipt": 1, "name": name, "assignment": asked, "attempts": made}, indent=2)


def as_csv(attempts: Iterable[Attempt]) -> str:
    """A row for each answer. A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    frame = pd.DataFrame(attempts, columns=Attempt._fields)
    for name in ("answer", "verdict"):
        frame[name] = [history_frame.cell(text) for text in frame[name]]
    return frame.to_csv(index=False)

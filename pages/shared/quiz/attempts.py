"""What a learner answered, to hand in: JSON and CSV; and back, whatever was done to it."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from itertools import chain
from typing import Any, NamedTuple, TypeGuard

import pandas as pd

from pages.shared import history_frame, parse
from pages.shared.assignment import Assignment
from pages.shared.quiz.exercises import EXERCISES, LARGEST_SEED, draw_question

MOST_ATTEMPTS = 2000
MOST_HINTS = 4  # the last one is the solution
MOST_SECONDS = 24 * 60 * 60  # whoever takes longer has been away
LONGEST_VERDICT = 2000  # characters
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+00:00")  # in the order of their letters
NO_ATTEMPTS = "its attempts are not as the lab writes them"


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
    found = {(attempt.seed, attempt.part) for attempt in attempts if attempt.right and attempt.exercise == exercise}
    right = Counter(seed for seed, _ in found)
    return {seed for seed, count in right.items() if count == parts(exercise)}


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


def in_order(*several: Iterable[Attempt]) -> list[Attempt]:
    """One learner's attempts, from several tabs if need be, in the order of time, with the tries counted.

    The same answer again is no try, and a hint once shown stays shown. What two tabs both have counts once.
    """
    made: list[Attempt] = []
    last: dict[tuple, Attempt] = {}
    different = {(*attempt[:4], attempt.time): attempt for attempt in chain(*several)}
    for attempt in sorted(different.values(), key=lambda attempt: attempt.time):
        part = attempt[:3]
        before = last.get(part, attempt._replace(answer="", tried=0))
        if before.answer != attempt.answer:
            last[part] = attempt._replace(tried=before.tried + 1, hints=max(before.hints, attempt.hints))
            made.append(last[part])
    return made[:MOST_ATTEMPTS]


def read(said: Any) -> list[Attempt]:
    """The attempts that JSON made of some, not judged anew. Raises ValueError with the reason if they are not."""
    return [_attempt(each) for each in _listed(said)]


def readable(said: Any) -> list[Attempt]:
    """Those of the attempts that `read` would take. Raises ValueError if they are no list of attempts at all."""
    found = []
    for each in _listed(said):
        with suppress(ValueError):
            found.append(_attempt(each))
    return found


def _listed(said: Any) -> list[Any]:
    if not isinstance(said, list):
        raise ValueError(NO_ATTEMPTS)
    if len(said) > MOST_ATTEMPTS:
        raise ValueError(f"it has more than {MOST_ATTEMPTS} attempts")
    return said


def _attempt(said: Any) -> Attempt:
    kinds = Attempt.__annotations__
    # type() instead of isinstance: True is an int too.
    if not isinstance(said, dict) or {name: type(value) for name, value in said.items()} != kinds:
        raise ValueError(NO_ATTEMPTS)
    made = Attempt(**said)
    fits = (
        made.exercise in EXERCISES
        and 0 <= made.seed <= LARGEST_SEED
        and 1 <= made.part <= parts(made.exercise)
        and is_text(made.answer, parse.LONGEST)
        and is_text(made.verdict, LONGEST_VERDICT)
        and 1 <= made.tried <= MOST_ATTEMPTS
        and 0 <= made.hints <= MOST_HINTS
        and 0 <= made.seconds <= MOST_SECONDS
        and TIME.fullmatch(made.time)
    )
    if not fits:
        raise ValueError(NO_ATTEMPTS)
    return made


def parts(exercise: str) -> int:
    """How many parts each question of an exercise has."""
    return len(draw_question(exercise, 0).parts)


def is_text(said: Any, longest: int) -> TypeGuard[str]:
    """Whether something is a text, not too long, that can be shown: half a character from JSON cannot."""
    return isinstance(said, str) and len(said) <= longest and said == said.encode(errors="ignore").decode()

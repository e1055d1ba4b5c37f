"""Receipts of learners that are made up, and what is known of them."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from pages.shared.assignment import Assignment
from pages.shared.quiz.attempts import Attempt, as_json
from pages.shared.quiz.exercises import Choice, Numbers, draw_question
from pages.shared.quiz.judge import judge_typed

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def answer(exercise: str, seed: int, part: int, wrong: int | None = None) -> str:
    """The right answer to a part, or the one of its misconception with this number."""
    question = draw_question(exercise, seed)
    asked = question.parts[part - 1]
    if isinstance(asked, Choice):
        others = [option for option in asked.options if option != asked.solution]
        return asked.solution if wrong is None else others[wrong % len(others)]
    names = [*asked.quantity.misconceptions]
    formula = asked.quantity.solution if wrong is None else names[wrong % len(names)]
    if isinstance(asked, Numbers):
        return " ".join(map(str, question.values(asked, formula)[0].ravel()))
    return formula


def attempts(chance: random.Random, tries: Iterable[tuple[str, int, int, int | None]]) -> list[Attempt]:
    """Attempts (exercise, seed, part, wrong) with the verdicts of the judge."""
    made: list[Attempt] = []
    now = BEGAN + timedelta(seconds=chance.randrange(10_000_000))
    for exercise, seed, part, wrong in tries:
        seconds = chance.randrange(1, 100)
        now += timedelta(seconds=seconds)
        text, question = answer(exercise, seed, part, wrong), draw_question(exercise, seed)
        verdict = judge_typed(question, question.parts[part - 1], text)
        tried = 1 + sum(attempt[:3] == (exercise, seed, part) for attempt in made)
        when = now.isoformat(timespec="seconds")
        made.append(Attempt(exercise, seed, part, text, *verdict, tried, 0, when, seconds))
    return made


def receipt(made: list[Attempt], name: str = "", assignment: Assignment | None = None) -> bytes:
    """The file."""
    return as_json(made, name, assignment).encode()

"""What a question shows: its neuron, its lines of code, its table and its curves."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pages.practice.quiz.exercises import UPDATES, Choice, Code, Question, Sample, history
from pages.practice.quiz.misconceptions import LINES
from pages.shared.history_frame import LARGEST_DRAWN

IN_TABLE = 5  # updates
COLUMNS = ["update", "mse", "curve"]
HISTORY, RIGHT, YOURS = "the history", "right", "yours"
BLANK = "____"  # where a line is to be filled in


def neuron(question: Question) -> str:
    """The neuron as the lesson writes one down; nothing where the neuron is what is asked for."""
    if all(isinstance(part, Choice) for part in question.parts):
        return ""
    sample = question.sample
    rows = (f"{name} = np.array([{_row(getattr(sample, name))}])" for name in ("input_data", "weights"))
    return "\n".join([*rows, f"target = {sample.target:g}", f"learning_rate = {sample.learning_rate:g}"])


def _row(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:g}" for value in values)


def program(question: Question, right: Sequence[bool]) -> str:
    """The code in which lines are to be filled in or repaired; `right` says which parts are answered correctly.

    Nothing where there is none, or where it would give away a bug that has yet to be named.
    """
    lines = _lines(question)
    if not lines or (question.bug and not right[0]):
        return ""
    if question.bug:
        return _loop(LINES if all(right) and len(right) > 1 else question.lines, [])
    open_parts = [part for part, done in zip(question.parts, right, strict=True) if not done]
    blanks = [part.line for part in open_parts if isinstance(part, Code)]
    if len(lines) > 1:
        return _loop(LINES, blanks)
    names = [*LINES]
    return "\n".join(_written(names[: names.index(lines[0]) + 1], LINES, blanks))


def _lines(question: Question) -> list[str]:
    return [part.line for part in question.parts if isinstance(part, Code)]


def _loop(lines: Mapping[str, str], blanks: Sequence[str]) -> str:
    written = [f"    {line}" for line in _written([*lines], lines, blanks)]
    head = ["weights_at_start = weights", "mse_hist = []", f"for i in range({UPDATES}):"]
    return "\n".join([*head, *written, "    weights = weights_updated", "    mse_hist.append(mse)"])


def _written(names: Sequence[str], lines: Mapping[str, str], blanks: Sequence[str]) -> list[str]:
    return [f"{name} = {BLANK if name in blanks else lines[name]}" for name in names]


def table(question: Question) -> pd.DataFrame | None:
    """The history in question as a table; with a bug every number of its first updates, else their mean squared errors.

    In the table of a loop with a bug the weights are those before the update, and `mse` is what the loop appended.
    """
    if neuron(question) and not question.bug:
        return None
    rows = history(question.sample, question.lines, IN_TABLE)
    if not question.bug:
        mse = [question.sample.start_error**2, *(float(row["mse"]) for row in rows)]
        return pd.DataFrame([mse], ["mse"], [f"update_{update}" for update in range(len(mse))])
    inputs = range(1, len(question.sample.weights) + 1)
    names = ["error", "mse", *(f"slope_{i}" for i in inputs), *(f"weight_{i}" for i in inputs)]
    numbers = np.array([[row["error"], row["mse"], *row["slope"], *row["weights"]] for row in rows], dtype=float)
    return pd.DataFrame(numbers + 0.0, pd.RangeIndex(1, len(rows) + 1, name="update"), names)


def curves(question: Question, typed: Mapping[str, str]) -> pd.DataFrame | None:
    """The history in question; or once all lines of a loop are `typed`, the learner's beside the right one."""
    lines = _lines(question)
    if question.bug:
        return _curve(question.sample, question.lines, HISTORY)
    if not neuron(question):
        start = pd.DataFrame([(0, question.sample.start_error**2, HISTORY)], columns=COLUMNS)
        return pd.concat([start, _curve(question.sample, LINES, HISTORY)])
    if len(lines) > 1 and set(typed) == set(lines):
        mine = _curve(question.sample, {**LINES, **typed}, YOURS)
        return pd.concat([_curve(question.sample, LINES, RIGHT), mine])
    return None


def _curve(sample: Sample, lines: Mapping[str, str], curve: str) -> pd.DataFrame:
    """What the loop appends, as far as an axis can hold it. A row in the place of a number shows its mean."""
    with np.errstate(over="ignore"):
        mse = [float(np.mean(row["mse"])) for row in history(sample, lines)]
    rows = [(update, value, curve) for update, value in enumerate(mse, start=1) if abs(value) <= LARGEST_DRAWN]
    return pd.DataFrame(rows, columns=COLUMNS)

"""What a question of the exercises shows: its numbers, its loop, its table and its curves. Knows no screen."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from gd_core.blanks import LINES
from gd_core.exercises import UPDATES, Choice, Code, Question, Sample, history

SEEN = 5  # updates in a table
DRAWN_LARGEST = 1e300  # an axis must hold the distance between two numbers in a float
COLUMNS = ["update", "mse", "who"]
HISTORY, RIGHT, YOURS = "the history", "right", "yours"
OPEN = "____"  # where a line is to be filled in


def given(asked: Question) -> str:
    """The neuron as the lesson writes one down; nothing where it is what is asked for."""
    if all(isinstance(part, Choice) for part in asked.parts):
        return ""
    sample = asked.sample
    rows = (f"{name} = np.array([{_row(getattr(sample, name))}])" for name in ("input_data", "weights"))
    return "\n".join([*rows, f"target = {sample.target:g}", f"learning_rate = {sample.learning_rate:g}"])


def program(asked: Question, right: Sequence[bool]) -> str:
    """The lines in which something is to be filled in or repaired; `right` tells which parts are answered rightly.

    Nothing where there are none, or where they would give a bug away that has yet to be named.
    """
    lines = [part.line for part in asked.parts if isinstance(part, Code)]
    if not lines or (asked.fault and not right[0]):
        return ""
    if asked.fault:
        return _loop(LINES if right[-1] and len(right) > 1 else asked.lines, [])
    blanks = [part.line for part, done in zip(asked.parts, right, strict=True) if isinstance(part, Code) and not done]
    if len(lines) > 1:
        return _loop(LINES, blanks)
    last = [*LINES].index(lines[0])
    return "\n".join(_written([*LINES][: last + 1], LINES, blanks))


def _loop(lines: Mapping[str, str], blanks: Sequence[str]) -> str:
    written = [f"    {line}" for line in _written([*lines], lines, blanks)]
    head = ["weights_at_start = weights", "mse_hist = []", f"for i in range({UPDATES}):"]
    return "\n".join([*head, *written, "    weights = weights_updated", "    mse_hist.append(mse)"])


def _written(names: Sequence[str], lines: Mapping[str, str], blanks: Sequence[str]) -> list[str]:
    return [f"{name} = {OPEN if name in blanks else lines[name]}" for name in names]


def curves(asked: Question, typed: Mapping[str, str]) -> pd.DataFrame | None:
    """The history to look at: the one in question, or with all lines `typed` the learner's beside the right one."""
    lines = [part.line for part in asked.parts if isinstance(part, Code)]
    if asked.fault or (not lines and not given(asked)):
        first = [] if asked.fault else [(0, asked.sample.start_error**2, HISTORY)]
        return pd.concat([pd.DataFrame(first, columns=COLUMNS), _curve(asked.sample, asked.lines, HISTORY)])
    if len(lines) > 1 and set(typed) == set(lines):
        mine = _curve(asked.sample, {**LINES, **typed}, YOURS)
        return pd.concat([_curve(asked.sample, LINES, RIGHT), mine])
    return None


def _curve(sample: Sample, lines: Mapping[str, str], who: str) -> pd.DataFrame:
    """What the loop appends, as far as an axis can hold it. A row in the place of a number shows its mean."""
    with np.errstate(over="ignore"):
        mse = [float(np.mean(row["mse"])) for row in history(sample, lines)]
    rows = [(update, value, who) for update, value in enumerate(mse, start=1) if abs(value) <= DRAWN_LARGEST]
    return pd.DataFrame(rows, columns=COLUMNS)


def numbers(asked: Question) -> pd.DataFrame | None:
    """The history in question as a table; with a bug every number of its first updates, else their mean squared errors.

    In a loop's table the weights are those before the update, and `mse` is what the loop appended.
    """
    if asked.fault:
        return _table(asked)
    if not given(asked):
        rows = history(asked.sample, updates=SEEN)
        mse = [asked.sample.start_error**2, *(float(row["mse"]) for row in rows)]
        return pd.DataFrame([mse], ["mse"], [f"update_{update}" for update in range(len(mse))])
    return None


def _table(asked: Question) -> pd.DataFrame:
    rows = [
        [row["error"], row["mse"], *row["slope"], *row["weights"]] for row in history(asked.sample, asked.lines, SEEN)
    ]
    inputs = range(1, len(asked.sample.weights) + 1)
    names = ["error", "mse", *(f"slope_{i}" for i in inputs), *(f"weight_{i}" for i in inputs)]
    return pd.DataFrame(np.array(rows, dtype=float) + 0.0, pd.RangeIndex(1, len(rows) + 1, name="update"), names)


def _row(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:g}" for value in values)

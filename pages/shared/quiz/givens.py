"""What a question gives, on the screen and on paper: its neuron, its lines of code, its table and its curves."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pages.shared.history_frame import LARGEST_DRAWN
from pages.shared.quiz.exercises import UPDATES, Choice, Code, Question, Sample, history
from pages.shared.quiz.misconceptions import LINES

IN_TABLE = 5  # updates
COLUMNS = ["update", "mse", "curve"]
HISTORY, RIGHT, YOURS = "the history", "right", "yours"
BLANK = "____"  # where a line is to be filled in


def neuron(question: Question) -> str:
    """The neuron, or the pass, as the lesson writes one down; nothing where it is what is asked for."""
    if all(isinstance(part, Choice) for part in question.parts):
        return ""
    given = {name: value for name, value in question.sample._asdict().items() if name != "weights_at_start"}
    return "\n".join(
        f"{name} = np.array([{', '.join(f'{one:g}' for one in value)}])"
        if isinstance(value, tuple)
        else f"{name} = {value:g}"
        for name, value in given.items()
    )


def program(question: Question, right: Sequence[bool]) -> str:
    """The code to be filled in or repaired; `right` says which of the parts asked so far are answered correctly.

    Nothing where there is none, or where it would give away a bug that has yet to be named.
    """
    code = {part.line: done for part, done in zip(question.parts, right, strict=False) if isinstance(part, Code)}
    if not code:
        return ""
    line, *more = code
    wrong = [line for line, done in code.items() if not done]
    loop = question.sample.loop
    blanked = {**loop, **dict.fromkeys(wrong, BLANK)}
    repaired = question.lines if wrong else loop
    written = [f"{name} = {formula}" for name, formula in (repaired if question.bug else blanked).items()]
    if not (more or question.bug):  # one line, and those that it needs
        return "\n".join(written[: [*loop].index(line) + 1])
    body = [f"    {line}" for line in (*written, "weights = weights_updated", "mse_hist.append(mse)")]
    return "\n".join(["weights_at_start = weights", "mse_hist = []", f"for i in range({UPDATES}):", *body])


def table(question: Question) -> pd.DataFrame | None:
    """The history in question as a table; with a bug every number of its first updates, else their mean squared errors.

    In the table of a loop with a bug the weights are those before the update, and `mse_appended` is what the loop
    appended after it.
    """
    if (neuron(question) and not question.bug) or not isinstance(question.sample, Sample):
        return None
    rows = history(question.sample, question.lines, IN_TABLE)
    if not question.bug:
        mse = [question.sample.start_error**2, *(float(row["mse"]) for row in rows)]
        return pd.DataFrame([mse], ["mse"], [f"update_{update}" for update in range(len(mse))])
    inputs = range(1, len(question.sample.weights) + 1)
    names = ["error", "mse_appended", *(f"slope_{i}" for i in inputs), *(f"weight_{i}" for i in inputs)]
    numbers = np.array([[row["error"], row["mse"], *row["slope"], *row["weights"]] for row in rows], dtype=float)
    return pd.DataFrame(numbers + 0.0, pd.RangeIndex(1, len(rows) + 1, name="update"), names)


def curves(question: Question, typed: Mapping[str, str]) -> pd.DataFrame | None:
    """The history in question; or once all lines of a loop are `typed`, the learner's beside the right one."""
    sample = question.sample
    if not isinstance(sample, Sample):
        return None
    if question.bug:
        return _curve(sample, question.lines, HISTORY)
    if not neuron(question):
        start = pd.DataFrame([(0, sample.start_error**2, HISTORY)], columns=COLUMNS)
        return pd.concat([start, _curve(sample, LINES, HISTORY)])
    if 1 < len(typed) == len(question.parts):
        return pd.concat([_curve(sample, LINES, RIGHT), _curve(sample, {**LINES, **typed}, YOURS)])
    return None


def _curve(sample: Sample, lines: Mapping[str, str], curve: str) -> pd.DataFrame:
    """What the loop appends, as far as an axis can hold it. A row in the place of a number shows its mean."""
    with np.errstate(over="ignore"):
        mse = [float(np.mean(row["mse"])) for row in history(sample, lines)]
    rows = [(update, value, curve) for update, value in enumerate(mse, start=1) if abs(value) <= LARGEST_DRAWN]
    return pd.DataFrame(rows, columns=COLUMNS)

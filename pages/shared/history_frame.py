"""What happened, as pandas tables."""

import math
import re
from unicodedata import normalize

import numpy as np
import pandas as pd

from gd_core.descent import History
from gd_core.problems import Neuron

DRAWN_UPDATES = 500  # at most: a screen shows no more
DRAWN_NUMBERS = 6000  # at most, over all the updates drawn: 48 kB
LARGEST_DRAWN = 1e300  # an axis must hold the distance between two numbers in a float
STARTS_A_FORMULA = ("=", "+", "-", "@")  # in a spreadsheet; in some their full-width forms do, and blanks before them


def of_run(run: History, **more: np.ndarray) -> pd.DataFrame:
    """A row an update, from the start on: mse, `more`, slope_1.., weight_1..; NaN for what a float cannot hold."""
    numbers = np.column_stack([run.loss, *more.values(), run.slopes, run.weights])
    numbers[~np.isfinite(numbers)] = np.nan
    numbers += 0.0  # -0.0 becomes 0.0
    inputs = range(1, run.weights.shape[1] + 1)
    names = ["mse", *more, *(f"slope_{i}" for i in inputs), *(f"weight_{i}" for i in inputs)]
    return pd.DataFrame(numbers, pd.RangeIndex(len(numbers), name="update"), names)


def of_one_sample(neuron: Neuron, run: History) -> pd.DataFrame:
    """The same for a neuron with one sample, with its prediction and its error."""
    with np.errstate(over="ignore", invalid="ignore"):
        predictions, errors = neuron.predictions(run.weights), neuron.errors(run.weights)
    return of_run(run, prediction=predictions[:, 0], error=errors[:, 0])


def slopes(history: pd.DataFrame) -> pd.DataFrame:
    """The slope columns of a history."""
    inputs = inputs_of(history)
    return history.iloc[:, -2 * inputs : -inputs]


def weights(history: pd.DataFrame) -> pd.DataFrame:
    """The weight columns of a history."""
    return history.iloc[:, -inputs_of(history) :]


def inputs_of(history: pd.DataFrame) -> int:
    """How many inputs the neuron of a history has."""
    return int(history.columns[-1].removeprefix("weight_"))


def drawn(history: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The rows worth sending to a chart, and the stride between them.

    They are evenly thinned where there are more than a screen can show, but have the first update and the last whose
    numbers an axis can hold. `stop` is a place on the scrub bar: the update, the last one rounded up to whole strides.
    """
    numbers = history.to_numpy()
    fits = (np.abs(numbers) <= LARGEST_DRAWN).all(axis=1)
    last = int(np.logical_and.accumulate(fits).sum()) - 1
    steps = min(DRAWN_UPDATES, DRAWN_NUMBERS // (numbers.shape[1] + 2) - 1)
    stride = max(1, math.ceil(last / steps))
    stops = np.arange(0, last + stride, stride)
    updates = np.minimum(stops, last)
    table = np.column_stack([stops, updates, numbers[updates]])
    return pd.DataFrame(table, columns=["stop", "update", *history.columns]), stride


def cell(text: str) -> str:
    """A text for a table to take away: what a spreadsheet would work out gets an apostrophe in front.

    So does what stands behind the signs that separate cells and rows where people write decimal commas.
    """
    return "".join(f"'{part}" if is_formula(part) else part for part in re.split(r"([;\t\r\n])", text))


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula, by the first character that shows."""
    shows = next((character for character in text if character.isprintable() and character != " "), "")
    return normalize("NFKC", shows).startswith(STARTS_A_FORMULA)

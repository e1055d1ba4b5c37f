"""A table made ready for a neuron, and its run as frames to draw and to read."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from gd_core.optimisers import GradientDescent
from gd_core.problems import Neuron
from gd_core.samples import Batches, LeastSquares, least_squares
from pages.shared import history_frame, reader
from pages.shared.reader import BIAS, KEPT, Table

DRAWN_SAMPLES = 400  # at most: more would lie on top of each other
DRAWN_CELLS = 6000  # of inputs, at most, over all samples drawn: 48 kB
LINE = 60  # points of the fitted line
BEYOND = 0.25  # of the range of the targets, how far one can be dragged beyond it
SHORT = 16  # letters of a name beside the numbers
ALONG = 27  # letters of a name along an axis: a phone has room for these, and for what else is said there


@dataclass(frozen=True, eq=False)
class Samples:
    """The samples of a table as a neuron takes them.

    `names` and `numbers`, shape (samples, inputs), are the chosen columns; `target` and `targets` the target's name and
    numbers. With `standardise` every input loses its mean and is divided by its standard deviation (over all samples);
    a constant one becomes 0. With `bias` an input that is always 1 comes last.
    """

    names: tuple[str, ...]
    numbers: np.ndarray
    target: str
    targets: np.ndarray
    bias: bool
    standardise: bool

    @cached_property
    def scale(self) -> tuple[np.ndarray, np.ndarray]:
        """What is subtracted from each column, and what it is then divided by, each of shape (inputs,)."""
        if not self.standardise:
            return np.zeros(len(self.names)), np.ones(len(self.names))
        return reader.scale(self.numbers)

    def prepare(self, numbers: np.ndarray) -> np.ndarray:
        """Rows of the chosen columns as the neuron takes them, shape (rows, weights)."""
        centre, spread = self.scale
        inputs = (numbers - centre) / spread
        return np.column_stack([inputs, np.ones(len(inputs))]) if self.bias else inputs

    @cached_property
    def inputs(self) -> np.ndarray:
        """All samples as the neuron takes them, shape (samples, weights)."""
        return self.prepare(self.numbers)

    @property
    def weights(self) -> tuple[str, ...]:
        """What each weight belongs to."""
        return (*self.names, BIAS) if self.bias else self.names


@lru_cache(maxsize=KEPT)
def samples(table: Table, target: int, inputs: tuple[int, ...], *, bias: bool, standardise: bool) -> Samples:
    """The samples of a table, by the places of its columns, which must have numbers: rows in which none is missing."""
    columns = table.columns
    targets, *numbers = (np.asarray(columns[place].numbers) for place in (target, *inputs))
    there = ~np.isnan([targets, *numbers]).any(axis=0)
    names = tuple(columns[place].name for place in inputs)
    return Samples(names, np.column_stack(numbers)[there], columns[target].name, targets[there], bias, standardise)


@lru_cache(maxsize=KEPT)
def moved(samples: Samples, row: int, target: float) -> Samples:
    """The samples with another target in a row, which are counted from 1."""
    targets = samples.targets.copy()
    targets[row - 1] = target
    return replace(samples, targets=targets)


def reach(samples: Samples) -> tuple[float, float]:
    """Between which targets one can be dragged: somewhat beyond the lowest and the highest there are."""
    low, high = float(samples.targets.min()), float(samples.targets.max())
    room = BEYOND * (high - low) or max(1.0, abs(low))
    return low - room, high + room


def now(samples: Samples, row: int | None, target: float | None, asked: int) -> pd.DataFrame:
    """One row: the ends of `reach`, where the first sample is, and the row that is picked or dragged with its target.

    `armed` where it is only picked, and drawn, so that it is the one to drag; `asked` as in `theme.dragged`.
    """
    low, high = reach(samples)
    picked = row is not None and target is None
    armed = picked and row in points(samples)["place"].to_numpy()
    ends = {"low": low, "high": high, "across": samples.numbers[0, 0]}
    actual = samples.targets[row - 1] if row is not None and picked else target
    return pd.DataFrame([{"asked": asked, **ends, "place": row, "target": actual, "armed": armed}], dtype=float)


@lru_cache(maxsize=KEPT)
def problem(samples: Samples, activation: str, size: int, seed: int) -> Batches:
    """The samples in batches of at most `size`."""
    return Batches(Neuron(samples.inputs, samples.targets, activation), size, seed)


@lru_cache(maxsize=KEPT)
def solution(batches: Batches, start: tuple[float, ...]) -> LeastSquares | None:
    """The least-squares solution; None if the neuron is not linear."""
    return least_squares(batches.neuron, start) if batches.neuron.linear else None


class Outcome(NamedTuple):
    """A run, and what came of it."""

    samples: Samples
    batches: Batches
    start: tuple[float, ...]
    optimiser: Any  # one of OPTIMISERS, with one learning rate
    history: pd.DataFrame
    least: LeastSquares | None

    @property
    def updates(self) -> int:
        """How many updates were made."""
        return len(self.history) - 1

    @property
    def plain(self) -> bool:
        """Whether it is plain gradient descent over all samples, whose course the curvature decides."""
        return type(self.optimiser) is GradientDescent and self.batches.size >= len(self.batches.neuron.targets)


def points(samples: Samples) -> pd.DataFrame:
    """The samples to draw: all, or evenly among them, and both ends of the first column."""
    count = len(samples.targets)
    most = min(DRAWN_SAMPLES, DRAWN_CELLS // len(samples.weights))
    places = np.arange(count)
    if count > most:
        first, evenly = samples.numbers[:, 0], np.linspace(0, count - 1, most - 2).astype(int)
        places = np.unique([*evenly, first.argmin(), first.argmax()])
    return _rows(samples, samples.numbers[places], place=places + 1.0, actual=samples.targets[places])


def line(samples: Samples, least: LeastSquares | None) -> pd.DataFrame:
    """Points along the only column, with the `best` prediction where it is known."""
    first = samples.numbers[:, 0]
    across = np.linspace(first.min(), first.max(), LINE)[:, np.newaxis]
    best = samples.prepare(across) @ least.weights if least else np.full(LINE, np.nan)
    return _rows(samples, across, best=best)


def _rows(samples: Samples, numbers: np.ndarray, **more: np.ndarray) -> pd.DataFrame:
    """Rows of the columns: `more`, across (the first column as it is), x_1.. (all as the neuron takes them)."""
    names = [*more, "across", *(f"x_{i}" for i in range(1, len(samples.weights) + 1))]
    return pd.DataFrame(np.column_stack([*more.values(), numbers[:, 0], samples.prepare(numbers)]), columns=names)


def shortened(name: str, most: int) -> str:
    """A name in at most so many letters."""
    return name if len(name) <= most else f"{name[: most - 1]}…"


def datasets(
    samples: Samples, now: pd.DataFrame, drawn: pd.DataFrame, least: LeastSquares | None
) -> dict[str, pd.DataFrame]:
    """What the chart of the fit draws, with `now` where a target can be dragged."""
    only, target = len(samples.names) == 1, shortened(samples.target, ALONG)
    known = "; dashed: least squares" if least else ""
    titles = {
        "fit": f"{target}{known}" if only else "Prediction; dashed: where it is right",
        "across": shortened(samples.names[0], ALONG) if only else target,
    }
    found = {
        "history": drawn,
        "samples": points(samples),
        "titles": pd.DataFrame([titles]),
        "least": pd.DataFrame({"mse": [least.loss] if least else []}, dtype=float),
    }
    return found | {"line": line(samples, least), "now": now} if only else found


def weight_names(samples: Samples, least: LeastSquares | None) -> pd.DataFrame:
    """What each weight belongs to, and its best value where that is known."""
    names = [shortened(name, SHORT) for name in samples.weights]
    best = least.weights if least else np.full(len(names), np.nan)
    return pd.DataFrame({"number": np.arange(1.0, len(names) + 1), "name": names, "best": best})


def rates(least: LeastSquares) -> dict[str, float]:
    """Three learning rates to try; inf where all inputs are 0."""
    best, critical = least.best_rate, least.critical_rate
    return {"Best learning rate": best, "Too slow": best / 100, "Too fast": 1.05 * critical}


def weights_table(outcome: Outcome) -> pd.DataFrame:
    """Each weight at the end and by least squares; of standardised inputs also per unit of their columns."""
    samples, least, end = outcome.samples, outcome.least, history_frame.weights(outcome.history).to_numpy()[-1]
    weights = {"at the end": end, "least squares": least.weights} if least else {"at the end": end}
    columns = dict(weights)
    if least:
        columns["still to go"] = least.weights - end + 0.0
    if samples.standardise:
        columns |= {f"{name}, per unit": per_unit(samples, each) for name, each in weights.items()}
    return pd.DataFrame(columns, pd.Index(samples.weights, name="weight of"))


def per_unit(samples: Samples, weights: np.ndarray) -> np.ndarray:
    """The weights that predict the same from the columns as they are; but for a constant, if there is no bias."""
    inputs, (centre, spread) = len(samples.names), samples.scale
    plain = weights[:inputs] / spread
    return np.append(plain, weights[inputs] - plain @ centre) if samples.bias else plain


@lru_cache(maxsize=KEPT)
def ways(samples: Samples) -> dict[tuple[bool, bool], LeastSquares]:
    """The least-squares solution, and with it the curvatures, for all four ways to set (bias, standardise)."""
    found = {}
    for bias, standardise in product((False, True), repeat=2):
        other = replace(samples, bias=bias, standardise=standardise)
        found[bias, standardise] = least_squares(Neuron(other.inputs, other.targets), np.zeros(len(other.weights)))
    return found


def undetermined(samples: Samples) -> list[int]:
    """The numbers of the weights that can change together without changing any prediction, counted from 1."""
    rows = np.linalg.qr(samples.inputs, mode="r")
    _, singular, directions = np.linalg.svd(rows, full_matrices=True)
    rank = int((singular > np.finfo(float).eps * max(samples.inputs.shape) * singular.max(initial=0)).sum())
    flat = np.abs(directions[rank:]).max(axis=0, initial=0) > 1e-6
    return [number for number, part in enumerate(flat, start=1) if part]


def history_csv(outcome: Outcome) -> str:
    """The history under the names of the columns, at full precision."""
    heads = [f"{what} of {name}" for what in ("slope", "weight") for name in outcome.samples.weights]
    return outcome.history.set_axis(["mse", *heads], axis=1).to_csv()

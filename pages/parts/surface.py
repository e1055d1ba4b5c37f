"""The loss over two weights, and where runs go on it: what to draw and to tell. Knows no screen."""

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from contourpy import FillType, contour_generator

from gd_core import History, Neuron, Slice
from gd_core.pace import ROUNDING
from pages.parts import compare, numbers, typed
from pages.parts.rates import Marks
from pages.parts.runs import Run
from pages.parts.setup import Setup

REACH = 1.5  # the picture goes this many times as far as the start is from the bottom
WIDE = 3.0  # times as wide as high is what is worked out: more than a screen shows
GRID = (51, 31)  # points across and up: enough for straight lines and ellipses
FINE = (141, 101)  # the same where an activation bends them
BANDS = 9
OUT = 1e6  # times the reach of the picture at most are points drawn
FARTHEST = 1e100  # a picture that follows the runs goes no farther: the squares of such weights still fit a float
FLAT = 1e-10  # a curvature this small beside the largest is none; curvatures are squares of what pinv looks at


class Ground(NamedTuple):
    """A loss over two weights while the others rest, and where the run starts on it."""

    slice: Slice
    start: tuple[float, float]

    @property
    def neuron(self) -> Neuron:
        """The neuron, with one sample or two."""
        neuron = self.slice.problem
        assert isinstance(neuron, Neuron)  # noqa: S101 - says to the type checker what `ground` has put there
        return neuron

    @property
    def inputs(self) -> np.ndarray:
        """The inputs of the two weights, shape (samples, 2)."""
        return self.neuron.inputs[:, list(self.slice.moving)]

    @property
    def curvature(self) -> np.ndarray:
        """The curvature at the start as far as the slopes of the activation go, 2 X'X / samples, shape (2, 2).

        With the identity it is exact, and the same everywhere.
        """
        rows = self.inputs * self.neuron.steepness(self.slice.whole(self.start))[:, np.newaxis]
        return rows.T @ rows * (2 / len(rows))


class Shape(NamedTuple):
    """The largest and the smallest curvature, and the direction of the largest."""

    largest: float
    smallest: float
    steepest: tuple[float, float]

    @property
    def condition(self) -> float:
        """The largest curvature over the smallest; inf in a trough."""
        return self.largest / self.smallest if self.smallest > FLAT * self.largest else math.inf


def ground(setup: Setup, second: tuple[Sequence[float], float] | None, moving: tuple[int, int]) -> Ground:
    """The loss over two of the weights, for the sidebar's sample and perhaps a second one (inputs, target)."""
    neuron = setup.problem
    if second:
        inputs, target = second
        neuron = Neuron([*neuron.inputs.tolist(), inputs], [*neuron.targets.tolist(), target], neuron.activation)
    return Ground(Slice(neuron, setup.weights, moving), (setup.weights[moving[0]], setup.weights[moving[1]]))


def another(setup: Setup, moving: tuple[int, int]) -> tuple[list[float], float]:
    """A second sample (inputs, target) that makes a bowl of the trough: the inputs of the two weights, changed about.

    At the start its error is half the first one's: so the start lies off both main directions.
    """
    neuron, inputs = setup.problem, setup.problem.inputs[0].tolist()
    across, up = moving
    if abs(inputs[across]) == abs(inputs[up]):
        inputs[across] = math.copysign(typed.within(abs(inputs[across]) / 2), inputs[across]) if inputs[across] else 1.0
    else:
        inputs[across], inputs[up] = inputs[up], inputs[across]
    error = float(neuron.errors(setup.weights)[0]) or 2.0
    target = float(Neuron(inputs, 0, neuron.activation).predictions(setup.weights)[0]) - error / 2
    return inputs, float(f"{target:.3g}") if typed.SMALLEST <= abs(target) <= typed.LARGEST else 0.0


@lru_cache(maxsize=16)
def shape(ground: Ground) -> Shape:
    """The curvature along its two main directions."""
    size = float(np.abs(ground.curvature).max()) or 1.0  # so that no square is more than a float can hold
    values, directions = np.linalg.eigh(ground.curvature / size)
    across, up = directions[:, 1] * (np.sign(directions[np.abs(directions[:, 1]).argmax(), 1]) or 1)
    return Shape(float(values[1]) * size, max(0.0, float(values[0])) * size, (float(across) + 0.0, float(up) + 0.0))


def marks(shape: Shape) -> list[Marks]:
    """The ruler's rows: what an update does in the flattest direction, unless it is flat, and in the steepest."""
    flattest = [Marks("Flattest direction", shape.smallest, "distance")] if math.isfinite(shape.condition) else []
    return [*flattest, Marks("Steepest direction", shape.largest, "distance")]


def perfect(ground: Ground, points: np.ndarray) -> np.ndarray:
    """The weights with the least loss nearest to each point, shape (points, 2); for a linear neuron.

    For one sample weights - inputs * error / |inputs|^2, along the inputs; the points themselves where all are 0.
    """
    errors = ground.neuron.errors(ground.slice.whole(points))
    return points - errors @ np.linalg.pinv(ground.inputs, rcond=math.sqrt(FLAT)).T + 0.0


class Window(NamedTuple):
    """What the picture shows: its middle, and how far it goes up and down from there."""

    across: float
    up: float
    reach: float

    def holds(self, points: np.ndarray, width: float = 1.0) -> np.ndarray:
        """Which points are within a window so many times as wide as high."""
        away = np.abs(points - [self.across, self.up])
        return (away[..., 0] <= width * self.reach) & (away[..., 1] <= self.reach)


def window(ground: Ground, paths: pd.DataFrame | None = None) -> Window:
    """Around the start and the bottom; if there are `paths`, as far as they go."""
    start = np.array(ground.start)
    middle, away = _bottom(ground) if ground.neuron.linear else _bend(ground)
    reach = max(REACH * away, 1e-9 * np.abs(start).max(), 1e-60) if away else max(1.0, np.abs(start).max())
    if paths is not None:
        held = paths[["across", "up"]].dropna().to_numpy()
        held = held[(np.abs(held) <= FARTHEST).all(axis=1)]
        reach = max(reach, 1.1 * np.abs(held - middle).max())
    return Window(float(middle[0]), float(middle[1]), float(reach))


def _bottom(ground: Ground) -> tuple[np.ndarray, float]:
    """The bottom that is nearest to the start, and how far away that is."""
    start = np.array(ground.start)
    middle = perfect(ground, start[np.newaxis])[0]
    return middle, float(np.hypot(*(start - middle)))


def _bend(ground: Ground) -> tuple[np.ndarray, float]:
    """Where the sums are 0, and how far it is from there to the start, or to where the activation has bent."""
    start = np.array(ground.start)
    sums = ground.neuron.sums(ground.slice.whole(start))
    size = np.hypot(*ground.inputs.T).max()
    bent = max(np.abs(ground.neuron.targets).max(), 1.0) if ground.neuron.activation == "ReLU" else 4.0
    away = max(np.abs(sums).max(), bent) / size if size else 0.0
    return start - np.linalg.pinv(ground.inputs, rcond=math.sqrt(FLAT)) @ sums, float(away)


@lru_cache(maxsize=16)
def bands(ground: Ground, window: Window) -> pd.DataFrame:
    """Bands of equal loss, from the lowest on: place, band, across, up; a row of NaN between two outlines of a band.

    They stay as they are while the learning rate moves, so they are kept. The losses between two bands are spaced as
    those of a trough or a bowl are where lines have equal distances.
    """
    columns, rows = GRID if ground.neuron.linear else FINE
    across = window.across + WIDE * window.reach * np.linspace(-1, 1, columns)
    up = window.up + window.reach * np.linspace(-1, 1, rows)
    with np.errstate(all="ignore"):
        loss = ground.slice.loss(np.stack(np.meshgrid(across, up), axis=-1))
    found = [np.empty((0, 3))]
    if np.isfinite(loss).all() and loss.max() > loss.min():
        levels = (np.arange(BANDS + 1) / BANDS) ** 2
        heights = (loss - loss.min()) / (loss.max() - loss.min())
        lines = contour_generator(across, up, heights, fill_type=FillType.OuterOffset)
        for band, (low, high) in enumerate(zip(levels[:-1], [*levels[1:-1], 2.0], strict=True)):
            for points, offsets in zip(*lines.filled(low if band else -1.0, high), strict=True):
                for begin, end in pairwise(offsets.tolist()):
                    outline = np.vstack([points[begin:end], [math.nan, math.nan]])
                    found.append(np.column_stack([np.full(len(outline), band), outline]))
    outlines = np.concatenate(found)
    place = np.arange(len(outlines))
    return pd.DataFrame(np.column_stack([place, outlines]), columns=["place", "band", "across", "up"])


def perfect_line(ground: Ground, window: Window) -> pd.DataFrame:
    """Two points of the line of perfect weights, which one sample of a linear neuron has."""
    rows = np.empty((0, 2))
    if lone(ground):
        ((a, b),) = ground.inputs
        along = np.array([-b, a]) / math.hypot(a, b)
        middle = np.array([window.across, window.up])
        middle = perfect(ground, middle[np.newaxis])[0]
        rows = np.stack([middle - 4 * WIDE * window.reach * along, middle + 4 * WIDE * window.reach * along])
    return pd.DataFrame(rows, columns=["across", "up"])


def trough(ground: Ground) -> bool:
    """Whether the loss is a trough: that of a linear neuron whose samples leave one direction flat."""
    return ground.neuron.linear and bool(ground.inputs.any()) and math.isinf(shape(ground).condition)


def lone(ground: Ground) -> bool:
    """Whether one sample makes a trough: all weights on a line are then perfect."""
    return trough(ground) and len(ground.inputs) == 1


def starts(ground: Ground, window: Window) -> pd.DataFrame:
    """Four other starts and the perfect weights nearest to each: across, up, to_across, to_up; for one sample only."""
    rows = np.empty((0, 4))
    if lone(ground):
        corners = np.array([[-0.75, 0.75], [0.75, 0.75], [-0.75, -0.75], [0.75, -0.75]]) * window.reach
        points = corners + np.array([window.across, window.up])
        rows = np.column_stack([points, perfect(ground, points)])
    return pd.DataFrame(rows, columns=["across", "up", "to_across", "to_up"])


def starts_told(ground: Ground, starts: pd.DataFrame) -> pd.DataFrame:
    """The same in words and numbers, with what the neuron predicts there."""
    found = starts.to_numpy()
    whole = ground.slice.whole(found[:, 2:])
    predictions, target = ground.neuron.predictions(whole)[:, 0], float(ground.neuron.targets[0])
    size = np.abs(whole * ground.neuron.inputs[0]).sum(axis=1) + abs(target)
    predictions[np.abs(predictions - target) <= ROUNDING * size] = target
    told = [(point(row[:2]), point(row[2:])) for row in found]
    rows = [(*each, numbers.number(value)) for each, value in zip(told, predictions.tolist(), strict=True)]
    return pd.DataFrame(rows, columns=["start", "ends at", "prediction"])


def point(weights: Sequence[float] | np.ndarray, digits: int = 4) -> str:
    """Two weights in at most so many digits each; one that is only the other's rounding is 0."""
    size = max(abs(float(weight)) for weight in weights)
    told = [0.0 if abs(float(weight)) <= ROUNDING * size else float(weight) + 0.0 for weight in weights]
    return f"({', '.join(f'{weight:.{digits}g}' for weight in told)})"


def names(ground: Ground) -> tuple[str, str]:
    """What the two weights are called."""
    across, up = ground.slice.moving
    return f"Weight {across + 1}", f"Weight {up + 1}"


def histories(ground: Ground, runs: Sequence[Run], updates: int) -> list[History]:
    """What each run does on this ground."""
    return [compare.ran(ground.slice, ground.start, run.optimiser, updates) for run in runs]


def paths(histories: Sequence[History]) -> pd.DataFrame:
    """Where the runs go: run, stop, update, across, up, mse. What a float cannot hold is missing (NaN)."""
    updates = len(histories[0].loss) - 1
    places, _ = compare.stops(updates)
    made = np.minimum(places, updates)
    tables = []
    for number, history in enumerate(histories):
        rows = np.column_stack([history.weights[made], history.loss[made]])
        rows[~np.isfinite(rows).all(axis=1)] = math.nan
        tables.append(np.column_stack([np.full(len(made), number), places, made, rows + 0.0]))
    return pd.DataFrame(np.concatenate(tables), columns=["run", "stop", "update", "across", "up", "mse"])


def drawn(paths: pd.DataFrame, window: Window) -> pd.DataFrame:
    """The paths with what lies very far out drawn nearer, in the same direction: a browser draws no larger numbers."""
    middle = np.array([window.across, window.up])
    away = paths[["across", "up"]].to_numpy() - middle
    with np.errstate(over="ignore"):
        size = np.maximum(np.abs(away).max(axis=1, keepdims=True) / (OUT * window.reach), 1.0)
    return pd.DataFrame(np.hstack([paths.to_numpy(), middle + away / size]), columns=[*paths.columns, "x", "y"])


def ends(ground: Ground, runs: Sequence[Run], histories: Sequence[History]) -> pd.DataFrame:
    """Where each run is in the end, in a row of words and numbers."""
    rows = []
    for number, (run, history) in enumerate(zip(runs, histories, strict=True)):
        with np.errstate(all="ignore"):
            predictions = ground.neuron.predictions(ground.slice.whole(history.weights[-1]))
        told = [numbers.number(value) for value in (*history.weights[-1], history.loss[-1], *predictions)]
        rows.append([str(number), run.label, *told])
    across, up = names(ground)
    predicted = ["prediction"] if len(ground.inputs) == 1 else ["prediction 1", "prediction 2"]
    return pd.DataFrame(rows, columns=["run", "name", across.lower(), up.lower(), "mse", *predicted])


def leaves(window: Window, histories: Sequence[History]) -> list[tuple[int, int]]:
    """(run, update) of the runs that leave a square window, and the first update at which they are beyond it."""
    found = []
    for number, history in enumerate(histories):
        beyond = ~window.holds(np.where(history.held[:, np.newaxis], history.weights, math.inf))
        if beyond.any():
            found.append((number, int(beyond.argmax())))
    return found

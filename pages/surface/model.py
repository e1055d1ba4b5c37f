"""The loss over two weights, and where runs go on it, as tables to draw."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise, product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from contourpy import FillType, contour_generator

from gd_core.descent import History
from gd_core.problems import Neuron, Slice
from pages.shared import parse, run_list
from pages.shared.rate_ruler import Row
from pages.shared.setup import Setup
from pages.shared.weight_curve import BENT

REACH = 1.5  # the picture goes this many times as far as the start is from the bottom
WIDE = 3.0  # times as wide as high is what is computed: more than a screen shows
GRID = (51, 31)  # points across and up: enough for straight lines and ellipses
FINE = (141, 101)  # the same where an activation bends them
BANDS = 9
OUT = 1e6  # points are drawn no farther out than so many times the reach of the picture
FARTHEST = 1e100  # a picture of everything goes no farther: the squares of such weights still fit a float
FLAT = 1e-10  # a curvature this small beside the largest is none
RCOND = math.sqrt(FLAT)  # the same for pinv, which looks at singular values: roots of curvatures


class Shape(NamedTuple):
    """The largest and the smallest curvature (eigenvalues of the Hessian), and the direction of the largest."""

    largest: float
    smallest: float
    steepest: tuple[float, float]

    @property
    def condition(self) -> float:
        """The condition number, the largest curvature over the smallest; inf in a trough."""
        return self.largest / self.smallest if self.smallest > FLAT * self.largest else math.inf


@dataclass(frozen=True)
class Surface:
    """A loss over two weights while the others rest, and where the runs start on it."""

    neuron: Neuron  # with one sample or two
    slice: Slice  # of the neuron
    start: tuple[float, float]

    @property
    def names(self) -> tuple[str, str]:
        """What the two weights are called."""
        across, up = self.slice.moving
        return f"Weight {across + 1}", f"Weight {up + 1}"

    @property
    def inputs(self) -> np.ndarray:
        """The inputs of the two weights, shape (samples, 2)."""
        return self.neuron.inputs[:, list(self.slice.moving)]

    @property
    def curvature(self) -> np.ndarray:
        """The Hessian, shape (2, 2): 2 X'X / samples for a linear neuron.

        For others that of the start as far as the slopes of the activation go: the Gauss-Newton matrix.
        """
        rows = self.inputs * self.neuron.activation_slope(self.slice.whole(self.start))[:, np.newaxis]
        return rows.T @ rows * (2 / len(rows))

    @cached_property
    def shape(self) -> Shape:
        """The curvature along its two main directions."""
        size = float(np.abs(self.curvature).max()) or 1.0  # so that no square is more than a float can hold
        (smallest, largest), directions = np.linalg.eigh(self.curvature / size)
        steepest = directions[:, 1] * np.sign(directions[np.abs(directions[:, 1]).argmax(), 1]) + 0.0
        return Shape(float(largest) * size, max(0.0, float(smallest)) * size, (steepest[0], steepest[1]))

    @property
    def flat(self) -> bool:
        """Whether neither weight can move."""
        return not self.inputs.any()

    @property
    def trough(self) -> bool:
        """Whether the neuron is linear and its samples leave one direction flat."""
        return self.neuron.linear and not self.flat and math.isinf(self.shape.condition)

    @property
    def has_line(self) -> bool:
        """Whether all weights on a line are minima: one sample makes such a trough."""
        return self.trough and len(self.inputs) == 1

    def minima(self, points: np.ndarray) -> np.ndarray:
        """The minimum nearest to each point, shape (..., 2), for a linear neuron; the point itself if it is flat.

        For one sample weights - inputs * error / |inputs|^2, along the inputs.
        """
        errors = self.neuron.errors(self.slice.whole(points))
        return points - errors @ np.linalg.pinv(self.inputs, rcond=RCOND).T + 0.0


def surface(setup: Setup, second: tuple[Sequence[float], float] | None, moving: tuple[int, int]) -> Surface:
    """The loss over two of the weights, for the sidebar's sample and perhaps a second one (inputs, target)."""
    neuron = setup.problem
    if second:
        inputs, target = second
        neuron = Neuron([*neuron.inputs.tolist(), inputs], [*neuron.targets.tolist(), target], neuron.activation)
    across, up = moving
    return Surface(neuron, Slice(neuron, setup.weights, moving), (setup.weights[across], setup.weights[up]))


def suggestion(setup: Setup, moving: tuple[int, int]) -> tuple[list[float], float]:
    """A second sample (inputs, target) that makes a bowl of the trough: the inputs of the two weights, swapped.

    At the start its error is half the first one's: so the start lies off both main directions.
    """
    neuron, inputs = setup.problem, setup.problem.inputs[0].tolist()
    across, up = moving
    if abs(inputs[across]) == abs(inputs[up]):
        inputs[across] = math.copysign(parse.within(abs(inputs[across]) / 2), inputs[across]) if inputs[across] else 1.0
    else:
        inputs[across], inputs[up] = inputs[up], inputs[across]
    error = float(neuron.errors(setup.weights)[0]) or 2.0
    target = float(Neuron(inputs, 0, neuron.activation).predictions(setup.weights)[0]) - error / 2
    return inputs, float(f"{target:.3g}") if parse.SMALLEST <= abs(target) <= parse.LARGEST else 0.0


def rows(shape: Shape) -> list[Row]:
    """The ruler's rows: what an update does in the flattest direction, unless it is flat, and in the steepest."""
    flattest = [Row("Flattest direction", shape.smallest, "distance")] if math.isfinite(shape.condition) else []
    return [*flattest, Row("Steepest direction", shape.largest, "distance")]


class Window(NamedTuple):
    """What the picture shows: its middle, and how far it goes up and down from there."""

    middle: tuple[float, float]
    reach: float

    @property
    def borders(self) -> list[tuple[float, float]]:
        """From where to where it goes across, and up."""
        away = (WIDE * self.reach, self.reach)
        return [(middle - far, middle + far) for middle, far in zip(self.middle, away, strict=True)]

    def holds(self, points: np.ndarray) -> np.ndarray:
        """Which points are within a square window, shape (...)."""
        return np.abs(points - self.middle).max(axis=-1) <= self.reach


def within(borders: Sequence[tuple[float, float]]) -> Window:
    """The window with these borders."""
    (left, right), (low, high) = borders
    return Window((left / 2 + right / 2, low / 2 + high / 2), high / 2 - low / 2)


def window(surface: Surface) -> Window:
    """Around the start and the bottom."""
    start, neuron = np.array(surface.start), surface.neuron
    if neuron.linear:
        middle = surface.minima(start)
        away = np.hypot(*(start - middle))
    else:  # around where the sums are 0, as far as the start or as where the activation has bent
        sums, size = neuron.sums(surface.slice.whole(start)), np.hypot(*surface.inputs.T).max()
        middle = start - np.linalg.pinv(surface.inputs, rcond=RCOND) @ sums
        bent = max(np.abs(neuron.targets).max(), 1.0) if neuron.activation == "ReLU" else BENT
        away = max(np.abs(sums).max(), bent) / size if size else 0.0
    reach = max(REACH * away, 1e-9 * np.abs(start).max(), 1e-60) if away else max(1.0, np.abs(start).max())
    return Window((float(middle[0]), float(middle[1])), float(reach))


def everything(window: Window, paths: pd.DataFrame) -> Window:
    """A window that goes as far as the paths."""
    points = paths[["across", "up"]].to_numpy()
    points = points[(np.abs(points) <= FARTHEST).all(axis=1)]
    return window._replace(reach=max(window.reach, 1.1 * float(np.abs(points - window.middle).max())))


def now(surface: Surface, window: Window, asked: int) -> pd.DataFrame:
    """One row: the start, and the numbers from which the browser works out the loss and the slopes of any other.

    These are both samples' inputs of the two weights, the sum of their other inputs, and their targets: one sample
    counts as two that are alike. `longest` is the largest slope in the corners; `asked` as in `theme.dragged`.
    """
    neuron, (across, up) = surface.neuron, surface.start
    inputs, targets = np.resize(surface.inputs, (2, 2)), np.resize(neuron.targets, 2)
    rest = np.resize(neuron.sums(surface.slice.whole((0.0, 0.0))), 2)
    with np.errstate(all="ignore"):
        slopes = surface.slice.slopes(np.array([*product(*window.borders)]))
        longest = float(np.hypot(*slopes.T).max())
    row = {"asked": asked, "across": across, "up": up, "longest": longest, "activation": neuron.activation}
    for sample in range(2):
        names = (f"{name}{sample}" for name in ("a", "b", "rest", "target"))
        row |= zip(names, (*inputs[sample], rest[sample], targets[sample]), strict=True)
    return pd.DataFrame([row])


@lru_cache(maxsize=16)
def bands(surface: Surface, window: Window) -> pd.DataFrame:
    """Bands of equal loss, from the lowest on: band, across, up; a row of NaN between two outlines of a band.

    They stay while the learning rate moves, so they are kept. In a trough or a bowl they are equally wide. Places are
    measured from the middle of the window, in its reach: so a float of 4 bytes is as exact as a screen.
    """
    columns, rows = GRID if surface.neuron.linear else FINE
    across, up = WIDE * np.linspace(-1, 1, columns), np.linspace(-1, 1, rows)
    with np.errstate(all="ignore"):
        loss = surface.slice.loss(window.middle + window.reach * np.stack(np.meshgrid(across, up), axis=-1))
    found = [np.empty((0, 3))]
    if np.isfinite(loss).all() and loss.max() > loss.min():
        heights = (loss - loss.min()) / (loss.max() - loss.min())
        lines: Any = contour_generator(across, up, heights, fill_type=FillType.ChunkCombinedOffset)
        ends = [-1.0, *(np.arange(1, BANDS) / BANDS) ** 2, 2.0]
        for band, (low, high) in enumerate(pairwise(ends)):
            (points,), (offsets,) = lines.filled(low, high)
            if points is not None:
                outlines = np.insert(points, offsets[1:].astype(int), math.nan, axis=0)
                found.append(np.insert(outlines, 0, band, axis=1))
    return pd.DataFrame(np.concatenate(found), columns=["band", "across", "up"], dtype=np.float32)


def line(surface: Surface, window: Window) -> pd.DataFrame:
    """Two points of the line of minima, where there is one."""
    points = np.empty((0, 2))
    if surface.has_line:
        ((a, b),) = surface.inputs
        along = 4 * WIDE * window.reach * np.array([-b, a]) / math.hypot(a, b)
        points = surface.minima(np.array(window.middle)) + np.stack([-along, along])
    return pd.DataFrame(points, columns=["across", "up"])


def starts(surface: Surface, window: Window) -> pd.DataFrame:
    """Four other starts and the minimum nearest to each, where minima are on a line: across, up, to_across, to_up."""
    corners = np.array([[-0.75, 0.75], [0.75, 0.75], [-0.75, -0.75], [0.75, -0.75]])
    points = corners * window.reach + window.middle if surface.has_line else np.empty((0, 2))
    found = np.column_stack([points, surface.minima(points)])
    return pd.DataFrame(found, columns=["across", "up", "to_across", "to_up"])


def paths(histories: Sequence[History]) -> pd.DataFrame:
    """Where the runs go: run, stop, update, across, up, mse. What a float cannot hold is missing (NaN)."""
    tables = [np.column_stack([history.weights, history.loss]) + 0.0 for history in histories]  # -0.0 becomes 0.0
    for table in tables:
        table[~np.isfinite(table).all(axis=1)] = math.nan
    return run_list.at_stops(tables, ["across", "up", "mse"])


def drawn(paths: pd.DataFrame, window: Window) -> pd.DataFrame:
    """The paths with what lies very far out drawn nearer, in the same direction: a browser draws no larger numbers."""
    middle = np.array(window.middle)
    table = paths.to_numpy()
    away = table[:, -3:-1] - middle
    with np.errstate(over="ignore"):
        nearer = middle + away / np.maximum(np.abs(away).max(axis=1, keepdims=True) / (OUT * window.reach), 1)
    return pd.DataFrame(np.hstack([table, nearer]), columns=[*paths.columns, "x", "y"])


def leaves(window: Window, histories: Sequence[History]) -> list[tuple[int, int]]:
    """(run, update) of the runs that leave a square window, and the first update at which they are beyond it."""
    weights = [np.where(history.finite[:, np.newaxis], history.weights, math.inf) for history in histories]
    beyond = ~window.holds(np.stack(weights))
    return [(run, int(away.argmax())) for run, away in enumerate(beyond) if away.any()]

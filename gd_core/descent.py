"""Many updates: a problem, start weights and an optimiser in, a History out."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gd_core.optimisers import GradientDescent, Optimiser
from gd_core.problems import Problem


@dataclass(frozen=True)
class History:
    """Everything that happened. Row k is the state after k updates; row 0 is the start.

    `weights` and `slopes` have shape (updates + 1, ..., inputs), `loss` has shape (updates + 1, ...).
    A run that grows past what a float can hold has inf or nan from there on; `held` says where.
    """

    weights: np.ndarray
    slopes: np.ndarray
    loss: np.ndarray

    @property
    def held(self) -> np.ndarray:
        """True for the rows in which a float could hold every number, shape (updates + 1, ...)."""
        return np.isfinite(self.loss) & np.isfinite(self.slopes).all(axis=-1) & np.isfinite(self.weights).all(axis=-1)


def descend(problem: Problem, weights: ArrayLike, optimiser: Optimiser, updates: int) -> History:
    """Make `updates` updates from `weights`: weights = weights + change, again and again.

    `weights` has shape (inputs,), or (..., inputs) for many runs at once; learning rates and start
    weights broadcast against each other. Divergence is a result and raises nothing.

    Raises ValueError, with a sentence to show, if `updates` is negative or the weights do not fit.
    """
    (history,) = pieces(problem, weights, optimiser, updates, updates + 1)
    return history


def pieces(problem: Problem, weights: ArrayLike, optimiser: Optimiser, updates: int, rows: int) -> Iterator[History]:
    """What `descend` gives, at most `rows` rows at a time: for those who show how far a long run has come.

    Where the run can leap it is all in one piece, whatever `rows` says: there is nothing to wait for.

    Raises ValueError as `descend` does.
    """
    start = _start(weights, updates)
    if type(optimiser) is GradientDescent and (leapt := _leap(problem, start, optimiser, updates)):
        yield leapt
        return
    walk = _walk(problem, start, optimiser, updates, _both(problem))
    while piece := _some(walk, rows):
        yield History(*piece)


def arrive(problem: Problem, weights: ArrayLike, optimiser: Optimiser, updates: int) -> np.ndarray:
    """The weights after `updates` updates, shape (..., inputs): the last row of `descend`, without those before.

    For many runs of which only the end is wanted; the start itself where no update is made. A run that grows past what
    a float can hold ends in inf or nan.

    Raises ValueError as `descend` does.
    """
    start = _start(weights, updates)
    with np.errstate(over="ignore", invalid="ignore"):
        walk = _walk(problem, start, optimiser, updates, lambda weights: (None, problem.slopes(weights)))
        ((end, _, _),) = deque(walk, maxlen=1)
    return end


def _start(weights: ArrayLike, updates: int) -> np.ndarray:
    if updates < 0:
        raise ValueError("The number of updates cannot be negative.")
    return np.asarray(weights, dtype=float)


def _both(problem: Problem) -> Callable[[np.ndarray], tuple]:
    return getattr(problem, "both", None) or (lambda weights: (problem.loss(weights), problem.slopes(weights)))


def _walk(
    problem: Problem, start: np.ndarray, optimiser: Optimiser, updates: int, both: Callable[[np.ndarray], tuple]
) -> Iterator[tuple]:
    """(weights, slopes, loss) of each row, one at a time: for any problem and any optimiser."""
    weights = start
    memory: list[Any] = []
    at = getattr(problem, "at", None)
    for update in range(updates + 1):
        loss, slopes = both(weights)
        yield weights, slopes, loss
        if update == updates:
            return
        seen = at(update) if at else None
        change, *memory = optimiser.step(slopes if seen is None else seen.slopes(weights), *memory)
        weights = weights + change


def _some(walk: Iterator[tuple], rows: int) -> tuple[np.ndarray, ...]:
    """The next rows of a walk, stacked; none if it has ended."""
    with np.errstate(over="ignore", invalid="ignore"):
        # The start of many runs may be one row for all of them.
        return tuple(np.stack(np.broadcast_arrays(*column)) for column in zip(*islice(walk, rows), strict=True))


def _leap(problem: Problem, start: np.ndarray, optimiser: GradientDescent, updates: int) -> History | None:
    """The whole history at once, or None where it has to be walked."""
    with np.errstate(over="ignore", invalid="ignore"):
        curvature = getattr(problem, "curvature", None)
        path = None if curvature is None else _path(start, problem.slopes(start), curvature, optimiser, updates)
        if path is None:
            return None
        loss, slopes = _both(problem)(path)
        return History(path, slopes, loss)


def _path(
    start: np.ndarray, slopes: np.ndarray, curvature: np.ndarray, optimiser: GradientDescent, updates: int
) -> np.ndarray | None:
    """The weights of every row in about log2(updates) matrix products, where the curvature is constant.

    With u the weights' distance from the start, one update is then an affine map,

        u -> u - learning_rate * (slopes(start) + u @ curvature),

    so [u, 1] is multiplied by one matrix, and by its square to make two updates. Rows 0..1 give rows
    2..3, these four give the next four, and so on. Once squaring would overflow the leap stays as
    long as it is, so that every row is at least as finite as it would be when reached step by step.

    None if already the matrix of one update is more than a float can hold.
    """
    rate = np.asarray(optimiser.learning_rate, dtype=float)[..., np.newaxis]
    push = -rate * slopes
    turn = np.eye(start.shape[-1]) - rate[..., np.newaxis] * curvature
    *runs, inputs = push.shape
    update = np.zeros((*runs, inputs + 1, inputs + 1))
    update[..., :inputs, :inputs] = turn
    update[..., inputs, :inputs] = push
    update[..., inputs, inputs] = 1
    if not np.isfinite(update).all():
        return None

    path = np.zeros((*runs, updates + 1, inputs + 1))
    path[..., 0, inputs] = 1
    done = leap = 1
    growing = True
    while done <= updates:
        known = path[..., done - leap : done - leap + min(leap, updates + 1 - done), :]
        upto = done + known.shape[-2]
        path[..., done:upto, :] = known @ update
        done = upto
        if not np.isfinite(path[..., done - 1, :]).all(axis=-1).any():
            path[..., done:, :] = np.nan
            break
        if growing:
            squared = update @ update
            growing = bool(np.isfinite(squared).all())
            update, leap = (squared, 2 * leap) if growing else (update, leap)
    return start + np.moveaxis(path[..., :inputs], -2, 0)

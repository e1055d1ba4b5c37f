"""Gradient descent: a problem, start weights and an optimiser in, the history of the run out."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import ArrayLike

from gd_core.closed_form import closed_form
from gd_core.optimisers import Memory, Optimiser
from gd_core.problems import Problem

# What a float cannot hold becomes inf or nan, without a warning: that a run diverges is a result.
quietly = np.errstate(over="ignore", invalid="ignore")


@dataclass(frozen=True)
class History:
    """What happened in a run. Row k is the state after k updates; row 0 is the start.

    `weights` and `slopes` have shape (updates + 1, ..., inputs), `loss` has shape (updates + 1, ...).
    A run that diverges beyond what a float can hold has inf or nan from there on.
    """

    weights: np.ndarray
    slopes: np.ndarray
    loss: np.ndarray

    @cached_property
    def finite(self) -> np.ndarray:
        """Whether all numbers of a row are finite, shape (updates + 1, ...)."""
        return np.isfinite(self.loss) & np.isfinite(self.slopes).all(axis=-1) & np.isfinite(self.weights).all(axis=-1)


def states(
    problem: Problem, weights: np.ndarray, optimiser: Optimiser, updates: int
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The loop: (weights, slopes, loss) at the start and after each update, for any problem and any optimiser."""
    memory: list[Memory] = []
    loss, slopes = problem.loss_and_slopes(weights)
    yield weights, slopes, loss
    for update in range(updates):
        batch = problem.at(update)
        if batch is not problem:
            slopes = batch.slopes(weights)
        change, *memory = optimiser.step(slopes, *memory)
        weights = weights + change
        loss, slopes = problem.loss_and_slopes(weights)
        yield weights, slopes, loss


def descend(problem: Problem, weights: ArrayLike, optimiser: Optimiser, updates: int) -> History:
    """Make `updates` updates from the start `weights`: weights = weights + change, again and again.

    `weights` has shape (inputs,), or (..., inputs) for many runs at once; learning rates and start
    weights broadcast against each other. A run that diverges raises nothing and warns of nothing.

    Raises ValueError, with a sentence to show, if `updates` is negative or the weights do not fit the problem.
    """
    return next(in_chunks(problem, weights, optimiser, updates, rows=updates + 1))


def in_chunks(problem: Problem, weights: ArrayLike, optimiser: Optimiser, updates: int, rows: int) -> Iterator[History]:
    """The history of `descend` in chunks of at most `rows` rows, to show how far a long run has got.

    Where there is a closed form the one chunk is the whole history. Raises ValueError as `descend` does.
    """
    start = _start(weights, updates)
    if whole := closed_form(problem, start, optimiser, updates):
        yield History(*whole)
        return
    remaining = states(problem, start, optimiser, updates)
    while chunk := _stack(islice(remaining, rows)):
        yield History(*chunk)


@quietly
def final_weights(problem: Problem, weights: ArrayLike, optimiser: Optimiser, updates: int) -> np.ndarray:
    """The weights after all updates, shape (..., inputs): the last row of `descend`, always by the loop.

    It keeps no other row, so that thousands of runs fit into memory. Raises ValueError as `descend` does.
    """
    ((end, _, _),) = deque(states(problem, _start(weights, updates), optimiser, updates), maxlen=1)
    return end


def _start(weights: ArrayLike, updates: int) -> np.ndarray:
    if updates < 0:
        raise ValueError("The number of updates cannot be negative.")
    return np.asarray(weights, dtype=float)


@quietly
def _stack(rows: Iterator[tuple[np.ndarray, ...]]) -> tuple[np.ndarray, ...]:
    """Rows of (weights, slopes, loss) as three arrays with a row for each; an empty tuple if there are no rows."""
    columns = zip(*rows, strict=True)
    # The start of many runs may be one row for all of them.
    return tuple(np.array([np.broadcast_to(column[0], np.shape(column[-1])), *column[1:]]) for column in columns)

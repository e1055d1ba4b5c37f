"""A faster way to the same history: plain gradient descent where the Hessian is constant.

Nothing depends on it: without this module `descend` would give the same numbers, but for their rounding.
"""

import numpy as np

from gd_core.optimisers import GradientDescent, Optimiser
from gd_core.problems import Problem


@np.errstate(over="ignore", invalid="ignore")
def closed_form(
    problem: Problem, start: np.ndarray, optimiser: Optimiser, updates: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """(weights, slopes, loss) of every row at once, with the shapes of a History; None where only the loop will do.

    Only the loop will do if the Hessian is not constant, if the optimiser is not plain gradient descent (a subclass may
    step otherwise), or if a float cannot hold the matrix of one update.
    """
    curvature = problem.curvature
    if curvature is None or not isinstance(optimiser, GradientDescent):
        return None
    if optimiser != GradientDescent(optimiser.learning_rate):  # a subclass equals none
        return None
    update = _one_update(problem.slopes(start), curvature, optimiser.rates)
    if not np.isfinite(update).all():
        return None
    weights = start + _all_updates(update, updates)
    loss, slopes = problem.loss_and_slopes(weights)
    return weights, slopes, loss


def _one_update(slopes: np.ndarray, curvature: np.ndarray, rates: np.ndarray) -> np.ndarray:
    """One update as a matrix, shape (..., inputs + 1, inputs + 1), that multiplies the row [u, 1].

        u -> u - learning_rate * (slopes(start) + u @ curvature)

    where u is the distance of the weights from the start.
    """
    shift = -rates * slopes
    *runs, inputs = shift.shape
    matrix = np.zeros((*runs, inputs + 1, inputs + 1))
    matrix[..., :inputs, :inputs] = np.eye(inputs) - rates[..., np.newaxis] * curvature
    matrix[..., inputs, :inputs] = shift
    matrix[..., inputs, inputs] = 1
    return matrix


def _all_updates(matrix: np.ndarray, updates: int) -> np.ndarray:
    """The distance from the start in every row, shape (updates + 1, ..., inputs), in about log2(updates) products.

    The square of the matrix makes two updates: rows 0..1 give rows 2..3, these four give the next four, and so on.
    Once a square would overflow, the last one is used again, so that every row finite in the loop is finite here too.
    """
    *runs, size, _ = matrix.shape
    path = np.zeros((*runs, updates + 1, size))
    path[..., 0, -1] = 1
    done = stride = 1  # rows known, and updates that the matrix makes
    while done <= updates:
        new = min(stride, updates + 1 - done)
        path[..., done : done + new, :] = path[..., done - stride : done - stride + new, :] @ matrix
        done += new
        if not np.isfinite(path[..., done - 1, :]).all(axis=-1).any():
            path[..., done:, :] = np.nan
            break
        squared = matrix @ matrix
        if np.isfinite(squared).all():
            matrix, stride = squared, 2 * stride
    return np.moveaxis(path[..., :-1], -2, 0)

"""What a learning rate will do to one linear neuron, known before a single update is made.

Each update multiplies the error by 1 - share, where

    share = learning_rate * sharpness = 2 * learning_rate * |input|^2

is the share of the error that the update removes. (Put weights - learning_rate * 2 * error * input
into the prediction and subtract the target: error * (1 - 2 * learning_rate * |input|^2) is left.)
"""

import math
from enum import StrEnum

ROUNDING = 1e-12  # a share this close to 1 or 2 differs from it only by the rounding of floats


class Regime(StrEnum):
    """What the error does from update to update, from the smallest share to the largest."""

    STANDS_STILL = "stands still"  # share 0: nothing changes
    CONVERGES = "converges"  # between 0 and 1: the error shrinks and keeps its sign
    ONE_STEP = "one step"  # 1: the error is 0 after one update
    OSCILLATES_AND_CONVERGES = "oscillates and converges"  # between 1 and 2: it shrinks and changes its sign
    OSCILLATES = "oscillates"  # 2: it changes its sign and keeps its size
    DIVERGES = "diverges"  # above 2: it changes its sign and grows


def regime(share: float) -> Regime:
    """The regime in which each update removes this share of the error (at least 0)."""
    if share == 0:
        return Regime.STANDS_STILL
    if abs(share - 1) <= ROUNDING:
        return Regime.ONE_STEP
    if abs(share - 2) <= ROUNDING:
        return Regime.OSCILLATES
    if share < 1:
        return Regime.CONVERGES
    return Regime.OSCILLATES_AND_CONVERGES if share < 2 else Regime.DIVERGES


def updates_until(fraction: float, share: float) -> float:
    """Updates until the error is at most `fraction` of its start: log(fraction) / log |1 - share|, rounded up.

    A whole number as a float, at least 1; inf if the error never gets that small.
    """
    kind = regime(share)
    if kind is Regime.ONE_STEP:
        return 1.0
    if kind not in (Regime.CONVERGES, Regime.OSCILLATES_AND_CONVERGES):
        return math.inf
    # log1p keeps its digits where 1 - share would round to 1.
    shrink = math.log1p(-share) if share < 1 else math.log(share - 1)
    return float(max(1, math.ceil(math.log(fraction) / shrink - 1e-9)))

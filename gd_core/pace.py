"""What a learning rate will do to one linear neuron, known before a single update is made.

Each update multiplies the error by 1 - share, where

    share = learning_rate * sharpness = 2 * learning_rate * |input|^2

is the share of the error that the update takes away. (Put weights - learning_rate * 2 * error * input
into the prediction and subtract the target: error * (1 - 2 * learning_rate * |input|^2) is left.)
"""

import math
from enum import StrEnum

ROUNDING = 1e-12  # a share this close to 1 or 2 is there but for the rounding of its floats


class Pace(StrEnum):
    """What becomes of the error, from the smallest share to the largest."""

    STANDS_STILL = "stands still"  # share 0
    CREEPS = "creeps"  # between 0 and 1: keeps its sign and shrinks
    ONE_SHOT = "one shot"  # 1: gone at once
    ZIG_ZAGS = "zig-zags in"  # between 1 and 2: changes its sign and shrinks
    FLIPS = "flips for ever"  # 2: changes its sign and keeps its size
    EXPLODES = "explodes"  # above 2: changes its sign and grows


def pace(share: float) -> Pace:
    """The pace that goes with a share of the error taken away by each update (at least 0)."""
    if share == 0:
        return Pace.STANDS_STILL
    if abs(share - 1) <= ROUNDING:
        return Pace.ONE_SHOT
    if abs(share - 2) <= ROUNDING:
        return Pace.FLIPS
    if share < 1:
        return Pace.CREEPS
    return Pace.ZIG_ZAGS if share < 2 else Pace.EXPLODES


def updates_until(fraction: float, share: float) -> float:
    """Updates until the error is at most `fraction` of its start: log(fraction) / log |1 - share|.

    A whole number as a float, at least 1; inf if the error never gets that small.
    """
    kind = pace(share)
    if kind is Pace.ONE_SHOT:
        return 1.0
    if kind not in (Pace.CREEPS, Pace.ZIG_ZAGS):
        return math.inf
    # log1p keeps its digits where 1 - share would round to 1.
    shrink = math.log1p(-share) if share < 1 else math.log(share - 1)
    return float(max(1, math.ceil(math.log(fraction) / shrink - 1e-9)))

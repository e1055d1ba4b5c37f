"""The round numbers that something is dragged to."""

import math

import numpy as np


def stops(left: float, right: float, *exact: float) -> tuple[np.ndarray, float]:
    """80 to 200 even and round numbers from `left` to `right` and the `exact` ones, in order, and their distance."""
    digits = _digits(left, right)
    units = (right - left) * 10.0**digits  # 100 to 1000 of the smallest step
    step = next(step for step in (1, 2, 5, 10) if units <= 200 * step) * 10.0**-digits
    even = [round(step * k, digits) for k in range(math.ceil(left / step), math.floor(right / step) + 1)]
    apart = [stop for stop in even if all(abs(stop - other) > step / 100 for other in exact)]
    return np.unique([*apart, *exact]) + 0.0, step  # -0.0 becomes 0.0


def rounded(value: float, left: float, right: float) -> float:
    """A number in as many digits as can be told apart in a picture from `left` to `right`."""
    return round(value, _digits(left, right)) + 0.0


def _digits(left: float, right: float) -> int:
    return 2 - math.floor(math.log10(right - left))

"""Numbers as text."""

import math

from gd_core.regimes import ROUNDING

TOO_LARGE = "too large"  # stands where a float could not hold the number


def number(value: float) -> str:
    """A number in at most six significant digits, or that it is too large."""
    return f"{value + 0.0:.6g}" if math.isfinite(value) else TOO_LARGE


def exact(value: float) -> str:
    """A number in as few digits as give it back exactly."""
    return repr(float(value)).removesuffix(".0")


def factor(share: float) -> str:
    """What an update multiplies the error by: 1 - share, told apart from 1 and -1 where it is close."""
    for whole, rest in ((1, -share), (-1, 2 - share)):
        if ROUNDING < abs(rest) < 1e-4 or 0 < -rest < whole * 1e-4:
            return f"{whole} {'-' if rest < 0 else '+'} {abs(rest):.6g}"
    return number(1 - share)


def count(updates: float) -> str:
    """How many updates, in words."""
    return "1 update" if updates == 1 else f"{updates:,.0f} updates" if updates < 1e15 else f"{updates:.3g} updates"


def latex(value: float) -> str:
    """A number for a formula: powers of 10 written as such."""
    if not math.isfinite(value):
        return rf"\text{{{TOO_LARGE}}}"
    digits, _, power = number(value).partition("e")
    return rf"{digits} \cdot 10^{{{int(power)}}}" if power else digits

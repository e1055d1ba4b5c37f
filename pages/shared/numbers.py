"""Numbers as people read them. What is read back, a field, a link or a file, has `exact` instead."""

import math
from functools import lru_cache

from gd_core.regimes import ROUNDING

TOO_LARGE = "too large"  # stands where a float could not hold the number
DIGITS = 4  # significant ones
SMALLEST, LARGEST = 1e-4, 9_999_999.5  # below and from there on a number is written with a power of 10
MINUS = "\N{MINUS SIGN}"
THIN = "\N{NARROW NO-BREAK SPACE}"  # between thousands; at a thin space a line may break
PLAIN, RAISED = "-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"  # in and as a power
SPELLED_OUT = 4  # more products than this are shortened in a formula
MOST_BELOW = 500  # the denominators of the fractions that are worth a mention


@lru_cache(maxsize=2**14)  # most numbers of a picture stay while the rate moves
def number(value: float, digits: int = DIGITS) -> str:
    """A number in at most so many significant digits, whole ones up to 7 digits whole; or that it is too large."""
    if not math.isfinite(value):
        return TOO_LARGE
    mantissa, power = _parts(value, digits)
    raised = f"10{str(power).translate(str.maketrans(PLAIN, RAISED))}"
    if power:
        mantissa = {"1": raised, "-1": f"-{raised}"}.get(mantissa, f"{mantissa} × {raised}")
    return mantissa.replace(",", THIN).replace("-", MINUS)


def _parts(value: float, digits: int) -> tuple[str, int]:
    """A finite number as digits, with commas between thousands, and a power of 10, which is 0 where none is needed."""
    size = abs(value)
    if size and not SMALLEST <= size < LARGEST:
        mantissa, power = f"{value:.{digits - 1}e}".split("e")
        return f"{float(mantissa):.{digits}g}", int(power)
    return f"{value + 0.0:,.0f}" if size >= 10 ** (digits - 1) else f"{value + 0.0:,.{digits}g}", 0


def bracketed(value: float) -> str:
    """A number behind an operator: in brackets where it is negative."""
    return f"({number(value)})" if value < 0 else number(value)


def shortened(parts: list[str]) -> list[str]:
    """The parts of a formula, without those in the middle where they are many."""
    return parts if len(parts) <= SPELLED_OUT else [*parts[:2], "…", parts[-1]]


def whole(value: int) -> str:
    """A whole number with all its digits."""
    return f"{value:,}".replace(",", THIN)


def exact(value: float) -> str:
    """A number in as few digits as give it back exactly, as Python writes it."""
    return repr(float(value)).removesuffix(".0")


def factor(share: float) -> str:
    """What an update multiplies the error by: 1 - share, told apart from 1 and -1 where it is close."""
    if 0 < share < 1e-3:
        return f"1 {MINUS} {number(share)}"
    rest = 2 - share
    if ROUNDING < abs(rest) < 1e-3:
        return f"{number(-1)} {MINUS if rest < 0 else '+'} {number(abs(rest))}"
    return number(1 - share)


def rate(value: float) -> str:
    """A learning rate, after the simple fraction that it is, where there is one and its digits are not all of it."""
    if not math.isfinite(value) or math.isclose(float(f"{value:.{DIGITS}g}"), value, rel_tol=ROUNDING):
        return number(value)
    for above in (1, 2):
        below = round(above / value)
        if 1 < below <= MOST_BELOW and math.isclose(value * below, above, rel_tol=ROUNDING):
            return f"{above}/{below} = {number(value)}"
    return number(value)


def counted(count: int, what: str) -> str:
    """So many of something, in words: 1 row, 2 rows."""
    return f"{whole(count)} {what}{'s' * (count != 1)}"


def count(updates: float) -> str:
    """How many updates, in words."""
    return "1 update" if updates == 1 else f"{number(updates)} updates"


def latex(value: float) -> str:
    """A number for a formula."""
    if not math.isfinite(value):
        return rf"\text{{{TOO_LARGE}}}"
    mantissa, power = _parts(value, DIGITS)
    if power:
        raised = f"10^{{{power}}}"
        return {"1": raised, "-1": f"-{raised}"}.get(mantissa, rf"{mantissa} \cdot {raised}")
    return mantissa.replace(",", r"\,")

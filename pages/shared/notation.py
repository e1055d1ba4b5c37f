"""How the numbers of a column are written: decimal marks, thousands, units, yes and no, and missing cells.

All cells of a column are written alike, or the column is not read; nothing depends on where the lab runs.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pages.shared.numbers import MINUS
from pages.shared.numbers import number as written

MARKS = (".", ",")  # decimal ones
SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
DIVIDERS = f"'\N{RIGHT SINGLE QUOTATION MARK}{SPACES}"  # between thousands, besides the other decimal mark
CURRENCY = r"[$£¥¢\u20a0-\u20cf]"
# Each digit has one or two places where it can stand, so that long rows of them take no longer than they are.
WITH_UNIT = re.compile(
    rf"([+-]?)((?:EUR|USD|GBP|CHF|JPY|CNY|INR|kr|[A-Z]{{0,2}}{CURRENCY})?)[{SPACES}]?"
    rf"([+-]?[.,]?[0-9](?:[0-9.,{DIVIDERS}]*[0-9])?)[{SPACES}]?"
    rf"((?:(?:[^\W\d_]|[%‰°]|{CURRENCY})[^\d]{{0,14}}(?:(?<=\S)[23])?)?)"
)
MISSING = {"", "?", "-", "--", "–", "—", "na", "n/a", "#n/a", "nan", "null", "none"}
YES_NO = {"true": "false", "yes": "no"}
SAFE = re.compile(r"[\w .,;:%‰°+/$£€¥-]{1,20}")  # what a sentence, which is markdown, may repeat as code


def _notation(mark: str, other: str) -> str:
    """Numbers with a decimal mark, and perhaps one and the same sign between thousands."""
    grouped = rf"[1-9][0-9]{{0,2}}([{other}{DIVIDERS}])[0-9]{{3}}(?:\1[0-9]{{3}})*(?:[{mark}][0-9]*)?"
    plain = rf"(?:[0-9]+(?:[{mark}][0-9]*)?|[{mark}][0-9]+)(?:[eE][+-]?[0-9]+)?"
    return f"[+-]?(?:{grouped}|{plain})"


NOTATION = {".": re.compile(_notation(".", ",")), ",": re.compile(_notation(",", "."))}
AS_PYTHON = {
    ".": str.maketrans(dict.fromkeys(f",{DIVIDERS}")),
    ",": str.maketrans({",": ".", **dict.fromkeys(f".{DIVIDERS}")}),
}


class Texts(NamedTuple):
    """A column as texts of numbers, None where one is missing; what was taken for them; the decimal marks that fit."""

    texts: list[str | None]
    taken: str
    marks: tuple[str, ...]

    @property
    def two_ways(self) -> list[str]:
        """The texts that are one number with a decimal point and another with a decimal comma, where both fit."""
        return [text for text in self.texts if text and ("." in text or "," in text)] if len(self.marks) > 1 else []


def plain(cell: str) -> str | None:
    """A cell without blanks around it; None if it says that its number is missing."""
    text = cell.strip().replace(MINUS, "-")
    return None if text.casefold() in MISSING else text


def fitting(texts: Sequence[str]) -> tuple[str, ...]:
    """The decimal marks with which all texts are numbers."""
    return tuple(mark for mark in MARKS if all(map(NOTATION[mark].fullmatch, texts)))


def texts(cells: Iterable[str]) -> Texts:
    """The cells of a column as numbers are written: as they are, without their unit, or 1 and 0 for yes and no."""
    found = [*map(plain, cells)]
    present = [text for text in found if text is not None]
    if marks := fitting(present):
        return Texts(found, "", marks)
    words = {text.casefold() for text in present}
    for yes, no in YES_NO.items():
        if words <= {yes, no}:
            ones = [text and str(int(text.casefold() == yes)) for text in found]
            return Texts(ones, f"`{yes}` is 1 and `{no}` is 0", MARKS)
    units = {unit(text) for text in present} if unit(present[0]) else {""}
    if len(units) == 1 and (signs := units.pop()):
        bare = [text and WITH_UNIT.sub(r"\1\3", text) for text in found]
        return Texts(bare, f"{repeated(signs, 'the unit')} dropped from the numbers", fitting([*filter(None, bare)]))
    return Texts(found, "", ())


def unit(text: str) -> str:
    """The unit, currency or percent sign of a number; nothing where there is none."""
    found = WITH_UNIT.fullmatch(text)
    return found[2] + found[4] if found else ""


def number(text: str, mark: str) -> float:
    """The number that a text is with a decimal mark that fits it."""
    return float(text.translate(AS_PYTHON[mark])) + 0.0


def taken(text: str, mark: str) -> str:
    """How a text that can be read two ways is read."""
    sign = "commas" if "," in text else "points"
    how = f"decimal {sign}" if mark in text else f"{sign} divide thousands"
    return f"{how}, so `{text}` is {written(number(text, mark))}"


def repeated(text: str, otherwise: str) -> str:
    """What was typed, for a sentence."""
    return f"`{text}`" if SAFE.fullmatch(text) else otherwise

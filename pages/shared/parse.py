"""What people type, turned into numbers or into one sentence, which never repeats it: it is shown as markdown.

Accepted: `1, 2, 3`, `1 2 3`, `[1 2 3]`, `[1, 2, 3]`, `(1; 2; 3)`, `1e-3`, `-.5`, `7/2`, and numbers as this lab writes
them: a typeset minus, thin spaces between thousands, powers of 10.
"""

import re

from pages.shared import numbers as written

SMALLEST, LARGEST = 1e-50, 1e50  # squares and products of such numbers still fit a float
MOST_INPUTS = 20  # of a neuron
LONGEST = 600  # characters: 20 numbers at full precision, and room to spare
# Each digit has one place where it can stand, so that long rows of them take no longer than they are.
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
# Thousands, where spaces that no keyboard types divide groups of three digits, and nothing else; powers of 10.
THIN = "[\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}]"
THOUSANDS = re.compile(rf"(?<![\w.])(?<![0-9.]{THIN})[0-9]{{1,3}}(?:{THIN}[0-9]{{3}})+(?!{THIN}?[0-9])")
POWER = re.compile(
    r"(?<![\w./^])(?:([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*[×·⋅x*]\s*)?"
    r"10(?:\^([+\-\N{MINUS SIGN}]?[0-9]+)|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))(?![\w.^/])",
    re.IGNORECASE,
)
LOWERED = str.maketrans(f"{written.RAISED}⁺{written.MINUS}", f"{written.PLAIN}+-")
BRACKETS = {"[": "]", "(": ")"}


def numbers(text: str, ask: str, most: int) -> list[float]:
    """The 1 to `most` finite numbers in a text. Raises ValueError with a sentence that ends in `ask`: what to type."""
    if len(text) > LONGEST:
        raise ValueError(f"This text is too long. {ask}")
    text = plain(text).strip().replace(written.MINUS, "-")
    if text and text[0] in BRACKETS and text[-1] == BRACKETS[text[0]]:
        text = text[1:-1].strip()
    if not text:
        raise ValueError(f"There is nothing here yet. {ask}")
    entries = re.split(r"\s*[,;]\s*|\s+", re.sub(r"\s*/\s*", "/", text))
    if len(entries) > most:
        raise ValueError(f"These are {len(entries)} numbers. {ask}")
    found = []
    for place, entry in enumerate(entries, start=1):
        above, slash, below = entry.partition("/")
        which = f"Entry {place}" if len(entries) > 1 else "This"
        if not (NUMBER.fullmatch(above) and (not slash or NUMBER.fullmatch(below))):
            raise ValueError(f"{which} is not a number. {ask}")
        divisor = float(below) if slash else 1.0
        if not divisor:
            raise ValueError(f"{which} divides by 0. {ask}")
        number = float(above) / divisor
        which = f"Number {place}" if len(entries) > 1 else "This number"
        if not abs(number) <= LARGEST or divisor > LARGEST:
            raise ValueError(
                f"{which} is too large: stay between {written.number(-LARGEST)} and {written.number(LARGEST)}. {ask}"
            )
        if 0 < abs(number) < SMALLEST:
            raise ValueError(f"{which} is too close to 0: type 0, or at least {written.number(SMALLEST)}. {ask}")
        found.append(number + 0.0)  # -0.0 becomes 0.0
    return found


def plain(text: str) -> str:
    """A text with its thousands and powers of 10 as Python writes them."""

    def as_typed(power: re.Match) -> str:
        mantissa, caret, raised = power.groups()
        return f"{mantissa or 1}e{(caret or raised).translate(LOWERED)}"

    return POWER.sub(as_typed, THOUSANDS.sub(lambda found: re.sub(THIN, "", found[0]), text))


def number(text: str, ask: str) -> float:
    """The one finite number in a text. Raises ValueError as `numbers` does."""
    return numbers(text, ask, most=1)[0]


def whole(text: str, least: int, most: int) -> int:
    """The one whole number in a text. Raises ValueError as `numbers` does, or where it is out of range."""
    ask = f"Type one whole number from {least} to {written.whole(most)}."
    found = number(text, ask)
    if not (found.is_integer() and least <= found <= most):
        raise ValueError(ask)
    return int(found)


def positive(text: str, why: str) -> float:
    """The one number greater than 0 in a text. Raises ValueError as `numbers` does; `why` says what is wrong with 0."""
    ask = "Type one number greater than 0, such as 0.01."
    found = number(text, ask)
    if found <= 0:
        raise ValueError(f"{why} {ask}")
    return found


def within(value: float) -> float:
    """The nearest number greater than 0 that can be typed."""
    return min(max(value, SMALLEST), LARGEST)

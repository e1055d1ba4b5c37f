"""What people type, turned into numbers or into one sentence. It is shown as markdown, and names what is safe there.

Accepted: `1, 2, 3`, `1 2 3`, `[1 2 3]`, `(1; 2; 3)`, `1e-3`, `-.5`, `7/2`; numbers as this lab writes them: a typeset
minus, thin spaces between thousands, powers of 10; as numpy prints them: `array([14, 28])`, `np.float64(5.04)`; and
decimal commas where they can be nothing else: `1,5; 2,5; 3`, `1,5 2,5`, and `0,01` where one number is asked for.
"""

import re

from pages.shared import numbers as written

SMALLEST, LARGEST = 1e-50, 1e50  # squares and products of such numbers still fit a float
MOST_INPUTS = 20  # of a neuron
LONGEST = 600  # characters: 20 numbers at full precision, and room to spare; so many more for more numbers
# Each digit has one place where it can stand, so that long rows of them take no longer than they are.
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
# Thousands, where spaces that no keyboard types divide groups of three digits, and nothing else; powers of 10.
THIN = "[\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}]"
THOUSANDS = re.compile(rf"(?<![\w.])(?<![0-9.]{THIN})[0-9]{{1,3}}(?:{THIN}[0-9]{{3}})+(?!{THIN}?[0-9])")
POWER = re.compile(
    r"(?<![\w./^])(?:([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*[×·⋅x*]\s*)?"
    r"10(?:(?:\^|\*\*)([+\-\N{MINUS SIGN}]?[0-9]+)|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))(?![\w.^/])",
    re.IGNORECASE,
)
LOWERED = str.maketrans(f"{written.RAISED}⁺{written.MINUS}", f"{written.PLAIN}+-")
# What numpy prints around a number, and around several.
SCALAR = re.compile(r"\b(?:(?:np|numpy)\.)?(?:float|int)\d*\(([^(),\s]*)\)", re.ASCII)
ARRAY = re.compile(r"(?:(?:(?:np|numpy)\.)?array)?\((.*?)(?:,\s*dtype=[\w.]+)?\)|\[(.*)\]", re.DOTALL)
DEEPEST = 3  # brackets within brackets, as in array([[1, 2]])
# One number with a decimal comma, or two with a comma between them; and one in which it may divide thousands.
COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+(e[+-]?[0-9]+)?", re.IGNORECASE)
GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
# What markdown shows as it is: no dot behind a letter, for that may begin a link, and no underscore at an end.
SAFE = re.compile(r"(?:[a-z0-9+,-]|(?<![a-z])\.|(?<=[a-z0-9])_(?=[a-z0-9])){1,24}", re.IGNORECASE)


def numbers(text: str, ask: str, most: int) -> list[float]:
    """The 1 to `most` finite numbers in a text. Raises ValueError with a sentence that ends in `ask`: what to type."""
    if len(text) > max(LONGEST, LONGEST // MOST_INPUTS * most):
        raise ValueError(f"This text is too long. {ask}")
    if not (written_out := plain(text, one=most == 1)):
        raise ValueError(f"There is nothing here yet. {ask}")
    # What begins with blanks is looked for behind what is none, or a long row of them takes time in square.
    entries = re.split(r"\s*[,;]\s*|\s+", re.sub(r"(?<!\s)\s*/\s*", "/", written_out))
    if len(entries) > most:
        raise refusal(f"These are {len(entries)} numbers.", text, ask)
    found = []
    for place, entry in enumerate(entries, start=1):
        above, slash, below = entry.partition("/")
        which = f"Entry {place}" if len(entries) > 1 else "This"
        if not (NUMBER.fullmatch(above) and (not slash or NUMBER.fullmatch(below))):
            raise ValueError(f"{which} is not a number{named(entry)}. {ask}")
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


def plain(text: str, *, one: bool = False) -> str:
    """A text with its numbers as Python writes them, without what stands around them; `one`: it should be one."""
    return _plain(text, one=one)[0]


def remark(text: str, *, one: bool = False) -> str:
    """How a comma in a text is read, if it could be read otherwise; else nothing."""
    return _plain(text, one=one)[1]


def refusal(sentence: str, text: str, ask: str = "") -> ValueError:
    """The refusal of several numbers: it says how a comma was read, for that may be why."""
    return ValueError(" ".join(filter(None, [sentence, remark(text), ask])))


def named(text: str) -> str:
    """The end of a sentence that names what was typed, if that is short and safe to show; else nothing."""
    return f": {text}" if SAFE.fullmatch(text) else ""


def _plain(text: str, *, one: bool) -> tuple[str, str]:
    """What `plain` and `remark` say of a text."""

    def as_typed(power: re.Match) -> str:
        mantissa, caret, raised = power.groups()
        return f"{mantissa or 1}e{(caret or raised).translate(LOWERED)}"

    text = POWER.sub(as_typed, THOUSANDS.sub(lambda found: re.sub(THIN, "", found[0]), text))
    text = SCALAR.sub(r"\1", text.replace(written.MINUS, "-")).strip()
    bare = True
    for _ in range(DEEPEST):
        if text.endswith((",", ";")):
            text = text[:-1].rstrip()
        if not (inside := ARRAY.fullmatch(text)):
            break
        text, bare = (inside[1] or inside[2] or "").strip(), False
    entries = re.split(r",?[;\s]+", text)
    commas = [entry for entry in entries if COMMA.fullmatch(entry)]
    if not commas:
        return text, ""
    first, several = commas[0], sum(bool(NUMBER.match(entry)) for entry in entries) > 1
    number, grouped = written.number(float(first.replace(",", ".")), digits=15), GROUPED.fullmatch(first)
    # A comma beside a tab may be a row of three.
    decimal = len(commas) > 1 or (several and "\t" not in text) or (one and bare and not grouped)
    if decimal and "." not in text and text.count(",") == len(commas):
        return text.replace(",", "."), f"{first} is read as {number}."
    if not bare:
        return text, ""
    two = " and ".join(written.number(float(part), digits=15) for part in first.split(","))
    means = f"{first.replace(',', '')} or {number}" if grouped else number
    return text, f"{first} is read as {two}. If you mean one number, type {means}."


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

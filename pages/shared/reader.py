"""Tables as learners have them, turned into numbers or into one clear sentence.

Cells may be separated by commas, semicolons, tabs or spaces, in UTF-8, UTF-16 with its mark, or Windows' Latin-1; with
a header or without, and with prose above. A column has decimal points or decimal commas, and may have thousands, a unit
or missing cells; what is not plain is said in `Table.notes`. The sentences name the row as the file counts it and the
column by its place. They go onto the page as markdown: a cell is repeated as code, and only where it is harmless.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from pages.shared import notation, parse
from pages.shared.notation import Texts
from pages.shared.numbers import counted, whole
from pages.shared.numbers import number as written

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 2_000_000, 20_000, 50
LONGEST_NAME = 40
LONGEST = 4000  # characters of a typed table: it is in the link
EXAMPLE = "rooms,floor area (m2),rent\n1,28,610\n2,45,840\n2,52,910\n3,61,1150\n3,74,1240\n4,88,1480"
KEPT = 4  # tables, and what is made of them: those of 20,000 rows have some MB
BIAS = "bias"  # the name of the column of ones that the lab adds
LIMITS = f"at most {MOST_BYTES // 1_000_000} MB, {whole(MOST_ROWS)} rows and {MOST_COLUMNS} columns"
# What separates cells, the rarer first: commas may stand within numbers, one space within a name.
DELIMITERS = {"\t": "tabs", ";": "semicolons", ",": "commas", " {2,}": "runs of spaces", " +": "spaces"}
QUOTED_OR_BETWEEN = {blanks: re.compile(rf'("[^"]*")|{blanks}') for blanks in DELIMITERS if " " in blanks}
LOOKED_AT = 50  # rows, to find out what separates the cells
# How files that are not text begin.
SIGNS = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or a spreadsheet",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
}
WEB_PAGE = re.compile(r"<(!doctype html|html|head|body|table)\b", re.IGNORECASE)
# Names of columns that count the rows.
COUNTER = re.compile(
    r"#|(.*[\W_])?(?i:number|no|nr|id|index|row|case|obs|observation|sample|subject|participant|record)\W*"
    r"|.*[a-z]I[dD]|Unnamed: 0"
)
# What is wrong with a table, and what to do.
EMPTY = "There is nothing in this table yet. Add a header and rows of numbers."
NO_ROWS = "This table has a header and no rows beneath it."
NO_COLUMN = "No column of this table can be used."
SEPARATE = " If it has more columns, separate the cells by commas, semicolons, tabs or spaces."
UNCLOSED = "A quotation mark is not closed, or a cell is too long,"
NOT_TEXT = "This file is not text."
TOO_LONG = f"This table has more than {whole(LONGEST)} characters. Remove rows, or save it as CSV and upload the file."
AS_CSV = "Save the table as CSV and choose that file."
# What is wrong with a cell, and what to do about it.
NO_NUMBER = "is not a number. Fill it in, or remove the row."
MIXED_MARKS = "has a different decimal mark from the cells above it. Write all numbers of a column alike."
MIXED_UNITS = "has a unit, which not all cells of the column have. Write it in every cell, or in none."
TOO_SMALL = f"is closer to 0 than {written(parse.SMALLEST)}. Write 0 there."
TOO_LARGE = f"is larger than {written(parse.LARGEST)}. Make it smaller."


class Column(NamedTuple):
    """A column: its name, and its numbers, nan where one is missing; or why it has none, in a sentence."""

    name: str
    numbers: np.ndarray | None
    why: str = ""


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a table. It equals only itself, so that what is made of it can be cached by it.

    `notes` are sentences on how it was read; `other` is the same table read the other way, where commas or points
    can be read two ways; `incomplete` says how many columns have no numbers because some are missing.
    """

    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()
    other: "Table | None" = None
    incomplete: int = 0

    @property
    def numeric(self) -> list[int]:
        """The places of the columns with numbers."""
        return [place for place, column in enumerate(self.columns) if column.numbers is not None]

    @cached_property
    def counters(self) -> list[int]:
        """The places of the columns that only count the rows; none where they are needed for a target and an input."""
        found = [place for place in self.numeric if _counts(place, self.columns[place])]
        return found if len(self.numeric) - len(found) > 1 else []

    @cached_property
    def missing(self) -> np.ndarray:
        """Which of the numbers are missing, shape (rows, columns with numbers)."""
        return np.isnan(np.column_stack([np.asarray(self.columns[place].numbers) for place in self.numeric]))

    @cached_property
    def complete(self) -> "Table":
        """The table without the numbers of columns in which some are missing."""
        columns = [*self.columns]
        for place, count in zip(self.numeric, self.missing.sum(axis=0).tolist(), strict=True):
            if count:
                why = f"Column {place + 1} has {counted(count, 'missing cell')}."
                columns[place] = Column(columns[place].name, None, why)
        return Table(tuple(columns), self.notes, incomplete=int(self.missing.any(axis=0).sum()))


Row = tuple[int, list[str]]  # its number in the file, and its cells


class Cells(NamedTuple):
    """A table of texts: names, rows, what separates the cells, and how many lines of prose stand above."""

    names: list[str]
    rows: list[Row]
    delimiter: str
    above: int


def cells(raw: bytes) -> Cells:
    """A table as it is written. Raises ValueError with one sentence."""
    if len(raw) > MOST_BYTES:
        raise ValueError(f"This file has {len(raw) / 1e6:.1f} MB. Remove rows or columns: {LIMITS} are read.")
    text, delimiter = _separated(_text(raw))
    rows = _rows(text, delimiter)
    above = _above(rows)
    rows = rows[above:]
    _check_widths(rows, delimiter)
    first, below = rows[0][1], rows[min(1, len(rows) - 1)][1]
    header = not all(map(_is_value, first, below))
    return Cells(_names(first if header else [""] * len(first)), rows[1:] if header else rows, delimiter, above)


def typed(text: str) -> Table:
    """The same as `read` of what is typed, which is shorter."""
    if len(text) > LONGEST:
        raise ValueError(TOO_LONG)
    return read(text.encode())


def scale(numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What standardising subtracts from each column, and what it then divides it by; a constant one becomes 0."""
    spread = np.where(np.ptp(numbers, axis=0) > 0, numbers.std(axis=0), math.inf)
    return numbers.mean(axis=0), spread


@lru_cache(maxsize=KEPT)
def read(raw: bytes) -> Table:
    """A table with at least one column of numbers. Raises ValueError, with one sentence, where there is none."""
    names, rows, delimiter, above = cells(raw)
    if not rows:
        raise ValueError(f"{NO_ROWS} Add at least one row of numbers.")
    names = _names(name[:LONGEST_NAME] for name in names)
    columns = [notation.texts(column) for column in zip(*(cells for _, cells in rows), strict=True)]
    usual, two_ways = _marks(columns, delimiter)

    def table(mark: str, other: Table | None = None) -> Table:
        said: dict[str, list[int]] = {}  # sentence -> numbers of the columns
        for sign in notation.MARKS:
            if places := [place for place, texts in two_ways.items() if sign in texts[0]]:
                said[notation.taken(two_ways[places[0]][0], mark)] = places
        for place, column in enumerate(columns):
            if column.taken:
                said.setdefault(column.taken, []).append(place)
        notes = [f"{counted(above, 'line')} above the table left out."] if above else []
        notes += [f"{these_columns(places)}: {sentence}." for sentence, places in said.items()]
        marks = [mark if place in two_ways else column.marks[:1] for place, column in enumerate(columns)]
        found = (_column(place, names[place], rows, columns[place], *marks[place]) for place in range(len(names)))
        return Table(tuple(found), tuple(notes), other)

    found = table(usual, table("," if usual == "." else ".") if two_ways else None)
    if not found.numeric:
        raise ValueError(f"{NO_COLUMN} {found.columns[0].why}{'' if len(names) > 1 else SEPARATE}")
    return found


def _marks(columns: list[Texts], delimiter: str) -> tuple[str, dict[int, list[str]]]:
    """The decimal mark of columns that can be read with either, and by their places the texts that show it.

    It is that of the other columns. Where these do not say, groups of three are thousands, but for points in a table
    with commas or spaces between its cells, as programs write them: these are decimal.
    """
    sure = {column.marks for column in columns if len(column.marks) == 1}
    two_ways = {place: column.two_ways for place, column in enumerate(columns) if column.two_ways}
    commas = {place: texts for place, texts in two_ways.items() if any("," in text for text in texts)}
    comma = sure == {(",",)} if sure else not commas and delimiter in "\t;"
    asked = commas if (".",) in sure else two_ways  # among decimal points nobody would ask what a point is
    return "," if comma else ".", asked


def edited(frame: pd.DataFrame, edits: dict[str, Any], delimiter: str) -> str:
    """A table of texts as CSV after the edits that Streamlit's data editor reports; `delimiter` separated its cells."""
    rows = frame.to_dict("records")
    for row, cells in edits["edited_rows"].items():
        rows[int(row)] |= cells
    rows = [cells for row, cells in enumerate(rows) if row not in edits["deleted_rows"]]
    table = pd.DataFrame([*rows, *edits["added_rows"]], columns=frame.columns)
    # What a comma or a point is may depend on what separates the cells, see `_marks`.
    semicolons = len(table.columns) > 1 and delimiter in "\t;"
    return table.to_csv(sep=";" if semicolons else ",", index=False, lineterminator="\n").strip("\n")


def _text(raw: bytes) -> str:
    for sign, kind in SIGNS.items():
        if raw.startswith(sign):
            raise ValueError(f"This file is {kind}, whatever its name says. {AS_CSV}")
    text = "\0"
    for encoding in ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["latin-1", "cp1252", "utf-8-sig"]:
        with suppress(UnicodeDecodeError):  # any bytes are Latin-1, so UTF-8 comes last
            text = raw.decode(encoding)
    if "\0" in text:
        raise ValueError(f"{NOT_TEXT} {AS_CSV}")
    if not re.search(r'[^\s,;"]', text):
        raise ValueError(EMPTY)
    if text.lstrip().startswith("<") and WEB_PAGE.search(text[:1000]):
        raise ValueError(f"This file is a web page, whatever its name says. {AS_CSV}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _separated(text: str) -> tuple[str, str]:
    """A text without the line in which a spreadsheet names what separates its cells, and what does."""
    first, end, rest = text.partition("\n")
    if named := re.fullmatch(r'"?sep=([\t;,])"?[;,]*', first, re.IGNORECASE):
        return end + rest, named[1]
    return text, max(DELIMITERS, key=lambda delimiter: _alike(text, delimiter))


def _cells(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    """The rows of a text. Spaces that separate cells become tabs, but for those between quotation marks."""
    lines: Iterable[str] = io.StringIO(text)
    if " " in delimiter:
        lines = (line.replace("\t", "  ").strip(" \n") for line in lines)
        lines = (QUOTED_OR_BETWEEN[delimiter].sub(lambda run: run[1] or "\t", line) + "\n" for line in lines)
    return csv.reader(lines, delimiter="\t" if " " in delimiter else delimiter, strict=strict)


def _usual(widths: list[int]) -> int:
    return max(sorted({*widths}), key=widths.count)


def _alike(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows are as wide as most, and more than one cell: more than others beneath, and in all."""
    try:
        rows = [*islice(_cells(text, delimiter, strict=False), LOOKED_AT)]
    except csv.Error:
        return 0, 0
    widths = [len(row) for row in rows if any(cell.strip() for cell in row)] or [1]
    usual = _usual(widths)
    alike = widths.count(usual) if usual > 1 else 0
    return max(0, 2 * alike - len(widths[widths.index(usual) :])), alike


def _rows(text: str, delimiter: str) -> list[Row]:
    rows: list[Row] = []
    try:
        for number, cells in enumerate(_cells(text, delimiter, strict=True), start=1):
            if any(cell.strip() for cell in cells):
                rows.append((number, cells))
            if len(rows) > MOST_ROWS + 1:
                raise ValueError(f"This table has more than {whole(MOST_ROWS)} rows. Remove rows: {LIMITS} are read.")
    except csv.Error:
        raise ValueError(f"{UNCLOSED} after row {len(rows)}.") from None
    return rows


def _above(rows: list[Row]) -> int:
    """How many lines of prose stand above the table.

    They differ in width from most rows, or look like prose. The header is the last row without a number.
    A line of numbers is no prose; neither is one right above numbers: a name, perhaps, and decimal commas beneath it.
    """
    widths = [len(cells) for _, cells in rows[:LOOKED_AT]]
    top = [(row, cells[:MOST_COLUMNS]) for row, cells in rows[:LOOKED_AT]]  # no row of a table has more
    usual = _usual(widths)
    if usual == 1:
        return 0
    words = [_wordy(cells) for _, cells in top]
    last = max((i for i, width in enumerate(widths) if words[i] and width == usual), default=widths.index(usual))
    prose = [i for i in range(last) if widths[i] != usual or (words[i + 1] and _loose(*top[i], *top[i + 1]))]
    above = max(prose, default=-1) + 1
    header = not above or words[above] or (max(widths[:above]) == 1 and top[above][0] > top[above - 1][0] + 1)
    numbers = any(all(map(_is_value, cells, cells)) for _, cells in top[:above])
    return above if header and not numbers else 0


def _loose(row: int, cells: list[str], following: int, names: list[str]) -> bool:
    """Whether a row is prose above a header: by a gap, by blanks after what separates cells, or by empty cells."""
    blanks = [any(cell.startswith(" ") for cell in found[1:]) for found in (cells, names)]
    return following > row + 1 or blanks == [True, False] or sum(map(bool, cells)) < sum(map(bool, names))


def _wordy(cells: list[str]) -> bool:
    return not any(cell.strip() and notation.texts([cell]).marks for cell in cells)


def _check_widths(rows: list[Row], delimiter: str) -> None:
    """Raise ValueError where a row has too many cells, or others than the first."""
    for number, cells in rows:
        if len(cells) > MOST_COLUMNS:
            raise ValueError(f"Row {number} has {whole(len(cells))} cells. Remove columns: {LIMITS} are read.")
        if len(cells) != len(rows[0][1]):
            has = f"{counted(len(cells), 'cell')} and the first row {len(rows[0][1])}"
            between = DELIMITERS[delimiter]
            raise ValueError(f"Row {number} has {has}, separated by {between}. Give every row the same number.")


def _names(cells: Iterable[str]) -> list[str]:
    """A name for every column, no two alike, none that of the bias, of characters that can be drawn."""
    names: list[str] = []
    for place, cell in enumerate(cells):
        drawn = "".join(character if character.isprintable() else " " for character in cell)
        name = usual = " ".join(drawn.split()) or _unnamed(place)
        again = 2
        while name in (*names, BIAS):
            name, again = f"{usual} ({again})", again + 1
        names.append(name)
    return names


def _is_value(cell: str, below: str) -> bool:
    """Whether a cell of the first row is not a name: it is missing, a number, or written like the one below."""
    text = notation.plain(cell)
    return text is None or bool(notation.fitting([text]) or notation.texts([cell, below]).marks)


def these_columns(places: list[int]) -> str:
    """Columns as a sentence names them, by their numbers."""
    return f"Column{'s' * (len(places) > 1)} {', '.join(str(place + 1) for place in places)}"


def _column(place: int, name: str, rows: list[Row], column: Texts, mark: str = "") -> Column:
    """A column read with a decimal mark; without one it has no numbers."""
    if not mark or not any(column.texts):
        return Column(name, None, _why(place, rows, column.texts))
    numbers = np.array([notation.number(text, mark) if text else math.nan for text in column.texts])
    sizes = np.abs(numbers)
    for wrong, sentence in (((sizes > 0) & (sizes < parse.SMALLEST), TOO_SMALL), (sizes > parse.LARGEST, TOO_LARGE)):
        if wrong.any():
            return Column(name, None, _at(place, *rows[int(wrong.argmax())], sentence))
    return Column(name, numbers)


def _why(place: int, rows: list[Row], texts: list[str | None]) -> str:
    """Why a column has no numbers, by the first cell that does not fit those above it."""
    left, some, why = {*notation.MARKS}, False, ""
    for row, text in zip(rows, texts, strict=True):
        if text and not (some and why):
            marks = notation.fitting([text])
            unit = not marks and notation.unit(text)
            left &= {*marks}
            some |= bool(marks or unit)
            if not (left or why):
                why = _at(place, *row, MIXED_MARKS if marks else MIXED_UNITS if unit else NO_NUMBER)
    return why if some else f"Column {place + 1} has no numbers in it."


def _at(place: int, row: int, cells: list[str], sentence: str) -> str:
    return f"In column {place + 1}, row {row}, {notation.repeated(cells[place].strip(), 'the cell')} {sentence}"


def _counts(place: int, column: Column) -> bool:
    """Whether a column only counts the rows: by its name, or none, and by numbers of which each is one more."""
    named = column.name == _unnamed(place) or COUNTER.fullmatch(column.name)
    return bool(named and (np.diff(np.asarray(column.numbers)) == 1).all())


def _unnamed(place: int) -> str:
    return f"column {place + 1}"

"""Tables as learners have them, turned into numbers or into one clear sentence.

Cells may be separated by commas, semicolons or tabs, in UTF-8, UTF-16 with its mark, or Latin-1; with a header or
without; with decimal points, or decimal commas where no commas separate the cells. The sentences name the row as the
file counts it and the column by its place. They never repeat a cell or a name: they go onto the page as markdown.
"""

import csv
import io
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from pages.shared import parse
from pages.shared.numbers import number as written
from pages.shared.numbers import whole

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 2_000_000, 20_000, 50
LONGEST_NAME = 40
KEPT = 4  # tables, and what is made of them: those of 20,000 rows have some MB
BIAS = "bias"  # the name of the column of ones that the lab adds
LIMITS = f"at most {MOST_BYTES // 1_000_000} MB, {whole(MOST_ROWS)} rows and {MOST_COLUMNS} columns"
DELIMITERS = {"\t": "tabs", ";": "semicolons", ",": "commas"}  # the rarer first: commas may stand within numbers
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
# What is wrong with a table, and what to do.
EMPTY = "There is nothing in this table yet. Add a header and rows of numbers."
NO_ROWS = "This table has a header and no rows beneath it."
NO_COLUMN = "No column of this table can be used."
SEPARATE = " If it has more columns, separate the cells by commas, semicolons or tabs."
UNCLOSED = "A quotation mark is not closed, or a cell is too long,"
NOT_TEXT = "This file is not text."
AS_CSV = "Save the table as CSV and choose that file."
# What is wrong with a cell, and what to do about it.
NO_CELL = "is empty. Fill it in, or remove the row."
NO_NUMBER = "is not a number. Fill it in, or remove the row."
TOO_SMALL = f"is closer to 0 than {written(parse.SMALLEST)}. Write 0 there."
TOO_LARGE = f"is larger than {written(parse.LARGEST)}. Make it smaller."


class Column(NamedTuple):
    """A column: its name, and its numbers, or why it has none, in a sentence."""

    name: str
    numbers: np.ndarray | None
    why: str = ""


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a table. It equals only itself, so that what is made of it can be cached by it."""

    columns: tuple[Column, ...]

    @property
    def numeric(self) -> list[int]:
        """The places of the columns with numbers."""
        return [place for place, column in enumerate(self.columns) if column.numbers is not None]


Row = tuple[int, list[str]]  # its number in the file, and its cells


def cells(raw: bytes) -> tuple[list[str], list[Row], bool]:
    """Names, rows beneath any header, and whether they have decimal commas. Raises ValueError with one sentence."""
    if len(raw) > MOST_BYTES:
        raise ValueError(f"This file has {len(raw) / 1e6:.1f} MB. Remove rows or columns: {LIMITS} are read.")
    text = _text(raw)
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    first = rows[0][1]
    header = any(cell.strip() and _number(cell, comma=delimiter != ",") is None for cell in first)
    body = rows[1:] if header else rows
    comma = delimiter != "," and _commas([cell for _, cells in body for cell in cells])
    return _names(first if header else [""] * len(first)), body, comma


@lru_cache(maxsize=KEPT)
def read(raw: bytes) -> Table:
    """A table with at least one column of numbers. Raises ValueError, with one sentence, where it is none."""
    names, rows, comma = cells(raw)
    if not rows:
        raise ValueError(f"{NO_ROWS} Add at least one row of numbers.")
    short = _names(name[:LONGEST_NAME] for name in names)
    table = Table(tuple(_column(place, name, rows, comma=comma) for place, name in enumerate(short)))
    if not table.numeric:
        raise ValueError(f"{NO_COLUMN} {table.columns[0].why}{'' if len(names) > 1 else SEPARATE}")
    return table


def edited(frame: pd.DataFrame, edits: dict[str, Any]) -> str:
    """A table of texts as CSV after the edits that Streamlit's data editor reports."""
    rows = frame.to_dict("records")
    for row, cells in edits["edited_rows"].items():
        rows[int(row)] |= cells
    rows = [cells for row, cells in enumerate(rows) if row not in edits["deleted_rows"]]
    table = pd.DataFrame([*rows, *edits["added_rows"]], columns=frame.columns)
    # Decimal commas need semicolons between the cells; in a single column they get quotation marks.
    commas = len(table.columns) > 1 and any("," in str(cell) for cell in table.to_numpy().ravel())
    return table.to_csv(sep=";" if commas else ",", index=False, lineterminator="\n").strip("\n")


def _text(raw: bytes) -> str:
    for sign, kind in SIGNS.items():
        if raw.startswith(sign):
            raise ValueError(f"This file is {kind}, whatever its name says. {AS_CSV}")
    text = "\0"
    for encoding in ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["latin-1", "utf-8-sig"]:
        with suppress(UnicodeDecodeError):  # any bytes are Latin-1, so UTF-8 comes last
            text = raw.decode(encoding)
    if "\0" in text:
        raise ValueError(f"{NOT_TEXT} {AS_CSV}")
    if not re.search(r'[^\s,;"]', text):
        raise ValueError(EMPTY)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _delimiter(text: str) -> str:
    """What separates the cells: what gives most of the first rows as many cells as each other, and more than one."""

    def alike(delimiter: str) -> int:
        try:
            rows = [*islice(csv.reader(io.StringIO(text), delimiter=delimiter), LOOKED_AT)]
        except csv.Error:
            return 0
        widths = [len(row) for row in rows if any(cell.strip() for cell in row)] or [1]
        usual = max(set(widths), key=widths.count)
        return widths.count(usual) if usual > 1 else 0

    return max(DELIMITERS, key=alike)


def _rows(text: str, delimiter: str) -> list[Row]:
    rows: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > MOST_COLUMNS:
                raise ValueError(f"Row {number} has {whole(len(cells))} cells. Remove columns: {LIMITS} are read.")
            if rows and len(cells) != len(rows[0][1]):
                has = f"{len(cells)} cell{'s' * (len(cells) != 1)} and the first row {len(rows[0][1])}"
                between = DELIMITERS[delimiter]
                raise ValueError(f"Row {number} has {has}, separated by {between}. Give every row the same number.")
            rows.append((number, cells))
            if len(rows) > MOST_ROWS + 1:
                raise ValueError(f"This table has more than {whole(MOST_ROWS)} rows. Remove rows: {LIMITS} are read.")
    except csv.Error:
        raise ValueError(f"{UNCLOSED} after row {len(rows)}.") from None
    return rows


def _names(cells: Iterable[str]) -> list[str]:
    """A name for every column, no two alike, none that of the bias, of characters that can be drawn."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        drawn = "".join(character if character.isprintable() else " " for character in cell)
        name = usual = " ".join(drawn.split()) or f"column {place}"
        again = 2
        while name in (*names, BIAS):
            name, again = f"{usual} ({again})", again + 1
        names.append(name)
    return names


def _commas(cells: list[str]) -> bool:
    """Whether numbers are written with decimal commas: some are, and none has a point."""
    points = any("." in cell and _number(cell, comma=False) is not None for cell in cells)
    return not points and any("," in cell and _number(cell, comma=True) is not None for cell in cells)


def _number(cell: str, *, comma: bool) -> float | None:
    text = cell.strip().replace("\N{MINUS SIGN}", "-")
    if comma:
        text = text.replace(",", ".", 1)
    return float(text) + 0.0 if parse.NUMBER.fullmatch(text) else None


def _column(place: int, name: str, rows: list[Row], *, comma: bool) -> Column:
    numbers = [_number(cells[place], comma=comma) for _, cells in rows]
    if all(number is None for number in numbers):
        return Column(name, None, f"Column {place + 1} has no numbers in it.")
    for number, (row, cells) in zip(numbers, rows, strict=True):
        if wrong := _wrong(number, cells[place]):
            return Column(name, None, f"In column {place + 1} row {row} {wrong}")
    return Column(name, np.array(numbers, dtype=float))


def _wrong(number: float | None, cell: str) -> str:
    if number is None:
        return NO_NUMBER if cell.strip() else NO_CELL
    if 0 < abs(number) < parse.SMALLEST:
        return TOO_SMALL
    return "" if abs(number) <= parse.LARGEST else TOO_LARGE

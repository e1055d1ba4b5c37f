"""Tables as learners have them, turned into numbers or into one clear sentence.

Read are text files with commas, semicolons or tabs between their cells, in UTF-8 (with or without its mark), UTF-16
with its mark, or Latin-1; with a header or without; with decimal points, or with decimal commas where the cells are
not separated by commas. The sentences name the row as the file counts it, the column by its place, and what to do. They
never repeat what stands in a cell or a name, because they go onto the page as markdown.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from pages.shared import parse

MOST_BYTES = 2_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 50
LONGEST_NAME = 40
BIAS = "bias"  # the name of the column of ones that the lab adds
LIMITS = f"at most {MOST_BYTES // 1_000_000} MB, {MOST_ROWS:,} rows and {MOST_COLUMNS} columns"
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
EMPTY = "There is nothing in this table yet."
NO_ROWS = "This table has a header and no rows beneath it."
NO_COLUMN = "No column of this table can be used."
UNCLOSED = "A quotation mark is not closed, or a cell is too long,"
NOT_TEXT = "This file is not text."
AS_CSV = "Save the table as CSV and choose that file."
# What is wrong with a cell, and what to do about it.
NO_CELL = "is empty. Fill it in, or remove the row."
NO_NUMBER = "is not a number. Fill it in, or remove the row."
TOO_SMALL = f"is closer to 0 than {parse.SMALLEST:g}. Write 0 there."
TOO_LARGE = f"is larger than {parse.LARGEST:g}. Make it smaller."


class Column(NamedTuple):
    """A column: its name, and its numbers, or why it has none."""

    name: str
    numbers: np.ndarray | None
    why: str = ""  # a sentence, where there are no numbers


class Cells(NamedTuple):
    """A table as it was written: its names, its rows with their numbers in the file, and whether commas are decimal."""

    names: list[str]
    rows: list[tuple[int, list[str]]]
    comma: bool


def cells(raw: bytes) -> Cells:
    """The cells of a table, whatever stands in them; there may be no rows beneath the header.

    Raises ValueError, with one sentence, if it is no table.
    """
    if len(raw) > MOST_BYTES:
        raise ValueError(f"This file has {len(raw) / 1e6:.1f} MB. Remove rows or columns: {LIMITS} are read.")
    text = _text(raw)
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    if not rows:
        raise ValueError(f"{EMPTY} Add a header and rows of numbers.")
    header = any(cell.strip() and _number(cell, comma=delimiter != ",") is None for cell in rows[0][1])
    names = _names(rows[0][1] if header else [""] * len(rows[0][1]))
    body = rows[1:] if header else rows
    comma = delimiter != "," and _commas(cell for _, cells in body for cell in cells)
    return Cells(names, body, comma)


def read(raw: bytes) -> list[Column]:
    """The columns of a table, at least one of them with numbers.

    Raises ValueError, with one sentence, if it cannot be read as a table.
    """
    names, rows, comma = cells(raw)
    if not rows:
        raise ValueError(f"{NO_ROWS} Add at least one row of numbers.")
    columns = [
        _column(place, name, [(row, cells[place]) for row, cells in rows], comma=comma)
        for place, name in enumerate(_names(name[:LONGEST_NAME] for name in names))
    ]
    if all(column.numbers is None for column in columns):
        divide = (
            "" if len(columns) > 1 else " If it has more columns, separate the cells by commas, semicolons or tabs."
        )
        raise ValueError(f"{NO_COLUMN} {columns[0].why}{divide}")
    return columns


def edited(frame: pd.DataFrame, edits: dict[str, Any]) -> str:
    """A table of texts as CSV after the edits that Streamlit's data editor reports.

    With semicolons where a cell has a comma: it may be a decimal one.
    """
    rows = frame.to_numpy(dtype=object).tolist()
    place = {str(name): number for number, name in enumerate(frame.columns)}
    for row, cells in edits["edited_rows"].items():
        for name, cell in cells.items():
            rows[int(row)][place[name]] = cell
    for row in sorted(edits["deleted_rows"], reverse=True):
        del rows[row]
    rows += [[cells.get(name) for name in place] for cells in edits["added_rows"]]
    delimiter = ";" if any("," in str(cell) for row in rows for cell in row) else ","
    # Without quotation marks a comma would make two columns of one.
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL if len(place) > 1 else csv.QUOTE_ALL
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows([place, *rows])
    return file.getvalue().strip("\n")


def _text(raw: bytes) -> str:
    for sign, kind in SIGNS.items():
        if raw.startswith(sign):
            raise ValueError(f"This file is {kind}, whatever its name says. {AS_CSV}")
    encodings = ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "latin-1"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        if not text.strip(' \t\r\n,;"'):
            raise ValueError(f"{EMPTY} Add a header and rows of numbers.")
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise ValueError(f"{NOT_TEXT} {AS_CSV}")


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


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, with their numbers, all of the same width."""
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > MOST_COLUMNS:
                raise ValueError(f"Row {number} has {len(cells):,} cells. Remove columns: {LIMITS} are read.")
            if rows and len(cells) != len(rows[0][1]):
                many = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
                raise ValueError(
                    f"Row {number} has {many} and the first row {len(rows[0][1])}, separated by "
                    f"{DELIMITERS[delimiter]}. Give every row the same number of cells."
                )
            rows.append((number, cells))
            if len(rows) > MOST_ROWS + 1:
                raise ValueError(f"This table has more than {MOST_ROWS:,} rows. Remove rows: {LIMITS} are read.")
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


def _commas(cells: Iterable[str]) -> bool:
    """Whether numbers are written with decimal commas: some are, and none has a point."""
    some = False
    for cell in cells:
        if "." in cell and _number(cell, comma=False) is not None:
            return False
        some = some or ("," in cell and _number(cell, comma=True) is not None)
    return some


def _number(cell: str, *, comma: bool) -> float | None:
    """The number in a cell, or None."""
    text = cell.strip().replace("\N{MINUS SIGN}", "-")
    if comma:
        text = text.replace(",", ".", 1)
    return float(text) + 0.0 if parse.NUMBER.fullmatch(text) else None


def _column(place: int, name: str, cells: Sequence[tuple[int, str]], *, comma: bool) -> Column:
    found = [_number(cell, comma=comma) for _, cell in cells]
    if not any(number is not None for number in found):
        return Column(name, None, f"Column {place + 1} has no numbers in it.")
    for number, (row, cell) in zip(found, cells, strict=True):
        if wrong := _wrong(number, cell):
            return Column(name, None, f"In column {place + 1} row {row} {wrong}")
    return Column(name, np.array(found, dtype=float))


def _wrong(number: float | None, cell: str) -> str:
    """What is wrong with a cell and its number; nothing where it can be used."""
    if number is None:
        return NO_NUMBER if cell.strip() else NO_CELL
    if 0 < abs(number) < parse.SMALLEST:
        return TOO_SMALL
    return "" if abs(number) <= parse.LARGEST else TOO_LARGE

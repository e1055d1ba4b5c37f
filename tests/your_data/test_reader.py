"""Tables as learners have them: each is read rightly, or refused in a sentence that says where and what to do."""

import csv
import gzip
import io
import random
import zipfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.numbers import THIN
from pages.your_data import reader
from tests.helpers.samples import NUMBERS


def numbers(raw: bytes) -> dict[str, list[float]]:
    """The columns of a table that have numbers."""
    return {column.name: column.numbers.tolist() for column in reader.read(raw).columns if column.numbers is not None}


def zipped() -> bytes:
    """A zip bomb: a million zeros in a kilobyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("table.csv"), b"0" * 1_000_000)
    return file.getvalue()


WANTED = {"size": [1.5, -2.0], "price": [3.0, 0.25]}


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"size,price\n1.5,3\n-2,.25\n", id="commas"),
        pytest.param(b"size;price\r\n1.5;3\r\n-2;.25", id="semicolons and Windows line ends"),
        pytest.param(b"size\tprice\n1.5\t3\n-2\t.25\n", id="tabs"),
        pytest.param(b"\xef\xbb\xbfsize,price\n1.5,3\n-2,.25\n", id="UTF-8 with its mark"),
        pytest.param("size,price\n1.5,3\n-2,.25\n".encode("utf-16"), id="UTF-16"),
        pytest.param(b"size;price\n1,5;3\n-2;0,25\n", id="decimal comma"),
        pytest.param(b'"size","price"\n"1.5","3"\n"-2",".25"\n', id="quoted"),
        pytest.param(b'"size";"price"\n"1,5";"3"\n"-2";"0,25"\n', id="quoted decimal comma"),
        pytest.param(b"size,price\r1.5,3\r-2,.25\r", id="line ends of old Macs"),
        pytest.param(b"\n size , price \n\n 1.5 , 3e0 \n,\n\xe2\x88\x922,+.25\n\n", id="blanks and a typeset minus"),
    ],
)
def test_the_same_table_is_read_however_it_is_written(raw: bytes):
    assert numbers(raw) == WANTED


def test_names_may_be_in_latin_1_missing_alike_or_anything_at_all():
    assert list(numbers("größe;x\n1;2\n".encode("latin-1"))) == ["größe", "x"]
    assert list(numbers("größe;x\n1;2\n".encode())) == ["größe", "x"]
    assert list(numbers(b"1,2\n3,4\n")) == ["column 1", "column 2"]
    assert list(numbers(b"a,a,,a (2),a\n1,2,3,4,5\n")) == ["a", "a (2)", "column 3", "a (2) (2)", "a (3)"]
    odd = ["a.b", "c[0]", "x:Q", "<img src=x>", "=1+1", '"', "a\nb"]
    file = io.StringIO()
    csv.writer(file).writerows([odd, range(7)])
    assert list(numbers(file.getvalue().encode())) == [*odd[:6], "a b"]


def test_a_column_without_numbers_says_where_it_fails_and_leaves_the_others_alone():
    columns = reader.read(b"a,b,c,d,e,f\n1,2,x,4,1e60,1\n2,,3,4,5,1e-60\n3,4,5,inf,6,0\n").columns
    assert [column.name for column in columns if column.numbers is not None] == ["a"]
    assert [column.why for column in columns[1:]] == [
        f"In column 2 row 3 {reader.NO_CELL}",
        f"In column 3 row 2 {reader.NO_NUMBER}",
        f"In column 4 row 4 {reader.NO_NUMBER}",
        f"In column 5 row 2 {reader.TOO_LARGE}",
        f"In column 6 row 3 {reader.TOO_SMALL}",
    ]


def test_rows_are_counted_as_the_file_counts_them():
    (_, column) = reader.read(b"a,b\n\n1,2\n\n3,x\n").columns
    assert column.why == f"In column 2 row 5 {reader.NO_NUMBER}"


@pytest.mark.parametrize(
    ("raw", "begins"),
    [
        (b"", reader.EMPTY),
        (b"\n ,,, \n,,,\n", reader.EMPTY),
        (b"size,price\n", reader.NO_ROWS),
        (b"a,b\n1,2\n3,4,5\n", "Row 3 has 3 cells and the first row 2,"),
        (b"a,b\nx,y\n", f"{reader.NO_COLUMN} Column 1 "),
        (b"a\n" + b"1\n" * 20_001, f"This table has more than 20{THIN}000 rows."),
        (b"a\n" + b"1\n" * 100_000, f"This table has more than 20{THIN}000 rows."),
        (b",".join([b"1"] * 3000), f"Row 1 has 3{THIN}000 cells."),
        (b"1,2\n" * 1_250_000, "This file has 5.0 MB."),
        (b'a,b\n1,"2\n3,4\n', reader.UNCLOSED),
        (b"a\n" + b"x" * 200_000, reader.UNCLOSED),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This file is a PNG image"),
        (zipped(), "This file is a zip archive or a spreadsheet"),
        (gzip.compress(b"1,2\n", mtime=0), "This file is a gzip archive"),
        (b"%PDF-1.7 ", "This file is a PDF"),
        (b"a,b\n1,2\0\n", reader.NOT_TEXT),
        (b"\xff\xfea", reader.NOT_TEXT),
    ],
)
def test_what_is_not_a_table_is_refused_in_one_sentence_that_says_what_to_do(raw: bytes, begins: str):
    with pytest.raises(ValueError, match=r"\.$") as refusal:
        reader.read(raw)
    assert str(refusal.value).startswith(begins)


def test_no_sentence_repeats_what_stands_in_the_file():
    columns = reader.read(b"<b>x</b>,y\n<i>,1\n").columns
    assert not any("<" in column.why for column in columns)


@given(
    rows=st.integers(1, 6).flatmap(
        lambda width: st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=1, max_size=8)
    ),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1"]),
    header=st.booleans(),
    comma=st.booleans(),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_every_table_in_every_dialect_comes_back_as_it_was(rows, delimiter, encoding, header, comma, quoting, end):
    file = io.StringIO()
    lines = csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=end)
    if header:
        lines.writerow([f"name {place}" for place in range(len(rows[0]))])
    for row in rows:
        cells = [repr(number) for number in row]
        # One column of decimal commas without quotation marks is two columns.
        commas = comma and delimiter != "," and (len(row) > 1 or quoting == csv.QUOTE_ALL)
        lines.writerow([cell.replace(".", ",") for cell in cells] if commas else cells)
    found = reader.read(file.getvalue().encode(encoding)).columns
    assert np.column_stack([column.numbers for column in found if column.numbers is not None]).tolist() == rows
    again = reader.read(rewritten(file.getvalue().encode(encoding)).encode()).columns
    assert [column.name for column in again] == [column.name for column in found]
    assert [column.numbers.tolist() for column in again if column.numbers is not None] == np.transpose(rows).tolist()


def rewritten(raw: bytes) -> str:
    """A table as the cells on the page write it when nothing is edited."""
    names, rows, _ = reader.cells(raw)
    frame = pd.DataFrame([cells for _, cells in rows], columns=names, dtype=str)
    return reader.edited(frame, {"edited_rows": {}, "deleted_rows": [], "added_rows": []})


def test_an_edit_among_decimal_commas_is_read_as_it_is_meant():
    names, rows, _ = reader.cells(b"x;y\n1;2,5\n2;3,5")
    frame = pd.DataFrame([cells for _, cells in rows], columns=names, dtype=str)
    text = reader.edited(frame, {"edited_rows": {0: {"x": "4"}}, "deleted_rows": [], "added_rows": []})
    assert numbers(text.encode()) == {"x": [4, 2], "y": [2.5, 3.5]}


def test_edits_of_cells_are_written_into_the_text():
    frame = pd.DataFrame([["1", "2"], ["3", "4"], ["5", "6"]], columns=["a", "b,c"], dtype=str)
    edits = {"edited_rows": {1: {"b,c": "x"}}, "deleted_rows": [0], "added_rows": [{"a": "7"}, {}]}
    assert reader.edited(frame, edits) == 'a,"b,c"\n3,x\n5,6\n7,\n,'


def test_long_rows_of_digits_are_refused_at_once():
    digits = b"1" * 100_000
    for cell in (digits + b"x", digits, b"-" + digits + b"." + digits[:20_000] + b"e"):
        (column, _) = reader.read(b"a,b\n" + cell + b",1\n").columns
        assert column.numbers is None


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_table_or_a_sentence(raw: bytes):
    try:
        columns = reader.read(raw).columns
    except ValueError as sentence:
        said = str(sentence)
    else:
        said = "."
        assert any(column.numbers is not None for column in columns)
        assert len({column.name for column in columns}) == len(columns)
    assert said.endswith(".")


def test_names_have_no_characters_that_cannot_be_drawn_and_none_is_that_of_the_bias():
    names = list(numbers("a\x01b,\x1b,x\u202ey,\uffff,bias,bias\n1,2,3,4,5,6\n".encode()))
    assert names == ["a b", "column 2", "x y", "column 4", "bias (2)", "bias (3)"]


def test_twenty_thousand_rows_are_read():
    table = "\n".join(["a,b", *(f"{random.Random(row).random()},{row}" for row in range(20_000))])
    columns = reader.read(table.encode()).columns
    assert columns[1].numbers is not None
    assert columns[1].numbers.sum() == sum(range(20_000))

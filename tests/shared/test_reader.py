"""Tables as learners have them: each is read rightly, or refused in a sentence that says where and what to do."""

import csv
import gzip
import io
import locale
import math
import random
import re
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pages.shared import notation, reader
from pages.shared.numbers import THIN
from pages.your_data import model
from pages.your_data.datasets import DATASETS
from tests.helpers.samples import NUMBERS, dataset, outcome

DATA = Path(__file__).parents[1] / "data"
NAN = math.nan


def numbers(raw: bytes) -> dict[str, list[float]]:
    """The columns of a table that have numbers."""
    return {column.name: column.numbers.tolist() for column in reader.read(raw).columns if column.numbers is not None}


def first_column(table: reader.Table) -> list[float]:
    """The numbers of the first column."""
    return np.asarray(table.columns[0].numbers).tolist()


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
    rows = (
        "a;b;c;d;e;f;g;h;i;j",
        "1;2.5.1;x;4;1e60;1;2.5;5 kg;<b>;u",
        "2;2;3;4;5;1e-60;1,5;6;3;NA",
        "3;4;5;inf;6;0;1;7;4;w",
    )
    columns = reader.read("\n".join(rows).encode()).columns
    assert [column.name for column in columns if column.numbers is not None] == ["a"]
    assert [column.why for column in columns[1:]] == [
        f"In column 2, row 2, `2.5.1` {reader.NO_NUMBER}",
        f"In column 3, row 2, `x` {reader.NO_NUMBER}",
        f"In column 4, row 4, `inf` {reader.NO_NUMBER}",
        f"In column 5, row 2, `1e60` {reader.TOO_LARGE}",
        f"In column 6, row 3, `1e-60` {reader.TOO_SMALL}",
        f"In column 7, row 3, `1,5` {reader.MIXED_MARKS}",
        f"In column 8, row 2, `5 kg` {reader.MIXED_UNITS}",
        f"In column 9, row 2, the cell {reader.NO_NUMBER}",
        "Column 10 has no numbers in it.",
    ]


def test_rows_are_counted_as_the_file_counts_them():
    (_, column) = reader.read(b"a,b\n\n1,2\n\n3,x\n").columns
    assert column.why == f"In column 2, row 5, `x` {reader.NO_NUMBER}"


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


@pytest.mark.parametrize("cell", ["<i>", "`x`", "[a](b)", "*a*", "![](//x.y/z)", "x" * 21, "a\nb", ":red[x]"])
def test_a_sentence_repeats_what_stands_in_the_file_only_where_it_is_harmless(cell: str):
    (column, _) = reader.read(f'<b>,y\n"{cell}",1\n3,2\n'.encode()).columns
    assert column.why == f"In column 1, row 2, the cell {reader.NO_NUMBER}"


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
    # Where all is groups of three, as in 1.125, and no column says otherwise, these are thousands.
    assume(
        delimiter == "," or not all(re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", repr(cell)) for row in rows for cell in row)
    )
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


def rewritten(raw: bytes, cells: dict | None = None) -> str:
    """A table as the cells on the page write it when these are edited, or none."""
    found = reader.cells(raw)
    frame = pd.DataFrame([cells for _, cells in found.rows], columns=found.names, dtype=str)
    edits = {"edited_rows": cells or {}, "deleted_rows": [], "added_rows": []}
    return reader.edited(frame, edits, found.delimiter)


def test_an_edit_among_decimal_commas_is_read_as_it_is_meant():
    text = rewritten(b"x;y\n1;2,5\n2;3,5", {0: {"x": "4"}})
    assert numbers(text.encode()) == {"x": [4, 2], "y": [2.5, 3.5]}


def test_edits_of_cells_are_written_into_the_text():
    frame = pd.DataFrame([["1", "2"], ["3", "4"], ["5", "6"]], columns=["a", "b,c"], dtype=str)
    edits = {"edited_rows": {1: {"b,c": "x"}}, "deleted_rows": [0], "added_rows": [{"a": "7"}, {}]}
    assert reader.edited(frame, edits, ",") == 'a,"b,c"\n3,x\n5,6\n7,\n,'


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


@pytest.mark.parametrize(
    ("file", "names", "rows"),
    [
        ("thousands.tsv", ["size", "rooms", "price"], [[2104, 3, 399900], [1600, 3, 329900], [852, 2, 179900]]),
        ("point_thousands.tsv", ["size", "rooms", "price"], [[2104, 3, 399900], [1600, 3, 329900], [852, 2, 179900]]),
        ("three_decimals.csv", ["length", "mass"], [[1.204, 2.125], [1.318, 2.25], [1.455, 2.375]]),
        (
            "row_numbers.csv",
            ["column 1", "area", "floors", "rent"],
            [[1, 41, 2, 520], [2, 55, 1, 640], [3, 38, 3, 470], [4, 72, 2, 810]],
        ),
        ("sep.csv", ["hours", "score"], [[1, 52], [2, 55], [4, 61], [7, 70]]),
        ("prose.csv", ["hours", "score"], [[1, 52], [2, 55], [4, 61]]),
        ("prose_in_cells.csv", ["hours", "score", "age"], [[1.5, 52, 16], [2, 55, 17]]),
        ("spaces.txt", ["floor area", "rent", "built in"], [[28, 610, 1970], [45, 840, NAN], [102, 1480, 2003]]),
        ("aligned.txt", ["floor area", "rent"], [[28, 610], [45, 840]]),
        (
            "missing.csv",
            ["a", "b", "c", "d"],
            [[1, 2, NAN, 4], [2, NAN, 3, 8], [3, NAN, 6, NAN], [4, 5, 7, 16], [5, NAN, 9, 20]],
        ),
        ("decimal_comma.csv", ["weight", "price"], [[1000.92, 2010.25], [12.5, 980], [1250, 1500.75]]),
        ("latin_1.csv", ["weight", "price"], [[1000.92, 2010.25], [12.5, 980]]),
        ("units.csv", ["share", "price", "area"], [[12, 1250.5, 28], [7.5, 980, 45], [-3, -15, 102]]),
        ("quoted_thousands.csv", ["year", "people"], [[2019, 1000], [2020, 12500], [2021, 1250000]]),
        ("yes_no.csv", ["smoker", "Insured", "cost"], [[1, 1, 310], [0, 0, 120], [1, 1, 290]]),
    ],
)
def test_a_table_from_elsewhere_is_read_rightly_and_the_same_after_it_was_edited(file: str, names, rows):
    raw = (DATA / file).read_bytes()
    for each in (raw, rewritten(raw).encode()):
        found = numbers(each)
        assert list(found) == names
        np.testing.assert_array_equal(np.column_stack([*found.values()]), rows)


def test_a_saved_web_page_is_called_one():
    with pytest.raises(ValueError, match="web page"):
        reader.read((DATA / "web_page.csv").read_bytes())


@pytest.mark.parametrize(
    ("file", "columns", "said"),
    [
        ("units.csv", [1, 2, 3], ["`%`", "`$`", "`m2`"]),
        ("yes_no.csv", [1, 2], ["`yes` is 1", "`true` is 1"]),
        ("latin_1.csv", [2], ["`€`"]),
        ("thousands.tsv", [1], [f"3: commas divide thousands, so `2,104` is 2{THIN}104"]),
        ("three_decimals.csv", [1], ["2: decimal points, so `1.204` is 1.204"]),
    ],
)
def test_what_was_taken_for_a_number_is_said_of_its_column(file: str, columns: list[int], said: list[str]):
    notes = reader.read((DATA / file).read_bytes()).notes
    assert [int(re.findall(r"\d+", note)[0]) for note in notes] == columns
    assert all(words in note for words, note in zip(said, notes, strict=True))


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        ((DATA / "prose.csv").read_bytes(), "2 lines "),
        ((DATA / "prose_in_cells.csv").read_bytes(), "2 lines "),
        (b"Flats\n\n28,610\n45,840", "1 line "),
        (b"Source: Smith, 2019\nsize,rent\n28,610\n45,840", "1 line "),
        (b"Flats and what they cost\nby the month\nsize   rent\n28 610\n45  840\n49  850", "2 lines "),
    ],
)
def test_lines_above_the_table_are_counted(raw: bytes, lines: str):
    table = reader.read(raw)
    assert table.notes[0].startswith(lines)
    assert len(table.numeric) == len(table.columns) > 1


@pytest.mark.parametrize("name", DATASETS)
def test_of_a_data_set_there_is_nothing_to_say(name: str):
    table = reader.read(DATASETS[name].raw)
    assert [table.notes, table.other, table.counters, int(table.missing.sum())] == [(), None, [], 0]


@pytest.mark.parametrize(
    ("text", "first", "other"),
    [
        ("a\tb\n2,104\t3\n1,600\t4", [2104, 1600], [2.104, 1.6]),
        ("a;b\n2.104;3\n1.600;4", [2104, 1600], [2.104, 1.6]),
        ("a,b\n2.104,3\n1.600,4", [2.104, 1.6], [2104, 1600]),
        ("a b\n2.104 3\n1.600 4", [2.104, 1.6], [2104, 1600]),
        ('a,b\n"2,104",3\n"1,600",4', [2104, 1600], [2.104, 1.6]),
        ("a\tb\n2,104\t3,5\n1,600\t4,5", [2.104, 1.6], [2104, 1600]),
        ("a\tb\n2,104\t3.5\n1,600\t4.5", [2104, 1600], [2.104, 1.6]),
        ("a;b\n2.104;3,5\n1.600;4,5", [2104, 1600], [2.104, 1.6]),
        ("a;b\n2.104;3.5\n1.600;4.5", [2.104, 1.6], None),
        ("a;b\n2,104;3\n1,60;4", [2.104, 1.6], None),
        ("a;b\n0,104;3\n1,600;4", [0.104, 1.6], None),
        ("a;b\n2104,125;3\n1,600;4", [2104.125, 1.6], None),
        ("a;b\n2,104,000;3\n1,600;4", [2104000, 1600], None),
        ("a;b\n2.104,5;3\n1.600;4", [2104.5, 1600], None),
    ],
)
def test_groups_of_three_are_thousands_unless_the_column_or_the_table_says_otherwise(text: str, first, other):
    table = reader.read(text.encode())
    assert first_column(table) == first
    assert (table.other and first_column(table.other)) == other
    assert bool(table.notes) == bool(other)


@pytest.mark.parametrize(
    ("text", "counters"),
    [
        ("Number,x,y\n1,5,2\n2,7,3\n3,4,4", [0]),
        ("x,y,patient id\n5,2,101\n7,3,102\n4,4,103", [2]),
        (",x,y\n0,5,2\n1,7,3\n2,4,4", [0]),
        ("PassengerId,x,y\n1,5,2\n2,7,3", [0]),
        ("id,x,y\n1,5,2\n3,7,3\n4,4,4", []),
        ("week,x,y\n1,5,2\n2,7,3\n3,4,4", []),
        ("number of rooms,x,y\n1,5,2\n2,7,3\n3,4,4", []),
        ("id,y\n1,5\n2,7\n3,4", []),
        ("1,5\n2,7\n3,4", []),
    ],
)
def test_a_column_that_only_counts_the_rows_is_known_by_its_name_and_its_numbers(text: str, counters: list[int]):
    assert reader.read(text.encode()).counters == counters


@pytest.mark.parametrize("missing", ["", "?", "NA", "n/a", "-", "\u2013", "NaN", "null"])
def test_a_missing_cell_loses_its_row_or_its_column_but_not_both(missing: str):
    table = reader.read(f"a;b;c\n1;2;3\n2;{missing};4\n3;4;5,5".encode())
    assert table.missing.sum(axis=0).tolist() == [0, 1, 0]
    assert table.complete.numeric == [0, 2]
    assert table.complete.incomplete == 1
    assert model.samples(table, 2, (0, 1), bias=True, standardise=False).numbers.tolist() == [[1, 2], [3, 4]]
    assert model.samples(table, 2, (0,), bias=True, standardise=False).targets.tolist() == [3, 4, 5.5]


@pytest.mark.parametrize(
    "text",
    [
        "name,score\nAnn,oops\nBob,5",
        "x,y\n1,2\n3,4,5\nfoo,bar\n5,6",
        "price\n1,5\n2,5",
        "price\n399,900\n329,900",
        "price\n399 900\n329 900",
        "size,price\n2,104,399,900\n1,600,329,900",
        "a,b\n1,2,3\n4,5,6",
        "a,b\n1,2,3\n4,5,6,7",
        "1,2\n3,4\nfoo,bar,baz\n5,6,7\n5,6,8\n1,2,3",
    ],
)
def test_what_may_be_part_of_the_table_is_never_left_out_as_prose(text: str):
    with pytest.raises(ValueError, match=f"^Row |^{reader.NO_COLUMN}"):
        reader.read(text.encode())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("5 kg;yes\n6 kg;no", ["column 1", "column 2"]),
        ("size (5 kg);yes\n6;no", ["size (5 kg)", "yes"]),
        ("2 beds;NA\n6;3", ["2 beds", "NA"]),
        ('"1,000",$5\n"2,000",$6', ["column 1", "column 2"]),
    ],
)
def test_a_first_row_written_like_the_next_is_no_header(text: str, names: list[str]):
    assert list(numbers(text.encode())) == names


def indian(number: str) -> str:
    """A number with its digits before the last three in groups of two."""
    whole, point, rest = number.replace(",", "").partition(".")
    return re.sub(r"(?<=\d)(?=(?:\d{2})*\d{3}$)", ",", whole) + point + rest


PRINTED = {
    "English": lambda number: number,
    "German": lambda number: number.translate(str.maketrans(",.", ".,")),
    "French": lambda number: number.translate(str.maketrans(",.", f"{THIN},")),
    "Swedish": lambda number: number.translate(str.maketrans(",.-", "\N{NO-BREAK SPACE},\N{MINUS SIGN}")),
    "Swiss": lambda number: number.replace(",", "\N{RIGHT SINGLE QUOTATION MARK}"),
    "Indian": indian,
}


@given(
    whole=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6),
    decimals=st.integers(0, 3),
    notation=st.sampled_from(sorted(PRINTED)),
    delimiter=st.sampled_from("\t;,"),
)
def test_a_column_in_the_notation_of_a_country_is_read_as_its_numbers_or_refused(whole, decimals, notation, delimiter):
    wanted = [number / 10**decimals + 0.0 for number in whole]
    file = io.StringIO()
    lines = csv.writer(file, delimiter=delimiter)
    lines.writerows([["x", "y"], *([PRINTED[notation](f"{number:,.{decimals}f}"), 1] for number in wanted)])
    table = reader.read(file.getvalue().encode())
    numbers = table.columns[0].numbers
    if numbers is None:
        assert (notation, table.columns[0].why != "") == ("Indian", True)
    elif decimals < 3 and delimiter != ",":
        assert numbers.tolist() == wanted
    else:  # what can be read two ways is said, and read the other way with one click
        assert wanted in [first_column(each) for each in (table, table.other) if each]


@given(st.lists(st.text("0123456789.,-' ;%\t", max_size=9), min_size=1, max_size=5).map("\n".join))
def test_no_table_is_read_two_ways_on_two_machines(text: str):
    def found() -> object:
        reader.read.cache_clear()
        try:
            table = reader.read(text.encode())
        except ValueError as sentence:
            return str(sentence)
        return table.notes, [(column.why, str(column.numbers)) for column in table.columns]

    before, usual = found(), locale.setlocale(locale.LC_ALL)
    for name in ("C", "de_DE.UTF-8", "fr_FR.UTF-8", "hi_IN.UTF-8", "tr_TR.UTF-8"):
        with suppress(locale.Error):  # not on this machine
            locale.setlocale(locale.LC_ALL, name)
            assert found() == before
    locale.setlocale(locale.LC_ALL, usual)


def test_a_history_that_was_taken_home_is_read_as_it_was():
    run = outcome(dataset("Penguins"), updates=20)
    found = numbers(model.history_csv(run).encode())
    assert np.column_stack([*found.values()])[:, 1:].tolist() == run.history.to_numpy().tolist()


def test_no_cell_takes_longer_than_it_is_long():
    for cell in ("1" * 100_000 + " kg x", "1 " * 50_000, "1," * 50_000, "a " * 50_000, "1" * 60_000 + "%" * 60_000):
        assert notation.texts([cell, "x"]).marks == ()
    assert reader.read(f"a;b\n{' ' * 100_000}1;2".encode()).numeric == [0, 1]

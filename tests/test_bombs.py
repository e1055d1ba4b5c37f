"""Files of strangers, made to cost much: each is read or refused in one sentence, in proportion to its size."""

import gzip
import io
import re
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.receipts import reader as receipts
from pages.shared import reader as tables

PAGES = Path(__file__).parents[1] / "pages"
SMALL, LARGE = 25_000, 100_000  # bytes, about
TIMES = 10  # longer for four times as much; in square it would be 16
FLOOR = 0.05  # seconds that cannot be told apart
MOST = 40  # bytes of memory for each of a file


def spreadsheet(size: int) -> bytes:
    """A file of Excel that unpacks to a hundred times as much."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(100 * size))
    return file.getvalue()


def again(row: str, encoding: str = "utf-8") -> Callable[[int], bytes]:
    """The same row again and again."""
    return lambda size: (row * (size // len(row))).encode(encoding)


BOMBS: dict[str, Callable[[int], bytes]] = {
    "a spreadsheet": spreadsheet,
    "gzip": lambda size: gzip.compress(bytes(100 * size)),
    "parquet": lambda size: b"PAR1" + bytes(size) + b"PAR1",
    "columns": again("1,"),
    "names": lambda size: again("ab,")(size) + b"c\n1",
    "short rows": again("1\n"),
    "rows": again("1,2\n"),
    "wide rows": again(",".join(["12"] * 50) + "\n"),
    "words": again("x," * 49 + "1\n"),
    "long names": lambda size: b"\n".join([b",".join([b"ab" * (size // 400)] * 50)] * 2),
    "missing cells": again("1" + "," * 49 + "\n"),
    "one line": again("a"),
    "digits": again("1"),
    "blanks": lambda size: b"a b\n1" + b" " * size + b"2",
    "quotation marks": again('"'),
    "unclosed quotation marks": again('a,"b\n'),
    "line ends": again("\n"),
    "returns": lambda size: b"\r" * size + b"1",
    "nested lists": again("["),
    "closed lists": lambda size: b"[" * (size // 2) + b"]" * (size // 2),
    "nested objects": again('{"a":'),
    "many lists": lambda size: b"[" + again("[],")(size) + b"0]",
    "many objects": lambda size: b'{"receipt": 1, "name": [' + again("{},")(size) + b"0]}",
    "one number": lambda size: b'{"receipt": 1' + b"0" * size + b"}",
    "NUL": again("a,b\n1\0,2\n"),
    "not UTF-8": again("\xff\xfe\xfd", "latin-1"),
    "UTF-16": again("1,2\n", "utf-16"),
    "half of UTF-16": lambda size: again("1,2\n", "utf-16")(size)[:-1],
    "UTF-32": again("1,2\n", "utf-32"),
    "byte order marks": again("\ufeff"),
    "prose": lambda size: b"a b, c\n" * 40 + again("1,2,3,")(size),
}
READERS: dict[str, Callable[[bytes], Any]] = {
    "your_data/source.py": tables.read.__wrapped__,
    "receipts/page.py": lambda raw: receipts.read("../a.json", raw),
}


def said(read: Callable[[bytes], Any], raw: bytes) -> str:
    """Why a file is refused; nothing where it is read."""
    try:
        read(raw)
    except ValueError as sentence:
        return str(sentence)
    return ""


def test_every_place_for_files_is_tried():
    taking = {str(file.relative_to(PAGES)) for file in PAGES.rglob("*.py") if "file_uploader(" in file.read_text()}
    assert taking == READERS.keys()


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_takes_time_and_memory_in_proportion_to_its_size(bomb: Callable[[int], bytes], read: Callable):
    took = []
    for size in (SMALL, LARGE):
        raw, tries = bomb(size), []
        for _ in range(2):  # the quicker one is without what else the process had to do
            begun = time.process_time()
            assert re.fullmatch(r"([^\n]{9,200}[^\n ])?", said(read, raw))
            tries.append(time.process_time() - begun)
        took.append(min(tries))
    assert took[1] <= TIMES * max(took[0], FLOOR)
    tracemalloc.start()
    said(read, raw)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most <= MOST * len(raw) + 1_000_000


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_what_is_larger_than_any_table_is_not_even_looked_at(read: Callable):
    raw = b"1,2\n" * 1_000_000
    tracemalloc.start()
    assert said(read, raw)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100_000

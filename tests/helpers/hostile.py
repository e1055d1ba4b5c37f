"""What strangers type where something else is asked for, and what came of it."""

import ast
import csv
import io
import json
import random
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from pages.shared.assignment import Assignment, Step
from pages.shared.history_frame import is_formula
from tests.helpers.receipts import attempts, receipt

MARK = "qzx"  # in all of it
# What HTML, markdown, TeX, Streamlit, Vega and spreadsheets make something of, each no longer than a column's name.
NAMES = [
    f"<img src={MARK} onerror=a()>", f"<script>{MARK}()</script>", f"**{MARK}**", f"[{MARK}](//{MARK})",
    f"![{MARK}](//{MARK})", f"//{MARK}.example www.{MARK}.example", f"$\\href{{//{MARK}}}{{{MARK}}}$",
    f":material/{MARK}:", f":red[{MARK}]", f":smile: {MARK}", f"`{MARK}`", f"|{MARK}|{MARK}|", f"# {MARK}",
    f"{MARK}.a['{MARK}']", f"=1+{MARK}", f" @{MARK}", f"\uff1d{MARK}", f"{MARK};=1+1", f"it's \"{MARK}\\",
]  # fmt: skip
TYPED = " ".join(NAMES)


def table(columns: int) -> str:
    """A table of numbers with these names, and a column of such texts."""
    file, cells = io.StringIO(), [*NAMES[:columns], "n"]
    numbers = [[(row * column) % 7 - 2.5 for column in range(len(cells))] for row in range(1, 9)]
    csv.writer(file).writerows([[MARK, *cells], *([name, *row] for name, row in zip(NAMES, numbers, strict=False))])
    return file.getvalue()


# What stands in a link where a number or a choice should.
MANGLED = [
    TYPED, "9" * 400, "-1e400", "NaN", "-inf", "1e999", "1e-999", "", " ", "%ED%A0%80\ufffd", "x" * 100_000,
    "[" * 50_000, '{"a": [{"b": 1}]}', "null", "0x1F", "\u0661\u0662", "\u202e1\0", "1;2", "practice", "XOR",
]  # fmt: skip


# What fields take although it is hostile: runs have names without commas, colons and semicolons.
RUNS = ", ".join(
    f"{name[:24]}: 0.0{n}" for n, name in enumerate([name for name in NAMES if not {*name} & {*",:;"}][-7:], 1)
)
TAKEN = {"table": table(16), "network_table": table(3), "runs": RUNS}
ASSIGNMENT = Assignment(TYPED, TYPED, (Step("slope"), Step("practice", "Slope", 2)))
MADE = attempts(random.Random(1), [("Slope", 5, 1, None), ("Slope", 5, 2, 0)])
RECEIPTS = [
    (f"{name}.json", receipt([made._replace(answer=name, verdict=name, part=2) for made in MADE], name, ASSIGNMENT))
    for name in NAMES
]
FILES = {".json": [*RECEIPTS, (f"{TYPED}.json", b"{")], ".csv": [(f"{TYPED}.csv", TAKEN["table"].encode())]}


def upload(app: AppTest) -> None:
    """Give every place for a file such files."""
    for place in app.file_uploader:
        files = [(*file, "") for file in FILES[place.proto.type[0]]]
        place.set_value(files if place.proto.multiple_files else files[0])


def strings(proto: Message, path: str = "") -> Iterator[tuple[str, str]]:
    """All texts in a message to the browser, and where each stands."""
    path = path or type(proto).__name__
    for field, value in proto.ListFields():
        for each in value if field.is_repeated else [value]:
            if isinstance(each, Message):
                yield from strings(each, f"{path}.{field.name}")
            elif isinstance(each, str):
                yield f"{path}.{field.name}", each


class Elements(HTMLParser):
    """The elements of a page, each with its attributes, and what is shown as text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _table(text: str) -> None:
    for cell in (cell for row in csv.reader(io.StringIO(text)) for cell in row if is_formula(cell)):
        float(cell)  # a number is none


def _page(text: str) -> None:
    for tag, attributes in Elements(text).found:
        assert tag not in ("img", "iframe", "object", "link", "form", "base")
        assert not any(name.startswith("on") for name in attributes)
        assert ":" not in str(attributes.get("href"))  # no server has an address here
    assert "<script>qzx" not in text


def _program(text: str) -> None:
    hostile = [node for node in ast.walk(ast.parse(text)) if not isinstance(node, ast.Constant)]
    assert not any(
        MARK in str(value) for node in hostile for _, value in ast.iter_fields(node) if isinstance(value, str)
    )
    assert not any(MARK in line.partition("#")[2] for line in text.splitlines() if not {*line} & {"'", '"'})


def _notebook(text: str) -> None:
    for cell in json.loads(text)["cells"]:
        source = "".join(cell["source"])
        assert cell["cell_type"] == "code" or MARK not in source
        if cell["cell_type"] == "code":
            _program(source)


def _picture(text: str) -> None:
    for element in ET.fromstring(text).iter():  # noqa: S314
        assert not str(element.tag).endswith(("}script", "}a", "}image", "}foreignObject"))
        assert not any(name.startswith("on") for name in element.attrib)


# By its kind, what a file to take home must be.
CHECKS: dict[str, Any] = {
    "text/csv": _table,
    "text/html": _page,
    "text/x-python": _program,
    "application/x-ipynb+json": _notebook,
    "application/json": json.loads,
    "image/svg+xml": _picture,
    "image/png": lambda made: made.startswith(b"\x89PNG"),
}

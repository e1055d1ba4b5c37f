"""What strangers type, upload or put into a link: it stays text or gets one sentence, on the page and in every file."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import downloads, fields
from pages.shared.assignment import LONGEST_NAME
from pages.shared.history_frame import is_formula
from pages.your_data import source
from tests.helpers import hostile
from tests.helpers.app import FOLDERS, NOT_A_NUMBER, errors, shown, visit
from tests.helpers.hostile import MANGLED, MARK, TAKEN, TYPED, strings

PAGES = Path(__file__).parents[1] / "pages"
# What has a page draw its fields, also those that come with the choice of another.
ALL_FIELDS = {
    "data": source.TYPED, "batch": "mini-batch", "network_data": "Your table", "network_batch": "mini-batch",
    "typed": "true", "inputs2": "3 1 2",
}  # fmt: skip
PLACES = [*((folder, ALL_FIELDS) for folder in FOLDERS), ("your_data", {"data": source.FILE})]
# Where the browser shows a text as it is.
PLAIN = {
    "TextInput.default", "TextInput.value", "TextArea.default", "TextArea.value", "Text.body", "Code.code_text",
    "Selectbox.options", "Selectbox.raw_value", "MultiSelect.options", "MultiSelect.raw_values",
    "Dataframe.columns",
}  # fmt: skip


def rendered(app: AppTest) -> dict[str, str]:
    """What of the hostile texts stands where the browser would make more than text of it."""
    nodes = [node.proto for node in (*app.main, *app.sidebar) if getattr(node, "proto", None)]
    return {where: text for proto in nodes for where, text in strings(proto) if MARK in text and where not in PLAIN}


def type_in(app: AppTest, texts: dict[str, str], otherwise: str = "") -> AppTest:
    """Type into the fields with these keys; `otherwise` into all others."""
    for field in (*app.text_input, *app.text_area):
        if text := texts.get(field.key, otherwise):
            field.set_value(text)
    return app.run()


def nothing_is_lost(app: AppTest, typed: dict[str, str], otherwise: str = "") -> None:
    """What cannot be used is refused in sentences, which repeat nothing, and stays in its field."""
    assert not app.exception
    assert not rendered(app)
    assert not NOT_A_NUMBER.search(re.sub(": (NaN|-inf)[.]", "", shown(app)))  # which are named where they were typed
    assert all(re.fullmatch(r"[^\n]{9,400}[.?]", sentence) for sentence in errors(app))
    for field in (*app.text_input, *app.text_area):
        if text := typed.get(field.key, otherwise):
            stays = field.value == text[: field.proto.max_chars or None] or field.key.startswith("run_")
            assert stays or field.value is None, field.key  # another assignment has answers of its own


def test_files_to_take_home_are_given_in_one_place():
    giving = [file for file in PAGES.rglob("*.py") if "download_button(" in file.read_text()]
    assert giving == [PAGES / "shared" / "downloads.py"]


@pytest.mark.parametrize(("folder", "link"), PLACES)
def test_whatever_is_typed_or_uploaded_is_text_on_the_page_and_in_its_files(
    folder: str, link: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    made: list[tuple[Callable[[], Any], str, str]] = []
    monkeypatch.setattr(downloads, "button", lambda _label, make, *file, **_: made.append((make, *file)))
    app = visit(folder, **link, assignment=hostile.ASSIGNMENT.text())
    type_in(app, {**TAKEN, "name": "../nul/" + "\U00010400" * LONGEST_NAME, "title": TYPED, "instruction": TYPED})
    hostile.upload(app)
    made.clear()
    app.run()
    assert not app.exception
    assert not rendered(app)
    for make, name, kind in made:
        hostile.CHECKS[kind](make())
        assert re.fullmatch(r"\w{4,}\.[a-z]+", name)  # no path, no dots alone, and no device of Windows
        assert len(name.encode()) < 256
    for table in (table for table in app.dataframe if not table.proto.editing_mode):
        heads = [column.get("label") for column in json.loads(table.proto.columns or "{}").values()]
        texts = [*heads, *table.value.index, *table.value.columns, *table.value.to_numpy().ravel()]
        assert not [text for text in texts if isinstance(text, str) and is_formula(text)]
    for switch in (switch for switch in (*app.toggle, *app.checkbox) if switch.key == "predict"):
        switch.set_value(True).run()
    type_in(app, {}, TYPED)
    nothing_is_lost(app, {}, TYPED)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_link_with_everything_mangled_opens_the_page_and_loses_nothing(folder: str):
    begins = visit(folder, **ALL_FIELDS).session_state[fields.LINK].keys() - ALL_FIELDS.keys()
    link = {key: MANGLED[(FOLDERS.index(folder) + place) % len(MANGLED)] for place, key in enumerate(sorted(begins))}
    nothing_is_lost(visit(folder, **ALL_FIELDS, **link), link)

"""An assignment goes into a link and comes out as it was, and what was done to the link is left out."""

import base64
import json
import zlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared import assignment, reader
from pages.shared.assignment import Assignment, Step

SLOPES = Step("practice", "Slope", 3)
MADE = Assignment(
    "Slopes, \u00bd & \u03b7",
    "First the slope; then three questions.\n<b>No</b> hurry.",
    (Step("slope"), SLOPES),
    own=True,
    number=7,
    settings={"rate": "1/28", "inputs": "1; 2; 3"},
    locked=("inputs",),
    hidden=("updates",),
)


def packed(said: Any) -> str:
    """A link's text that says this."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(said).encode())).decode()


def test_an_assignment_comes_out_of_its_link_as_it_was():
    assert assignment.read(MADE.text()) == MADE
    assert len(MADE.text()) < 400
    assert MADE.text().isascii()


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda made: base64.urlsafe_b64encode(made).decode()))
def test_any_text_is_an_assignment_or_damaged(text: str):
    with pytest.raises(ValueError, match="damaged"):
        assignment.read(text)


@pytest.mark.parametrize("said", [{"title": "\ud800"}, {"instruction": "\udfff"}, {"settings": {"rate": "\ud800"}}])
def test_half_a_character_which_no_page_can_show_is_damage(said: dict[str, Any]):
    with pytest.raises(ValueError, match="damaged"):
        assignment.read(packed(said | {"steps": [["slope", "", 0]]}))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*vars(MADE), "x"]), inner),
    )
)
def test_what_does_not_belong_into_an_assignment_is_left_out(said: Any):
    if isinstance(said, dict):
        said["steps"] = [*(said["steps"] if isinstance(said.get("steps"), list) else []), ["slope", "", 0]]
        read = assignment.read(packed(said))
        assert all(isinstance(step, Step) for step in read.steps)
        assert assignment.read(read.text()) == read
    else:
        with pytest.raises(ValueError, match="damaged"):
            assignment.read(packed(said))


@pytest.mark.parametrize(("longer", "left"), [(0, 1), (1, 0)])
def test_a_setting_as_long_as_its_field_is_kept_whole_and_a_longer_one_is_left_out(longer: int, left: int):
    table = "7" * (reader.LONGEST + longer)
    read = assignment.read(packed({"steps": [["slope", "", 0]], "settings": {"table": table}}))
    assert [*read.settings.values()] == [table] * left


def test_a_bomb_and_a_deep_nest_are_damaged():
    for said in ("0" * 10_000_000, "[" * 10_000):
        with pytest.raises(ValueError, match="damaged"):
            assignment.read(base64.urlsafe_b64encode(zlib.compress(said.encode())).decode())


def test_each_learner_has_questions_of_their_own_that_anybody_can_work_out():
    mine, theirs = MADE.seeds(SLOPES, "Ada Lovelace"), MADE.seeds(SLOPES, "Bob")
    assert mine == MADE.seeds(SLOPES, "  ada   LOVELACE ") == assignment.read(MADE.text()).seeds(SLOPES, "Ada Lovelace")
    assert len({*mine, *theirs}) == 6
    assert mine == [580255, 162246, 980674]
    for_all = replace(MADE, own=False)
    assert for_all.seeds(SLOPES, "Ada") == for_all.seeds(SLOPES, "Bob")

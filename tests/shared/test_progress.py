"""What a browser held of a learner's progress comes back, whatever was done to it there."""

import json
import random
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.quiz.attempts import MOST_ATTEMPTS, in_order
from tests.helpers.receipts import attempts

MADE = attempts(random.Random(1), [("Slope", 5, 1, 0), ("Slope", 5, 1, None), ("Bug hunt", 3, 1, 0)])
SAID = {"name": "Ada", "visited": ["slope"], "attempts": [attempt._asdict() for attempt in MADE]}


def restored(held: str, *more: str) -> AppTest:
    """A session that was told that the browser holds this, and then that."""

    def script() -> None:
        import streamlit as st

        from pages.shared import progress

        for text in st.session_state.held:
            progress._restore("practice", text)

    app = AppTest.from_function(script)
    app.session_state.held = [held, *more]
    return app.run()


def test_progress_comes_back_with_the_answers_in_their_fields():
    state = restored(json.dumps(SAID)).session_state
    assert state.progress == {"assignment": "", "name": "Ada", "visited": ["slope"], "attempts": MADE}
    assert (state["Slope 5 0"], state["Bug hunt 3 0"]) == (MADE[1].answer, MADE[2].answer)


@pytest.mark.parametrize(
    "held",
    [
        "", "x", "[]", "7", "null", "[" * 100_000, "{}", '{"attempts": []}',
        '{"attempts": {}, "name": "", "visited": []}',
        json.dumps(SAID | {"attempts": SAID["attempts"] * MOST_ATTEMPTS}),  # type: ignore[operator]
    ],
)  # fmt: skip
def test_what_is_not_as_the_lab_writes_it_is_left_out(held: str):
    app = restored(held)
    assert not app.exception
    assert app.session_state.progress == {"assignment": "", "name": "", "visited": [], "attempts": []}


def test_an_attempt_that_the_lab_cannot_read_costs_no_other():
    written: list[Any] = [*SAID["attempts"]]
    odd = [{**written[0], "part": 9}, {**written[0], "exercise": "Renamed"}, {**written[0], "right": 1}, None]
    app = restored(json.dumps(SAID | {"attempts": [*odd, *written]}))
    assert not app.exception
    assert (app.session_state.progress["name"], app.session_state.progress["attempts"]) == ("Ada", MADE)


@pytest.mark.parametrize("odd", [7, None, ["x"] * 999, {"a": 1}, "\ud800", ["\ud800", [], "y" * 999]])
def test_an_odd_name_and_odd_pages_are_left_out(odd: Any):
    app = restored(json.dumps(SAID | {"name": odd, "visited": odd}))
    assert not app.exception
    assert app.session_state.progress["name"] == ""
    assert app.session_state.progress["visited"] in ([], ["x"])
    assert app.session_state.progress["attempts"] == MADE


def test_the_attempts_of_two_tabs_are_put_in_the_order_of_time_and_counted_anew():
    first, second, third = MADE[:2] + attempts(random.Random(1), [("Slope", 5, 1, 2)])
    late = third._replace(time="2026-12-31T00:00:00+00:00", hints=1)
    later = second._replace(time="2026-12-31T00:00:01+00:00")
    together = in_order([later, first], [late, first])
    assert [each.answer for each in together] == [first.answer, late.answer, later.answer]
    assert [(each.tried, each.hints) for each in together] == [(1, 0), (2, 1), (3, 1)]
    assert in_order(together, together) == together


def test_what_two_tabs_both_have_counts_once_within_one_second_too():
    at_once = [attempt._replace(time=MADE[0].time) for attempt in MADE]
    assert in_order(at_once, at_once) == at_once


def test_the_same_answer_twice_in_a_row_is_one_try():
    again = MADE[0]._replace(time="2026-12-31T00:00:00+00:00")
    assert in_order(MADE[:1], [again]) == MADE[:1]

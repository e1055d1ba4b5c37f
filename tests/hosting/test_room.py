"""A process gives as many new learners a page as it has places, and those who were there before a little longer."""

import time
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from hosting import memory
from hosting.room import AGAIN, ARRIVES, FULL, Room
from tests.helpers.client import XSRF, result_of

MOST, MOST_MEMORY = 2, 100


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    """Two places, and memory for both."""
    monkeypatch.setattr(memory, "resident", lambda: MOST_MEMORY - 1)
    return Room(PlainTextResponse("the page"), MOST, MOST_MEMORY)


def asked(room: Room, *, known: bool = False, accept: str = "text/html", kind: str = "http") -> dict[str, Any]:
    """The beginning of the answer to a browser that asks for a page."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        pytest.fail("nothing is read")

    headers = [(b"accept", accept.encode())] + [(b"cookie", f"{XSRF}=2".encode())] * known
    result_of(room({"type": kind, "headers": headers}, receive, send))
    return sent[0]


def statuses(room: Room, times: int, *, known: bool = False) -> list[int]:
    """What so many browsers are answered."""
    return [asked(room, known=known)["status"] for _ in range(times)]


def test_new_learners_get_a_page_while_there_are_places_and_then_a_clear_answer(room: Room):
    assert statuses(room, MOST + 1) == [200] * MOST + [503]
    assert (b"retry-after", str(AGAIN).encode()) in asked(room)["headers"]


def test_the_clear_answer_is_plain_and_has_a_language_a_title_a_heading_and_a_way_on():
    for part in (b'<html lang="en">', b"<title>", b"<h1>", b'<a href="">'):
        assert FULL.count(part) == 1
    assert b"<script" not in FULL


def test_a_page_whose_browser_never_connects_frees_its_place(room: Room, monkeypatch: pytest.MonkeyPatch):
    assert statuses(room, MOST + 1)[-1] == 503
    later = time.monotonic() + ARRIVES + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert statuses(room, 1) == [200]


def test_learners_who_were_let_in_before_come_back_until_twice_as_many_are_there(room: Room):
    room.learners = MOST
    assert statuses(room, 1) == [503]
    assert statuses(room, MOST + 1, known=True) == [200] * MOST + [503]


def test_with_the_memory_used_up_only_those_who_were_there_before_come_in(room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memory, "resident", lambda: MOST_MEMORY)
    assert statuses(room, 1) == [503]
    assert statuses(room, 1, known=True) == [200]


def test_what_is_no_page_needs_no_place_and_a_connection_takes_that_of_its_page(room: Room):
    room.learners = 2 * MOST
    assert asked(room, accept="*/*")["status"] == 200
    assert asked(room, kind="websocket")["status"] == 503
    room.learners = MOST - 1
    assert statuses(room, 2) == [200, 503]
    assert asked(room, kind="websocket")["status"] == 200
    assert room.learners == MOST - 1
    assert statuses(room, 2) == [200, 503]

"""The queue: one page is made at a time, and cheap ones go first. Knows no Streamlit.

The threads of one process share its interpreter: two pages made at once are both late. So they are made one after the
other, and a long run gives way to others after each of its pieces.

They are made in the order they were asked for, but each counts as asked for later by `HANDICAP` times the processor
time that the same tab's last turn took. So a small change overtakes expensive ones, nobody is held back while no other
waits, and nobody waits for ever.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Made = TypeVar("Made")
HANDICAP = 10.0  # seconds for each second of processor time
LOOK = 0.1  # seconds between two looks whether what waits is still wanted


class Place:
    """One tab's place in the queue, kept in its session."""

    def __init__(self) -> None:
        self.cost = 0.0  # seconds of processor time: of the last turn, or of this one so far


class _Turn:
    """A place that waits for its turn or has it, and the processor time of the thread when it `began`."""

    def __init__(self, place: Place, still_wanted: Callable[[], object]) -> None:
        self.place, self.still_wanted = place, still_wanted
        self.due = self.began = 0.0

    def put_back(self) -> None:
        self.due = time.monotonic() + HANDICAP * self.place.cost

    def wait(self) -> None:
        while True:
            with _changed:
                if _changed.wait_for(lambda: _queue[0] is self, LOOK):
                    return
            self.still_wanted()


_queue: list[_Turn] = []  # the first has its turn, the others wait, the next one first
_changed = threading.Condition()  # somebody else may be the first
_thread = threading.local()  # turn: the one that this thread has


@contextmanager
def turn(place: Place, still_wanted: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Have a turn as soon as it comes; meanwhile `still_wanted` is called now and then, to raise what ends the wait."""
    mine = _Turn(place, still_wanted)
    mine.put_back()
    with _changed:
        _queue[1:] = sorted([*_queue[1:], mine], key=lambda turn: turn.due)
    try:
        mine.wait()
        _thread.turn, mine.began = mine, time.thread_time()
        try:
            yield
        finally:
            _thread.turn, place.cost = None, time.thread_time() - mine.began
    finally:
        with _changed:
            _queue.remove(mine)
            _changed.notify_all()


def give_way() -> None:
    """Between two pieces of long work: let others go first. Does nothing outside a turn."""
    mine = getattr(_thread, "turn", None)
    if mine:
        mine.place.cost = time.thread_time() - mine.began
        mine.put_back()
        with _changed:
            _queue.sort(key=lambda turn: turn.due)
            _changed.notify_all()
        mine.wait()


def in_turn(make: Callable[[], Made]) -> Callable[[], Made]:
    """The same function, to be called later from another thread: in a turn of the place whose turn it is now."""
    mine = getattr(_thread, "turn", None)
    place = mine.place if mine else Place()

    def made() -> Made:
        with turn(place):
            return make()

    return made

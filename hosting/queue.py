"""The queue: one page is made at a time; the tab that has used least processor time lately goes first.

Two pages made at once by the threads of one process are both late. What a tab has used counts half after `HALF_LIFE`
seconds: small changes overtake large ones, nobody is held back while no other waits, and nobody waits for ever. A long
run gives way after each of its chunks.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from hosting import metrics

Made = TypeVar("Made")
HALF_LIFE = 3.0  # seconds; with the cost of the last turn in its place, eight greedy tabs slowed others 4 to 6 times
CREDIT = 0.01  # seconds of processor time for each second of waiting, so that nobody waits for ever
LOOK = 0.1  # seconds between two looks whether what waits is still wanted


class Place:
    """One tab's place in the queue, kept in its session: the processor time it has used lately."""

    def __init__(self) -> None:
        self.used, self.when = 0.0, time.monotonic()  # seconds of processor time, and when that was so

    def lately(self) -> float:
        """What is left of it by now, in seconds."""
        return self.used * 0.5 ** ((time.monotonic() - self.when) / HALF_LIFE)


class _Turn:
    """A place that waits for its turn `since` then, or has it; `began` is the processor time of its thread then."""

    def __init__(self, place: Place, still_wanted: Callable[[], object]) -> None:
        self.place, self.still_wanted = place, still_wanted
        self.since, self.began = time.monotonic(), 0.0

    def rank(self) -> float:
        return self.place.lately() - CREDIT * (time.monotonic() - self.since)

    def wait(self) -> None:
        while True:
            with _changed:
                if _changed.wait_for(lambda: _queue[0] is self, LOOK):
                    self.began = time.thread_time()
                    return
            self.still_wanted()

    def charge(self) -> None:
        now = time.thread_time()
        self.place.used, self.place.when = self.place.lately() + now - self.began, time.monotonic()
        self.began = now


_queue: list[_Turn] = []  # the first has its turn, the others wait, the next one first
_changed = threading.Condition()  # another may be the first
_thread = threading.local()  # turn: the one that this thread has


@contextmanager
def turn(place: Place, still_wanted: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Have a turn as soon as it comes; meanwhile `still_wanted` is called now and then, to raise what ends the wait."""
    mine = _Turn(place, still_wanted)
    with _changed:
        _queue[1:] = sorted([*_queue[1:], mine], key=_Turn.rank)
    try:
        with metrics.WAIT.time():
            mine.wait()
        _thread.turn = mine
        try:
            with metrics.TURN.time():
                yield
        finally:
            _thread.turn = None
            mine.charge()
    finally:
        with _changed:
            _queue.remove(mine)
            _changed.notify_all()


def give_way() -> None:
    """Between two chunks of long work: let others go first. Does nothing outside a turn."""
    mine = getattr(_thread, "turn", None)
    if mine:
        mine.charge()
        mine.since = time.monotonic()
        with _changed:
            _queue.sort(key=_Turn.rank)
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

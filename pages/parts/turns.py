"""Turns: pages are made one at a time, and who keeps the server busy waits longest. Knows no screen.

The threads of one process share its interpreter: two pages made at once are each made no sooner than one after the
other, and both late. So a thread takes the floor for what it makes; a long run gives it up after each of its pieces.

Every learner has an allowance that fills up again steadily. A turn is charged with its processor time, and a long one
with more: who comes meanwhile waits. The floor goes to who has most left; who has used up his allowance waits until it
is paid back, as long as somebody is there who has not. Who drags a slider is slowed down after a quarter of a minute
without a pause, to two or three changes a second.
"""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Made = TypeVar("Made")
LONG = 0.2  # seconds of processor time: a turn this long is charged twice, one of half of it one and a half times
ALLOWANCE = 3.0  # seconds, at most
DEBT = 0.5  # seconds, at most
REFILL = 0.03  # seconds a second
MOMENT = 0.1  # seconds between two looks of who waits: at his allowance, and whether he is still wanted
PRESENT = 3.0  # seconds after a turn for which somebody counts as there
REMEMBERED = 5000  # learners
# What Streamlit gives every browser: a token, written anew now and then behind another mask of four bytes.
COOKIE = re.compile(r"2\|([0-9a-f]{8})\|((?:[0-9a-f]{2}){4,100})\|\d{1,20}")


class _Waiting:
    """Somebody who waits for the floor; `indebted` ones may have it for a piece of a run that has begun."""

    def __init__(self, learner: str, *, indebted: bool) -> None:
        self.learner, self.indebted = learner, indebted
        self.granted = threading.Event()


_lock = threading.Lock()  # of the three below
_left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # learner: (seconds left, when that was), newest last
_queue: list[_Waiting] = []  # as they came
_held = False  # whether somebody has the floor
_thread = threading.local()  # learner, since (processor time) and wanted: of the turn that this thread has


def learner(cookie: str, address: str) -> str:
    """One learner in all tabs of a browser: the token in the cookie that they share, else the address."""
    if found := COOKIE.fullmatch(cookie):
        mask, masked = (bytes.fromhex(part) for part in found.groups())
        return bytes(byte ^ mask[place % 4] for place, byte in enumerate(masked)).hex()
    return address


@contextmanager
def turn(learner: str, wanted: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Have the floor, once it is this learner's turn, and charge him for it.

    `wanted` is called now and then while he waits: it raises what is to end the waiting.
    """
    _take_floor(_Waiting(learner, indebted=False), wanted)
    _thread.learner, _thread.wanted, _thread.since = learner, wanted, time.thread_time()
    try:
        yield
    finally:
        if _thread.learner is not None:
            _give_up_floor(learner)
        _thread.learner = None


def take() -> None:
    """Between two pieces of a long run: let others go first. Does nothing outside a turn."""
    if (learner := getattr(_thread, "learner", None)) is not None:
        _give_up_floor(learner, piece=True)
        _thread.learner = None  # if nobody wants this run any more, it has no floor to give up
        _take_floor(_Waiting(learner, indebted=True), _thread.wanted)
        _thread.learner, _thread.since = learner, time.thread_time()


def within(made: Callable[[], Made]) -> Callable[[], Made]:
    """The same function, to be called later and elsewhere: in a turn of the learner whose turn it is now."""
    learner = getattr(_thread, "learner", None)

    def make() -> Made:
        with turn(learner or "nobody"):
            return made()

    return make


def _take_floor(me: _Waiting, wanted: Callable[[], object]) -> None:
    with _lock:
        _queue.append(me)
        _grant()
    try:
        while not me.granted.wait(MOMENT):
            wanted()
            with _lock:
                _grant()  # nothing tells of an allowance that has filled up
    except BaseException:
        with _lock:
            granted = me.granted.is_set()
            if not granted:
                _queue.remove(me)
        if granted:
            _give_up_floor(None)
        raise


def _give_up_floor(learner: str | None, *, piece: bool = False) -> None:
    """Charge the learner for the time since this thread had the floor, and hand it on.

    A `piece` is charged only with what others may have waited for it.
    """
    global _held
    seconds = time.thread_time() - _thread.since if learner is not None else 0.0
    with _lock:
        if learner is not None:
            cost = seconds**2 / LONG + (0.0 if piece else seconds)
            left = max(_has(learner) - cost, -DEBT)
            _left[learner] = (left, time.monotonic())
            _left.move_to_end(learner)
            if len(_left) > REMEMBERED:
                _left.popitem(last=False)
        _held = False
        _grant()


def _grant() -> None:
    """Let the one who has most left have the floor, if it is free and it is anybody's turn. Needs the lock."""
    global _held
    able = [] if _held else [one for one in _queue if one.indebted or _has(one.learner) >= 0 or _alone(one.learner)]
    if able:
        one = max(able, key=lambda one: _has(one.learner))
        _queue.remove(one)
        _held = True
        one.granted.set()


def _has(learner: str) -> float:
    """What a learner has left by now. Needs the lock."""
    now = time.monotonic()
    left, when = _left.get(learner, (ALLOWANCE, now))
    return min(ALLOWANCE, left + (now - when) * REFILL)


def _alone(learner: str) -> bool:
    """Whether nobody else who has something left has had a turn lately. Needs the lock."""
    now = time.monotonic()
    for other, (_, when) in reversed(_left.items()):
        if now - when > PRESENT:
            return True
        if other != learner and _has(other) >= 0:
            return False
    return True

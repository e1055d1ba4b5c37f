"""Turns: one page is made at a time, and who keeps the server busy waits longest. Knows no screen.

The threads of one process share its interpreter: two pages made at once are each made no sooner than one after the
other, and both late. So a thread takes the floor for the page it makes, or for the piece of a long run.

Every learner has an allowance of processor time that fills up again steadily: far more than dragging a slider takes.
Who has used it up waits until it is paid back, as long as others are there.
"""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

ALLOWANCE = 3.0  # seconds of processor time, at most
REFILL = 0.03  # seconds of it a second
LONGEST = 30.0  # seconds anybody waits at a time
MOMENT = 0.05  # seconds between two looks at whether there is something left
BREATH = 0.001  # seconds for who waits for the floor to take it
PRESENT = 3.0  # seconds for which somebody counts as there
REMEMBERED = 5000  # learners
# What Streamlit gives every browser: a token, written anew now and then behind another mask of four bytes.
COOKIE = re.compile(r"2\|([0-9a-f]{8})\|((?:[0-9a-f]{2}){4,100})\|\d{1,20}")

_left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # learner: (seconds left, when that was), newest last
_lock = threading.Lock()  # of what is left
_floor = threading.Lock()
_thread = threading.local()


def learner(cookie: str, address: str) -> str:
    """One learner in all tabs of a browser: the token in the cookie that they share, else the address."""
    if found := COOKIE.fullmatch(cookie):
        mask, masked = (bytes.fromhex(part) for part in found.groups())
        return bytes(byte ^ mask[place % 4] for place, byte in enumerate(masked)).hex()
    return address


@contextmanager
def turn(learner: str) -> Iterator[None]:
    """Hold the floor for a learner and charge him for the processor time; waits for both first."""
    _thread.learner, _thread.since = learner, time.thread_time()
    _wait(learner, _charge(learner, 0.0))
    with _floor:
        try:
            yield
        finally:
            _charge(learner, _spent())
            _thread.learner = None


def take() -> None:
    """Within a turn that takes long: charge for what was done since last asked, and let others go first."""
    learner = getattr(_thread, "learner", None)
    if learner is None:
        return
    left = _charge(learner, _spent())
    _floor.release()
    try:
        time.sleep(BREATH)
        _wait(learner, left)
    finally:
        _floor.acquire()


def _spent() -> float:
    """Seconds of processor time this thread has used since last asked."""
    now = time.thread_time()
    seconds, _thread.since = now - _thread.since, now
    return seconds


def _wait(learner: str, left: float) -> None:
    """Wait while there is nothing left and others are there."""
    until = time.monotonic() + LONGEST
    while left < 0 and _others(learner) and time.monotonic() < until:
        time.sleep(MOMENT)  # nothing tells of an allowance that fills up
        left = _charge(learner, 0.0)


def _charge(learner: str, seconds: float) -> float:
    """What is left for a learner after so many seconds of processor time."""
    now = time.monotonic()
    with _lock:
        left, when = _left.pop(learner, (ALLOWANCE, now))
        left = min(ALLOWANCE, left + (now - when) * REFILL) - seconds
        _left[learner] = (left, now)
        while len(_left) > REMEMBERED:
            _left.popitem(last=False)
    return left


def _others(learner: str) -> bool:
    """Whether somebody else is there."""
    now = time.monotonic()
    with _lock:
        newest = next((when for other, (_, when) in reversed(_left.items()) if other != learner), 0.0)
    return now - newest < PRESENT

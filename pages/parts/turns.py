"""Turns: who keeps the server busy waits a little, so that everybody else need not. Knows no screen.

Every learner has an allowance of processor time that fills up again steadily: far more than dragging a slider takes.
Who has used it up waits until it is paid back, as long as others are there.
"""

import threading
import time
from collections import OrderedDict

ALLOWANCE = 2.0  # seconds of processor time, at most
REFILL = 0.3  # seconds of it a second
LONGEST = 10.0  # seconds anybody waits at a time
MOMENT = 0.05  # seconds between two looks at whether there is something left
PRESENT = 3.0  # seconds for which somebody counts as there
REMEMBERED = 5000  # learners

_left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # learner: (seconds left, when that was), newest last
_lock = threading.Lock()
_thread = threading.local()


def begin(learner: str | None) -> None:
    """Count what this thread does for a learner from now on, and wait if that has been much; None is never kept."""
    _thread.learner, _thread.since = learner, time.thread_time()
    take()


def take() -> None:
    """Charge the learner for what this thread has done since it was last asked, and wait if there is nothing left."""
    learner = getattr(_thread, "learner", None)
    if learner is None:
        return
    left = end()
    until = time.monotonic() + LONGEST
    while left < 0 and _others(learner) and time.monotonic() < until:
        time.sleep(MOMENT)
        left = _charge(learner, 0.0)


def end() -> float:
    """Charge the learner without waiting; what is left."""
    now = time.thread_time()
    seconds, _thread.since = now - _thread.since, now
    return _charge(_thread.learner, seconds) if _thread.learner is not None else 0.0


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

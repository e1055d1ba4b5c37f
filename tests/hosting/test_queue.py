"""One page is made at a time, the tab that has used least goes first, and nobody waits for ever."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from hosting import queue
from hosting.queue import HALF_LIFE, Place
from tests.helpers.servers import PATIENCE


class Clock:
    """Seconds that pass, and that are worked, only when a test says so."""

    def __init__(self) -> None:
        self.now, self.worked = 100.0, 0.0


class Replaced(BaseException):
    """Another run has begun."""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """No time passes by itself, and who waits looks often whether they are still wanted."""
    clock = Clock()
    monkeypatch.setattr(queue, "LOOK", 0.001)
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)
    monkeypatch.setattr(time, "thread_time", lambda: clock.worked)
    return clock


@pytest.fixture(autouse=True)
def nobody_is_left() -> Iterator[None]:
    """Whatever a test does, the queue is empty afterwards."""
    yield
    assert not queue._queue


def place(used: float = 0.0) -> Place:
    """A place that has just used so many seconds of processor time."""
    place = Place()
    place.used = used
    return place


def never() -> None:
    """What must not have to wait."""
    pytest.fail("it had to wait")


def replaced() -> None:
    """What ends a wait."""
    raise Replaced


class Others:
    """Other tabs, each with a thread of its own, and the order in which they had their turns."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.threads: list[threading.Thread] = []

    def queue_up(self, name: str, used: float = 0.0, then: Callable[[], object] = lambda: None) -> None:
        """Have another tab wait for its turn, and do something in it."""
        waits = threading.Event()

        def wait() -> None:
            with queue.turn(place(used), waits.set):
                self.order.append(name)
                then()

        self.threads.append(threading.Thread(target=wait))
        self.threads[-1].start()
        assert waits.wait(PATIENCE / 1000)

    def served(self) -> list[str]:
        """The order, once all have had their turns."""
        for thread in self.threads:
            thread.join(PATIENCE / 1000)
            assert not thread.is_alive()
        return self.order


@pytest.fixture
def others() -> Others:
    """None so far."""
    return Others()


def test_one_has_a_turn_at_a_time(others: Others):
    with queue.turn(place()):
        others.queue_up("other")
        assert others.order == []
    assert others.served() == ["other"]


def test_the_less_a_tab_has_used_the_sooner_its_turn_and_equals_go_in_the_order_they_came(others: Others):
    with queue.turn(place()):
        for name, used in (("dear", 0.5), ("dearest", 0.9), ("cheap", 0.01), ("as cheap", 0.01)):
            others.queue_up(name, used)
    assert others.served() == ["cheap", "as cheap", "dear", "dearest"]


def test_what_was_used_counts_half_after_each_half_life(clock: Clock):
    spent = place(0.8)
    clock.now += 2 * HALF_LIFE
    assert spent.lately() == pytest.approx(0.2)
    with queue.turn(spent):
        clock.worked += 0.1
    assert spent.lately() == pytest.approx(0.3)


def test_a_tab_that_has_waited_long_goes_before_new_ones(clock: Clock, others: Others):
    with queue.turn(place()):
        others.queue_up("greedy", 5.0)
        clock.now += 20 * HALF_LIFE
        others.queue_up("new")
    assert others.served() == ["greedy", "new"]


def test_a_tab_that_used_much_long_ago_goes_before_one_that_used_little_just_now(clock: Clock, others: Others):
    with queue.turn(place()):
        long_ago = place(1.0)
        clock.now += 10 * HALF_LIFE
        others.queue_up("just now", 0.01)
        others.queue_up("long ago", long_ago.lately())
    assert others.served() == ["long ago", "just now"]


def test_nobody_is_held_back_while_no_other_waits(clock: Clock):
    dear = place(1000.0)
    for _ in range(3):
        with queue.turn(dear, never):
            clock.worked += 500.0
            queue.give_way()
            clock.worked += 500.0
    assert dear.lately() == 4000.0


def test_a_long_run_gives_way_to_those_that_have_used_less(clock: Clock, others: Others):
    long = place()
    with queue.turn(long):
        for name, used in (("dear", 0.5), ("cheap", 0.1)):
            others.queue_up(name, used)
        for piece in ("first", "second", "third"):
            others.order.append(f"{piece} piece")
            clock.worked += 0.2
            queue.give_way()
        others.order.append("end")
    assert others.served() == ["first piece", "cheap", "second piece", "third piece", "dear", "end"]
    assert long.lately() == pytest.approx(0.6)


def test_giving_way_outside_a_turn_does_nothing():
    queue.give_way()
    with queue.turn(place(), never):
        pass
    queue.give_way()


def test_a_turn_that_fails_ends_and_is_charged_what_it_took(clock: Clock):
    failing = place()

    def fail() -> None:
        with queue.turn(failing):
            clock.worked += 0.3
            raise Replaced

    with pytest.raises(Replaced):
        fail()
    assert failing.lately() == pytest.approx(0.3)
    with queue.turn(place(), never):
        pass


def test_who_is_not_wanted_any_more_leaves_the_queue_and_is_not_charged(others: Others):
    unwanted, may_go = place(0.3), threading.Event()
    with queue.turn(place()):
        others.queue_up("other", then=may_go.wait)
    with pytest.raises(Replaced), queue.turn(unwanted, replaced):
        pytest.fail("it never was its turn")
    assert unwanted.lately() == 0.3
    may_go.set()
    assert others.served() == ["other"]


def test_a_long_run_that_is_not_wanted_any_more_ends_where_it_gave_way(clock: Clock, others: Others):
    long, may_go = place(), threading.Event()

    def run() -> None:
        with queue.turn(long, replaced):
            others.queue_up("other", then=may_go.wait)
            clock.worked += 1.0
            queue.give_way()
            pytest.fail("the other one has the turn")

    with pytest.raises(Replaced):
        run()
    assert long.lately() == 1.0
    may_go.set()
    assert others.served() == ["other"]


def test_a_file_that_is_made_later_is_made_in_a_turn_of_who_asked_for_it(clock: Clock):
    def make() -> str:
        clock.worked += 0.5
        return "a file"

    asks = place()
    with queue.turn(asks):
        made = queue.in_turn(make)
    assert asks.lately() == 0
    assert made() == "a file"
    assert asks.lately() == 0.5

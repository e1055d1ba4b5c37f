"""One page is made at a time, and who keeps the server busy waits for those who do not."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

import pytest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from pages.parts import turns


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now, self.worked = 100.0, 0.0

    def have(
        self, learner: str, seconds: float, look: float = 1.0, wanted: Callable[[], object] = lambda: None
    ) -> float:
        """A turn that takes so much processor time; how long it had to wait, with so many seconds between two looks."""
        begun = self.now

        def looks() -> None:
            self.now += look
            wanted()

        with turns.turn(learner, looks):
            waited = self.now - begun
            self.worked += seconds
        return waited


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Nobody has had a turn yet."""
    clock = Clock()
    monkeypatch.setattr(turns, "_left", OrderedDict())
    monkeypatch.setattr(turns, "MOMENT", 0.001)
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)
    monkeypatch.setattr(time, "thread_time", lambda: clock.worked)
    return clock


def test_who_keeps_the_server_busy_waits_only_while_others_are_there(clock: Clock):
    clock.have("greedy", 2.0)
    assert clock.have("greedy", 1.0) == 0, "nobody else is there"
    assert clock.have("other", 0.01) == 0
    assert clock.have("greedy", 1.0) == pytest.approx(turns.PRESENT, abs=1), "until the other is gone"
    assert clock.have("other", 0.01) == 0
    until_paid_back = clock.have("greedy", 1.0, wanted=lambda: clock.have("other", 0.01))
    assert until_paid_back == pytest.approx(turns.DEBT / turns.REFILL, abs=1)


def test_two_who_both_keep_the_server_busy_do_not_wait_for_each_other(clock: Clock):
    for _ in range(5):
        assert clock.have("greedy", 1.0) == 0
        assert clock.have("as greedy", 1.0) == 0


def test_who_drags_a_slider_is_slowed_down_late_and_to_a_few_changes_a_second(clock: Clock):
    waited = [drag(clock) for _ in range(20 * 20)]
    assert not any(waited[: 20 * 12])
    assert sum(waited[-10:]) < 10 / 2


def drag(clock: Clock) -> float:
    """One of twenty changes a second, while somebody else is there; seconds it waits."""
    clock.now += 1 / 20
    clock.have("other", 0.0001)
    return clock.have("who drags", 0.012, look=0.1, wanted=lambda: clock.have("other", 0.0001))


def test_the_floor_goes_to_who_has_most_left_and_a_long_run_gives_it_up_in_between(clock: Clock):
    clock.have("heavy", 0.3)
    order: list[str] = []

    def other(name: str, waits: threading.Event) -> None:
        with turns.turn(name, wanted=waits.set):
            order.append(name)

    threads = []
    with turns.turn("long"):
        for name in ("heavy", "light"):
            waits = threading.Event()
            threads.append(threading.Thread(target=other, args=(name, waits)))
            threads[-1].start()
            assert waits.wait(30)
        order.append("long")
        turns.take()
        order.append("long again")
    for thread in threads:
        thread.join(30)
    assert order == ["long", "light", "long again", "heavy"]


@pytest.mark.parametrize("in_between", [False, True])
def test_who_is_not_wanted_any_more_leaves_the_queue(clock: Clock, in_between: bool):
    class Replaced(BaseException):
        """Another run has begun."""

    has, may_go = threading.Event(), threading.Event()

    def replaced() -> None:
        raise Replaced

    def holds() -> None:
        with turns.turn("other"):
            has.set()
            may_go.wait(30)

    def waits_in_between() -> None:
        with turns.turn("greedy", wanted=replaced):
            clock.worked += 1.0
            holder.start()
            while True:
                turns.take()  # until the other has come

    def waits_at_first() -> None:
        holder.start()
        assert has.wait(30)
        with turns.turn("greedy", wanted=replaced):
            pytest.fail("it never is its turn")

    holder = threading.Thread(target=holds)
    with pytest.raises(Replaced):
        (waits_in_between if in_between else waits_at_first)()
    assert not turns._queue
    may_go.set()
    holder.join(30)
    assert clock.have("anybody", 0.01) == 0


def test_a_file_that_is_made_later_is_made_in_a_turn_of_who_asked_for_it(clock: Clock):
    def made() -> str:
        clock.worked += 0.5
        return "a file"

    with turns.turn("who asks"):
        make = turns.within(made)
    assert make() == "a file"
    assert turns._has("who asks") == turns.ALLOWANCE - 0.5 - 0.5**2 / turns.LONG


def test_one_learner_is_one_in_all_tabs_and_two_behind_one_address_are_two():
    token = bytes(range(16))
    tabs = {turns.learner(generate_xsrf_token_string(token, when), "10.0.0.1") for when in (1, 2)}
    assert tabs == {token.hex()}
    assert turns.learner(generate_xsrf_token_string(token[::-1], 1), "10.0.0.1") not in tabs
    for none in ("", "2|forged", "2|0011|2233|1", "2|00112233|445566778|1", "x" * 10_000):
        assert turns.learner(none, "10.0.0.1") == "10.0.0.1"

"""A process with a full disk, a wrong clock and few places serves its learners, whatever their lines are like."""

import asyncio
import http.client
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress

import pytest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from websockets.exceptions import ConnectionClosed

from hosting.room import AGAIN, FULL
from tests.helpers.client import TIMEOUT, XSRF, Tab, result_of
from tests.helpers.servers import Server, figure
from tests.helpers.slow_line import DELAY, RATE, slow_line

PLACES, HANDLES = 2, 4096  # of learners, and for files and connections
MANY = "many_updates?updates=1000&rate=0.01"  # 134 kB a change
UPLOAD = "your_data?data=Uploaded+file&rate=0.1"
TABLE = b"x,y\n" + b"".join(b"%d.%050d,%d.%050d\n" % (row, row, 3 * row, row) for row in range(15_000))  # 1.7 MB
UNREAD, MOST_UNREAD = 60, 50e6  # changes asked for and not read, more than a line's buffers hold; bytes they may take


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A process that can write to no file, is ten years late, has two places, and asks often who is there."""
    late = tmp_path_factory.mktemp("late")
    (late / "sitecustomize.py").write_text(
        "import time\nright = time.time\ntime.time = lambda: right() - 10 * 365 * 86400\n"
    )
    running = Server(
        under=["prlimit", "--fsize=0", f"--nofile=64:{HANDLES}"],
        PYTHONPATH=str(late),
        STREAMLIT_SERVER_WEBSOCKET_PING_INTERVAL="2",
        MOST_LEARNERS=str(PLACES),
        METRICS="1",
    )
    yield running
    running.stop()


def test_a_process_asks_for_all_the_file_handles_that_it_may_have(odd: Server):
    assert figure(odd.url, "process_max_fds") == HANDLES


async def until(true: Callable[[], bool]) -> None:
    """Wait for what a process brings about and does not announce."""
    async with asyncio.timeout(TIMEOUT):
        while not await asyncio.to_thread(true):
            await asyncio.sleep(0.05)


def alone(odd: Server, work: Coroutine) -> None:
    """Do something there, and wait until nobody is left."""

    async def done() -> None:
        await work
        await until(lambda: figure(odd.url, "lab_learners") == 0)

    result_of(done())


def test_a_full_disk_and_a_wrong_clock_keep_nobody_from_uploading_and_taking_files(odd: Server):
    async def work() -> None:
        async with Tab(f"{odd.url}/{UPLOAD}") as tab:
            tab.cookies[XSRF] = generate_xsrf_token_string()  # of a process whose clock is right
            await tab.run()
            run = await tab.upload("upload", TABLE)
            assert not run.exceptions
            assert len(await tab.take("Table")) > 1000
            assert (await tab.take("PNG")).startswith(b"\x89PNG")

    alone(odd, work())
    assert not figure(odd.url, "lab_errors_total")


def test_a_full_process_says_so_and_whoever_was_in_it_comes_back(odd: Server):
    first, second, late = (Tab(f"{odd.url}/slope") for _ in range(PLACES + 1))

    async def work() -> None:
        assert [tab.visit().status for tab in (first, second)] == [http.client.OK] * PLACES
        async with first, second:
            refused = late.visit()
            assert (refused.status, refused.headers["Retry-After"]) == (503, str(AGAIN))
            assert refused.read() == FULL
            first.socket.transport.abort()  # a line is cut
            await until(lambda: late.visit().status == http.client.OK)
            async with late, first:  # there is no place left, but they were there before
                assert first.visit().status == http.client.OK
                assert not (await first.run()).exceptions

    refused = figure(odd.url, "lab_refused_total")
    alone(odd, work())
    assert figure(odd.url, "lab_refused_total") > refused


def test_a_browser_that_never_reads_holds_up_nobody_and_is_let_go(odd: Server):
    async def work() -> None:
        async with Tab(f"{odd.url}/{MANY}") as deaf, Tab(f"{odd.url}/slope") as other:
            await deaf.run()
            await other.run()
            handles = figure(odd.url, "process_open_fds")
            before = figure(odd.url, "process_resident_memory_bytes")
            deaf.socket.transport.pause_reading()
            for number in range(UNREAD):
                with suppress(ConnectionClosed):
                    await deaf.socket.send(deaf.request())
                run = await other.set("rate", 0.01 + number / 1e5)
                assert not run.exceptions
            await until(lambda: figure(odd.url, "lab_learners") == 1)
            assert figure(odd.url, "process_resident_memory_bytes") < before + MOST_UNREAD
            await until(lambda: figure(odd.url, "process_open_fds") < handles)

    alone(odd, work())


def test_over_a_slow_phone_line_the_page_comes_and_a_change_answers(odd: Server):
    async def work() -> None:
        async with slow_line(odd.url) as url, Tab(f"{url}/many_updates") as tab:
            first = await tab.run()
            change = await tab.set("rate", 0.02)
            assert not first.exceptions + change.exceptions
            assert change.seconds > 2 * DELAY
            assert first.seconds > first.bytes / RATE

    alone(odd, work())

"""Processes behind the proxy: replaced when they are killed, without a loss to who is there, and ended cleanly."""

import asyncio
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from websockets.exceptions import ConnectionClosed

from hosting.room import FULL
from tests.helpers.client import Tab, result_of
from tests.helpers.servers import PATIENCE, figure, free_port, replicas, served

COUNT, PLACES = 2, 3  # processes, and places in each
HERE, COOKIE = "http://127.0.0.1", "LAB_REPLICA"
FILE, LARGE = "Uploaded+file", "Penguins&activation=tanh"
TABLE = b"x,y\n1,2\n2,3\n3,5\n"
TRIES = 10
DEADLINE = PATIENCE / 1000


class Lab:
    """Several processes of the lab behind their proxy."""

    def __init__(self, port: int, serve: subprocess.Popen, log: Path) -> None:
        self.port, self.serve, self.log = port, serve, log
        self.url, self.ports = f"{HERE}:{port}", range(port + 1, port + 1 + COUNT)

    def ask(self, path: str, method: str = "GET", port: int = 0) -> http.client.HTTPResponse:
        """The answer of the proxy, or of one of the processes, to a request, its path as it stands."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=DEADLINE)
        connection.request(method, path, headers={"Connection": "close"})
        return connection.getresponse()

    def healthy(self, port: int = 0) -> bool:
        """Whether a process answers, or that one."""
        try:
            return self.ask("/healthz", port=port).status == 200
        except (OSError, http.client.HTTPException):
            return False

    def replicas(self) -> set[int]:
        """The processes."""
        return {*replicas(self.serve)}

    def kill_all(self) -> None:
        """Kill every process, and leave the proxy."""
        for process in self.replicas():
            os.kill(process, signal.SIGKILL)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The same for all tests here; in the end everything has ended."""
    port, log = free_port(1 + COUNT), tmp_path_factory.mktemp("lab") / "log"
    with log.open("w") as writes, served(COUNT, port, writes, MOST_LEARNERS=str(PLACES), METRICS="1") as serve:
        lab = Lab(port, serve, log)
        yield lab
        left = lab.replicas()
    assert serve.returncode == 0
    assert not [process for process in left if Path(f"/proc/{process}").exists()]


def until(true: Callable[[], bool]) -> None:
    """Wait for what other processes bring about and nobody announces."""
    end = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_learner_stays_with_the_process_that_answered_first(lab: Lab):
    answer = lab.ask("/healthz")
    assert answer.status == 200
    assert "LAB_REPLICA=" in (answer.getheader("Set-Cookie") or "")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/many_updates?inputs=" + "9" * 100_000, 400),
        ("GET", "/../../etc/passwd", 400),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", 400),
        ("TRACE", "/", 405),
        ("GET", "/metrics", 404),
        ("GET", "/%6detrics?", 404),
        ("GET", "/_stcore/metrics", 404),
    ],
)
def test_requests_that_no_browser_makes_are_refused(lab: Lab, method: str, path: str, status: int):
    assert lab.ask(path, method).status == status


def test_whoever_never_ends_a_request_is_let_go_and_holds_up_nobody(lab: Lab):
    with socket.create_connection(("127.0.0.1", lab.port), DEADLINE) as half, half.makefile("rb") as answer:
        half.sendall(b"GET / HTTP/1.1\r\nHost: ")
        assert lab.healthy()
        assert answer.readline().split()[1] == b"408"


def test_scripts_are_sent_compressed(lab: Lab):
    tab = Tab(lab.url)
    (script, *_) = re.findall(r'static/js/[^"]+[.]js', tab.ask("/").read().decode())
    plain, packed = tab.ask(f"/{script}"), tab.ask(f"/{script}", "GET", b"", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.read()) < len(plain.read()) / 2


def test_a_process_that_is_killed_at_work_is_replaced_and_its_learners_go_on_at_another(lab: Lab):
    uploads, runs, takes = tabs = [Tab(f"{lab.url}/your_data?data={data}&rate=0.1") for data in (FILE, LARGE, LARGE)]
    before = lab.replicas()

    async def work() -> int:
        until(lambda: uploads.visit().status == http.client.OK)
        runs.cookies = takes.cookies = uploads.cookies  # the same process for all
        async with uploads, runs, takes:
            for tab in tabs:
                await tab.run()
            port = next(port for port in lab.ports if figure(f"{HERE}:{port}", "lab_learners") == len(tabs))
            (killed,) = (process for process in before if str(port) in Path(f"/proc/{process}/cmdline").read_text())
            turns = figure(f"{HERE}:{port}", "lab_wait_seconds_count")
            broken = [
                asyncio.ensure_future(runs.set("updates", 10_000)),
                asyncio.ensure_future(takes.take("Report")),
                asyncio.ensure_future(asyncio.to_thread(uploads.send_file, TABLE, **{"Content-Length": "2000000"})),
            ]
            while figure(f"{HERE}:{port}", "lab_wait_seconds_count") == turns:
                await asyncio.sleep(0.01)
            os.kill(killed, signal.SIGKILL)
            for end in await asyncio.gather(*broken, return_exceptions=True):
                assert isinstance(end, (OSError, ConnectionClosed))
        for _ in range(TRIES):  # the other process too may seem down for a moment: browsers try again
            with suppress(OSError, ConnectionClosed):
                async with uploads, runs, takes:
                    for tab in tabs:
                        assert not (await tab.run()).exceptions
                    assert not (await uploads.upload("upload", TABLE)).exceptions
                    assert not (await runs.set("updates", 20)).exceptions
                    assert await takes.take("Report")
                    assert all("0.1" in tab.positions for tab in tabs)
                    return killed
        raise OSError("the learners are not served again")

    killed = result_of(work())
    until(lambda: len(lab.replicas() - before) == 1)
    assert before - lab.replicas() == {killed}
    lines = [json.loads(line) for line in lab.log.read_text().splitlines() if '"serve.py"' in line]
    assert [line["status"] for line in lines if line["process"] == killed] == [-signal.SIGKILL]


def test_the_proxy_reads_its_configuration_anew_and_the_processes_stay(lab: Lab):
    before = lab.replicas()
    lab.serve.send_signal(signal.SIGHUP)
    until(lab.healthy)
    assert lab.replicas() == before


def test_what_was_typed_outlives_every_process(lab: Lab, browser: Browser):
    until(lab.healthy)
    with closing(browser.new_page()) as page:
        page.goto(f"{lab.url}/practice?question=3")
        answer = page.get_by_role("textbox", name=re.compile("in numbers"))
        judgements = page.get_by_test_id("stMain").get_by_test_id("stAlert")
        answer.fill("7, 14, 21")
        answer.press("Enter")
        expect(judgements).to_have_count(1)
        judged = str(judgements.text_content())
        lab.kill_all()
        expect(answer).to_be_disabled()  # the browser has seen it
        expect(answer).to_be_enabled()
        line = page.get_by_role("textbox", name=re.compile("a line of numpy"))
        line.fill("2 * error * input_data")  # another process answers, which has never seen this learner
        line.press("Enter")
        expect(judgements).to_have_count(2)
        expect(page).to_have_url(re.compile("question=3"))
        expect(answer).to_have_value("7, 14, 21")
        expect(judgements.first).to_have_text(judged)


def test_somebody_new_is_sent_on_to_a_process_that_has_room_until_all_are_full(lab: Lab):
    until(lambda: all(lab.healthy(port) for port in lab.ports))
    here = Tab(lab.url)
    until(lambda: here.visit().status == http.client.OK)

    def somebody_new() -> tuple[int, bool]:
        """How a new learner is answered whom the proxy sends to the same process first, and whether by that one."""
        tab = Tab(lab.url)
        tab.cookies[COOKIE] = here.cookies[COOKIE].value
        return tab.visit().status, tab.cookie() == here.cookie()

    came = [somebody_new() for _ in range(COUNT * PLACES)]
    assert (http.client.OK, False) in came
    assert came[-1][0] == http.client.SERVICE_UNAVAILABLE
    assert Tab(lab.url).visit().read() == FULL

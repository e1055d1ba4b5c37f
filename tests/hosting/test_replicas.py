"""Processes behind the proxy: replaced when they are killed, without a loss to who is there, and ended cleanly."""

import http.client
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.helpers.servers import PATIENCE, free_port, replicas, served

COUNT = 2
DEADLINE = PATIENCE / 1000


class Lab:
    """Several processes of the lab behind their proxy."""

    def __init__(self, port: int, serve: subprocess.Popen) -> None:
        self.port, self.serve = port, serve

    def ask(self, path: str, method: str = "GET") -> http.client.HTTPResponse:
        """The answer to a request, its path as it stands."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        connection.request(method, path, headers={"Connection": "close"})
        return connection.getresponse()

    def healthy(self) -> bool:
        """Whether a process answers."""
        try:
            return self.ask("/healthz").status == 200
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
def lab() -> Iterator[Lab]:
    """The same for all tests here; in the end everything has ended."""
    port = free_port(1 + COUNT)
    with served(COUNT, port) as serve:
        lab = Lab(port, serve)
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
    ],
)
def test_requests_that_no_browser_makes_are_refused(lab: Lab, method: str, path: str, status: int):
    assert lab.ask(path, method).status == status


def test_a_killed_process_is_replaced_and_the_other_one_answers_meanwhile(lab: Lab):
    before = lab.replicas()
    assert len(before) == COUNT
    killed, other = before
    os.kill(killed, signal.SIGKILL)
    until(lab.healthy)
    until(lambda: len(lab.replicas() - before) == 1)
    assert other in lab.replicas()


def test_the_proxy_reads_its_configuration_anew_and_the_processes_stay(lab: Lab):
    before = lab.replicas()
    lab.serve.send_signal(signal.SIGHUP)
    until(lab.healthy)
    assert lab.replicas() == before


def test_what_was_typed_outlives_every_process(lab: Lab, browser: Browser):
    until(lab.healthy)
    with closing(browser.new_page()) as page:
        page.goto(f"http://127.0.0.1:{lab.port}/practice?question=3")
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

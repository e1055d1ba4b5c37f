"""What a public site needs around the pages: headers, logs that keep secrets, turns, and processes behind a proxy."""

import asyncio
import http.client
import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import Browser, expect
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from benchmarks.client import Tab
from hosting import headers, logs
from pages.parts import turns
from tests.conftest import ROOT, Server


def asked(url: str, path: str, method: str = "GET") -> http.client.HTTPResponse:
    """The answer to a request, its path as it stands."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    connection.request(method, path, headers={"Connection": "close"})
    return connection.getresponse()


@pytest.mark.parametrize("path", ["/", "/healthz", "/your_data", "/_stcore/health", "/nothing/here"])
def test_every_answer_has_the_headers(server: Server, path: str):
    found = asked(server.url, path)
    assert "script-src 'self' 'sha256-" in (found.getheader("Content-Security-Policy") or "")
    assert "unsafe-eval" not in (found.getheader("Content-Security-Policy") or "")
    assert found.getheader("X-Content-Type-Options") == "nosniff"
    assert found.getheader("Referrer-Policy") == "no-referrer"


def test_who_may_frame_the_lab_is_a_setting_that_cannot_end_its_directive():
    assert headers.policy("'self' https://course.example").endswith("frame-ancestors 'self' https://course.example")
    for wrong in ("'self'; script-src *", "'self', *", "'self'\r\nX: y"):
        with pytest.raises(ValueError, match="FRAME_ANCESTORS"):
            headers.policy(wrong)


def test_a_learner_is_shown_the_id_under_which_an_error_stands_in_the_log_and_nothing_else_of_it(tmp_path: Path):
    (tmp_path / "page.py").write_text("float('a learner\\'s secret')")
    (tmp_path / "failing.py").write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "import streamlit as st\n"
        "from hosting import logs\n"
        "logs.begin()\n"
        "app = st.App('page.py', on_script_error=logs.tell)\n"
    )

    async def visit(url: str) -> str:
        async with Tab(url) as tab:
            await tab.run()
            return " ".join(tab.said)

    failing = Server(tmp_path / "failing.py")
    try:
        with ThreadPoolExecutor() as beside:  # this thread may have the browser's loop
            said = beside.submit(lambda: asyncio.run(visit(failing.url))).result()
    finally:
        failing.stop()
    (line,) = (json.loads(line) for line in failing.printed.splitlines() if '"ValueError"' in line)
    assert re.search(f"tell who runs this site: {line['id']}\\.$", said)
    assert "page.py" in line["where"][-1]
    assert "secret" not in said + failing.printed


@pytest.fixture
def factory() -> Iterator[None]:
    """Logging as it was, afterwards."""
    usual = logging.getLogRecordFactory()
    logs.begin()
    yield
    logging.setLogRecordFactory(usual)


@pytest.mark.usefixtures("factory")
def test_a_log_line_has_the_kind_of_an_error_and_where_it_was_but_not_what_was_typed():
    with pytest.raises(ValueError, match="secret") as raised:
        float("a learner's secret")
    told = (raised.type, raised.value, raised.tb)
    record = logging.getLogger("lab").makeRecord("lab", logging.ERROR, __file__, 1, "Uncaught", (), told)
    line = json.loads("{" + record.json + "}")  # type: ignore[attr-defined]
    assert line["error"] == "ValueError"
    assert line["id"] == raised.value.__dict__[logs.ID]
    assert "test_hosting.py" in line["where"][-1]
    assert "secret" not in logging.Formatter("%(message)s {%(json)s}").format(record)


def test_who_keeps_the_server_busy_waits_while_others_are_there_and_only_then(monkeypatch: pytest.MonkeyPatch):
    clock, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    worked = [0.0]
    monkeypatch.setattr(turns, "_left", OrderedDict())
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(time, "thread_time", lambda: worked[0])
    monkeypatch.setattr(time, "sleep", sleep)
    with turns.turn("greedy"):
        worked[0] += turns.ALLOWANCE + 1.0
        turns.take()
    assert sum(slept) == turns.BREATH, "nobody else is there: others may go first, and that is all"
    with turns.turn("other"):
        pass
    assert sum(slept) == turns.BREATH
    with turns.turn("greedy"):
        assert sum(slept) == pytest.approx(turns.PRESENT, abs=2 * turns.MOMENT), "until the other is gone"


def test_one_page_is_made_at_a_time_and_a_long_run_lets_others_go_first():
    order, waiting = [], Event()

    def other() -> None:
        waiting.set()
        with turns.turn("other"):
            order.append("other")

    second = Thread(target=other)
    with turns.turn("long"):
        order.append("long")
        second.start()
        waiting.wait(30)
        order.append("still long")
        while second.is_alive():
            turns.take()
        order.append("long again")
    second.join(30)
    assert order == ["long", "still long", "other", "long again"]


def test_one_learner_is_one_in_all_tabs_and_two_behind_one_address_are_two():
    token = bytes(range(16))
    tabs = {turns.learner(generate_xsrf_token_string(token, when), "10.0.0.1") for when in (1, 2)}
    assert tabs == {token.hex()}
    assert turns.learner(generate_xsrf_token_string(token[::-1], 1), "10.0.0.1") not in tabs
    for none in ("", "2|forged", "2|0011|2233|1", "2|00112233|445566778|1", "x" * 10_000, "<MagicMock>"):
        assert turns.learner(none, "10.0.0.1") == "10.0.0.1"


class Lab:
    """`deploy/serve.py` with two processes behind HAProxy."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "deploy/serve.py", "--replicas", "2", "--port", str(port)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.output = self.process.stdout
        assert self.output
        assert any("2 processes of the lab" in line for line in self.output)
        self.reader = Thread(target=self.output.read, daemon=True)
        self.reader.start()

    def replicas(self) -> list[int]:
        """Its processes of the lab."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(child) for child in children if b"streamlit" in Path(f"/proc/{child}/cmdline").read_bytes()]


def until(true: object, seconds: float = 30) -> None:
    """Wait for what other processes bring about and nobody announces."""
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.1)


def test_processes_behind_the_proxy_stay_up_keep_their_learners_and_end_cleanly(browser: Browser):
    lab = Lab(8640)
    page = browser.new_page()
    try:
        first = asked(lab.url, "/healthz")
        assert first.status == 200
        assert "LAB_REPLICA=" in (first.getheader("Set-Cookie") or "")
        assert asked(lab.url, "/many_updates?inputs=" + "9" * 100_000).status == 400
        assert asked(lab.url, "/../../etc/passwd").status == 400
        assert asked(lab.url, "/%2e%2e/%2e%2e/etc/passwd").status == 400
        assert asked(lab.url, "/", "TRACE").status == 405
        before = lab.replicas()
        assert len(before) == 2
        os.kill(before[0], signal.SIGKILL)
        until(lambda: asked(lab.url, "/healthz").status == 200, 5)
        until(lambda: len({*lab.replicas()} - {*before}) == 1)
        lab.process.send_signal(signal.SIGHUP)
        until(lambda: asked(lab.url, "/healthz").status == 200)

        page.goto(f"{lab.url}/practice?target=5")
        answer, says = page.get_by_role("textbox", name=re.compile("in numbers")), page.get_by_text("You forgot the 2")
        answer.fill("7, 14, 21")
        answer.press("Enter")
        expect(says).to_be_visible()
        rate = page.get_by_role("textbox", name="Learning rate")
        rate.fill("0.02")
        rate.press("Enter")
        expect(page).to_have_url(re.compile("rate=0.02"))
        for process in lab.replicas():
            os.kill(process, signal.SIGKILL)
        expect(rate).to_be_disabled()  # the browser has seen it
        expect(rate).to_be_enabled()
        rate.fill("0.03")
        rate.press("Enter")
        expect(page).to_have_url(re.compile("rate=0.03"))  # another process answers, which has never seen him
        expect(page).to_have_url(re.compile("target=5"))
        expect(answer).to_have_value("7, 14, 21")
        expect(says).to_be_visible()
        replicas = lab.replicas()
    finally:
        page.close()
        lab.process.terminate()
        assert lab.process.wait(30) == 0
        lab.reader.join(30)
        if lab.output:
            lab.output.close()
    assert not [process for process in replicas if Path(f"/proc/{process}").exists()]

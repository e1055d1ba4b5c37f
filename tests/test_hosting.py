"""What a public site needs around the pages: headers, logs that keep secrets, turns, and processes behind a proxy."""

import asyncio
import http.client
import json
import logging
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks import load
from benchmarks.client import Tab
from hosting import headers, logs
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


def until(true: object, seconds: float = 30) -> None:
    """Wait for what other processes bring about and nobody announces."""
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.1)


def test_processes_behind_the_proxy_stay_up_keep_their_learners_and_end_cleanly(browser: Browser):
    with load.served(2) as lab:
        first = asked(load.URL, "/healthz")
        assert first.status == 200
        assert "LAB_REPLICA=" in (first.getheader("Set-Cookie") or "")
        assert asked(load.URL, "/many_updates?inputs=" + "9" * 100_000).status == 400
        assert asked(load.URL, "/../../etc/passwd").status == 400
        assert asked(load.URL, "/%2e%2e/%2e%2e/etc/passwd").status == 400
        assert asked(load.URL, "/", "TRACE").status == 405
        before = load.replicas(lab.pid)
        assert len(before) == 2
        os.kill(before[0], signal.SIGKILL)
        until(lambda: asked(load.URL, "/healthz").status == 200, 5)
        until(lambda: len({*load.replicas(lab.pid)} - {*before}) == 1)
        lab.send_signal(signal.SIGHUP)
        until(lambda: asked(load.URL, "/healthz").status == 200)
        with closing(browser.new_page()) as page:
            what_was_typed_outlives_every_process(page, lambda: load.replicas(lab.pid))
        replicas = load.replicas(lab.pid)
    assert lab.returncode == 0
    assert not [process for process in replicas if Path(f"/proc/{process}").exists()]


def what_was_typed_outlives_every_process(page: Page, replicas: Callable[[], list[int]]) -> None:
    """Type an answer and a rate, have all processes killed, go on."""
    page.goto(f"{load.URL}/practice?target=5")
    answer, says = page.get_by_role("textbox", name=re.compile("in numbers")), page.get_by_text("You forgot the 2")
    answer.fill("7, 14, 21")
    answer.press("Enter")
    expect(says).to_be_visible()
    rate = page.get_by_role("textbox", name="Learning rate")
    rate.fill("0.02")
    rate.press("Enter")
    expect(page).to_have_url(re.compile("rate=0.02"))
    for process in replicas():
        os.kill(process, signal.SIGKILL)
    expect(rate).to_be_disabled()  # the browser has seen it
    expect(rate).to_be_enabled()
    rate.fill("0.03")
    rate.press("Enter")
    expect(page).to_have_url(re.compile("rate=0.03"))  # another process answers, which has never seen him
    expect(page).to_have_url(re.compile("target=5"))
    expect(answer).to_have_value("7, 14, 21")
    expect(says).to_be_visible()

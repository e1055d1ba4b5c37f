"""What the tests share: steady examples, a server of their own and a real browser."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE = 20_000  # milliseconds that a busy machine may take

expect.set_options(timeout=PATIENCE)
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


class Server:
    """`streamlit run app.py`, or another script of ours, on a free port of the loopback, up when it is made."""

    def __init__(self, script: str | Path = "app.py") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.printed = ""
        command = [sys.executable, "-m", "streamlit", "run", str(script)]
        self.process = subprocess.Popen(
            [*command, "--server.address=127.0.0.1", f"--server.port={port}"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        self.output = self.process.stdout
        for line in self.output:  # it prints its address when it is ready
            self.printed += line
            if self.url in line:
                break
        else:
            raise RuntimeError(f"the server did not start: {self.printed}")
        self.reader = Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.output:
            self.printed += line

    def stop(self) -> None:
        """Stop it. What it printed must hold no traceback."""
        self.process.terminate()
        self.process.wait(30)
        self.reader.join(30)
        self.output.close()
        assert "Traceback" not in self.printed, self.printed


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for all browser tests that need no fresh one."""
    running = Server()
    yield running
    running.stop()


@contextmanager
def a_browser() -> Iterator[Browser]:
    """The system's chromium, or the one that playwright has installed."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield running
        running.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each gets tabs of its own."""
    with a_browser() as running:
        yield running


@pytest.fixture(scope="session")
def profile(browser: Browser) -> BrowserContext:
    """What most tabs share, the files of the page above all: without them every tab takes a second to open."""
    return browser.new_context()


@pytest.fixture
def open_page(browser: Browser, profile: BrowserContext, server: Server) -> Iterator[Callable[..., Page]]:
    """Open an address in a tab that must ask nobody but its server, and complain of nothing.

    A `fresh` tab, one of another server and one with options share nothing with any other.
    """
    opened: list[BrowserContext | Page] = []
    complaints = []

    def heard(kind: str, text: str) -> None:
        # Streamlit asks at every level of the address where it lives, and gets 404 at the wrong ones.
        if kind in ("error", "warning") and "404" not in text:
            complaints.append(text)

    def open_page(path: str, url: str = "", *, fresh: bool = False, **options: object) -> Page:
        alone = fresh or url or options
        context = browser.new_context(**options) if alone else profile  # type: ignore[arg-type]
        url = url or server.url
        context.clear_cookies()  # another learner, with an allowance of his own
        page = context.new_page()
        opened.append(context if alone else page)
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: heard(message.type, message.text))
        page.on("request", lambda request: complaints.append(request.url) if _abroad(request.url, url) else None)
        page.goto(url + path)
        return page

    yield open_page
    for tab in opened:
        tab.close()
    assert not complaints


def _abroad(address: str, url: str) -> bool:
    return not address.startswith((url, "data:", "blob:"))

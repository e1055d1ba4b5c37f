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
from playwright.sync_api import Browser, Page, sync_playwright

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

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


class Server:
    """`streamlit run app.py` on a free port of the loopback, up when it is made."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.printed = ""
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
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


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Open an address in a tab of its own that must ask nobody but its server, and complain of nothing."""
    tabs, complaints = [], []

    def heard(kind: str, text: str) -> None:
        # Streamlit asks at every level of the address where it lives, and gets 404 at the wrong ones.
        if kind in ("error", "warning") and "404" not in text:
            complaints.append(text)

    def open_page(path: str, url: str = "", **options: object) -> Page:
        url = url or server.url
        tab = browser.new_context(**options)  # type: ignore[arg-type]
        tab.set_default_timeout(20_000)
        page = tab.new_page()
        page.on("console", lambda message: heard(message.type, message.text))
        page.on("request", lambda request: complaints.append(request.url) if _abroad(request.url, url) else None)
        page.goto(url + path)
        tabs.append(tab)
        return page

    yield open_page
    for tab in tabs:
        tab.close()
    assert not complaints


def _abroad(address: str, url: str) -> bool:
    return not address.startswith((url, "data:", "blob:"))

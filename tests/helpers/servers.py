"""What tests and benchmarks start: the lab itself, several processes of it behind their proxy, and a browser."""

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 90_000  # milliseconds that a busy machine may take; a quick one waits no longer for it
TRUSTING = ssl.create_default_context()  # believes a certificate that a test has made
TRUSTING.check_hostname, TRUSTING.verify_mode = False, ssl.CERT_NONE
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # what a page has compiled stays for the next one: it is there in half the time
    "--host-resolver-rules=MAP *.example 127.0.0.1",  # sites of their own, on this machine
    # A page of a test is soon gone: what optimising compilers and the collector of garbage do for it takes a quarter of
    # the processor and is never paid back.
    "--js-flags=--no-maglev --no-turbofan --min-semi-space-size=64 --max-semi-space-size=64",
]


def free_port(in_a_row: int = 1) -> int:
    """A port of the loopback that is free, the first of so many in a row."""
    while True:
        with contextlib.ExitStack() as sockets:
            first = _bind(sockets, 0)
            with contextlib.suppress(OSError, OverflowError):  # taken, or no port at all
                for port in range(first + 1, first + in_a_row):
                    _bind(sockets, port)
                return first


def _bind(sockets: contextlib.ExitStack, port: int) -> int:
    bound = sockets.enter_context(socket.socket())
    bound.bind(("127.0.0.1", port))
    return bound.getsockname()[1]


class Server:
    """`streamlit run app.py`, or another script of ours, on a port of the loopback, up when it is made.

    It may run `under` a command that takes something from it.
    """

    def __init__(
        self, script: str | Path = "app.py", port: int | None = None, under: Sequence[str] = (), **environment: str
    ) -> None:
        port = port or free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.printed = ""
        command = [*under, sys.executable, "-m", "streamlit", "run", str(script)]
        self.process = subprocess.Popen(
            [*command, "--server.address=127.0.0.1", f"--server.port={port}"],
            cwd=ROOT,
            env=os.environ | environment,
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
        self.process.wait(PATIENCE / 1000)
        self.reader.join(PATIENCE / 1000)
        self.output.close()
        assert "Traceback" not in self.printed, self.printed


@contextmanager
def served(count: int, port: int, log: IO | int = subprocess.DEVNULL, **settings: str) -> Iterator[subprocess.Popen]:
    """So many processes of the lab behind their proxy, as `make serve` starts them; their ports come after its own."""
    command = [sys.executable, "deploy/serve.py", "--replicas", str(count), "--port", str(port)]
    environment = os.environ | settings
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        try:
            assert process.stdout
            if not any("processes of the lab" in line for line in process.stdout):
                raise RuntimeError(f"the lab did not start; are the ports from {port} on free?")
            yield process
        finally:
            process.terminate()


def replicas(serve: subprocess.Popen) -> list[int]:
    """The processes of the lab that a `serve.py` keeps up."""
    children = Path(f"/proc/{serve.pid}/task/{serve.pid}/children").read_text().split()
    return [int(child) for child in children if b"streamlit" in Path(f"/proc/{child}/cmdline").read_bytes()]


def figure(url: str, name: str) -> float:
    """A figure that the process there tells; it has METRICS=1."""
    with urllib.request.urlopen(f"{url}/metrics", timeout=PATIENCE / 1000) as told:
        return next(float(line.split()[1]) for line in told.read().decode().splitlines() if line.startswith(f"{name} "))


@contextmanager
def a_browser() -> Iterator[Browser]:
    """The system's chromium, the headless one first, or the one that playwright has installed."""
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=CHROMIUM)
        yield running
        running.close()

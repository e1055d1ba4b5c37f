"""Several processes of the lab on one machine behind HAProxy: one command, in the foreground until stopped.

    python deploy/serve.py --replicas 2 --port 8500

A process that ends or hangs is replaced. SIGHUP has the proxy read its configuration anew, SIGTERM and Ctrl-C let it
take nobody new, wait a little for those who are there, and stop everything.
"""

import argparse
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

HERE = Path(__file__).parent
STARTS = 60  # seconds a process has to become healthy
HUNG = 12  # looks in a row without an answer after which a process is replaced
LOOK = 0.5  # seconds between two looks
DRAIN = 3.0  # seconds for those who are there when it stops
LIMITS = {"MOST_REQUESTS": "6000", "MOST_CONNECTIONS": "2000"}  # of one address, see haproxy.cfg


def listens(address: str, port: int) -> bool:
    """Whether somebody takes connections there."""
    with contextlib.suppress(OSError), socket.create_connection((address, port), LOOK):
        return True
    return False


class Replica:
    """One process of the lab, on a port of its own that only this machine reaches."""

    def __init__(self, number: int, port: int, cookie_secret: str) -> None:
        self.number, self.port = number, port
        self.environment = os.environ | {"STREAMLIT_SERVER_COOKIE_SECRET": cookie_secret}
        self.start()

    def start(self) -> None:
        """Start it; nobody waits until it is healthy."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1"]
        self.process = subprocess.Popen(
            [*command, f"--server.port={self.port}"],
            cwd=HERE.parent,
            env=self.environment,
            stdout=subprocess.DEVNULL,  # its log goes to stderr
        )
        self.missed, self.until = 0, time.monotonic() + STARTS

    def healthy(self) -> bool:
        """Whether it answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=LOOK):
                return True
        except OSError:
            return False

    def look(self) -> None:
        """Start it anew if it has ended, or has not answered for long."""
        why = "ended"
        if self.process.poll() is None:
            self.missed = 0 if self.healthy() else self.missed + 1
            if self.missed < HUNG or time.monotonic() < self.until:
                return
            self.process.kill()
            self.process.wait()
            why = "did not answer"
        line = {
            "time": time.strftime("%Y-%m-%d %H:%M:%S"),
            "level": "WARNING",
            "from": "serve.py",
            "message": f"A process {why} and is replaced",
            "replica": self.number,
            "process": self.process.pid,
            "status": self.process.returncode,
        }
        print(json.dumps(line), file=sys.stderr, flush=True)
        self.start()

    def end(self) -> None:
        """End it, whichever process it is by now."""
        end(self.process)


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replicas", type=int, default=2, help="processes, at least 1 (2)")
    parser.add_argument("--port", type=int, default=8500, help="of the proxy; the processes take those after it (8500)")
    parser.add_argument("--address", default="127.0.0.1", help="where the proxy listens; * lets others in (127.0.0.1)")
    asked = parser.parse_args()
    if asked.replicas < 1:
        parser.error("at least 1 process is needed")
    return asked


def end(process: subprocess.Popen) -> None:
    """Ask a process to end, and make it."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def interrupt(*_: int | FrameType | None) -> None:
    """Do on SIGTERM what Ctrl-C does."""
    raise KeyboardInterrupt


def comes_up(up: Callable[[], bool], processes: list[subprocess.Popen]) -> bool:
    """Wait until it is; False if one of the processes has ended instead, or it takes too long."""
    until = time.monotonic() + STARTS
    while not up():
        if time.monotonic() > until or any(process.poll() is not None for process in processes):
            return False
        time.sleep(0.1)  # there is nothing to wait for: a process does not announce that it is up
    return True


def watch(replicas: list[Replica], proxy: subprocess.Popen) -> None:
    """Keep the processes up for as long as the proxy is."""
    while proxy.poll() is None:
        for replica in replicas:
            replica.look()
        time.sleep(LOOK)  # a process that hangs does not announce it: it has to be asked


def main() -> int:
    """Start everything, keep it up, stop everything."""
    asked = options()
    haproxy = shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not haproxy:
        print("HAProxy is needed; on Debian: apt-get install haproxy", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, interrupt)
    cookie_secret = os.environ.get("STREAMLIT_SERVER_COOKIE_SECRET") or secrets.token_hex(32)
    with contextlib.ExitStack() as ending:
        replicas = []
        for number in range(1, asked.replicas + 1):
            replicas.append(Replica(number, asked.port + number, cookie_secret))
            ending.callback(replicas[-1].end)
        if not comes_up(lambda: all(replica.healthy() for replica in replicas), [r.process for r in replicas]):
            print("A process did not start. Are the ports after the proxy's free?", file=sys.stderr)
            return 1
        servers = Path(ending.enter_context(tempfile.TemporaryDirectory())) / "servers.cfg"
        lines = [f"    server lab{replica.number} 127.0.0.1:{replica.port}" for replica in replicas]
        servers.write_text("\n".join(["backend lab", "    dynamic-cookie-key lab", *lines, ""]))
        environment = LIMITS | os.environ | {"BIND": f"{asked.address}:{asked.port}"}
        proxy = subprocess.Popen(
            [haproxy, "-W", "-db", "-f", str(HERE / "haproxy.cfg"), "-f", str(servers)], env=environment
        )
        ending.callback(end, proxy)
        signal.signal(signal.SIGHUP, lambda *_: proxy.send_signal(signal.SIGUSR2))
        nearby = "127.0.0.1" if asked.address in ("*", "0.0.0.0") else asked.address  # noqa: S104 - it is asked for
        if comes_up(lambda: listens(nearby, asked.port), [proxy]):
            scheme = "https" if os.environ.get("CERTIFICATE") else "http"
            print(f"{asked.replicas} processes of the lab at {scheme}://{asked.address}:{asked.port}", flush=True)
            try:
                watch(replicas, proxy)
            except KeyboardInterrupt:
                for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                    signal.signal(name, signal.SIG_IGN)
                proxy.send_signal(signal.SIGUSR1)  # nobody new; those who are there may finish
                with contextlib.suppress(subprocess.TimeoutExpired):
                    proxy.wait(DRAIN)
                return 0
        print("The proxy has ended. Is its port free?", file=sys.stderr)
        return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # before it was up
        sys.exit(130)

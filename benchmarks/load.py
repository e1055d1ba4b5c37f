"""A class, faults, wear and attackers, let loose on the lab: on this machine's loopback only, bounded, ends by itself.

python -m benchmarks.load [class] [faults] [soak] [abuse]

Learners are websocket sessions that speak the browser's protocol. Each sets something of its own on a page of the mix
every few seconds, and checks that every answer is about what it has set.
"""

import asyncio
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from benchmarks.client import Run, Tab
from benchmarks.page import cpu
from benchmarks.uploads import memory
from pages.parts.lessons import LESSONS

ROOT = Path(__file__).parent.parent
PORT = 8610
URL = f"http://127.0.0.1:{PORT}"
PAGES = ["", *(lesson.file.removesuffix(".py") for lesson in LESSONS), "many_updates"]
THINKS = 3.0  # seconds between two changes of a learner, on average
CLASS, WORKING = 200, 100  # learners of a class; learners at work while something breaks
SERVED_AGAIN = 5.0  # seconds


@dataclass
class Figures:
    """What a crowd saw."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    back: list[float] = field(default_factory=list)  # seconds from the loss of a connection to the next answer

    @property
    def p95(self) -> float:
        """Milliseconds within which 95 of 100 answers came."""
        return 1000 * sorted(self.seconds)[int(0.95 * len(self.seconds))] if self.seconds else float("nan")

    def __str__(self) -> str:
        """The figures in a line."""
        median = 1000 * statistics.median(self.seconds) if self.seconds else float("nan")
        line = f"{len(self.seconds)} changes, median {median:.0f} ms, p95 {self.p95:.0f} ms, {len(self.wrong)} wrong"
        if self.back:
            line += f", {len(self.back)} connections lost, back after at most {max(self.back):.1f} s"
        return line + "".join(f"\n    {text}" for text in self.wrong[:5])


@contextmanager
def served(replicas: int) -> Iterator[subprocess.Popen]:
    """The lab behind its proxy, as `make serve` starts it."""
    command = [sys.executable, "deploy/serve.py", "--replicas", str(replicas), "--port", str(PORT)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout  # noqa: S101 - a pipe was asked for
        for line in process.stdout:
            if "processes of the lab" in line:
                break
        else:
            raise RuntimeError(f"the lab did not start; are the ports from {PORT} on free?")
        yield process
    finally:
        process.terminate()
        process.wait(30)


class Learner:
    """Somebody at work: a page, a learning rate of his own, and what he saw."""

    def __init__(self, number: int, figures: Figures) -> None:
        self.chance = random.Random(number)
        self.page = PAGES[number % len(PAGES)]
        self.cookie = f"_streamlit_xsrf=learner{number}"
        self.target = str(number + 1)  # a number nobody else has
        self.figures = figures
        self.rate = "0.01"
        self.tab: Tab | None = None

    @property
    def url(self) -> str:
        """His link, with everything he has set."""
        return f"{URL}/{self.page}?rate={self.rate}&target={self.target}"

    async def work(self, until: float, *, count: Callable[[], bool] = lambda: True) -> None:
        """Change the learning rate again and again; after a loss of the connection go on from the link."""
        lost: float | None = None
        while time.monotonic() < until:
            try:
                if self.tab is None:
                    self.tab = await Tab(self.url, self.cookie).__aenter__()
                    run = await self.tab.run()
                else:
                    self.rate = f"{self.chance.uniform(0.001, 0.03):.6f}"
                    run = await self.tab.set("rate", self.rate)
                    if count() and lost is None:
                        self.figures.seconds.append(run.seconds)
                self._check(run)
                if lost is not None:
                    self.figures.back.append(time.monotonic() - lost)
                    lost = None
            except (OSError, ConnectionClosed, InvalidHandshake, TimeoutError):
                lost = lost or time.monotonic()
                await self.leave()
                await asyncio.sleep(0.5)
                continue
            await asyncio.sleep(self.chance.expovariate(1 / THINKS))
        if lost is not None:
            self.figures.wrong.append(f"{self.page}: not served again after {time.monotonic() - lost:.1f} s")

    def _check(self, run: Run) -> None:
        """What he set must be what the page has, and nothing of anybody else's."""
        assert self.tab  # noqa: S101 - there has been a run
        self.figures.wrong += [f"{self.page}: {text}" for text in run.exceptions]
        if self.tab.code.startswith("http"):
            told = dict(parse_qsl(self.tab.code.partition("?")[2]))
            if (told["rate"], told["target"]) != (self.rate, self.target):
                self.figures.wrong.append(f"{self.page}: {told} instead of {self.rate}, {self.target}")

    async def leave(self) -> None:
        """Close the connection, if there is one."""
        if self.tab:
            with suppress(Exception):
                await self.tab.__aexit__(None, None, None)
        self.tab = None


async def crowd(size: int, seconds: float, figures: Figures, *meanwhile: asyncio.Future | None) -> None:
    """So many learners at work for so long. They arrive within the first ten seconds, which do not count."""
    begun = time.monotonic()
    learners = [Learner(number, figures) for number in range(size)]

    async def one(place: int, learner: Learner) -> None:
        await asyncio.sleep(10 * place / size)
        await learner.work(begun + 10 + seconds, count=lambda: time.monotonic() > begun + 10)
        await learner.leave()

    await asyncio.gather(*(one(place, learner) for place, learner in enumerate(learners)), *filter(None, meanwhile))


def a_class() -> None:
    """200 learners on a mix of all pages for a minute, two processes."""
    with served(2) as lab:
        children = replicas(lab.pid)
        before = [cpu(process) for process in children]
        figures = Figures()
        asyncio.run(crowd(CLASS, 60, figures))
        used = [100 * (cpu(process) - earlier) / 70 for process, earlier in zip(children, before, strict=True)]
        print(f"class of {CLASS}: {figures}; processor of each process {', '.join(f'{share:.0f} %' for share in used)}")


def replicas(serve: int) -> list[int]:
    """The processes of the lab that a `serve.py` keeps up."""
    children = Path(f"/proc/{serve}/task/{serve}/children").read_text().split()
    return [int(child) for child in children if b"streamlit" in Path(f"/proc/{child}/cmdline").read_bytes()]


def faults() -> None:
    """100 learners at work while processes are killed, hang, and the proxy is reloaded; and one whose line is cut."""
    with served(2) as lab:
        for name, happens in {
            "kill -9 of a process": lambda: os.kill(replicas(lab.pid)[0], signal.SIGKILL),
            "a process that hangs": lambda: os.kill(replicas(lab.pid)[0], signal.SIGSTOP),
            "reload of the proxy": lambda: os.kill(lab.pid, signal.SIGHUP),
        }.items():
            figures = Figures()

            async def breaks(happens: Callable[[], None] = happens) -> None:
                await asyncio.sleep(15)
                happens()

            async def both(figures: Figures = figures) -> None:
                await crowd(WORKING, 25, figures, asyncio.ensure_future(breaks()))

            asyncio.run(both())
            print(f"{name}: {figures}")
            time.sleep(10)  # a hung process is replaced meanwhile
        figures = Figures()

        async def cut() -> None:
            """One learner, whose connection is cut 50 times."""
            learner = Learner(7, figures)
            until = time.monotonic() + 60
            work = asyncio.ensure_future(learner.work(until))
            for _ in range(50):
                await asyncio.sleep(1.1)
                if learner.tab:
                    learner.tab.socket.transport.abort()
            await work

        asyncio.run(cut())
        print(f"a line that is cut 50 times: {figures}")


def soak() -> None:
    """20,000 reruns and 1,000 sessions that come and go, on one process: memory and latency by quarters."""
    with served(1) as lab:
        (process,) = replicas(lab.pid)

        async def session(number: int, figures: Figures) -> None:
            learner = Learner(number, figures)
            async with Tab(learner.url, learner.cookie) as tab:
                await tab.run()
                for _ in range(20):
                    run = await tab.set("rate", f"{learner.chance.uniform(0.001, 0.03):.6f}")
                    figures.seconds.append(run.seconds)
                    figures.wrong += run.exceptions

        async def quarter(first: int, figures: Figures) -> None:
            for start in range(first, first + 250, 5):  # five at a time
                await asyncio.gather(*(session(number, figures) for number in range(start, start + 5)))

        for number in range(4):
            figures = Figures()
            asyncio.run(quarter(250 * number, figures))
            print(f"soak, quarter {number + 1}: {memory(process):.0f} MB; {figures}", flush=True)


def abuse() -> None:
    """Learners at work while others do what nobody should; each kind of it beside the same class left in peace."""
    with served(2):
        quiet = Figures()
        asyncio.run(crowd(20, 20, quiet))
        print(f"20 learners in peace: {quiet}")
        for name, attack in ATTACKS.items():
            figures = Figures()

            async def both(figures: Figures = figures, attack: Callable[[float], Awaitable[str]] = attack) -> str:
                attacking = asyncio.ensure_future(attack(time.monotonic() + 30))
                await crowd(20, 20, figures)
                return await attacking

            said = asyncio.run(both())
            print(f"{name}: {said}; {figures}; p95 {figures.p95 / quiet.p95:.1f} times that in peace", flush=True)


async def expensive(until: float) -> str:
    """One learner asks for the most that every page has, all pages at once, over and over."""
    links = [
        "learning_rate?inputs=" + "+".join(["1.5"] * 20) + "&weights=" + "+".join(["0.5"] * 20),
        "slope?inputs=" + "+".join(["1.5"] * 20) + "&weights=" + "+".join(["0.5"] * 20),
        "one_update?updates=10000&activation=tanh",
        "many_updates?updates=10000&activation=sigmoid",
        "practice",
        "compare?updates=2000&runs=" + ",".join(f"adam+0.{n}1" for n in range(1, 9)),
        "surface?updates=2000&activation=tanh&inputs2=3+1+2&runs=" + ",".join(f"adam+0.{n}1" for n in range(1, 9)),
        "your_data?data=Penguins&updates=10000&activation=tanh&batch=one+of+them&optimiser=Adam",
    ]
    made = 0

    async def again(link: str) -> None:
        nonlocal made
        chance = random.Random(link)
        async with Tab(f"{URL}/{link}", "_streamlit_xsrf=greedy") as tab:
            await tab.run()
            while time.monotonic() < until:
                await tab.set("rate", f"{chance.uniform(0.001, 0.02):.9f}")
                made += 1

    await asyncio.gather(*(again(link) for link in links))
    return f"{made} of the most expensive changes"


async def idle(until: float) -> str:
    """500 sockets that say nothing."""
    sockets = [await asyncio.open_connection("127.0.0.1", PORT) for _ in range(500)]
    await asyncio.sleep(max(0.0, until - time.monotonic()))
    ended = sum([reader.at_eof() for reader, _ in sockets])
    for _, writer in sockets:
        writer.close()
    return f"500 idle sockets, {ended} of them let go"


async def slow(until: float) -> str:
    """100 requests whose headers never end."""
    ended = 0
    sockets = [await asyncio.open_connection("127.0.0.1", PORT) for _ in range(100)]
    for _, writer in sockets:
        writer.write(b"GET / HTTP/1.1\r\nHost: lab\r\n")
    while time.monotonic() < until:
        for _, writer in sockets:
            with suppress(OSError):
                writer.write(b"X-Slow: 1\r\n")
        await asyncio.sleep(1)
    for reader, writer in sockets:
        ended += b"408" in await reader.read(20) if not reader.at_eof() else 1
        writer.close()
    return f"100 requests that never end, {ended} of them let go"


async def malformed(until: float) -> str:
    """Messages that are none, or too large, over sockets of their own; origins that are not ours."""
    refused = 0
    while time.monotonic() < until:
        for message in (b"\xff" * 100, os.urandom(5000), b"", b"\x5a" + os.urandom(500), bytes(12_000_000)):
            tab = Tab(URL, "_streamlit_xsrf=malformed")
            with suppress(ConnectionClosed, OSError, InvalidHandshake):
                async with tab:
                    await tab.socket.send(message)
                    async with asyncio.timeout(0.5):
                        await tab.socket.recv()
            refused += 1
        with suppress(InvalidHandshake):
            foreign = Tab(URL)
            foreign.origin = "http://elsewhere.example"
            async with foreign:
                return "a foreign origin was let in"
        await asyncio.sleep(0.2)
    return f"{refused} malformed messages, and foreign origins refused"


async def requests(until: float) -> str:
    """Requests that are too long, out of bounds, too large, forged, or from another site's forms."""
    asks: dict[str, tuple[str, bytes]] = {
        "query of 100 kB": ("GET /many_updates?inputs=" + "9" * 100_000, b""),
        "path traversal": ("GET /../../../../etc/passwd", b""),
        "encoded traversal": ("GET /static/%2e%2e/%2e%2e/%2e%2e/app.py", b""),
        "media traversal": ("GET /media/..%2f..%2fapp.py", b""),
        "oversized upload": ("PUT /_stcore/upload_file/a/b", bytes(5_000_000)),
        "form of another site": ("POST /_stcore/upload_file/a/b", b"x=1"),
        "upload without a session": ("PUT /_stcore/upload_file/a/b", b"x"),
        "forged cookie": ("GET /_stcore/health", b""),
        "method": ("TRACE /", b""),
    }
    statuses: dict[str, set[str]] = {}
    while time.monotonic() < until:
        for name, (line, body) in asks.items():
            reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
            head = f"{line} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nOrigin: http://elsewhere.example\r\nConnection: close"
            cookie = "LAB_REPLICA=lab9; _streamlit_xsrf=2|forged; _streamlit_user=forged"
            with suppress(OSError):
                writer.write(f"{head}\r\nCookie: {cookie}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
                answer = await reader.read(12)
                statuses.setdefault(name, set()).add(answer[9:12].decode())
            writer.close()
        await asyncio.sleep(0.1)
    return ", ".join(f"{name} {'/'.join(sorted(found))}" for name, found in statuses.items())


ATTACKS: dict[str, Callable[[float], Awaitable[str]]] = {
    "the most expensive of every page": expensive,
    "idle sockets": idle,
    "slow headers": slow,
    "malformed messages": malformed,
    "requests": requests,
}
PARTS = {"class": a_class, "faults": faults, "soak": soak, "abuse": abuse}


def main() -> None:
    """Run what was asked for, or all of it."""
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()

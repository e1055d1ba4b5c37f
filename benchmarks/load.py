"""A class, a drag, faults, wear and attackers, let loose on the lab: on this machine's loopback only, bounded.

python -m benchmarks.load [class] [yardstick] [drag] [faults] [memory] [line] [soak] [abuse]

Learners are websocket sessions that speak the browser's protocol. Each sets something of their own on a page of the mix
every few seconds, and checks that every answer is about what they have set.
"""

import asyncio
import os
import random
import signal
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from benchmarks.attacks import ATTACKS
from benchmarks.limits import line, memory
from benchmarks.page import YARDSTICK, cpu, server
from hosting.memory import resident
from pages.lessons import LESSONS
from pages.shared.numbers import number as written
from pages.shared.sidebar import stop
from tests.helpers.client import Run, Tab
from tests.helpers.servers import figure, replicas, served

PORT = 8610
URL, ONE = f"http://127.0.0.1:{PORT}", f"http://127.0.0.1:{PORT + 1}"  # the proxy, and the first process behind it
PAGES = ["", *(lesson.folder for lesson in LESSONS), "many_updates"]
THINKS, DRAGS = 3.0, 0.04  # seconds from an answer to the next change, on average: of a learner at work, of a drag
CLASSES, WORKING, FEW = (200, 400), 100, 20  # learners of a class, while something breaks, beside a drag or attack
WITH_VERDICT = ("", "many_updates")  # pages that say where the error begins
SESSIONS, CHANGES = 2_000, 25  # of the soak: 50,000 reruns
OWN = {"network": ("3.0", "200"), "your_data": ("0.1", "30")}  # the rate and the updates of pages with samples
ANSWER = "Slope 1 0"  # the first field of the page Practice
ANSWERS = {"48, 12, 24": "Right.", "24, 6, 12": "Not yet. You forgot the 2"}  # what is typed there: what is said of it


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


class Learner:
    """Somebody at work on a page: a target nobody else has, a rate of their own or answers, and what they saw."""

    def __init__(self, number: int, figures: Figures, page: str = "", thinks: float = THINKS) -> None:
        self.chance, self.thinks = random.Random(number), thinks
        self.page = page or PAGES[number % len(PAGES)]
        self.target = str(number + 8)  # the lesson's neuron predicts 7
        self.begins = f"from **{written((number + 1) ** 2)}**"
        self.figures = figures
        self.answer = ""
        self.rate, updates = OWN.get(self.page, ("0.01", "20"))
        self.tab = Tab(f"{URL}/{self.page}?target={self.target}&rate={self.rate}&updates={updates}")

    async def work(self, until: float, *, count: Callable[[], bool] = lambda: True) -> None:
        """Change something again and again; when the connection is lost, come back as browsers do, with all values."""
        here, lost = False, None
        while time.monotonic() < until:
            try:
                if here:
                    run = await self.change()
                    if count() and lost is None:
                        self.figures.seconds.append(run.seconds)
                else:
                    await self.tab.__aenter__()
                    run, here = await self.tab.run(), True
                self.check(run)
                if lost is not None:
                    self.figures.back.append(time.monotonic() - lost)
                    lost = None
            except TimeoutError as late:
                self.figures.wrong.append(f"{self.page}: no answer, {late}")
                break
            except (OSError, ConnectionClosed, InvalidHandshake):
                lost, here = lost or time.monotonic(), False
                await asyncio.sleep(0.5)
                continue
            await asyncio.sleep(self.chance.expovariate(1 / self.thinks))
        if lost is not None:
            self.figures.wrong.append(f"{self.page}: not served again after {time.monotonic() - lost:.1f} s")
        with suppress(AttributeError, OSError, ConnectionClosed):
            await self.tab.__aexit__(None, None, None)

    async def change(self) -> Run:
        """Set another rate, or give another answer."""
        if self.page == "practice":
            self.answer = self.chance.choice([*ANSWERS])
            return await self.tab.set(ANSWER, self.answer)
        self.rate = f"{self.chance.uniform(0.001, 0.03):.6f}"
        return await self.tab.set("rate", self.rate)

    def check(self, run: Run) -> None:
        """Whether the page has what was set: the rate, the target where it shows, the answer; and nothing failed."""
        self.figures.wrong += [f"{self.page}: {text}" for text in run.exceptions]
        if self.page != "practice" and stop(float(self.rate)) not in self.tab.positions:
            self.figures.wrong.append(f"{self.page}: {self.tab.positions} instead of {self.rate}")
        if self.page in WITH_VERDICT and not any(self.begins in text for text in self.tab.texts):
            self.figures.wrong.append(f"{self.page}: nothing {self.begins}")
        if self.answer and not any(ANSWERS[self.answer] in text for text in self.tab.texts):
            self.figures.wrong.append(f"{self.page}: {self.answer} is not judged")


async def crowd(size: int, seconds: float, figures: Figures, *meanwhile: asyncio.Future | None) -> None:
    """So many learners at work for so long. They arrive within the first ten seconds, which do not count."""
    begun = time.monotonic()
    learners = [Learner(number, figures) for number in range(size)]

    async def one(place: int, learner: Learner) -> None:
        await asyncio.sleep(10 * place / size)
        await learner.work(begun + 10 + seconds, count=lambda: time.monotonic() > begun + 10)

    await asyncio.gather(*(one(place, learner) for place, learner in enumerate(learners)), *filter(None, meanwhile))


def a_class() -> None:
    """200 learners on a mix of all pages for a minute, two processes; and 400."""
    for size in CLASSES:
        with served(2, PORT) as lab:
            children = replicas(lab)
            before = [(cpu(process), resident(process)) for process in children]
            figures = Figures()
            asyncio.run(crowd(size, 60, figures))
            after = [(cpu(process), resident(process)) for process in children]
        seconds, megabytes = (np.array(after) - before).T
        used = ", ".join(f"{share:.0f} %" for share in 100 * seconds / 70)
        print(f"class of {size}: {figures}; processor of each process {used}, ", end="")
        print(f"{megabytes.sum() / size:.2f} MB a learner", flush=True)


def yardstick() -> None:
    """The same classes on a page with no work in it, two processes and no proxy: what Streamlit takes by itself."""
    urls = [f"http://127.0.0.1:{PORT + place}" for place in range(2)]

    async def one(number: int, waits: float, ends: float, figures: Figures) -> None:
        chance = random.Random(number)
        await asyncio.sleep(waits)
        async with Tab(f"{urls[number % 2]}/") as tab:
            await tab.run()
            while time.monotonic() < ends:
                await asyncio.sleep(chance.expovariate(1 / THINKS))
                run = await tab.set("rate", f"{chance.uniform(0.001, 0.03):.6f}")
                if time.monotonic() > ends - 60:
                    figures.seconds.append(run.seconds)

    async def together(size: int, figures: Figures) -> None:
        ends = time.monotonic() + 70
        await asyncio.gather(*(one(number, 10 * number / size, ends, figures) for number in range(size)))

    for size in CLASSES:
        figures = Figures()
        with server(YARDSTICK, urls[0]), server(YARDSTICK, urls[1]):
            asyncio.run(together(size, figures))
        print(f"class of {size} on the yardstick: {figures}", flush=True)


def drag() -> None:
    """Twenty learners at work, and one who drags the learning rate for a minute without a pause, all on one process."""
    with served(1, PORT):
        dragging, others = Figures(), Figures()
        drags = Learner(FEW, dragging, "many_updates", DRAGS)

        async def both() -> None:
            await crowd(FEW, 60, others, asyncio.ensure_future(drags.work(time.monotonic() + 70)))

        asyncio.run(both())
        print(f"a drag: {dragging}\n{FEW} others: {others}")


def faults() -> None:
    """100 learners at work while processes are killed, hang, and the proxy is reloaded; and one whose line is cut."""
    with served(2, PORT) as lab:
        for name, happens in {
            "kill -9 of a process": lambda: os.kill(replicas(lab)[0], signal.SIGKILL),
            "a process that hangs": lambda: os.kill(replicas(lab)[0], signal.SIGSTOP),
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
        asyncio.run(cut(50, figures))
        print(f"a line that is cut 50 times: {figures}")


async def cut(times: int, figures: Figures) -> None:
    """One learner whose connection is cut so often, each time as soon as they have been served."""
    learner = Learner(FEW, figures, "practice", 0.2)
    until = time.monotonic() + 2 * times
    work = asyncio.ensure_future(learner.work(until))

    async def longer(figure: list[float], than: int) -> None:
        while len(figure) <= than and time.monotonic() < until:
            await asyncio.sleep(0.05)

    for number in range(times):
        await longer(figures.seconds, number)
        learner.tab.socket.transport.abort()
        await longer(figures.back, number)
    work.cancel()


def soak() -> None:
    """50,000 reruns over 2,000 sessions that come and go, on one process: what it takes, by tenths."""
    with served(1, PORT, METRICS="1"):

        async def session(number: int, figures: Figures) -> None:
            learner = Learner(number, figures)
            async with learner.tab as tab:
                await tab.run()
                for _ in range(CHANGES):
                    run = await learner.change()
                    figures.seconds.append(run.seconds)
                    learner.check(run)

        async def tenth(first: int, figures: Figures) -> None:
            for start in range(first, first + SESSIONS // 10, 5):  # five at a time
                await asyncio.gather(*(session(number, figures) for number in range(start, start + 5)))

        begins = 0.0
        for number in range(10):
            figures = Figures()
            asyncio.run(tenth(SESSIONS // 10 * number, figures))
            size = figure(ONE, "process_resident_memory_bytes") / 1e6
            begins = begins or size
            handles, threads = figure(ONE, "process_open_fds"), figure(ONE, "lab_threads")
            print(f"soak, tenth {number + 1}: {size:.0f} MB, {size / begins:.3f} of the first, ", end="")
            print(f"{handles:.0f} file handles, {threads:.0f} threads; {figures}", flush=True)


def abuse() -> None:
    """Learners at work while others do what nobody should; each kind of it beside the same class left in peace."""
    with served(2, PORT):
        for _ in range(2):  # the first time all is new to the processes, and slow
            quiet = Figures()
            asyncio.run(crowd(FEW, 20, quiet))
        print(f"{FEW} learners in peace: {quiet}", flush=True)
        for name, attack in ATTACKS.items():
            figures = Figures()

            async def both(figures: Figures = figures, attack: Callable[[str, float], Awaitable[str]] = attack) -> str:
                attacking = asyncio.ensure_future(attack(URL, time.monotonic() + 30))
                await crowd(FEW, 20, figures)
                return await attacking

            said = asyncio.run(both())
            print(f"{name}: {said}; {figures}; p95 {figures.p95 / quiet.p95:.1f} times that in peace", flush=True)


PARTS = {
    "class": a_class, "yardstick": yardstick, "drag": drag, "faults": faults, "memory": memory, "line": line,
    "soak": soak, "abuse": abuse,
}  # fmt: skip


def main() -> None:
    """Run what was asked for, or all of it."""
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()

"""What one process of the lab bears: the largest jobs in the memory that a container has, and a slow phone's line."""

import asyncio
import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

from benchmarks.uploads import table
from tests.helpers.client import Tab
from tests.helpers.servers import PATIENCE, Server, a_browser, figure, free_port, served
from tests.helpers.slow_line import DELAY, RATE, slow_line

AT_ONCE = 20  # learners with the largest job
CONTAINER = 1000  # MB
GROUPS = Path("/sys/fs/cgroup")


@contextmanager
def limited(megabytes: int) -> Iterator[list[str]]:
    """What to start a process under so that the system ends it beyond so much memory, as it does in a container.

    Nothing where this may not be asked for: it takes root and a control group, of either version.
    """
    older = GROUPS / "memory"
    group = (older if older.exists() else GROUPS) / f"lab_{os.getpid()}"
    under = ["sh", "-c", 'echo $$ > "$0/cgroup.procs" && exec "$@"', str(group)]
    try:
        group.mkdir()
        (group / ("memory.limit_in_bytes" if older.exists() else "memory.max")).write_text(f"{megabytes}000000")
    except OSError:
        under = []
    try:
        yield under
    finally:
        with suppress(OSError):
            group.rmdir()


def memory() -> None:
    """The largest table, run and files, of 20 learners at once, in the memory of a container: what comes of it."""
    with limited(CONTAINER) as under:
        server = Server(under=under, METRICS="1")

        async def largest(number: int) -> str:
            tab = Tab(f"{server.url}/your_data?data=Uploaded+file&rate=0.1&activation=tanh&updates=10000")
            tab.visit()
            tab.patience *= AT_ONCE
            async with tab:
                await tab.run()
                run = await tab.upload("upload", table(number, 19_000, 10))
                for label in ("Table", "Interactive picture", "Report"):
                    await tab.take(label)
                return run.exceptions[0] if run.exceptions else "done"

        async def together() -> list[str | BaseException]:
            return await asyncio.gather(*map(largest, range(AT_ONCE)), return_exceptions=True)

        ends = [*map(str, asyncio.run(together()))]
        seen = ", ".join(f"{ends.count(end)} {end}" for end in sorted({*ends}))
        where = f"in {CONTAINER} MB" if under else "without a limit"
        print(f"the largest job {AT_ONCE} times at once {where}: {seen}; ", end="")
        if server.process.poll() is None:
            status = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
            most = int(dict(line.split(":", 1) for line in status)["VmHWM"].split()[0]) / 1000
            print(f"{most:.0f} MB at its most, {figure(server.url, 'lab_errors_total'):.0f} errors in the log")
        else:
            print("the system has ended the process")
        server.stop()


def line() -> None:
    """A page in a browser over a slow phone's line: the first visit, the second, and a change of the rate."""
    port, ended, address = free_port(2), Event(), Future[str]()

    async def relay() -> None:
        async with slow_line(f"http://127.0.0.1:{port}") as url:
            address.set_result(url)
            await asyncio.to_thread(ended.wait)

    async def change() -> float:
        async with Tab(f"{address.result()}/many_updates") as tab:
            await tab.run()
            return (await tab.set("rate", 0.02)).seconds

    with served(1, port), ThreadPoolExecutor() as beside:
        beside.submit(asyncio.run, relay())
        with a_browser() as browser:
            page = browser.new_page()
            page.set_default_timeout(10 * PATIENCE)
            for visit in ("first", "second"):
                begun = time.monotonic()
                page.goto(f"{address.result()}/many_updates")
                page.get_by_test_id("stVegaLiteChart").first.wait_for()
                print(f"a line of {RATE / 1000:.0f} kB/s, {2000 * DELAY:.0f} ms there and back: ", end="")
                print(f"the {visit} visit has its picture after {time.monotonic() - begun:.1f} s", flush=True)
        print(f"a change answers within {asyncio.run(change()):.1f} s")
        ended.set()

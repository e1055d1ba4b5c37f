"""What one change of the learning rate costs the server, beside the yardstick page, in one run.

python -m benchmarks.page
"""

import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from tests.helpers.client import Run, Tab

APP = Path(__file__).parent.parent / "app.py"
YARDSTICK = Path(__file__).parent / "floor.py"  # has no settings beside it: Streamlit's own, but for the collections
CHANGES = 150
ROUNDS = 3
LAB = "http://127.0.0.1:8591"
MANY = f"{LAB}/many_updates"
OTHERS = {
    "home": f"{LAB}/",
    **{page: f"{LAB}/{page}" for page in ("learning_rate", "slope", "one_update", "your_data")},  # Practice has no rate
}
FLOOR = "http://127.0.0.1:8592/"
COMPARING = ("compare", "surface", "network")  # each has a yardstick of its own
LARGEST = urlencode(  # network with as many updates as a lesson would take
    {"network_data": "XOR, AND, OR", "network_samples": 200, "hidden": "6, 6, 6", "rate": 0.1, "updates": 500}
)


@contextmanager
def server(script: Path, url: str) -> Iterator[int]:
    """A Streamlit server of its own on loopback, started where its script is; yields its process id."""
    port = url.split(":")[2].split("/")[0]
    command = [sys.executable, "-m", "streamlit", "run", script.name, "--server.address=127.0.0.1"]
    options = [f"--server.port={port}", "--server.headless=true", "--runner.postScriptGC=false"]
    process = subprocess.Popen(
        [*command, *options], cwd=script.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            if process.poll() is not None:
                raise RuntimeError(f"{script.name} did not start; is port {port} free?")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.1)  # a server does not announce that it is up
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def cpu(process: int) -> float:
    """Seconds of processor time the process has used."""
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def rerun(url: str, process: int) -> tuple[float, float, float]:
    """(processor milliseconds, wall milliseconds, bytes) of a change of the learning rate."""
    async with Tab(url) as tab:
        await tab.run()
        rates = [round(random.uniform(0.0001, 0.09), 4) for _ in range(CHANGES + 10)]
        for rate in rates[:10]:
            await tab.set("rate", rate)
        before = cpu(process)
        runs: list[Run] = [await tab.set("rate", rate) for rate in rates[10:]]
        used = cpu(process) - before
    wrong = {text for run in runs for text in run.exceptions}
    if wrong:
        raise RuntimeError(f"the page failed: {wrong}")
    wall = statistics.median(run.seconds for run in runs)
    return 1000 * used / CHANGES, 1000 * wall, statistics.fmean(run.bytes for run in runs)


async def first_visit(url: str) -> float:
    """Milliseconds until the first visitor's page is complete."""
    async with Tab(url) as tab:
        return 1000 * (await tab.run()).seconds


def main() -> None:
    """Print a table of medians over the rounds."""
    pages = {
        "floor, 20 updates": FLOOR,
        **{f"{n} updates": f"{MANY}?updates={n}" for n in (20, 1000, 10_000)},
        **OTHERS,
        **{f"floor, {page}": f"{FLOOR}?page={page}" for page in COMPARING},
        **{page: f"{LAB}/{page}" for page in COMPARING},
        "largest network": f"{LAB}/network?{LARGEST}",
    }
    with server(APP, MANY) as app, server(YARDSTICK, FLOOR) as floor:
        print(f"first visitor of a fresh server: {asyncio.run(first_visit(MANY)):.0f} ms")
        asyncio.run(first_visit(FLOOR))
        rounds = [
            {name: asyncio.run(rerun(url, floor if url.startswith(FLOOR) else app)) for name, url in pages.items()}
            for _ in range(ROUNDS)
        ]
    print(f"{'':20}{'cpu ms':>8}{'/ floor':>9}{'wall ms':>9}{'kB':>7}")
    for name in pages:
        used = statistics.median(figures[name][0] for figures in rounds)
        beside = f"floor, {name.split()[-1]}"
        beside = beside if beside in pages else "floor, 20 updates"
        ratio = statistics.median(figures[name][0] / figures[beside][0] for figures in rounds)
        wall = statistics.median(figures[name][1] for figures in rounds)
        size = rounds[-1][name][2] / 1000
        print(f"{name:20}{used:8.1f}{ratio:9.2f}{wall:9.1f}{size:7.1f}")


if __name__ == "__main__":
    main()

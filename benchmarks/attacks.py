"""What nobody should do to the lab: each attack goes on until a time and returns what came of it."""

import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.request import urlopen

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from benchmarks.page import LARGEST
from tests.helpers.client import Tab


def port(url: str) -> int:
    """Where the lab listens on the loopback."""
    return int(url.rpartition(":")[2])


Headers = Callable[[int], dict[str, str]]  # that the tab with this number sends


async def expensive(url: str, until: float, headers: Headers = lambda _: {}) -> str:
    """One learner asks for the most that every page has, all pages at once, over and over."""
    links = [
        "learning_rate?inputs=" + "+".join(["1.5"] * 20) + "&weights=" + "+".join(["0.5"] * 20),
        "slope?inputs=" + "+".join(["1.5"] * 20) + "&weights=" + "+".join(["0.5"] * 20),
        "one_update?updates=10000&activation=tanh",
        "many_updates?updates=10000&activation=sigmoid",
        f"network?{LARGEST}",
        "compare?updates=2000&runs=" + ",".join(f"adam+0.{n}1" for n in range(1, 9)),
        "surface?updates=2000&activation=tanh&inputs2=3+1+2&runs=" + ",".join(f"adam+0.{n}1" for n in range(1, 9)),
        "your_data?data=Penguins&updates=10000&activation=tanh&batch=one+of+them&optimiser=Adam",
    ]
    made = 0

    async def again(number: int, link: str) -> None:
        nonlocal made
        chance = random.Random(link)
        async with Tab(f"{url}/{link}", headers(number)) as tab:
            await tab.run()
            while time.monotonic() < until:
                await tab.set("rate", f"{chance.uniform(0.001, 0.02):.9f}")
                made += 1

    await asyncio.gather(*(again(*numbered) for numbered in enumerate(links)))
    return f"{made} of the most expensive changes"


async def in_one_browser(url: str, until: float) -> str:
    """The same with a browser's cookie: one process makes it all."""
    with urlopen(f"{url}/healthz", timeout=10) as answer:  # ends within: nothing else runs yet that could wait for it
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
    return await expensive(url, until, lambda _: {"Cookie": cookie})


async def from_forged_addresses(url: str, until: float) -> str:
    """The same, each tab as if from an address of its own."""
    return await expensive(url, until, lambda number: {"X-Forwarded-For": f"203.0.113.{number}"})


async def with_forged_cookies(url: str, until: float) -> str:
    """The same, each tab with the cookies of a process and a learner that there are not."""
    forged = "LAB_REPLICA=lab{0}; _streamlit_xsrf=2|{0}; _streamlit_user=forged{0}; _streamlit_session=forged{0}"
    return await expensive(url, until, lambda number: {"Cookie": forged.format(number)})


Socket = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def let_go(sockets: list[Socket]) -> int:
    """How many of them the other side has closed; closes them all."""
    ended = 0
    for reader, writer in sockets:
        try:
            async with asyncio.timeout(0.1):
                await reader.read()  # to its end, which only comes if the other side has closed
                ended += 1
        except TimeoutError:
            pass
        except OSError:  # it was closed while it was written to
            ended += 1
        writer.close()
    return ended


async def idle(url: str, until: float) -> str:
    """500 sockets that say nothing."""
    sockets = [await asyncio.open_connection("127.0.0.1", port(url)) for _ in range(500)]
    await asyncio.sleep(max(0.0, until - time.monotonic()))
    return f"500 idle sockets, {await let_go(sockets)} of them let go"


async def slow(url: str, until: float) -> str:
    """100 requests whose headers never end."""
    sockets = [await asyncio.open_connection("127.0.0.1", port(url)) for _ in range(100)]
    for _, writer in sockets:
        writer.write(b"GET / HTTP/1.1\r\nHost: lab\r\n")
    while time.monotonic() < until:
        for _, writer in sockets:
            if not writer.is_closing():
                writer.write(b"X-Slow: 1\r\n")
        await asyncio.sleep(1)
    return f"100 requests that never end, {await let_go(sockets)} of them let go"


async def malformed(url: str, until: float) -> str:
    """Messages that are none, or too large, over sockets of their own; origins that are not ours."""
    sent = closed = 0
    while time.monotonic() < until:
        for message in (b"\xff" * 100, os.urandom(5000), b"", b"\x5a" + os.urandom(500), bytes(12_000_000)):
            sent += 1
            try:
                async with Tab(url) as tab, asyncio.timeout(0.5):
                    await tab.socket.send(message)
                    await tab.socket.recv()
            except TimeoutError:  # no answer
                pass
            except (ConnectionClosed, InvalidHandshake, OSError):
                closed += 1
        with suppress(InvalidHandshake):
            foreign = Tab(url)
            foreign.origin = "http://elsewhere.example"
            async with foreign:
                return "a foreign origin was let in"
        await asyncio.sleep(0.2)
    return f"{sent} malformed messages, {closed} connections closed for it, and foreign origins refused"


async def requests(url: str, until: float) -> str:
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
            reader, writer = await asyncio.open_connection("127.0.0.1", port(url))
            head = f"{line} HTTP/1.1\r\nHost: {url[7:]}\r\nOrigin: http://elsewhere.example\r\nConnection: close"
            forged = "LAB_REPLICA=lab9; _streamlit_xsrf=2|forged; _streamlit_user=forged"
            with suppress(OSError):
                writer.write(f"{head}\r\nCookie: {forged}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
                answer = await reader.read(12)
                statuses.setdefault(name, set()).add(answer[9:12].decode())
            writer.close()
        await asyncio.sleep(0.1)
    return ", ".join(f"{name} {'/'.join(sorted(found))}" for name, found in statuses.items())


ATTACKS: dict[str, Callable[[str, float], Awaitable[str]]] = {
    "the most expensive of every page": expensive,
    "the same in one browser": in_one_browser,
    "the same from forged addresses": from_forged_addresses,
    "the same with forged cookies": with_forged_cookies,
    "idle sockets": idle,
    "slow headers": slow,
    "malformed messages": malformed,
    "requests": requests,
}

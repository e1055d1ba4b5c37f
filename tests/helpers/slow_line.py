"""A line like a slow phone's before a server: all that goes over it is late, and goes at so many bytes a second."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

DELAY, RATE = 0.15, 50_000  # seconds one way, bytes a second each way


@asynccontextmanager
async def slow_line(url: str) -> AsyncIterator[str]:
    """The server's address over the line; all connections share it."""
    free = {"to": 0.0, "from": 0.0}  # when the line can take more, each way
    connections = []

    async def carry(way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        with suppress(OSError):
            while data := await reader.read(4096):
                free[way] = max(free[way], loop.time()) + len(data) / RATE
                await asyncio.sleep(free[way] - loop.time())
                loop.call_later(DELAY, writer.write, data)
        await asyncio.sleep(DELAY)
        writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(asyncio.current_task())
        back, on = await asyncio.open_connection(urlsplit(url).hostname, urlsplit(url).port)
        await asyncio.gather(carry("to", reader, on), carry("from", back, writer))

    line = await asyncio.start_server(connect, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{line.sockets[0].getsockname()[1]}"
    line.close()
    await asyncio.gather(*filter(None, connections))

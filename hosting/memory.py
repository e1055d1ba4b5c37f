"""Free memory goes back to the system: what uploads and long runs have used does not stay with the process.

glibc keeps a heap for every few threads, and what was freed in the middle of each. Streamlit makes a thread for every
run of a page, so a process that has read some hundred tables would stay far larger than it need be.
"""

import asyncio
import contextlib
import ctypes
import os
import sys
from collections.abc import AsyncIterator

EVERY = 60.0  # seconds
ARENA_MAX = -8  # M_ARENA_MAX of malloc.h


def resident(process: int | str = "self") -> float:
    """MB that a process has in memory; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    with open(f"/proc/{process}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextlib.asynccontextmanager
async def trim_memory() -> AsyncIterator[None]:
    """Keep to one heap, and every minute give back what is free in it. Does nothing where there is no glibc."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    if libc is None or not hasattr(libc, "malloc_trim"):
        yield
        return
    libc.mallopt(ARENA_MAX, 1)

    async def trim() -> None:
        while True:
            await asyncio.sleep(EVERY)
            await asyncio.to_thread(libc.malloc_trim, 0)

    trimming = asyncio.create_task(trim())
    try:
        yield
    finally:
        trimming.cancel()

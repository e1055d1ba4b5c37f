"""The server. `streamlit run app.py` starts it; the pages themselves are in `pages/`."""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from hosting import headers, logs, memory, metrics, room, sessions
from pages.lessons import PAGES

# Learners share the processors: one thread for each is quicker for all of them, and for sums this small alone too.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read once, when numpy is first imported
# Who may show the lab in a frame: origins with spaces between them, such as "'self' https://course.example".
FRAME_ANCESTORS = os.environ.get("FRAME_ANCESTORS", "'self'")
# A class of 200 on two processes fits into one of them while the other is replaced; a container has 1,000 MB.
MOST_LEARNERS, MOST_MEMORY = int(os.environ.get("MOST_LEARNERS", 250)), int(os.environ.get("MOST_MEMORY", 800))


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Do once, before the first visitor, what is slow: import all that the pages use, and build their charts.

    Freezing keeps the garbage collector from walking all of it again and again.
    """
    from pages.shared import history_chart, theme  # not before the setting above: numpy comes with it

    for page in PAGES:
        page.load()
    for build in theme.BUILT_ONCE:
        build()
    history_chart.panels(3)  # one for each number of inputs: this is the lesson's
    gc.collect()
    gc.freeze()
    async with memory.trim_memory():
        yield


async def healthy(_: Request) -> PlainTextResponse:
    """Say that the server is there; nobody is answered before it is warm."""
    return PlainTextResponse("ok")


# An upload, of 2 MB at most, stays in memory: a full disk stops nobody, and no learner's table lies on one.
MultiPartParser.spool_max_size = 3_000_000
routes = [Route("/healthz", healthy)]
if os.environ.get("METRICS") == "1":
    routes.append(Route("/metrics", metrics.answer))

logs.begin()
sessions.begin()
app = st.App(
    "pages/index.py",
    lifespan=warm,
    routes=routes,
    middleware=[
        Middleware(headers.Headers, frame_ancestors=FRAME_ANCESTORS),
        Middleware(room.Room, most=MOST_LEARNERS, most_memory=MOST_MEMORY),
    ],
    on_script_error=logs.show_error_id,
)

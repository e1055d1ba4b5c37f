"""The server. `streamlit run app.py` starts it; the pages themselves are in `pages/`."""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit import net_util

from hosting import headers, logs, memory, sessions
from pages.lessons import PAGES

# Learners share the processors: one thread for each is quicker for all of them, and for sums this small alone too.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read once, when numpy is first imported
# Who may show the lab in a frame: origins with spaces between them, such as "'self' https://course.example".
FRAME_ANCESTORS = os.environ.get("FRAME_ANCESTORS", "'self'")


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


logs.begin()
sessions.begin()
# Else a connection from another site's page has Streamlit ask the internet for its own address, and everybody waits:
# for seconds where nothing is let out.
net_util._external_ip = ""
app = st.App(
    "pages/index.py",
    lifespan=warm,
    routes=[Route("/healthz", healthy)],
    middleware=[Middleware(headers.Headers, frame_ancestors=FRAME_ANCESTORS)],
    on_script_error=logs.show_error_id,
)

"""The server. `streamlit run app.py` starts it; the pages themselves are in `pages/`."""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

# Learners share the processors: one thread for each is quicker for all of them, and for sums this small alone too.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read once, when numpy is first imported


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Do once, before the first visitor, what is slow: import and build what every page shares.

    Freezing keeps the garbage collector from walking all of it again and again.
    """
    from pages.parts import charts

    charts.warm()
    gc.collect()
    gc.freeze()
    yield


app = st.App("pages/index.py", lifespan=warm)

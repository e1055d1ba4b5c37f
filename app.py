"""The server. `streamlit run app.py` starts it; the pages themselves are in `pages/`."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st


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

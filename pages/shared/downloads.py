"""Buttons that give a file to take home, made only when it is asked for."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from hosting import queue
from pages.shared import fields, handout
from pages.shared.export import Program


def button(label: str, make: Callable[[], str | bytes], name: str, kind: str, *, ready: bool = True) -> None:
    """A button for the file `name` of a MIME type `kind`; `make` makes it, in its turn of the queue."""
    file, key, icon = queue.in_turn(make), f"download {label}", ":material/download:"
    st.download_button(label, file, name, kind, key=key, on_click="ignore", disabled=not ready, icon=icon)


def programs(make: Callable[[], Program]) -> None:
    """Buttons that give a run as a script and as a notebook."""
    button("Script", lambda: make().script(), "gradient_descent.py", "text/x-python")
    button("Notebook", lambda: make().notebook(), "gradient_descent.ipynb", "application/x-ipynb+json")


def share(title: str, spec: dict[str, Any], message: str, more: Callable[[], None] = lambda: None) -> None:
    """The link of a page, its picture to keep with what is said of it, and what `more` offers; drawn once opened."""
    with st.popover("Share or download", icon=":material/ios_share:", key="share", on_change="rerun") as popover:
        if popover.open:
            fields.show_link("run")
            picture(title, spec, message)
            more()


def picture(title: str, spec: dict[str, Any], message: str) -> None:
    """A button that gives a picture to keep, with what is said of it."""
    st.markdown("This picture works without the internet:")
    make, name = partial(handout.page, title, spec, message, fields.link()), f"{title.lower().replace(' ', '_')}.html"
    button("Interactive picture", make, name, "text/html")


def table(make: Callable[[], str], name: str) -> None:
    """A button for every number, as CSV."""
    st.markdown("This table has every update at full precision:")
    button("Download as CSV", make, name, "text/csv")

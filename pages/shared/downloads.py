"""Buttons that give a file to take home, made only when it is asked for."""

from collections.abc import Callable

import streamlit as st

from hosting import queue
from pages.shared.export import Program


def button(label: str, make: Callable[[], str | bytes], name: str, kind: str, *, ready: bool = True) -> None:
    """A button for the file `name` of a MIME type `kind`; `make` makes it, in its turn of the queue."""
    file, key, icon = queue.in_turn(make), f"download {label}", ":material/download:"
    st.download_button(label, file, name, kind, key=key, on_click="ignore", disabled=not ready, icon=icon)


def programs(make: Callable[[], Program]) -> None:
    """Buttons that give a run as a script and as a notebook."""
    button("Script", lambda: make().script(), "gradient_descent.py", "text/x-python")
    button("Notebook", lambda: make().notebook(), "gradient_descent.ipynb", "application/x-ipynb+json")

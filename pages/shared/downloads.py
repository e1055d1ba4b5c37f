"""Buttons that give a file to take home, made only when it is asked for."""

from collections.abc import Callable

import streamlit as st

from hosting import queue


def button(label: str, make: Callable[[], str | bytes], name: str, kind: str, *, ready: bool = True) -> None:
    """A button for the file `name` of a MIME type `kind`; `make` makes it, in its turn of the queue."""
    st.download_button(
        label,
        queue.in_turn(make),
        name,
        kind,
        key=f"download {label}",
        on_click="ignore",
        disabled=not ready,
        icon=":material/download:",
    )

"""Buttons that give a file to take home, made only when it is asked for."""

from collections.abc import Callable

import streamlit as st

from pages.parts import turns


def button(label: str, made: Callable[[], str | bytes], name: str, kind: str, *, ready: bool = True) -> None:
    """A button for the file `name` of a `kind`; `made` makes it, when it is the learner's turn."""
    st.download_button(
        label,
        turns.within(made),
        name,
        kind,
        key=f"download {label}",
        on_click="ignore",
        disabled=not ready,
        icon=":material/download:",
    )

"""A text that lies in the learner's browser: it outlives a reload, a closed tab and the server."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v1 import declare_component

FORBIDDEN = "This browser keeps nothing for this site. What you answer is gone when you reload or close the page."


@cache
def _frame() -> Callable[..., Any]:
    """A frame without height; its script is a file, as our Content-Security-Policy wants it."""
    return declare_component("in_browser", Path(__file__).parent / "in_browser")


def keep(item: str, text: str | None, take: Callable[[str], None]) -> None:
    """Have the browser keep a text as `item`, nothing if it is empty. Draw it last, for it takes a line's gap.

    With None it is asked for what it holds. `take` gets what it holds, then and when another tab has written there.
    Where the browser keeps nothing, a sentence says so.
    """
    key, state = f"in browser {item}", st.session_state
    if state.get("storage forbidden"):
        st.caption(FORBIDDEN)
        return
    _frame()(
        item=f"gradient_descent_lab {item}",
        text=text,
        cleared=state.get(f"{key} cleared", 0),
        answers=state.get(f"{key} answers", 0),  # so that it looks again after each
        height=0,
        tab_index=-1,
        key=key,
        on_change=partial(_take, key, take),
    )


def clear(item: str) -> None:
    """Have the next text written, whatever another tab has written there."""
    _count(f"in browser {item} cleared")


def _take(key: str, take: Callable[[str], None]) -> None:
    said = st.session_state[key]
    held = said.get("held") if isinstance(said, dict) else None
    _count(f"{key} answers")
    if isinstance(held, str):
        take(held)
    else:
        st.session_state["storage forbidden"] = True


def _count(key: str) -> None:
    st.session_state[key] = st.session_state.get(key, 0) + 1

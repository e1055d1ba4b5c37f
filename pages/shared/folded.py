"""A part of a page that is drawn only where somebody looks at it."""

from collections.abc import Callable

import streamlit as st


def folded(label: str, key: str, draw: Callable[[], None], icon: str | None = None) -> None:
    """Draw a part of the page once it is unfolded."""
    with st.expander(label, key=key, icon=icon, on_change="rerun") as part:
        if part.open:
            draw()

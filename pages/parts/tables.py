"""Tables of a history on the screen."""

from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts.words import TOO_LARGE

EAGER = 1000  # rows sent at once; longer tables are sent as they are scrolled to


def show(frame: pd.DataFrame, key: str, alt: str) -> None:
    """A table with a row an update, in six significant digits; nothing is left out of it."""
    st.dataframe(
        frame,
        key=key,
        alt=alt,
        height=310,
        column_config=_columns(tuple(frame.columns)),
        placeholder=TOO_LARGE,
        lazy=len(frame) > EAGER,
    )


@cache
def _columns(names: tuple[str, ...]) -> dict[str, Any]:
    return {name: st.column_config.NumberColumn(name.replace("_", " "), format="%.6g") for name in names}

"""Tables of a history on the screen."""

from functools import lru_cache, partial
from typing import Any, Literal

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared.history_frame import cell
from pages.shared.numbers import TOO_LARGE, number

LARGEST = 2**53  # beyond it the browser's column of numbers shows an error in their place
EAGER = 1000  # rows sent at once; longer tables are sent as they are scrolled to


def show(
    frame: pd.DataFrame,
    key: str,
    alt: str,
    height: int | Literal["content"] = 310,
    labels: tuple[str, ...] | None = None,
) -> None:
    """A table in six significant digits; nothing is left out of it. `labels` are other heads for its columns.

    The browser makes a file of it, so that no name may be a formula.
    """
    text = bool((np.abs(frame.to_numpy()) > LARGEST).any())
    frame = frame.map(partial(number, digits=6)) if text else frame
    if frame.index.dtype == "str":
        frame = frame.rename(cell)
    columns, lazy = _columns(tuple(frame.columns), labels, text=text), len(frame) > EAGER
    st.dataframe(frame, key=key, alt=alt, height=height, column_config=columns, placeholder=TOO_LARGE, lazy=lazy)


def words(frame: pd.DataFrame, key: str, alt: str) -> None:
    """A table of texts, all of it in sight; none is a formula in the file that the browser makes of it."""
    names = {"name": st.column_config.TextColumn(width="medium")}  # by itself too narrow for most
    st.dataframe(frame.map(cell), key=key, alt=alt, height="content", hide_index=True, column_config=names)


@lru_cache(maxsize=64)
def _columns(names: tuple[str, ...], labels: tuple[str, ...] | None, *, text: bool) -> dict[str, Any]:
    heads = zip(names, map(cell, labels or [name.replace("_", " ") for name in names]), strict=True)
    if text:
        return {name: st.column_config.TextColumn(head, alignment="right") for name, head in heads}
    return {name: st.column_config.NumberColumn(head, format="%.6g") for name, head in heads}

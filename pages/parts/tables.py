"""Tables of a history on the screen."""

from functools import cache
from typing import Any, Literal

import numpy as np
import pandas as pd
import streamlit as st

from pages.parts.numbers import TOO_LARGE, number

LARGEST = 2**53  # beyond it the browser's column of numbers shows an error in their place
# Short enough that the product stays in sight on a phone; the formula beside the table has the whole names.
LABELS = {"slope_of_loss": "2 × error", "slope_of_activation": "activation"}
EAGER = 1000  # rows sent at once; longer tables are sent as they are scrolled to


def show(frame: pd.DataFrame, key: str, alt: str, height: int | Literal["content"] = 310) -> None:
    """A table in six significant digits; nothing is left out of it."""
    numbers = frame.to_numpy()
    text = bool((np.abs(numbers) > LARGEST).any())
    if text:
        cells = np.full(numbers.shape, TOO_LARGE, dtype=object)
        held = np.isfinite(numbers)
        cells[held] = [number(value) for value in numbers[held].tolist()]
        frame = pd.DataFrame(cells, frame.index, frame.columns)
    st.dataframe(
        frame,
        key=key,
        alt=alt,
        height=height,
        column_config=_columns(tuple(frame.columns), text=text),
        placeholder=TOO_LARGE,
        lazy=len(frame) > EAGER,
    )


def words(frame: pd.DataFrame, key: str, alt: str) -> None:
    """A table of texts, all of it in sight."""
    st.dataframe(frame, key=key, alt=alt, height="content", hide_index=True)


@cache
def _columns(names: tuple[str, ...], *, text: bool) -> dict[str, Any]:
    labels = {name: LABELS.get(name, name.replace("_", " ")) for name in names}
    if text:
        return {name: st.column_config.TextColumn(label, alignment="right") for name, label in labels.items()}
    return {name: st.column_config.NumberColumn(label, format="%.6g") for name, label in labels.items()}

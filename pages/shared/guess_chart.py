"""An answer beside the truth, on a line of numbers."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from pages.shared import theme


def chart(truth: float, answer: float) -> dict[str, Any]:
    """The truth above the line, the answer below it."""
    return {**line(), "datasets": {"guess": pd.DataFrame({"truth": [truth], "answer": [answer]})}}


@cache
def line() -> dict[str, Any]:
    """Both points on one axis."""
    guess = alt.Chart(alt.NamedData("guess"))
    axis = alt.Axis(grid=False, title=None, format=theme.DIGITS, tickCount=5, labelFlush=True)
    scale = alt.Scale(padding=60, nice=False, zero=False)
    layers = []
    for field, name, dy, shape in (("truth", "truth", -16, "circle"), ("answer", "your answer", 18, "diamond")):
        point = guess.encode(x=alt.X(f"{field}:Q", axis=axis, scale=scale), color=theme.PRIMARY)
        layers += [
            point.mark_point(shape=shape, filled=field == "truth", strokeWidth=3, size=120, opacity=1, y=24),
            point.mark_text(text=name, y=24 + dy, fontSize=12, fontWeight="bold"),
        ]
    return theme.finish(alt.layer(*layers).properties(height=110))

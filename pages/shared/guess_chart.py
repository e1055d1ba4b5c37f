"""An answer beside the truth, on a line of numbers."""

from typing import Any

import altair as alt
import pandas as pd

from pages.shared import theme


def chart(truth: float, answer: float) -> dict[str, Any]:
    """The truth above the line, the answer below it."""
    return theme.fill(_line(), {"guess": pd.DataFrame({"truth": [truth], "answer": [answer]})})


@theme.built_once
def _line() -> dict[str, Any]:
    axis = alt.Axis(grid=False, title=None, labelExpr=theme.NUMBER, tickCount=5, labelFlush=True)
    scale = alt.Scale(padding=60, nice=False, zero=False)
    layers = []
    for field, name, shape, y in (("truth", "truth", "circle", 8), ("answer", "your answer", "diamond", 42)):
        x = alt.X(f"{field}:Q", axis=axis, scale=scale)
        point = alt.Chart(alt.NamedData("guess")).encode(x=x, color=theme.PRIMARY)
        layers.append(point.mark_point(shape=shape, filled=field == "truth", strokeWidth=3, size=120, opacity=1, y=24))
        layers.append(point.mark_text(text=name, y=y, fontSize=12, fontWeight="bold"))
    return theme.finish(alt.layer(*layers).properties(height=110))

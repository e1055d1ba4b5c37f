"""A history to be read, or the learner's beside the right one."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from pages.shared import theme
from pages.shared.quiz import givens


def chart(curves: pd.DataFrame) -> dict[str, Any]:
    """The curves of `givens.curves`."""
    several = bool((curves["curve"] == givens.YOURS).any())
    return theme.fill(panel(several=several), {"curves": curves}, theme.LOG_SWITCH)


@cache
def panel(*, several: bool) -> dict[str, Any]:
    """Lines that differ in dashes, points and colour, with a legend where there are several."""
    curves, y = theme.errors(alt.Chart(alt.NamedData("curves")))
    legend = alt.Legend(orient="bottom", title=None, symbolStrokeWidth=2) if several else None
    names = [givens.RIGHT, givens.YOURS] if several else [givens.HISTORY]
    colour = alt.Color("curve:N", legend=legend, scale=alt.Scale(domain=names))
    shape = alt.Shape("curve:N", legend=legend, scale=alt.Scale(domain=names))
    dash = alt.StrokeDash("curve:N", legend=legend, scale=alt.Scale(domain=names, range=[[1, 0], [6, 4]]))
    x = theme.x("update", "Update", tickMinStep=1)
    said = theme.tooltip({"update": "update", "mse": "mse"})
    points = curves.mark_point(filled=True, size=70, opacity=1, tooltip=said)
    return theme.finish(
        alt.layer(
            curves.mark_line().encode(x=x, y=y, color=colour, strokeDash=dash),
            points.encode(x="update:Q", y="height:Q", color=colour, shape=shape),
        ).properties(height=240)
    )

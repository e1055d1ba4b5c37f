"""A history to be read, or the learner's beside the right one."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from pages.parts import drills
from pages.parts.charts import look


def chart(curves: pd.DataFrame, *, log: bool) -> dict[str, Any]:
    """The curves of `drills.curves`; `log` says how the axis begins."""
    several = bool((curves["who"] == drills.YOURS).any())
    switch = {"name": "log", "value": log, "bind": {"input": "checkbox", "name": "Log axis "}}
    return {**panel(several=several), "params": [switch], "datasets": {"curves": curves}}


@cache
def panel(*, several: bool) -> dict[str, Any]:
    """Lines told apart by their dashes and points as well as by colour, with a legend where there are several."""
    curves = (
        alt.Chart(alt.NamedData("curves"))
        .transform_filter("!log || datum.mse > 0")
        .transform_calculate(height="log ? log(datum.mse) / LN10 : datum.mse")
    )
    legend = alt.Legend(orient="bottom", title=None, symbolStrokeWidth=2) if several else None
    names = [drills.RIGHT, drills.YOURS] if several else [drills.HISTORY]
    who = {
        "color": alt.Color("who:N", legend=legend, scale=alt.Scale(domain=names)),
        "shape": alt.Shape("who:N", legend=legend, scale=alt.Scale(domain=names)),
    }
    y = look.y("height", "Mean squared error", labelExpr="log ? format(pow(10, datum.value), '.3~g') : datum.label")
    tooltip = [alt.Tooltip("who:N", title="whose"), alt.Tooltip("update:Q"), alt.Tooltip("mse:Q", format=look.DIGITS)]
    x = look.x("update", "Iterations", tickMinStep=1, format=",~r")
    dashes = alt.StrokeDash("who:N", legend=None, scale=alt.Scale(domain=names, range=[[1, 0], [6, 4]]))
    return look.finish(
        alt.layer(
            curves.mark_line().encode(x=x, y=y, color=who["color"], strokeDash=dashes),
            curves.mark_point(filled=True, size=70, opacity=1).encode(
                x="update:Q", y="height:Q", tooltip=tooltip, **who
            ),
        ).properties(height=240)
    )

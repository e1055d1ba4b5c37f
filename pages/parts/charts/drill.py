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
    return {**panel(several=several), "params": [look.log_switch(log)], "datasets": {"curves": curves}}


@cache
def panel(*, several: bool) -> dict[str, Any]:
    """Lines told apart by their dashes and points as well as by colour, with a legend where there are several."""
    curves, y = look.errors(alt.Chart(alt.NamedData("curves")))
    legend = alt.Legend(orient="bottom", title=None, symbolStrokeWidth=2) if several else None
    names = [drills.RIGHT, drills.YOURS] if several else [drills.HISTORY]
    who = {
        "color": alt.Color("who:N", legend=legend, scale=alt.Scale(domain=names)),
        "shape": alt.Shape("who:N", legend=legend, scale=alt.Scale(domain=names)),
    }
    tooltip = [alt.Tooltip("who:N", title="whose"), alt.Tooltip("update:Q"), alt.Tooltip("mse:Q", format=look.DIGITS)]
    x = look.x("update", "Iterations", tickMinStep=1, format=",~r")
    dashes = alt.StrokeDash("who:N", legend=legend, scale=alt.Scale(domain=names, range=[[1, 0], [6, 4]]))
    return look.finish(
        alt.layer(
            curves.mark_line().encode(x=x, y=y, color=who["color"], strokeDash=dashes),
            curves.mark_point(filled=True, size=70, opacity=1).encode(
                x="update:Q", y="height:Q", tooltip=tooltip, **who
            ),
        ).properties(height=240)
    )

"""How charts tell runs apart, and the row of numbers each run has beneath a chart."""

from typing import Any

import altair as alt
import pandas as pd
from altair.typing import ChartType

from pages.shared import theme

# Runs that are compared: number 0 is the sidebar's. Colour, mark and dashes each tell them apart on their own.
RUNS = [*range(9)]
SHAPES = [
    "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right",
    "M0,-1L0.3,-0.3L1,0L0.3,0.3L0,1L-0.3,0.3L-1,0L-0.3,-0.3Z", "triangle-left",
]  # fmt: skip
DASHES = [[1, 0], [8, 3], [3, 3], [8, 3, 2, 3], [1, 2], [12, 4], [6, 2, 2, 2, 2, 2], [4, 6], [10, 2, 4, 2]]
COLOUR = alt.Color("run:N").scale(domain=RUNS).legend(None)
SHAPE = alt.Shape("run:N").scale(domain=RUNS, range=SHAPES).legend(None)
DASH = alt.StrokeDash("run:N").scale(domain=RUNS, range=DASHES).legend(None)
Column = tuple[str, str | alt.ExprRef, theme.Place]  # as in `theme.columns`


def scrub(drawn: pd.DataFrame) -> dict[str, Any]:
    """The scrub bar of what `run_list.at_stops` gives, as a parameter; it begins at the last update."""
    stride, last = int(drawn["stop"].iloc[1]), int(drawn["stop"].iloc[-1])
    return theme.scrub(last, last, stride)


def with_rows(picture: ChartType, spacing: int, name: str, *columns: Column, longest: int = 26) -> dict[str, Any]:
    """The spec of a picture and, beneath it, a row for each run at the scrub bar: mark, label, `theme.columns`.

    Their numbers are in the dataset with this `name`, and the labels, cut to the `longest` in characters, in "runs".
    """
    names = alt.LookupData(alt.NamedData("runs"), "run", ["name"])
    at = alt.Chart(alt.NamedData(name)).transform_filter(theme.AT_SCRUB).transform_lookup("run", names)
    row, first = at.encode(y=alt.Y("run:O").axis(None)), at.transform_filter("datum.run == 0")
    label = f"length(datum.name) > {longest} ? slice(datum.name, 0, {longest - 1}) + '…' : datum.name"
    update = "'Update ' + " + theme.whole("datum.update")
    rows = alt.layer(
        theme.message(first, update, x=0, y=-12, fontWeight="bold"),
        row.mark_point(filled=True, size=90, opacity=1, x=8).encode(color=COLOUR, shape=SHAPE),
        theme.message(row, f"datum.run + ': ' + ({label})", x=22),
        *theme.columns(first, row, *columns, aria=True),
    )
    whole = alt.vconcat(picture, rows.properties(height=alt.Step(20)), spacing=spacing)
    return theme.finish(whole.resolve_scale(color="shared", shape="shared", strokeDash="independent"))

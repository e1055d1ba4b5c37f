"""How charts tell runs apart, and the row of numbers each run has beneath a chart."""

from typing import Any

import altair as alt
import pandas as pd

from pages.shared import theme

AT_SCRUB = "datum.stop == scrub"
# Runs that are compared: number 0 is the sidebar's. Colour, mark and dashes each tell them apart on their own.
RUNS = [*range(9)]
COLOUR = alt.Color("run:N").scale(domain=RUNS).legend(None)
SHAPE = (
    alt.Shape("run:N")
    .scale(
        domain=RUNS,
        range=[
            "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right",
            "M0,-1L0.3,-0.3L1,0L0.3,0.3L0,1L-0.3,0.3L-1,0L-0.3,-0.3Z", "triangle-left",
        ],
    )
    .legend(None)
)  # fmt: skip
DASH = (
    alt.StrokeDash("run:N")
    .scale(
        domain=RUNS,
        range=[[1, 0], [8, 3], [3, 3], [8, 3, 2, 3], [1, 2], [12, 4], [6, 2, 2, 2, 2, 2], [4, 6], [10, 2, 4, 2]],
    )
    .legend(None)
)


def scrub(drawn: pd.DataFrame) -> dict[str, Any]:
    """The scrub bar of what `run_list.at_stops` gives, as a parameter; it begins at the last update."""
    stride, last = int(drawn["stop"].iloc[1]), int(drawn["stop"].iloc[-1])
    bar = {"input": "range", "min": 0, "max": last, "step": stride, "name": "Update "}
    return {"name": "scrub", "value": last, "bind": bar}


def rows(
    name: str, *columns: tuple[str, str | alt.ExprRef, int], digits: str = theme.DIGITS, longest: int = 26
) -> alt.LayerChart | alt.FacetChart:
    """A row for each run at the scrub bar, from the dataset with this name: run, label and (field, title, place).

    A place is where a column ends, in pixels. The dataset "runs" names the runs.
    """
    at = (
        alt.Chart(alt.NamedData(name))
        .transform_filter(AT_SCRUB)
        .transform_lookup("run", alt.LookupData(alt.NamedData("runs"), "run", ["name"]))
        .transform_calculate(
            message=f"datum.run + ': ' + (length(datum.name) > {longest} ? slice(datum.name, 0, {longest - 1}) + '…'"
            " : datum.name)",
            update_message="'Update ' + " + theme.written("update", ","),
        )
    )
    row = at.encode(y=alt.Y("run:O").axis(None))
    first = at.transform_filter("datum.run == 0")
    return alt.layer(
        first.mark_text(align="left", x=0, y=-12, fontSize=13, fontWeight="bold", aria=True).encode(
            text="update_message:N", description="update_message:N", color=theme.INK
        ),
        row.mark_point(filled=True, size=90, opacity=1, x=8).encode(color=COLOUR, shape=SHAPE),
        row.mark_text(align="left", x=22, fontSize=13, aria=True).encode(
            text="message:N", description="message:N", color=theme.INK
        ),
        *(
            first.mark_text(align="right", x=place, y=-12, text=title, fontSize=12).encode(color=theme.INK)
            for _, title, place in columns
        ),
        *(
            row.transform_calculate(value=theme.written(field, digits))
            .mark_text(align="right", x=place, fontSize=13, aria=True)
            .encode(text="value:N", description="value:N", color=theme.INK)
            for field, _, place in columns
        ),
    ).properties(height=alt.Step(20))

"""A whole run: the mean squared error, the weights, the slopes and the numbers, under one scrub bar."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from pages.shared import history_frame, theme
from pages.shared.theme import AT_SCRUB

NAMED = 7  # more curves than this would pile their numbers up; the rows below name them all
COLOUR = alt.Color("number:N").legend(None)
SHAPE = alt.Shape("number:N").legend(None)
CURVES = {
    "name": "curves",
    "value": "weight",
    "bind": {"input": "radio", "options": ["weight", "slope"], "labels": ["Weights", "Slopes"], "name": "Curves "},
}


def chart(drawn: pd.DataFrame, stride: int, log: bool) -> dict[str, Any]:
    """The run under a scrub bar, from what `history_frame.drawn` gives; `log` says how the axis begins."""
    spec = panels(history_frame.inputs_of(drawn))
    return theme.fill(spec, {"history": drawn}, scrub(drawn, stride, begins=0), theme.log_switch(log), CURVES)


def glance(drawn: pd.DataFrame, stride: int, log: bool) -> dict[str, Any]:
    """The mean squared error alone; takes what `chart` takes."""
    return theme.fill(_error_alone(), {"history": drawn}, scrub(drawn, stride, begins=0), theme.log_switch(log))


def scrub(drawn: pd.DataFrame, stride: int, begins: int) -> dict[str, Any]:
    """The scrub bar of what `history_frame.drawn` gives, as a parameter."""
    return theme.bar("scrub", "Update", begins, (0, int(drawn["stop"].iloc[-1])), stride)


@cache
def panels(inputs: int) -> dict[str, Any]:
    """The mean squared error, the weights or slopes, and the numbers of the update under the scrub bar."""
    # What costs the browser time is left out: only the error answers to hovering, only the line of numbers is read out.
    update = alt.Chart(alt.NamedData("history"))
    weight = by_weight(update, inputs)
    columns = [("weight", "weight", 130), ("slope", "slope", 230)]
    numbers = rows(update.transform_filter(AT_SCRUB), weight.transform_filter(AT_SCRUB), "number", columns)
    panels = alt.vconcat(
        error_panel(update, 150, "prediction", "error"),
        weights_panel(update, weight, named=inputs <= NAMED),
        alt.layer(_line(update, top=-34), *numbers).properties(height=alt.Step(20)),
        spacing=34,
    )
    return theme.finish(panels.resolve_scale(color="shared", shape="shared"))


@theme.built_once
def _error_alone() -> dict[str, Any]:
    update = alt.Chart(alt.NamedData("history"))
    return theme.finish(alt.vconcat(error_panel(update, 150, "prediction", "error"), _line(update), spacing=34))


def by_weight(update: alt.Chart, inputs: int) -> alt.Chart:
    """A row for each weight of each update: its number, its weight and its slope."""
    return (
        update.transform_fold([f"weight_{i}" for i in range(1, inputs + 1)], as_=["name", "weight"])
        .transform_calculate(number="toNumber(replace(datum.name, 'weight_', ''))")
        .transform_calculate(slope="datum['slope_' + datum.number]")
    )


def error_panel(
    update: alt.Chart, height: int, *more: str, behind: Sequence[alt.Chart] = ()
) -> alt.LayerChart | alt.FacetChart:
    """The mean squared error on the axis of `theme.errors`, over layers `behind` it; hovering says `more` fields."""
    drawn, y = theme.errors(update)
    point = drawn.encode(x="update:Q", y="height:Q", color=theme.PRIMARY)
    return alt.layer(
        *behind,
        point.mark_line().encode(x=theme.x("update", None), y=y),
        theme.rule(point, height),
        point.mark_point(filled=True, size=90, opacity=1).transform_filter(AT_SCRUB),
        theme.hover(point, "update", "mse", *more),
    ).properties(height=height)


def weights_panel(update: alt.Chart, weight: alt.Chart, *, named: bool) -> alt.LayerChart | alt.FacetChart:
    """A curve for each weight, or for its slope, `named` by its number at the scrub bar."""
    point = weight.transform_calculate(height="datum[curves]").encode(x="update:Q", y="height:Q", color=COLOUR)
    at = point.transform_filter(AT_SCRUB)
    x = theme.x("update", "Iterations", tickMinStep=1, format=",~r")
    first, title = update.transform_filter("datum.stop == 0"), "curves == 'weight' ? 'Weights' : 'Slopes'"
    return alt.layer(
        point.mark_line().encode(x=x, y=theme.y("height", "")),
        theme.rule(update.encode(x="update:Q"), 120),
        theme.message(first, title, aria=False, baseline="top", x=0, y=-31, fontSize=14),
        at.mark_point(filled=True, size=90, opacity=1).encode(shape=SHAPE),
        *([at.mark_text(dx=10, dy=-8, fontWeight="bold").encode(text="number:N")] if named else []),
    ).properties(height=120)


def rows(update: alt.Chart, weight: alt.Chart, label: str, columns: list[tuple[str, str, int]]) -> list[alt.Chart]:
    """A row for each weight at the scrub bar: its mark, the field `label` and `theme.columns`."""
    row = weight.encode(y=alt.Y("number:O").axis(None))
    return [
        row.mark_point(filled=True, size=90, opacity=1, x=8).encode(color=COLOUR, shape=SHAPE),
        theme.message(row, f"datum.{label}", aria=False, x=22),
        *theme.columns(update, row, *columns, aria=False),
    ]


def _line(update: alt.Chart, top: int = 0) -> alt.LayerChart | alt.FacetChart:
    """The update under the scrub bar in a line of numbers."""
    number, error, mse = theme.written("update", ","), theme.written("error"), theme.written("mse")
    text = f"'Update ' + {number} + ':  error ' + {error} + ',  mean squared error ' + {mse}"
    return theme.lines(update.transform_filter(AT_SCRUB), text, top=top)

"""A whole run: the mean squared error, the weights, the slopes and the numbers, under one scrub bar."""

import json
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
DASH = alt.StrokeDash("number:N").legend(None)
# The rows of numbers: how many before and after that of the scrub bar; pixels down, at their left, and at least across.
NEAR, DOWN, LEFT, ACROSS = 2, 20, 60, 95
CURVES = {
    "name": "curves",
    "value": "weight",
    "bind": {
        "input": "radio",
        "options": ["weight", "slope"],
        "labels": ["Weight curves", "Slope curves"],
        "name": "Show ",
    },
}


def chart(drawn: pd.DataFrame, stride: int) -> dict[str, Any]:
    """The run under a scrub bar, from what `history_frame.drawn` gives."""
    spec = panels(history_frame.inputs_of(drawn))
    controls = scrub(drawn, stride, begins=0), theme.LOG_SWITCH, CURVES
    return theme.fill(spec, {"history": drawn}, *controls, stride=stride, last=int(drawn["stop"].iloc[-1]))


def glance(drawn: pd.DataFrame, stride: int) -> dict[str, Any]:
    """The mean squared error alone; takes what `chart` takes."""
    return theme.fill(_error_alone(), {"history": drawn.iloc[:, :5]}, scrub(drawn, stride, begins=0), theme.LOG_SWITCH)


def scrub(drawn: pd.DataFrame, stride: int, begins: int) -> dict[str, Any]:
    """The scrub bar of what `history_frame.drawn` gives, as a parameter."""
    return theme.scrub(begins, int(drawn["stop"].iloc[-1]), stride)


@cache
def panels(inputs: int) -> dict[str, Any]:
    """The mean squared error, the weights or slopes, and the numbers of the update under the scrub bar."""
    # What costs the browser time is left out: only the line of numbers is read out.
    update = alt.Chart(alt.NamedData("history"))
    curves = weights_panel(update, by_weight(update, inputs), max(110, 20 * inputs), named=inputs <= NAMED)
    panels = alt.vconcat(error_panel(update, 140), _line(update), curves, _near(update, inputs), spacing=34)
    return theme.finish(panels.resolve_scale(color="shared", shape="shared"))


@theme.built_once
def _error_alone() -> dict[str, Any]:
    update = alt.Chart(alt.NamedData("history"))
    return theme.finish(alt.vconcat(error_panel(update, 140), _line(update), spacing=34))


def by_weight(update: alt.Chart, inputs: int) -> alt.Chart:
    """A row for each weight of each update: its number, its weight and its slope."""
    return (
        update.transform_fold([f"weight_{i}" for i in range(1, inputs + 1)], as_=["name", "weight"])
        .transform_calculate(number="toNumber(replace(datum.name, 'weight_', ''))")
        .transform_calculate(slope="datum['slope_' + datum.number]")
    )


def error_panel(update: alt.Chart, height: int, behind: Sequence[alt.Chart] = ()) -> alt.LayerChart | alt.FacetChart:
    """The mean squared error on the axis of `theme.errors`, over layers `behind` it."""
    drawn, y = theme.errors(update)
    point = drawn.encode(x="update:Q", y="height:Q", color=theme.PRIMARY)
    return alt.layer(
        *behind,
        point.mark_line().encode(x=theme.x("update", None), y=y),
        theme.rule(point, height),
        point.mark_point(filled=True, size=90, opacity=1).transform_filter(AT_SCRUB),
        theme.scrubbed_across(update),
    ).properties(height=height)


def weights_panel(update: alt.Chart, weight: alt.Chart, height: int, *, named: bool) -> alt.LayerChart | alt.FacetChart:
    """A curve for each weight, or for its slope, `named` by its number at the scrub bar."""
    point = weight.transform_calculate(height="datum[curves]").encode(x="update:Q", y="height:Q", color=COLOUR)
    at = point.transform_filter(AT_SCRUB)
    x = theme.x("update", "Update", tickMinStep=1)
    first, title = update.transform_filter("datum.stop == 0"), "curves == 'weight' ? 'Weights' : 'Slopes'"
    return alt.layer(
        point.mark_line().encode(x=x, y=theme.y("height", ""), strokeDash=DASH),
        theme.rule(update.encode(x="update:Q"), height),
        theme.message(first, title, aria=False, baseline="top", x=0, y=-31, fontSize=14),
        at.mark_point(filled=True, size=90, opacity=1).encode(shape=SHAPE),
        *([at.mark_text(dx=10, dy=-8, fontWeight="bold").encode(text="number:N")] if named else []),
        theme.scrubbed_across(update),
    ).properties(height=height)


def rows(update: alt.Chart, weight: alt.Chart, label: str, columns: list[tuple[str, str, int]]) -> list[alt.Chart]:
    """A row for each weight at the scrub bar: its mark, the field `label` and `theme.columns`."""
    row = weight.encode(y=alt.Y("number:O").axis(None))
    mark = row.mark_point(filled=True, size=90, opacity=1, x=8).encode(color=COLOUR, shape=SHAPE)
    name = theme.message(row, f"datum.{label}", aria=False, x=22)
    return [mark, name, *theme.columns(update, row, *columns, aria=False)]


def _near(update: alt.Chart, inputs: int) -> alt.LayerChart | alt.FacetChart:
    """The table's row at the scrub bar, marked, with those before and after it: as many columns as there is room for.

    Slopes and weights where both fit; else what the curves show, and as many of them as fit.
    """
    names = ["mse", *(f"{kind}_{i}" for kind in ("slope", "weight") for i in range(1, inputs + 1))]
    middle = f"clamp(scrub_stop, {NEAR} * stride, max({NEAR} * stride, last - {NEAR} * stride))"
    near = update.transform_filter(f"abs(datum.stop - {middle}) <= {NEAR} * stride").transform_calculate(
        down=f"{DOWN} * ({NEAR} + (datum.stop - {middle}) / stride) + 22",
        room=f"floor((width - {LEFT}) / {ACROSS})",
        both=f"datum.room > {2 * inputs}",
        error=f"datum.both || datum.room > {inputs} ? 1 : 0",
    )
    # A column has its place among `names`, and where it is shown its place in the picture, counted from 1.
    cells = (
        update.transform_fold([*names], as_=["name", "value"])
        .transform_calculate(column=f"indexof({json.dumps(names)}, datum.name)")
        .transform_calculate(
            place=f"datum.column + datum.error - (datum.both || datum.column <= {inputs} ? 0 : {inputs})"
        )
        .transform_filter(
            "datum.place >= 1 && datum.place <= datum.room && "
            f"(datum.both || !datum.column || (curves == 'slope') == (datum.column <= {inputs}))"
        )
        .transform_calculate(
            across=f"{LEFT} + (width - {LEFT + 6}) * datum.place"
            f" / min(datum.room, datum.error + (datum.both ? {2 * inputs} : {inputs}))"
        )
    )
    at, height = update.transform_filter(AT_SCRUB), DOWN * (2 * NEAR + 2)
    down, across = alt.Y("down:Q").scale(None).axis(None), alt.X("across:Q").scale(None).axis(None)
    written: dict[str, Any] = {"aria": False, "align": "right"}
    small = {**written, "y": 0, "fontSize": 12}
    head = "datum.column ? replace(datum.name, '_', ' ') : 'mean squared error'"
    heads = theme.message(at, head, **small).encode(x=across)
    values = theme.message(update, theme.written("value"), **written).encode(x=across, y=down)
    more = at.transform_filter(f"datum.room < {inputs}")
    return alt.layer(
        at.mark_rect(height=DOWN, opacity=0.15).encode(y=down, color=theme.PRIMARY),
        theme.message(at, "'update'", x=LEFT - 15, **small),
        theme.message(update, theme.whole("datum.update"), x=LEFT - 15, **written).encode(y=down),
        alt.layer(heads, values).properties(transform=cells.transform),
        theme.message(more, "'All columns: see Tables'", aria=False, x=LEFT, y=height, fontSize=12),
    ).properties(height=height, transform=near.transform)


def _line(update: alt.Chart) -> alt.LayerChart | alt.FacetChart:
    """The update under the scrub bar and its line of numbers."""
    number, error, mse = theme.whole("datum.update"), theme.written("error"), theme.written("mse")
    numbers = f"'Error ' + {error} + ', mean squared error ' + {mse}"
    return theme.lines(update.transform_filter(AT_SCRUB), f"'Update ' + {number}", numbers)

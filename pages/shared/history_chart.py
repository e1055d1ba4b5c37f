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
DASH = alt.StrokeDash("number:N").legend(None)
# The numbers beside the curves: weights and slopes where there is room, on a phone what the curves show.
WIDE = "width > 600"
BESIDE = f"({WIDE} ? 260 : 120)"  # pixels
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
    return theme.fill(spec, {"history": drawn}, scrub(drawn, stride, begins=0), theme.LOG_SWITCH, CURVES)


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
    weight, height = by_weight(update, inputs), max(110, 20 * inputs)
    beside = _beside(update.transform_filter(AT_SCRUB), weight.transform_filter(AT_SCRUB))
    curves = weights_panel(update, weight, height, beside, named=inputs <= NAMED)
    panels = alt.vconcat(error_panel(update, 140), _line(update), curves, spacing=34)
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


def weights_panel(
    update: alt.Chart, weight: alt.Chart, height: int, beside: Sequence[alt.Chart] = (), *, named: bool
) -> alt.LayerChart | alt.FacetChart:
    """A curve for each weight, or for its slope, `named` by its number at the scrub bar, with layers `beside`."""
    point = weight.transform_calculate(height="datum[curves]").encode(x="update:Q", y="height:Q", color=COLOUR)
    at = point.transform_filter(AT_SCRUB)
    right = f"width - {BESIDE}" if beside else "width"
    x = theme.x("update", "Update", right=right, tickMinStep=1)
    first, title = update.transform_filter("datum.stop == 0"), "curves == 'weight' ? 'Weights' : 'Slopes'"
    return alt.layer(
        point.mark_line().encode(x=x, y=theme.y("height", ""), strokeDash=DASH),
        theme.rule(update.encode(x="update:Q"), height),
        theme.message(first, title, aria=False, baseline="top", x=0, y=-31, fontSize=14),
        at.mark_point(filled=True, size=90, opacity=1).encode(shape=SHAPE),
        *([at.mark_text(dx=10, dy=-8, fontWeight="bold").encode(text="number:N")] if named else []),
        theme.scrubbed_across(update),
        *beside,
    ).properties(height=height)


def rows(update: alt.Chart, weight: alt.Chart, label: str, columns: list[tuple[str, str, int]]) -> list[alt.Chart]:
    """A row for each weight at the scrub bar: its mark, the field `label` and `theme.columns`."""
    row = weight.encode(y=alt.Y("number:O").axis(None))
    return [*_names(row, label, 8, 22), *theme.columns(update, row, *columns, aria=False)]


def _beside(update: alt.Chart, weight: alt.Chart) -> list[alt.Chart]:
    """The same beside the curves, at the right of their panel."""
    row = weight.transform_calculate(down="20 * datum.number - 8").encode(y=alt.Y("down:Q").scale(None).axis(None))
    shown = {name: f"{WIDE} || curves == '{name}'" for name in ("weight", "slope")}
    place = {"weight": alt.expr(f"{WIDE} ? width - 105 : width"), "slope": alt.expr("width")}
    mark, label = (alt.expr(f"width - {BESIDE} + {right}") for right in (28, 40))
    layers = _names(row, "number", mark, label)
    for name, where in shown.items():
        columns = theme.columns(
            update.transform_filter(where), row.transform_filter(where), (name, name, place[name]), aria=False
        )
        layers += columns
    return layers


def _names(row: alt.Chart, label: str, mark: theme.Place, text: theme.Place) -> list[alt.Chart]:
    """The mark of a weight and the field `label`, each at its place."""
    return [
        row.mark_point(filled=True, size=90, opacity=1, x=mark).encode(color=COLOUR, shape=SHAPE),
        theme.message(row, f"datum.{label}", aria=False, x=text),
    ]


def _line(update: alt.Chart) -> alt.LayerChart | alt.FacetChart:
    """The update under the scrub bar and its line of numbers."""
    number, error, mse = theme.whole("datum.update"), theme.written("error"), theme.written("mse")
    numbers = f"'Error ' + {error} + ', mean squared error ' + {mse}"
    return theme.lines(update.transform_filter(AT_SCRUB), f"'Update ' + {number}", numbers)

"""A whole run: the mean squared error, the weights, the slopes and the numbers, under one scrub bar."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from pages.shared import theme

NAMED = 7  # more curves than this would pile their numbers up; the rows below name them all
AT_SCRUB = "datum.stop == scrub"
COLOUR = alt.Color("number:N").legend(None)
SHAPE = alt.Shape("number:N").legend(None)


def chart(drawn: pd.DataFrame, stride: int, log: bool) -> dict[str, Any]:
    """The run, update by update, under a scrub bar and choices of axis and curves that never ask the server.

    `drawn` and `stride` are what `history_frame.drawn` gives. `log` says how the axis of the mean squared error
    begins: a learner may switch it.
    """
    inputs = sum(str(name).startswith("weight_") for name in drawn)
    choice = {"input": "radio", "options": ["weight", "slope"], "labels": ["Weights", "Slopes"], "name": "Curves "}
    return {
        **panels(inputs),
        "params": [*_params(drawn, stride, log), {"name": "curves", "value": "weight", "bind": choice}],
        "datasets": {"history": drawn},
    }


def glance(drawn: pd.DataFrame, stride: int, log: bool) -> dict[str, Any]:
    """The mean squared error alone; takes what `chart` takes."""
    return {**error_alone(), "params": _params(drawn, stride, log), "datasets": {"history": drawn}}


def _params(drawn: pd.DataFrame, stride: int, log: bool) -> list[dict[str, Any]]:
    bar = {"input": "range", "min": 0, "max": int(drawn["stop"].iloc[-1]), "step": stride, "name": "Update "}
    return [
        {"name": "scrub", "value": 0, "bind": bar},
        theme.log_switch(log),
    ]


@cache
def panels(inputs: int) -> dict[str, Any]:
    """Panels one above the other: the mean squared error, the weights or the slopes, and the numbers.

    The labels of the y axes stand inside: a panel is as wide as its container, so there is no room
    beside it on a phone. What costs the browser time is left out: only the mean squared error answers
    to hovering, and only the line of numbers is told to a screen reader, not every mark.
    """
    update = alt.Chart(alt.NamedData("history"))
    weight = by_weight(update, inputs)
    return theme.finish(
        alt.vconcat(
            _error_panel(update),
            weights_panel(update, weight, named=inputs <= NAMED),
            _readout(update.transform_filter(AT_SCRUB), weight.transform_filter(AT_SCRUB)),
            spacing=34,
        ).resolve_scale(color="shared", shape="shared")
    )


def by_weight(update: alt.Chart, inputs: int) -> alt.Chart:
    """A row for each weight of each update: its number, its weight and its slope."""
    return (
        update.transform_fold([f"weight_{i}" for i in range(1, inputs + 1)], as_=["name", "weight"])
        .transform_calculate(number="toNumber(replace(datum.name, 'weight_', ''))")
        .transform_calculate(slope="datum['slope_' + datum.number]")
    )


def _error_panel(chart: alt.Chart) -> alt.LayerChart | alt.FacetChart:
    """The mean squared error, or its logarithm under labels that say the number itself."""
    chart, y = theme.errors(chart)
    point = chart.encode(x="update:Q", y="height:Q", color=theme.PRIMARY)
    tooltip = [alt.Tooltip(f"{name}:Q", format=theme.DIGITS) for name in ("update", "mse", "prediction", "error")]
    return alt.layer(
        point.mark_line().encode(x=theme.x("update", None), y=y),
        rule(point, 150),
        point.mark_point(filled=True, size=90, opacity=1).transform_filter(AT_SCRUB),
        point.mark_circle(size=150, opacity=0).encode(tooltip=tooltip),
    ).properties(height=150)


@cache
def error_alone() -> dict[str, Any]:
    """The panel of the mean squared error, and the line of numbers."""
    update = alt.Chart(alt.NamedData("history"))
    return theme.finish(alt.vconcat(_error_panel(update), _line(update.transform_filter(AT_SCRUB)), spacing=34))


def weights_panel(update: alt.Chart, weight: alt.Chart, *, named: bool) -> alt.LayerChart | alt.FacetChart:
    """A curve for each weight, or for its slope, `named` by its number at the scrub bar."""
    point = weight.transform_calculate(height="datum[curves]").encode(x="update:Q", y="height:Q", color=COLOUR)
    at = point.transform_filter(AT_SCRUB)
    title = alt.expr("curves == 'weight' ? 'Weights' : 'Slopes'")
    layers = [
        point.mark_line().encode(
            x=theme.x("update", "Iterations", tickMinStep=1, format=",~r"), y=theme.y("height", "")
        ),
        rule(update.encode(x="update:Q"), 120),
        update.transform_filter("datum.stop == 0")
        .mark_text(text=title, align="left", baseline="top", x=0, y=-31, fontSize=14)
        .encode(color=theme.INK),
        at.mark_point(filled=True, size=90, opacity=1).encode(shape=SHAPE),
        at.mark_text(dx=10, dy=-8, fontWeight="bold").encode(text="number:N"),
    ]
    return alt.layer(*layers[: 5 if named else 4]).properties(height=120)


def _readout(update: alt.Chart, weight: alt.Chart) -> alt.LayerChart | alt.FacetChart:
    """The numbers of the update under the scrub bar: a line of them, then a row for each weight."""
    columns = [("weight", "weight", 130), ("slope", "slope", 230)]
    return alt.layer(_line(update, -34), *rows(update, weight, "number", columns)).properties(height=alt.Step(20))


def rows(update: alt.Chart, weight: alt.Chart, label: str, columns: list[tuple[str, str, int]]) -> list[alt.Chart]:
    """A row for each weight with its mark, its `label` and (field, title, place), where a column ends, in pixels."""
    row = weight.encode(y=alt.Y("number:O").axis(None))
    return [
        row.mark_point(filled=True, size=90, opacity=1, x=8).encode(color=COLOUR, shape=SHAPE),
        row.mark_text(align="left", x=22, fontSize=13).encode(text=f"{label}:N", color=theme.INK),
        *(
            update.mark_text(align="right", x=place, y=-12, text=title, fontSize=12).encode(color=theme.INK)
            for _, title, place in columns
        ),
        *(
            row.mark_text(align="right", x=place, fontSize=13).encode(text=theme.text(field), color=theme.INK)
            for field, _, place in columns
        ),
    ]


def _line(update: alt.Chart, top: int = 0) -> alt.LayerChart | alt.FacetChart:
    """The update under the scrub bar in a line of numbers."""
    number, error, mse = theme.written("update", ","), theme.written("error"), theme.written("mse")
    return theme.lines(
        update, f"'Update ' + {number} + ':  error ' + {error} + ',  mean squared error ' + {mse}", top=top
    )


def rule(point: alt.Chart, height: int) -> alt.Chart:
    """A line at the update under the scrub bar."""
    return point.transform_filter(AT_SCRUB).mark_rule().encode(y=alt.value(0), y2=alt.value(height), color=theme.INK)

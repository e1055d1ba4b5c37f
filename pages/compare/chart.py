"""The mean squared errors of several runs under one scrub bar, and the sweep of learning rates."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from gd_core.regimes import Regime
from pages.shared import runs_chart, theme

# On a logarithmic axis 0 lies far below every picture: a curve that reaches it leaves through the bottom.
HEIGHT = "datum.mse > 0 ? log(datum.mse) / LN10 : datum.mse == 0 ? -400 : null"
AXIS = {"labelExpr": "format(pow(10, datum.value), '.3~g')", "tickMinStep": 1}
ENDS = ("whole ? lowest : low", "whole ? highest : high")
INSIDE = "whole || (datum.height >= low && datum.height <= high)"
TALL, SWEEP = 250, 300  # pixels; the second with its axis
SYMBOLS = 6  # along a curve, about


def chart(curves: pd.DataFrame, names: pd.DataFrame, limits: dict[str, float]) -> dict[str, Any]:
    """The curves of `model.curves` within `model.limits`, named by `run_list.names`."""
    scrub = runs_chart.scrub(curves)
    stride, last = scrub["bind"]["step"], float(curves["update"].iloc[-1])
    return {
        **panels(),
        "params": [
            scrub,
            {"name": "last", "value": last},
            {"name": "every", "value": stride * max(1, round(last / stride / SYMBOLS))},
            *_zoom(limits),
        ],
        "datasets": {"curves": curves, "runs": names},
    }


def sweep(swept: pd.DataFrame, at: pd.DataFrame, marks: pd.DataFrame, limits: dict[str, float]) -> dict[str, Any]:
    """The sweep of `model.sweep` within `model.limits`, with the runs `at` it and its marks; a click picks a rate."""
    spec = sweep_panel()
    return {
        **spec,
        "params": [
            *spec["params"],
            {"name": "first", "value": float(swept["power"].iloc[0])},
            {"name": "last", "value": float(swept["power"].iloc[-1])},
            *_zoom(limits),
        ],
        "datasets": {"sweep": swept, "at": at, "marks": marks},
    }


def _zoom(limits: dict[str, float]) -> list[dict[str, Any]]:
    """The limits as parameters, and a box that has the axis show everything, where something lies beyond them."""
    box: dict[str, Any] = {"name": "whole", "value": False}
    if limits["lowest"] < limits["low"] or limits["highest"] > limits["high"]:
        box["bind"] = {"input": "checkbox", "name": "Zoom out to show everything "}
    return [box, *({"name": name, "value": value} for name, value in limits.items())]


@cache
def panels() -> dict[str, Any]:
    """The curves, and a row of numbers for each run at the scrub bar."""
    rows = runs_chart.rows("curves", ("mse", "mean squared error", 300))
    return theme.finish(
        alt.vconcat(_curves(), rows, spacing=40).resolve_scale(color="shared", shape="shared", strokeDash="independent")
    )


def _curves() -> alt.LayerChart | alt.FacetChart:
    """Every curve in its colour, its dashes and its symbols; a triangle where one first leaves the picture."""
    point = _point("curves").encode(x="update:Q", color=runs_chart.COLOUR)
    inside = point.transform_filter("isValid(datum.height)").transform_filter(INSIDE)
    tooltip = [alt.Tooltip("run:Q"), *(alt.Tooltip(f"{name}:Q", format=theme.DIGITS) for name in ("update", "mse"))]
    return alt.layer(
        point.mark_line(clip=True).encode(
            x=theme.x("update", "Iterations", ("0", "last"), tickMinStep=1, format=",~r"),
            y=theme.y("height", "Mean squared error", ENDS, **AXIS),
            strokeDash=runs_chart.DASH,
        ),
        point.transform_filter(runs_chart.AT_SCRUB)
        .transform_filter("datum.run == 0")
        .mark_rule()
        .encode(y=alt.value(0), y2=alt.value(TALL), color=theme.INK),
        inside.transform_filter(f"datum.stop % every == 0 || {runs_chart.AT_SCRUB}")
        .transform_calculate(size=f"{runs_chart.AT_SCRUB} ? 110 : 30")
        .mark_point(filled=True, opacity=1)
        .encode(shape=runs_chart.SHAPE, size=alt.Size("size:Q").scale(None)),
        *(
            point.transform_filter(f"!whole && isValid(datum.height) && {where}")
            .transform_aggregate(update="min(update)", groupby=["run"])
            .mark_point(shape=shape, filled=True, size=90, opacity=1)
            .encode(y=alt.value(y))
            for where, shape, y in (
                ("datum.height > high", "triangle-up", 4),
                ("datum.height < low", "triangle-down", TALL - 4),
            )
        ),
        inside.mark_circle(size=150, opacity=0).encode(tooltip=tooltip),
    ).properties(height=TALL)


@cache
def sweep_panel() -> dict[str, Any]:
    """The mean squared error at the end, over the learning rate."""
    pick = alt.selection_point(name="pick", encodings=["x"], nearest=True, on="click", clear=False, toggle=False)
    point, at = (_point(name).encode(x="power:Q") for name in ("sweep", "at"))
    tooltip = [alt.Tooltip(f"{name}:Q", format=theme.DIGITS) for name in ("rate", "mse")]
    return theme.finish(
        alt.layer(
            point.mark_line(clip=True, strokeWidth=2.5).encode(
                x=theme.x(
                    "power", "Learning rate", ("first", "last"), tickMinStep=1,
                    labelExpr="format(pow(10, datum.value), '~g')",
                ),
                y=theme.y("height", "Mean squared error after all updates", ENDS, **AXIS),
                color=theme.INK,
            ),
            _mark(Regime.DIVERGES, 0),
            _mark(Regime.ONE_STEP, 16),
            at.transform_filter(INSIDE)
            .mark_point(filled=True, size=110, opacity=1, clip=True)
            .encode(color=runs_chart.COLOUR, shape=runs_chart.SHAPE),
            point.transform_filter(INSIDE).mark_circle(size=150, opacity=0).encode(tooltip=tooltip),
            # A click picks by the learning rate alone, in the valley and on the cliff too.
            alt.Chart(alt.NamedData("sweep"))
            .mark_point(size=1, opacity=0)
            .encode(x="power:Q", y=alt.value(1))
            .add_params(pick),
        ).properties(height=SWEEP)
    )  # fmt: skip


def _mark(what: Regime, top: int) -> alt.LayerChart | alt.FacetChart:
    """A marked rate: its text so many pixels from the top, and a line down from there."""
    mark = alt.Chart(alt.NamedData("marks")).transform_filter(f"datum.what == '{what}'")
    mark = mark.encode(x="power:Q", y=alt.value(top), color=theme.INK)
    return alt.layer(
        mark.mark_rule(strokeDash=[4, 3]).encode(y2=alt.value("height")),
        mark.mark_text(align="right", baseline="top", dx=-6, fontSize=12).encode(text="message:N"),
    )


def _point(name: str) -> alt.Chart:
    """The rows of a dataset at the logarithm of their mean squared error."""
    return alt.Chart(alt.NamedData(name)).transform_calculate(height=HEIGHT).encode(y="height:Q")

"""The mean squared errors of several runs under one scrub bar, and the sweep of learning rates."""

from typing import Any

import altair as alt
import pandas as pd

from gd_core.regimes import Regime
from pages.shared import runs_chart, theme

# On a logarithmic axis 0 lies far below every picture: a curve that reaches it leaves through the bottom.
HEIGHT = "datum.mse > 0 ? log(datum.mse) / LN10 : datum.mse == 0 ? -400 : null"
AXIS = {"labelExpr": theme.POWER, "tickMinStep": 1}
ENDS = ("whole ? lowest : low", "whole ? highest : high")
INSIDE = "whole || (datum.height >= low && datum.height <= high)"
TALL, SWEEP = 200, 300  # pixels; the second with its axis
RIGHT = 84  # pixels right of the last update, for names
SYMBOLS = 6  # along a curve, about


def chart(
    curves: pd.DataFrame, names: pd.DataFrame, ends: pd.DataFrame, forks: pd.DataFrame, limits: dict[str, float]
) -> dict[str, Any]:
    """The curves of `model.curves` within `model.limits`, named by `run_list.names` and `model.ends`."""
    scrub = runs_chart.scrub(curves)
    stride, last = scrub["bind"]["stop"]["step"], float(curves["update"].iloc[-1])
    every = stride * max(1, round(last / stride / SYMBOLS))
    datasets = {"curves": curves, "runs": names, "ends": ends, "forks": forks}
    return theme.fill(panels(), datasets, scrub, _zoom(limits), last=last, every=every, **limits)


def sweep(swept: pd.DataFrame, at: pd.DataFrame, marks: pd.DataFrame, limits: dict[str, float]) -> dict[str, Any]:
    """The sweep of `model.sweep` within `model.limits`, with the runs `at` it and its marks; a click picks a rate."""
    first, last = (float(swept["power"].iloc[end]) for end in (0, -1))
    datasets = {"sweep": swept, "at": at, "marks": marks}
    return theme.fill(sweep_panel(), datasets, _zoom(limits), first=first, last=last, **limits)


def _zoom(limits: dict[str, float]) -> dict[str, Any]:
    """A box that has the axis show everything, where something lies beyond it."""
    beyond = limits["lowest"] < limits["low"] or limits["highest"] > limits["high"]
    bind = {"bind": {"input": "checkbox", "name": "Zoom out to show everything "}} if beyond else {}
    return {"name": "whole", "value": False, **bind}


@theme.built_once
def panels() -> dict[str, Any]:
    """The curves, with a triangle where one first leaves the picture, and a row of numbers for each run."""
    point = _point("curves").encode(x="update:Q", color=runs_chart.COLOUR)
    inside = point.transform_filter("isValid(datum.height)").transform_filter(INSIDE)
    outside = point.transform_filter("!whole && isValid(datum.height)")
    curves = alt.layer(
        point.mark_line(clip=True).encode(
            x=theme.x("update", "Update", ("0", "last"), tickMinStep=1, right=f"width - {RIGHT}"),
            y=theme.y("height", "Mean squared error", ENDS, **AXIS),
            strokeDash=runs_chart.DASH,
        ),
        theme.rule(point.transform_filter("datum.run == 0"), TALL),
        inside.transform_filter(f"datum.stop % every == 0 || {theme.AT_SCRUB}")
        .transform_calculate(size=f"{theme.AT_SCRUB} ? 110 : 30")
        .mark_point(filled=True, opacity=1)
        .encode(shape=runs_chart.SHAPE, size=alt.Size("size:Q").scale(None)),
        _leaves(outside.transform_filter("datum.height > high"), "triangle-up", 4),
        _leaves(outside.transform_filter("datum.height < low"), "triangle-down", TALL - 4),
        _point("forks")
        .transform_filter(INSIDE)
        .mark_point(size=220, strokeWidth=2)
        .encode(x="update:Q", color=runs_chart.COLOUR),
        alt.Chart(alt.NamedData("ends"))
        .transform_filter("!whole")
        .mark_text(align="left", dx=10, fontSize=12, limit=RIGHT - 10)
        .encode(x="update:Q", y="height:Q", text="name:N", color=runs_chart.COLOUR),
        theme.scrubbed_across(point.transform_filter("datum.run == 0")),
    )
    return runs_chart.with_rows(curves.properties(height=TALL), 40, "curves", ("mse", "mean squared error", 300))


def _leaves(outside: alt.Chart, shape: str, y: float) -> alt.Chart:
    """A mark for each run at its first update outside the picture."""
    first = outside.transform_aggregate(update="min(update)", groupby=["run"])
    return first.mark_point(shape=shape, filled=True, size=90, opacity=1).encode(y=alt.value(y))


@theme.built_once
def sweep_panel() -> dict[str, Any]:
    """The mean squared error at the end, over the learning rate."""
    pick = alt.selection_point(name="pick", encodings=["x"], nearest=True, on="click", clear=False, toggle=False)
    point, at = (_point(name).encode(x="power:Q") for name in ("sweep", "at"))
    layers = alt.layer(
        point.mark_line(clip=True, strokeWidth=2.5).encode(
            x=theme.x("power", "Learning rate", ("first", "last"), tickMinStep=1, labelExpr=theme.POWER),
            y=theme.y("height", "Mean squared error after all updates", ENDS, **AXIS),
            color=theme.INK,
        ),
        _mark(Regime.DIVERGES, 0),
        _mark(Regime.ONE_STEP, 16),
        at.transform_filter(INSIDE)
        .mark_point(filled=True, size=110, opacity=1, clip=True)
        .encode(color=runs_chart.COLOUR, shape=runs_chart.SHAPE),
        _hover(point.transform_filter(INSIDE), "rate", "mse"),
        # A click picks by the learning rate alone, in the valley and on the cliff too.
        point.mark_point(size=1, opacity=0).encode(y=alt.value(1)).add_params(pick),
    )
    return theme.finish(layers.properties(height=SWEEP))


def _mark(what: Regime, top: int) -> alt.LayerChart | alt.FacetChart:
    """A marked rate: its text so many pixels from the top, and a line down from there."""
    mark = alt.Chart(alt.NamedData("marks")).transform_filter(f"datum.what == '{what}'")
    mark = mark.encode(x="power:Q", y=alt.value(top), color=theme.INK)
    return alt.layer(
        mark.mark_rule(strokeDash=[4, 3]).encode(y2=alt.value("height")),
        mark.mark_text(align="right", baseline="top", dx=-6, fontSize=12).encode(text="message:N"),
    )


def _hover(chart: alt.Chart, *fields: str) -> alt.Chart:
    """Invisible circles, large enough to hit, that say these numbers of a point."""
    return chart.mark_circle(size=150, opacity=0, tooltip=theme.tooltip({field: field for field in fields}))


def _point(name: str) -> alt.Chart:
    """The rows of a dataset at the logarithm of their mean squared error."""
    return alt.Chart(alt.NamedData(name)).transform_calculate(height=HEIGHT).encode(y="height:Q")

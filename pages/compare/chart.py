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
TALL = 200  # pixels
RIGHT = 84  # pixels right of the last update, for names
SYMBOLS = 6  # along a curve, about
DRAGGED = "dragged_rate"
SHOWN = [{"name": name, "expr": theme.dragged(DRAGGED, name)} for name in ("power", "rate", "mse")]
ISOLATED = "isolated_only"  # the run looked at alone: so Vega-Lite calls the value of `_isolate`
FADED = f"!isValid({ISOLATED}) || {ISOLATED} == datum.run ? 1 : 0.12"
OPACITY = alt.Opacity("seen:Q").scale(None)


def chart(
    curves: pd.DataFrame, names: pd.DataFrame, ends: pd.DataFrame, forks: pd.DataFrame, limits: dict[str, float]
) -> dict[str, Any]:
    """The curves of `model.curves` within `model.limits`, named by `run_list.names` and `model.ends`."""
    scrub = runs_chart.scrub(curves)
    stride, last = scrub["bind"]["stop"]["step"], float(curves["update"].iloc[-1])
    every = stride * max(1, round(last / stride / SYMBOLS))
    datasets = {"curves": curves, "runs": names, "ends": ends, "forks": forks}
    return theme.fill(panels(), datasets, scrub, _isolate(len(names)), _zoom(limits), last=last, every=every, **limits)


def sweep(datasets: dict[str, pd.DataFrame], limits: dict[str, float]) -> dict[str, Any]:
    """The sweep within `model.limits`, on which the sidebar's rate is dragged; `datasets`: sweep, now, at, marks."""
    first, last = (float(datasets["sweep"]["power"].iloc[end]) for end in (0, -1))
    return theme.fill(sweep_panel(), datasets, *SHOWN, _zoom(limits), first=first, last=last, **limits)


def _isolate(runs: int) -> dict[str, Any]:
    """The run that is looked at alone: a click on its name, or a choice; another click, or all, shows all again."""
    labels = ["all runs", *(f"run {run} alone" for run in range(runs))]
    bind = {"input": "select", "options": [None, *range(runs)], "labels": labels, "name": "Show "}
    on = "click[item() && item().mark.marktype == 'text']"
    select = {"type": "point", "fields": ["only"], "on": on, "clear": False}
    return {"name": "isolated", "select": select, "views": ["named_0"], "bind": {"only": bind}}


def _zoom(limits: dict[str, float]) -> dict[str, Any]:
    """A box that has the axis show everything, where something lies beyond it."""
    beyond = limits["lowest"] < limits["low"] or limits["highest"] > limits["high"]
    bind = {"bind": {"input": "checkbox", "name": "Zoom out to show everything "}} if beyond else {}
    return {"name": "whole", "value": False, **bind}


@theme.built_once
def panels() -> dict[str, Any]:
    """The curves, with a triangle where one first leaves the picture, and a row of numbers for each run."""
    runs = alt.Chart(alt.NamedData("curves")).encode(x="update:Q")
    point = runs.encode(y="height:Q", color=runs_chart.COLOUR)
    inside = point.transform_filter("isValid(datum.height)").transform_filter(INSIDE)
    outside = point.transform_filter("!whole && isValid(datum.height)")
    drawn = alt.layer(
        point.mark_line(clip=True).encode(
            x=theme.x(
                "update",
                "Update",
                ("0", "last"),
                right=f"width - {RIGHT}",
                labelExpr=theme.whole("datum.value"),
                tickMinStep=1,
            ),
            y=theme.y("height", "Mean squared error", ENDS, **AXIS),
            strokeDash=runs_chart.DASH,
            opacity=OPACITY,
        ),
        theme.rule(point.transform_filter("datum.run == 0"), TALL),
        inside.transform_filter(f"datum.stop % every == 0 || {theme.AT_SCRUB}")
        .transform_calculate(size=f"{theme.AT_SCRUB} ? 110 : 30")
        .mark_point(filled=True)
        .encode(shape=runs_chart.SHAPE, size=alt.Size("size:Q").scale(None), opacity=OPACITY),
        _leaves(outside.transform_filter("datum.height > high"), "triangle-up", 4),
        _leaves(outside.transform_filter("datum.height < low"), "triangle-down", TALL - 4),
    )
    curves = alt.layer(
        drawn.transform_calculate(height=HEIGHT, seen=FADED),
        _point("forks")
        .transform_filter(INSIDE)
        .mark_point(size=220, strokeWidth=2)
        .encode(x="update:Q", color=runs_chart.COLOUR),
        theme.scrubbed_across(runs.transform_filter("datum.run == 0")),
        alt.Chart(alt.NamedData("ends"))
        .transform_filter("!whole")
        .transform_calculate(seen=FADED, only=f"{ISOLATED} == datum.run ? null : datum.run")
        .mark_text(align="left", dx=10, fontSize=12, limit=RIGHT - 10, cursor="pointer")
        .encode(x="update:Q", y="height:Q", text="name:N", color=runs_chart.COLOUR, opacity=OPACITY)
        .properties(name="named"),
    )
    return runs_chart.with_rows(curves.properties(height=TALL), 40, "curves", ("mse", "mean squared error", 300))


def _leaves(outside: alt.Chart, shape: str, y: float) -> alt.Chart:
    """A mark for each run at its first update outside the picture."""
    first = outside.transform_aggregate(update="min(update)", groupby=["run"])
    return first.mark_point(shape=shape, filled=True, size=90, opacity=1).encode(y=alt.value(y))


@theme.built_once
def sweep_panel() -> dict[str, Any]:
    """The mean squared error at the end, over the learning rate."""
    point, at = (_point(name).encode(x="power:Q") for name in ("sweep", "at"))
    here = alt.Chart(alt.NamedData("now")).transform_calculate(power="power", rate="rate", mse="mse")
    drawn = here.transform_filter("first <= datum.power && datum.power <= last")
    drawn = drawn.encode(x="power:Q", color=theme.PRIMARY)
    said = (f"'Your learning rate: ' + {theme.written('rate')}", f"'Mean squared error: ' + {theme.written('mse')}")
    layers = alt.layer(
        point.mark_line(clip=True, strokeWidth=2.5).encode(
            x=theme.x("power", "Learning rate", ("first", "last"), tickMinStep=1, labelExpr=theme.POWER),
            y=theme.y("height", "Mean squared error after all updates", ENDS, **AXIS),
            color=theme.INK,
        ),
        _mark(Regime.DIVERGES, 0),
        _mark(Regime.ONE_STEP, 16),  # beneath the texts of both begins the rule of the learning rate
        at.transform_filter(INSIDE)
        .mark_point(filled=True, size=110, opacity=1, clip=True)
        .encode(color=runs_chart.COLOUR, shape=runs_chart.SHAPE),
        drawn.mark_rule(strokeWidth=2).encode(y=alt.value(32), y2=alt.value("height")),
        drawn.transform_calculate(height=HEIGHT)
        .transform_filter("isValid(datum.height)")
        .transform_filter(INSIDE)
        .mark_point(size=320, strokeWidth=2.5, opacity=1)
        .encode(y="height:Q"),
        # Only the learning rate counts where it is dragged to, in the valley and on the cliff too.
        theme.described(point.transform_calculate(asked=f"{theme.NOW}.asked"), {"rate": "rate", "mse": "mse"})
        .mark_point(size=1, opacity=0, cursor="ew-resize")
        .encode(y=alt.value(1))
        .add_params(theme.drag(DRAGGED, "power", "rate", "mse")),
    )
    return theme.finish(alt.vconcat(layers.properties(height=TALL), theme.lines(here, *said), spacing=40))


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

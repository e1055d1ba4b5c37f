"""The mean squared errors of several runs under one scrub bar, and the sweep of learning rates."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from pages.parts.charts import look

AT_SCRUB = "datum.stop == scrub"
# On a logarithmic axis 0 lies far below every picture: a curve that reaches it leaves through the bottom.
HEIGHT = "datum.mse > 0 ? log(datum.mse) / LN10 : datum.mse == 0 ? -400 : null"
AXIS = {"labelExpr": "format(pow(10, datum.value), '.3~g')", "tickMinStep": 1}
ENDS = ("whole ? lowest : low", "whole ? highest : high")
INSIDE = "whole || (datum.height >= low && datum.height <= high)"
TALL, SWEEP = 250, 300  # pixels; the second with its axis
MARKS = 6  # marks along a curve, about


def chart(curves: pd.DataFrame, names: pd.DataFrame, stride: int, frame: dict[str, float]) -> dict[str, Any]:
    """The curves of `compare.curves`, named by `compare.names`, in the frame of `compare.frame`.

    `beyond` says whether some of them leave that frame: there is a box then that has the frame follow.
    """
    last = int(curves["stop"].max())
    bar = {"input": "range", "min": 0, "max": last, "step": stride, "name": "Update "}
    return {
        **panels(),
        "params": [
            {"name": "scrub", "value": last, "bind": bar},
            {"name": "last", "value": float(curves["update"].max())},
            {"name": "every", "value": stride * max(1, round(last / stride / MARKS))},
            *_frame(frame, "Follow the curves out of the picture "),
        ],
        "datasets": {"curves": curves, "runs": names},
    }


def sweep(swept: pd.DataFrame, at: pd.DataFrame, marks: pd.DataFrame, frame: dict[str, float]) -> dict[str, Any]:
    """The sweep of `compare.sweep` with the runs `at` it and the marks of one shot and cliff; a click picks a rate."""
    spec = sweep_panel()
    return {
        **spec,
        "params": [
            *spec["params"],
            {"name": "first", "value": float(swept["power"].iloc[0])},
            {"name": "last", "value": float(swept["power"].iloc[-1])},
            *_frame(frame, "Follow the curve out of the picture "),
        ],
        "datasets": {"sweep": swept, "at": at, "marks": marks},
    }


def _frame(frame: dict[str, float], name: str) -> list[dict[str, Any]]:
    box: dict[str, Any] = {"name": "whole", "value": False}
    if frame["lowest"] < frame["low"] or frame["highest"] > frame["high"]:  # or there is nothing to follow
        box["bind"] = {"input": "checkbox", "name": name}
    return [box, *({"name": name, "value": value} for name, value in frame.items())]


@cache
def panels() -> dict[str, Any]:
    """The curves, and a row of numbers for each run at the scrub bar."""
    return look.finish(
        alt.vconcat(_curves(), look.run_rows("curves", ("mse", "mean squared error", 300)), spacing=40).resolve_scale(
            color="shared", shape="shared", strokeDash="independent"
        )
    )


def _curves() -> alt.LayerChart | alt.FacetChart:
    """Every curve in its colour, its dashes and its marks; triangles where one leaves the frame."""
    point = (
        alt.Chart(alt.NamedData("curves"))
        .transform_calculate(height=HEIGHT)
        .encode(x="update:Q", y="height:Q", color=look.RUN)
    )
    inside = point.transform_filter("isValid(datum.height)").transform_filter(INSIDE)
    tooltip = [alt.Tooltip("run:Q"), *(alt.Tooltip(f"{name}:Q", format=look.DIGITS) for name in ("update", "mse"))]
    return alt.layer(
        point.mark_line(clip=True).encode(
            x=look.x("update", "Iterations", ("0", "last"), tickMinStep=1, format=",~r"),
            y=look.y("height", "Mean squared error", ENDS, **AXIS),
            strokeDash=look.RUN_DASH,
        ),
        point.transform_filter(AT_SCRUB)
        .transform_filter("datum.run == 0")
        .mark_rule()
        .encode(y=alt.value(0), y2=alt.value(TALL), color=look.INK),
        inside.transform_filter("datum.stop % every == 0 || datum.stop == scrub")
        .transform_calculate(size="datum.stop == scrub ? 110 : 30")
        .mark_point(filled=True, opacity=1)
        .encode(shape=look.RUN_SHAPE, size=alt.Size("size:Q").scale(None)),
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
    point = alt.Chart(alt.NamedData("sweep")).transform_calculate(height=HEIGHT).encode(x="power:Q", y="height:Q")
    at = alt.Chart(alt.NamedData("at")).transform_calculate(height=HEIGHT).encode(x="power:Q", y="height:Q")
    marks = alt.Chart(alt.NamedData("marks")).encode(x="power:Q")
    tooltip = [alt.Tooltip(f"{name}:Q", format=look.DIGITS) for name in ("rate", "mse")]
    layers = alt.layer(
        point.mark_line(clip=True, strokeWidth=2.5).encode(
            x=look.x(
                "power", "Learning rate", ("first", "last"), tickMinStep=1,
                labelExpr="format(pow(10, datum.value), '~g')",
            ),
            y=look.y("height", "Mean squared error after all updates", ENDS, **AXIS),
            color=look.INK,
        ),
        marks.mark_rule(strokeDash=[4, 3]).encode(color=look.INK),
        *(
            marks.transform_filter(f"datum.what == '{what}'")
            .mark_text(align="right", dx=-6, fontSize=12, y=alt.ExprRef(y))
            .encode(text="says:N", color=look.INK)
            for what, y in (("one shot", "24"), ("cliff", "8"))
        ),
        at.transform_filter(INSIDE)
        .mark_point(filled=True, size=110, opacity=1, clip=True)
        .encode(color=look.RUN, shape=look.RUN_SHAPE),
        point.transform_filter(INSIDE).mark_circle(size=150, opacity=0).encode(tooltip=tooltip),
        # A click picks by the learning rate alone, in the valley and on the cliff too.
        alt.Chart(alt.NamedData("sweep"))
        .mark_point(size=1, opacity=0)
        .encode(x="power:Q", y=alt.value(1))
        .add_params(pick),
    )  # fmt: skip
    return look.finish(layers.properties(height=SWEEP))

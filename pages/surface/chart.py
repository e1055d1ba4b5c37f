"""The loss over two weights as filled bands, and the paths of runs on it under a scrub bar."""

import re
from functools import reduce
from typing import Any

import altair as alt
import pandas as pd
from altair.typing import ChartType

from gd_core.activations import ACTIVATIONS
from pages.shared import runs_chart, theme
from pages.surface.model import BANDS, WIDE, Window

TALL = 340  # pixels
# As many weights a pixel across as up, so that what is at a right angle looks so; `width` is the picture's.
HALF = f"reach * (width - {theme.GUTTER}) / {TALL}"
ACROSS = (f"middle - {HALF}", f"middle + {HALF}")
UP = ("height_middle - reach", "height_middle + reach")
DRAGGED = "dragged_start"
SHOWN = [
    {"name": "start_across", "expr": theme.dragged(DRAGGED, "across")},
    {"name": "start_up", "expr": theme.dragged(DRAGGED, "up")},
    # Where the start is elsewhere, the paths of the old one fade until the server has the new ones.
    {"name": "faded", "expr": f"start_across == {theme.NOW}.across && start_up == {theme.NOW}.up ? 1 : 0.25"},
]
ROWS = 27  # of places that the start can be dragged to
COLUMNS = int(WIDE) * ROWS
NUDGE = "1e-5 * max(1, abs(datum.sum{0}))"  # of a sum, which tells the slope of the activation
ACROSS_NAME, UP_NAME = alt.ExprRef("across_name"), alt.ExprRef("up_name")


def chart(names: tuple[str, str], window: Window, datasets: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """The picture within a window, of two weights with these names, from bands, line, starts, paths and runs."""
    across, up = names
    every, last = (int(datasets["paths"]["stop"].iloc[place]) for place in (1, -1))
    scrub = {"name": "scrub_stop", **theme.bar("Update", last, (0, last), every)}  # the pointer is for the start
    place = {"middle": window.middle[0], "height_middle": window.middle[1], "reach": window.reach}
    return theme.fill(panels(), datasets, *SHOWN, scrub, **place, across_name=across, up_name=up, every=every)


@theme.built_once
def panels() -> dict[str, Any]:
    """The surface, darker where the loss is higher, with the paths; the start is a ring, the line of minima dashed."""
    bands, line, starts, paths = (alt.Chart(alt.NamedData(name)) for name in ("bands", "line", "starts", "paths"))
    line, starts = (chart.encode(x="across:Q", y="up:Q", color=theme.INK) for chart in (line, starts))
    point = paths.transform_filter("isValid(datum.across)").encode(x="x:Q", y="y:Q", color=runs_chart.COLOUR)
    now = alt.Chart(alt.NamedData("now")).transform_calculate(across="start_across", up="start_up")
    yours = paths.transform_filter(f"datum.run == 0 && {theme.AT_SCRUB} && faded == 1 && isValid(datum.across)")
    faded = alt.ExprRef("faded")
    shade = alt.FillOpacity("band:Q").scale(domain=[0, BANDS - 1], range=[0.02, 0.8]).legend(None)
    title = now.encode(color=theme.INK)
    at, slopes = (
        f"{theme.written(first)} + ', ' + {theme.written(second)}"
        for first, second in (("across", "up"), ("slope_across", "slope_up"))
    )
    said = f"'Start (' + {at} + '): loss ' + {theme.written('mse')} + ', slopes (' + {slopes} + ')'"
    here = theme.message(alt.Chart(now.data), said, aria=False, x=0, y=-40, fontWeight="bold")
    middle = alt.ExprRef(f"(width + {theme.GUTTER}) / 2")
    surface = alt.layer(
        bands.transform_calculate(
            across="isValid(datum.across) ? middle + reach * datum.across : null",
            up="isValid(datum.up) ? height_middle + reach * datum.up : null",
        )
        .mark_line(
            filled=True, clip=True, strokeWidth=1, strokeOpacity=0.5, invalid="break-paths-show-domains", order=False
        )
        .encode(
            x=theme.x("across", " ", ACROSS, tickCount=6),
            y=theme.y("up", "", UP),
            detail="band:O",
            fill=alt.FillValue("gray"),
            stroke=alt.StrokeValue("gray"),
            fillOpacity=shade,
        ),
        line.mark_line(clip=True, strokeWidth=2, strokeDash=[6, 4]),
        starts.mark_rule(clip=True, strokeDash=[2, 3]).encode(x2="to_across:Q", y2="to_up:Q"),
        starts.mark_point(clip=True, size=50, opacity=1),
        starts.mark_point(clip=True, size=50, opacity=1, filled=True).encode(x="to_across:Q", y="to_up:Q"),
        point.mark_line(clip=True, strokeWidth=2, opacity=faded).encode(order="stop:Q", strokeDash=runs_chart.DASH),
        point.transform_filter("datum.stop <= 40 * every && datum.stop != scrub_stop")
        .mark_point(clip=True, filled=True, size=22, opacity=faded)
        .encode(shape=runs_chart.SHAPE),
        point.transform_filter(theme.AT_SCRUB)
        .mark_point(clip=True, filled=True, size=130, opacity=faded)
        .encode(shape=runs_chart.SHAPE),
        _with_slopes(yours, _downhill(yours, 2)),
        _with_slopes(now, _downhill(now, 3), here),
        now.mark_point(size=320, opacity=1, strokeWidth=2.5).encode(x="across:Q", y="up:Q", color=theme.PRIMARY),
        _places()
        .mark_point(size=1, opacity=0, cursor="move", tooltip=None)
        .add_params(theme.drag(DRAGGED, "across", "up")),
        title.mark_text(align="left", fontSize=14, x=0, y=-17, text=UP_NAME),
        title.mark_text(align="center", fontSize=14, x=middle, y=TALL + 38, text=ACROSS_NAME),
    )
    # A small phone has less room for the columns.
    first, second, last = (alt.ExprRef(f"min(width, 335) - {left}") for left in (140, 73, 0))
    numbers = ("across", ACROSS_NAME, first), ("up", UP_NAME, second), ("mse", "MSE", last)
    return runs_chart.with_rows(surface.properties(height=TALL), 58, "paths", *numbers, longest=16)


def _places() -> alt.Chart:
    """Where the start can be dragged to: a grid that the browser makes, wherever the picture is."""
    grid = alt.Chart(alt.sequence(0, ROWS * COLUMNS, as_="cell")).transform_calculate(
        asked=f"{theme.NOW}.asked",
        across=f"middle + reach * (2 * (datum.cell % {COLUMNS}) - {COLUMNS - 1}) / {ROWS}",
        up=f"height_middle + reach * (2 * floor(datum.cell / {COLUMNS}) - {ROWS - 1}) / {ROWS}",
    )
    return grid.transform_filter(f"abs(datum.across - middle) < {HALF}").encode(x="across:Q", y="up:Q")


def _activated(total: str) -> str:
    """The expression for the activation of a sum."""
    formulas = [(name, re.sub(r"\bsum\b", f"({total})", one.formula)) for name, one in ACTIVATIONS.items()]
    return reduce(lambda rest, one: f"{theme.NOW}.activation == '{one[0]}' ? {one[1]} : {rest}", formulas, total)


def _with_slopes(chart: alt.Chart, *layers: ChartType) -> alt.LayerChart | alt.FacetChart:
    """Layers over the rows of a chart with the mean squared error and the slopes at across, up; see `model.now`."""
    for i in range(2):
        chart = chart.transform_calculate(
            **{f"sum{i}": f"{theme.NOW}.a{i} * datum.across + {theme.NOW}.b{i} * datum.up + {theme.NOW}.rest{i}"}
        ).transform_calculate(
            **{
                f"error{i}": f"({_activated(f'datum.sum{i}')}) - {theme.NOW}.target{i}",
                f"activation_slope{i}": f"(({_activated(f'datum.sum{i} + {NUDGE.format(i)}')})"
                f" - ({_activated(f'datum.sum{i} - {NUDGE.format(i)}')})) / (2 * {NUDGE.format(i)})",
            }
        )
    slope = " + ".join(f"datum.error{i} * datum.activation_slope{i} * {theme.NOW}.NAME{i}" for i in range(2))
    chart = chart.transform_calculate(
        mse="(datum.error0 * datum.error0 + datum.error1 * datum.error1) / 2",
        slope_across=slope.replace("NAME", "a"),
        slope_up=slope.replace("NAME", "b"),
    )
    return alt.layer(*layers).properties(transform=chart.transform)


def _downhill(chart: alt.Chart, width: float) -> alt.LayerChart | alt.FacetChart:
    """An arrow from across, up against the slopes: the longer, the steeper, and none where it is as good as flat."""
    tip = alt.Chart(chart.data).encode(color=theme.PRIMARY)
    arrow = alt.layer(
        tip.mark_rule(clip=True, strokeWidth=width).encode(x="across:Q", y="up:Q", x2="to_across:Q", y2="to_up:Q"),
        tip.mark_point(clip=True, shape="triangle", filled=True, size=110, opacity=1).encode(
            x="to_across:Q", y="to_up:Q", angle=alt.Angle("turn:Q").scale(None)
        ),
    )
    size = "sqrt(datum.slope_across * datum.slope_across + datum.slope_up * datum.slope_up)"
    arrow = arrow.transform_calculate(size=size)
    arrow = arrow.transform_filter(f"datum.size > {theme.NOW}.longest / 1000 && isFinite(datum.size)")
    length = f"(12 + 88 * min(1, datum.size / {theme.NOW}.longest)) * 2 * reach / {TALL} / datum.size"
    return arrow.transform_calculate(
        to_across=f"datum.across - datum.slope_across * {length}",
        to_up=f"datum.up - datum.slope_up * {length}",
        turn="atan2(-datum.slope_across, -datum.slope_up) * 180 / PI",
    )

"""The loss over two weights as filled bands, and the paths of runs on it under a scrub bar."""

from typing import Any

import altair as alt
import pandas as pd

from pages.shared import runs_chart, theme
from pages.surface.model import BANDS, Window

TALL = 340  # pixels
# As many weights a pixel across as up, so that what is at a right angle looks so; `width` is the picture's.
HALF = f"reach * (width - {theme.GUTTER}) / {TALL}"
ACROSS = (f"middle - {HALF}", f"middle + {HALF}")
UP = ("height_middle - reach", "height_middle + reach")
START = "datum.run == 0 && datum.stop == 0"
ACROSS_NAME, UP_NAME = alt.ExprRef("across_name"), alt.ExprRef("up_name")


def chart(names: tuple[str, str], window: Window, datasets: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """The picture within a window, of two weights with these names, from bands, line, starts, paths and runs."""
    scrub, (across, up) = runs_chart.scrub(datasets["paths"]), names
    place = {"middle": window.middle[0], "height_middle": window.middle[1], "reach": window.reach}
    every = scrub["bind"]["stop"]["step"]
    return theme.fill(panels(), datasets, scrub, **place, across_name=across, up_name=up, every=every)


@theme.built_once
def panels() -> dict[str, Any]:
    """The surface, darker where the loss is higher, with the paths; the start is a ring, the line of minima dashed."""
    bands, line, starts, paths = (alt.Chart(alt.NamedData(name)) for name in ("bands", "line", "starts", "paths"))
    line, starts = (chart.encode(x="across:Q", y="up:Q", color=theme.INK) for chart in (line, starts))
    point = paths.transform_filter("isValid(datum.across)").encode(x="x:Q", y="y:Q", color=runs_chart.COLOUR)
    shade = alt.FillOpacity("band:Q").scale(domain=[0, BANDS - 1], range=[0.03, 0.6]).legend(None)
    title = paths.transform_filter(START).encode(color=theme.INK)
    middle = alt.ExprRef(f"(width + {theme.GUTTER}) / 2")
    surface = alt.layer(
        bands.mark_line(filled=True, clip=True, strokeWidth=0, invalid="break-paths-show-domains").encode(
            x=theme.x("across", " ", ACROSS, tickCount=6),
            y=theme.y("up", "", UP),
            detail="band:O",
            order="place:Q",
            color=theme.INK,
            fillOpacity=shade,
        ),
        line.mark_line(clip=True, strokeWidth=2, strokeDash=[6, 4]),
        starts.mark_rule(clip=True, strokeDash=[2, 3]).encode(x2="to_across:Q", y2="to_up:Q"),
        starts.mark_point(clip=True, size=50, opacity=1),
        starts.mark_point(clip=True, size=50, opacity=1, filled=True).encode(x="to_across:Q", y="to_up:Q"),
        point.mark_line(clip=True, strokeWidth=2).encode(order="stop:Q", strokeDash=runs_chart.DASH),
        point.transform_filter("datum.stop <= 40 * every && datum.stop != scrub_stop")
        .mark_point(clip=True, filled=True, size=22, opacity=1)
        .encode(shape=runs_chart.SHAPE),
        point.transform_filter(START)
        .mark_point(clip=True, size=160, opacity=1, strokeWidth=2.5)
        .encode(color=theme.INK),
        point.transform_filter(theme.AT_SCRUB)
        .mark_point(clip=True, filled=True, size=130, opacity=1)
        .encode(shape=runs_chart.SHAPE),
        theme.scrubbed(point),
        title.mark_text(align="left", fontSize=14, x=0, y=-17, text=UP_NAME),
        title.mark_text(align="center", fontSize=14, x=middle, y=TALL + 38, text=ACROSS_NAME),
    )
    numbers = ("across", ACROSS_NAME, 195), ("up", UP_NAME, 262), ("mse", "MSE", 335)
    return runs_chart.with_rows(surface.properties(height=TALL), 58, "paths", *numbers, longest=16)

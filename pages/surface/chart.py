"""The loss over two weights as filled bands, and the paths of runs on it under a scrub bar."""

from functools import cache
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


def chart(names: tuple[str, str], window: Window, datasets: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """The picture within a window; `names` are those of the two weights.

    `datasets` are named bands, line, starts, paths and runs; the first three may be empty.
    """
    scrub = runs_chart.scrub(datasets["paths"])
    return {
        **panels(),
        "params": [
            scrub,
            {"name": "middle", "value": window.across},
            {"name": "height_middle", "value": window.up},
            {"name": "reach", "value": window.reach},
            {"name": "across_name", "value": names[0]},
            {"name": "up_name", "value": names[1]},
            {"name": "every", "value": scrub["bind"]["step"]},
        ],
        "datasets": datasets,
    }


@cache
def panels() -> dict[str, Any]:
    """The surface with the paths, and a row of numbers for each run."""
    rows = runs_chart.rows(
        "paths",
        ("across", alt.ExprRef("across_name"), 195),
        ("up", alt.ExprRef("up_name"), 262),
        ("mse", "MSE", 335),
        digits=".4~g",
        longest=16,
    )
    return theme.finish(
        alt.vconcat(_surface(), rows, spacing=58).resolve_scale(
            color="shared", shape="shared", strokeDash="independent"
        )
    )


def _surface() -> alt.LayerChart | alt.FacetChart:
    """The darker a band, the higher its loss; the start is a ring, the line of minima dashed."""
    bands, line, starts, paths = (alt.Chart(alt.NamedData(name)) for name in ("bands", "line", "starts", "paths"))
    point = paths.transform_filter("isValid(datum.across)").encode(x="x:Q", y="y:Q", color=runs_chart.COLOUR)
    first = paths.transform_filter("datum.run == 0 && datum.stop == 0").encode(color=theme.INK)
    return alt.layer(
        bands.mark_line(filled=True, clip=True, strokeWidth=0, invalid="break-paths-show-domains").encode(
            x=theme.x("across", " ", ACROSS, format=theme.DIGITS, tickCount=6),
            y=theme.y("up", "", UP),
            detail="band:O",
            order="place:Q",
            color=theme.INK,
            fillOpacity=alt.FillOpacity("band:Q").scale(domain=[0, BANDS - 1], range=[0.03, 0.6]).legend(None),
        ),
        line.mark_line(clip=True, strokeWidth=2, strokeDash=[6, 4]).encode(x="across:Q", y="up:Q", color=theme.INK),
        starts.mark_rule(clip=True, strokeDash=[2, 3]).encode(
            x="across:Q", y="up:Q", x2="to_across:Q", y2="to_up:Q", color=theme.INK
        ),
        starts.mark_point(clip=True, size=50, opacity=1).encode(x="across:Q", y="up:Q", color=theme.INK),
        starts.mark_point(clip=True, size=50, opacity=1, filled=True).encode(
            x="to_across:Q", y="to_up:Q", color=theme.INK
        ),
        point.mark_line(clip=True, strokeWidth=2).encode(order="stop:Q", strokeDash=runs_chart.DASH),
        point.transform_filter("datum.stop <= 40 * every && datum.stop != scrub")
        .mark_point(clip=True, filled=True, size=22, opacity=1)
        .encode(shape=runs_chart.SHAPE),
        point.transform_filter("datum.stop == 0 && datum.run == 0")
        .mark_point(clip=True, size=160, opacity=1, strokeWidth=2.5)
        .encode(color=theme.INK),
        point.transform_filter(runs_chart.AT_SCRUB)
        .mark_point(clip=True, filled=True, size=130, opacity=1)
        .encode(shape=runs_chart.SHAPE),
        first.mark_text(align="left", fontSize=14, x=0, y=-17, text=alt.ExprRef("up_name")),
        first.mark_text(
            align="center",
            fontSize=14,
            x=alt.ExprRef(f"(width + {theme.GUTTER}) / 2"),
            y=TALL + 38,
            text=alt.ExprRef("across_name"),
        ),
    ).properties(height=TALL)

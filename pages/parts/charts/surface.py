"""The loss over two weights as filled bands, and the paths of runs on it under a scrub bar."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from pages.parts import surface
from pages.parts.charts import look
from pages.parts.surface import Window

TALL = 340  # pixels
# As many weights a pixel across as up, so that what is at a right angle looks so; `width` is the picture's.
HALF = f"reach * (width - {look.GUTTER}) / {TALL}"
ACROSS = (f"middle - {HALF}", f"middle + {HALF}")
UP = ("height_middle - reach", "height_middle + reach")
AT_SCRUB = "datum.stop == scrub"


def chart(names: tuple[str, str], window: Window, stride: int, datasets: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """The picture within a window; `names` are those of the two weights.

    `datasets` are named bands, line, starts, paths and runs; the first three may have no row.
    """
    last = int(datasets["paths"]["stop"].max())
    bar = {"input": "range", "min": 0, "max": last, "step": stride, "name": "Update "}
    return {
        **panels(),
        "params": [
            {"name": "scrub", "value": last, "bind": bar},
            {"name": "middle", "value": window.across},
            {"name": "height_middle", "value": window.up},
            {"name": "reach", "value": window.reach},
            {"name": "across_name", "value": names[0]},
            {"name": "up_name", "value": names[1]},
            {"name": "every", "value": stride},
        ],
        "datasets": datasets,
    }


@cache
def panels() -> dict[str, Any]:
    """The surface with the paths, and a row of numbers for each run."""
    rows = look.run_rows(
        "paths",
        ("across", alt.ExprRef("across_name"), 195),
        ("up", alt.ExprRef("up_name"), 262),
        ("mse", "MSE", 335),
        digits=".4~g",
        longest=16,
    )
    return look.finish(
        alt.vconcat(_surface(), rows, spacing=58).resolve_scale(
            color="shared", shape="shared", strokeDash="independent"
        )
    )


def _surface() -> alt.LayerChart | alt.FacetChart:
    """The darker a band, the higher its loss; the start is a ring, the perfect weights a dashed line."""
    bands, line, starts, paths = (alt.Chart(alt.NamedData(name)) for name in ("bands", "line", "starts", "paths"))
    held = paths.transform_filter("isValid(datum.across)").encode(x="x:Q", y="y:Q", color=look.RUN)
    once = paths.transform_filter("datum.run == 0 && datum.stop == 0").encode(color=look.INK)
    return alt.layer(
        bands.mark_line(filled=True, clip=True, strokeWidth=0, invalid="break-paths-show-domains").encode(
            x=look.x("across", " ", ACROSS, format=look.DIGITS, tickCount=6),
            y=look.y("up", "", UP),
            detail="band:O",
            order="place:Q",
            color=look.INK,
            fillOpacity=alt.FillOpacity("band:Q").scale(domain=[0, surface.BANDS - 1], range=[0.03, 0.6]).legend(None),
        ),
        line.mark_line(clip=True, strokeWidth=2, strokeDash=[6, 4]).encode(x="across:Q", y="up:Q", color=look.INK),
        starts.mark_rule(clip=True, strokeDash=[2, 3]).encode(
            x="across:Q", y="up:Q", x2="to_across:Q", y2="to_up:Q", color=look.INK
        ),
        starts.mark_point(clip=True, size=50, opacity=1).encode(x="across:Q", y="up:Q", color=look.INK),
        starts.mark_point(clip=True, size=50, opacity=1, filled=True).encode(
            x="to_across:Q", y="to_up:Q", color=look.INK
        ),
        held.mark_line(clip=True, strokeWidth=2).encode(order="stop:Q", strokeDash=look.RUN_DASH),
        held.transform_filter("datum.stop <= 40 * every && datum.stop != scrub")
        .mark_point(clip=True, filled=True, size=22, opacity=1)
        .encode(shape=look.RUN_SHAPE),
        held.transform_filter("datum.stop == 0 && datum.run == 0")
        .mark_point(clip=True, size=160, opacity=1, strokeWidth=2.5)
        .encode(color=look.INK),
        held.transform_filter(AT_SCRUB)
        .mark_point(clip=True, filled=True, size=130, opacity=1)
        .encode(shape=look.RUN_SHAPE),
        once.mark_text(align="left", fontSize=14, x=0, y=-17, text=alt.ExprRef("up_name")),
        once.mark_text(
            align="center",
            fontSize=14,
            x=alt.ExprRef(f"(width + {look.GUTTER}) / 2"),
            y=TALL + 38,
            text=alt.ExprRef("across_name"),
        ),
    ).properties(height=TALL)

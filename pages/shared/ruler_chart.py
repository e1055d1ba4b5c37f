"""A ruler of learning rates: where they converge, oscillate and diverge, and where one rate stands."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from pages.shared import rate_ruler, theme

AT_RATE = "abs(datum.power - power) < 0.001"  # of the parameter `power`, a power of 10


def chart(power: float, datasets: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """The ruler on its own, with the rate at `power`; `datasets` are named marks and ruler."""
    return {**alone(), "params": [{"name": "power", "value": power}], "datasets": datasets}


@cache
def alone() -> dict[str, Any]:
    """The spec of the ruler on its own."""
    return theme.finish(alt.vconcat(panel()))


def panel() -> alt.LayerChart | alt.FacetChart:
    """A row for each of the datasets "marks", "ruler" and "guess": zones and marks, the present rate, an answer."""
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0, rate_ruler.END], nice=False))
    y = alt.Y("row:O").axis(None)
    marks = alt.Chart(alt.NamedData("marks")).encode(x=x, y=y)
    zones = marks.transform_filter("datum.zone != null")
    ticks = marks.transform_filter("datum.tick != null")
    here = alt.Chart(alt.NamedData("ruler")).transform_filter(AT_RATE).encode(y=y)
    guess = alt.Chart(alt.NamedData("guess")).encode(x=x, y=y)
    colour = (
        alt.Color("zone:N")
        .scale(domain=[*rate_ruler.ZONES, *rate_ruler.NEAR_ZONES], range=["#56b4e9", "#e6c229", "#d55e00"])
        .legend(None)
    )
    return alt.layer(
        zones.mark_bar(size=20, opacity=0.35).encode(x2="until:Q", color=colour),
        zones.transform_calculate(middle="(datum.place + datum.until) / 2")
        .mark_text(fontSize=12)
        .encode(x=alt.X("middle:Q", axis=None), text="zone:N", color=theme.INK),
        ticks.mark_tick(size=26, thickness=2).encode(color=theme.INK),
        ticks.mark_text(dy=24, fontSize=12).encode(text="tick:N", color=theme.INK),
        here.mark_text(align="left", x=0, dy=-28, fontSize=13, fontWeight="bold", aria=True).encode(
            text="message:N", description="message:N", color=theme.INK
        ),
        here.mark_point(filled=True, shape="triangle-down", size=150, opacity=1, yOffset=-12).encode(
            x=x, color=theme.PRIMARY
        ),
        guess.mark_point(shape="diamond", size=100, strokeWidth=3, opacity=1, yOffset=-13).encode(color=theme.PRIMARY),
        guess.mark_text(text="you", align="left", dx=9, dy=-13, fontSize=12, fontWeight="bold").encode(
            color=theme.PRIMARY
        ),
    ).properties(height=alt.Step(84))

"""A ruler of learning rates: where they converge, oscillate and diverge, and where one rate stands."""

from typing import Any

import altair as alt
import pandas as pd

from pages.shared import rate_ruler, theme

AT_RATE = "abs(datum.power - power) < 0.001"  # of the parameter `power`, a power of 10
DRAGGED = "dragged_rate"
ROW = 94  # pixels


def chart(power: float, datasets: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """The ruler on its own, with the rate at `power`; `datasets` are named marks and ruler."""
    return theme.fill(_alone(), datasets, power=power)


@theme.built_once
def _alone() -> dict[str, Any]:
    return theme.finish(alt.vconcat(panel()))


def draggable(datasets: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """The ruler on its own, to be dragged on; `datasets` are named now, marks and ruler, see `theme.dragged`."""
    return theme.fill(_draggable(), datasets, {"name": "power", "expr": theme.dragged(DRAGGED, "power")})


@theme.built_once
def _draggable() -> dict[str, Any]:
    now = alt.Chart(alt.NamedData("now")).mark_point(opacity=0)  # a dataset that nothing draws is not there
    return theme.finish(alt.vconcat(with_handle() + now))


def with_handle() -> alt.LayerChart | alt.FacetChart:
    """The panel, with the layer that is dragged."""
    return alt.layer(panel(), handle()).properties(height=alt.Step(ROW))


def handle() -> alt.Chart:
    """An invisible layer: every rate on the ruler can be dragged to."""
    rates = alt.Chart(alt.NamedData("ruler")).transform_filter(f"datum.place < {rate_ruler.END}")
    rates = rates.transform_calculate(asked=f"{theme.NOW}.asked")
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0, rate_ruler.END], nice=False))
    points = rates.mark_point(opacity=0, size=1, cursor="ew-resize", tooltip=None).encode(
        x=x, y=alt.Y("row:O").axis(None)
    )
    return points.add_params(theme.drag(DRAGGED, "power", "rate"))


def panel() -> alt.LayerChart | alt.FacetChart:
    """A row for each of the datasets "marks", "ruler" and "guess": zones and marks, the present rate, an answer."""
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0, rate_ruler.END], nice=False))
    y = alt.Y("row:O").axis(None)
    marks, here, guess = (alt.Chart(alt.NamedData(name)).encode(x=x, y=y) for name in ("marks", "ruler", "guess"))
    zones, ticks = (marks.transform_filter(f"datum.{name} != null") for name in ("zone", "tick"))
    middle = zones.transform_calculate(middle="(datum.place + datum.until) / 2")
    here = here.transform_filter(AT_RATE).encode(color=theme.PRIMARY)
    guess = guess.encode(color=theme.PRIMARY)
    names, colours = [*rate_ruler.ZONES, *rate_ruler.NEAR_ZONES], ["blue", "yellow", "red"]  # as `boxes`
    colour = alt.Color("zone:N").scale(domain=names, range=colours).legend(None)
    return alt.layer(
        zones.mark_bar(size=20, opacity=0.25).encode(x2="until:Q", color=colour),
        middle.mark_text(fontSize=12).encode(x=alt.X("middle:Q", axis=None), text="zone:N", color=theme.INK),
        ticks.mark_tick(size=26, thickness=2).encode(color=theme.INK),
        ticks.mark_text(dy=24, fontSize=12, lineBreak="\n").encode(text="tick:N", color=theme.INK),
        theme.message(here, "datum.message", dy=-28, fontWeight="bold").encode(x=alt.value(0)),
        here.mark_point(filled=True, shape="triangle-down", size=260, opacity=1, yOffset=-13),
        guess.mark_point(shape="diamond", size=100, strokeWidth=3, opacity=1, yOffset=-13),
        guess.mark_text(text="you", align="left", dx=9, dy=-13, fontSize=12, fontWeight="bold"),
    ).properties(height=alt.Step(ROW))

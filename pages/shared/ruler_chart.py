"""A ruler of learning rates: where they converge, oscillate and diverge, and where one rate stands."""

from typing import Any

import altair as alt
import pandas as pd
from altair.typing import ChartType

from gd_core.regimes import ROUNDING, Regime
from pages.shared import rate_ruler, theme
from pages.shared.numbers import MINUS

ROOM = 350  # pixels for the name of a regime too
LINEAR = f"data('marks')[0].zone == '{rate_ruler.ZONES[0]}'"
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


def panel() -> alt.LayerChart:
    """A row for each of the datasets "marks", "ruler" and "guess": zones and marks, the present rate, an answer."""
    return _rows(*_layers())


def with_handle() -> alt.LayerChart:
    """The panel, with an invisible layer: every rate on the ruler can be dragged to."""
    rates = _rates(alt.Chart(alt.NamedData("ruler"))).transform_filter(f"datum.place < {rate_ruler.END}")
    rates = rates.transform_calculate(asked=f"{theme.NOW}.asked")
    points = rates.mark_point(opacity=0, size=1, cursor="ew-resize", tooltip=None)
    return _rows(*_layers(), points.add_params(theme.drag(DRAGGED, "power", "rate")))


def _rows(*layers: ChartType) -> alt.LayerChart:
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0, rate_ruler.END], nice=False))
    return alt.layer(*layers).encode(x=x, y=alt.Y("row:O").axis(None)).properties(height=alt.Step(ROW))


def _layers() -> list[ChartType]:
    marks, ruler, guess = (alt.Chart(alt.NamedData(name)) for name in ("marks", "ruler", "guess"))
    zones, ticks = (marks.transform_filter(f"datum.{name} != null") for name in ("zone", "tick"))
    middle = zones.transform_calculate(place="(datum.place + datum.until) / 2")
    ticks, guess = ticks.encode(color=theme.INK), guess.encode(color=theme.PRIMARY)
    here = ruler.mark_point(filled=True, shape="triangle-down", size=260, opacity=1, yOffset=-13)
    here = alt.layer(_message(ruler), here.encode(color=theme.PRIMARY))
    names, colours = [*rate_ruler.ZONES, *rate_ruler.NEAR_ZONES], ["blue", "yellow", "red"]  # as `boxes`
    colour = alt.Color("zone:N").scale(domain=names, range=colours).legend(None)
    return [
        zones.mark_bar(size=20, opacity=0.25).encode(x2="until:Q", color=colour),
        middle.mark_text(fontSize=12).encode(text="zone:N", color=theme.INK),
        ticks.mark_tick(size=26, thickness=2),
        ticks.mark_text(dy=24, fontSize=12, lineBreak="\n").encode(text="tick:N"),
        _rates(here).transform_filter(AT_RATE),
        guess.mark_point(shape="diamond", size=100, strokeWidth=3, opacity=1, yOffset=-13),
        guess.mark_text(text="you", align="left", dx=9, dy=-13, fontSize=12, fontWeight="bold"),
    ]


def _rates(chart: ChartType) -> ChartType:
    """The rates on each row, with the share of the error that an update takes away, and their place."""
    rows = alt.LookupData(alt.NamedData("marks"), "row", ["sharpness", "called"])
    rates = chart.transform_lookup("row", rows).transform_calculate(share="datum.rate * datum.sharpness")
    return rates.transform_calculate(place=f"min(datum.share, {rate_ruler.END})")


def _message(here: alt.Chart) -> alt.Chart:
    """What an update at the present rate does to the error, as `rate_ruler.message` has it."""
    share, rest = "datum.share", "abs(2 - datum.share)"
    near = f"{ROUNDING} < {rest} && {rest} < 1e-3 ? {share} < 2 ? '{MINUS}1 + ' : '{MINUS}1 {MINUS} ' : ''"
    regimes = {
        f"!{share}": Regime.STANDS_STILL,
        f"abs({share} - 1) <= {ROUNDING}": Regime.ONE_STEP,
        f"{rest} <= {ROUNDING}": Regime.OSCILLATES,
        f"{share} < 1": Regime.CONVERGES,
        f"{share} < 2": Regime.OSCILLATES_AND_CONVERGES,
    }
    regime = "".join(f"{where} ? '{name}' : " for where, name in regimes.items()) + f"'{Regime.DIVERGES}'"
    here = here.transform_calculate(one=f"!({LINEAR}) ? 'about ' : {share} && {share} < 1e-3 ? '1 {MINUS} ' : {near}")
    here = here.transform_calculate(left=f"{LINEAR} && datum.one ? min({share}, {rest}) : 1 - {share}")
    left, about = theme.number("datum.left"), theme.number("datum.left", 3)
    named = f"(width < {ROOM} ? '' : ', ' + ({regime}))"  # the zone at the marker has its name too
    does = f"datum.called + datum.one + ({LINEAR} ? {left} + {named} : {about})"
    return theme.message(here, does, dy=-28, fontWeight="bold").encode(x=alt.value(0))

"""One weight on the curve of its loss, and a ruler of learning rates, under a bar that drags the rate."""

from typing import Any

import altair as alt
import pandas as pd

from pages.learning_rate import model
from pages.shared import ruler_chart, theme

FELL, ROSE = "the loss fell", "the loss rose"


def chart(
    weight: str, power: float, rates: pd.Series, width: float, datasets: dict[str, pd.DataFrame]
) -> dict[str, Any]:
    """The picture of one weight, called `weight`, that begins with the rate at `power`.

    `rates` and `width` are what `model.rates` gives; `datasets` are named curve, path, ruler, marks and guess.
    """
    curve, ends = datasets["curve"], (float(rates.index[0]), float(rates.index[-1]))
    left, right = (float(curve["weight"].iloc[end]) for end in (0, -1))
    rate = theme.bar("power", "Learning rate 10^", power, ends, width)
    update = theme.bar("step", "Update", 1, (1, model.STEPS), 1)
    top = float(curve["mse"].max()) or 1.0
    return theme.fill(_panels(), datasets, rate, update, called=weight, left=left, right=right, top=top)


@theme.built_once
def _panels() -> dict[str, Any]:
    panels = alt.vconcat(_curve_panel(), ruler_chart.panel(), _readout(), spacing=34)
    return theme.finish(panels.resolve_scale(color="independent"))


def _curve_panel() -> alt.LayerChart | alt.FacetChart:
    """Each update is an arrow at the height of its loss, and a dashed line from its end to the new loss."""
    curve = alt.Chart(alt.NamedData("curve")).encode(x="weight:Q", y="mse:Q")
    path = alt.Chart(alt.NamedData("path")).transform_filter(f"{ruler_chart.AT_RATE} && datum.seen")
    path = path.transform_calculate(
        loss=f"datum.mse_next <= datum.mse ? '{FELL}' : '{ROSE}'",
        arrives="datum.arrow == datum.weight_next",
        to_the="datum.weight_next < datum.weight ? 'triangle-left' : 'triangle-right'",
    )
    colour = alt.Color("loss:N").scale(domain=[FELL, ROSE], range=["#1c9c74", "#d55e00"]).legend(None)
    arrow = path.transform_filter("datum.weight_next != datum.weight").encode(y="mse:Q", color=colour)
    here = path.transform_filter("datum.update == step")
    tangent = here.transform_calculate(
        begins="datum.weight - datum.reach",
        ends="datum.weight + datum.reach",
        from_="datum.mse - datum.slope * datum.reach",
        to="datum.mse + datum.slope * datum.reach",
    )
    x = theme.x("weight", "Weight to change", ("left", "right"), format=theme.DIGITS, tickCount=6)
    y = theme.y("mse", "Loss: mean squared error", (f"-{model.BELOW} * top", "1.02 * top"))
    return alt.layer(
        curve.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=theme.INK),
        tangent.mark_rule(strokeWidth=3).encode(x="begins:Q", x2="ends:Q", y="from_:Q", y2="to:Q", color=theme.PRIMARY),
        arrow.transform_filter("datum.arrives").mark_rule(strokeDash=[2, 3]).encode(x="arrow:Q", y2="mse_next:Q"),
        arrow.mark_rule(strokeWidth=2).encode(x="weight:Q", x2="arrow:Q"),
        arrow.mark_point(filled=True, opacity=1, size=80).encode(x="arrow:Q", shape=alt.Shape("to_the:N").scale(None)),
        path.mark_point(filled=True, size=35, opacity=1).encode(x="weight:Q", y="mse:Q", color=theme.INK),
        here.mark_point(filled=True, size=130, opacity=1).encode(x="weight:Q", y="mse:Q", color=theme.PRIMARY),
    ).properties(height=220)


def _readout() -> alt.LayerChart | alt.FacetChart:
    here = alt.Chart(alt.NamedData("path")).transform_filter(f"{ruler_chart.AT_RATE} && datum.update == step")
    rate, update, weight, slope, mse, after, mse_after = (
        theme.written(name) for name in ("rate", "update", "weight", "slope", "mse", "weight_next", "mse_next")
    )
    return theme.lines(
        here,
        f"'Learning rate ' + {rate} + ', update ' + {update}",
        f"'Slope ' + {slope} + (datum.slope > 0 ? ', positive: to lower numbers' : "
        "datum.slope < 0 ? ', negative: to higher numbers' : ': nowhere to go')",
        f"called + ': ' + {weight} + ' - ' + {rate} + ' × ' + {slope} + ' = ' + {after}"
        " + (datum.arrow == datum.weight_next ? '' : ', beyond the picture')",
        f"'Mean squared error: ' + {mse} + ' → ' + {mse_after}",
    )

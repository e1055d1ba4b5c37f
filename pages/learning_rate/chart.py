"""One weight on the curve of its loss, and a ruler of learning rates, under a bar that drags the rate."""

from typing import Any

import altair as alt
import pandas as pd

from pages.learning_rate import model
from pages.shared import ruler_chart, theme, weight_curve
from pages.shared.numbers import MINUS

DRAGGED = "dragged_start"
# A linear neuron that starts farther from its minimum takes the same path, stretched; others wait for the server.
STRETCH = f"""isValid({theme.NOW}.minimum) && {theme.NOW}.weight != {theme.NOW}.minimum
    ? (start - {theme.NOW}.minimum) / ({theme.NOW}.weight - {theme.NOW}.minimum) : 1"""
SHOWN = [
    {"name": "power", "expr": theme.dragged(ruler_chart.DRAGGED, "power")},
    {"name": "start", "expr": theme.dragged(DRAGGED, "weight")},
    {"name": "stretch", "expr": STRETCH},
]


def chart(weight: str, datasets: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """The picture of one weight, called `weight`; `datasets` are named now, curve, path, ruler, marks and guess."""
    curve = datasets["curve"]
    left, right = (float(curve["weight"].iloc[end]) for end in (0, -1))
    update = {"name": "step", **theme.bar("Update", 0, (0, model.STEPS - 1), 1)}
    top = float(curve["mse"].max()) or 1.0
    return theme.fill(_panels(), datasets, *SHOWN, update, called=weight, left=left, right=right, top=top)


@theme.built_once
def _panels() -> dict[str, Any]:
    panels = alt.vconcat(ruler_chart.with_handle(), _curve_panel(), _readout(), spacing=34)
    return theme.finish(panels.resolve_scale(color="independent"))


def _path() -> alt.Chart:
    """The updates at the rate and from the start that are shown."""
    path = alt.Chart(alt.NamedData("path")).transform_filter(ruler_chart.AT_RATE)
    for name in ("weight", "weight_next"):
        away = f"{theme.NOW}.minimum + stretch * (datum.{name} - {theme.NOW}.minimum)"
        path = path.transform_calculate(**{name: _stretched(name, away)})
    for name, by in (("slope", "stretch"), ("mse", "stretch * stretch"), ("mse_next", "stretch * stretch")):
        path = path.transform_calculate(**{name: _stretched(name, f"{by} * datum.{name}")})
    return path


def _stretched(name: str, value: str) -> str:
    return f"stretch == 1 || !isValid(datum.{name}) ? datum.{name} : {value}"


def _curve_panel() -> alt.LayerChart | alt.FacetChart:
    """Each update is an arrow at the height of its loss, and a dashed line from its end to the new loss."""
    curve = alt.Chart(alt.NamedData("curve")).encode(x="weight:Q", y="mse:Q")
    path = _path().transform_filter("inrange(datum.weight, [left, right])")
    path = path.transform_calculate(
        end="isValid(datum.weight_next) ? datum.weight_next : datum.slope > 0 ? left : right",
        to_the="datum.slope > 0 ? 'triangle-left' : 'triangle-right'",
    ).transform_calculate(arrow="clamp(datum.end, left, right)", arrives="inrange(datum.end, [left, right])")
    arrow = path.transform_filter("datum.weight_next != datum.weight").encode(y="mse:Q", color=theme.FELL_OR_ROSE)
    here = path.transform_filter("datum.update == step")
    room = f"min(datum.mse + {weight_curve.BELOW} * top, max(top - datum.mse, {weight_curve.BELOW} * top))"
    tangent = here.transform_calculate(reach=f"min({room} / abs(datum.slope), (right - left) / 6)")
    tangent = tangent.transform_calculate(
        begins="datum.weight - datum.reach",
        ends="datum.weight + datum.reach",
        from_="datum.mse - datum.slope * datum.reach",
        to="datum.mse + datum.slope * datum.reach",
    )
    x = theme.x("weight", "Weight to change", ("left", "right"), tickCount=6)
    y = theme.y("mse", "Loss: mean squared error", (f"-{weight_curve.BELOW} * top", "1.02 * top"))
    # The start is where the pointer is, though on the curve: only its distance across counts.
    start = curve.transform_calculate(asked=f"{theme.NOW}.asked").encode(y=alt.value(110))
    now = alt.Chart(alt.NamedData("now")).transform_calculate(
        weight="start", mse=f"{theme.NOW}.mse * stretch * stretch"
    )
    return alt.layer(
        curve.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=theme.INK),
        tangent.mark_rule(strokeWidth=3).encode(x="begins:Q", x2="ends:Q", y="from_:Q", y2="to:Q", color=theme.PRIMARY),
        arrow.transform_filter("datum.arrives").mark_rule(strokeDash=[2, 3]).encode(x="arrow:Q", y2="mse_next:Q"),
        arrow.mark_rule(strokeWidth=2).encode(x="weight:Q", x2="arrow:Q"),
        arrow.mark_point(filled=True, opacity=1, size=80).encode(x="arrow:Q", shape=alt.Shape("to_the:N").scale(None)),
        path.mark_point(filled=True, size=35, opacity=1).encode(x="weight:Q", y="mse:Q", color=theme.INK),
        here.mark_point(filled=True, size=130, opacity=1).encode(x="weight:Q", y="mse:Q", color=theme.PRIMARY),
        now.mark_point(size=320, strokeWidth=2, opacity=1, cursor="ew-resize").encode(
            x="weight:Q", y="mse:Q", color=theme.PRIMARY
        ),
        start.mark_point(opacity=0, size=1, cursor="ew-resize").add_params(theme.drag(DRAGGED, "weight")),
    ).properties(height=220)


def _readout() -> alt.LayerChart | alt.FacetChart:
    here = _path().transform_filter("datum.update == step")
    rate, update, weight, slope, mse, after, mse_after = (
        theme.written(name) for name in ("rate", "update", "weight", "slope", "mse", "weight_next", "mse_next")
    )
    return theme.lines(
        here,
        f"'Learning rate ' + {rate} + ', update ' + {update}",
        f"'Slope ' + {slope} + (datum.slope > 0 ? ', positive: to lower numbers' : "
        "datum.slope < 0 ? ', negative: to higher numbers' : ': nowhere to go')",
        f"called + ': ' + {weight} + ' {MINUS} ' + {rate} + ' × ' + {slope} + ' = ' + {after}"
        " + (inrange(datum.weight_next, [left, right]) ? '' : ', beyond the picture')",
        f"'Mean squared error: ' + {mse} + ' → ' + {mse_after}",
    )

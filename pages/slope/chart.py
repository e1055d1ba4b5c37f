"""The neuron with its values, its activation with the tangent, and rise over run beside the slope."""

from functools import cache
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from pages.shared import theme

AT_NUDGE = "datum.power == power"
POWER = "'1e' + format(datum.value, '.2~f')"


def neuron(wires: pd.DataFrame, values: pd.DataFrame, activation: str) -> dict[str, Any]:
    """The neuron: inputs on the left, weights on their wires, the sum, the prediction and the error.

    `wires` and `values` are what `model.wires` and `model.values` give.
    """
    height = max(190, 34 * len(wires))
    params = [{"name": "activation", "value": activation}, {"name": "inputs", "value": len(wires)}]
    return {**neuron_panel(), "height": height, "params": params, "datasets": {"wires": wires, "values": values}}


@cache
def neuron_panel() -> dict[str, Any]:
    """From left to right, as the numbers flow. Places across are shares of the width."""
    ends = [alt.ExprRef("0.5"), alt.ExprRef("inputs + 0.5")]
    y = alt.Y("place:Q", axis=None, scale=alt.Scale(reverse=True, zero=False, nice=False, domain=ends))
    wire = alt.Chart(alt.NamedData("wires")).encode(y=y)
    node = alt.Chart(alt.NamedData("wires")).transform_filter("datum.place == 1").encode(y=alt.Y("middle:Q", axis=None))
    values = alt.Chart(alt.NamedData("values"))

    def across(share: float) -> alt.XDatum:
        return alt.XDatum(share, type="quantitative", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))

    def label(share: float, dy: int, line: str, size: int, weight: Literal["normal", "bold"] = "normal") -> alt.Chart:
        text = values.transform_calculate(message=line).mark_text(
            align="left", dy=dy, fontSize=size, fontWeight=weight, y=alt.expr("height / 2")
        )
        return text.encode(x=across(share), text="message:N", color=theme.INK)

    g = theme.written
    # Each weight stands at its own input, on the side of the wire that no other wire crosses.
    weights = [
        wire.transform_filter(half)
        .transform_calculate(message="'× ' + " + g("weight"))
        .mark_text(align="left", dx=12, dy=dy, fontSize=13)
        .encode(x=across(0.16), text="message:N", color=theme.PRIMARY)
        for half, dy in (("datum.place <= datum.middle", -9), ("datum.place > datum.middle", 10))
    ]
    return theme.finish(
        alt.layer(
            wire.mark_rule(strokeWidth=2, opacity=0.6).encode(
                x=across(0.16), x2=alt.X2Datum(0.52), y2="middle:Q", color=theme.INK
            ),
            wire.mark_point(filled=True, opacity=1, size=120).encode(x=across(0.16), color=theme.PRIMARY),
            wire.mark_text(align="right", dx=-14, fontSize=14, fontWeight="bold").encode(
                x=across(0.16), text=theme.text("input"), color=theme.INK
            ),
            *weights,
            node.mark_point(filled=True, opacity=1, size=1100).encode(x=across(0.54), color=theme.PRIMARY),
            label(0.63, -36, "'sum ' + " + g("sum"), 13),
            label(0.63, -12, "activation + ' → prediction'", 13),
            label(0.63, 8, g("prediction"), 16, "bold"),
            label(0.63, 32, "'target ' + " + g("target"), 13),
            label(0.63, 54, "'error ' + " + g("error"), 14, "bold"),
        )
    )


def activation(curve: pd.DataFrame, tangent: pd.DataFrame) -> dict[str, Any]:
    """The activation and its tangent; takes `model.activation_curve` and `model.tangent`."""
    return {**activation_panel(), "datasets": {"curve": curve, "tangent": tangent}}


@cache
def activation_panel() -> dict[str, Any]:
    """The curve, the point where the neuron stands, and the tangent there."""
    curve = alt.Chart(alt.NamedData("curve"))
    here = alt.Chart(alt.NamedData("tangent"))
    return theme.finish(
        alt.layer(
            curve.mark_line(strokeWidth=2.5).encode(
                x=theme.x("sum", "Sum fed into the activation", tickCount=6),
                y=theme.y("value", "Prediction"),
                color=theme.INK,
            ),
            here.mark_rule(strokeWidth=3).encode(x="left:Q", x2="right:Q", y="low:Q", y2="high:Q", color=theme.PRIMARY),
            here.mark_point(filled=True, opacity=1, size=130).encode(x="sum:Q", y="value:Q", color=theme.PRIMARY),
        ).properties(height=170)
    )


def rise_over_run(nudges: pd.DataFrame, slope: float) -> dict[str, Any]:
    """How far rise over run is from the slope; `nudges` is what `model.nudges` gives."""
    last, first = float(nudges["power"].iloc[-1]), float(nudges["power"].iloc[0])
    bar = {"input": "range", "min": last, "max": first, "step": 0.5, "name": "Nudge h = 10^ "}
    off = nudges["off"].to_numpy()
    heights = np.log10(off[off > 0]) if off.any() else np.zeros(1)
    ends = {"first": first, "last": last, "low": heights.min() - 0.5, "high": heights.max() + 0.5, "slope": slope}
    params = [
        {"name": "power", "value": first - 2, "bind": bar},
        *({"name": name, "value": float(value)} for name, value in ends.items()),
    ]
    return {**nudge_panels(), "params": params, "datasets": {"nudges": nudges}}


@cache
def nudge_panels() -> dict[str, Any]:
    """Both axes are logarithmic: what is drawn is the power of 10. A difference of 0 has none."""
    nudge = alt.Chart(alt.NamedData("nudges"))
    drawn = nudge.transform_filter("datum.off > 0").transform_calculate(height="log(datum.off) / LN10")
    at = drawn.transform_filter(AT_NUDGE)
    point = drawn.encode(x="power:Q", y="height:Q", color=theme.PRIMARY)
    x = theme.x("power", "Nudge h", ("first", "last"), labelExpr=POWER, tickCount=6)
    return theme.finish(
        alt.vconcat(
            alt.layer(
                point.mark_line().encode(x=x, y=theme.y("height", "Off by", ("low", "high"), labelExpr=POWER)),
                point.mark_point(filled=True, opacity=1, size=30),
                at.mark_point(filled=True, opacity=1, size=150).encode(x="power:Q", y="height:Q", color=theme.PRIMARY),
            ).properties(height=170),
            theme.lines(
                nudge.transform_filter(AT_NUDGE),
                f"'Nudge h = ' + {theme.written('h', '.3~g')}",
                f"'Rise ' + {theme.written('rise')} + ' over run: ' + {theme.written('rise_over_run', '.9~g')}",
                "'Slope: ' + format(slope, '.9~g')",
                f"'Off by ' + {theme.written('off', '.3~g')}",
            ),
            spacing=30,
        )
    )

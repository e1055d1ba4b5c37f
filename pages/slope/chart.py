"""The neuron with its values, its activation with the tangent, and rise over run beside the slope."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from pages.shared import theme

AT_NUDGE = "datum.power == power"


def neuron(wires: pd.DataFrame, values: pd.DataFrame, activation: str) -> dict[str, Any]:
    """The neuron with its values; takes `model.wires` and `model.values`."""
    spec = {**_neuron_panel(), "height": max(190, 34 * len(wires))}
    return theme.fill(spec, {"wires": wires, "values": values}, activation=activation, inputs=len(wires))


@theme.built_once
def _neuron_panel() -> dict[str, Any]:
    """From left to right, as the numbers flow. Places across are shares of the width."""
    ends = [alt.ExprRef("0.5"), alt.ExprRef("inputs + 0.5")]
    y = alt.Y("place:Q", axis=None, scale=alt.Scale(reverse=True, zero=False, nice=False, domain=ends))
    wire, values = alt.Chart(alt.NamedData("wires")).encode(y=y), alt.Chart(alt.NamedData("values"))
    node = wire.transform_filter("datum.place == 1").encode(y=alt.Y("middle:Q", axis=None))
    # Each weight stands at its own input, on the side of the wire that no other wire crosses.
    upper, lower = (wire.transform_filter(f"datum.place {side} datum.middle") for side in ("<=", ">"))
    weight, middle = f"'× ' + {theme.written('weight')}", alt.expr("height / 2")

    def across(share: float) -> alt.XDatum:
        return alt.XDatum(share, type="quantitative", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))

    def label(chart: alt.Chart, share: float, line: str, **mark: Any) -> alt.Chart:
        return theme.message(chart, line, aria=False, **mark).encode(x=across(share))

    line = wire.mark_rule(strokeWidth=2, opacity=0.6).encode(x2=alt.X2Datum(0.52), y2="middle:Q", color=theme.INK)
    return theme.finish(
        alt.layer(
            line.encode(x=across(0.16)),
            wire.mark_point(filled=True, opacity=1, size=120).encode(x=across(0.16), color=theme.PRIMARY),
            label(wire, 0.16, theme.written("input"), align="right", dx=-14, fontSize=14, fontWeight="bold"),
            label(upper, 0.16, weight, dx=12, dy=-9).encode(color=theme.PRIMARY),
            label(lower, 0.16, weight, dx=12, dy=10).encode(color=theme.PRIMARY),
            node.mark_point(filled=True, opacity=1, size=1100).encode(x=across(0.54), color=theme.PRIMARY),
            label(values, 0.63, f"'sum ' + {theme.written('sum')}", y=middle, dy=-36),
            label(values, 0.63, "activation + ' → prediction'", y=middle, dy=-12),
            label(values, 0.63, theme.written("prediction"), y=middle, dy=8, fontSize=16, fontWeight="bold"),
            label(values, 0.63, f"'target ' + {theme.written('target')}", y=middle, dy=32),
            label(
                values, 0.63, f"'error ' + {theme.written('error')}", y=middle, dy=54, fontSize=14, fontWeight="bold"
            ),
        )
    )


def activation(curve: pd.DataFrame, tangent: pd.DataFrame) -> dict[str, Any]:
    """The activation and its tangent; takes `model.activation_curve` and `model.tangent`."""
    return theme.fill(_activation_panel(), {"curve": curve, "tangent": tangent})


@theme.built_once
def _activation_panel() -> dict[str, Any]:
    curve, here = (alt.Chart(alt.NamedData(name)) for name in ("curve", "tangent"))
    x, y = theme.x("sum", "Sum fed into the activation", tickCount=6), theme.y("value", "Prediction")
    here = here.encode(y="value:Q", color=theme.PRIMARY)
    layers = alt.layer(
        curve.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=theme.INK),
        here.mark_rule(strokeWidth=3).encode(x="left:Q", x2="right:Q", y="low:Q", y2="high:Q"),
        here.mark_point(filled=True, opacity=1, size=130).encode(x="sum:Q"),
    )
    return theme.finish(layers.properties(height=170))


def rise_over_run(nudges: pd.DataFrame, slope: float) -> dict[str, Any]:
    """How far rise over run is from the slope; takes `model.nudges`, of which not all may be exact."""
    last, first = float(nudges["power"].iloc[-1]), float(nudges["power"].iloc[0])
    heights = np.log10(nudges["off"][nudges["off"] > 0])
    low, high = float(heights.min() - 0.5), float(heights.max() + 0.5)
    ends = {"first": first, "last": last, "low": low, "high": high}
    bar = theme.bar("power", "Power of 10 of h", first - 2, (last, first), 0.5)
    return theme.fill(_nudge_panels(), {"nudges": nudges}, bar, **ends, slope=float(slope))


@theme.built_once
def _nudge_panels() -> dict[str, Any]:
    """Both axes are logarithmic: what is drawn is the power of 10. A difference of 0 has none."""
    nudge = alt.Chart(alt.NamedData("nudges"))
    drawn = nudge.transform_filter("datum.off > 0").transform_calculate(height="log(datum.off) / LN10")
    point = drawn.encode(x="power:Q", y="height:Q", color=theme.PRIMARY)
    x = theme.x("power", "Nudge h", ("first", "last"), labelExpr=theme.POWER, tickCount=6)
    y = theme.y("height", "Off by", ("low", "high"), labelExpr=theme.POWER)
    curve = alt.layer(
        point.mark_line().encode(x=x, y=y),
        point.mark_point(filled=True, opacity=1, size=30),
        point.transform_filter(AT_NUDGE).mark_point(filled=True, opacity=1, size=150),
    )
    numbers = theme.lines(
        nudge.transform_filter(AT_NUDGE),
        f"'Nudge h = ' + {theme.written('h', 3)}",
        f"'Rise ' + {theme.written('rise')} + ' over run: ' + {theme.written('rise_over_run', 9)}",
        f"'Slope: ' + {theme.number('slope', 9)}",
        f"'Off by ' + {theme.written('off', 3)}",
    )
    return theme.finish(alt.vconcat(curve.properties(height=170), numbers, spacing=30))

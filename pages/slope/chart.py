"""The loss over one weight with its slope, the neuron with its values, its activation, and rise over run."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from pages.shared import theme, weight_curve


def chart(weight: str, along: pd.DataFrame, activation: str, begins: float, step: float) -> dict[str, Any]:
    """The loss over a weight, called `weight`, that is dragged; takes what `model.along` gives."""
    left, right = along["weight"].iloc[[0, -1]].tolist()
    top = float(along["mse"].max()) or 1.0
    pulled = theme.pulled("weight", weight, begins, (left, right), step)
    values = {"left": left, "right": right, "top": top, "near": step / 200, "activation": activation}
    return theme.fill(_panels(), {"along": along}, pulled, **values)


@theme.built_once
def _panels() -> dict[str, Any]:
    along = alt.Chart(alt.NamedData("along"))
    here = along.transform_filter("abs(datum.weight - pulled_weight) < near")
    panels = alt.vconcat(_curve_panel(along, here), _product(here), spacing=34)
    return theme.finish(panels)


def _curve_panel(along: alt.Chart, here: alt.Chart) -> alt.LayerChart | alt.FacetChart:
    """The curve, and at the weight its tangent over the triangle of rise and run."""
    x = theme.x("weight", "Weight to look at", ("left", "right"), tickCount=6)
    y = theme.y("mse", "Loss: mean squared error", (f"-{weight_curve.BELOW} * top", "1.02 * top"))
    point = here.encode(x="weight:Q", y="mse:Q", color=theme.PRIMARY)
    leg = here.mark_rule(strokeWidth=2, strokeDash=[4, 3]).encode(color=theme.INK)
    middles = here.transform_calculate(
        half="(datum.weight + datum.corner) / 2", up="(datum.mse + datum.meets) / 2", out="datum.meets - datum.mse"
    )
    run = theme.message(
        middles, f"'run ' + {theme.written('run')}", align="center", dy=alt.expr("datum.out > 0 ? 23 : -16")
    )
    rise = theme.message(
        middles,
        f"'rise ' + {theme.written('rise')}",
        align=alt.expr("datum.inwards > 0 ? 'left' : 'right'"),
        dx=alt.expr("7 * datum.inwards"),
        dy=alt.expr("datum.out > 0 ? -14 : 14"),  # beside a flat tangent, not on it
        baseline="middle",
        fontWeight="bold",
    )
    return alt.layer(
        along.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=theme.INK),
        leg.encode(x="weight:Q", x2="corner:Q", y="mse:Q"),
        leg.encode(x="corner:Q", y="mse:Q", y2="meets:Q"),
        point.mark_rule(strokeWidth=3).encode(x="left:Q", x2="right:Q", y="low:Q", y2="high:Q"),
        run.encode(x="half:Q", y="mse:Q"),
        rise.encode(x="corner:Q", y="up:Q"),
        point.mark_point(filled=True, size=130, opacity=1),
        point.mark_point(size=320, strokeWidth=2, opacity=1, cursor="ew-resize"),
        # Only the distance across counts.
        theme.scrubbed(along.encode(x="weight:Q", y=alt.value(115))),
    ).properties(height=230)


def _product(here: alt.Chart) -> alt.LayerChart | alt.FacetChart:
    """The error, and the slope as the product of its three factors."""
    factors = {
        "'2 × error'": f"'2 × ' + {theme.written('error')}",
        "'input'": theme.written("input"),
        "['slope of', activation]": theme.written("slope_of_activation"),
        "'slope'": theme.written("slope"),
    }
    layers: list[Any] = [theme.lines(here, f"'Error ' + {theme.written('error')} + ', loss ' + {theme.written('mse')}")]
    place: dict[str, Any] = {"align": "center", "baseline": "top"}
    for column, (head, number) in enumerate(factors.items()):
        middle, between = (alt.expr(f"{column + share} / 4 * width") for share in (0.5, 1))
        layers.append(theme.message(here, head, x=middle, y=14, fontSize=12, **place))
        layers.append(theme.message(here, number, x=middle, y=46, fontWeight="bold", **place))
        if column < 3:
            layers.append(theme.message(here, f"'{'××='[column]}'", x=between, y=46, **place))
    return alt.layer(*layers).properties(height=62)


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


def rise_over_run(nudges: pd.DataFrame) -> dict[str, Any]:
    """How far rise over run is from the slope; takes `model.nudges`, of which not all may be exact."""
    first, last = nudges["power"].iloc[[0, -1]].tolist()
    heights = np.log10(nudges["off"][nudges["off"] > 0])
    low, high = float(heights.min() - 0.5), float(heights.max() + 0.5)
    return theme.fill(_nudge_panel(), {"nudges": nudges}, first=first, last=last, low=low, high=high)


@theme.built_once
def _nudge_panel() -> dict[str, Any]:
    """Both axes are logarithmic: what is drawn is the power of 10. A difference of 0 has none."""
    drawn = alt.Chart(alt.NamedData("nudges")).transform_filter("datum.off > 0")
    drawn = drawn.transform_calculate(height="log(datum.off) / LN10")
    point = drawn.encode(x="power:Q", y="height:Q", color=theme.PRIMARY)
    axis: dict[str, Any] = {"labelExpr": theme.POWER, "tickMinStep": 1}
    curve = alt.layer(
        point.mark_line().encode(
            x=theme.x("power", "Nudge h", ("first", "last"), padding=12, tickCount=5, **axis),
            y=theme.y("height", "Off by", ("low", "high"), **axis),
        ),
        point.mark_point(filled=True, opacity=1, size=30),
        point.transform_filter("datum.chosen").mark_point(filled=True, opacity=1, size=150),
    )
    return theme.finish(curve.properties(height=170))

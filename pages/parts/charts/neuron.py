"""A neuron with its values on it, and its activation with the tangent where it stands."""

from functools import cache
from typing import Any, Literal

import altair as alt
import pandas as pd

from pages.parts.charts import look


def chart(wires: pd.DataFrame, values: pd.DataFrame, activation: str) -> dict[str, Any]:
    """The neuron: inputs on the left, weights on their wires, the sum, the prediction and the error.

    `wires` and `values` are what `chain.wires` and `chain.values` give.
    """
    height = max(190, 34 * len(wires))
    params = [{"name": "activation", "value": activation}, {"name": "inputs", "value": len(wires)}]
    return {**picture(), "height": height, "params": params, "datasets": {"wires": wires, "values": values}}


@cache
def picture() -> dict[str, Any]:
    """From left to right, as the numbers flow. Places across are shares of the width."""
    ends = [alt.ExprRef("0.5"), alt.ExprRef("inputs + 0.5")]
    y = alt.Y("place:Q", axis=None, scale=alt.Scale(reverse=True, zero=False, nice=False, domain=ends))
    wire = alt.Chart(alt.NamedData("wires")).encode(y=y)
    node = alt.Chart(alt.NamedData("wires")).transform_filter("datum.place == 1").encode(y=alt.Y("middle:Q", axis=None))
    says = alt.Chart(alt.NamedData("values"))

    def across(share: float) -> alt.XDatum:
        return alt.XDatum(share, type="quantitative", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))

    def label(share: float, dy: int, line: str, size: int, weight: Literal["normal", "bold"] = "normal") -> alt.Chart:
        text = says.transform_calculate(says=line).mark_text(
            align="left", dy=dy, fontSize=size, fontWeight=weight, y=alt.expr("height / 2")
        )
        return text.encode(x=across(share), text="says:N", color=look.INK)

    g = look.says
    # Each weight stands at its own input, on the side of the wire that no other wire crosses.
    weights = [
        wire.transform_filter(half)
        .transform_calculate(says="'× ' + " + g("weight"))
        .mark_text(align="left", dx=12, dy=dy, fontSize=13)
        .encode(x=across(0.16), text="says:N", color=look.PRIMARY)
        for half, dy in (("datum.place <= datum.middle", -9), ("datum.place > datum.middle", 10))
    ]
    return look.finish(
        alt.layer(
            wire.mark_rule(strokeWidth=2, opacity=0.6).encode(
                x=across(0.16), x2=alt.X2Datum(0.52), y2="middle:Q", color=look.INK
            ),
            wire.mark_point(filled=True, opacity=1, size=120).encode(x=across(0.16), color=look.PRIMARY),
            wire.mark_text(align="right", dx=-14, fontSize=14, fontWeight="bold").encode(
                x=across(0.16), text=look.text("input"), color=look.INK
            ),
            *weights,
            node.mark_point(filled=True, opacity=1, size=1100).encode(x=across(0.54), color=look.PRIMARY),
            label(0.63, -36, "'sum ' + " + g("sum"), 13),
            label(0.63, -12, "activation + ' → prediction'", 13),
            label(0.63, 8, g("prediction"), 16, "bold"),
            label(0.63, 32, "'target ' + " + g("target"), 13),
            label(0.63, 54, "'error ' + " + g("error"), 14, "bold"),
        )
    )


def activation(bend: pd.DataFrame, tangent: pd.DataFrame) -> dict[str, Any]:
    """The activation and its tangent; `bend` and `tangent` are what `chain` gives under these names."""
    return {**curve(), "datasets": {"bend": bend, "tangent": tangent}}


@cache
def curve() -> dict[str, Any]:
    """The curve, the point where the neuron stands, and the tangent there."""
    bend = alt.Chart(alt.NamedData("bend"))
    here = alt.Chart(alt.NamedData("tangent"))
    return look.finish(
        alt.layer(
            bend.mark_line(strokeWidth=2.5).encode(
                x=look.x("sum", "Sum fed into the activation", tickCount=6),
                y=look.y("value", "Prediction"),
                color=look.INK,
            ),
            here.mark_rule(strokeWidth=3).encode(x="left:Q", x2="right:Q", y="low:Q", y2="high:Q", color=look.PRIMARY),
            here.mark_point(filled=True, opacity=1, size=130).encode(x="sum:Q", y="value:Q", color=look.PRIMARY),
        ).properties(height=170)
    )

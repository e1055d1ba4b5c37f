"""Rise over run beside the slope, for smaller and smaller nudges, under a bar that chooses the nudge."""

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from pages.parts.charts import look

AT_NUDGE = "datum.power == power"
POWER = "'1e' + format(datum.value, '.2~f')"


def chart(nudges: pd.DataFrame, slope: float) -> dict[str, Any]:
    """How far rise over run is from the slope; `nudges` is what `chain.nudges` gives."""
    last, first = float(nudges["power"].iloc[-1]), float(nudges["power"].iloc[0])
    bar = {"input": "range", "min": last, "max": first, "step": 0.5, "name": "Nudge h = 10^ "}
    off = nudges["off"].to_numpy()
    heights = np.log10(off[off > 0]) if off.any() else np.zeros(1)
    ends = {"first": first, "last": last, "low": heights.min() - 0.5, "high": heights.max() + 0.5, "slope": slope}
    params = [
        {"name": "power", "value": first - 2, "bind": bar},
        *({"name": name, "value": float(value)} for name, value in ends.items()),
    ]
    return {**panels(), "params": params, "datasets": {"nudges": nudges}}


@cache
def panels() -> dict[str, Any]:
    """Both axes are logarithmic: what is drawn is the power of 10. A difference of 0 has none."""
    nudge = alt.Chart(alt.NamedData("nudges"))
    drawn = nudge.transform_filter("datum.off > 0").transform_calculate(height="log(datum.off) / LN10")
    at = drawn.transform_filter(AT_NUDGE)
    point = drawn.encode(x="power:Q", y="height:Q", color=look.PRIMARY)
    x = look.x("power", "Nudge h", ("first", "last"), labelExpr=POWER, tickCount=6)
    return look.finish(
        alt.vconcat(
            alt.layer(
                point.mark_line().encode(x=x, y=look.y("height", "Off by", ("low", "high"), labelExpr=POWER)),
                point.mark_point(filled=True, opacity=1, size=30),
                at.mark_point(filled=True, opacity=1, size=150).encode(x="power:Q", y="height:Q", color=look.PRIMARY),
            ).properties(height=170),
            look.lines(
                nudge.transform_filter(AT_NUDGE),
                f"'Nudge h = ' + {look.says('h', '.3~g')}",
                f"'Rise ' + {look.says('rise')} + ' over run: ' + {look.says('rise_over_run', '.9~g')}",
                "'Slope: ' + format(slope, '.9~g')",
                f"'Off by ' + {look.says('off', '.3~g')}",
            ),
            spacing=30,
        )
    )

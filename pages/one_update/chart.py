"""The loss that one update leads to, over the learning rate, which is dragged by the tip of an arrow."""

from typing import Any

import altair as alt
import pandas as pd

from pages.shared import theme

DRAGGED = "dragged_rate"


def chart(now: pd.DataFrame, step: pd.DataFrame) -> dict[str, Any]:
    """The picture of one update; takes `update_steps.now` and `update_steps.along`."""
    return theme.fill(_panels(), {"now": now, "step": step}, {"name": "rate", "expr": theme.dragged(DRAGGED, "rate")})


@theme.built_once
def _panels() -> dict[str, Any]:
    step = alt.Chart(alt.NamedData("step"))
    here = step.transform_filter("datum.rate == rate")
    return theme.finish(alt.vconcat(_curve_panel(step, here), _readout(here), spacing=34))


def _curve_panel(step: alt.Chart, here: alt.Chart) -> alt.LayerChart | alt.FacetChart:
    """The arrow goes across from the old loss, as far as the rate, and a dashed line from its tip to the new loss."""
    x, y = theme.x("rate", "Learning rate", tickCount=5), theme.y("mse_next", "Loss after the update").scale(zero=True)
    before, after = here.encode(y="mse:Q", color=theme.FELL_OR_ROSE), here.encode(x="rate:Q", y="mse_next:Q")
    start = alt.Chart(alt.NamedData("now")).encode(x=alt.XDatum(0, type="quantitative"), y="mse:Q", color=theme.INK)
    # Only the distance across counts.
    tips = step.transform_filter("datum.rate > 0").transform_calculate(asked=f"{theme.NOW}.asked")
    tips = tips.encode(x="rate:Q", y=alt.value(115))
    return alt.layer(
        step.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=theme.INK),
        start.mark_point(filled=True, size=90, opacity=1),
        before.mark_rule(strokeDash=[2, 3]).encode(x="rate:Q", y2="mse_next:Q"),
        before.mark_rule(strokeWidth=3).encode(x="rate:Q", x2=alt.X2Datum(0)),
        before.mark_point(filled=True, opacity=1, size=160, shape="triangle-right").encode(x="rate:Q"),
        before.mark_point(size=420, strokeWidth=2, opacity=1, cursor="ew-resize").encode(x="rate:Q"),
        after.mark_point(filled=True, size=130, opacity=1).encode(color=theme.PRIMARY),
        tips.mark_point(opacity=0, size=1, cursor="ew-resize").add_params(theme.drag(DRAGGED, "rate")),
    ).properties(height=230)


def _readout(here: alt.Chart) -> alt.LayerChart | alt.FacetChart:
    rate, error, error_next, mse, mse_next = (
        theme.written(name) for name in ("rate", "error", "error_next", "mse", "mse_next")
    )
    return theme.lines(
        here,
        f"'Learning rate ' + {rate} + ': error ' + {error} + ' → ' + {error_next}",
        f"'Mean squared error ' + {mse} + ' → ' + {mse_next}",
        f"'Weights: ' + {theme.NOW}.weights",
        "'New weights: ' + datum.weights_next",
    )

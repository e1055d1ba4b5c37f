"""The loss that one update leads to, over the learning rate, which is dragged by the tip of an arrow."""

from typing import Any

import altair as alt
import pandas as pd

from pages.shared import theme

DRAGGED = "dragged_rate"


def chart(datasets: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """The picture of one update; `datasets`: `update_steps.now`, step (`along`) and weights (`first_and_last`)."""
    return theme.fill(_panels(), datasets, {"name": "rate", "expr": theme.dragged(DRAGGED, "rate")})


@theme.built_once
def _panels() -> dict[str, Any]:
    return theme.finish(alt.vconcat(_curve_panel(), _readout(), spacing=34))


def _step() -> alt.Chart:
    """The losses before and after, at each rate."""
    step = alt.Chart(alt.NamedData("step"))
    return step.transform_calculate(mse=f"{theme.NOW}.mse", mse_next="datum.error_next * datum.error_next")


def _curve_panel() -> alt.LayerChart | alt.FacetChart:
    """The arrow goes across from the old loss, as far as the rate, and a dashed line from its tip to the new loss."""
    x, y = theme.x("rate", "Learning rate", tickCount=5), theme.y("mse_next", "Loss after the update").scale(zero=True)
    here = alt.Chart().encode(y="mse:Q", color=theme.FELL_OR_ROSE)
    arrow = alt.layer(
        here.mark_rule(strokeDash=[2, 3]).encode(y2="mse_next:Q"),
        here.mark_rule(strokeWidth=3).encode(x2=alt.X2Datum(0)),
        here.mark_point(filled=True, opacity=1, size=160, shape="triangle-right"),
        here.mark_point(size=420, strokeWidth=2, opacity=1, cursor="ew-resize"),
        here.mark_point(filled=True, size=130, opacity=1).encode(y="mse_next:Q", color=theme.PRIMARY),
        data=_step().data,
    )
    start = alt.Chart(alt.NamedData("now")).mark_point(filled=True, size=90, opacity=1)
    # Only the distance across counts.
    tips = _step().transform_filter("datum.rate > 0").transform_calculate(asked=f"{theme.NOW}.asked")
    tips = tips.mark_point(opacity=0, size=1, cursor="ew-resize").encode(x="rate:Q", y=alt.value(115))
    return alt.layer(
        _step().mark_line(strokeWidth=2.5).encode(x=x, y=y, color=theme.INK),
        start.encode(x=alt.XDatum(0, type="quantitative"), y="mse:Q", color=theme.INK),
        arrow.encode(x="rate:Q").properties(transform=_here().transform),
        tips.add_params(theme.drag(DRAGGED, "rate")),
    ).properties(height=230)


def _here() -> alt.Chart:
    return _step().transform_filter("datum.rate == rate")


def _readout() -> alt.LayerChart | alt.FacetChart:
    rate, error_next, mse_next = (theme.written(name) for name in ("rate", "error_next", "mse_next"))
    read = theme.lines(
        _here(),
        f"'Learning rate ' + {rate} + ': error ' + {theme.NOW}.error + ' → ' + {error_next}",
        f"'Mean squared error ' + {theme.NOW}.written_mse + ' → ' + {mse_next}",
        f"'Weights: ' + {theme.NOW}.weights",
    )
    new = alt.Chart(alt.NamedData("weights"))
    new = new.transform_calculate(rate="rate", weight="datum.before - rate * datum.slope")
    new = new.transform_calculate(text=f"isValid(datum.before) ? {theme.number('datum.weight')} : '…'")
    # Without the rate, which is one, the texts of another would not be noticed.
    new = new.transform_aggregate([alt.AggregatedFieldDef(op="values", **{"as": "all"})], groupby=["rate"])
    said = theme.message(new, "'New weights: ' + join(pluck(datum.all, 'text'), ', ')", x=0, y=60)
    return alt.layer(read, said).properties(height=70)

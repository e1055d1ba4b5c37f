"""The mean squared error around one update, before and after it."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from pages.parts.charts import look


def chart(nearby: pd.DataFrame) -> dict[str, Any]:
    """A line through the updates nearby, and this one's two points; `nearby` is what `substeps.nearby` gives."""
    return {**panel(), "datasets": {"nearby": nearby}}


@cache
def panel() -> dict[str, Any]:
    """The line, and the two points of this update by name."""
    update = alt.Chart(alt.NamedData("nearby")).encode(x="update:Q", y="mse:Q", color=look.PRIMARY)
    own = update.transform_filter("datum.own != ''")
    before, after = (own.transform_filter(f"datum.own == '{name}'") for name in ("before", "after"))
    return look.finish(
        alt.layer(
            update.mark_line().encode(
                x=look.x("update", "Iterations", tickMinStep=1, format=",~r"), y=look.y("mse", "Mean squared error")
            ),
            update.mark_point(filled=True, size=30, opacity=1),
            own.mark_point(filled=True, size=150, opacity=1),
            before.mark_text(text="before", dx=8, dy=-10, align="left", fontWeight="bold"),
            after.mark_text(text="after", dx=-8, dy=14, align="right", fontWeight="bold"),
        ).properties(height=190)
    )

"""The mean squared error around one update, before and after it."""

from typing import Any

import altair as alt
import pandas as pd

from pages.shared import theme


def chart(nearby: pd.DataFrame) -> dict[str, Any]:
    """The updates of `update_steps.nearby`, and this one's two points."""
    return theme.fill(_panel(), {"nearby": nearby}, theme.LOG_SWITCH)


@theme.built_once
def _panel() -> dict[str, Any]:
    drawn, y = theme.errors(alt.Chart(alt.NamedData("nearby")))
    y = y.scale(zero=False, nice=False, padding=24)  # room for the labels above and below
    update = drawn.encode(x="update:Q", y="height:Q", color=theme.PRIMARY)
    own = update.transform_filter("datum.own != ''")
    before, after = (own.transform_filter(f"datum.own == '{name}'") for name in ("before", "after"))
    return theme.finish(
        alt.layer(
            update.mark_line().encode(x=theme.x("update", "Update", tickMinStep=1), y=y),
            update.mark_point(filled=True, size=30, opacity=1),
            own.mark_point(filled=True, size=150, opacity=1),
            before.mark_text(text="before", dx=-4, dy=-14, align="left", fontWeight="bold"),
            after.mark_text(text="after", dx=4, dy=17, align="right", fontWeight="bold"),
        ).properties(height=240)
    )

"""What all charts share: colours, places and axes.

Colours are Streamlit's theme names or its palette, so light and dark both work. The labels of y axes
stand inside the picture: a panel is as wide as its container, so there is no room beside it on a phone.
"""

from typing import Any

import altair as alt

from pages.shared import numbers

GUTTER = 58  # pixels at the left in which the labels of the y axes stand, inside the picture
DIGITS = ".6~g"
PRIMARY, INK = alt.value("primary"), alt.value("gray")  # the theme's own, in light and in dark
QUIET = alt.MarkConfig(aria=False)  # a role for every mark costs the browser time and tells a listener nothing


def x(field: str, title: str | None, domain: tuple[str, str] | None = None, padding: float = 0, **axis: Any) -> alt.X:
    """A horizontal axis that leaves the gutter free; without a title it draws nothing.

    `domain` names the parameters where it begins and ends: for pictures of which a part may be empty. `padding` keeps
    so many pixels free at both ends.
    """
    look = alt.Axis(grid=False, domain=False, title=title, **axis) if title else None
    return alt.X(f"{field}:Q", axis=look, scale=_scale(domain, rangeMin=GUTTER, nice=False, padding=padding))


def y(field: str, title: str, domain: tuple[str, str] | None = None, **axis: Any) -> alt.Y:
    """A vertical axis with its labels in the gutter and its title above them; `domain` as in `x`."""
    look = alt.Axis(
        labelAlign="left", labelPadding=0, labelBaseline="line-bottom", ticks=False, domain=False, format=DIGITS,
        tickCount=3, titleAngle=0, titleAlign="left", titleAnchor="end", titleX=0, titleY=-15, **axis,
    )  # fmt: skip
    return alt.Y(f"{field}:Q", title=title, axis=look, scale=_scale(domain))


def _scale(domain: tuple[str, str] | None, **more: Any) -> alt.Scale:
    ends = [alt.ExprRef(end) for end in domain] if domain else alt.Undefined
    return alt.Scale(**{"zero": False, "domain": ends, **({"nice": False} if domain else {}), **more})


def log_switch(log: bool) -> dict[str, Any]:
    """The box that switches the axis of `errors`, without the server; `log` says how it begins."""
    return {"name": "log", "value": log, "bind": {"input": "checkbox", "name": "Log axis "}}


def errors(chart: alt.Chart) -> tuple[alt.Chart, alt.Y]:
    """A chart with its mean squared error, or under `log_switch` its logarithm, as `height`, and the axis for that.

    A scale cannot change its type in the browser; what it draws can.
    """
    drawn = chart.transform_filter("!log || datum.mse > 0")
    axis = y("height", "Mean squared error", labelExpr="log ? format(pow(10, datum.value), '.3~g') : datum.label")
    return drawn.transform_calculate(height="log ? log(datum.mse) / LN10 : datum.mse"), axis


def text(field: str) -> alt.Text:
    """A number in six significant digits."""
    return alt.Text(f"{field}:Q", format=DIGITS)


def written(field: str, digits: str = DIGITS) -> str:
    """The expression that writes a number out, or that a float could not hold it."""
    return f"(isValid(datum.{field}) ? format(datum.{field}, '{digits}') : '{numbers.TOO_LARGE}')"


def lines(chart: alt.Chart, *expressions: str, top: int = 0) -> alt.LayerChart | alt.FacetChart:
    """Lines of text, told to a screen reader too: what each expression says of the one row of a chart."""
    return alt.layer(
        *(
            chart.transform_calculate(message=expression)
            .mark_text(
                align="left", x=0, y=top + 20 * row, fontSize=13, fontWeight="normal" if row else "bold", aria=True
            )
            .encode(text="message:N", description="message:N", color=INK)
            for row, expression in enumerate(expressions)
        )
    ).properties(height=20 * len(expressions) - 10)


def finish(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The spec of a whole picture."""
    configured = chart.configure(mark=QUIET, axis=alt.AxisConfig(aria=False), view=alt.ViewConfig(stroke=None))
    return configured.to_dict()

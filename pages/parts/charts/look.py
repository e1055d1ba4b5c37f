"""What all charts share: colours, places and axes.

Colours are Streamlit's theme names or its palette, so light and dark both work. The labels of y axes
stand inside the picture: a panel is as wide as its container, so there is no room beside it on a phone.
"""

from typing import Any

import altair as alt

from pages.parts import numbers

GUTTER = 58  # pixels at the left in which the labels of the y axes stand, inside the picture
DIGITS = ".6~g"
PRIMARY, INK = alt.value("primary"), alt.value("gray")  # the theme's own, in light and in dark
# Runs that are compared: number 0 is the sidebar's. Colour, mark and dashes each tell them apart on their own.
RUNS = [*range(9)]
RUN = alt.Color("run:N").scale(domain=RUNS).legend(None)
RUN_SHAPE = (
    alt.Shape("run:N")
    .scale(
        domain=RUNS,
        range=[
            "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right",
            "M0,-1L0.3,-0.3L1,0L0.3,0.3L0,1L-0.3,0.3L-1,0L-0.3,-0.3Z", "triangle-left",
        ],
    )
    .legend(None)
)  # fmt: skip
RUN_DASH = (
    alt.StrokeDash("run:N")
    .scale(
        domain=RUNS,
        range=[[1, 0], [8, 3], [3, 3], [8, 3, 2, 3], [1, 2], [12, 4], [6, 2, 2, 2, 2, 2], [4, 6], [10, 2, 4, 2]],
    )
    .legend(None)
)
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


def says(field: str, digits: str = DIGITS) -> str:
    """The expression that writes a number out, or that a float could not hold it."""
    return f"(isValid(datum.{field}) ? format(datum.{field}, '{digits}') : '{numbers.TOO_LARGE}')"


def lines(chart: alt.Chart, *expressions: str, top: int = 0) -> alt.LayerChart | alt.FacetChart:
    """Lines of text, told to a screen reader too: what each expression says of the one row of a chart."""
    return alt.layer(
        *(
            chart.transform_calculate(says=expression)
            .mark_text(
                align="left", x=0, y=top + 20 * row, fontSize=13, fontWeight="normal" if row else "bold", aria=True
            )
            .encode(text="says:N", description="says:N", color=INK)
            for row, expression in enumerate(expressions)
        )
    ).properties(height=20 * len(expressions) - 10)


def run_rows(
    name: str, *columns: tuple[str, str | alt.ExprRef, int], digits: str = DIGITS, longest: int = 26
) -> alt.LayerChart | alt.FacetChart:
    """A row for each run at the scrub bar, from the dataset with this name: run, label and (field, title, place).

    A place is where a column ends, in pixels. The dataset "runs" names the runs.
    """
    at = (
        alt.Chart(alt.NamedData(name))
        .transform_filter("datum.stop == scrub")
        .transform_lookup("run", alt.LookupData(alt.NamedData("runs"), "run", ["name"]))
        .transform_calculate(
            says=f"datum.run + ': ' + (length(datum.name) > {longest} ? slice(datum.name, 0, {longest - 1}) + '…'"
            " : datum.name)",
            update_says="'Update ' + " + says("update", ","),
        )
    )
    row = at.encode(y=alt.Y("run:O").axis(None))
    first = at.transform_filter("datum.run == 0")
    return alt.layer(
        first.mark_text(align="left", x=0, y=-12, fontSize=13, fontWeight="bold", aria=True).encode(
            text="update_says:N", description="update_says:N", color=INK
        ),
        row.mark_point(filled=True, size=90, opacity=1, x=8).encode(color=RUN, shape=RUN_SHAPE),
        row.mark_text(align="left", x=22, fontSize=13, aria=True).encode(
            text="says:N", description="says:N", color=INK
        ),
        *(
            first.mark_text(align="right", x=place, y=-12, text=title, fontSize=12).encode(color=INK)
            for _, title, place in columns
        ),
        *(
            row.transform_calculate(value=says(field, digits))
            .mark_text(align="right", x=place, fontSize=13, aria=True)
            .encode(text="value:N", description="value:N", color=INK)
            for field, _, place in columns
        ),
    ).properties(height=alt.Step(20))


def finish(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The spec of a whole picture."""
    configured = chart.configure(mark=QUIET, axis=alt.AxisConfig(aria=False), view=alt.ViewConfig(stroke=None))
    return configured.to_dict()

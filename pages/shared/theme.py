"""What all charts share: colours that work in light and in dark, axes, lines of text, bars to drag."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pyarrow as pa
from altair.utils.schemapi import disable_debug_mode

from pages.shared.numbers import DIGITS, LARGEST, MINUS, PLAIN, RAISED, SMALLEST, THIN, TOO_LARGE

GUTTER = 58  # pixels at the left, inside the picture, for the labels of y axes: beside it a phone has no room
NOW = "data('now')[0]"  # see `dragged`
LEAST_POWER = 400  # below it, with a minus, there is no tick of a logarithmic axis either
AT_SCRUB = "datum.stop == scrub_stop"  # a filter: the update of `scrub`, whose value Vega-Lite calls `scrub_stop`
LOG_SWITCH = {"name": "log", "value": False, "bind": {"input": "checkbox", "name": "Log axis "}}  # of `errors`
IN_CELL = "[item() && item().isVoronoi]"  # of an event: only in the cell around a point there is a nearest point
DRAG = f"pointerdown{IN_CELL}, [pointerdown{IN_CELL}, window:pointerup] > pointermove{IN_CELL}"
Place = int | alt.ExprRef  # pixels from the left
SCRUBBED = ["scrubbed_0", "scrubbed_1", "scrubbed_2"]  # a layer "scrubbed" gets the number of its panel from Altair
PRIMARY, INK = alt.ColorValue("primary"), alt.ColorValue("gray")  # the theme's own, in light and in dark
# The colour of an update, green where the loss falls, orange where it rises.
FELL_OR_ROSE = alt.condition("datum.mse_next <= datum.mse", alt.value("#1c9c74"), alt.value("#d55e00"))
QUIET = alt.MarkConfig(aria=False)  # a role for every mark costs the browser time and tells a listener nothing
# Streamlit's own words on axes are too pale in light, and here a "gray" would not be the theme's.
READ = alt.ExprRef("luminance(background) > 0.5 ? 'dimgray' : 'silver'")
AXES = alt.AxisConfig(aria=False, labelColor=READ, titleColor=READ)

disable_debug_mode()  # altair would check every part of a spec against its schema: a test does, once, not every start
BUILT_ONCE: list[Callable[[], dict[str, Any]]] = []  # the specs that never change: altair is slow to build them


def built_once(build: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    """A function whose spec is built only once, before the first visitor comes."""
    BUILT_ONCE.append(cache(build))
    return BUILT_ONCE[-1]


def number(value: str, digits: int = DIGITS) -> str:
    """The expression that writes the finite number an expression gives, as `numbers.number` does."""
    size, parts = f"abs({value})", f"split(format({value}, '.{digits - 1}~e'), 'e')"
    mantissa = f"replace({parts}[0] + ' × ', /^({MINUS}?)1 × $/, '$1')"
    plain = f"replace(format({value}, {size} < {10 ** (digits - 1)} ? ',.{digits}~r' : ',.0f'), /,/g, '{THIN}')"
    return f"({size} >= {SMALLEST} && {size} < {LARGEST} || !{size} ? {plain} : {mantissa} + {_power(f'{parts}[1]')})"


def _power(power: str) -> str:
    """The expression for 10 to a power, which an expression gives."""
    return f"'10' + raised[{LEAST_POWER} + toNumber({power})]"


def _raised() -> dict[str, str]:
    """The parameter with all powers of a float, small and high: one list is shorter than to raise each power anew."""
    powers = f"join(sequence({-LEAST_POWER}, {LEAST_POWER}), ' ')"
    for plain, raised in zip(PLAIN, RAISED, strict=True):
        powers = f"replace({powers}, /{plain}/g, '{raised}')"
    return {"name": "raised", "expr": f"split({powers}, ' ')"}


NUMBER = number("datum.value", 6)  # the label of an axis: ticks may differ in their last digits only
# That of a logarithmic one, on which the power of 10 is drawn.
POWER = f"(datum.value % 1 ? {number('pow(10, datum.value)', 3)} : {_power('datum.value')})"


def x(
    field: str,
    title: str | None,
    domain: tuple[str, str] | None = None,
    padding: float = 0,
    right: str = "width",
    **axis: Any,
) -> alt.X:
    """A horizontal axis that leaves the gutter free, and `padding` pixels; without a title it draws nothing.

    `right` is where it ends, an expression of the picture's `width`;
    `domain` names the parameters where it begins and ends, for pictures of which a part may be empty.
    """
    look = alt.Axis(grid=False, domain=False, title=title, **{"labelExpr": NUMBER, **axis}) if title else None
    return alt.X(
        f"{field}:Q",
        axis=look,
        scale=_scale(domain, rangeMin=GUTTER, rangeMax=alt.ExprRef(right), nice=False, padding=padding),
    )


def y(field: str, title: str, domain: tuple[str, str] | None = None, **axis: Any) -> alt.Y:
    """A vertical axis with its labels in the gutter and its title above them; `domain` as in `x`."""
    look = alt.Axis(
        labelAlign="left", labelPadding=0, labelBaseline="line-bottom", ticks=False, domain=False, tickCount=3,
        titleAngle=0, titleAlign="left", titleAnchor="end", titleX=0, titleY=-15,
        **{"labelExpr": NUMBER, **axis},
    )  # fmt: skip
    return alt.Y(f"{field}:Q", title=title, axis=look, scale=_scale(domain))


def _scale(domain: tuple[str, str] | None, **more: Any) -> alt.Scale:
    ends = [alt.ExprRef(end) for end in domain] if domain else alt.Undefined
    return alt.Scale(**{"zero": False, "domain": ends, **({"nice": False} if domain else {}), **more})


def bar(label: str, value: float, ends: tuple[float, float], step: float) -> dict[str, Any]:
    """What a parameter with a bar has besides its name: where it begins, and the bar that drags it."""
    least, most = ends
    return {"value": value, "bind": {"input": "range", "min": least, "max": most, "step": step, "name": f"{label} "}}


def drag(name: str, *fields: str) -> alt.Parameter:
    """What the pointer is dragged to, or a tap picks: these fields of the nearest row of an invisible layer.

    The browser follows by itself; the server hears of it once, on release. A finger that moves scrolls the page.
    """
    return alt.selection_point(name=name, fields=[*fields, "asked"], nearest=True, on=DRAG, clear=False)


def dragged(name: str, field: str) -> str:
    """The expression for what was dragged, until the server has answered, and from then on what the server says.

    The server says it in the one row of the dataset "now", in which `asked` counts its answers.
    """
    return f"({name}.asked && {name}.asked[0] == {NOW}.asked ? {name}.{field}[0] : {NOW}.{field})"


def scrub(begins: int, last: int, stride: int) -> dict[str, Any]:
    """The update that is looked at: by a bar with its arrow keys, and by the pointer over what is `scrubbed`."""
    on = f"pointermove{IN_CELL}, pointerdown{IN_CELL}"  # a tap need not move
    return _picked("scrub", "stop", bar("Update", begins, (0, last), stride), on)


def pulled(field: str, label: str, value: float, ends: tuple[float, float], step: float) -> dict[str, Any]:
    """A field that is dragged, or tapped at, over what is `scrubbed`, or set by a bar with its arrow keys.

    The browser follows by itself; the server hears of it once, on release. Its value is called `pulled_` and the field.
    """
    return _picked("pulled", field, bar(label, value, ends, step), DRAG)


def _picked(name: str, field: str, bar: dict[str, Any], on: str) -> dict[str, Any]:
    select = {"type": "point", "fields": [field], "nearest": True, "on": on, "clear": False}
    value, bind = [{field: bar["value"]}], {field: bar["bind"]}
    return {"name": name, "select": select, "views": SCRUBBED, "value": value, "bind": bind}


def errors(chart: alt.Chart) -> tuple[alt.Chart, alt.Y]:
    """A chart with its mean squared error, or under `LOG_SWITCH` its logarithm, as `height`, and the axis for that.

    A scale cannot change its type in the browser; what it draws can. Without the switch the axis has 0 on it, so that
    only a steep curve looks steep.
    """
    drawn = chart.transform_filter("!log || datum.mse > 0")
    axis = y("height", "Mean squared error", labelExpr=f"log ? {POWER} : {NUMBER}").scale(zero=alt.ExprRef("!log"))
    return drawn.transform_calculate(height="log ? log(datum.mse) / LN10 : datum.mse"), axis


def written(field: str, digits: int = DIGITS) -> str:
    """The expression that writes a number of a row, as `numbers.number` does."""
    return f"(isValid(datum.{field}) ? {number(f'datum.{field}', digits)} : '{TOO_LARGE}')"


def whole(value: str) -> str:
    """The expression that writes the whole number an expression gives, as `numbers.whole` does."""
    return f"replace(format({value}, ','), /,/g, '{THIN}')"


def rule(chart: alt.Chart, height: int) -> alt.Chart:
    """A line at the update under the scrub bar."""
    return chart.transform_filter(AT_SCRUB).mark_rule().encode(y=alt.value(0), y2=alt.value(height), color=INK)


def scrubbed(chart: alt.Chart) -> alt.Chart:
    """An invisible layer, the topmost of its panel, in which the pointer scrubs to the nearest point."""
    return chart.mark_point(size=1, opacity=0, tooltip=None).properties(name="scrubbed")


def scrubbed_across(chart: alt.Chart) -> alt.Chart:
    """The same all over the panel: only how far to the right the pointer is counts."""
    return scrubbed(chart.encode(x="update:Q", y=alt.value(1)))


def tooltip(titles: dict[str, str]) -> alt.ExprRef:
    """What a mark says where somebody hovers: the numbers of some fields, by their titles."""
    return alt.ExprRef("{" + ", ".join(f"'{title}': {written(field)}" for field, title in titles.items()) + "}")


def described(chart: alt.Chart, titles: dict[str, str]) -> alt.Chart:
    """A layer that is dragged on with the same: there the pointer is in the cell around a row, not on its mark."""
    texts = chart.transform_calculate(**{f"told_{field}": written(field) for field in titles})
    return texts.encode(tooltip=[alt.Tooltip(f"told_{field}:N", title=title) for field, title in titles.items()])


def message(chart: alt.Chart, expression: str, *, aria: bool = True, **mark: Any) -> alt.Chart:
    """A line of text, what an expression says of each row; a screen reader is given it too, unless not `aria`."""
    mark = {"align": "left", "fontSize": 13, **mark}
    text = chart.transform_calculate(message=expression).mark_text(aria=aria, **mark)
    return text.encode(alt.Text("message:N"), alt.Description("message:N"), INK)


def lines(chart: alt.Chart, *expressions: str) -> alt.LayerChart | alt.FacetChart:
    """Lines of text, what each expression says of the one row of a chart; the first is bold."""
    row_of = alt.Chart(chart.data)
    layers = [
        message(row_of, expression, x=0, y=20 * row, fontWeight="normal" if row else "bold")
        for row, expression in enumerate(expressions)
    ]
    return alt.layer(*layers).properties(height=20 * len(expressions) - 10, transform=chart.transform)


def columns(
    head: alt.Chart, row: alt.Chart, *columns: tuple[str, str | alt.ExprRef, Place], aria: bool
) -> list[alt.Chart]:
    """Columns, each (field, title, pixel where it ends): a number in every row, the titles above the row of `head`."""
    titled = head.encode(color=INK)
    heads = [titled.mark_text(align="right", x=place, y=-12, text=title, fontSize=12) for _, title, place in columns]
    return heads + [message(row, written(name), aria=aria, align="right", x=place) for name, _, place in columns]


def fill(
    spec: dict[str, Any],
    datasets: Mapping[str, pd.DataFrame | pa.Table],
    *controls: dict[str, Any],
    **values: float | str | bool,
) -> dict[str, Any]:
    """A constant spec with its datasets, and its parameters: `controls` of the learner, and plain `values`."""
    plain = [{"name": name, "value": value} for name, value in values.items()]
    tables = {name: _table(data) if isinstance(data, pd.DataFrame) else data for name, data in datasets.items()}
    return {**spec, "params": [*spec.get("params", []), *controls, *plain], "datasets": tables}


def _table(frame: pd.DataFrame) -> pa.Table:
    """A frame as it is sent, missing numbers as null: pandas' description of itself would take longer than the rest."""
    return pa.table({name: pa.array(_narrow(column.to_numpy()), from_pandas=True) for name, column in frame.items()})


def _narrow(values: np.ndarray) -> np.ndarray:
    """Whole numbers up to some 30,000 in a quarter of the bytes: updates, runs, rows; others as they are."""
    if values.dtype not in (np.float64, np.int64):
        return values
    with np.errstate(invalid="ignore"):
        whole = values.astype(np.int16)
    return whole if np.array_equal(whole, values) else values


def finish(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The spec of a whole picture."""
    legend = alt.LegendConfig(labelColor=READ)
    configured = chart.configure(mark=QUIET, axis=AXES, legend=legend, view=alt.ViewConfig(stroke=None))
    spec = configured.to_dict(validate=False)
    return {**spec, "params": [_raised(), *spec.get("params", [])]}

"""A network with its numbers, its loss, a slope factor by factor and its predictions, all under one scrub bar.

What is drawn of the update under the bar stands in a text of `model.history`; the browser takes it apart.
"""

from functools import lru_cache, partial
from typing import Any

import altair as alt
import pyarrow as pa

from gd_core.network import Network
from pages.network.layout import TALL
from pages.network.model import LEVELS, NODE_NUMBERS, prediction_surface
from pages.shared import history_chart, theme
from pages.shared.numbers import MINUS
from pages.shared.theme import GUTTER, INK, NOW, PRIMARY

VALUES, SLOPES, WEIGHTS, PREDICTIONS = "Values", "Slopes", "Weights", "Predictions"  # what the picture shows
WRITTEN = (  # what the picture shows, and the numbers at its edges and in its nodes then
    (VALUES, "weight × value", "value"),
    (SLOPES, "slope of the weight", "node slope"),
    (WEIGHTS, "weight", "bias"),
)
SIDE = 200  # pixels of the predictions beside the network, where there is room
WIDE, NARROW = "width > 620", "width < 350"
PILL = "M-1,-0.38H1V0.38H-1Z"
PILL_WIDTH = 58  # pixels
SIGNS = ["positive", "negative"]  # in the first two colours of the theme
DASHES = alt.StrokeDash("sign:N").scale(domain=SIGNS, range=[[1, 0], [5, 4]]).legend(None)
COLOUR = alt.Color("sign:N").scale(domain=SIGNS).legend(None)
LOW, BETWEEN, HIGH = "#d55e00", "#e6e6e6", "#0072b2"  # predictions, from the lowest target to the highest
EDGE = "edge"  # the one that is chosen
ON_EDGE = "click[item() && item().mark && indexof(item().mark.name, 'edges') == 0]"  # other marks are of no place


def _of(texts: str, place: str) -> str:
    """The expression for a number of the update under the bar: one of the `texts` in a row of `model.history`."""
    return f"toNumber(split(now_at.{texts}, ' ')[{place}])"


def chart(network: Network, datasets: dict[str, pa.Table], stride: int) -> dict[str, Any]:
    """The picture of a network; takes what `model.datasets` gives."""
    drawn, inputs = prediction_surface(network), network.inputs.shape[1]
    names = [str(place).capitalize() for place in network.places]
    shows = [VALUES, SLOPES, WEIGHTS, *([PREDICTIONS] if drawn else [])]
    pick = {"input": "select", "options": [*range(len(names))], "labels": names, "name": "Chosen "}
    edge = {
        "name": EDGE,
        "select": {"type": "point", "fields": ["place"], "on": ON_EDGE, "clear": False},
        "views": ["edges", "edges_0"],
        "value": [{"place": 0}],
        "bind": {"place": pick},
    }
    radio = {"name": "shows", "value": VALUES, "bind": {"input": "radio", "options": shows, "name": "Picture "}}
    outputs = range(network.targets.shape[1])
    output: dict[str, Any] = {"name": "output", "value": 0}  # whose predictions are drawn
    if drawn and len(outputs) > 1:
        labels = [f"Output {number + 1}" for number in outputs]
        output["bind"] = {"input": "select", "options": [*outputs], "labels": labels, "name": "Predictions of "}
    row = {"name": "now_at", "expr": "data('history')[scrub_stop / every]"}
    chosen = {"name": "chosen", "expr": f"data('places')[{EDGE}_place]"}
    last = int(datasets["history"]["stop"][-1].as_py())
    scrub = theme.scrub(last, last, stride)
    return theme.fill(
        panels(inputs if drawn else 0),
        datasets,
        scrub,
        radio,
        edge,
        theme.LOG_SWITCH,
        output,
        row,
        chosen,
        every=stride,
        columns=len(network.sizes),
        inputs=inputs,
    )


@lru_cache(maxsize=4)
def panels(inputs: int) -> dict[str, Any]:
    """The network, beside it its predictions over 1 or 2 `inputs` (0: not drawn), the loss, and the chain rule."""
    update = alt.Chart(alt.NamedData("history"))
    picture = alt.layer(_network(inputs), _predictions(inputs)) if inputs else alt.layer(_network(inputs))
    top = picture.resolve_scale(x="independent", y="independent").properties(height=TALL)
    whole = alt.vconcat(top, _line(update), history_chart.error_panel(update, 70), _chain(), spacing=26)
    return theme.finish(whole)


theme.BUILT_ONCE.append(partial(panels, 2))  # what the page begins with


def _network(inputs: int) -> alt.LayerChart | alt.FacetChart:
    """Edges as thick as their weights, nodes with their values, numbers at edges where there is room for them."""
    right = f"{WIDE} ? width - {SIDE + 70} : width" if inputs else "width"
    shown = f"shows != '{PREDICTIONS}'"
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False, rangeMin=0, rangeMax=alt.ExprRef(right)))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False, reverse=True))
    edges = (
        alt.Chart(alt.NamedData("places"))
        .transform_filter(f"datum.source >= 0 && {shown}")
        .transform_calculate(
            weight=_of("weights", "datum.place"),
            feeds=_of("values", "datum.source"),
            slope=f"{_of('node_slopes', 'datum.unit')} * {_of('values', 'datum.source')}",
            mean=_of("slopes", "datum.place"),
            # Through the edges behind it the slope of the chosen one comes back.
            lit=f"datum.place == {EDGE}_place || datum.layer > chosen.layer + 1"
            " || datum.layer == chosen.layer + 1 && datum.source - inputs == chosen.unit",
        )
        .transform_calculate(
            sign=f"datum.weight < 0 ? '{SIGNS[1]}' : '{SIGNS[0]}'",
            thick="0.8 + 6 * abs(datum.weight) / (abs(datum.weight) + 2)",
            seen="datum.lit ? 1 : 0.3",
            number=f"shows == '{SLOPES}' ? datum.slope"
            f" : shows == '{WEIGHTS}' ? datum.weight : datum.weight * datum.feeds",
        )
    )
    line = edges.encode(x=x, y=y, x2="x2:Q", y2="y2:Q")
    said = {"weight": "weight", "feeds": "value that feeds in", "slope": "slope for this sample", "mean": "slope"}
    room = f"({right}) / columns > {PILL_WIDTH + 52}"
    numbers = edges.transform_filter(f"({room}) && (!datum.crowded || datum.unit == chosen.unit)").encode(
        x=alt.X("at_x:Q", axis=None), y=alt.Y("at_y:Q", axis=None)
    )
    text = _short("datum.number")
    size = {"align": "center", "baseline": "middle", "fontSize": 11}
    nodes = alt.Chart(alt.NamedData("nodes")).transform_filter(shown)
    nodes = nodes.transform_calculate(
        number=f"shows == '{SLOPES}' ? {_of('node_slopes', 'datum.unit')} : shows == '{WEIGHTS}' && datum.unit >= 0"
        f" ? {_of('weights', 'datum.bias')} : {_of('values', 'datum.node')}",
        value=_of("values", "datum.node"),
        **{name: _of(name, "datum.unit") for name in NODE_NUMBERS if name != "values"},
    ).encode(x=x, y=y)
    told = {"sums": "sum", "value": "value", "activation_slopes": "slope of the activation"}
    told |= {"value_slopes": "slope at the node", "node_slopes": "node slope"}
    about_input, about_node = (theme.tooltip(titles)["expr"] for titles in ({"value": "input"}, told))
    tip = alt.expr(f"datum.unit < 0 ? {about_input} : {about_node}")
    unnumbered = f"shows == '{SLOPES}' && datum.unit < 0 ? 'input ' + datum.place : ''"
    above = alt.Chart(alt.NamedData("heads")).transform_filter(shown)
    rule = line.mark_rule().encode(
        color=COLOUR,
        strokeDash=DASHES,
        strokeWidth=alt.StrokeWidth("thick:Q").scale(None),
        opacity=alt.Opacity("seen:Q").scale(None),
    )
    halo = line.transform_filter(f"datum.place == {EDGE}_place").mark_rule(strokeWidth=13, opacity=0.25)
    return alt.layer(
        halo.encode(color=PRIMARY),
        rule,
        line.mark_rule(strokeWidth=14, opacity=0, cursor="pointer", tooltip=theme.tooltip(said)).properties(
            name="edges"
        ),
        # The number of an edge has the background around it, and lets the pointer through.
        theme.message(numbers, text, aria=False, **size, stroke=alt.expr("background"), strokeWidth=7).encode(
            color=alt.Undefined
        ),
        theme.message(numbers, text, aria=False, **size),
        nodes.mark_point(
            shape=PILL,
            size=PILL_WIDTH**2,
            filled=True,
            opacity=1,
            fill=alt.expr("background"),
            strokeWidth=1.5,
            tooltip=tip,
        ).encode(stroke=alt.StrokeValue("gray")),
        nodes.transform_filter("datum.unit == chosen.unit")
        .mark_point(shape=PILL, size=PILL_WIDTH**2, filled=False, opacity=1, strokeWidth=2.5)
        .encode(color=PRIMARY),
        theme.message(nodes, f"isValid(datum.number) ? {_short('datum.number')} : {unnumbered}", aria=False, **size),
        *(
            theme.message(above, f"datum.{name}", aria=False, align="center", y=down, fontSize=12).encode(x=x)
            for name, down in (("name", -22), ("activation", -7))
        ),
    )


def _predictions(inputs: int) -> alt.LayerChart | alt.FacetChart:
    """What the network predicts over its input or its two inputs, and the samples."""
    shown = f"(shows == '{PREDICTIONS}' || {WIDE})"
    left = f"(shows == '{PREDICTIONS}' ? {GUTTER} : width - {SIDE})"
    ends = [[alt.ExprRef(f"{NOW}.{end}") for end in pair] for pair in (("left", "right"), ("bottom", "top"))]
    axis = alt.Axis(
        grid=False, domain=False, ticks=False, title=None, tickCount=3, labelFlush=True,
        labelExpr=f"{shown} ? {theme.NUMBER} : ''",
    )  # fmt: skip
    span = alt.Scale(domain=ends[0], nice=False, rangeMin=alt.ExprRef(left), rangeMax=alt.ExprRef("width"))
    x, y = (
        alt.X("across:Q", axis=axis, scale=span),
        alt.Y("up:Q", axis=None, scale=alt.Scale(domain=ends[1], nice=False)),
    )
    over, now = (alt.Chart(alt.NamedData(name)).transform_filter(shown) for name in ("over", "now"))
    sample = alt.Chart(alt.NamedData("samples")).transform_filter(shown)
    sample = sample.transform_calculate(target="toNumber(split(datum.targets, ' ')[output])")
    sample = sample.transform_calculate(
        sign=f"datum.target < {NOW}.middle ? '{SIGNS[1]}' : '{SIGNS[0]}'",
        up=f"datum.{'target' if inputs == 1 else 'up'}",
    ).encode(x=x, y=y)
    place = f"output * {NOW}.points + datum.point"  # in the text of the predictions
    told = theme.tooltip({"sample": "sample", "target": "target"})
    if inputs == 1:
        curve = over.transform_calculate(up=f"clamp({_of('predictions', place)}, {NOW}.bottom, {NOW}.top)")
        drawn = [curve.mark_line(strokeWidth=3, clip=True).encode(x=x, y=y, color=PRIMARY)]
        points = sample.mark_point(filled=True, size=40, opacity=0.8, tooltip=told).encode(color=INK)
    else:
        share = f"indexof('{LEVELS}', substring(now_at.predictions, {place}, {place} + 1)) / {len(LEVELS) - 1}"
        scale = alt.Scale(domain=[0, 0.5, 1], range=[LOW, BETWEEN, HIGH])
        drawn = [
            over.transform_calculate(share=share)
            .mark_rect(strokeWidth=1.2)
            .encode(
                x=alt.X("left:Q", axis=axis, scale=span),
                x2="right:Q",
                y=alt.Y("bottom:Q", axis=None),
                y2="top:Q",
                fill=alt.Fill("share:Q").scale(scale).legend(None),
                stroke=alt.Stroke("share:Q").scale(scale).legend(None),
            )
        ]
        points = sample.mark_point(filled=True, size=60, opacity=1, tooltip=told, strokeWidth=1.5).encode(
            fill=alt.Fill("sign:N").scale(domain=SIGNS, range=[HIGH, LOW]).legend(None), stroke=alt.value("white")
        )
    ring = sample.transform_filter("datum.chosen").mark_point(size=190, strokeWidth=2.5, opacity=1)
    title = "' over the input'" if inputs == 1 else "': input 1 across, input 2 up'"
    title = f"(datum.outputs > 1 ? 'Output ' + (output + 1) : 'Predictions') + {title}"
    return alt.layer(
        *drawn,
        points,
        ring.encode(color=INK),
        theme.message(now, title, aria=False, x=alt.expr(left), y=-22, fontSize=12),
        *(
            theme.message(
                now, theme.number(f"datum.{end}", 3), aria=False, align="right", baseline=base, fontSize=11,
                x=alt.expr(f"{left} - 6"), y=down,
            )
            for end, base, down in (("top", "top", 0), ("bottom", "bottom", TALL))
        ),
    )  # fmt: skip


def _line(update: alt.Chart) -> alt.LayerChart | alt.FacetChart:
    """The update under the bar and what it makes of the sample."""
    number, mse = theme.whole("datum.update"), theme.written("mse")
    said = f"'Sample ' + {NOW}.sample + ': prediction ' + datum.outputs + ', target ' + {NOW}.targets"
    at = update.transform_filter(theme.AT_SCRUB)
    shown = "".join(f"shows == '{what}' ? 'Edges: {edge}. Nodes: {node}.' : " for what, edge, node in WRITTEN)
    return theme.lines(at, f"'Update ' + {number} + ': mean squared error ' + {mse}", said, f"{shown}''")


def _chain() -> alt.LayerChart | alt.FacetChart:
    """The chosen weight, and its slope factor by factor: in words, and in numbers beside or beneath them."""
    now = alt.Chart(alt.NamedData("now"))
    weight, mean = (_written(_of(name, f"{EDGE}_place")) for name in ("weights", "slopes"))
    node_slope, activation_slope, value_slope = (
        _of(name, "chosen.unit") for name in ("node_slopes", "activation_slopes", "value_slopes")
    )
    feeds = f"(chosen.source < 0 ? 1 : {_of('values', 'chosen.source')})"
    last, value = "(chosen.layer == columns - 1)", _of("values", "chosen.unit + inputs")
    target = "toNumber(split(datum.target_numbers, ' ')[chosen.node - 1])"
    error = (
        f"{_written(value_slope)} + (!{last} ? ', which is the sum of:' : ' = 2 × (' + {_written(value)} + ' {MINUS} '"
        f" + {_written(target)} + ')' + (datum.outputs > 1 ? ' / ' + datum.outputs : ''))"
    )
    behind = f"{last} ? '2 × (prediction {MINUS} target)' + (datum.outputs > 1 ? ' / outputs' : '')"
    rows = [
        (
            "'Slope for this sample = node slope × ' + (chosen.source < 0 ? '1' : 'value that feeds in')",
            f"{_written(f'{node_slope} * {feeds}')} + ' = ' + {_written(node_slope)} + ' × ' + {_written(feeds)}",
        ),
        (
            "'Mean over ' + (datum.samples > 1 ? datum.samples + ' samples' : 'the one sample')",
            f"{mean} + ', the slope of the loss'",
        ),
        (
            "'Node slope = slope at the node × slope of ' + data('heads')[chosen.layer].activation",
            f"{_written(node_slope)} + ' = ' + {_written(value_slope)} + ' × ' + {_written(activation_slope)}",
        ),
        (f"'Slope at the node = ' + ({behind} : 'sum of weight × node slope')", error),
    ]
    name = (
        "'Layer ' + chosen.layer + ', node ' + chosen.node + (chosen.weight ? ', weight ' + chosen.weight : ', bias')"
    )
    layers = [theme.message(now, f"{name} + ': ' + {weight}", x=0, y=0, fontWeight="bold")]
    for row, (words, numbers) in enumerate(rows):
        down = 26 + 24 * row, 20 + 36 * row
        layers.append(theme.message(now, words, x=0, y=alt.expr(f"{WIDE} ? {down[0]} : {down[1]}"), fontSize=12))
        beneath = alt.expr(f"{WIDE} ? {down[0]} : {down[1] + 17}")
        layers.append(theme.message(now, numbers, x=alt.expr(f"{WIDE} ? 330 : 0"), y=beneath, fontWeight="bold"))
    terms = alt.Chart(alt.NamedData("terms")).transform_filter("datum.unit == chosen.unit")
    weight, slope = _of("weights", "datum.place"), _of("node_slopes", "datum.behind")
    product = f"' = ' + {_written(f'{weight} * {slope}')}"
    term = f"{_written(weight)} + ' × ' + {_written(slope)} + ({NARROW} ? '' : {product})"
    y = f"({WIDE} ? 124 : 167) + 17 * floor(datum.row / 2)"
    left = f"({WIDE} ? 330 : 0) + (datum.row % 2) * ({NARROW} ? width / 2 : 180)"
    terms = theme.message(terms.transform_calculate(down=y, left=left), term, fontSize=12)
    layers.append(terms.encode(x=alt.X("left:Q", axis=None).scale(None), y=alt.Y("down:Q", axis=None).scale(None)))
    return alt.layer(*layers).properties(height=182)


def _short(value: str) -> str:
    """The expression that writes a number in the picture."""
    return f"({value} && abs({value}) < 1e-4 ? {theme.number(value, 2)} : {theme.number(value, 3)})"


def _written(value: str) -> str:
    """The expression that writes the number that an expression gives, as `theme.written`."""
    return f"(isFinite({value}) ? {theme.number(f'({value})', 4)} : 'too large')"


def sizes(table: pa.Table) -> dict[str, Any]:
    """How large the slopes of each layer are, update by update; takes `model.sizes`."""
    return theme.fill(_sizes(), {"sizes": table})


@theme.built_once
def _sizes() -> dict[str, Any]:
    point = alt.Chart(alt.NamedData("sizes")).transform_calculate(
        power="log(datum.size) / LN10", name="'layer ' + datum.layer"
    )
    x, y = theme.x("update", "Update", tickMinStep=1), theme.y("power", "", labelExpr=theme.POWER)
    legend = alt.Legend(orient="top", title=None)
    line = point.mark_line(strokeWidth=2).encode(x=x, y=y, color=alt.Color("name:N").legend(legend))
    return theme.finish(alt.layer(line).properties(height=200))

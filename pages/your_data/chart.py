"""Many samples: the fit and the mean squared error under one scrub bar, the weights and their numbers under another.

A column's name is never in a spec, only in its datasets: the charts of all tables of a kind share one.
"""

import re
from functools import lru_cache, partial
from typing import Any

import altair as alt
import pandas as pd

from gd_core.activations import ACTIVATIONS
from pages.shared import history_chart, theme
from pages.your_data.model import Samples

FIT, ERRORS = "Predictions", "Errors"
SHOWS_FIT = f"(picture == '{FIT}')"
DASHES = [5, 4]  # for the least-squares solution, and for where a prediction is right
HEIGHT = 180  # of the fit
DRAGGED = "dragged_target"
LEVELS = 60  # between which a target is dragged
# The row that is picked or dragged, and its target; the next drag is of the row that is only picked, if one is.
SHOWN = [
    {"name": "place", "expr": theme.dragged(DRAGGED, "place")},
    {"name": "target", "expr": theme.dragged(DRAGGED, "target")},
    {
        "name": "armed",
        "expr": f"{SHOWS_FIT} && ({DRAGGED}.asked && {DRAGGED}.asked[0] == {theme.NOW}.asked || {theme.NOW}.armed)",
    },
]


def chart(samples: Samples, activation: str, datasets: dict[str, pd.DataFrame], stride: int) -> dict[str, Any]:
    """The run under a scrub bar, update by update, with its samples; `datasets` are what `model.datasets` gives."""
    known, only = not datasets["least"].empty, len(samples.names) == 1
    return theme.fill(
        panels(len(samples.weights), activation, only=only, known=known),
        datasets,
        *(SHOWN if only else []),
        _scrub(datasets["history"], stride),
        {"name": "picture", "value": FIT, "bind": {"input": "radio", "options": [FIT, ERRORS], "name": "Show "}},
        theme.LOG_SWITCH,
    )


def weights(drawn: pd.DataFrame, names: pd.DataFrame, stride: int, *, known: bool) -> dict[str, Any]:
    """The weights and slopes of a run under a scrub bar; `names` are what `model.weight_names` gives."""
    spec = weights_panels(len(names), known=known)
    return theme.fill(spec, {"history": drawn, "weights": names}, _scrub(drawn, stride), history_chart.CURVES)


def _scrub(drawn: pd.DataFrame, stride: int) -> dict[str, Any]:
    return history_chart.scrub(drawn, stride, begins=int(drawn["stop"].iloc[-1]))


def on_paper(spec: dict[str, Any]) -> dict[str, Any]:
    """A chart without its line of numbers, which a report says in words."""
    return {**spec, "vconcat": spec["vconcat"][:-1]}


@lru_cache(maxsize=64)
def panels(weights: int, activation: str, *, only: bool, known: bool) -> dict[str, Any]:
    """The fit and the mean squared error; `only` says whether there is one column, `known` whether there is a minimum.

    An empty dataset would leave its axis without an end.
    """
    update = alt.Chart(alt.NamedData("history"))
    least, _ = theme.errors(alt.Chart(alt.NamedData("least")))
    dashed = least.mark_rule(strokeDash=DASHES).encode(y="height:Q", color=theme.INK)
    number, mse = theme.whole("datum.update"), theme.written("mse")
    return theme.finish(
        alt.vconcat(
            _fit_panel(weights, activation, only=only),
            history_chart.error_panel(update, 90, [dashed] if known else []),
            theme.lines(
                update.transform_filter(theme.AT_SCRUB), f"'Update ' + {number} + ':  mean squared error ' + {mse}"
            ),
            spacing=20,
            data=alt.NamedData("history"),  # or Vega-Lite loses it where it is looked up before it is drawn
        )
    )


theme.BUILT_ONCE.append(partial(panels, 2, "identity", only=True, known=True))  # what the page begins with


@lru_cache(maxsize=32)
def weights_panels(weights: int, *, known: bool) -> dict[str, Any]:
    """The curves of all weights or slopes, and a row for each at the scrub bar, with its best one if `known`."""
    update = alt.Chart(alt.NamedData("history"))
    weight = history_chart.by_weight(update, weights)
    panel = history_chart.weights_panel(update, weight, 150, named=weights <= history_chart.NAMED)
    at = (update.transform_filter(theme.AT_SCRUB), weight.transform_filter(theme.AT_SCRUB))
    panels = alt.vconcat(panel, _readout(*at, known=known), spacing=34)
    return theme.finish(panels.resolve_scale(color="shared", shape="shared"))


def _predicted(data: str, weights: int, activation: str) -> alt.Chart:
    """The rows of a dataset with what the neuron predicts of each at the scrub bar, and its error."""
    names = [f"weight_{i}" for i in range(1, weights + 1)]
    total = " + ".join(f"datum.{name} * datum.{name.replace('weight', 'x')}" for name in names)
    prediction = re.sub(r"\bsum\b", "datum.sum", ACTIVATIONS[activation].formula)
    return (
        alt.Chart(alt.NamedData(data))
        .transform_calculate(at="scrub_stop")
        .transform_lookup("at", alt.LookupData(alt.NamedData("history"), "stop", names))
        .transform_calculate(sum=total, prediction=prediction, error="datum.prediction - datum.actual")
    )


def _fit_panel(weights: int, activation: str, *, only: bool) -> alt.LayerChart | alt.FacetChart:
    """The samples over their only column, with the line through them; or each prediction over its target."""
    across, seen, right = ("across", "actual", "best") if only else ("actual", "prediction", "actual")
    x, y = theme.x(across, " ", padding=8), theme.y("height", "")  # the blank keeps room for a title
    sample, line = (_predicted(data, weights, activation) for data in ("samples", "line" if only else "samples"))
    # Titles without the columns' names, which would become part of an expression.
    said = {"across": "input", "actual": "target", "prediction": "prediction", "error": "error", "place": "sample"}
    if not only:
        del said["across"]
    dashed = (
        line.transform_calculate(height=f"!{SHOWS_FIT} ? 0 : isValid(datum.{right}) ? datum.{right} : datum.prediction")
        .mark_line(strokeDash=DASHES)
        .encode(x=f"{across}:Q", y="height:Q", color=theme.INK)
    )
    points = (
        sample.transform_calculate(height=f"{SHOWS_FIT} ? datum.{seen} : datum.error")
        .mark_circle(size=45, opacity=0.75, tooltip=theme.tooltip(said))
        .encode(x=x, y=y, color=theme.INK if only else theme.PRIMARY)
    )
    fitted = (
        line.transform_calculate(height=f"{SHOWS_FIT} ? datum.prediction : 0")
        .mark_line(strokeWidth=3)
        .encode(x=f"{across}:Q", y="height:Q", color=theme.PRIMARY)
    )
    titles, height = alt.Chart(alt.NamedData("titles")), f"{SHOWS_FIT} ? datum.fit : 'Error: prediction - target'"
    above = theme.message(titles, height, aria=False, baseline="top", x=0, y=-31, fontSize=14)
    below = theme.message(titles, "datum.across", aria=False, x=theme.GUTTER + 8, y=HEIGHT + 44, fontSize=14)
    own = [fitted, *_dragging(sample, said)] if only else []
    return alt.layer(dashed, points, *own, above, below).properties(height=HEIGHT)


def _dragging(sample: alt.Chart, titles: dict[str, str]) -> list[alt.Chart]:
    """The ring around the row that is dragged, what it says, and the invisible places it can be dragged to.

    Until a row is picked, these are the samples; from then on, targets for it, from the lowest to the highest.
    """
    now = alt.Chart(alt.NamedData("now"))
    rows = alt.LookupData(alt.NamedData("samples"), "place", ["across"])
    # No layer is ever without a point, nor outside the other picture: that would leave an axis without an end.
    here = now.transform_calculate(place="place", first="datum.across").transform_lookup("place", rows)
    here = here.transform_calculate(
        seen=f"{SHOWS_FIT} && isValid(datum.across) ? 1 : 0",
        across="isValid(datum.across) ? datum.across : datum.first",
        height=f"!{SHOWS_FIT} ? 0 : isValid(target) ? target : datum.low",
    ).encode(x="across:Q", y="height:Q", color=theme.PRIMARY, opacity=alt.Opacity("seen:Q").scale(None))
    levels = sample.transform_filter("!armed || datum.place == place")
    levels = levels.transform_calculate(level=f"armed ? sequence({LEVELS + 1}) : [0]").transform_flatten(["level"])
    level = f"{theme.NOW}.low + ({theme.NOW}.high - {theme.NOW}.low) * datum.level / {LEVELS}"
    levels = levels.transform_calculate(asked=f"{theme.NOW}.asked", target=f"armed ? {level} : datum.actual")
    return [
        *(  # so that the axis stays while one is dragged
            now.transform_calculate(end=f"{SHOWS_FIT} ? datum.{end} : 0").mark_point(opacity=0).encode(y="end:Q")
            for end in ("low", "high")
        ),
        here.mark_point(size=200, strokeWidth=2.5),
        here.transform_calculate(said=f"isValid(target) ? {theme.number('target')} : ''")
        .mark_text(dy=-17, fontSize=13, fontWeight="bold")
        .encode(text="said:N"),
        theme.described(levels, titles)
        .transform_calculate(height=f"{SHOWS_FIT} ? datum.target : 0")
        .mark_point(size=1, opacity=0, cursor="ns-resize")
        .encode(x="across:Q", y="height:Q")
        .add_params(theme.drag(DRAGGED, "place", "target")),
    ]


def _readout(update: alt.Chart, weight: alt.Chart, *, known: bool) -> alt.LayerChart | alt.FacetChart:
    """A row for each weight at the scrub bar, with its best one if `known`."""
    weight = weight.transform_lookup("number", alt.LookupData(alt.NamedData("weights"), "number", ["name", "best"]))
    columns = [("weight", "weight", 195), ("slope", "slope", 287), ("best", "best", 352)]
    rows = history_chart.rows(update, weight, "name", columns if known else columns[:2])
    return alt.layer(*rows).properties(height=alt.Step(20))

"""Many samples: the fit, the mean squared error, the weights and the numbers, under one scrub bar."""

import re
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from gd_core.activations import ACTIVATIONS
from pages.shared import history_chart, theme
from pages.your_data.model import Samples

FIT, ERRORS = "Predictions", "Errors"
SHOWS_FIT = f"(picture == '{FIT}')"
DASHES = [5, 4]  # for the least-squares solution, and for where a prediction is right


def chart(samples: Samples, activation: str, datasets: dict[str, pd.DataFrame], stride: int) -> dict[str, Any]:
    """The run under a scrub bar, update by update, with its samples; `datasets` are what `model.datasets` gives."""
    history, known, target = datasets["history"], not datasets["least"].empty, samples.target
    only = samples.names[0] if len(samples.names) == 1 else None
    fit = f"{target}{'; dashed: least squares' if known else ''}" if only else "Prediction; dashed: where it is right"
    titles = pd.DataFrame({FIT: [fit], ERRORS: ["Error: prediction - target"]})
    return theme.fill(
        panels(len(samples.weights), only, target, activation, known=known),
        {**datasets, "titles": titles},
        history_chart.scrub(history, stride, begins=int(history["stop"].iloc[-1])),
        {"name": "picture", "value": FIT, "bind": {"input": "radio", "options": [FIT, ERRORS], "name": "Picture "}},
        theme.LOG_SWITCH,
        history_chart.CURVES,
    )


def on_paper(spec: dict[str, Any]) -> dict[str, Any]:
    """A chart without its rows of numbers, which stand beside it in a report."""
    return {**spec, "vconcat": spec["vconcat"][:-1]}


@lru_cache(maxsize=32)
def panels(weights: int, only: str | None, target: str, activation: str, *, known: bool) -> dict[str, Any]:
    """Panels one above the other; `only` is the name of the only column, if there is one.

    `known` says whether the least mean squared error is known: an empty dataset would leave its axis without an end.
    """
    update = alt.Chart(alt.NamedData("history"))
    weight = history_chart.by_weight(update, weights)
    least, _ = theme.errors(alt.Chart(alt.NamedData("least")))
    dashed = least.mark_rule(strokeDash=DASHES).encode(y="height:Q", color=theme.INK)
    return theme.finish(
        alt.vconcat(
            _fit_panel(weights, only, target, activation),
            history_chart.error_panel(update, 120, [dashed] if known else []),
            history_chart.weights_panel(update, weight, 120, named=weights <= history_chart.NAMED),
            _readout(update.transform_filter(theme.AT_SCRUB), weight.transform_filter(theme.AT_SCRUB), known=known),
            spacing=34,
            data=alt.NamedData("history"),  # or Vega-Lite loses it where it is looked up before it is drawn
        ).resolve_scale(color="shared", shape="shared")
    )


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


def _fit_panel(weights: int, only: str | None, target: str, activation: str) -> alt.LayerChart | alt.FacetChart:
    """The samples over their only column, with the line through them; or each prediction over its target."""
    across, seen, right = ("across", "actual", "best") if only else ("actual", "prediction", "actual")
    x, y = theme.x(across, only or target, padding=8), theme.y("height", "")
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
    titles = alt.Chart(alt.NamedData("titles"))
    title = theme.message(titles, "datum[picture]", aria=False, baseline="top", x=0, y=-31, fontSize=14)
    return alt.layer(dashed, points, *([fitted] if only else []), title).properties(height=240)


def _readout(update: alt.Chart, weight: alt.Chart, *, known: bool) -> alt.LayerChart | alt.FacetChart:
    """The update under the scrub bar in a line of numbers, then a row for each weight, with its best one if `known`."""
    weight = weight.transform_lookup("number", alt.LookupData(alt.NamedData("weights"), "number", ["name", "best"]))
    columns = [("weight", "weight", 195), ("slope", "slope", 287), ("best", "best", 352)]
    rows = history_chart.rows(update, weight, "name", columns if known else columns[:2])
    number, mse = theme.written("update"), theme.written("mse")
    line = theme.lines(update, f"'Update ' + {number} + ':  mean squared error ' + {mse}", top=-34)
    return alt.layer(line, *rows).properties(height=alt.Step(20))

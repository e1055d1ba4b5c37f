"""Many samples: the fit, the mean squared error, the weights and the numbers, under one scrub bar."""

import re
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from gd_core.activations import ACTIVATIONS
from pages.shared import history_chart, theme
from pages.shared.history_chart import AT_SCRUB

FIT, ERRORS = "Predictions", "Errors"
SHOWS_FIT = f"(picture == '{FIT}')"


def chart(
    names: tuple[tuple[str, ...], str], activation: str, datasets: dict[str, pd.DataFrame], stride: int, log: bool
) -> dict[str, Any]:
    """The run under a scrub bar, update by update, with the samples it learns from.

    `names` are those of the columns that are inputs, and the target's. `datasets` are what `model.datasets` gives.
    """
    columns, target = names
    last = int(datasets["history"]["stop"].iloc[-1])
    bar = {"input": "range", "min": 0, "max": last, "step": stride, "name": "Update "}
    pictures = {"input": "radio", "options": [FIT, ERRORS], "name": "Picture "}
    curves = {"input": "radio", "options": ["weight", "slope"], "labels": ["Weights", "Slopes"], "name": "Curves "}
    only = columns[0] if len(columns) == 1 else None
    known = not datasets["least"].empty
    fit = f"{target}{'; dashed: least squares' if known else ''}" if only else "Prediction; dashed: where it is right"
    titles = pd.DataFrame({"of": [FIT, ERRORS], "title": [fit, "Error: prediction - target"]})
    return {
        **panels(len(datasets["weights"]), only, target, activation, known=known),
        "params": [
            {"name": "scrub", "value": last, "bind": bar},
            {"name": "picture", "value": FIT, "bind": pictures},
            theme.log_switch(log),
            {"name": "curves", "value": "weight", "bind": curves},
        ],
        "datasets": {**datasets, "titles": titles},
    }


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
    return theme.finish(
        alt.vconcat(
            _fit_panel(weights, only, target, activation),
            _error_panel(update, known=known),
            history_chart.weights_panel(update, weight, named=weights <= history_chart.NAMED),
            _readout(update.transform_filter(AT_SCRUB), weight.transform_filter(AT_SCRUB), known=known),
            spacing=34,
            data=alt.NamedData("history"),  # or Vega-Lite loses it where it is looked up before it is drawn
        ).resolve_scale(color="shared", shape="shared")
    )


def _predicted(data: str, weights: int, activation: str) -> alt.Chart:
    """The rows of a dataset with what the neuron predicts of each at the scrub bar, and its error."""
    names = [f"weight_{i}" for i in range(1, weights + 1)]
    total = " + ".join(f"datum.{name} * datum.{name.replace('weight', 'x')}" for name in names)
    return (
        alt.Chart(alt.NamedData(data))
        .transform_calculate(at="scrub")
        .transform_lookup("at", alt.LookupData(alt.NamedData("history"), "stop", names))
        .transform_calculate(sum=total)
        .transform_calculate(prediction=re.sub(r"\bsum\b", "datum.sum", ACTIVATIONS[activation].formula))
        .transform_calculate(error="datum.prediction - datum.actual")
    )


def _fit_panel(weights: int, only: str | None, target: str, activation: str) -> alt.LayerChart | alt.FacetChart:
    """One column: the samples over it and the line through them. More: the prediction of each sample over its target.

    The dashed line is the least-squares solution, or where a prediction is right.
    """
    across, seen, right = ("across", "actual", "best") if only else ("actual", "prediction", "actual")
    sample, line = (_predicted(data, weights, activation) for data in ("samples", "line" if only else "samples"))
    tooltip = [  # a name here would become part of an expression
        *([alt.Tooltip("across:Q", title="input", format=theme.DIGITS)] if only else []),
        alt.Tooltip("actual:Q", title="target", format=theme.DIGITS),
        *(alt.Tooltip(f"{name}:Q", format=theme.DIGITS) for name in ("prediction", "error")),
        alt.Tooltip("place:Q", title="sample", format=","),
    ]
    layers = [
        line.transform_calculate(height=f"!{SHOWS_FIT} ? 0 : isValid(datum.{right}) ? datum.{right} : datum.prediction")
        .mark_line(strokeDash=[5, 4])
        .encode(x=f"{across}:Q", y="height:Q", color=theme.INK),
        sample.transform_calculate(height=f"{SHOWS_FIT} ? datum.{seen} : datum.error")
        .mark_circle(size=45, opacity=0.75)
        .encode(
            x=theme.x(across, only or target, padding=8),
            y=theme.y("height", ""),
            color=theme.INK if only else theme.PRIMARY,
            tooltip=tooltip,
        ),
        *(
            [
                line.transform_calculate(height=f"{SHOWS_FIT} ? datum.prediction : 0")
                .mark_line(strokeWidth=3)
                .encode(x=f"{across}:Q", y="height:Q", color=theme.PRIMARY)
            ]
            if only
            else []
        ),
        alt.Chart(alt.NamedData("titles"))
        .transform_filter("datum.of == picture")
        .mark_text(align="left", baseline="top", x=0, y=-31, fontSize=14)
        .encode(text="title:N", color=theme.INK),
    ]
    return alt.layer(*layers).properties(height=240)


def _error_panel(chart: alt.Chart, *, known: bool) -> alt.LayerChart | alt.FacetChart:
    """The mean squared error, or its logarithm, and the minimum as a dashed line."""
    chart, y = theme.errors(chart)
    least, _ = theme.errors(alt.Chart(alt.NamedData("least")))
    point = chart.encode(x="update:Q", y="height:Q", color=theme.PRIMARY)
    tooltip = [alt.Tooltip(f"{name}:Q", format=theme.DIGITS) for name in ("update", "mse")]
    return alt.layer(
        *([least.mark_rule(strokeDash=[5, 4]).encode(y="height:Q", color=theme.INK)] if known else []),
        point.mark_line().encode(x=theme.x("update", None), y=y),
        history_chart.rule(point, 120),
        point.mark_point(filled=True, size=90, opacity=1).transform_filter(AT_SCRUB),
        point.mark_circle(size=150, opacity=0).encode(tooltip=tooltip),
    ).properties(height=120)


def _readout(update: alt.Chart, weight: alt.Chart, *, known: bool) -> alt.LayerChart | alt.FacetChart:
    """The update under the scrub bar in a line of numbers, then a row for each weight, with its best one if `known`."""
    number, mse = theme.written("update", ","), theme.written("mse")
    weight = weight.transform_lookup("number", alt.LookupData(alt.NamedData("weights"), "number", ["name", "best"]))
    columns = [("weight", "weight", 195), ("slope", "slope", 287), *([("best", "best", 352)] if known else [])]
    return alt.layer(
        theme.lines(update, f"'Update ' + {number} + ':  mean squared error ' + {mse}", top=-34),
        *history_chart.rows(update, weight, "name", columns),
    ).properties(height=alt.Step(20))

"""The same neuron with many samples: your own table, its fit, and the least-squares solution beside it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from gd_core.optimisers import GradientDescent
from pages.shared import boxes, dragging, history_frame, parse, sidebar, tables, verdict
from pages.your_data import chart, fields, files, model, progress, source, text
from pages.your_data.datasets import DATASETS
from pages.your_data.model import Outcome

FIT = "fit"


def page() -> None:
    """The samples, the run over them and how close it came; folded away, the weights, the curvature and files."""
    table = source.table()
    options = st.expander("Options: columns, standardising, optimiser, batch", icon=":material/tune:")
    given = source.samples(table, options)
    picture, said = st.columns([3, 2], gap="medium")
    only, row, target = len(given.names) == 1, None, None
    seen = picture.container()
    if only:
        with picture:
            row, target = fields.moved_target(given)
    samples = given if row is None or target is None else model.moved(given, row, target)
    optimiser, size, seed, start = fields.settings(options, *samples.inputs.shape)
    rate, updates = sidebar.settings("rate", "updates")
    batches = model.problem(samples, st.session_state.activation, size, seed)
    history = history_frame.of_run(progress.run(batches, start, optimiser(rate), updates))
    least = model.solution(batches, start)
    outcome = Outcome(samples, batches, start, optimiser(rate), history, least)

    with said:
        kind = verdict.NOTHING_TO_DO if text.settled(outcome) else text.kind(history)
        boxes.show(kind, text.verdict(outcome))
        if note := source.left_out(table, samples):
            st.caption(note)
        _rates(outcome)
    with seen:
        drawn, stride = history_frame.drawn(history)
        now = model.now(given, row, target, dragging.asked(row, target))
        datasets = model.datasets(samples, now, drawn, least)
        spec = chart.chart(samples, batches.neuron.activation, datasets, stride)
        on_select: Any = {"on_select": partial(fields.take, FIT, given), "selection_mode": [chart.DRAGGED]}
        st.vega_lite_chart(
            spec, key=FIT, alt=text.picture(samples, history), width="stretch", **(on_select if only else {})
        )
        if row:
            st.caption(text.moved(given, row, target))
        if note := verdict.left_out(history, drawn, stride):
            st.caption(note)

    _folded("Weights and slopes, update by update", "by_weight", lambda: _weights(outcome, drawn, stride))
    _folded("The least-squares solution and the curvature", "curvature", lambda: _solution(outcome))
    files.share(outcome, spec)
    if dataset := DATASETS.get(st.session_state.data):
        st.caption(f"Source of the data: {dataset.credit}.")


def _rates(outcome: Outcome) -> None:
    """Buttons that set a learning rate, where a formula gives it."""
    if outcome.least and type(outcome.optimiser) is GradientDescent:
        with st.container(horizontal=True):
            for label, rate in model.rates(outcome.least).items():
                cannot = rate != parse.within(rate)
                st.button(label, on_click=sidebar.take_rate, args=(rate,), disabled=cannot)


def _folded(label: str, key: str, draw: Callable[[], None]) -> None:
    """A part of the page that is drawn only where somebody looks at it."""
    with st.expander(label, key=key, on_change="rerun") as part:
        if part.open:
            draw()


def _weights(outcome: Outcome, drawn: pd.DataFrame, stride: int) -> None:
    """The weights and slopes as curves and as tables."""
    samples, history, least = outcome.samples, outcome.history, outcome.least
    picture, numbers = st.columns(2, gap="medium")
    with picture:
        spec = chart.weights(drawn, model.weight_names(samples, least), stride, known=bool(least))
        st.vega_lite_chart(spec, key="weights_picture", alt=text.curves(history), width="stretch")
    with numbers:
        what = st.radio("Update by update", ["Slopes", "Weights"], horizontal=True, key="by_update")
        table = history_frame.slopes(history) if what == "Slopes" else history_frame.weights(history)
        tables.show(table, "by_update_table", f"{what} by update", labels=samples.weights)


def _solution(outcome: Outcome) -> None:
    """The best weights beside those of the run, and what decides how fast it gets there."""
    st.markdown(f"{text.course(outcome)}\n\n{text.solution(outcome)}")
    tables.show(model.weights_table(outcome), "standing", "Weights at the end and by least squares", height="content")
    if outcome.least:
        st.markdown(text.scaling(outcome.samples))
        words = text.scaling_table(outcome.samples)
        tables.words(words, "switches", "Curvatures and learning rates for all four ways")

"""The same neuron with many samples: your own table, its fit, and the least-squares solution beside it."""

from functools import partial
from typing import Any

import streamlit as st

from gd_core.optimisers import GradientDescent
from pages.shared import assigned, boxes, dragging, history_frame, parse, sidebar, verdict
from pages.shared.folded import folded
from pages.your_data import chart, details, fields, files, model, progress, source, text
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
        elif only and (hint := dragging.hint(row="a point up or down to change its target, or type its row")):
            st.caption(hint)
        if note := verdict.left_out(history, drawn, stride):
            st.caption(note)

    folded("Weights and slopes, update by update", "by_weight", partial(details.weights, outcome, drawn, stride))
    folded("The least-squares solution and the curvature", "curvature", partial(details.solution, outcome))
    files.share(outcome, spec)
    if dataset := DATASETS.get(st.session_state.data):
        st.caption(f"Source of the data: {dataset.credit}.")


def _rates(outcome: Outcome) -> None:
    """Buttons that set a learning rate, where a formula gives it."""
    if outcome.least and type(outcome.optimiser) is GradientDescent:
        with st.container(horizontal=True):
            for label, rate in model.rates(outcome.least).items():
                cannot = rate != parse.within(rate) or assigned.holds("rate")
                st.button(label, on_click=sidebar.take_rate, args=(rate,), disabled=cannot)

"""The same neuron with many samples: your own table, its fit, and the least-squares solution beside it."""

import streamlit as st

from pages.shared import history_frame, parse, sidebar, tables, verdict
from pages.your_data import chart, fields, files, model, progress, source, text
from pages.your_data.datasets import DATASETS


def page() -> None:
    """The samples, the run over them, the least-squares solution, and files to take home."""
    samples = source.samples()
    optimiser, size, seed, start = fields.settings(*samples.inputs.shape)
    rate, updates = sidebar.settings("rate", "updates")
    batches = model.problem(samples, st.session_state.activation, size, seed)
    history = history_frame.of_run(progress.run(batches, start, optimiser(rate), updates))
    least = model.solution(batches, start)
    outcome = model.Outcome(samples, batches, start, optimiser(rate), history, least)

    st.info(text.verdict(outcome))
    picture, numbers = st.columns([3, 2], gap="medium")
    with picture:
        drawn, stride = history_frame.drawn(history)
        datasets = model.datasets(samples, drawn, least)
        spec = chart.chart(samples, batches.neuron.activation, datasets, stride)
        st.vega_lite_chart(spec, key="fit", alt=text.picture(samples, history), width="stretch")
        if note := verdict.left_out(history, drawn, stride):
            st.caption(note)
    with numbers:
        what = st.radio("Update by update", ["Slopes", "Weights"], horizontal=True, key="by_update")
        table = history_frame.slopes(history) if what == "Slopes" else history_frame.weights(history)
        tables.show(table, "by_update_table", f"{what} by update", height=560, labels=samples.weights)
        if dataset := DATASETS.get(st.session_state.data):
            st.caption(f"Source of the data: {dataset.credit}.")

    st.subheader("The least-squares solution")
    st.markdown(text.solution(outcome))
    if least:
        take, best, icon = sidebar.take_rate, least.best_rate, ":material/straighten:"
        cannot = best != parse.within(best)
        st.button("Take the best learning rate", on_click=take, args=(best,), disabled=cannot, icon=icon)
    tables.show(model.weights_table(outcome), "standing", "Weights at the end and by least squares", height="content")
    if least:
        st.subheader("What bias and standardising do to the curvature")
        st.markdown(text.scaling(samples))
        tables.words(text.scaling_table(samples), "switches", "Curvatures and learning rates for all four ways")
    files.share(outcome, spec)

"""Many updates of one neuron: the mean squared error, the slopes and the weights, update by update."""

from functools import partial

import streamlit as st

from pages.shared import boxes, downloads, history_chart, history_frame, long_run, sidebar, tables, verdict


def page() -> None:
    """The run, as a picture, as tables, and to take home."""
    setup = sidebar.setup()
    history = history_frame.of_one_sample(setup.problem, long_run.descend(*setup))
    drawn, stride = history_frame.drawn(history)

    message, why = verdict.parts(setup, history)
    boxes.show(verdict.kind(setup, history), message)
    spec = history_chart.chart(drawn, stride)
    st.vega_lite_chart(spec, key="history", alt=verdict.chart(history), width="stretch")
    if note := verdict.left_out(history, drawn, stride):
        st.caption(note)
    st.markdown(f"{why} {verdict.landmarks(setup)}")

    with st.expander("Tables", icon=":material/table:", key="tables", on_change="rerun") as opened:
        if opened.open:  # what nobody looks at need not follow the rate
            slopes, weights = st.columns(2, gap="medium")
            with slopes:
                st.markdown("Slopes")
                tables.show(history_frame.slopes(history), "slopes", "The slope of every weight, update by update")
            with weights:
                st.markdown("Weights")
                tables.show(history_frame.weights(history), "weights_by_update", "Every weight, update by update")
    downloads.share("Many updates", spec, message, partial(downloads.table, history.to_csv, "many_updates.csv"))

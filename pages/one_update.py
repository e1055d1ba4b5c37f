"""One update in its sub-steps: formula, numbers and numpy side by side, one update after the other."""

from functools import partial

import streamlit as st

from gd_core import descend
from pages.parts import charts, controls, downloads, fields, frames, live, predict, substeps, tables, takeaway, words

st.title("One update")
st.markdown(
    "An update is a handful of small sums: predict, compare, take the slopes, move the weights against them. Go "
    "through them in order, then on to the next update."
)


def body() -> None:
    """One update of the run, and the run to take home."""
    setup = controls.setup()
    history = frames.history(setup.problem, descend(*setup))
    last = substeps.steps(history)
    update = fields.one_update(last)
    weights = frames.weights(history).to_numpy()[update - 1]
    predict.the_error(setup, weights, update)
    today = substeps.values(setup, weights)

    formulas, numbers = st.columns([4, 3], gap="medium")
    with formulas:
        st.markdown(substeps.written_out(today))
    with numbers:
        st.info(words.update_says(setup, today, update, last))
        near = substeps.nearby(history, update, last)
        st.vega_lite_chart(
            charts.step.chart(near, log=words.runs_away(near)),
            key="step",
            alt=words.step_picture(near),
            width="stretch",
        )
        tables.show(
            substeps.table(today), "update_table", f"Every weight before and after update {update:,}", height="content"
        )
        st.markdown("Take this run home. Both need numpy alone, and check themselves against what you see here:")
        with st.container(horizontal=True):
            code, notebook = partial(takeaway.script, setup), partial(takeaway.notebook, setup)
            downloads.button("Script", code, "gradient_descent.py", "text/x-python")
            downloads.button("Notebook", notebook, "gradient_descent.ipynb", "application/x-ipynb+json")


live.follow(body)

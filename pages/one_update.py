"""One update in its sub-steps: formula, numbers and numpy side by side, one update after the other."""

from functools import partial

import streamlit as st

from gd_core import descend
from pages.parts import charts, controls, frames, predict, substeps, tables, takeaway, words

st.title("One update")
st.markdown(
    "An update is a handful of small sums: predict, compare, take the slopes, move the weights against them. Go "
    "through them in order, then on to the next update; the arrow keys work too."
)

setup = controls.setup()
history = frames.history(setup.problem, descend(*setup))
last = substeps.steps(history)
update = controls.one_update(last)
weights = frames.weights(history).to_numpy()[update - 1]
predict.the_error(setup, weights, update)

formulas, numbers = st.columns([4, 3], gap="medium")
with formulas:
    st.markdown(substeps.written_out(setup, weights))
with numbers:
    st.info(words.update_says(setup, history, update, last))
    near = substeps.nearby(history, update, last)
    st.vega_lite_chart(charts.step.chart(near), key="step", alt=words.step_picture(near), width="stretch")
    table = substeps.table(substeps.values(setup, weights))
    tables.show(table, "update_table", f"Every weight before and after update {update:,}", height="content")
    st.markdown("Take this run home. Both need numpy alone, and check themselves against what you see here:")
    with st.container(horizontal=True):
        file = partial(takeaway.script, setup)
        st.download_button("Script", file, "gradient_descent.py", "text/x-python", on_click="ignore")
        file = partial(takeaway.notebook, setup)
        st.download_button("Notebook", file, "gradient_descent.ipynb", "application/x-ipynb+json", on_click="ignore")

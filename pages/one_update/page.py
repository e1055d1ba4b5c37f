"""One update: the step that a learning rate makes, and its formulas, numbers and numpy, one update after the other."""

from functools import partial

import streamlit as st

from pages.one_update import chart, program, text, update_steps
from pages.one_update.predict import the_error
from pages.shared import boxes, downloads, dragging, fields, history_frame, long_run, sidebar, tables, verdict
from pages.shared.numbers import number

PICTURE = "update_picture"


def page() -> None:
    """One update of the run, and the run to take home."""
    setup = sidebar.setup()
    history = history_frame.of_one_sample(setup.problem, long_run.descend(*setup))
    last = update_steps.finite_updates(history)
    if last < 1:
        boxes.show(verdict.GROWS, text.TOO_LARGE)
        st.stop()
    update = fields.stepper("Update", "at", last, arrow_keys=True)
    weights = history_frame.weights(history).to_numpy()[update - 1]
    the_error(setup, weights, update)

    picture, numbers = st.columns([4, 3], gap="medium")
    with picture:
        if hint := dragging.hint(rate="the tip of the arrow: it is the learning rate"):
            st.caption(hint)
        datasets = {
            "now": update_steps.now(setup, weights, dragging.asked(setup.rate, setup.weights)),
            "step": update_steps.along(setup, weights),
            "weights": update_steps.first_and_last(setup, weights),
        }
        spec = chart.chart(datasets)
        st.vega_lite_chart(
            spec,
            key=PICTURE,
            alt=text.PICTURE,
            on_select=partial(dragging.take, PICTURE),
            selection_mode=chart.DRAGGED,
            width="stretch",
        )
    with numbers:
        kind = verdict.kind(setup, history.iloc[update - 1 : update + 1])
        message = text.did(setup, weights, update, last)
        boxes.show(kind, message)
        alt = f"Every weight before and after update {number(update)}"
        tables.show(update_steps.table(setup, weights), "update_table", alt, height="content")
    st.header("Step by step")
    st.markdown(update_steps.written_out(setup, weights))
    st.markdown("Download this run. Each file needs only numpy, and checks itself against what you see here:")
    with st.container(horizontal=True):
        downloads.programs(partial(program.program, setup))
    downloads.share("One update", spec, message)

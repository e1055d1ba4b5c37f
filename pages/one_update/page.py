"""One update, step by step: formula, numbers and numpy side by side, one update after the other."""

from functools import partial

import streamlit as st

from pages.one_update import chart, program, text, update_steps
from pages.one_update.predict import the_error
from pages.shared import boxes, downloads, fields, history_frame, long_run, sidebar, tables, verdict
from pages.shared.numbers import number


def page() -> None:
    """One update of the run, and the run to take home."""
    setup = sidebar.setup()
    history = history_frame.of_one_sample(setup.problem, long_run.descend(*setup))
    last = update_steps.finite_updates(history)
    if last < 1:
        boxes.show(verdict.GROWS, text.TOO_LARGE)
        st.stop()
    update = _update(last)
    weights = history_frame.weights(history).to_numpy()[update - 1]
    the_error(setup, weights, update)

    formulas, numbers = st.columns([4, 3], gap="medium")
    with formulas:
        st.markdown(update_steps.written_out(setup, weights))
    with numbers:
        kind = verdict.kind(setup, history.iloc[update - 1 : update + 1])
        boxes.show(kind, text.did(setup, weights, update, last))
        near = update_steps.nearby(history, update, last)
        spec = chart.chart(near)
        st.vega_lite_chart(spec, key="step", alt=text.picture(near), width="stretch")
        alt = f"Every weight before and after update {number(update)}"
        tables.show(update_steps.table(setup, weights), "update_table", alt, height="content")
        st.markdown("Download this run. Each file needs only numpy, and checks itself against what you see here:")
        with st.container(horizontal=True):
            downloads.programs(partial(program.program, setup))


def _update(last: int) -> int:
    """The number of the update to look at, 1 to `last`: by buttons, the arrow keys or a jump."""
    if last == 1:
        return 1
    here = st.session_state.at = min(st.session_state.get("at", 1), last)

    def move(by: int) -> None:
        st.session_state.at += by

    buttons, jump = st.columns([1, 2], vertical_alignment="bottom")
    with buttons.container(horizontal=True):
        st.button("Back", on_click=move, args=(-1,), disabled=here == 1, shortcut="Left", width="stretch")
        st.button("Forward", on_click=move, args=(1,), disabled=here == last, shortcut="Right", width="stretch")
    update = jump.slider("Update", 1, last, key="at", bind="query-params")
    fields.note("at", str(update))
    return update

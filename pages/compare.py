"""Runs side by side: other learning rates, other optimisers, forks, and all learning rates at once."""

from functools import partial

import streamlit as st

from gd_core import OPTIMISERS, SCHEDULES
from gd_core.optimisers import TINY
from pages.parts import charts, compare, controls, downloads, editor, fields, live, tables, words

st.title("Compare")
st.markdown(
    "What if? Run 0 is the sidebar's: drag its learning rate. Lay up to eight others over it: other rates, other "
    "optimisers, schedules, or a fork of a run that goes on differently from some update on."
)


def body() -> None:
    """The runs over each other, who got how far, and all rates at once."""
    setup = editor.capped(controls.setup())
    editor.start(setup)
    listed = editor.listed(setup)
    runs = [compare.yours(setup), *listed]
    histories = compare.histories(setup, runs)
    start = histories[0]["mse"].iloc[0]
    if start == 0:
        st.info(words.verdict(setup, histories[0]))
        return

    picture, change = st.columns([5, 4], gap="medium")
    with picture:
        curves, (_, stride) = compare.curves(histories), compare.stops(setup.updates)
        frame = compare.frame(curves["mse"], start)
        spec = charts.overlay.chart(curves, compare.names(runs), stride, frame)
        st.vega_lite_chart(spec, key="overlay", alt=words.overlay(histories), width="stretch")
    with change:
        editor.change(setup, listed)
        if late := words.unforked(runs, setup.updates):
            st.caption(late)

    st.subheader("Who got how far")
    threshold = fields.threshold()
    if threshold:
        st.info(words.compared(histories, threshold))
        tables.words(
            words.table(setup, runs, histories, threshold), "compared", "Each run, how soon and how far it came"
        )

    st.subheader("All learning rates at once")
    swept, once = compare.sweep(setup), compare.landmark(setup)
    says = words.sweep(setup, once)
    spec = charts.overlay.sweep(
        swept, compare.on_sweep(runs, histories), compare.marks(setup), compare.frame(swept["mse"], start)
    )
    st.vega_lite_chart(spec, key="sweep", alt=says, width="stretch", on_select=partial(editor.pick, "sweep", once))
    st.caption(f"{says} {editor.invitation(listed)}")

    with st.expander("The optimisers, from the simplest to Adam", icon=":material/function:"):
        st.markdown(f"Every weight is changed alike, each by its own slope. TINY is {TINY:g}: no step is divided by 0.")
        st.markdown(words.sections(OPTIMISERS))
    with st.expander("The schedules: learning rates that change on the way", icon=":material/function:"):
        st.markdown("Each update takes its share of the learning rate. The updates are counted 0, 1, 2 and so on.")
        st.markdown(words.sections(SCHEDULES))
    with st.popover("Share or download", icon=":material/ios_share:"):
        st.markdown("This link opens the same runs, anywhere:")
        st.code(controls.link(editor.LIST, "below"), language=None, wrap_lines=True)
        st.markdown("This table has every update of every run at full precision:")
        downloads.button("Download as CSV", partial(compare.as_csv, runs, histories), "compare.csv", "text/csv")


live.follow(body)

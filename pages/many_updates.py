"""Many updates of one neuron: the mean squared error, the slopes and the weights, update by update."""

import streamlit as st

from gd_core import descend
from pages.parts import charts, controls, downloads, frames, live, tables, words

st.title("Many updates")
st.markdown(
    "One update moves every weight a little against its slope. Make many of them and watch the mean "
    "squared error: the learning rate decides whether it creeps, jumps, zig-zags or explodes."
)


def body() -> None:
    """The run, as a picture, as tables, and to take home."""
    setup = controls.setup()
    history = frames.history(setup.problem, descend(*setup))
    drawn, stride = frames.drawn(history)

    st.info(f"{words.verdict(setup, history)} {words.landmarks(setup)}")

    picture, numbers = st.columns([3, 2], gap="medium")
    with picture:
        spec = charts.history.chart(drawn, stride, log=words.runs_away(history))
        st.vega_lite_chart(spec, key="history", alt=words.chart(history), width="stretch")
        if note := words.drawn(history, drawn, stride):
            st.caption(note)
    with numbers:
        tables.show(frames.slopes(history), "slopes", "The slope of every weight, update by update")
        tables.show(frames.weights(history), "weights_by_update", "Every weight, update by update")

    with st.popover("Share or download", icon=":material/ios_share:", key="share", on_change="rerun") as share:
        if share.open:  # what nobody looks at need not follow the rate
            st.markdown("This link opens the same run, anywhere:")
            st.code(controls.link(), language=None, wrap_lines=True)
            st.markdown("This table has every update at full precision:")
            downloads.button("Download as CSV", history.to_csv, "many_updates.csv", "text/csv")


live.follow(body)

"""The front door: what you will understand, a descent to play with, and the lessons in order."""

import streamlit as st

from gd_core import descend
from pages.parts import charts, controls, frames, live, words
from pages.parts.lessons import LESSONS

st.title("Gradient Descent Lab")
st.markdown(
    "A neuron learns by making many small updates. In ten minutes you will understand what the **slope** of a weight "
    "is, how far the **learning rate** lets the weight go, and why the error then creeps, zig-zags or explodes."
)

lessons, descent = st.columns(2, gap="large")
with lessons:
    st.subheader("The lessons, in order")
    for number, lesson in enumerate(LESSONS, start=1):
        st.page_link(lesson.file, label=f"{number}. **{lesson.title}**", icon=lesson.icon)
        st.caption(lesson.teaches)
with descent:
    st.subheader("A neuron at work")
    st.markdown("The lesson's two neurons are one click away, or type your own in the sidebar. Every page follows.")
    with st.container(horizontal=True):
        controls.worked_neurons()


def body() -> None:
    """The descent."""
    with descent:
        setup = controls.setup()
        history = frames.history(setup.problem, descend(*setup))
        drawn, stride = frames.drawn(history)
        st.vega_lite_chart(
            charts.history.glance(drawn, stride, log=words.runs_away(history)),
            key="glance",
            alt=words.glance(history),
            width="stretch",
        )
        st.markdown(words.verdict(setup, history))
        if note := words.drawn(history, drawn, stride):
            st.caption(note)


live.follow(body)

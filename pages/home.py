"""The front door: what you will understand, a descent to play with, and the lessons in order."""

import streamlit as st

from gd_core.descent import descend
from pages.lessons import LESSONS
from pages.shared import history_chart, history_frame, sidebar, verdict


def page() -> None:
    """The lessons on the left, the lesson's neuron at work on the right."""
    st.title("Gradient Descent Lab")
    st.markdown(
        "A neuron learns by making many small updates. In ten minutes you will understand what the **slope** of a "
        "weight is, how far the **learning rate** lets it go, and why the error then shrinks, oscillates or grows."
    )
    lessons, descent = st.columns(2, gap="large")
    with lessons:
        st.subheader("The lessons, in order")
        for number, lesson in enumerate(LESSONS, start=1):
            st.page_link(lesson.file, label=f"{number}. **{lesson.title}**", icon=lesson.icon)
            st.caption(lesson.teaches)
    with descent:
        st.subheader("A neuron at work")
        st.markdown("The lesson's two neurons are in the sidebar, or type your own there. Every page follows.")
        setup = sidebar.setup()
        history = history_frame.of_one_sample(setup.problem, descend(*setup))
        drawn, stride = history_frame.drawn(history)
        spec = history_chart.glance(drawn, stride, log=verdict.runs_away(history))
        st.vega_lite_chart(spec, key="glance", alt=verdict.glance(history), width="stretch")
        st.markdown(verdict.verdict(setup, history))
        if note := verdict.left_out(history, drawn, stride):
            st.caption(note)

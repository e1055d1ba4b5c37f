"""The front door: what you will understand, a descent to play with, and the lessons in order."""

import streamlit as st

from pages.lessons import LESSONS
from pages.shared import boxes, history_chart, history_frame, long_run, sidebar, verdict


def opening() -> None:
    """What the lab is for."""
    st.title("Gradient Descent Lab")
    st.markdown(
        "A neuron learns by making many small updates. In ten minutes you will understand what the **slope** of a "
        "weight is, how far the **learning rate** lets it go, and why the error then shrinks, oscillates or grows."
    )


def page() -> None:
    """The neuron of the sidebar at work."""
    setup = sidebar.setup()
    history = history_frame.of_one_sample(setup.problem, long_run.descend(*setup))
    drawn, stride = history_frame.drawn(history)
    spec = history_chart.glance(drawn, stride)
    st.vega_lite_chart(spec, key="glance", alt=verdict.glance(history), width="stretch")
    boxes.show(verdict.kind(setup, history), verdict.verdict(setup, history))
    if note := verdict.left_out(history, drawn, stride):
        st.caption(note)


def lessons() -> None:
    """The way through the lessons."""
    st.subheader("The lessons, in order")
    columns = st.columns(2, gap="large")
    for number, lesson in enumerate(LESSONS):
        with columns[number * len(columns) // len(LESSONS)]:
            st.page_link(lesson.file, label=f"{number + 1}. **{lesson.title}**", icon=lesson.icon)
            st.caption(lesson.teaches)

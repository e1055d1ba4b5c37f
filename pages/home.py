"""The front door: what this is, and where to begin."""

import streamlit as st

from pages.parts.lessons import LESSONS

st.title("Gradient Descent Lab")
st.markdown(
    "A neuron learns by making many small updates: each weight moves against its slope, and the learning "
    "rate says how far. Here you set the neuron and the rate, and see every number move."
)
st.markdown(
    "The neuron is in the sidebar. It starts as the lesson's own: change a number, and every page follows. "
    "What you change is in the address of the page, so the link you copy is the run you see."
)
for lesson in LESSONS:
    with st.container(border=True):
        st.page_link(lesson.file, label=f"**{lesson.title}**", icon=lesson.icon)
        st.markdown(lesson.teaches)

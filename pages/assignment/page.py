"""The assignment as a learner sees it: what is asked, under which name it is done, and the way to every step."""

from typing import Any

import streamlit as st

from pages.shared import assigned, hand_in, progress
from pages.shared.assignment import LONGEST_NAME

NONE = "No assignment is in use here. Open the link that you were given."
NAME = "Your name, or a code word"


def page() -> None:
    """What the assignment in use asks, and what is done of it."""
    now = assigned.in_use()
    if not now:
        st.markdown(NONE)
        st.page_link("home.py", label="Home", icon=":material/home:")
        return
    for text in filter(None, (now.assignment.title, now.assignment.instruction)):
        st.text(text)  # what was typed is never markdown
    st.session_state.name = progress.done()["name"]  # not in the address: a link is passed on without it
    about = "It stays here, and in the receipt that you hand in."
    st.text_input(NAME, key="name", max_chars=LONGEST_NAME, on_change=_take_name, help=about, width=400)
    if now.nameless:
        st.caption("Type it first: your questions are drawn from it.")
    done, asked = now.done
    st.progress(done / asked, f"{done} of {asked} done: pages to read, and questions to solve")
    for step in now.steps:
        now.link(step, ":material/radio_button_unchecked:" if now.left(step) else ":material/check_circle:")
    st.divider()
    hand_in.receipt()
    out = {assigned.LINK: ""}
    how: Any = {"on_click": st.session_state.update, "args": (out,), "icon": ":material/close:", "type": "tertiary"}
    if st.button("Leave this assignment", **how):
        st.rerun()  # the menu too


def _take_name() -> None:
    progress.done()["name"] = st.session_state.name.strip()

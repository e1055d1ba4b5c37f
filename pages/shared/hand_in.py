"""What a learner hands in."""

import re
from functools import partial

import streamlit as st

from pages.shared import assigned, downloads, progress
from pages.shared.quiz import attempts


def receipt() -> None:
    """The attempts as a file, in two ways, and a button to be rid of them."""
    st.markdown("What you have answered is kept in this browser only. Hand in the receipt as JSON; the CSV is for you.")
    made, name, now = progress.kept(), progress.done()["name"], assigned.in_use()
    file = "_".join(["receipt", *re.findall(r"\w+", name)])
    as_json = partial(attempts.as_json, made, name, now.assignment if now else None)
    as_csv = partial(attempts.as_csv, made)
    with st.container(horizontal=True):
        downloads.button("Receipt as JSON", as_json, f"{file}.json", "application/json", ready=bool(made))
        downloads.button("Receipt as CSV", as_csv, f"{file}.csv", "text/csv", ready=bool(made))
    if not made:
        st.caption("There is a receipt as soon as you have answered a question.")
    else:
        with st.expander("Begin anew"):  # a click more, for there is no way back
            st.button("Delete all answers", on_click=progress.begin_anew, icon=":material/delete:")

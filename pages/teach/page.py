"""Set an assignment: what a class does, as one link."""

import streamlit as st

from pages.shared import assigned, fields, sidebar
from pages.teach import model
from pages.teach.fields import ask

ONLY_HERE = "Only this computer can open this link. Open this page at an address that your class can reach."


def page() -> None:
    """The link, what it is made of, and its code to project."""
    sidebar.setup()
    out = st.container()
    chosen, shown = st.columns([3, 2], gap="medium")
    with chosen:
        asked = ask()
        st.caption("A lock guides, it does not guard: whoever edits the link can undo it.")
    made = model.with_settings(asked, st.session_state[fields.LINK])
    link = f"{fields.address(assigned.LINK)}?{assigned.LINK}={made.text()}"
    with out:
        st.code(link, language=None, wrap_lines=True)
        if fields.only_here(link):
            st.warning(ONLY_HERE)
    with shown:
        if code := model.qr_code(link):
            st.image(code, width="stretch", alt="A QR code of the link")
        else:
            st.caption("This link is too long for a QR code. Shorten the instruction.")
        st.link_button("Open as a learner", link, icon=":material/open_in_new:")
        st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(model.steps(made), 1)))

"""The router: page settings, the shared sidebar, the menu, and the page itself."""

from pathlib import Path

import streamlit as st

from pages.parts import controls, editor, lessons

ICON = str(Path(__file__).parent / "parts" / "icon.svg")

st.set_page_config("Gradient Descent Lab", ICON, layout="wide")
page = st.navigation(
    [
        st.Page("home.py", title="Home", icon=":material/home:", default=True),
        *(st.Page(lesson.file, title=lesson.title, icon=lesson.icon) for lesson in lessons.LESSONS),
    ]
)
lesson = lessons.named(page.title)
controls.sidebar(table=bool(lesson and lesson.table))
if lesson and lesson.compares:
    with st.sidebar:
        editor.field()
page.run()
if follows := lessons.after(page.title):
    st.divider()
    st.page_link(follows.file, label=f"Next: **{follows.title}**", icon=":material/arrow_forward:")

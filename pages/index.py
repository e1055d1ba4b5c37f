"""The router: page settings, the shared sidebar, the menu, and the page itself."""

from pathlib import Path

import streamlit as st

from pages.parts import controls, lessons, live

ICON = str(Path(__file__).parent / "parts" / "icon.svg")

st.set_page_config("Gradient Descent Lab", ICON, layout="wide")
page = st.navigation(
    [
        st.Page(lessons.HOME.file, title=lessons.HOME.title, icon=lessons.HOME.icon, default=True),
        *(st.Page(lesson.file, title=lesson.title, icon=lesson.icon) for lesson in lessons.LESSONS),
    ]
)
lesson = lessons.named(page.title)
rate_place = controls.sidebar(table=lesson.table, asks=lesson.asks)
page.run()
ended = live.draw(rate_place, compares=lesson.compares, takes_long=lesson.table)
if follows := lessons.after(page.title):
    st.divider()
    st.page_link(follows.file, label=f"Next: **{follows.title}**", icon=":material/arrow_forward:")
if ended:
    live.end()

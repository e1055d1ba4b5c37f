"""The router: page settings, the shared sidebar, the menu, and the page itself."""

from pathlib import Path

import streamlit as st

from pages.parts import controls
from pages.parts.lessons import LESSONS

ICON = str(Path(__file__).parent / "parts" / "icon.svg")

st.set_page_config("Gradient Descent Lab", ICON, layout="wide")
page = st.navigation(
    [
        st.Page("home.py", title="Home", icon=":material/home:", default=True),
        *(st.Page(lesson.file, title=lesson.title, icon=lesson.icon) for lesson in LESSONS),
    ]
)
controls.sidebar()
page.run()

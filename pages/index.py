"""The router: page settings, the menu, the sidebar, and the page itself."""

from pathlib import Path

import streamlit as st

from hosting import queue
from pages import home
from pages.lessons import ASSIGNMENT, LESSONS, PAGES, TEACHING
from pages.network import fields as network
from pages.shared import assigned, fields, progress, run_list, sidebar
from pages.your_data import source

TITLES = {each.folder: each.title for each in LESSONS}  # of the pages that an assignment may lead to
OWN = {"samples": source, "network": network}  # pages with samples, a learning rate and updates of their own

# Before the menu, or the icon would be that of the page, which is fetched from elsewhere.
st.set_page_config(page_icon=str(Path(__file__).parent / "icon.svg"), layout="wide")
assigned.begin(TITLES, sidebar.DEFAULTS)
menu = {each: st.Page(each.file, title=each.title, icon=each.icon, url_path=each.folder) for each in PAGES}
if not assigned.in_use():
    menu[ASSIGNMENT] = st.Page(ASSIGNMENT.file, title=ASSIGNMENT.title, url_path=ASSIGNMENT.folder, visibility="hidden")
front = st.Page("home.py", title="Home", icon=":material/home:", default=True)
chosen = st.navigation(
    {
        "": [front, menu[ASSIGNMENT], *(menu[each] for each in LESSONS)],
        "For teachers": [menu[each] for each in TEACHING],
    }
)
lesson = next((each for each in PAGES if each.title == chosen.title), None)
keeps = assigned.in_use() or (lesson and lesson.folder == "practice")  # what is done, in the browser
title = f"{lesson.title} · {home.TITLE}" if lesson else home.TITLE
st.set_page_config(title)
page, needs = (lesson.load(), lesson.needs) if lesson else (home.page, "")
place_in_queue = st.session_state.setdefault("place in the queue", queue.Place())

fields.begin()
before = st.session_state.get("needs", "")
if needs != before:
    if before in OWN:
        OWN[before].end()
    if needs in OWN:
        OWN[needs].begin(linked=before not in OWN)
    st.session_state["needs"] = needs
own_samples, with_network = needs in OWN, needs == "network"
rate_place = None
if needs != "nothing":
    rate_place = sidebar.neuron(own_samples=own_samples, network=with_network, predicts=needs in ("asking", "network"))
if lesson:
    progress.visit(lesson.folder)
assigned.line(lesson.folder if lesson else "")
if lesson:
    st.title(lesson.title)
    st.markdown(lesson.teaches)
else:
    home.opening()


def draw() -> None:
    """The learning rate, and the page that follows it."""
    # A run that waits ends here if Streamlit has replaced it: reading a setting raises then.
    with queue.turn(place_in_queue, still_wanted=lambda: st.session_state.get("rate")):
        if rate_place:
            place = rate_place.container() if own_samples else rate_place
            # With what it moves, for on a phone the sidebar is closed.
            slider = st.container() if not lesson or lesson.moved_by_rate else place
            sidebar.learning_rate(place, slider, own_samples=own_samples)
            if needs == "runs":
                with place:
                    run_list.field()
        page()
        if keeps:
            progress.keep()


body = st.container()
follows = LESSONS[LESSONS.index(lesson) + 1 :] if lesson in LESSONS else []
if not lesson:
    home.lessons()
elif assigned.in_use() and lesson in LESSONS:  # not on to a page that nobody asked for
    st.divider()
    st.page_link(ASSIGNMENT.file, label="Back to the assignment", icon=ASSIGNMENT.icon)
elif follows:
    st.divider()
    st.page_link(follows[0].file, label=f"Next: **{follows[0].title}**", icon=":material/arrow_forward:")
with body:  # drawn last: where it cannot go on, it stops the run
    # A fragment is drawn anew alone, so that a drag of the learning rate sends nothing else. But the next change does
    # not break it off: a page with long runs is drawn as a whole.
    (draw if own_samples else st.fragment(draw))()

"""What follows the learning rate, drawn anew alone: the body of a page, and the fields whose changes it answers.

A page draws its title, and hands the rest over as a function. The router draws that together with the learning rate in
one fragment, so that dragging the rate leaves the rest of the page, here and in the browser, as it is.
"""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import controls, editor, turns
from pages.parts.setup import EndOfPage

BODY = "body of the page"


def follow(body: Callable[[], None]) -> None:
    """Have `body` drawn beneath what the page has drawn, now and after every change in it or of the learning rate."""
    st.session_state[BODY] = body


def draw(rate_place: DeltaGenerator, *, compares: bool, takes_long: bool) -> bool:
    """Draw what the page has handed over, and the rate at its place in the sidebar; the list of runs if it `compares`.

    Whether the body ended early. The router calls this, not the page: a field that a page draws is another one on every
    page. A run of a fragment is not broken off by the next change, so a page that `takes_long` is drawn as a whole each
    time.
    """
    body: Callable[[], None] = st.session_state.pop(BODY)
    drawn = False

    def fields() -> None:
        # Within a fragment Streamlit puts a container around them. Where there is none they get one too, or the browser
        # would take them for other fields.
        with rate_place.container() if takes_long else rate_place:
            controls.rate()
            if compares:
                editor.field()

    def everything() -> bool:
        nonlocal drawn
        again, drawn = drawn, True
        failed: Exception | None = None
        with turns.turn(_learner(), wanted=_still_wanted):
            if not again:  # the body reads what the fields begin with
                fields()
            try:
                body()
            except Exception as error:  # raised below: first the fields, or Streamlit forgets them and the address too
                failed = error
            if again:  # the picture leaves first, the new address last
                fields()
        ended = isinstance(failed, EndOfPage)
        if failed and not ended:
            raise failed
        if ended and again:
            end()
        return ended

    return everything() if takes_long else st.fragment(everything)()


def end() -> None:
    """End the run, and have Streamlit remember what was set in the fields that were not drawn."""
    st.stop()


def _learner() -> str:
    """Who looks at this page."""
    context = st.context
    address = context.headers.get("X-Forwarded-For") or context.ip_address
    return turns.learner(str(context.cookies.get("_streamlit_xsrf", "")), str(address))


def _still_wanted() -> None:
    """Streamlit ends a run that another one has replaced as soon as it reads what was set."""
    st.session_state.get(BODY)

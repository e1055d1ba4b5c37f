"""What a learner has done, kept in their browser: name, pages visited and attempts. The server stores nothing."""

import json
from functools import partial
from typing import Any

import streamlit as st

from pages.shared import browser_storage
from pages.shared.assignment import LONGEST_NAME
from pages.shared.quiz import attempts
from pages.shared.quiz.attempts import Attempt
from pages.shared.quiz.exercises import EXERCISES

VISITED = "visited"  # in this session: folders of pages
MOST_VISITED = 50


def kept() -> list[Attempt]:
    """What has been answered, in this session and as far as the browser remembers."""
    return st.session_state.setdefault("attempts", [])


def name() -> str:
    """The learner's name, if it is known."""
    return st.session_state.get("name", "")


def field(attempt: Attempt) -> str:
    """The key of the field in which an attempt is made."""
    return f"{attempt.exercise} {attempt.seed} {attempt.part - 1}"


def keep(item: str) -> None:
    """Take what the browser holds as `item` into the session, once; then have it keep what is done."""
    asked = st.session_state.get(f"restored {item}")
    browser_storage.keep(item, _text() if asked else None, partial(_restore, item))


def begin_anew(item: str) -> None:
    """Forget all that was done, in the browser too."""
    state = st.session_state
    for key in map(str, [*state]):
        if key.startswith(tuple(f"{exercise} " for exercise in EXERCISES)):
            state[key] = None  # a field that is deleted instead stays as it is in the browser
        elif key.startswith(("hints ", "began ")):
            del state[key]
    state.update({"attempts": [], "name": "", VISITED: set()})
    browser_storage.clear(item)


def _text() -> str:
    """What is to be kept; nothing before the first answer."""
    made = [attempt._asdict() for attempt in kept()]
    said = {"name": name(), VISITED: sorted(st.session_state.get(VISITED, ())), "attempts": made}
    return json.dumps(said) if made or said["name"] else ""


def _restore(item: str, held: str) -> None:
    """Add what the browser holds to the session. Anybody can write there: what is not as we write it is left out."""
    state = st.session_state
    state[f"restored {item}"] = True
    try:
        said: Any = json.loads(held or "{}")
        before = attempts.read(said["attempts"])
    except (LookupError, RecursionError, TypeError, ValueError):
        return
    for key, attempt in {field(attempt): attempt for attempt in before}.items():
        state[key] = state.get(key) or attempt.answer
        state[f"hints {key}"] = max(state.get(f"hints {key}", 0), attempt.hints)
    state["attempts"] = attempts.in_order(before, kept())
    if not name() and attempts.is_text(said.get("name"), LONGEST_NAME):
        state["name"] = said["name"]
    visited = said.get(VISITED)
    if isinstance(visited, list):
        state.setdefault(VISITED, set()).update(
            page for page in visited[:MOST_VISITED] if attempts.is_text(page, LONGEST_NAME)
        )

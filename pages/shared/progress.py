"""What a learner has done, kept in their browser; the server stores nothing.

It is `st.session_state["progress"]`, one value that JSON can keep:

    {"assignment": "", "name": "Ada", "visited": ["slope"], "attempts": [...]}

`assignment` is the key of the one in use, "" while none is; `visited` are folders of pages, `attempts` are
`quiz.attempts.Attempt`s. Another assignment begins its own, and finds again what was done of it.
"""

import json
from functools import partial
from typing import Any

import streamlit as st

from pages.shared import browser_storage
from pages.shared.assignment import LONGEST_NAME
from pages.shared.quiz import attempts
from pages.shared.quiz.attempts import Attempt
from pages.shared.quiz.exercises import EXERCISES

PROGRESS = "progress"  # in the session
MOST_VISITED = 50
LONGEST = 5_000_000  # characters: browsers hold no more


def done() -> dict[str, Any]:
    """What was done in this session, and before as far as the browser remembers."""
    return st.session_state.setdefault(PROGRESS, _nothing(""))


def _nothing(assignment: str) -> dict[str, Any]:
    return {"assignment": assignment, "name": "", "visited": [], "attempts": []}


def change(assignment: str) -> None:
    """Go on with another assignment, by its key, or without one: what was done of each is put away and comes back."""
    put_away = st.session_state.setdefault("progress put away", {})
    put_away[done()["assignment"]] = done()
    _clear_fields()
    st.session_state[PROGRESS] = put_away.pop(assignment, None) or _nothing(assignment)
    _fill_fields(kept())


def kept() -> list[Attempt]:
    """The attempts so far."""
    return done()["attempts"]


def visit(page: str) -> None:
    """A page is open."""
    if page not in (visited := done()["visited"]):
        visited.append(page)


def field(attempt: Attempt) -> str:
    """The key of the field in which an attempt is made."""
    return f"{attempt.exercise} {attempt.seed} {attempt.part - 1}"


def keep() -> None:
    """Take what the browser holds into the session, once; then have it keep what is done. Draw it last."""
    item = _item()
    browser_storage.keep(item, _text() if st.session_state.get(f"restored {item}") else None, partial(_restore, item))


def begin_anew() -> None:
    """Forget all that was done, in the browser too."""
    _clear_fields()
    done().update(name="", visited=[], attempts=[])
    browser_storage.clear(_item())


def _clear_fields() -> None:
    state = st.session_state
    for key in map(str, [*state]):
        if key.startswith(tuple(f"{exercise} " for exercise in EXERCISES)):
            state[key] = None  # a field that is deleted instead stays as it is in the browser
        elif key.startswith(("hints ", "began ")):
            del state[key]


def _fill_fields(made: list[Attempt]) -> None:
    """Have the last answer of each part stand in its field, unless there is one, with the hints shown until then."""
    state = st.session_state
    for key, attempt in {field(attempt): attempt for attempt in made}.items():
        state[key] = state.get(key) or attempt.answer
        state[f"hints {key}"] = max(state.get(f"hints {key}", 0), attempt.hints)


def _item() -> str:
    return done()["assignment"] or "practice"


def _text() -> str:
    """What is to be kept; nothing while there is neither a name nor an answer."""
    said = {**done(), "attempts": [attempt._asdict() for attempt in kept()]}
    return json.dumps(said) if said["name"] or said["attempts"] else ""


def _restore(item: str, held: str) -> None:
    """Add what the browser holds to the session. Anybody can write there: what is not as we write it is left out."""
    now = done()
    st.session_state[f"restored {item}"] = True
    if item != _item():  # another assignment was opened meanwhile
        return
    try:
        said: Any = json.loads(held[:LONGEST])
        before, name, visited = attempts.readable(said["attempts"]), said["name"], said["visited"]
    except (LookupError, RecursionError, TypeError, ValueError):
        return
    _fill_fields(before)
    now["attempts"] = attempts.in_order(before, kept())
    if not now["name"] and attempts.is_text(name, LONGEST_NAME):
        now["name"] = name
    for page in visited[:MOST_VISITED] if isinstance(visited, list) else []:
        if attempts.is_text(page, LONGEST_NAME):
            visit(page)

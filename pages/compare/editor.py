"""What changes the list of runs without typing: examples, a click in the sweep, and one run in fields and buttons.

The text of the list is all that is kept, and it is in the link. Everything here reads it or writes it.
"""

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import NamedTuple

import streamlit as st

from gd_core.optimisers import OPTIMISERS
from gd_core.schedules import SCHEDULES
from pages.compare import model
from pages.shared import numbers, parse, runs
from pages.shared.run_list import LIST
from pages.shared.runs import MOST, MOST_LEGS, Run
from pages.shared.setup import Setup

FIELD = 160  # pixels
SMALL = 1e-6
# Between which numbers a setting is set here; the list itself takes any that makes sense.
FRACTION, COUNT = (0.0, 1 - SMALL), (1.0, float(runs.MOST_COUNTED))  # of what is not named below
LIMITS = {
    "learning_rate": (parse.SMALLEST, parse.LARGEST),
    "factor": (SMALL, 1.0),
    "peak": (SMALL, 1 - SMALL),
}
REGISTRIES: Mapping[str, Mapping[str, type]] = {"optimiser": OPTIMISERS, "schedule": SCHEDULES}  # parts of a leg


class Here(NamedTuple):
    """What the fields and buttons were drawn for: the place of a run in the list, the run, and the updates it makes."""

    place: int
    run: Run
    updates: int


def examples(setup: Setup) -> None:
    """Buttons that write a list worth a look, and one that adds the sidebar's run to the list."""
    with st.container(horizontal=True):
        for name, text in model.examples(setup).items():
            st.button(name, on_click=_set, args=([text],))
        full = len(runs.items(st.session_state[LIST])) >= MOST
        mine = numbers.exact(setup.rate)
        st.button("Add my run", on_click=_add, args=(mine,), disabled=full, icon=":material/add:")


def pick(key: str, one_step: float) -> None:
    """Add the learning rate that was clicked in a chart: in three digits, or all of them if it is a marked one.

    One that is in the list already is left: a browser that is late to hear of another page sends its click again.
    """
    for point in st.session_state[key].selection.pick:
        rate = 10 ** float(point["power"])
        marked = [mark for mark in (one_step, 2 * one_step) if math.isclose(rate, mark)]
        text = numbers.exact(marked[0]) if marked else f"{rate:.3g}"
        if text not in runs.items(st.session_state[LIST]):
            _add(text)


def change(setup: Setup, listed: list[Run]) -> None:
    """One run of the list in fields and buttons: optimiser, learning rate, schedule, name, place, and a fork of it."""
    if not listed:
        st.markdown("The list is empty. Choose one of the lists above, add your run, or type.")
        return
    place = st.session_state.edited = min(st.session_state.get("edited", 0), len(listed) - 1)
    run, updates = listed[place], setup.updates
    here = Here(place, run, updates)
    if len(run.legs) > 1:
        st.caption("You are editing the part after the last fork.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Run to change",
            range(len(listed)),
            key="edited",
            format_func=lambda place: f"{place + 1}: {listed[place].label}",
            width=260,
        )
        st.session_state.run_name = run.name
        longest = runs.LONGEST_NAME
        st.text_input("Name", key="run_name", max_chars=longest, on_change=_rewrite, args=(here, "name"), width=FIELD)
        for part in REGISTRIES:
            _kind(part, here)
            for setting in fields(getattr(run.legs[-1], part)):
                _number(part, setting.name, here)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        last = len(listed) - 1
        st.button("Up", on_click=_move, args=(here, -1), disabled=place == 0, icon=":material/arrow_upward:")
        st.button("Down", on_click=_move, args=(here, 1), disabled=place == last, icon=":material/arrow_downward:")
        st.button("Remove", on_click=_remove, args=(here,), icon=":material/delete:")
        cannot = updates == 1 or len(listed) >= MOST or len(run.legs) >= MOST_LEGS
        st.session_state.fork_at = min(st.session_state.get("fork_at", max(1, updates // 4)), max(1, updates - 1))
        st.slider("Fork at update", 1, max(2, updates - 1), key="fork_at", disabled=cannot, width=260)
        st.button("Fork", on_click=_fork, args=(here,), disabled=cannot, icon=":material/call_split:")


def _kind(part: str, here: Here) -> None:
    """The choice of an optimiser or a schedule."""
    key, registry = f"run_{part}", REGISTRIES[part]
    st.session_state[key] = next(
        name for name, kind in registry.items() if kind is type(getattr(here.run.legs[-1], part))
    )
    st.selectbox(part.capitalize(), registry, key=key, on_change=_rewrite, args=(here, part), width=FIELD)


def _number(part: str, name: str, here: Here) -> None:
    """The field of one setting."""
    key, found = f"run_{part}_{name}", getattr(getattr(here.run.legs[-1], part), name)
    value = st.session_state[key] = float(found)
    whole = isinstance(found, int)
    least, most = LIMITS.get(name, COUNT if whole else FRACTION)
    st.number_input(
        name.replace("_", " ").capitalize(),
        min(least, value),
        max(most, value),
        step=1.0 if whole else 0.01,
        format="%.0f" if whole else "%.6g",
        key=key,
        on_change=_rewrite,
        args=(here, part, name),
        width=FIELD,
    )


def _rewrite(here: Here, part: str, setting: str = "") -> None:
    """Put the run as it was changed into its place, if it still stands there and can be read."""
    if items := _items(here):
        try:
            run = _changed(here, part, setting)
            items[here.place] = runs.write(run.name, run.legs, here.updates)
            runs.read(items[here.place], here.updates)
        except ValueError:
            return
        _set(items)


def _changed(here: Here, part: str, setting: str) -> Run:
    """The run with what its field says: another name, or in its last leg another optimiser, schedule or setting."""
    value = st.session_state[f"run_{part}_{setting}" if setting else f"run_{part}"]
    if part == "name":
        return replace(here.run, name=runs.plain_name(value))
    *before, leg = here.run.legs
    thing = getattr(leg, part)
    if setting:
        thing = replace(thing, **{setting: type(getattr(thing, setting))(value)})
    else:
        begin, end = runs.spans(here.run.legs, here.updates)[-1]
        thing = runs.usual(REGISTRIES[part][value], leg.optimiser.learning_rate, end - begin)
    return replace(here.run, legs=(*before, replace(leg, **{part: thing})))


def _move(here: Here, by: int) -> None:
    if items := _items(here):
        items[here.place], items[here.place + by] = items[here.place + by], items[here.place]
        _set(items)
        st.session_state.edited = here.place + by


def _remove(here: Here) -> None:
    if items := _items(here):
        del items[here.place]
        _set(items)


def _fork(here: Here) -> None:
    """Add a fork of a run, and make it the one to change."""
    if items := _items(here):
        _add(runs.fork(here.run, st.session_state.fork_at, here.updates))
        st.session_state.edited = len(items)


def _items(here: Here) -> list[str]:
    """The runs of the list, if the one that was drawn still stands in its place; else none.

    One message from the browser may change the list and press a button that was drawn for the one before.
    """
    items = runs.items(st.session_state[LIST])
    return items if items[here.place : here.place + 1] == [here.run.text] else []


def _add(text: str) -> None:
    """Put a run at the end of the list, if there is room and it can be read there."""
    items = [*runs.items(st.session_state[LIST]), text]
    try:
        runs.read(", ".join(items), 1)
    except ValueError:
        return
    _set(items)


def _set(items: list[str]) -> None:
    st.session_state[LIST] = ", ".join(items)

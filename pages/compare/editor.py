"""Changes of the list of runs without typing: examples, and one run in fields and buttons."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, replace
from typing import NamedTuple

import streamlit as st

from gd_core.optimisers import OPTIMISERS
from gd_core.schedules import SCHEDULES
from pages.compare import model
from pages.shared import assigned, numbers, parse, runs
from pages.shared.run_list import LIST
from pages.shared.runs import MOST, MOST_LEGS, Leg, Run
from pages.shared.setup import Setup

FIELD = 160  # pixels
SMALL = 1e-6
BEFORE = "list before"  # the list that the last example took the place of
# Between which numbers a setting is set here; the list itself takes any that makes sense.
FRACTION, COUNT = (0.0, 1 - SMALL), (1.0, float(runs.MOST_COUNTED))  # of what is not named below
LIMITS = {"learning_rate": (parse.SMALLEST, parse.LARGEST), "factor": (SMALL, 1.0), "peak": (SMALL, 1 - SMALL)}
REGISTRIES: Mapping[str, Mapping[str, type]] = {"optimiser": OPTIMISERS, "schedule": SCHEDULES}  # parts of a leg


class Here(NamedTuple):
    """What the fields and buttons were drawn for: the place of a run in the list, the run, and the updates it makes."""

    place: int
    run: Run
    updates: int


def examples(setup: Setup) -> None:
    """Buttons that write a list worth a look, and one that takes the last of them back."""
    if assigned.holds(LIST):
        return
    with st.container(horizontal=True):
        for name, text in model.examples(setup).items():
            st.button(name, on_click=_example, args=(text,))
        st.button("Undo", on_click=_undo, disabled=BEFORE not in st.session_state, icon=":material/undo:")


def change(setup: Setup, listed: list[Run]) -> None:
    """The runs of the list: choose one to edit, fork or remove, or add the sidebar's."""
    if assigned.holds(LIST):
        return
    if listed:
        _choose(setup.updates, listed)
    else:
        st.markdown("The list is empty. Choose one of the lists above, add your run, or type.")
    full, mine, about = len(listed) >= MOST, numbers.exact(setup.rate), "The learning rate of the sidebar, as a run."
    st.button("Add my run", on_click=_add, args=(mine,), disabled=full, icon=":material/add:", help=about)


def _choose(updates: int, listed: list[Run]) -> None:
    state, last = st.session_state, max(1, updates - 1)
    place = state.edited = min(state.get("edited", 0), len(listed) - 1)
    run = listed[place]
    here = Here(place, run, updates)
    labels = [f"{number}: {run.label}" for number, run in enumerate(listed, start=1)]
    st.selectbox("Choose a run", range(len(listed)), key="edited", format_func=labels.__getitem__)
    with st.container(horizontal=True):
        two_abreast = 2 * FIELD + 16
        with st.popover("Edit"), st.container(horizontal=True, width=two_abreast):
            if len(run.legs) > 1:
                st.caption("You are editing the part after the last fork.", width=two_abreast)
            state.run_name, longest = run.name, runs.LONGEST_NAME
            st.text_input("Name", key="run_name", max_chars=longest, on_change=_rename, args=(here,), width=FIELD)
            for part in REGISTRIES:
                _fields(part, here)
        cannot = updates == 1 or len(listed) >= MOST or len(run.legs) >= MOST_LEGS
        with st.popover("Fork", disabled=cannot):
            state.fork_at = min(state.get("fork_at", max(1, updates // 2)), last)
            st.slider("At update", 1, max(2, last), key="fork_at")
            st.button("Go on at five times the rate", on_click=_fork, args=(here,), disabled=cannot)
        st.button("Remove", on_click=_remove, args=(here,))


def _fields(part: str, here: Here) -> None:
    """The choice of an optimiser or a schedule, and a field for each of its settings."""
    key, registry, thing = f"run_{part}", REGISTRIES[part], getattr(here.run.legs[-1], part)
    st.session_state[key] = runs.name_of(thing, registry)
    st.selectbox(part.capitalize(), registry, key=key, on_change=_rewrite, args=(here, part), width=FIELD)
    for name in (field.name for field in fields(thing)):
        found, setting, label = getattr(thing, name), f"{key}_{name}", name.replace("_", " ").capitalize()
        least, most = LIMITS.get(name, COUNT if isinstance(found, int) else FRACTION)
        step, digits = (1.0, "%.0f") if isinstance(found, int) else (0.01, "%.6g")
        value = st.session_state[setting] = float(found)
        ends, args = (min(least, value), max(most, value)), (here, part, name)
        st.number_input(label, *ends, step=step, format=digits, key=setting, on_change=_rewrite, args=args, width=FIELD)


def _rename(here: Here) -> None:
    _put(here, runs.plain_name(st.session_state.run_name), here.run.legs[-1])


def _rewrite(here: Here, part: str, setting: str = "") -> None:
    """Write a run with what a field says: another optimiser or schedule for its last leg, or a setting of that."""
    leg = here.run.legs[-1]
    if setting:
        value, thing = st.session_state[f"run_{part}_{setting}"], getattr(leg, part)
        thing = replace(thing, **{setting: type(getattr(thing, setting))(value)})
    else:
        kind = REGISTRIES[part][st.session_state[f"run_{part}"]]
        thing = runs.usual(kind, leg.optimiser.learning_rate, leg.length(here.updates))
    _put(here, here.run.name, replace(leg, **{part: thing}))


def _put(here: Here, name: str, leg: Leg) -> None:
    if items := _unless_stale(here):
        items[here.place] = runs.write(name, (*here.run.legs[:-1], leg), here.updates)
        _set(items)


def _remove(here: Here) -> None:
    if items := _unless_stale(here):
        del items[here.place]
        _set(items)


def _fork(here: Here) -> None:
    if items := _unless_stale(here):
        _add(runs.fork(here.run, st.session_state.fork_at, here.updates))
        st.session_state.edited = len(items)


def _example(text: str) -> None:
    st.session_state[BEFORE] = st.session_state[LIST]
    _set([text])


def _undo() -> None:
    st.session_state[LIST] = st.session_state.pop(BEFORE)


def _items() -> list[str]:
    return runs.items(st.session_state[LIST])


def _unless_stale(here: Here) -> list[str]:
    """The runs of the list, if the one that was drawn still stands in its place; else none.

    One message from the browser may change the list and press a button that was drawn for the one before.
    """
    items = _items()
    return items if items[here.place : here.place + 1] == [here.run.text] else []


def _add(text: str) -> None:
    _set([*_items(), text])


def _set(items: list[str]) -> None:
    """Write the list, if there is room for it and it can be read."""
    text = ", ".join(items)
    with suppress(ValueError):
        runs.read(text, 1)
        st.session_state[LIST] = text

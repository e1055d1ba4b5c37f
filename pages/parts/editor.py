"""The runs to compare, on the screen: the list in the sidebar, and what changes it without typing.

The text of the list is all that is kept, and it is in the link. Everything here reads it or writes it.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import streamlit as st

from gd_core import OPTIMISERS, SCHEDULES
from pages.parts import compare, fields, numbers, runs, typed
from pages.parts.runs import MOST, MOST_LEGS, Leg, Run
from pages.parts.setup import EndOfPage, Setup

LIST = "runs"  # its name in the link
DEFAULT = "0.003, 1/28, 0.06, 0.075"
FIELD = 160  # pixels
SMALL = 1e-6
# Between which numbers a setting is typed here; the list itself takes any that makes sense.
SHARE, COUNT = (0.0, 1 - SMALL), (1.0, 1e6)  # numbers and whole numbers that are not named below
LIMITS = {
    "learning_rate": (typed.SMALLEST, typed.LARGEST),
    "factor": (SMALL, 1.0),
    "peak": (SMALL, 1 - SMALL),
}


class Here(NamedTuple):
    """The run that the fields and buttons were drawn for: its place in the list, its text and the updates it makes."""

    place: int
    text: str
    updates: int


def field() -> None:
    """Draw the list, with a sentence beneath it where it cannot be read."""
    fields.remembered(LIST)
    st.text_area(
        "Runs to compare",
        DEFAULT,
        key=LIST,
        max_chars=2 * runs.LONGEST,
        bind="query-params",
        help="Learning rates with commas between them. Or optimisers and schedules, names and forks: `momentum 0.01`, "
        "`adam 0.1 cosine`, `my name: 0.02`, `0.07 until 12 then 0.03`.",
    )
    try:
        runs.read(st.session_state[LIST], 1)
    except ValueError as sentence:
        st.error(str(sentence))


def capped(setup: Setup) -> Setup:
    """The sidebar's setup with no more updates than are compared; the page says so where there were more."""
    if setup.updates <= compare.MOST_UPDATES:
        return setup
    st.caption(f"Here each run makes the first {compare.MOST_UPDATES:,} of its {setup.updates:,} updates.")
    return setup._replace(updates=compare.MOST_UPDATES)


def listed(setup: Setup) -> list[Run]:
    """The runs of the list. Where they cannot be read, the page says why and ends here."""
    try:
        return runs.read(st.session_state[LIST], setup.updates)
    except ValueError as sentence:
        st.error(f"The runs to compare cannot be read yet. Please mend them in the sidebar. {sentence}")
        raise EndOfPage from None


def add(text: str) -> None:
    """Put a run at the end of the list, if there is room and it can be read there."""
    items = [*runs.items(st.session_state[LIST]), text]
    try:
        runs.read(", ".join(items), 1)
    except ValueError:
        return
    _set(items)


def pick(key: str, once: float) -> None:
    """Add the learning rate that was clicked in a chart: in three digits, or all of them if it is an exact one."""
    for point in st.session_state[key].selection.pick:
        rate = 10 ** float(point["power"])
        exact = [mark for mark in (once, 2 * once) if math.isclose(rate, mark)]
        add(numbers.exact(exact[0]) if exact else f"{rate:.3g}")


def invitation(listed: list[Run]) -> str:
    """What to do with the sweep."""
    if len(listed) >= MOST:
        return f"{MOST} runs are the most; remove one, and a click here adds another."
    return "Click anywhere in the picture to compare the learning rate there."


def start(setup: Setup) -> None:
    """Buttons that write a list worth a look, and one that keeps the sidebar's rate in it."""
    with st.container(horizontal=True):
        for name, text in compare.examples(setup).items():
            st.button(name, on_click=_set, args=([text],))
        st.button(
            "Keep the sidebar's rate",
            on_click=add,
            args=(numbers.exact(setup.rate),),
            disabled=len(runs.items(st.session_state[LIST])) >= MOST,
            icon=":material/add:",
        )


def change(setup: Setup, listed: list[Run]) -> None:
    """One run of the list in fields and buttons: optimiser, learning rate, schedule, name, place, and a fork of it."""
    if not listed:
        st.markdown("The list is empty. Choose one of the lists above, keep the sidebar's rate, or type.")
        return
    place = st.session_state.edited = min(st.session_state.get("edited", 0), len(listed) - 1)
    run, updates = listed[place], setup.updates
    leg, here = run.legs[-1], Here(place, run.text, updates)
    if len(run.legs) > 1:
        st.caption("The fields change what stands after the last then.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Run to change",
            range(len(listed)),
            key="edited",
            format_func=lambda place: f"{place + 1}: {listed[place].label}",
            width=260,
        )
        st.session_state.run_name = run.name
        st.text_input("Name", key="run_name", max_chars=runs.LONGEST_NAME, on_change=_rename, args=(here,), width=FIELD)
        _kind("optimiser", OPTIMISERS, leg, here)
        for name in ("learning_rate", *runs.settings(leg.optimiser)):
            _number("optimiser", name, leg, here)
        _kind("schedule", SCHEDULES, leg, here)
        for name in runs.settings(leg.schedule):
            _number("schedule", name, leg, here)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        last = len(listed) - 1
        st.button("Up", on_click=_move, args=(here, -1), disabled=place == 0, icon=":material/arrow_upward:")
        st.button("Down", on_click=_move, args=(here, 1), disabled=place == last, icon=":material/arrow_downward:")
        st.button("Remove", on_click=_remove, args=(here,), icon=":material/delete:")
        cannot = updates == 1 or len(listed) >= MOST or len(run.legs) >= MOST_LEGS
        st.session_state.fork_at = min(st.session_state.get("fork_at", max(1, updates // 4)), max(1, updates - 1))
        st.slider("Fork at update", 1, max(2, updates - 1), key="fork_at", disabled=cannot, width=260)
        st.button("Fork", on_click=_fork, args=(here,), disabled=cannot, icon=":material/call_split:")


def _kind(part: str, registry: dict[str, Any], leg: Leg, here: Here) -> None:
    """The choice of an optimiser or a schedule."""
    key = f"run_{part}"
    st.session_state[key] = next(name for name, kind in registry.items() if kind is type(getattr(leg, part)))
    st.selectbox(part.capitalize(), registry, key=key, on_change=_swap, args=(here, part), width=FIELD)


def _number(part: str, name: str, leg: Leg, here: Here) -> None:
    """The field of one setting."""
    key, found = f"run_{part}_{name}", getattr(getattr(leg, part), name)
    value = st.session_state[key] = float(found)
    whole = isinstance(found, int)
    least, most = LIMITS.get(name, COUNT if whole else SHARE)
    st.number_input(
        name.replace("_", " ").capitalize(),
        min(least, value),
        max(most, value),
        step=1.0 if whole else 0.01,
        format="%.0f" if whole else "%.6g",
        key=key,
        on_change=_take,
        args=(here, part, name),
        width=FIELD,
    )


def _swap(here: Here, part: str) -> None:
    """Give the last leg of a run the optimiser or the schedule that was chosen."""
    name = st.session_state[f"run_{part}"]

    def swapped(run: Run) -> str:
        *before, leg = run.legs
        made = (
            OPTIMISERS[name](leg.optimiser.learning_rate)
            if part == "optimiser"
            else runs.spanning(name, here.updates - runs.begins(run.legs, len(before)))
        )
        return runs.write(run.name, (*before, replace(leg, **{part: made})), here.updates)

    _rewrite(here, swapped)


def _take(here: Here, part: str, name: str) -> None:
    """Give the last leg of a run the setting that was typed."""
    number = st.session_state[f"run_{part}_{name}"]

    def taken(run: Run) -> str:
        *before, leg = run.legs
        thing = getattr(leg, part)
        value = int(number) if isinstance(getattr(thing, name), int) else number
        return runs.write(run.name, (*before, replace(leg, **{part: replace(thing, **{name: value})})), here.updates)

    _rewrite(here, taken)


def _rename(here: Here) -> None:
    name = runs.plain_name(st.session_state.run_name)
    _rewrite(here, lambda run: runs.write(name, run.legs, here.updates))


def _rewrite(here: Here, to: Callable[[Run], str]) -> None:
    """Put another run into the place of one, if that still stands there and both can be read."""
    if items := _still(here):
        try:
            (run,) = runs.read(here.text, here.updates)
            items[here.place] = to(run)
            runs.read(items[here.place], here.updates)
        except ValueError:
            return
        _set(items)


def _move(here: Here, by: int) -> None:
    if items := _still(here):
        items[here.place], items[here.place + by] = items[here.place + by], items[here.place]
        _set(items)
        st.session_state.edited = here.place + by


def _remove(here: Here) -> None:
    if items := _still(here):
        del items[here.place]
        _set(items)


def _fork(here: Here) -> None:
    """Add a fork of a run, and make it the one to change."""
    if items := _still(here):
        (run,) = runs.read(here.text, here.updates)
        add(runs.fork(run, st.session_state.fork_at, here.updates))
        st.session_state.edited = len(items)


def _still(here: Here) -> list[str]:
    """The runs of the list, if the one that was drawn still stands in its place; else none.

    One message from the browser may change the list and press a button that was drawn for the one before.
    """
    items = runs.items(st.session_state[LIST])
    return items if here.place < len(items) and items[here.place] == here.text else []


def _set(items: list[str]) -> None:
    st.session_state[LIST] = ", ".join(items)

"""The runs to compare, on the screen: the list in the sidebar, and what changes it without typing.

The text of the list is all that is kept, and it is in the link. Everything here reads it or writes it.
"""

from dataclasses import replace
from typing import Any

import streamlit as st

from gd_core import OPTIMISERS, SCHEDULES
from pages.parts import compare, controls, runs, typed
from pages.parts.runs import MOST, MOST_LEGS, Leg, Run
from pages.parts.setup import Setup

LIST = "runs"  # its name in the link
DEFAULT = "0.003, 1/28, 0.06, 0.075"
FIELD = 160  # pixels
SMALL = 1e-6
SHARE = (0.0, 1 - SMALL)
# Between which numbers a setting is typed here; the list itself takes any that makes sense.
LIMITS = {
    "learning_rate": (typed.SMALLEST, typed.LARGEST),
    "momentum": SHARE,
    "decay": SHARE,
    "least": SHARE,
    "factor": (SMALL, 1.0),
    "peak": (SMALL, 1 - SMALL),
    "every": (1.0, 1e6),
    "updates": (1.0, 1e6),
}


def field() -> None:
    """Draw the list, with a sentence beneath it where it cannot be read."""
    controls.remembered(LIST)
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
        st.stop()


def add(text: str) -> None:
    """Put a run at the end of the list, if there is room."""
    items = runs.items(st.session_state[LIST])
    if len(items) < MOST:
        _set([*items, text])


def pick(key: str, once: float) -> None:
    """Add the learning rate that was clicked in a chart: in three digits, or all of them if it is an exact one."""
    for point in st.session_state[key].selection.pick:
        rate = point["rate"]
        add(runs.short(rate) if rate in (once, 2 * once) else f"{rate:.3g}")


def start(setup: Setup) -> None:
    """Buttons that write a list worth a look, and one that keeps the sidebar's rate in it."""
    with st.container(horizontal=True):
        for name, text in compare.examples(setup).items():
            st.button(name, on_click=_set, args=([text],))
        st.button(
            "Keep the sidebar's rate",
            on_click=add,
            args=(runs.short(setup.rate),),
            disabled=len(runs.items(st.session_state[LIST])) >= MOST,
            icon=":material/add:",
        )


def change(setup: Setup, listed: list[Run]) -> None:
    """One run of the list in fields and buttons: optimiser, learning rate, schedule, name, place, and a fork of it."""
    if not listed:
        st.markdown("The list is empty. Choose one of the lists above, keep the sidebar's rate, or type.")
        return
    here = st.session_state.edited = min(st.session_state.get("edited", 0), len(listed) - 1)
    run, updates = listed[here], setup.updates
    leg = run.legs[-1]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Run to change",
            range(len(listed)),
            key="edited",
            format_func=lambda place: f"{place + 1}: {listed[place].label}",
            width=260,
        )
        st.session_state.run_name = run.name
        st.text_input(
            "Name", key="run_name", max_chars=runs.LONGEST_NAME, on_change=_rename, args=(here, updates), width=FIELD
        )
        _kind("optimiser", OPTIMISERS, leg, here, updates)
        _number("optimiser", "learning_rate", leg, here, updates)
        for name in runs.settings(leg.optimiser):
            _number("optimiser", name, leg, here, updates)
        _kind("schedule", SCHEDULES, leg, here, updates)
        for name in runs.settings(leg.schedule):
            _number("schedule", name, leg, here, updates)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        last = len(listed) - 1
        st.button("Up", on_click=_move, args=(here, -1), disabled=here == 0, icon=":material/arrow_upward:")
        st.button("Down", on_click=_move, args=(here, 1), disabled=here == last, icon=":material/arrow_downward:")
        st.button("Remove", on_click=_remove, args=(here,), icon=":material/delete:")
        cannot = updates == 1 or len(listed) >= MOST or len(run.legs) >= MOST_LEGS
        st.session_state.fork_at = min(st.session_state.get("fork_at", max(1, updates // 4)), max(1, updates - 1))
        st.slider("Fork at update", 1, max(2, updates - 1), key="fork_at", disabled=cannot, width=260)
        st.button("Fork", on_click=_fork, args=(here, updates), disabled=cannot, icon=":material/call_split:")


def _kind(part: str, registry: dict[str, Any], leg: Leg, here: int, updates: int) -> None:
    """The choice of an optimiser or a schedule."""
    st.session_state[f"run_{part}"] = next(name for name, kind in registry.items() if kind is type(getattr(leg, part)))
    st.selectbox(
        part.capitalize(), registry, key=f"run_{part}", on_change=_swap, args=(part, here, updates), width=FIELD
    )


def _number(part: str, name: str, leg: Leg, here: int, updates: int) -> None:
    """The field of one setting."""
    key = f"run_{part}_{name}"
    value = st.session_state[key] = float(getattr(getattr(leg, part), name))
    least, most = LIMITS[name]
    whole = least == 1
    st.number_input(
        name.replace("_", " ").capitalize(),
        min(least, value),
        max(most, value),
        step=1.0 if whole else 0.01,
        format="%.0f" if whole else "%.6g",
        key=key,
        on_change=_take,
        args=(part, name, here, updates),
        width=FIELD,
    )


def _swap(part: str, here: int, updates: int) -> None:
    """Give the last leg of a run the optimiser or the schedule that was chosen."""
    run = _run(here, updates)
    leg, name = run.legs[-1], st.session_state[f"run_{part}"]
    if part == "optimiser":
        leg = replace(leg, optimiser=OPTIMISERS[name](leg.optimiser.learning_rate))
    else:
        begins = run.legs[-2].until if len(run.legs) > 1 else 0
        leg = replace(leg, schedule=runs.spanning(name, updates - (begins or 0)))
    _rewrite(here, run.name, (*run.legs[:-1], leg), updates)


def _take(part: str, name: str, here: int, updates: int) -> None:
    """Give the last leg of a run the setting that was typed."""
    run = _run(here, updates)
    *before, leg = run.legs
    thing, number = getattr(leg, part), st.session_state[f"run_{part}_{name}"]
    number = int(number) if LIMITS[name][0] == 1 else number
    leg = replace(leg, **{part: replace(thing, **{name: number})})
    _rewrite(here, run.name, (*before, leg), updates)


def _rename(here: int, updates: int) -> None:
    run = _run(here, updates)
    _rewrite(here, runs.plain_name(st.session_state.run_name), run.legs, updates)


def _run(here: int, updates: int) -> Run:
    return runs.read(st.session_state[LIST], updates)[here]


def _rewrite(here: int, name: str, legs: tuple[Leg, ...], updates: int) -> None:
    items = runs.items(st.session_state[LIST])
    items[here] = runs.write(name, legs, updates)
    _set(items)


def _move(here: int, by: int) -> None:
    items = runs.items(st.session_state[LIST])
    items[here], items[here + by] = items[here + by], items[here]
    _set(items)
    st.session_state.edited = here + by


def _remove(here: int) -> None:
    items = runs.items(st.session_state[LIST])
    del items[here]
    _set(items)


def _fork(here: int, updates: int) -> None:
    """Add a fork of a run, and make it the one to change."""
    add(runs.fork(_run(here, updates), st.session_state.fork_at, updates))
    st.session_state.edited = len(runs.items(st.session_state[LIST])) - 1


def _set(items: list[str]) -> None:
    st.session_state[LIST] = ", ".join(items)

"""The fields of a run over many samples: optimiser, batch and weights at the start."""

import math
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gd_core.optimisers import OPTIMISERS
from pages.shared import assigned, dragging, numbers, parse, stops
from pages.shared.fields import ALL, BATCHES, ONE, SOME, WIDTH, Value, ask, choose, required
from pages.your_data import model
from pages.your_data.model import Samples

TO = "to"  # the name in the link of the new target of a row
WRONG_OPTION = "One of the options cannot be used. Open them to see which."


def settings(options: DeltaGenerator, samples: int, weights: int) -> tuple[Any, int, int, tuple[float, ...]]:
    """The optimiser's class, the size of a batch, the shuffle seed and the weights at the start, asked in `options`."""
    with options, st.container(horizontal=True):
        optimiser = choose("Optimiser", OPTIMISERS, key="optimiser", width=WIDTH)
        batch = choose("Batch", BATCHES, key="batch", width=WIDTH)
        size: int | None = 1 if batch == ONE else samples
        seed: int | None = 0
        if batch == SOME:
            size = _ask(lambda text: parse.whole(text, 1, samples), "Samples in a batch", str(min(8, samples)), "size")
        if batch != ALL:
            seed = _ask(lambda text: parse.whole(text, 0, 2**32 - 1), "Shuffle seed", "0", "seed")
        start = _ask(lambda text: _weights(text, weights), "Weights at the start", "0", "start")
    if None in (size, seed, start):
        st.error(WRONG_OPTION)  # what is wrong is said beneath the field, which may be folded away
    return OPTIMISERS[optimiser], required(size), required(seed), required(start)


def moved_target(samples: Samples) -> tuple[int | None, float | None]:
    """The row whose target is moved, and its new target; None where none is. They are of this table and target only."""
    state, of = st.session_state, (st.session_state.data, samples.target, samples.names, len(samples.targets))
    if state.get("row of", of) != of:
        state.row = state[TO] = ""
    state["row of"] = of
    with st.container(horizontal=True, vertical_alignment="bottom"):
        row = _ask(lambda text: parse.whole(text, 1, len(samples.targets)) if text.strip() else 0, "Row", "", "row")
        target = _ask(
            lambda text: parse.number(text, "Type one number.") if text.strip() else math.nan, "Its target", "", TO
        )
        back = {"row": "", TO: ""}
        cannot = not row or assigned.holds(*back)
        st.button("Put it back", on_click=state.update, args=(back,), disabled=cannot, icon=":material/undo:")
    return row or None, target if row and target is not None and math.isfinite(target) else None


def take(picture: str, samples: Samples) -> None:
    """Take the row that was dragged in a picture, and its target."""
    for dragged in dragging.unanswered(picture):
        match dragged:
            case _ if assigned.holds("row", TO):
                dragging.put_back()
            case {"place": int() | float() as place, "target": int() | float() as target} if (
                place in range(1, len(samples.targets) + 1) and abs(target) <= parse.LARGEST
            ):
                picked = target == samples.targets[int(place) - 1]
                st.session_state.row = str(int(place))
                rounded = stops.rounded(target, *model.reach(samples))
                st.session_state[TO] = "" if picked else numbers.exact(rounded)


def _ask(read: Callable[[str], Value], label: str, default: str, key: str) -> Value | None:
    with st.container(width=WIDTH):  # so that its sentence stands beneath it
        return ask(read, label, default, key=key)


def _weights(text: str, count: int) -> tuple[float, ...]:
    sentence = f"Type 1 number for all weights, or {count}, one for each." if count > 1 else "Type 1 number."
    found = parse.numbers(text, sentence, count)
    if len(found) not in (1, count):
        raise parse.refusal(f"{len(found)} numbers do not fit {count} weights.", text, sentence)
    return tuple(found) * (count // len(found))

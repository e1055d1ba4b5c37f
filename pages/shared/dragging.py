"""What is dragged in a picture: which of it the server has answered, and what it means for the fields."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

import streamlit as st

from gd_core.problems import Problem
from pages.shared import assigned, parse, sidebar, stops, weight_curve
from pages.shared.setup import Setup

Borders = tuple[float, float]


def asked(*settings: Hashable) -> int:
    """How often these settings have changed in this session: what was dragged before the last one is answered."""
    before, times = st.session_state.get("answered", (None, 0))
    st.session_state.answered = settings, times + (settings != before)
    return st.session_state.answered[1]


def borders(setup: Setup, moving: int) -> Borders:
    """The borders of a weight's curve, as `keep`."""
    return keep(setup.problem, setup.weights, [weight_curve.borders(setup, moving)], moving)[0]


def keep(problem: Problem, weights: Sequence[float], fresh: Sequence[Borders], *moving: int) -> Sequence[Borders]:
    """The borders of a picture, a pair for each moving weight: they stay while only the start is dragged about in it.

    `fresh` are those it would have anew.
    """
    about = problem, moving, [weight for place, weight in enumerate(weights) if place not in moving]
    before, kept = st.session_state.get("borders", (None, fresh))
    stay = before == about and all(
        low < weights[place] < high and right - left > 0.1 * (high - low)
        for place, (low, high), (left, right) in zip(moving, kept, fresh, strict=True)
    )
    st.session_state.borders = about, kept if stay else fresh
    return st.session_state.borders[1]


def bar(picture: str, *about: Hashable, at: float) -> tuple[str, float]:
    """The key of a picture with `theme.pulled`, and the weight at which its bar begins.

    Both stay while the weight is dragged. Where it is `at` a place to which nobody dragged it, or the picture is
    `about` other settings, there is a new key: the browser then builds the picture anew.
    """
    number, before, begins = st.session_state.get("bar", (0, None, at))
    pulled = st.session_state.get(f"{picture} {number}", {"selection": {}})["selection"].get("pulled")
    if before != about or (pulled or [{"weight": begins}]) != [{"weight": at}]:
        number, begins = number + 1, at
    st.session_state.bar = number, about, begins
    return f"{picture} {number}", begins


def unanswered(picture: str) -> Iterator[dict[Any, Any]]:
    """What was dragged in a picture since the server last answered; a browser may send anything."""
    _, answered = st.session_state.get("answered", (None, 0))
    for selected in st.session_state[picture].selection.values():
        match selected:  # that of a `bar` has no `asked`: its picture is never of older settings
            case [{**dragged}] if dragged.pop("asked", answered) == answered:
                yield dragged


def put_back() -> None:
    """Refuse what was dragged: the next picture answers it with what is set."""
    _, times = st.session_state.get("answered", (None, 0))
    st.session_state.answered = None, times


def take(picture: str, *moving: int) -> None:
    """Take what was dragged to in a picture: a learning rate, or where the `moving` weights start."""
    for dragged in unanswered(picture):
        if assigned.holds("rate" if "rate" in dragged else "weights"):
            put_back()
        elif isinstance(rate := dragged.get("rate"), int | float) and rate > 0:
            sidebar.take_rate(parse.within(rate))
        elif moving and "rate" not in dragged:
            _start([*dragged.values()], moving)


def hint(**things: str) -> str:
    """The sentence that names what is dragged, each for the field that it sets; "" if the assignment holds them all."""
    free = [thing for key, thing in things.items() if not assigned.holds(key)]
    return f"Drag {', or '.join(free)}." if free else ""


def _start(weights: list[object], moving: tuple[int, ...]) -> None:
    """Have some weights start elsewhere."""
    found = {}
    for place, weight, (low, high) in zip(moving, weights, st.session_state.borders[1], strict=False):
        if isinstance(weight, int | float) and abs(weight) <= parse.LARGEST:
            # One weight is dragged to round numbers, two are to pixels.
            found[place] = stops.rounded(weight, low, high) if len(moving) > 1 else weight
    if len(found) == len(weights) == len(moving):
        sidebar.take_weights(found)

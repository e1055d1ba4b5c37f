"""What is dragged in a picture: which of it the server has answered, and what it means for the fields."""

from collections.abc import Hashable

import streamlit as st

from pages.shared import parse, sidebar, weight_curve
from pages.shared.setup import Setup


def asked(*settings: Hashable) -> int:
    """How often these settings have changed in this session: what was dragged before the last time is answered."""
    before, times = st.session_state.get("answered", (None, 0))
    st.session_state.answered = settings, times + (settings != before)
    return st.session_state.answered[1]


def borders(setup: Setup, moving: int) -> tuple[float, float]:
    """The borders of a weight's curve: they stay while only the start is dragged about between them."""
    neuron, weights = setup.problem, setup.weights
    others = moving, weights[:moving], weights[moving + 1 :]
    about = neuron.inputs.tolist(), neuron.targets.tolist(), neuron.activation, others
    left, right = weight_curve.borders(setup, moving)
    before, kept = st.session_state.get("borders", (None, (left, right)))
    inside = kept[0] < weights[moving] < kept[1] and right - left > 0.1 * (kept[1] - kept[0])
    st.session_state.borders = about, kept if before == about and inside else (left, right)
    return st.session_state.borders[1]


def bar(picture: str, *about: Hashable, at: float) -> tuple[str, float]:
    """The key of a picture with `theme.pulled`, and the weight at which that begins.

    Both stay while it is dragged; where the weight is `at` another place, or the picture `about` other settings, there
    is a new one.
    """
    number, before, begins = st.session_state.get("bar", (0, None, at))
    pulled = st.session_state.get(f"{picture} {number}", {"selection": {}})["selection"].get("pulled")
    if before != about or (pulled or [{"weight": begins}]) != [{"weight": at}]:
        number, begins = number + 1, at
    st.session_state.bar = number, about, begins
    return f"{picture} {number}", begins


def take(picture: str, moving: int | None = None) -> None:
    """Take what was dragged to in a picture: a learning rate, or where the `moving` weight starts."""
    for selected in st.session_state[picture].selection.values():
        match selected:
            case [{"asked": answered}] if answered != st.session_state.answered[1]:
                pass  # dragged before the picture was of these settings
            case [{"rate": int() | float() as rate}]:
                sidebar.take_rate(parse.within(rate))
            case [{"weight": int() | float() as weight}] if moving is not None:
                sidebar.take_weight(moving, weight)

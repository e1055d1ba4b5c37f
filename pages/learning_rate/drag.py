"""What is dragged in the picture of one weight: the rate on the ruler and the start on the curve."""

import streamlit as st

from pages.learning_rate import model
from pages.shared import parse, sidebar
from pages.shared.setup import Setup

PICTURE = "rate_picture"


def asked(setup: Setup) -> int:
    """How often rate and start have changed in this session: what was dragged before the last time is answered."""
    before, times = st.session_state.get("answered", (None, 0))
    now = (setup.rate, setup.weights)
    st.session_state.answered = now, times + (now != before)
    return st.session_state.answered[1]


def borders(setup: Setup, moving: int) -> tuple[float, float]:
    """The borders of the picture: they stay while only the start is dragged about between them."""
    neuron, weights = setup.problem, setup.weights
    others = weights[:moving], weights[moving + 1 :]
    about = neuron.inputs.tolist(), neuron.targets.tolist(), neuron.activation, others
    left, right = model.borders(setup, moving)
    before, kept = st.session_state.get("borders", (None, (left, right)))
    inside = kept[0] < weights[moving] < kept[1] and right - left > 0.1 * (kept[1] - kept[0])
    st.session_state.borders = about, kept if before == about and inside else (left, right)
    return st.session_state.borders[1]


def take() -> None:
    """Take what was dragged to, the rate or the start."""
    (_, times), (_, ends) = st.session_state.answered, st.session_state.borders
    for selected in st.session_state[PICTURE].selection.values():
        match selected:
            case [{"asked": answered, "rate": int() | float() as rate}] if answered == times:
                sidebar.take_rate(parse.within(rate))
            case [{"asked": answered, "weight": int() | float() as weight}] if answered == times:
                sidebar.take_weight(st.session_state.weight, model.rounded(weight, ends))

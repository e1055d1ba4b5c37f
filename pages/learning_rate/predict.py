"""Predict first: what the learning rate does to the error."""

import streamlit as st

from gd_core.regimes import Regime, regime
from pages.shared import predict
from pages.shared.numbers import factor, number, rate
from pages.shared.setup import Setup
from pages.shared.verdict import DOES, landmarks


def the_regime(setup: Setup) -> Regime | None:
    """The answer to what the first update does to the error, without which the page ends here; None if not asked."""
    truth = regime(setup.first_share)
    if not st.session_state.predict or truth is Regime.STANDS_STILL:
        return None
    question = f"With a learning rate of {number(setup.rate)}, what will one update of all weights do to the error?"
    captions, key = [*DOES.values()], predict.key("regime", setup, setup.rate)
    answer = st.radio(
        question, [*DOES], index=None, captions=captions, format_func=str.capitalize, horizontal=True, key=key
    )
    if answer is None:
        st.caption("Choose, and the page goes on.")
        st.stop()
    by = f"multiplied by {factor(setup.first_share)}"
    if answer is truth:
        st.success(f"Yes: {by}, the error {DOES[truth]}.", icon=":material/check:")
    else:
        message = f"You said the error {DOES[answer]}. {by.capitalize()}, it {DOES[truth]}. {_rates(answer, setup)}"
        st.warning(message, icon=":material/close:")
    return answer


def _rates(answer: Regime, setup: Setup) -> str:
    """The learning rates of which an answer is true, if the neuron is linear and they can be typed."""
    if not landmarks(setup):
        return ""
    one_step, limit = rate(1 / setup.problem.sharpness), rate(2 / setup.problem.sharpness)
    rates = (f"below {one_step}", f"of {one_step}", f"between {one_step} and {limit}", f"of {limit}", f"above {limit}")
    return f"Yours is the answer for a learning rate {rates[[*DOES].index(answer)]}."

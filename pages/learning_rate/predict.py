"""Predict first: what the learning rate does to the error."""

import streamlit as st

from gd_core.regimes import Regime, regime
from pages.shared import predict
from pages.shared.numbers import factor, number
from pages.shared.setup import Setup
from pages.shared.verdict import DOES, landmarks


def the_regime(setup: Setup) -> Regime | None:
    """Ask what the first update does to the error; the page ends here until there is an answer.

    Returns the answer, None where nothing is asked.
    """
    truth = regime(setup.first_share)
    if not predict.wanted() or truth is Regime.STANDS_STILL:
        return None
    answer = st.radio(
        f"With a learning rate of {number(setup.rate)}, what will one update of all weights do to the error?",
        [*DOES],
        index=None,
        captions=[*DOES.values()],
        format_func=str.capitalize,
        horizontal=True,
        key=predict.key("regime", setup, setup.rate),
    )
    if answer is None:
        st.caption("Choose, and the page goes on.")
        st.stop()
    by = f"multiplied by {factor(setup.first_share)}"
    if answer is truth:
        st.success(f"Yes: {by} the error {DOES[truth]}.", icon=":material/check:")
    else:
        says = f"You said the error {DOES[answer]}. {by.capitalize()} it {DOES[truth]}. {_rates(answer, setup)}"
        st.warning(says, icon=":material/close:")
    return answer


def _rates(kind: Regime, setup: Setup) -> str:
    """The learning rates at which a linear neuron behaves so, where they can be typed."""
    if not landmarks(setup):
        return ""
    one_step, limit = number(1 / setup.problem.sharpness), number(2 / setup.problem.sharpness)
    rates = {
        Regime.CONVERGES: f"below {one_step}",
        Regime.ONE_STEP: f"of {one_step}",
        Regime.OSCILLATES_AND_CONVERGES: f"between {one_step} and {limit}",
        Regime.OSCILLATES: f"of {limit}",
        Regime.DIVERGES: f"above {limit}",
    }
    return f"Yours is the answer for a learning rate {rates[kind]}."

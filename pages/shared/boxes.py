"""A verdict on the screen: the colour is that of its zone on the ruler of learning rates, with an icon of its own."""

import streamlit as st

from gd_core.regimes import Regime
from pages.shared.verdict import CANNOT_MOVE, COMES_BACK, GROWS, TOO_SLOW

CONVERGES, STUCK = (st.info, ":material/trending_down:"), (st.warning, ":material/block:")
OSCILLATES, DIVERGES = (st.warning, ":material/swap_vert:"), (st.error, ":material/trending_up:")
BOXES = {
    TOO_SLOW: (st.info, ":material/hourglass_empty:"),
    Regime.CONVERGES: CONVERGES,
    Regime.ONE_STEP: (st.info, ":material/flag:"),
    Regime.OSCILLATES_AND_CONVERGES: OSCILLATES,
    Regime.OSCILLATES: (st.warning, ":material/repeat:"),
    Regime.DIVERGES: DIVERGES,
    GROWS: DIVERGES,
    COMES_BACK: OSCILLATES,
    CANNOT_MOVE: STUCK,
    Regime.STANDS_STILL: STUCK,
}


def show(kind: str, text: str) -> None:
    """What a run did in words, in the box of its kind; in a plain one where there is no such kind."""
    box, icon = BOXES.get(kind, (st.info, None))
    box(text, icon=icon)

"""What is folded away beneath the picture: the weights and slopes, and the least-squares solution."""

import pandas as pd
import streamlit as st

from pages.shared import history_frame, tables
from pages.your_data import chart, model, text
from pages.your_data.model import Outcome


def weights(outcome: Outcome, drawn: pd.DataFrame, stride: int) -> None:
    """The weights and slopes as curves and as tables."""
    samples, history, least = outcome.samples, outcome.history, outcome.least
    picture, numbers = st.columns(2, gap="medium")
    with picture:
        spec = chart.weights(drawn, model.weight_names(samples, least), stride, known=bool(least))
        st.vega_lite_chart(spec, key="weights_picture", alt=text.curves(history), width="stretch")
    with numbers:
        what = st.radio("Update by update", ["Slopes", "Weights"], horizontal=True, key="by_update")
        table = history_frame.slopes(history) if what == "Slopes" else history_frame.weights(history)
        tables.show(table, "by_update_table", f"{what} by update", labels=samples.weights)


def solution(outcome: Outcome) -> None:
    """The best weights beside those of the run, and what decides how fast it gets there."""
    st.markdown(f"{text.course(outcome)}\n\n{text.solution(outcome)}")
    tables.show(model.weights_table(outcome), "standing", "Weights at the end and by least squares", height="content")
    if outcome.least:
        st.markdown(text.scaling(outcome.samples))
        words = text.scaling_table(outcome.samples)
        tables.words(words, "switches", "Curvatures and learning rates for all four ways")

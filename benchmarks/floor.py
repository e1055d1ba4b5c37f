"""The yardstick: a page with the elements of "Many updates" and as good as no work in it.

streamlit run benchmarks/floor.py
"""

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st


@st.cache_resource
def spec() -> dict:
    """A line with points over a named dataset, built once."""
    base = alt.Chart(alt.NamedData("history")).encode(
        x=alt.X("update:Q").title("Iterations"),
        y=alt.Y("mse:Q").title("Mean squared error"),
        tooltip=["update:Q", "mse:Q"],
    )
    return (base.mark_line() + base.mark_point()).to_dict()


st.set_page_config(layout="wide")
with st.sidebar:
    st.text_input("Inputs", "1, 2, 3", key="inputs")
    st.text_input("Weights", "0, 2, 1", key="weights")
    st.number_input("Target", value=0.0, key="target")
    rate = st.slider("Learning rate", 0.0, 0.1, 0.01, 0.0001, key="rate", format="%.4f")
    updates = st.slider("Updates", 1, 1000, 20, key="updates")
rows = np.arange(1, updates + 1)
mse = 49 * (1 - 28 * rate) ** (2 * rows)
for column, label, number in zip(
    st.columns(3), ["Before", "After", "Factor"], [49, mse[-1], 1 - 28 * rate], strict=True
):
    column.metric(label, number)
st.vega_lite_chart({**spec(), "datasets": {"history": pd.DataFrame({"update": rows, "mse": mse})}}, key="chart")
table = pd.DataFrame(np.outer(mse, [1.0, 2.0, 3.0]))
for column in st.columns(2):
    column.dataframe(table)

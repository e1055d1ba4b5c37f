"""The yardstick: a page with the elements of "Many updates" and as good as no work in it.

streamlit run benchmarks/floor.py

With ?page=compare, ?page=surface or ?page=network it has the elements of these.
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


def chart(updates: int, rate: float, key: str) -> None:
    """One picture of a run."""
    rows = np.arange(1, updates + 1)
    mse = 49 * (1 - 28 * rate) ** (2 * rows)
    st.vega_lite_chart({**spec(), "datasets": {"history": pd.DataFrame({"update": rows, "mse": mse})}}, key=key)


def many_updates() -> None:
    """The elements of "Many updates"."""
    with st.sidebar:
        st.text_input("Inputs", "1, 2, 3", key="inputs")
        st.text_input("Weights", "0, 2, 1", key="weights")
        st.number_input("Target", value=0.0, key="target")
        rate = st.slider("Learning rate", 0.0, 0.1, 0.01, 0.0001, key="rate", format="%.4f")
        updates = st.slider("Updates", 1, 1000, 20, key="updates")
    mse = 49 * (1 - 28 * rate) ** (2 * np.arange(1, updates + 1))
    numbers = [49, mse[-1], 1 - 28 * rate]
    for column, label, number in zip(st.columns(3), ["Before", "After", "Factor"], numbers, strict=True):
        column.metric(label, number)
    chart(updates, rate, "chart")
    table = pd.DataFrame(np.outer(mse, [1.0, 2.0, 3.0]))
    for column in st.columns(2):
        column.dataframe(table)


def comparing(buttons: int, fields: int, choices: int, tables: int, texts: int) -> None:
    """The elements of "Compare" and "Surface": their sidebar, two charts, and so many of each of the others."""
    with st.sidebar:
        for name in ("Neuron", "Activation"):
            st.selectbox(name, ["one", "two"], key=name)
        for name, text in (("inputs", "1, 2, 3"), ("weights", "0, 2, 1"), ("target", "0"), ("updates", "20")):
            st.text_input(name, text, key=name)
        rate = float(st.text_input("rate", "0.01", key="rate"))
        st.select_slider("Rate", [0.001, 0.01, 0.1], key="slider")
        st.toggle("Predict", key="predict")
        st.text_area("Runs", "0.003, 1/28, 0.06, 0.075", key="runs")
    st.title("Floor")
    with st.container(horizontal=True):
        for number in range(buttons):
            st.button(f"Button {number}")
    for picture, column in enumerate(st.columns([5, 4])):
        with column:
            chart(20, rate, f"chart {picture}")
            for number in range(picture, fields, 2):
                st.text_input(f"Field {number}", str(rate), key=f"field {number}")
            for number in range(picture, choices, 2):
                st.selectbox(f"Choice {number}", ["one", "two", "three"], key=f"choice {number}")
    for number in range(tables):
        st.dataframe(pd.DataFrame(np.full((5, 6), str(rate))), key=f"table {number}", hide_index=True)
    for number in range(texts):
        st.markdown(f"Text {number}")
    with st.popover("Share"):
        st.code(str(rate))
        st.download_button("Download", str, "file.csv")


def network() -> None:
    """The elements of "Network": two charts, the fields of the data, the layers, the start and how it learns."""
    with st.sidebar:
        with st.expander("Neuron"):
            for number in range(2):
                st.button(f"Worked {number}")
            for number in range(3):
                st.text_input(f"Of the neuron {number}", str(number), key=f"neuron {number}")
            st.selectbox("Activation", ["one", "two"], key="activation")
        rate = float(st.text_input("rate", "0.01", key="rate"))
        st.caption("Caption")
        st.text_input("updates", "500", key="updates")
        st.toggle("Predict", key="predict")
    st.select_slider("Rate", [0.001, 0.01, 0.1], key="slider")
    st.title("Floor")
    with st.container(horizontal=True):
        for number in range(2):
            st.selectbox(f"Data {number}", ["one", "two"], key=f"data {number}")
        st.text_input("Samples", "200", key="samples")
        with st.popover("Options"):
            for number in range(5):
                st.selectbox(f"Choice {number}", ["one", "two", "three"], key=f"choice {number}")
                with st.container():
                    st.text_input(f"Field {number}", str(number), key=f"field {number}")
            for number in range(2):
                st.checkbox(f"Switch {number}", key=f"switch {number}")
    chart(100, rate, "chart 0")
    for name in ("sample", "update", "step"):
        with st.container(horizontal=True):
            st.button("Back", key=f"{name} back")
            st.slider(name, 1, 100, key=name)
            st.button("Forward", key=f"{name} forward")
    with st.container(horizontal=True):
        for number in range(8):
            st.button(f"Button {number}")
    chart(100, rate, "chart 1")
    for number in range(8):
        st.markdown(f"Text {number}: {rate}")
    with st.expander("Tables", on_change="rerun"), st.popover("Share", on_change="rerun"):
        pass


st.set_page_config(layout="wide")
page = st.query_params.get("page")
if page == "compare":
    comparing(buttons=9, fields=4, choices=3, tables=1, texts=9)
elif page == "surface":
    comparing(buttons=1, fields=3, choices=2, tables=2, texts=7)
elif page == "network":
    network()
else:
    many_updates()

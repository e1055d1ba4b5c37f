"""The learning rate: one weight on the curve of its loss, and how far an update takes it."""

import streamlit as st

from pages.learning_rate import chart, model, text
from pages.learning_rate.predict import the_regime
from pages.shared import fields, rate_ruler, sidebar, tables


def page() -> None:
    """The curve, the path on it, and the ruler."""
    setup = sidebar.setup()
    answer = the_regime(setup)
    picture, numbers = st.columns([4, 3], gap="medium")
    with numbers:
        moving = fields.one_weight("Weight to change", "weight", setup.problem.inputs[0])

    linear, rows = setup.problem.linear, model.rows(setup, moving)
    rates, width = model.rates(setup.rate, rows)
    power = model.nearest(rates, setup.rate)
    curve = model.curve(setup, moving)
    path = model.path(setup, moving, rates, curve)
    updates = path.iloc[(path["power"] == power).to_numpy()]

    with picture:
        datasets = {
            "curve": curve,
            "path": path,
            "ruler": rate_ruler.places(rows, rates, linear=linear),
            "marks": rate_ruler.marks(rows, linear=linear),
            "guess": model.guess(answer, rows),
        }
        spec = chart.chart(f"Weight {moving + 1}", power, rates, width, datasets)
        alt = text.picture(setup, moving, updates.iloc[0], rows)
        st.vega_lite_chart(spec, key="rate_picture", alt=alt, width="stretch")
        st.caption("Each arrow is one update, green if the loss falls, orange if it rises. The tangent is the slope.")
    with numbers:
        st.info(text.moves(setup, moving))
        tables.show(model.table(updates), "path", f"Weight {moving + 1} alone, update by update", height="content")
        st.caption(f"This box and table are for the learning rate of the sidebar, {setup.rate:.6g}.")

"""The learning rate: one weight on the curve of its loss, and how far an update takes it."""

import streamlit as st

from pages.learning_rate import chart, drag, model, text
from pages.learning_rate.predict import the_regime
from pages.shared import fields, rate_ruler, ruler_chart, sidebar, tables


def page() -> None:
    """The ruler, the curve and the path on it: both the rate and the start can be dragged."""
    setup = sidebar.setup()
    answer = the_regime(setup)
    picture, numbers = st.columns([4, 3], gap="medium")
    with numbers:
        moving = fields.one_weight("Weight to change", "weight", setup.problem.inputs[0])

    linear, rows = setup.problem.linear, model.rows(setup, moving)
    rates = model.rates(setup.rate, rows)
    power = model.nearest(rates, setup.rate)
    path = model.path(setup, moving, rates)
    updates = path.iloc[(path["power"] == power).to_numpy()]

    with picture:
        datasets = {
            "now": model.now(setup, moving, power, drag.asked(setup)),
            "curve": model.curve(setup, moving, drag.borders(setup, moving)),
            "path": path,
            "ruler": rate_ruler.places(rows, rates, linear=linear),
            "marks": rate_ruler.marks(rows, linear=linear),
            "guess": model.guess(answer, rows),
        }
        spec = chart.chart(f"Weight {moving + 1}", datasets)
        st.caption("Drag the marker on the ruler, or the ring on the curve.")
        st.vega_lite_chart(
            spec,
            key=drag.PICTURE,
            alt=text.picture(setup, moving, rows),
            on_select=drag.take,
            selection_mode=[ruler_chart.DRAGGED, chart.DRAGGED],
            width="stretch",
        )
        st.caption("Each arrow is one update, green if the loss falls, orange if it rises. The tangent is the slope.")
    with numbers:
        st.info(text.moves(setup, moving))
        tables.show(model.table(updates), "path", f"Weight {moving + 1} alone, update by update", height="content")

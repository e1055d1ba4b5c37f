"""The learning rate: one weight on the curve of its loss, and how far an update takes it."""

from functools import partial

import streamlit as st

from pages.learning_rate import chart, model, text
from pages.learning_rate.predict import the_regime
from pages.shared import boxes, downloads, dragging, fields, rate_ruler, ruler_chart, sidebar, tables, weight_curve

PICTURE = "rate_picture"


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
            "now": model.now(setup, moving, power, dragging.asked(setup.rate, setup.weights)),
            "curve": weight_curve.curve(setup, moving, dragging.borders(setup, moving)),
            "path": path,
            "ruler": rate_ruler.places(rows, rates),
            "marks": rate_ruler.marks(rows, linear=linear),
            "guess": model.guess(answer, rows),
        }
        spec = chart.chart(f"Weight {moving + 1}", datasets)
        if hint := dragging.hint(rate="the marker on the ruler", weights="the ring on the curve"):
            st.caption(hint)
        st.vega_lite_chart(
            spec,
            key=PICTURE,
            alt=text.picture(setup, moving, rows),
            on_select=partial(dragging.take, PICTURE, moving),
            selection_mode=[ruler_chart.DRAGGED, chart.DRAGGED],
            width="stretch",
        )
        st.caption("Each arrow is one update, green if the loss falls, orange if it rises. The tangent is the slope.")
    with numbers:
        kind = model.kind(setup, rows[0], updates)
        message = text.moves(setup, moving, kind)
        boxes.show(kind, message)
        tables.show(model.table(updates), "path", f"Weight {moving + 1} alone, update by update", height="content")
    downloads.share("Learning rate", spec, message)

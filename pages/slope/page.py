"""The slope: a product of three factors for each weight, and its check by rise over run."""

import streamlit as st

from pages.shared import fields, sidebar, tables
from pages.shared.verdict import at_corner
from pages.slope import chart, model, text
from pages.slope.predict import the_slope


def page() -> None:
    """The slopes, one of them in detail, and its check."""
    setup = sidebar.setup()
    factors, values, curve = model.factors(setup), model.values(setup), model.activation_curve(setup)
    place = fields.one_weight("Weight to look at", "slope_of", setup.problem.inputs[0])
    the_slope(setup, place)

    picture, numbers = st.columns(2, gap="medium")
    with picture:
        spec = chart.neuron(model.wires(setup), values, setup.problem.activation)
        st.vega_lite_chart(spec, key="neuron_picture", alt=text.neuron_picture(setup, values), width="stretch")
        spec = chart.activation(curve, model.tangent(values, curve))
        st.vega_lite_chart(spec, key="activation_picture", alt=text.activation_picture(setup, values), width="stretch")
    with numbers:
        st.latex(text.formula(setup, factors, place))
        st.info(text.meaning(setup, factors, place))
        heads = ("2 × error", "input", "activation", "slope")  # so short that all stay in sight on a phone
        alt = "The three factors of the slope of every weight"
        tables.show(factors, "factors", alt, height="content", labels=heads)

    slope = factors["slope"].iloc[place]
    nudges = model.nudges(setup, place)
    found = text.check(nudges, slope, corner=at_corner(setup.problem, setup.weights))
    st.subheader("Check it yourself")
    st.markdown(
        f"Nudge weight {place + 1} by a small h: the rise of the loss over h should come near the slope. {found}"
    )
    if nudges["off"].any():
        alt = f"How far rise over run is from the slope. {found}"
        st.vega_lite_chart(chart.rise_over_run(nudges, slope), key="nudge_picture", alt=alt, width="stretch")
    with st.expander("Where the 2 comes from"):
        st.markdown(text.where_the_2_comes_from(setup, values))

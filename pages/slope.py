"""The slope: a product of three factors for each weight, and its check by rise over run."""

import streamlit as st

from pages.parts import chain, charts, controls, fields, live, predict, tables, words

st.title("Slope")
st.markdown(
    "The slope of a weight says how fast the loss rises when that weight does. It is a product of three factors: the "
    "**slope of the loss**, 2 × error; the **input** that feeds in; the **slope of the activation**."
)


def body() -> None:
    """The slopes, one of them in detail, and its check."""
    setup = controls.setup()
    factors, values, bend = chain.factors(setup), chain.values(setup), chain.bend(setup)
    place = fields.one_weight("Weight to look at", "slope_of", setup)
    predict.the_slope(setup, place)

    picture, numbers = st.columns(2, gap="medium")
    with picture:
        st.vega_lite_chart(
            charts.neuron.chart(chain.wires(setup), values, setup.problem.activation),
            key="neuron_picture",
            alt=words.neuron_picture(setup, values),
            width="stretch",
        )
        st.vega_lite_chart(
            charts.neuron.activation(bend, chain.tangent(values, bend)),
            key="activation_picture",
            alt=words.activation_picture(setup, values),
            width="stretch",
        )
    with numbers:
        st.latex(words.slope_formula(setup, factors, place))
        st.info(words.slope_says(setup, factors, place))
        tables.show(factors, "factors", "The three factors of the slope of every weight", height="content")

    slope = factors["slope"].iloc[place]
    nudges = chain.nudges(setup, place)
    found = words.nudge_says(nudges, slope, corner=chain.at_corner(setup.problem, setup.weights))
    st.subheader("Check it yourself")
    st.markdown(
        f"Nudge weight {place + 1} by a small h and watch the loss: the rise divided by the run should come near the "
        f"slope. {found}"
    )
    if nudges["off"].any():
        st.vega_lite_chart(
            charts.nudge.chart(nudges, slope),
            key="nudge_picture",
            alt=f"How far rise over run is from the slope. {found}",
            width="stretch",
        )
    with st.expander("Where the 2 comes from"):
        st.markdown(words.where_the_2_comes_from(setup, values))


live.follow(body)

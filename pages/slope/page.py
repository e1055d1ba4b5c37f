"""The slope: a product of three factors for each weight, and its check by rise over run."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import downloads, dragging, fields, sidebar, tables
from pages.shared.folded import folded
from pages.shared.numbers import number
from pages.shared.setup import Setup
from pages.shared.verdict import at_corner
from pages.slope import chart, model, text
from pages.slope.predict import the_slope

PICTURE = "slope_picture"


def page() -> None:
    """One weight on the curve of its loss with its slope, the factors of all slopes, and a check."""
    setup = sidebar.setup()
    factors, values = model.factors(setup), model.values(setup)
    question, (picture, numbers) = st.container(), st.columns([4, 3], gap="medium")
    with numbers:
        place = fields.one_weight("Weight to look at", "slope_of", setup.problem.inputs[0])
    with question:
        the_slope(setup, place)

    message = text.meaning(setup, factors, place)
    with picture:
        spec = _picture(setup, place)
    with numbers:
        st.latex(text.formula(setup, factors, place))
        st.info(message)
        heads = ("2 × error", "input", "activation", "slope")  # so short that all stay in sight on a phone
        alt = "The three factors of the slope of every weight"
        tables.show(factors, "factors", alt, height="content", labels=heads)
    _check(setup, place, factors["slope"].iloc[place])
    folded("The neuron with its numbers", "neuron_numbers", partial(_neuron, setup, values))
    with st.expander("Where the 2 comes from"):
        st.markdown(text.where_the_2_comes_from(setup, values))
    downloads.share("Slope", spec, message)


def _picture(setup: Setup, place: int) -> dict[str, Any]:
    """The curve on which the weight is dragged, and its spec."""
    borders, weight = dragging.borders(setup, place), setup.weights[place]
    rest = setup.weights[:place], setup.weights[place + 1 :]
    key, begins = dragging.bar(PICTURE, setup.problem, rest, place, borders, at=weight)
    along, step = model.along(setup, place, borders)
    if hint := dragging.hint(weights="the ring along the curve, or the bar beneath"):
        st.caption(hint)
    spec = chart.chart(f"Weight {place + 1}", along, setup.problem.activation, begins, step)
    st.vega_lite_chart(
        spec,
        key=key,
        alt=text.picture(place),
        on_select=partial(dragging.take, key, place),
        selection_mode="pulled",
        width="stretch",
    )
    return spec


def _check(setup: Setup, place: int, slope: float) -> None:
    """Rise over run with a nudge that is chosen, and with all others in a picture."""
    st.header("Check it yourself")
    st.markdown(f"Nudge weight {place + 1} by a small h: the rise of the loss over h should come near the slope.")
    nudges = model.nudges(setup, place)
    sizes = nudges["h"].tolist()
    h = st.select_slider("Nudge h", sizes, sizes[-4], format_func=number, key=f"nudge {sizes[-1]}")
    nudges["chosen"] = nudges["h"] == h
    st.markdown(text.check(nudges, slope, corner=at_corner(setup.problem, setup.weights)))
    if nudges["off"].any():
        alt = "How far rise over run is from the slope, over the size of the nudge."
        st.vega_lite_chart(chart.rise_over_run(nudges), key="nudge_picture", alt=alt, width="stretch")
    if why := text.why_off(nudges):
        with st.expander("Why it is off"):
            st.markdown(why)


def _neuron(setup: Setup, values: pd.DataFrame) -> None:
    """The neuron, and its activation unless that is a straight line."""
    spec = chart.neuron(model.wires(setup), values, setup.problem.activation)
    st.vega_lite_chart(spec, key="neuron_picture", alt=text.neuron_picture(setup, values), width="stretch")
    if not setup.problem.linear:
        curve = model.activation_curve(setup)
        spec = chart.activation(curve, model.tangent(values, curve))
        st.vega_lite_chart(spec, key="activation_picture", alt=text.activation_picture(setup, values), width="stretch")

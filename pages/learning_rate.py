"""The learning rate: one weight on the curve of its loss, and how far an update takes it."""

import streamlit as st

from pages.parts import charts, controls, fields, live, predict, rates, tables, words

st.title("Learning rate")
st.markdown(
    "The slope says which way is down, not how far to go: a weight that follows the whole slope is easily led "
    "astray. So an update subtracts **learning rate × slope**, and the learning rate decides what becomes of it."
)


def body() -> None:
    """The curve, the path on it, and the ruler."""
    setup = controls.setup()
    answer = predict.the_pace(setup, setup.first_share)
    picture, numbers = st.columns([4, 3], gap="medium")
    with numbers:
        moving = fields.one_weight("Weight that moves, while the others rest", "weight", setup)

    linear, rows = setup.problem.linear, rates.marks(setup, moving)
    stops, width = rates.stops(setup.rate, rows)
    power = rates.nearest(stops, setup.rate)
    curve = rates.curve(setup, moving)
    path = rates.path(setup, moving, stops, curve)

    with picture:
        datasets = {
            "curve": curve,
            "path": path,
            "ruler": rates.ruler(rows, stops, linear=linear),
            "marks": rates.marked(rows, linear=linear),
            "guess": rates.guessed(answer, rows),
        }
        spec = charts.rate.chart(f"Weight {moving + 1}", power, stops, width, datasets)
        updates = rates.made_by(path, power)
        st.vega_lite_chart(
            spec, key="rate_picture", alt=words.rate_picture(setup, moving, updates.iloc[0], rows), width="stretch"
        )
        st.caption(
            "An arrow is an update, at the height of its loss: green where the loss falls, orange where it rises. The "
            "blue line is the tangent; its steepness is the slope."
        )
    with numbers:
        st.info(words.weight_moves(setup, moving))
        tables.show(rates.table(updates), "path", f"Weight {moving + 1} alone, update by update", height="content")
        st.caption(f"This box and table are for the learning rate of the sidebar, {setup.rate:.6g}.")


live.follow(body)

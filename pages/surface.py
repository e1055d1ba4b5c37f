"""The loss over two weights: a trough for one sample, a bowl for two, and the paths of the runs on it."""

import math

import streamlit as st

from pages.parts import charts, compare, controls, editor, fields, live, rates, surface, tables, words

st.title("Surface")
st.markdown(
    "Two weights move, the others rest. The stronger the shade, the larger the mean squared error. Run 0 is the "
    "sidebar's, the others are those of the page Compare: every update is a step on this ground."
)


def body() -> None:
    """The ground, the runs on it, and where they end."""
    setup = editor.capped(controls.setup())
    runs = [compare.yours(setup), *editor.listed(setup)]
    if len(setup.weights) < 2:
        st.info(
            "One weight makes a curve: see the page Learning rate. Give the neuron a second input to see a surface."
        )
        return
    moving = fields.two_weights(setup)
    second = fields.second_sample(setup, surface.another(setup, moving))
    on = surface.ground(setup, second, moving)
    st.info(words.ground(on))
    fields.remembered("follow")
    follow = st.checkbox("Follow the runs out of the picture", key="follow", bind="query-params")

    shape, power = surface.shape(on), math.log10(setup.rate)
    rows = surface.marks(shape)
    histories = surface.histories(on, runs, setup.updates)
    paths = surface.paths(histories)
    window = surface.window(on, paths if follow else None)
    starts = surface.starts(on, window)
    picture, numbers = st.columns([5, 4], gap="medium")
    with picture:
        datasets = {
            "bands": surface.bands(on, window),
            "line": surface.perfect_line(on, window),
            "starts": starts,
            "paths": surface.drawn(paths, window),
            "runs": compare.names(runs),
        }
        spec = charts.surface.chart(surface.names(on), window, compare.stops(setup.updates)[1], datasets)
        st.vega_lite_chart(spec, key="surface", alt=words.surface_picture(on, paths), width="stretch")
        if gone := words.leaves(surface.leaves(window, histories)):
            st.caption(gone)
    with numbers:
        st.markdown(
            "What plain gradient descent with the sidebar's learning rate does to the distance from the bottom:"
        )
        datasets = {
            "marks": rates.marked(rows, linear=on.neuron.linear),
            "ruler": rates.ruler(rows, rates.alone(setup.rate), linear=on.neuron.linear),
        }
        says = words.surface_ruler(datasets["ruler"], shape, linear=on.neuron.linear)
        st.vega_lite_chart(charts.ruler.chart(power, datasets), key="surface_ruler", alt=says, width="stretch")
        if note := words.other_ground(setup, on):
            st.caption(note)
        if surface.lone(on):
            st.markdown("Other starts, the open circles, and the perfect weights they lead to:")
            tables.words(surface.starts_told(on, starts), "starts", "Other starts and where they end")

    st.subheader("Where each run ends")
    tables.words(surface.ends(on, runs, histories), "ends", "Where each run is after its last update")

    with st.popover("Share", icon=":material/ios_share:"):
        st.markdown("This link opens the same surface, anywhere:")
        st.code(
            controls.link(editor.LIST, "across", "up", "inputs2", "target2", "follow"), language=None, wrap_lines=True
        )


live.follow(body)

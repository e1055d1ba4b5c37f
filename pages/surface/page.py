"""The loss over two weights: a trough for one sample, a bowl for two, and the paths of the runs on it."""

import math
from functools import partial

import streamlit as st

from pages.shared import boxes, downloads, dragging, fields, rate_ruler, ruler_chart, run_list, sidebar, tables, verdict
from pages.surface import chart, model, text
from pages.surface.fields import second_sample, two_weights

PICTURE = "surface"


def page() -> None:
    """The surface, the runs on it, and where they end."""
    setup = run_list.capped(sidebar.setup())
    runs = [run_list.yours(setup), *run_list.listed(setup)]
    if len(setup.weights) < 2:
        st.info("One weight makes a curve: see the page Learning rate. A surface needs a second input.")
        st.stop()
    said, picture = st.container(), st.container()
    with st.container(horizontal=True):
        choice, weights = st.container(width="content", horizontal=True), st.container(width="content", horizontal=True)
    with weights:
        moving = two_weights(setup)
    with choice:
        surface = model.surface(setup, second_sample(setup, moving), moving)
    everything = fields.switch("Zoom out to show everything", key="follow")

    histories = run_list.histories(surface.slice, surface.start, runs, setup.updates)
    paths = model.paths(histories)
    fresh = model.window(surface).borders
    window = model.within(dragging.keep(surface.neuron, setup.weights, fresh, *moving))
    if everything:
        window = model.everything(window, paths)
    starts = model.starts(surface, window)
    linear, (meaning, details) = surface.neuron.linear, text.meaning(surface)
    kind = verdict.pace(setup.rate * surface.shape.largest) if linear and not surface.flat else ""
    with said:
        message = f"{verdict.heading(kind)} {meaning}" if kind else meaning
        boxes.show(kind, message)
    with picture:
        if hint := dragging.hint(weights="the ring to start elsewhere"):
            st.caption(hint)
        datasets = {
            "now": model.now(surface, window, dragging.asked(setup.weights, moving)),
            "bands": model.bands(surface, window),
            "line": model.line(surface, window),
            "starts": starts,
            "paths": model.drawn(paths, window),
            "runs": run_list.names(runs),
        }
        picture_spec = chart.chart(surface.names, window, datasets)
        st.vega_lite_chart(
            picture_spec,
            key=PICTURE,
            alt=text.picture(surface, paths),
            on_select=partial(dragging.take, PICTURE, *moving),
            selection_mode=[chart.DRAGGED],
            width="stretch",
        )
    if leaving := model.leaves(window, histories):
        st.caption(text.leaves(leaving))
    st.markdown(details)
    rates, others = st.columns(2, gap="medium")
    with rates:
        st.markdown("What plain gradient descent at this rate does to the distance from the bottom:")
        rows = model.rows(surface.shape)
        marks = rate_ruler.marks(rows, linear=linear)
        spec = ruler_chart.chart(
            math.log10(setup.rate), {"marks": marks, "ruler": rate_ruler.places(rows, rate_ruler.at(setup.rate))}
        )
        st.vega_lite_chart(spec, key="surface_ruler", alt=text.ruler(rows, setup.rate, surface), width="stretch")
        if not surface.flat:
            st.caption(text.limit(setup, surface))
    if surface.has_line:
        with others:
            st.markdown("Other starts (open circles), and the minimum that each leads to:")
            tables.words(text.starts(surface, starts), "starts", "Other starts and where they end")

    st.header("Where each run ends")
    tables.words(text.ends(surface, runs, histories), "ends", "Where each run is after its last update")

    downloads.share("Surface", picture_spec, message)

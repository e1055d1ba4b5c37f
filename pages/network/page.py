"""A small network, and backpropagation through it: every value and every slope, at every update."""

from functools import partial
from itertools import islice

import numpy as np
import streamlit as st

from pages.network import chart, fields, model, predict, program, text, walk
from pages.network.model import Outcome
from pages.shared import assigned, boxes, downloads, long_run, sidebar, tables, verdict
from pages.shared.fields import stepper
from pages.shared.folded import folded


@np.errstate(all="ignore")  # a run that diverges outgrows a float; that is a result
def page() -> None:
    """The network with its numbers, what it learnt, and what keeps it from learning."""
    top = st.container(horizontal=True, vertical_alignment="bottom")
    with top:
        asked, options = st.container(horizontal=True, width="content"), st.popover("Options", icon=":material/tune:")
    given = fields.settings(asked, options)
    outcome = Outcome(*given[:3], long_run.descend(*given))
    if outcome.finite < 0:
        boxes.show(verdict.GROWS, text.TOO_LARGE)
        st.stop()
    message = text.verdict(outcome)
    boxes.show(text.kind(outcome), message)
    _drawn(outcome, message)


@st.fragment  # who looks at another sample, or takes another step, needs no other run
@np.errstate(all="ignore")
def _drawn(outcome: Outcome, message: str) -> None:
    """All that is drawn of a run, of which `says` is the verdict."""
    sidebar.draw_all_if_asked()
    network = outcome.network
    picture, looked_at = st.container(), st.container()
    with looked_at:
        sample = fields.sample(len(network.targets))
    _, _, stride = model.stops(outcome)
    picture_spec = chart.chart(network, model.datasets(outcome, sample), stride)
    with picture:
        st.vega_lite_chart(picture_spec, key="network", alt=text.picture(network), width="stretch")

    st.header("What keeps a network from learning")
    with st.container(horizontal=True):
        for label, case in fields.cases().items():
            in_use = all(st.session_state.get(key) == value for key, value in case.items())
            taken, cannot = {**case, "draw all": True}, in_use or assigned.holds(*case)
            st.button(label, on_click=st.session_state.update, args=(taken,), disabled=cannot)
    for sentence in filter(None, [text.neuron(outcome, st.session_state.activation), *text.why(outcome).values()]):
        st.markdown(sentence)
    st.caption(text.SIZES)
    spec = chart.sizes(model.sizes(outcome))
    st.vega_lite_chart(spec, key="sizes", alt=text.SIZES, width="stretch")

    steps = st.container()
    downloads.share("Network", picture_spec, message, partial(_files, outcome))
    if outcome.finite:
        with steps:
            _walk(outcome, sample)  # drawn last: where it asks for an answer, the page ends


def _files(outcome: Outcome) -> None:
    """The run to take home."""
    st.markdown("Every update as a table; the run as a program that needs only numpy and checks itself:")
    with st.container(horizontal=True):
        downloads.button("Table", partial(model.history_csv, outcome), "network.csv", "text/csv")
        downloads.programs(partial(program.program, outcome))


def _walk(outcome: Outcome, sample: int) -> None:
    """One update step by step; folded away, all of it as tables."""
    st.header("One update, step by step")
    st.caption(f"With the numbers of sample {sample + 1}.")
    update = stepper("Update", "network_update", outcome.finite)
    step = stepper("Step", "network_step", walk.count(outcome.network))
    predict.the_node_slope(outcome, update, step, sample)
    st.markdown(str(next(islice(walk.steps(outcome, update, sample), step - 1, None))))
    folded("Tables", "tables", partial(_tables, outcome, update, sample), ":material/table:")


def _tables(outcome: Outcome, update: int, sample: int) -> None:
    """The numbers of one update."""
    st.markdown("Weights and biases in this update; rise over run checks every slope")
    tables.show(model.place_table(outcome, update), "places", "Every weight and bias in this update")
    st.markdown(f"Nodes before this update, for sample {sample + 1}")
    frame = model.node_table(outcome, update, sample)
    alt = "Every node before this update, for one sample"
    tables.show(frame, "nodes", alt, height="content", labels=model.NODE_HEADS)

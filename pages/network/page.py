"""A small network, and backpropagation through it: every value and every slope, at every update."""

import streamlit as st

from pages.network import chart, fields, model, text
from pages.network.model import Outcome
from pages.shared import boxes, long_run
from pages.shared import fields as shared_fields


def page() -> None:
    """The network with its numbers, what it learnt, and what keeps it from learning."""
    top = st.container(horizontal=True)
    options = st.expander("Options: activations, start, optimiser, batch", icon=":material/tune:")
    given = fields.settings(top, options)
    outcome = Outcome(*given[:3], long_run.descend(*given))
    network = outcome.network
    boxes.show(text.kind(outcome), text.verdict(outcome))

    picture, looked_at = st.container(), st.container()
    with looked_at:
        sample = fields.sample(len(network.targets))
    _, _, stride = model.stops(outcome)
    spec = chart.chart(network, model.datasets(outcome, sample), stride)
    with picture:
        st.vega_lite_chart(spec, key="network", alt=text.picture(network), width="stretch")

    st.subheader("What keeps a network from learning")
    with st.container(horizontal=True):
        for label, case in fields.CASES.items():
            in_use = all(st.session_state.get(key) == value for key, value in case.items())
            st.button(label, on_click=st.session_state.update, args=(case,), disabled=in_use)
        st.button("The sidebar's neuron", on_click=st.session_state.update, args=(fields.THE_NEURON,))
    for sentence in filter(None, [text.neuron(network), *text.why(outcome).values()]):
        st.markdown(sentence)
    spec = chart.sizes(model.sizes(outcome))
    st.vega_lite_chart(spec, key="sizes", alt=text.sizes(), width="stretch")

    with st.popover("Share or download", icon=":material/ios_share:", key="share", on_change="rerun") as share:
        if share.open:
            st.markdown("This link opens the same run, anywhere:")
            st.code(shared_fields.link(), language=None, wrap_lines=True)

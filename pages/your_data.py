"""The same neuron with many samples: your own table, its fit, and the least squares beside it."""

import streamlit as st

from pages.parts import charts, controls, fields, frames, live, progress, source, tables, take, words, your_data
from pages.parts.shelf import SHELF

st.title("Your data")
st.markdown(
    "One sample has one error; a table has many, and the neuron makes the mean of their squares small. Take numbers "
    "from the shelf or bring your own, and see how near gradient descent comes to the best weights there are."
)


def body() -> None:
    """The samples, the run over them, and the best weights there are."""
    samples = source.samples(source.table())
    rate, updates = controls.settings("rate", "updates")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        optimiser = fields.optimiser(rate)
        size, seed = fields.batch(len(samples.aims))
        start = fields.start_weights(samples.weights)
    batches = your_data.problem(samples, st.session_state.activation, size, seed)
    run = progress.run(batches, start, optimiser, updates)
    history, least = your_data.history(run), your_data.best(batches, start)
    outcome = your_data.Outcome(samples, batches, start, optimiser, history, least)
    drawn, stride = frames.drawn(history)

    st.info(words.data_verdict(outcome))
    picture, numbers = st.columns([3, 2], gap="medium")
    with picture:
        spec = charts.fit.chart(
            (samples.names, samples.target),
            batches.neuron.activation,
            your_data.datasets(samples, drawn, least),
            stride,
            log=words.runs_away(history),
        )
        says = words.fit_picture(samples, len(your_data.some(samples)), history)
        st.vega_lite_chart(spec, key="fit", alt=says, width="stretch")
        if note := words.drawn(history, drawn, stride):
            st.caption(note)
    with numbers:
        what = st.radio("Update by update", ["Slopes", "Weights"], horizontal=True, key="by_update")
        table = frames.slopes(history) if what == "Slopes" else frames.weights(history)
        tables.show(table, "by_update_table", f"{what} by update", height=560, labels=samples.weights)
        if shelved := SHELF.get(st.session_state.data):
            st.caption(shelved.whose)

    st.subheader("The best weights there are")
    st.markdown(words.best_weights(outcome))
    if least:
        st.button(
            "Take the best learning rate",
            on_click=controls.take_rate,
            args=(least.best_rate,),
            disabled=not your_data.can_be_typed(least.best_rate),
            icon=":material/straighten:",
        )
    tables.show(
        your_data.standing(outcome),
        "standing",
        "Each weight at the end and by least squares",
        height="content",
    )
    if least:
        st.subheader("What bias and standardising do to the curvature")
        ways = your_data.ways(samples)
        st.markdown(words.switches(samples, ways))
        tables.words(
            words.switches_table(samples, ways),
            "switches",
            "Curvatures and learning rates for the four ways to set both",
        )

    with st.popover("Share or download", icon=":material/ios_share:"):
        link = source.link(samples)
        st.markdown(
            "This link has every setting but not your file: who opens it uploads the file again."
            if st.session_state.data == source.FILE
            else "This link opens the same run, anywhere:"
        )
        st.code(link, language=None, wrap_lines=True)
        take.files(outcome, spec, link)


live.follow(body)

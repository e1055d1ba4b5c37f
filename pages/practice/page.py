"""Practice: a question, your answers, and the verdict on each."""

import streamlit as st

from pages.practice import answers, chart, text
from pages.shared import fields, hand_in, tables
from pages.shared.quiz import givens
from pages.shared.quiz.exercises import EXERCISES, draw_question


def page() -> None:
    """A question, its answers, and what was done so far."""
    done = answers.solved()
    exercise = answers.choose()
    body, (go_on, handed_in) = st.container(), st.columns([2, 1], vertical_alignment="bottom")
    with go_on:
        seed = answers.number(exercise)
    question = draw_question(exercise, seed)
    with body:
        st.markdown(EXERCISES[exercise].task)
        if (table := givens.table(question)) is not None:
            tables.show(table, "exercise_table", "The first updates of this history", height="content")
        shown, asked = st.columns([4, 3], gap="medium")
    with asked:
        right, lines = answers.ask(exercise, seed, question)
    with shown:
        if code := "\n\n".join(filter(None, [givens.neuron(question), givens.program(question, right)])):
            st.code(code, wrap_lines=True)
        if (curves := givens.curves(question, lines)) is not None:
            spec = chart.chart(curves)
            st.vega_lite_chart(spec, key="exercise_chart", alt=text.chart(curves), width="stretch")

    with handed_in, st.popover("Share or hand in", icon=":material/ios_share:"):
        fields.show_link("question")
        hand_in.receipt()
    if answers.solved() != done:
        st.rerun()  # the choice at the top was drawn before this answer

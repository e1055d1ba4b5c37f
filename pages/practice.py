"""Practice: a question, what it gives, your answers and what is said of them."""

import streamlit as st

from pages.parts import charts, controls, drills, live, practice, tables, words

st.title("Practice")
st.markdown(
    "Answer in numbers or in a line of numpy. A wrong answer is told **what it would have been right for**, and there "
    "is always another question. The exercises bring neurons of their own; the sidebar rests."
)


def body() -> None:
    """The question, its answers, and what was done so far."""
    exercise, seed, asked = practice.choose()
    st.markdown(words.task(exercise))

    if (numbers := drills.numbers(asked)) is not None:
        tables.show(numbers, "drill_table", "The first updates of this history", height="content")
    shown, answers = st.columns([4, 3], gap="medium")
    with answers:
        right = practice.answers(exercise, seed, asked)
    mine = practice.typed_lines(exercise, seed, asked)
    with shown:
        if code := "\n\n".join(filter(None, [drills.given(asked), drills.program(asked, right)])):
            st.code(code, wrap_lines=True)
        if (curves := drills.curves(asked, mine)) is not None:
            log = words.runs_away(curves)
            st.vega_lite_chart(
                charts.drill.chart(curves, log=log), key="drill", alt=words.drill(curves), width="stretch"
            )

    practice.progress()
    with st.popover("Share or hand in", icon=":material/ios_share:"):
        st.markdown("This link opens the same question, anywhere:")
        st.code(controls.link("exercise", "question"), language=None, wrap_lines=True)
        st.markdown("A receipt of what you answered since this page was loaded:")
        practice.receipt()


live.follow(body)

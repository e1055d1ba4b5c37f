"""Worksheets: exercises to print, with room to write, and their keys."""

from functools import partial

import streamlit as st

from pages.shared import downloads, fields, parse, tables
from pages.shared.quiz import givens
from pages.shared.quiz.exercises import EXERCISES, LARGEST_SEED, Choice, draw_question
from pages.worksheets import model, sheet

MOST_QUESTIONS, MOST_SHEETS = 6, 40
NARROW = 105  # pixels: three of them beside each other on a phone
AT_FIRST = {"Slope": 2, "Weights": 1}  # questions of these exercises


def page() -> None:
    """What is to be printed, the file, and the first sheet."""
    st.markdown("How many questions of each exercise?")
    counts = {}
    with st.container(horizontal=True):
        for exercise in EXERCISES:
            key, begins = f"of_{exercise.lower().replace(' ', '_')}", AT_FIRST.get(exercise, 0)
            options = range(MOST_QUESTIONS + 1)
            counts[exercise] = fields.choose(exercise, options, key=key, index=begins, width=NARROW)
    about = "The same number is the same question for all."
    with st.container(horizontal=True):
        read = partial(parse.whole, least=1, most=LARGEST_SEED)
        first = fields.ask(read, "First question number", "1", key="first_question", help=about, width=fields.WIDTH)
        read = partial(parse.whole, least=1, most=MOST_SHEETS)
        how_many = fields.ask(read, "Different sheets", "1", key="sheets", width=NARROW)
    if not any(counts.values()):
        st.info("Choose at least one question.", icon=":material/edit:")
        st.stop()
    sheets = model.sheets(counts, fields.required(first), fields.required(how_many))
    st.info(model.message(sheets), icon=":material/print:")
    make = partial(sheet.document, sheets, fields.address("practice"))
    downloads.button("Worksheets to print", make, "worksheets.html", "text/html")
    st.caption("One file: open it in a browser, and print it from there.")
    st.header("Worksheet 1")
    for exercise, seeds in sheets[0].items():
        st.subheader(exercise)
        st.markdown(EXERCISES[exercise].task)
        for seed in seeds:
            _question(exercise, seed)


def _question(exercise: str, seed: int) -> None:
    """A question as it will be printed, without the room to write."""
    question = draw_question(exercise, seed)
    st.markdown(f"**Question {seed}**")
    if (table := model.table(question)) is not None:
        tables.words(table, f"table {exercise} {seed}", "The first updates of this history")
    shown, asked = st.columns([4, 3], gap="medium")
    with shown:
        if (curves := givens.curves(question, {})) is not None:
            st.image(sheet.picture(curves), alt="The history as a curve", width=sheet.WIDE)
        if code := model.code(question):
            st.code(code, wrap_lines=True)
    with asked:
        for letter, part in model.parts(question):
            st.markdown(f"{letter}) {model.asks(question, part)}")
            if isinstance(part, Choice):
                st.markdown("\n".join(f"- {option}" for option in part.options))

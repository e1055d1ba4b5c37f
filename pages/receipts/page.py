"""Receipts: what a class handed in, judged again, as one table; the server stores none of it."""

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.receipts import model
from pages.receipts.model import MOST_QUESTIONS, STUCK, Class
from pages.shared import downloads
from pages.shared.numbers import counted

DROP = "Drop the receipts of your class here: the JSON files that they handed in."
NOT_STORED = "Nothing is stored: the files are read in memory, and are gone when you close or reload this page."
TABLE, LEARNER, QUESTION = "class", "learner", "question of"  # keys


def page() -> None:
    """Files in, table out; below it one learner's attempts, what many got wrong, who is stuck, what does not fit."""
    files = st.file_uploader(DROP, type="json", accept_multiple_files=True)
    st.caption(NOT_STORED)
    given = _class(files)
    doubts = given.doubts
    if files:
        read = f"Read: {len(given.receipts)} of {counted(len(files), 'file')}."
        if len(doubts):
            doubtful = f"What may not be right is at the end of this page: {counted(len(doubts), 'doubt')}."
            st.warning(f"{read} {doubtful}", icon=":material/help:")
        else:
            st.success(f"{read} Everything in them fits together.", icon=":material/check:")
    if given.receipts:
        _table(given)
        _attempts(given)
        st.header("Misconceptions")
        _show(given.misconceptions, "misconceptions", "No answer is what a known misconception leads to.")
        st.header("Stuck")
        _show(given.stuck, "stuck", f"Nobody has tried the same part {STUCK} times without getting it right.")
    if len(doubts):
        st.header("What does not fit")
        st.dataframe(doubts, key="doubts", alt="What does not fit", hide_index=True)


def _class(files: list[UploadedFile]) -> Class:
    """The class of these files; kept until others are dropped."""
    state, ids = st.session_state, [file.file_id for file in files]
    if state.get("class of", ([], None))[0] != ids or not ids:
        for key in (LEARNER, QUESTION):  # chosen in another class
            state.pop(key, None)
        state["class of"] = ids, model.read((file.name, file.getvalue()) for file in files)
    return state["class of"][1]


def _table(given: Class) -> None:
    st.dataframe(
        given.table, key=TABLE, alt="How each learner did on each question", hide_index=True,
        on_select=partial(_take, given), selection_mode="single-cell",
        column_config={"learner": st.column_config.Column(pinned=True)},
    )  # fmt: skip
    if len(given.questions[0]) == MOST_QUESTIONS:
        st.caption(f"These are the {MOST_QUESTIONS} questions that most of them tried.")
    downloads.button("Table as CSV", lambda: given.table.to_csv(index=False), "class.csv", "text/csv")


def _attempts(given: Class) -> None:
    """One learner's attempts at one question, chosen here or by a cell of the table."""
    st.header("Attempts")
    st.markdown("Click a cell of the table, or choose:")
    who, which = st.columns(2)
    learner = who.selectbox("Learner", range(len(given.learners)), format_func=given.learners.__getitem__, key=LEARNER)
    question = which.selectbox("Question", [*given.questions[learner]], key=QUESTION)
    if question:
        _show(given.attempts(learner, question), "attempts", "Not tried.")


def _take(given: Class) -> None:
    """Choose the learner and the question of the cell that was clicked."""
    for row, column in st.session_state[TABLE].selection.cells:
        if 0 <= row < len(given.learners):
            st.session_state[LEARNER] = row
            if column in given.questions[row]:
                st.session_state[QUESTION] = column


def _show(frame: pd.DataFrame, name: str, nothing: str) -> None:
    """A table, or a sentence where there is nothing in it."""
    if len(frame):
        st.dataframe(frame, key=f"table of {name}", alt=name.capitalize(), hide_index=True)
    else:
        st.markdown(nothing)

"""Receipts: what a class handed in, judged again, as one table; the server keeps none of it."""

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.receipts import reader
from pages.receipts.model import NOT_TRIED, STUCK, Class
from pages.shared import downloads

MOST_FILES = 300
DROP = 'Drop the receipts of your class, the JSON files from "Share or hand in" on Practice'
NOT_KEPT = "Nothing is stored: the files are read for this page, and gone when you leave it."
TABLE, LEARNER, QUESTION = "class", "learner", "question of"  # keys


def page() -> None:
    """Files in, table out; below it one learner's attempts, what many got wrong, who is stuck, what does not fit."""
    files = st.file_uploader(DROP, type="json", accept_multiple_files=True, help=NOT_KEPT)
    st.caption(NOT_KEPT)
    if not files:
        st.session_state.pop("class of", None)
        return
    given, refused = _read(files)
    if refused:
        st.error(f"Not read: {len(refused)} of {len(files)} files.")
        _words(pd.DataFrame(refused, columns=["file", "why"]), "refused", "Files that were not read")
    if not given:
        return
    _class(given)


def _read(files: list[UploadedFile]) -> tuple[Class | None, list[tuple[str, str]]]:
    """The class of these files, and which of them were refused and why; kept until other files are dropped."""
    state, ids = st.session_state, [file.file_id for file in files]
    if "class of" not in state or state["class of"][0] != ids:
        for key in (LEARNER, QUESTION):  # chosen in another class
            state.pop(key, None)
        receipts, refused = [], [(file.name, f"At most {MOST_FILES} files are read.") for file in files[MOST_FILES:]]
        for file in files[:MOST_FILES]:
            try:
                receipts.append(reader.read(file.name, file.getvalue()))
            except ValueError as sentence:
                refused.append((file.name, str(sentence)))
        state["class of"] = ids, Class(receipts) if receipts else None, refused
    return state["class of"][1:]


def _class(given: Class) -> None:
    try:
        table, doubts = given.table(), given.doubts()
    except ValueError as sentence:
        st.error(str(sentence))
        return
    if len(doubts):
        st.warning("Something does not fit: see below the table.", icon=":material/help:")
    st.dataframe(
        table, key=TABLE, alt="How each learner did on each question", hide_index=True, selection_mode="single-cell",
        on_select=partial(_take, given), column_config={"learner": st.column_config.Column(pinned=True)},
    )  # fmt: skip
    downloads.button("Table", given.csv, "class.csv", "text/csv")
    _attempts(given)
    for title, frame, nothing in (
        ("Misconceptions", given.misconceptions(), "No answer is one that a known mistake leads to."),
        ("Stuck", given.stuck(), f"Nobody has tried a question {STUCK} times without getting it right."),
        ("What does not fit", doubts, "Verdicts, questions, tries, hints and times fit together in every receipt."),
    ):
        st.subheader(title)
        if len(frame):
            _words(frame, title, title)
        else:
            st.markdown(nothing)


def _attempts(given: Class) -> None:
    """One learner's attempts at one question, chosen here or by a cell of the table."""
    st.subheader("Attempts")
    who, which = st.columns(2)
    learner = who.selectbox("Learner", range(len(given.learners)), format_func=given.learners.__getitem__, key=LEARNER)
    questions = given.questions[learner]
    if not questions:
        return
    question = which.selectbox("Question", [*questions], key=QUESTION)
    attempts = given.attempts(learner, question)
    if len(attempts):
        _words(attempts, "attempts", "The attempts")
    else:
        st.markdown(NOT_TRIED.capitalize() + ".")


def _take(given: Class) -> None:
    """Choose the learner and the question of the cell that was clicked."""
    for row, column in st.session_state[TABLE].selection.cells:
        if 0 <= row < len(given.learners):
            st.session_state[LEARNER] = row
            if column in given.questions[row]:
                st.session_state[QUESTION] = column


def _words(frame: pd.DataFrame, key: str, alt: str) -> None:
    """A table of texts, as high as it needs to be but no higher than the screen."""
    st.dataframe(frame, key=f"table of {key}", alt=alt, hide_index=True)

"""Where samples come from, on the screen: the shelf, a table typed or edited, a file; and which columns are used."""

from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from pages.parts import controls, fields, reader, your_data
from pages.parts.reader import Column
from pages.parts.shelf import SHELF
from pages.parts.your_data import MOST_INPUTS, Samples

TYPED, FILE = "Typed table", "Uploaded file"
LONGEST = 4000  # characters of a typed table: it is in the link
FIRST = "rooms,floor area (m2),rent\n1,28,610\n2,45,840\n2,52,910\n3,61,1150\n3,74,1240\n4,88,1480"
BOTH = ("aim", "columns")  # what is chosen of a table
CHOICES = [*SHELF, TYPED, FILE]


class Given(NamedTuple):
    """A table, and the place of the column that is its target unless another is chosen."""

    raw: bytes
    columns: tuple[Column, ...]
    target: int


def table() -> Given:
    """The table that was chosen. Where there is none to use, the page says why and ends here."""
    choice, about = st.columns([2, 5], vertical_alignment="bottom", gap="medium")
    with choice:
        fields.remembered("data", CHOICES)
        name = st.selectbox("Data", CHOICES, key="data", bind="query-params", on_change=_anew, args=BOTH)
    if name in SHELF:
        raw = SHELF[name].raw
        with about.container(horizontal=True, vertical_alignment="bottom"):
            st.caption(SHELF[name].about)
            if len(raw) <= LONGEST:
                st.button("Edit a copy", on_click=_copy, args=(raw.decode(),), icon=":material/edit:")
    else:
        raw = _typed() if name == TYPED else _file()
    try:
        columns = your_data.read(raw)
    except ValueError as sentence:
        st.error(f"This table cannot be used yet. {sentence}")
        st.stop()
    numbers = [place for place, column in enumerate(columns) if column.numbers is not None]
    if len(numbers) < 2:
        why = next((column.why for column in columns if column.why), "Add a column.")
        st.error(f"A table needs two columns of numbers, a target and an input. {why}")
        st.stop()
    return Given(raw, columns, SHELF[name].target if name in SHELF else numbers[-1])


def samples(given: Given) -> Samples:
    """The columns that are used, and the two switches."""
    raw, columns, usual = given
    numbers = [place for place, column in enumerate(columns) if column.numbers is not None]
    with st.container(horizontal=True):
        fields.remembered("aim", numbers)
        _begin("aim", st.session_state.get("aim", usual) in numbers, usual)
        target = st.selectbox(
            "Target",
            numbers,
            index=numbers.index(usual),
            format_func=lambda place: columns[place].name,
            key="aim",
            bind="query-params",
            on_change=_anew,
            args=("columns",),
            width=270,
        )
        others = [place for place in numbers if place != target]
        fields.remembered("columns")
        _begin("columns", {*st.session_state.get("columns", others)} <= {*others}, others[:MOST_INPUTS])
        chosen = st.multiselect(
            "Inputs",
            others,
            default=others[:MOST_INPUTS],
            format_func=lambda place: columns[place].name,
            key="columns",
            max_selections=MOST_INPUTS,
            bind="query-params",
            width=520,
        )
    out = [column.why for column in columns if column.why]
    if out:
        more = f" So {'is 1 other' if len(out) == 2 else f'are {len(out) - 1} others'}." if len(out) > 1 else ""
        st.caption(f"One column is left out. {out[0]}{more}")
    if not chosen:
        st.error("Choose at least one column as an input.")
        st.stop()
    with st.container(horizontal=True):
        switches = {}
        for key, label in (("bias", "Bias: a column of ones"), ("standardise", "Standardise the inputs")):
            fields.remembered(key)
            switches[key] = st.checkbox(label, value=True, key=key, bind="query-params")
    return your_data.samples(raw, target, tuple(chosen), **switches)


def link(samples: Samples) -> str:
    """The address of this page with every setting in it; of a file only that there was one."""
    here = {key: str(st.session_state[key]) for key in ("data", "optimiser", "batch", "start")}
    here |= {key: str(getattr(samples, key)).lower() for key in ("bias", "standardise")}
    here |= {key: st.session_state[key] for key in ("size", "seed") if key in st.session_state}
    if here["data"] == TYPED:
        here["table"] = st.session_state.table
    return controls.link(**here, aim=samples.target, columns=list(samples.names))


def _copy(text: str) -> None:
    """Take a table of the shelf as one that is typed."""
    st.session_state.data, st.session_state.table = TYPED, text.strip()
    _anew(*BOTH)


def _anew(*keys: str) -> None:
    """Have choices begin anew where the page draws them: another table has other columns."""
    st.session_state.anew = keys


def _begin(key: str, fits: bool, usual: Any) -> None:
    """Set a choice to what is usual where it does not fit, or is to begin anew; the browser is told of it too."""
    anew = st.session_state.get("anew", ())
    if key in anew or not fits:
        st.session_state[key] = usual
        st.session_state.anew = tuple(other for other in anew if other != key)


def _typed() -> bytes:
    """A table as text, and the same in cells to edit. The text is in the link."""
    fields.remembered("table")
    text, cells = st.columns(2, gap="medium")
    with text:
        typed = st.text_area(
            "The table as text",
            FIRST,
            key="table",
            max_chars=2 * LONGEST,
            height=260,
            bind="query-params",
            help="Names in the first row. Cells are divided by commas, semicolons or tabs: paste from a spreadsheet.",
        )
    with cells:
        _editor(typed)
    if len(typed) > LONGEST:
        st.error(
            f"This table has more than {LONGEST:,} characters. Take out rows, or save it as CSV and upload the file."
        )
        st.stop()
    return typed.encode()


def _editor(typed: str) -> None:
    """The cells. What is edited goes into the text; the cells begin anew only when the text is changed by hand.

    Otherwise every edit would make another editor, and who edits would lose the place.
    """
    if typed != st.session_state.get("edited text") or "cells" not in st.session_state:
        try:
            names, rows, _ = reader.cells(typed.encode())
        except ValueError:
            return  # told beneath
        st.session_state.edited = pd.DataFrame([cells for _, cells in rows], columns=names, dtype=str)
        st.session_state["edited text"] = typed
    frame = st.session_state.edited
    st.markdown("The same in cells")
    st.data_editor(
        frame,
        key="cells",
        num_rows="dynamic",
        hide_index=True,
        height=260,
        alt="The table in cells to edit",
        on_change=_take_cells,
        args=(frame,),
    )


def _take_cells(frame: pd.DataFrame) -> None:
    """Write the edits into the text."""
    text = reader.edited(frame, st.session_state.cells)
    st.session_state.table = st.session_state["edited text"] = text[: 2 * LONGEST]


def _file() -> bytes:
    """A file, kept while other pages are open. Where there is none yet, the page ends here."""
    st.file_uploader(
        f"CSV file: {reader.LIMITS}",
        type=["csv", "tsv", "txt"],
        key="upload",
        on_change=_take_file,
        help="Cells divided by commas, semicolons or tabs; with or without names in the first row; decimal commas too.",
    )
    if "file" not in st.session_state:
        st.info(
            "Choose a file. It stays in the memory of the server while this page is open in your browser, and is never "
            "in the link."
        )
        st.stop()
    return st.session_state.file


def _take_file() -> None:
    """Keep the file that was chosen, or let go of the one that was taken away."""
    if found := st.session_state.upload:
        st.session_state.file = found.getvalue()
    else:
        st.session_state.pop("file", None)
    _anew(*BOTH)

"""Where samples come from, on the screen: the shelf, a table typed or edited, a file; and which columns are used."""

from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from pages.parts import controls, fields, reader, your_data
from pages.parts.setup import EndOfPage
from pages.parts.shelf import SHELF
from pages.parts.typed import MOST_INPUTS
from pages.parts.your_data import Samples, Table

TYPED, FILE = "Typed table", "Uploaded file"
LONGEST = 4000  # characters of a typed table: it is in the link
FIRST = "rooms,floor area (m2),rent\n1,28,610\n2,45,840\n2,52,910\n3,61,1150\n3,74,1240\n4,88,1480"
BOTH = ("aim", "columns")  # what is chosen of a table
CHOICES = [*SHELF, TYPED, FILE]


class Given(NamedTuple):
    """A table, and the place of the column that is its target unless another is chosen."""

    table: Table
    target: int


def table() -> Given:
    """The table that was chosen. Where there is none to use, the page says why and ends here."""
    choice, about = st.columns([2, 5], vertical_alignment="bottom", gap="medium")
    with choice:
        fields.remembered("data", CHOICES)
        name = st.selectbox("Data", CHOICES, key="data", bind="query-params", on_change=_anew, args=BOTH)
    if name in SHELF:
        found: Table | str = your_data.read(SHELF[name].raw)
        with about.container(horizontal=True, vertical_alignment="bottom"):
            st.caption(SHELF[name].what)
            if len(SHELF[name].raw) <= LONGEST:
                st.button("Edit a copy", on_click=_copy, args=(SHELF[name].raw.decode(),), icon=":material/edit:")
    else:
        found = _typed() if name == TYPED else _file()
    if isinstance(found, str):
        st.error(f"This table cannot be used yet. {found}")
        raise EndOfPage
    columns = found.columns
    numbers = [place for place, column in enumerate(columns) if column.numbers is not None]
    if len(numbers) < 2:
        why = next((column.why for column in columns if column.why), "Add a column.")
        st.error(f"A table needs two columns of numbers, a target and an input. {why}")
        raise EndOfPage
    return Given(found, SHELF[name].target if name in SHELF else numbers[-1])


def samples(given: Given) -> Samples:
    """The columns that are used, and the two switches."""
    (columns, usual), table = (given.table.columns, given.target), given.table
    numbers = [place for place, column in enumerate(columns) if column.numbers is not None]
    names = [columns[place].name for place in numbers]
    if st.session_state.get("named", names) != names:
        _anew(*BOTH)
    st.session_state.named = names
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
        before = st.session_state.get("columns", [])
        _begin("columns", {*before} <= {*others} and len(before) <= MOST_INPUTS, others[:MOST_INPUTS])
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
        more = f" And {len(out) - 1} more." if len(out) > 1 else ""
        st.caption(f"Left out: {out[0]}{more}")
    if not chosen:
        st.error("Choose at least one column as an input.")
        raise EndOfPage
    with st.container(horizontal=True):
        switches = {}
        for key, label in (("bias", "Bias: a column of ones"), ("standardise", "Standardise the inputs")):
            fields.remembered(key)
            switches[key] = st.checkbox(label, value=True, key=key, bind="query-params")
    return your_data.samples(table, target, tuple(chosen), **switches)


def link(samples: Samples) -> str:
    """The address of this page with every setting in it; of a file only that there was one."""
    here = {key: str(st.session_state[key]) for key in ("data", "optimiser", "batch", "start")}
    here |= {key: str(getattr(samples, key)).lower() for key in ("bias", "standardise")}
    here |= {key: st.session_state[key] for key in ("size", "seed") if key in st.session_state}
    if here["data"] == TYPED:
        here["table"] = st.session_state.table
    return controls.link(**here, aim=samples.target, columns=list(samples.names))


def _copy(text: str) -> None:
    """Take a table of the shelf as one that is typed. A field that is not drawn yet leaves the address to us."""
    st.session_state.data = TYPED
    st.session_state.table = st.query_params["table"] = text.strip()
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


def _typed() -> Table | str:
    """A table as text, and the same in cells to edit, or why it cannot be used. The text is in the link."""
    fields.remembered("table")
    text, cells = st.columns(2, gap="medium")
    with text:
        typed = st.text_area(
            "The table as text",
            FIRST,
            key="table",
            height=260,
            bind="query-params",
            help="Names in the first row. Cells are divided by commas, semicolons or tabs: paste from a spreadsheet.",
        )
    if len(typed) > LONGEST:
        return f"It has more than {LONGEST:,} characters. Take out rows, or save it as CSV and upload the file."
    with cells:
        _editor(typed)
    return your_data.read(typed.encode())


def _editor(typed: str) -> None:
    """The cells. What is edited goes into the text; the cells begin anew only when the text is changed by hand.

    Otherwise every edit would make another editor, and who edits would lose the place.
    """
    if typed != st.session_state.get("text of the cells") or "cells" not in st.session_state:
        try:
            names, rows, _ = reader.cells(typed.encode())
        except ValueError:
            return  # told beneath
        st.session_state["cells before"] = pd.DataFrame([cells for _, cells in rows], columns=names, dtype=str)
        st.session_state["text of the cells"] = typed
    frame = st.session_state["cells before"]
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
    try:
        text = reader.edited(frame, st.session_state.cells)
    except (AttributeError, LookupError, TypeError, ValueError):
        return  # no editor sends such edits
    st.session_state.table = st.session_state["text of the cells"] = text


def _file() -> Table | str:
    """A file, kept while other pages are open, or why it cannot be used. Without one yet the page ends here."""
    st.file_uploader(
        f"CSV file: {reader.LIMITS}",
        type=["csv", "tsv", "txt"],
        key="upload",
        on_change=_take_file,
        help="Cells divided by commas, semicolons or tabs; with or without names in the first row; decimal commas too.",
    )
    if "file" not in st.session_state:
        st.info(
            "Choose a file. The server keeps what it reads in it for a while, shows it to nobody else, and puts "
            "nothing of it into the link."
        )
        raise EndOfPage
    if not st.session_state.upload:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("The file you chose before is still in use.")
            st.button("Let go of it", on_click=_take_file, icon=":material/delete:")
    return st.session_state.file


def _take_file() -> None:
    """Keep what was read of the file that was chosen, or let go of the one that was taken away."""
    if found := st.session_state.upload:
        st.session_state.file = your_data.read(found.getvalue())
    else:
        st.session_state.pop("file", None)
    _anew(*BOTH)

"""Where samples come from, on the screen: a data set, a table typed or edited, a file; and which columns are used."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import fields
from pages.shared.parse import MOST_INPUTS
from pages.your_data import model, reader
from pages.your_data.datasets import DATASETS
from pages.your_data.model import Samples, Table

TYPED, FILE = "Typed table", "Uploaded file"
LONGEST = 4000  # characters of a typed table: it is in the link
FIRST = "rooms,floor area (m2),rent\n1,28,610\n2,45,840\n2,52,910\n3,61,1150\n3,74,1240\n4,88,1480"
BOTH = ("aim", "columns")  # what is chosen of a table
# What is missing.
TWO_COLUMNS = "A table needs two columns of numbers, a target and an input."
NO_INPUT = "Choose at least one column as an input."
NO_FILE = (
    "Choose a file. The server keeps the numbers in it for a while, shows them to nobody else, and puts none of them "
    "into the link."
)
TOO_LONG = f"This table has more than {LONGEST:,} characters. Remove rows, or save it as CSV and upload the file."


def samples() -> Samples:
    """The samples that are chosen. Where there are none to use, the page says why and ends here."""
    table, target = _table()
    target, inputs = _columns(table, target)
    with st.container(horizontal=True):
        bias = fields.switch("Bias: a column of ones", key="bias", value=True)
        standardise = fields.switch("Standardise the inputs", key="standardise", value=True)
    return model.samples(table, target, inputs, bias=bias, standardise=standardise)


def _table() -> tuple[Table, int]:
    """The table, and the place of the column that is its target unless another is chosen."""
    choice, about = st.columns([2, 5], vertical_alignment="bottom", gap="medium")
    with choice:
        name = fields.choose("Data", [*DATASETS, TYPED, FILE], key="data", on_change=_anew, args=BOTH)
    if dataset := DATASETS.get(name):
        with about.container(horizontal=True, vertical_alignment="bottom"):
            st.caption(dataset.about)
            if len(dataset.raw) <= LONGEST:
                st.button("Edit a copy", on_click=_copy, args=(dataset.raw.decode(),), icon=":material/edit:")
        return model.read(dataset.raw), dataset.target
    table = fields.required(_typed() if name == TYPED else _file())
    if len(table.numeric) < 2:
        st.error(f"{TWO_COLUMNS} {next((column.why for column in table.columns if column.why), 'Add a column.')}")
        st.stop()
    return table, table.numeric[-1]


def _columns(table: Table, usual: int) -> tuple[int, tuple[int, ...]]:
    """The place of the target, at first the `usual` one, and those of the inputs."""
    columns, numeric = table.columns, table.numeric
    names = [columns[place].name for place in numeric]
    if st.session_state.get("named", names) != names:
        _anew(*BOTH)
    st.session_state.named = names
    with st.container(horizontal=True):
        _begin("aim", st.session_state.get("aim", usual) in numeric, usual)
        target = fields.choose(
            "Target",
            numeric,
            key="aim",
            index=numeric.index(usual),
            format_func=lambda place: columns[place].name,
            on_change=_anew,
            args=("columns",),
            width=270,
        )
        others = [place for place in numeric if place != target]
        fields.recall("columns")
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
        fields.note("columns", [columns[place].name for place in chosen])
    out = [column.why for column in columns if column.why]
    if out:
        more = f" And {len(out) - 1} more." if len(out) > 1 else ""
        st.caption(f"Left out: {out[0]}{more}")
    if not chosen:
        st.error(NO_INPUT)
        st.stop()
    return target, tuple(chosen)


def _copy(text: str) -> None:
    """Take a data set as a table that is typed. A field that is not drawn yet leaves the address to us."""
    st.session_state.data = TYPED
    st.session_state.table = st.query_params["table"] = text.strip()
    _anew(*BOTH)


def _anew(*keys: str) -> None:
    """Have choices begin anew where the page draws them: another table has other columns."""
    st.session_state.anew = keys


def _begin(key: str, fits: bool, usual: Any) -> None:
    """Set a choice to the usual one where it does not fit, or is to begin anew."""
    anew = st.session_state.get("anew", ())
    if key in anew or not fits:
        st.session_state[key] = usual
        st.session_state.anew = tuple(other for other in anew if other != key)


def _typed() -> Table | None:
    """A table as text, and the same in cells to edit; None where it cannot be used. The text is in the link."""
    text, cells = st.columns(2, gap="medium")
    with text:
        table = fields.ask(
            _read_text,
            "The table as text",
            FIRST,
            key="table",
            widget=st.text_area,
            max_chars=None,
            height=260,
            help="Names in the first row. Separate cells by commas, semicolons or tabs: paste from a spreadsheet.",
        )
    if len(st.session_state.table) <= LONGEST:
        with cells:
            _editor(st.session_state.table)
    return table


def _read_text(text: str) -> Table:
    if len(text) > LONGEST:
        raise ValueError(TOO_LONG)
    return model.read(text.encode())


def _editor(typed: str) -> None:
    """The cells. What is edited goes into the text; the cells begin anew only when the text is changed by hand.

    Otherwise every edit would make another editor, and a learner would lose their place in it.
    """
    if typed != st.session_state.get("text of the cells") or "cells" not in st.session_state:
        try:
            names, rows, _ = reader.cells(typed.encode())
        except ValueError:
            return  # said beneath the text
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


def _file() -> Table | None:
    """A file, kept while other pages are open; None where it cannot be used. Without one yet the page ends here."""
    st.file_uploader(
        f"CSV file: {reader.LIMITS}",
        type=["csv", "tsv", "txt"],
        key="upload",
        on_change=_take_file,
        help="Cells separated by commas, semicolons or tabs; names in the first row or none; decimal commas too.",
    )
    if "file" not in st.session_state:
        st.info(NO_FILE)
        st.stop()
    if not st.session_state.upload:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("The file you chose before is still in use.")
            st.button("Remove file", on_click=_take_file, icon=":material/delete:")
    file: Table | str = st.session_state.file
    if isinstance(file, Table):
        return file
    st.error(file)
    return None


def _take_file() -> None:
    """Keep what was read of the file that was chosen, or forget the one that was removed."""
    if found := st.session_state.upload:
        try:
            st.session_state.file = model.read(found.getvalue())
        except ValueError as sentence:
            st.session_state.file = str(sentence)
    else:
        st.session_state.pop("file", None)
    _anew(*BOTH)

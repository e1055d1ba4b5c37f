"""Where samples come from, on the screen: a data set, a table typed or edited, a file; and which columns are used."""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import assigned, fields, reader, sidebar
from pages.shared.numbers import counted, whole
from pages.shared.parse import MOST_INPUTS
from pages.shared.reader import LONGEST, Table
from pages.your_data import model
from pages.your_data.datasets import DATASETS, Dataset

TYPED, FILE = "Typed table", "Uploaded file"
HELP = "Commas, semicolons, spaces or a spreadsheet's tabs between cells. Names in the first row, or none."
OTHER_MARKS = "Read them the other way"
COUNTS = "only the number of the row, so no input at first. Choose it in the options to use it."
ROWS, COLUMNS = "rows", "columns"  # that are left out where cells are missing
MOST_ROWS_LOST = 0.2  # while fewer are, these are left out at first
# What is missing.
TWO_COLUMNS = "A table needs two columns of numbers, a target and an input."
EVERY_ROW = "Every row lacks a cell of the columns in use. Fill cells in, or choose other columns."
NO_INPUT = "Choose at least one column as an input."
NO_FILE = "Choose a file. Its numbers stay on the server for a while, nobody else sees them, and none are in the link."


def begin(*, linked: bool) -> None:
    """When this page is opened: its data set's own rate, updates and columns, unless something else is asked for."""
    name = st.query_params.get("data", st.session_state.get("kept data", ""))
    dataset = DATASETS.get(name) or next(iter(DATASETS.values()))
    if name in (TYPED, FILE) or not sidebar.begin(dataset.rate, dataset.updates, linked=linked):
        return
    chosen = {"aim", "columns"} & {*st.query_params} or "kept columns" in st.session_state
    if dataset.inputs and not chosen:
        table = reader.read(dataset.raw)
        st.session_state.columns = _usual(table, table.numeric[:-1], dataset)


def end() -> None:
    """When this page is left."""
    if dataset := DATASETS.get(st.session_state.get("data", "")):
        sidebar.end(dataset.rate, dataset.updates)


def table() -> Table:
    """The table that is chosen. Where there is none to use, the page says why and ends here."""
    found = _as_chosen(fields.required(_table()))
    if len(found.numeric) < 2:
        st.error(f"{TWO_COLUMNS} {next((column.why for column in found.columns if column.why), 'Add a column.')}")
        st.stop()
    return found


def samples(table: Table, options: DeltaGenerator) -> model.Samples:
    """The samples of a table. What is asked about them goes into `options`."""
    with options:
        target, inputs = _columns(table)
        with st.container(horizontal=True, vertical_alignment="center"):
            bias = fields.switch("Bias: a column of ones", key="bias", value=True)
            standardise = fields.switch("Standardise the inputs", key="standardise", value=True)
            dataset = DATASETS.get(st.session_state.data)
            if dataset and len(dataset.raw) <= LONGEST and not assigned.holds("data", "table"):
                st.button("Edit a copy", on_click=_copy, args=(dataset.raw.decode(),), icon=":material/edit:")
    if not inputs:
        st.error(NO_INPUT)
        st.stop()
    found = model.samples(table, target, inputs, bias=bias, standardise=standardise)
    if not len(found.targets):
        st.error(EVERY_ROW)
        st.stop()
    return found


def left_out(table: Table, samples: model.Samples) -> str:
    """How much of a table is left out because cells are missing; nothing where nothing is."""
    rows = len(table.missing)
    if lost := rows - len(samples.targets):
        return f"{_share(lost, rows, 'row')} left out: cells are missing."
    out = table.incomplete
    return f"{_share(out, out + len(table.numeric), 'column')} left out: cells are missing." if out else ""


def _share(part: int, of: int, what: str) -> str:
    return f"{whole(part)} of {counted(of, what)}"


def _as_chosen(table: Table) -> Table:
    """A table read as a learner chooses, with what they leave out of it; beneath it stands how it was read."""
    source = (st.session_state.data, *(column.name for column in table.columns))
    said = None
    if table.notes or table.counters:  # an empty container would take room
        with st.container(horizontal=True, vertical_alignment="center"):
            said = st.container(width="content")
            if table.other:
                _begin("marks", source, True, False)
                table = table.other if fields.switch(OTHER_MARKS, key="marks") else table
    notes = table.notes
    if table.missing.any():
        rows, columns = np.any(table.missing, axis=1), np.any(table.missing, axis=0)
        few = rows.mean() < MOST_ROWS_LOST or len(table.complete.numeric) < 2
        _begin("missing", (*source, few), True, ROWS if few else COLUMNS)
        captions = [_share(int(lost.sum()), len(lost), what) for lost, what in ((rows, "row"), (columns, "column"))]
        out = fields.choose(
            "Cells are missing. Leave out", [ROWS, COLUMNS], key="missing", index=int(not few), widget=st.radio,
            horizontal=True, captions=captions,
        )  # fmt: skip
        table = table if out == ROWS else table.complete
    if table.counters:
        notes = (*notes, f"{reader.these_columns(table.counters)}: {COUNTS}")
    if said and notes:
        said.caption(" ".join(notes))
    return table


def _table() -> Table | None:
    choice, about = st.columns([2, 5], vertical_alignment="bottom", gap="medium")
    with choice:
        name = fields.choose("Data", [*DATASETS, TYPED, FILE], key="data", on_change=_take_settings)
    if name == TYPED:
        return _typed()
    if name == FILE:
        return _file()
    about.markdown(DATASETS[name].about)
    return reader.read(DATASETS[name].raw)


def _take_settings() -> None:
    """Set the rate and the updates that suit the data set that was chosen."""
    if dataset := DATASETS.get(st.session_state.data):
        sidebar.suggest(dataset.rate, dataset.updates)


def _usual(table: Table, others: Sequence[int], dataset: Dataset | None) -> list[int]:
    """The places of a data set's usual inputs; without one, or where it names none, all `others` that count no rows."""
    if dataset and dataset.inputs:
        return [place for place in others if table.columns[place].name in dataset.inputs]
    return ([place for place in others if place not in table.counters] or [*others])[:MOST_INPUTS]


def _columns(table: Table) -> tuple[int, tuple[int, ...]]:
    """The place of the target, at first the last column, and those of the inputs, at first the usual ones."""
    columns, numeric = table.columns, table.numeric
    names = {place: columns[place].name for place in numeric}
    name, source = names.__getitem__, (st.session_state.data, *names.items())
    with st.container(horizontal=True):
        last = [place for place in numeric if place not in table.counters][-1]
        _begin("aim", source, st.session_state.get("aim", last) in numeric, last)
        index = numeric.index(last)
        target = fields.choose("Target", numeric, key="aim", index=index, format_func=name, width=270)
        others = [place for place in numeric if place != target]
        usual = _usual(table, others, DATASETS.get(st.session_state.data) if target == last else None)
        fields.recall("columns")
        before = st.session_state.get("columns", [])
        _begin("columns", (source, target), {*before} <= {*others} and len(before) <= MOST_INPUTS, usual)
        chosen = st.multiselect(
            "Inputs", others, _usual(table, others, None), name, key="columns", max_selections=MOST_INPUTS,
            bind="query-params", width=520,
        )  # fmt: skip
        fields.note("columns", [names[place] for place in chosen])
    if out := [column.why for column in columns if column.why]:
        st.caption(f"Left out: {out[0]}{f' And {len(out) - 1} more.' if len(out) > 1 else ''}")
    return target, tuple(chosen)


def _begin(key: str, source: Hashable, fits: bool, usual: int | str | Sequence[int]) -> None:
    """Set a choice about a table to the usual one where it does not fit, or is of another source than before."""
    if not fits or st.session_state.get(f"{key} of", source) != source:
        st.session_state[key] = usual
    st.session_state[f"{key} of"] = source


def _copy(text: str) -> None:
    """Take a data set as a table that is typed. A field that is not drawn yet leaves the address to us."""
    st.session_state.data = TYPED
    st.session_state.table = st.query_params["table"] = text.strip()


def _typed() -> Table | None:
    """A table as text, which is in the link, and the same in cells to edit."""
    text, cells = st.columns(2, gap="medium")
    with text:
        how: dict[str, Any] = {"widget": st.text_area, "height": 260, "help": HELP}
        table = fields.ask(reader.typed, "The table as text", reader.EXAMPLE, key="table", **how)
    if len(st.session_state.table) <= LONGEST and not assigned.holds("table"):
        with cells:
            _editor(st.session_state.table)
    return table


def _editor(typed: str) -> None:
    """The cells. What is edited goes into the text; the cells begin anew only when the text is changed by hand.

    Otherwise every edit would make another editor, and a learner would lose their place in it.
    """
    text, frame, _ = st.session_state.get("cells of", (None, None, None))
    if typed != text or "cells" not in st.session_state:
        try:
            found = reader.cells(typed.encode())
        except ValueError:
            return  # said beneath the text
        frame = pd.DataFrame([cells for _, cells in found.rows], columns=found.names, dtype=str)
        st.session_state["cells of"] = typed, frame, found.delimiter
    st.markdown("The same in cells")
    st.data_editor(
        frame, key="cells", num_rows="dynamic", hide_index=True, height=260, alt="Cells to edit", on_change=_take_cells
    )


def _take_cells() -> None:
    _, frame, delimiter = st.session_state["cells of"]
    try:
        text = reader.edited(frame, st.session_state.cells, delimiter)
    except (AttributeError, LookupError, TypeError, ValueError):
        return  # no editor sends such edits
    st.session_state.table = text
    st.session_state["cells of"] = text, frame, delimiter


def _file() -> Table | None:
    """The table of a file, which is kept while other pages are open. Without a file the page ends here."""
    st.file_uploader(
        f"CSV file: {reader.LIMITS}", type=["csv", "tsv", "txt"], key="upload", on_change=_take_file, help=HELP
    )
    file: Table | str | None = st.session_state.get("file")
    if not file:
        st.info(NO_FILE)
        st.stop()
    if not st.session_state.upload:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("The file you chose before is still in use.")
            st.button("Remove file", on_click=_take_file, icon=":material/delete:")
    if isinstance(file, Table):
        return file
    st.error(file)
    return None


def _take_file() -> None:
    """Keep what was read of the file that was chosen, or forget the one that was removed."""
    found = st.session_state.upload
    try:
        st.session_state.file = reader.read(found.getvalue()) if found else None
    except ValueError as sentence:
        st.session_state.file = str(sentence)

"""Files to take home of a run over many samples, each made when it is asked for."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from pages.parts import charts, picture, program, report, your_data
from pages.parts.your_data import Outcome


def files(outcome: Outcome, spec: dict[str, Any], link: str) -> None:
    """Buttons for the table, the script, the notebook, the picture and the report; `spec` is the picture's."""
    st.markdown("Every update as a table; the run with its data as a program that checks itself:")
    with st.container(horizontal=True):
        _file("Table", partial(your_data.as_csv, outcome), "csv", "text/csv")
        _file("Script", partial(program.script, outcome), "py", "text/x-python")
        _file("Notebook", partial(program.notebook, outcome), "ipynb", "application/x-ipynb+json")
    st.markdown("The picture after the last update, alone or in a report to print:")
    with st.container(horizontal=True):
        _file("SVG", partial(picture.svg, spec), "svg", "image/svg+xml")
        _file("PNG", partial(picture.png, spec), "png", "image/png")
        _file("Report", lambda: report.page(outcome, picture.svg(charts.fit.on_paper(spec)), link), "html", "text/html")


def _file(label: str, made: Callable[[], str | bytes], ending: str, kind: str) -> None:
    name, icon = f"gradient_descent.{ending}", ":material/download:"
    st.download_button(label, made, name, kind, key=f"take_{ending}", on_click="ignore", icon=icon)

"""Files to take home of a run over many samples, each made when it is asked for."""

from functools import partial
from typing import Any

import streamlit as st

from pages.parts import charts, downloads, picture, program, report, your_data
from pages.parts.your_data import Outcome


def files(outcome: Outcome, spec: dict[str, Any], link: str) -> None:
    """Buttons for the table, the script, the notebook, the picture and the report; `spec` is the picture's."""
    st.markdown("Every update as a table; the run with its data as a program that checks itself:")
    with st.container(horizontal=True):
        downloads.button("Table", partial(your_data.as_csv, outcome), "gradient_descent.csv", "text/csv")
        downloads.button("Script", partial(program.script, outcome), "gradient_descent.py", "text/x-python")
        downloads.button(
            "Notebook", partial(program.notebook, outcome), "gradient_descent.ipynb", "application/x-ipynb+json"
        )
    st.markdown("The picture after the last update, alone or in a report to print:")
    with st.container(horizontal=True):
        downloads.button("SVG", partial(picture.svg, spec), "gradient_descent.svg", "image/svg+xml")
        downloads.button("PNG", partial(picture.png, spec), "gradient_descent.png", "image/png")
        downloads.button(
            "Report",
            lambda: report.page(outcome, picture.svg(charts.fit.on_paper(spec)), link),
            "gradient_descent.html",
            "text/html",
        )

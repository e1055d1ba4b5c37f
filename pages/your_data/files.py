"""The link to a run over many samples, and files to take home, each made when it is asked for."""

from functools import partial
from typing import Any

import streamlit as st

from pages.shared import downloads, fields, image
from pages.your_data import chart, model, program, report, text
from pages.your_data.model import Outcome
from pages.your_data.source import FILE


def share(outcome: Outcome, spec: dict[str, Any]) -> None:
    """The link, and buttons for the files; `spec` is the chart's."""
    with st.popover("Share or download", icon=":material/ios_share:"):
        link = fields.link()
        message = "This link opens the same run, anywhere:"
        if st.session_state.data == FILE:
            message = "This link has every setting, but not your file: whoever opens it has to upload the file again."
        st.markdown(message)
        st.code(link, language=None, wrap_lines=True)
        st.markdown("Every update as a table; the run with its data as a program that checks itself:")
        with st.container(horizontal=True):
            downloads.button("Table", partial(model.history_csv, outcome), "gradient_descent.csv", "text/csv")
            downloads.programs(partial(program.program, outcome))
        downloads.picture("Your data", spec, text.verdict(outcome))
        st.markdown("The chart after the last update, alone or in a report to print:")
        with st.container(horizontal=True):
            downloads.button("SVG", partial(image.svg, spec), "gradient_descent.svg", "image/svg+xml")
            downloads.button("PNG", partial(image.png, spec), "gradient_descent.png", "image/png")
            downloads.button("Report", partial(_report, outcome, spec, link), "gradient_descent.html", "text/html")


def _report(outcome: Outcome, spec: dict[str, Any], link: str) -> str:
    return report.page(outcome, image.svg(chart.on_paper(spec)), link)

"""The report to print."""

import re

from pages.your_data import report
from tests.helpers.samples import NAMES, chance, outcome, typed


def test_the_report_is_html_that_holds_names_as_text_and_asks_nobody():
    run = outcome(typed(chance(NAMES, 12)))
    html = report.page(run, "<svg></svg>", "http://127.0.0.1/your_data?a=1&b=<2>")
    assert "<img" not in html
    assert "&lt;img src=x&gt;" in html
    assert not re.search(r"<(script|link|img|iframe)|src=[\"']", html)
    assert "**" not in html

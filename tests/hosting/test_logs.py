"""The log names an error and where it was raised, never what a learner typed; the learner sees the error's id."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from hosting import logs
from tests.helpers.client import Tab, result_of
from tests.helpers.servers import ROOT, Server

TYPED = "a learner's secret"


def test_a_learner_is_shown_the_id_of_an_error_in_the_log_and_nothing_else_of_it(tmp_path: Path):
    (tmp_path / "page.py").write_text(f"float({TYPED!r})")
    (tmp_path / "failing.py").write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "import streamlit as st\n"
        "from hosting import logs\n"
        "logs.begin()\n"
        "app = st.App('page.py', on_script_error=logs.show_error_id)\n"
    )

    async def visit(url: str) -> str:
        async with Tab(url) as tab:
            await tab.run()
            return " ".join(tab.texts)

    failing = Server(tmp_path / "failing.py")
    try:
        shown = result_of(visit(failing.url))
    finally:
        failing.stop()
    (line,) = (json.loads(line) for line in failing.printed.splitlines() if '"ValueError"' in line)
    assert line["id"] in shown
    assert "page.py" in line["where"][-1]
    assert TYPED not in shown + failing.printed


@pytest.fixture
def record() -> Iterator[logging.LogRecord]:
    """The record of an error whose message has what a learner typed."""
    usual = logging.getLogRecordFactory()
    logs.begin()
    with pytest.raises(ValueError, match=TYPED) as raised:
        float(TYPED)
    error = (raised.type, raised.value, raised.tb)
    yield logging.getLogger("lab").makeRecord("lab", logging.ERROR, __file__, 1, "Uncaught %s", ("error",), error)
    logging.setLogRecordFactory(usual)


def test_a_line_has_the_type_of_an_error_and_where_it_was_raised_but_not_what_was_typed(record: logging.LogRecord):
    line = json.loads(logging.Formatter("{%(json)s}").format(record))
    assert set(line) == {"message", "id", "error", "where"}
    assert (line["message"], line["error"]) == ("Uncaught error", "ValueError")
    assert Path(__file__).name in line["where"][-1]
    assert TYPED not in logging.Formatter("%(message)s {%(json)s}").format(record)

"""Logs in lines of JSON, without what learners typed.

The message of an exception may have a learner's text in it, so a line has the exception's type and where it was raised,
not its message. It gets an id, which the learner is shown.
"""

import json
import logging
import secrets
import traceback
from typing import Any

import streamlit as st

from hosting import metrics

# What `logger.messageFormat` in .streamlit/config.toml asks for: `json` is the message of a record, and its error.
ID = "lab_id"
FRAMES = 8  # of the stack, the innermost ones


def begin() -> None:
    """Have every record made from now on carry what the format asks for."""
    usual = logging.getLogRecordFactory()

    def record(*args: Any, **settings: Any) -> logging.LogRecord:
        made = usual(*args, **settings)
        described: dict[str, Any] = {"message": made.getMessage()}
        if made.exc_info and made.exc_info[1]:
            described |= _error(made.exc_info[1])
            metrics.ERRORS.inc()
            made.exc_info = made.exc_text = None
        made.json = json.dumps(described)[1:-1]
        return made

    logging.setLogRecordFactory(record)


def _error(error: BaseException) -> dict[str, Any]:
    """Its id, its type, and where it was raised, innermost frame last."""
    name = error.__dict__.setdefault(ID, secrets.token_hex(4))
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return {"id": name, "error": type(error).__name__, "where": where[-FRAMES:]}


def show_error_id(error: Exception) -> bool:
    """Show the learner that something went wrong, and the id of the error in the log."""
    name = error.__dict__.get(ID, "unknown")
    st.error(
        "Something went wrong here, and it is not your fault. Everything you have set is still in the address: reload "
        f"the page. If it happens again, report error id {name} to whoever runs this site."
    )
    return True

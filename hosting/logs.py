"""Logs in lines of JSON, without what learners typed.

An exception may have a learner's text in its message, so a line has its kind and where it was raised, and no message.
It gets an id, which the learner is shown.
"""

import json
import logging
import secrets
import traceback
from typing import Any

import streamlit as st

# What `logger.messageFormat` in .streamlit/config.toml asks for; `json` is what a record says, and where.
ID = "lab_id"


def begin() -> None:
    """Have every record made from now on carry what the format asks for."""
    usual = logging.getLogRecordFactory()

    def record(*args: Any, **settings: Any) -> logging.LogRecord:
        made = usual(*args, **settings)
        told: dict[str, Any] = {"says": made.getMessage()}
        if made.exc_info and made.exc_info[1]:
            told |= _error(made.exc_info[1])
            made.exc_info = made.exc_text = None
        made.json = json.dumps(told)[1:-1]
        return made

    logging.setLogRecordFactory(record)


def _error(error: BaseException) -> dict[str, Any]:
    """Its id, its kind, and where it was raised, innermost last."""
    name = error.__dict__.setdefault(ID, secrets.token_hex(4))
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return {"id": name, "error": type(error).__name__, "where": where[-8:]}


def tell(error: Exception) -> bool:
    """Show the learner that something went wrong, and under which id it stands in the log."""
    name = error.__dict__.get(ID, "unknown")
    st.error(
        "Something went wrong here, and it is not your fault. Everything you have set is still in the address: reload "
        f"the page. If it comes back, tell who runs this site: {name}."
    )
    return True

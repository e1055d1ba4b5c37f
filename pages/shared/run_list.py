"""The list of runs to compare: its field in the sidebar, and what its runs do."""

import math
from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np
import pandas as pd
import streamlit as st

from gd_core.descent import History
from gd_core.problems import Problem
from pages.shared import fields, long_run, numbers, runs
from pages.shared.runs import Leg, Run
from pages.shared.setup import Setup

LIST = "runs"  # its name in the link
DEFAULT = "0.003, 1/28, 0.06, 0.075"
HELP = (
    "Learning rates with commas between them. Or optimisers and schedules, names and forks: `momentum 0.01`, "
    "`adam 0.1 cosine`, `my name: 0.02`, `0.07 until 12 then 0.03`."
)
MOST_UPDATES = 2000  # of each run: eight runs of Adam then take a quarter of a second
STOPS = 200  # on the scrub bar, at most

_descend = lru_cache(maxsize=32)(long_run.descend)  # only once for the runs that stay as they are while one is changed


def field() -> None:
    """Draw the list, with a sentence beneath it where it cannot be read."""
    read = partial(runs.read, updates=1)
    fields.ask(read, "Runs to compare", DEFAULT, key=LIST, widget=st.text_area, help=HELP)


def capped(setup: Setup) -> Setup:
    """The sidebar's setup with no more updates than are compared; the page says so where there were more."""
    if setup.updates <= MOST_UPDATES:
        return setup
    st.caption(f"Here each run makes the first {numbers.number(MOST_UPDATES)} of its {numbers.count(setup.updates)}.")
    return setup._replace(updates=MOST_UPDATES)


def listed(setup: Setup) -> list[Run]:
    """The runs of the list."""
    return fields.usable(partial(runs.read, updates=setup.updates), "runs", {LIST: DEFAULT})


def yours(setup: Setup) -> Run:
    """The run of the sidebar: number 0 of those compared."""
    return Run(numbers.exact(setup.rate), "yours", (Leg(setup.optimiser),))


def histories(problem: Problem, weights: tuple[float, ...], listed: Sequence[Run], updates: int) -> list[History]:
    """What each run does."""
    return [_descend(problem, weights, run.optimiser, updates) for run in listed]


def at_stops(tables: Sequence[np.ndarray], columns: Sequence[str]) -> pd.DataFrame:
    """What a chart draws of the runs: run, stop, update, and the `columns` of their tables, which have a row an update.

    A stop is a place on the scrub bar: the updates, evenly thinned where they are many. Where no good distance divides
    the updates, the last stop lies beyond the last update, and stands for it.
    """
    last = len(tables[0]) - 1
    least = max(1, math.ceil(last / STOPS))
    stride = next((stride for stride in range(least, 2 * least) if last % stride == 0), least)
    stops = stride * np.arange(math.ceil(last / stride) + 1)
    updates = np.minimum(stops, last)
    drawn = np.column_stack([stops, updates])
    rows = [np.column_stack([np.full(len(stops), run), drawn, table[updates]]) for run, table in enumerate(tables)]
    return pd.DataFrame(np.concatenate(rows), columns=["run", "stop", "update", *columns])


def names(listed: Sequence[Run]) -> pd.DataFrame:
    """The number and the label of each run."""
    return pd.DataFrame({"run": np.arange(len(listed), dtype=float), "name": [run.label for run in listed]})

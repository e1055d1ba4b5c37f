"""A long run on the screen: how far it has come, and a button that stops it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from gd_core import Batches, History, Optimiser, pieces

SOON = 0.5  # seconds without a bar
PIECE = 2_000_000  # inputs of samples a piece looks at, about: some hundredths of a second
MOST_ROWS = 1000  # updates a piece has at most


@dataclass
class Job:
    """A run on its way: what it is, its pieces so far, and those to come."""

    what: tuple
    to_come: Iterator[History]
    done: list[History] = field(default_factory=list)
    stopped: bool = False
    finished: bool = False

    @property
    def rows(self) -> int:
        """Rows of the history so far."""
        return sum(len(piece.loss) for piece in self.done)


def run(problem: Batches, weights: tuple[float, ...], optimiser: Optimiser, updates: int) -> History:
    """`descend`, with a bar and a button that stops it as soon as it takes long.

    The last run is kept, so that a page drawn again does not make it again. A run that was stopped is as long as it
    has come; a button below it goes on from there.
    """
    what = (problem, weights, optimiser, updates)
    job = st.session_state.get("job")
    if job is None or job.what != what:
        rows = min(MOST_ROWS, max(1, PIECE // problem.neuron.inputs.size))
        job = st.session_state.job = Job(what, pieces(problem, weights, optimiser, updates, rows))
    place = st.empty()
    begun, shown = time.monotonic(), False
    while not (job.finished or job.stopped):
        try:
            job.done.append(next(job.to_come))
        except StopIteration:
            job.finished = True
            break
        if time.monotonic() - begun > SOON:
            if not shown:
                with place.container(horizontal=True, vertical_alignment="center"):
                    bar = st.progress(0.0)
                    st.button("Stop", on_click=_stop, args=(job,), icon=":material/stop_circle:")
                shown = True
            bar.progress(job.rows / (updates + 1), f"{job.rows - 1:,} of {updates:,} updates")
    place.empty()
    if job.stopped:
        with place.container(horizontal=True, vertical_alignment="center"):
            st.warning(f"Stopped after {job.rows - 1:,} of {updates:,} updates. What follows is of these.")
            st.button("Go on", on_click=_go_on, args=(job,), icon=":material/play_circle:")
    if len(job.done) > 1:
        job.done = [_joined(job.done)]
    return job.done[0]


def _joined(parts: list[History]) -> History:
    columns = ((part.weights, part.slopes, part.loss) for part in parts)
    return History(*(np.concatenate(column) for column in zip(*columns, strict=True)))


def _stop(job: Job) -> None:
    job.stopped = not job.finished


def _go_on(job: Job) -> None:
    job.stopped = False

"""A long run on the screen: how far it has come, and a button that stops it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from gd_core import Batches, History, Optimiser, pieces
from pages.parts import turns

SOON = 0.5  # seconds without a bar
PIECE = 2_000_000  # inputs of samples a piece looks at, about: some hundredths of a second
MOST_ROWS = 100  # updates a piece has at most


@dataclass
class Job:
    """A run on its way: what it is, its pieces so far, and those to come.

    A page that is drawn anew goes on with it while the old drawing may not have ended: only who has the floor makes a
    piece, see `turns`.
    """

    what: tuple
    to_come: Iterator[History]
    done: list[History] = field(default_factory=list)
    stopped: bool = False
    finished: bool = False

    @property
    def rows(self) -> int:
        """Rows of the history so far."""
        return sum(len(piece.loss) for piece in self.done)

    def advance(self) -> bool:
        """Make one more piece, unless it is stopped or has finished; whether one was made."""
        if self.stopped or self.finished:
            return False
        piece = next(self.to_come, None)
        if piece is None:
            self.finished = True
            return False
        self.done.append(piece)
        return True

    def history(self) -> History:
        """What was made so far, in one piece."""
        if len(self.done) > 1:
            columns = ((piece.weights, piece.slopes, piece.loss) for piece in self.done)
            self.done = [History(*(np.concatenate(column) for column in zip(*columns, strict=True)))]
        return self.done[0]

    def stop(self) -> None:
        """Make no more pieces for now."""
        self.stopped = not self.finished

    def go_on(self) -> None:
        """Make pieces again."""
        self.stopped = False


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
    begun, bar = time.monotonic(), None
    while job.advance():
        turns.take()
        if time.monotonic() - begun > SOON:
            if bar is None:
                with place.container(horizontal=True, vertical_alignment="center"):
                    bar = st.progress(0.0)
                    st.button("Stop", on_click=job.stop, icon=":material/stop_circle:")
            bar.progress(job.rows / (updates + 1), f"{job.rows - 1:,} of {updates:,} updates")
    place.empty()
    if job.stopped:
        with place.container(horizontal=True, vertical_alignment="center"):
            st.warning(f"Stopped after {job.rows - 1:,} of {updates:,} updates. What follows is of these.")
            st.button("Go on", on_click=job.go_on, icon=":material/play_circle:")
    return job.history()

"""A long run on the screen: how far it has come, and a button that stops it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import streamlit as st

from gd_core.descent import History, in_chunks
from gd_core.optimisers import Optimiser
from gd_core.samples import Batches
from hosting import queue
from pages.shared import long_run
from pages.shared.numbers import count, number

SOON = 0.5  # seconds without a bar
CHUNK = 2_000_000  # inputs of samples a chunk looks at, about: some hundredths of a second
MOST_ROWS = 100  # updates a chunk has at most


@dataclass
class Job:
    """A run on its way: what `descend` takes, its chunks to come, and those so far.

    A page that is drawn anew goes on with it although the old drawing may not have ended yet: only a page that has its
    turn makes a chunk, see `hosting.queue`.
    """

    settings: tuple[Batches, tuple[float, ...], Optimiser, int]
    to_come: Iterator[History]
    done: list[History] = field(default_factory=list)
    stopped: bool = False

    @property
    def updates(self) -> int:
        """Updates made so far."""
        return sum(len(chunk.loss) for chunk in self.done) - 1

    def advance(self) -> bool:
        """Make one more chunk, unless it is stopped or has finished; whether one was made."""
        chunk = None if self.stopped else next(self.to_come, None)
        if chunk:
            self.done.append(chunk)
        return chunk is not None

    def history(self) -> History:
        """What was made so far, as one history."""
        self.done = [long_run.joined(self.done)]
        return self.done[0]

    def stop(self) -> None:
        """Make no more chunks for now, if there are any."""
        self.stopped = self.updates < self.settings[-1]


def run(problem: Batches, weights: tuple[float, ...], optimiser: Optimiser, updates: int) -> History:
    """`descend`, with a bar and buttons to stop and go on if it takes long; a page drawn again has the same run."""
    settings = (problem, weights, optimiser, updates)
    job = st.session_state.get("job")
    if job is None or job.settings != settings:
        rows = min(MOST_ROWS, max(1, CHUNK // problem.neuron.inputs.size))
        job = st.session_state.job = Job(settings, in_chunks(*settings, rows))
    place = st.empty()
    begun, bar = time.monotonic(), None
    while job.advance():
        queue.give_way()
        if time.monotonic() - begun > SOON:
            if bar is None:
                with place.container(horizontal=True, vertical_alignment="center"):
                    bar = st.progress(0.0)
                    st.button("Stop", on_click=job.stop, icon=":material/stop_circle:")
            bar.progress((job.updates + 1) / (updates + 1), f"{number(job.updates)} of {count(updates)}")
    place.empty()
    if job.stopped:
        with place.container(horizontal=True, vertical_alignment="center"):
            st.warning(f"Stopped after {number(job.updates)} of {count(updates)}. All below is about these.")
            st.button("Go on", on_click=setattr, args=(job, "stopped", False), icon=":material/play_circle:")
    return job.history()

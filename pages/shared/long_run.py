"""A run in chunks, between which others have their turn."""

from collections.abc import Sequence

import numpy as np

from gd_core.descent import History, in_chunks
from gd_core.optimisers import Optimiser
from gd_core.problems import Problem
from hosting import queue

CHUNK = 500  # updates of a neuron with one sample: some 10 ms


def descend(problem: Problem, weights: Sequence[float], optimiser: Optimiser, updates: int) -> History:
    """`gd_core.descent.descend`, which gives way after each chunk."""
    chunks = []
    for chunk in in_chunks(problem, weights, optimiser, updates, rows=CHUNK):
        chunks.append(chunk)
        queue.give_way()
    return joined(chunks)


def joined(chunks: Sequence[History]) -> History:
    """Chunks of a history as one."""
    if len(chunks) == 1:
        return chunks[0]
    columns = zip(*((chunk.weights, chunk.slopes, chunk.loss) for chunk in chunks), strict=True)
    return History(*map(np.concatenate, columns))

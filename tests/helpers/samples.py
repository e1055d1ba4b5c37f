"""Samples and runs over them, ready made."""

import csv
import io

import numpy as np
from hypothesis import strategies as st

from gd_core.descent import descend
from gd_core.optimisers import OPTIMISERS
from pages.shared import history_frame, reader
from pages.your_data import model
from pages.your_data.datasets import DATASETS
from pages.your_data.model import Outcome, Samples

NUMBERS = st.floats(-1e50, 1e50).map(lambda number: number + 0.0 if abs(number) >= 1e-50 else 0.0)  # of a table
NAMES = ["a.b", "c[0]", "x:Q", "<img src=x>", "=1+1", "it's", "$a$", '"""', "\\"]  # that mean something elsewhere


def dataset(name: str, *, bias: bool = True, standardise: bool = True) -> Samples:
    """A data set of the lab with all its columns."""
    table = reader.read(DATASETS[name].raw)
    *inputs, target = table.numeric
    return model.samples(table, target, tuple(inputs), bias=bias, standardise=standardise)


def typed(text: str, *, bias: bool = True, standardise: bool = True) -> Samples:
    """The samples of a typed table whose last column is the target."""
    table = reader.read(text.encode())
    *inputs, target = range(len(table.columns))
    return model.samples(table, target, tuple(inputs), bias=bias, standardise=standardise)


def chance(names: list[str], rows: int) -> str:
    """A table with these names, as CSV."""
    file = io.StringIO()
    numbers = np.random.RandomState(1).normal(size=(rows, len(names)))
    csv.writer(file).writerows([names, *numbers.tolist()])
    return file.getvalue()


def outcome(
    samples: Samples,
    rate: float = 0.1,
    updates: int = 50,
    activation: str = "identity",
    optimiser: str = "Gradient descent",
    size: int = 10**6,
    start: float = 0.0,
) -> Outcome:
    """What comes of a run."""
    batches = model.problem(samples, activation, size, 3)
    weights = (start,) * len(samples.weights)
    chosen = OPTIMISERS[optimiser](rate)
    history = history_frame.of_run(descend(batches, weights, chosen, updates))
    return Outcome(samples, batches, weights, chosen, history, model.solution(batches, weights))

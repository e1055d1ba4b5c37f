"""The fields of a run over many samples: optimiser, batch and weights at the start."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gd_core.optimisers import OPTIMISERS
from pages.shared import parse
from pages.shared.fields import WIDTH, Value, ask, choose, required

ALL, SOME, ONE = "all samples", "mini-batch", "single sample (SGD)"  # that an update uses
WRONG_OPTION = "One of the options cannot be used. Open them to see which."


def settings(options: DeltaGenerator, samples: int, weights: int) -> tuple[Any, int, int, tuple[float, ...]]:
    """The optimiser's class, the size of a batch, the shuffle seed and the weights at the start, asked in `options`."""
    with options, st.container(horizontal=True):
        optimiser = choose("Optimiser", OPTIMISERS, key="optimiser", width=WIDTH)
        batch = choose("Batch", [ALL, SOME, ONE], key="batch", width=WIDTH)
        size: int | None = 1 if batch == ONE else samples
        seed: int | None = 0
        if batch == SOME:
            size = _ask(lambda text: parse.whole(text, 1, samples), "Samples in a batch", str(min(8, samples)), "size")
        if batch != ALL:
            seed = _ask(lambda text: parse.whole(text, 0, 2**32 - 1), "Shuffle seed", "0", "seed")
        start = _ask(lambda text: _weights(text, weights), "Weights at the start", "0", "start")
    if None in (size, seed, start):
        st.error(WRONG_OPTION)  # what is wrong is said beneath the field, which may be folded away
    return OPTIMISERS[optimiser], required(size), required(seed), required(start)


def _ask(read: Callable[[str], Value], label: str, default: str, key: str) -> Value | None:
    with st.container(width=WIDTH):  # so that its sentence stands beneath it
        return ask(read, label, default, key=key)


def _weights(text: str, count: int) -> tuple[float, ...]:
    sentence = f"Type 1 number for all weights, or {count}, one for each." if count > 1 else "Type 1 number."
    found = parse.numbers(text, sentence, count)
    if len(found) not in (1, count):
        raise parse.refusal(f"{len(found)} numbers do not fit {count} weights.", text, sentence)
    return tuple(found) * (count // len(found))

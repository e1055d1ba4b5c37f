"""The fields that a page has of its own, in the link like those of the sidebar."""

from collections.abc import Collection, Sequence
from typing import Any

import streamlit as st

from gd_core import OPTIMISERS, Optimiser
from pages.parts import numbers, typed
from pages.parts.setup import EndOfPage, Setup

SEEN = ["all samples", "a batch of them", "one of them"]


def remembered(name: str, options: Collection[Any] | None = None) -> None:
    """Call before drawing a page's own field in the link: it comes back as it was left, after other pages too.

    Streamlit lets go of a field with the page that draws it. Only what is among the `options`, if there are any.
    """
    kept = f"kept {name}"
    if name in st.session_state:
        st.session_state[kept] = st.session_state[name]
    elif (
        kept in st.session_state
        and name not in st.query_params
        and (options is None or st.session_state[kept] in options)
    ):
        st.session_state[name] = st.session_state[kept]


def one_weight(label: str, key: str, setup: Setup) -> int:
    """The place of one weight; at first the one with the largest input.

    `key` is its name in the link, another one on every page: what is looked at on one is not meant for another.
    """
    sizes = [abs(number) for number in setup.problem.inputs[0]]
    return st.selectbox(
        label,
        range(len(sizes)),
        index=sizes.index(max(sizes)),
        format_func=lambda place: str(place + 1),
        key=key,
        bind="query-params",
        width=300,
    )


def two_weights(setup: Setup) -> tuple[int, int]:
    """The places of two weights; at first those with the largest inputs. Their numbers are in the link."""
    sizes = [abs(number) for number in setup.problem.inputs[0]]
    first, second = sorted(sorted(range(len(sizes)), key=lambda place: -sizes[place])[:2])
    with st.container(horizontal=True):
        found = []
        for key, label, usual in (("across", "Weight across", first), ("up", "Weight up", second)):
            places = [place for place in range(len(sizes)) if place not in found]
            usual = usual if usual in places else places[0]
            options = [place + 1 for place in places]
            remembered(key, options)
            chosen = st.selectbox(
                label,
                options,
                index=places.index(usual),
                key=key,
                bind="query-params",
                width=160,
                disabled=len(places) == 1,
            )
            found.append(chosen - 1)
    return found[0], found[1]


def second_sample(setup: Setup, suggestion: tuple[list[float], float]) -> tuple[list[float], float] | None:
    """The inputs and the target of a second sample, in the link; None if there is none.

    Ends the page, with a sentence, where they cannot be used.
    """
    inputs = len(setup.weights)
    remembered("inputs2")
    remembered("target2")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "Inputs of a second sample",
            key="inputs2",
            placeholder="none",
            max_chars=2 * typed.LONGEST,
            bind="query-params",
            width=260,
        )
        aim = st.text_input(
            "Its target", "1", key="target2", max_chars=2 * typed.LONGEST, bind="query-params", width=120
        )
        some = {"inputs2": " ".join(map(numbers.exact, suggestion[0])), "target2": numbers.exact(suggestion[1])}
        label, then = ("Take it away", {"inputs2": ""}) if text else ("Add a second sample", some)
        st.button(label, on_click=st.session_state.update, args=(then,))
    if not text.strip():
        return None
    ask = f"Type {inputs} numbers, or nothing for no second sample."
    try:
        found = typed.numbers(text, ask, typed.MOST_INPUTS)
        if len(found) != inputs:
            raise ValueError(f"{len(found)} inputs do not fit {inputs} weights. {ask}")
        return found, typed.number(aim, "Type one number, such as 1.")
    except ValueError as sentence:
        st.error(f"The second sample cannot be used yet. {sentence}")
        raise EndOfPage from None


def one_update(last: int) -> int:
    """The number of the update to look at, 1 to `last`: by buttons, the arrow keys or a jump.

    Ends the page if there is none.
    """
    if last < 1:
        st.info("**Too large.** Already the first update is more than a float can hold (1.8e+308).")
        raise EndOfPage
    if last == 1:
        return 1
    here = st.session_state.at = min(st.session_state.get("at", 1), last)

    def move(by: int) -> None:
        st.session_state.at += by

    buttons, jump = st.columns([1, 2], vertical_alignment="bottom")
    with buttons.container(horizontal=True):
        st.button("Back", on_click=move, args=(-1,), disabled=here == 1, shortcut="Left", width="stretch")
        st.button("Forward", on_click=move, args=(1,), disabled=here == last, shortcut="Right", width="stretch")
    return jump.slider("Update", 1, last, key="at", bind="query-params")


def optimiser(rate: float) -> Optimiser:
    """One of the optimisers with its usual settings, in the link."""
    remembered("optimiser", OPTIMISERS)
    return OPTIMISERS[st.selectbox("Optimiser", OPTIMISERS, key="optimiser", bind="query-params", width=200)](rate)


def batch(samples: int) -> tuple[int, int]:
    """How many of the samples an update sees, and the seed of their order; both in the link.

    Ends the page, with a sentence, where they cannot be used.
    """
    remembered("batch", SEEN)
    seen = st.selectbox("Each update sees", SEEN, key="batch", bind="query-params", width=200)
    most = 2**32 - 1
    size, seed = 1 if seen == SEEN[2] else samples, 0
    if seen == SEEN[1]:
        size = _whole("size", "Samples in a batch", str(min(8, samples)), 1, samples)
    if seen != SEEN[0]:
        seed = _whole("seed", "Seed of their order", "0", 0, most)
    return size, seed


def start_weights(names: Sequence[str]) -> tuple[float, ...]:
    """The weights at the start: one number for all of them or one for each; in the link.

    Ends the page, with a sentence, where they cannot be used.
    """
    remembered("start")
    text = st.text_input(
        "Weights at the start", "0", key="start", max_chars=2 * typed.LONGEST, bind="query-params", width=200
    )
    count = len(names)
    ask = f"Type 1 number for all weights, or {count}, one for each." if count > 1 else "Type 1 number."
    try:
        found = typed.numbers(text, ask, count)
        if len(found) not in (1, count):
            raise ValueError(f"{len(found)} numbers do not fit {count} weights. {ask}")
    except ValueError as sentence:
        st.error(f"The weights at the start cannot be used yet. {sentence}")
        raise EndOfPage from None
    return tuple(found) if len(found) == count else tuple(found) * count


def _whole(key: str, label: str, usual: str, least: int, most: int) -> int:
    """A whole number, typed. Ends the page, with a sentence, where it is none."""
    remembered(key)
    text = st.text_input(label, usual, key=key, max_chars=2 * typed.LONGEST, bind="query-params", width=200)
    ask = f"Type one whole number from {least} to {most:,}."
    try:
        number = typed.number(text, ask)
        if not (number.is_integer() and least <= number <= most):
            raise ValueError(ask)
    except ValueError as sentence:
        st.error(f"{label}: {sentence}")
        raise EndOfPage from None
    return int(number)


def threshold() -> float | None:
    """The mean squared error below which a run has come far enough; None, and a sentence, where it is none."""
    remembered("below")
    text = st.text_input(
        "Far enough is a mean squared error of",
        "0.01",
        key="below",
        max_chars=2 * typed.LONGEST,
        bind="query-params",
        width=300,
    )
    ask = "Type one number greater than 0, such as 0.01."
    try:
        if (found := typed.number(text, ask)) > 0:
            return found
        raise ValueError(f"A squared error cannot fall below 0. {ask}")
    except ValueError as sentence:
        st.error(str(sentence))
        return None

"""The fields of the page Surface: one sample or two, and the two weights that move."""

from functools import partial
from typing import Any

import streamlit as st

from pages.shared import assigned, fields, numbers, parse
from pages.shared.setup import Setup
from pages.surface import model

ONE, TWO = "One sample: a trough", "Two samples: a bowl"


def two_weights(setup: Setup) -> tuple[int, int]:
    """The places of two weights; at first those with the largest inputs. Their numbers are in the link."""
    inputs, weights = setup.problem.inputs[0], [*range(1, len(setup.weights) + 1)]
    usual = sorted(sorted(weights, key=lambda weight: -abs(inputs[weight - 1]))[:2])
    if len(weights) == 2:
        return 0, 1
    across = _weight("Weight across", "across", weights, usual[0])
    up = _weight("Weight up", "up", [weight for weight in weights if weight != across], usual[1])
    return across - 1, up - 1


def _weight(label: str, key: str, weights: list[int], usual: int) -> int:
    index = weights.index(usual) if usual in weights else 0
    return fields.choose(label, weights, key=key, index=index, width=110)


def second_sample(setup: Setup, moving: tuple[int, int]) -> tuple[list[float], float] | None:
    """The inputs and the target of a second sample; None if there is none. The page ends where they cannot be used.

    Whether there is one is said by the field of its inputs, which is drawn only then.
    """

    def read_inputs(text: str) -> list[float]:
        what = f"Type {len(setup.weights)} numbers."
        found = parse.numbers(text, what, parse.MOST_INPUTS)
        if len(found) != len(setup.weights):
            raise parse.refusal(f"{len(found)} inputs do not fit {len(setup.weights)} weights.", text, what)
        return found

    fields.recall("inputs2")
    second = st.session_state.get("inputs2", st.query_params.get("inputs2", ""))
    two = bool(assigned.begins("inputs2", second).strip())
    st.session_state.samples = TWO if two else ONE
    how: Any = {"key": "samples", "on_change": _choose, "args": (setup, moving)}
    st.radio("Samples", [ONE, TWO], disabled=assigned.holds("inputs2"), **how)
    if not two:
        return None
    with st.container(width=170):
        inputs = fields.ask(read_inputs, "Inputs of the second", key="inputs2")
    with st.container(width=110):
        read_target = partial(parse.number, ask="Type one number for its target, such as 1.")
        target = fields.ask(read_target, "Its target", "1", key="target2")
    return fields.required(inputs), fields.required(target)


def _choose(setup: Setup, moving: tuple[int, int]) -> None:
    """Suggest a second sample, or remove it. A field that is not drawn yet leaves the address to us."""
    st.session_state.inputs2 = ""
    if st.session_state.samples == TWO:
        inputs, target = model.suggestion(setup, moving)
        st.session_state.inputs2 = st.query_params["inputs2"] = " ".join(map(numbers.exact, inputs))
        st.session_state.target2 = st.query_params["target2"] = numbers.exact(target)

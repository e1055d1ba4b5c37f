"""The fields of the page Surface: the two weights that move, and a second sample."""

from functools import partial

import streamlit as st

from pages.shared import fields, numbers, parse
from pages.shared.setup import Setup
from pages.surface import model


def two_weights(setup: Setup) -> tuple[int, int]:
    """The places of two weights; at first those with the largest inputs. Their numbers are in the link."""
    inputs, weights = setup.problem.inputs[0], [*range(1, len(setup.weights) + 1)]
    usual = sorted(sorted(weights, key=lambda weight: -abs(inputs[weight - 1]))[:2])
    with st.container(horizontal=True):
        across = _weight("Weight across", "across", weights, usual[0])
        up = _weight("Weight up", "up", [weight for weight in weights if weight != across], usual[1])
    return across - 1, up - 1


def _weight(label: str, key: str, weights: list[int], usual: int) -> int:
    index = weights.index(usual) if usual in weights else 0
    return fields.choose(label, weights, key=key, index=index, width=160, disabled=len(weights) == 1)


def second_sample(setup: Setup, moving: tuple[int, int]) -> tuple[list[float], float] | None:
    """The inputs and the target of a second sample; None if there is none. The page ends where they cannot be used."""

    def read_inputs(text: str) -> list[float]:
        if not text.strip():
            return []
        what = f"Type {len(setup.weights)} numbers, or nothing for no second sample."
        found = parse.numbers(text, what, parse.MOST_INPUTS)
        if len(found) != len(setup.weights):
            raise parse.refusal(f"{len(found)} inputs do not fit {len(setup.weights)} weights.", text, what)
        return found

    def read_target(text: str) -> float:
        return parse.number(text, "Type one number for its target, such as 1.") if inputs != [] else 0.0

    row = st.container(horizontal=True, vertical_alignment="bottom")
    ask = partial(fields.ask, widget=row.text_input)
    inputs = ask(read_inputs, "Inputs of a second sample", key="inputs2", placeholder="none", width=260)
    target = ask(read_target, "Its target", "1", key="target2", width=120)
    others, its_target = model.suggestion(setup, moving)
    suggested = {"inputs2": " ".join(map(numbers.exact, others)), "target2": numbers.exact(its_target)}
    label, new = ("Add a", suggested) if inputs == [] else ("Remove the", {"inputs2": ""})
    row.button(f"{label} second sample", on_click=st.session_state.update, args=(new,))
    inputs, target = fields.required(inputs), fields.required(target)
    return (inputs, target) if inputs else None

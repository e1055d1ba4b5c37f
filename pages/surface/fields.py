"""The fields of the page Surface: the two weights that move, and a second sample."""

from functools import partial

import streamlit as st

from pages.shared import fields, numbers, parse
from pages.shared.setup import Setup
from pages.surface import model


def two_weights(setup: Setup) -> tuple[int, int]:
    """The places of two weights; at first those with the largest inputs. Their numbers are in the link."""
    sizes = [abs(number) for number in setup.problem.inputs[0]]
    largest = sorted(sorted(range(len(sizes)), key=lambda place: -sizes[place])[:2])
    found: list[int] = []
    with st.container(horizontal=True):
        for key, label, usual in zip(("across", "up"), ("Weight across", "Weight up"), largest, strict=True):
            places = [place for place in range(len(sizes)) if place not in found]
            chosen = fields.choose(
                label,
                places,
                key=key,
                index=places.index(usual) if usual in places else 0,
                format_func=lambda place: str(place + 1),
                width=160,
                disabled=len(places) == 1,
            )
            found.append(chosen)
    return found[0], found[1]


def second_sample(setup: Setup, moving: tuple[int, int]) -> tuple[list[float], float] | None:
    """The inputs and the target of a second sample; None if there is none. The page ends where they cannot be used."""

    def read_inputs(text: str) -> list[float]:
        if not text.strip():
            return []
        what = f"Type {len(setup.weights)} numbers, or nothing for no second sample."
        found = parse.numbers(text, what, parse.MOST_INPUTS)
        if len(found) != len(setup.weights):
            raise ValueError(f"{len(found)} inputs do not fit {len(setup.weights)} weights. {what}")
        return found

    def read_target(text: str) -> float:
        return parse.number(text, "Type one number for its target, such as 1.") if inputs != [] else 0.0

    row = st.container(horizontal=True, vertical_alignment="bottom")
    ask = partial(fields.ask, widget=row.text_input)
    inputs = ask(read_inputs, "Inputs of a second sample", key="inputs2", placeholder="none", width=260)
    target = ask(read_target, "Its target", "1", key="target2", width=120)
    label, new = "Remove the second sample", {"inputs2": ""}
    if inputs == []:
        others, its_target = model.suggestion(setup, moving)
        label = "Add a second sample"
        new = {"inputs2": " ".join(map(numbers.exact, others)), "target2": numbers.exact(its_target)}
    row.button(label, on_click=st.session_state.update, args=(new,))
    inputs, target = fields.required(inputs), fields.required(target)
    return (inputs, target) if inputs else None

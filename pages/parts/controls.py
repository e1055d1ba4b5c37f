"""The sidebar: what a learner sets, the same on every page, and all of it in the link.

Each setting is a field whose key is its name in the link. Nothing else is kept: the sidebar shows
what is wrong with a field, and a page reads them all with `setup()`.
"""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gd_core import ACTIVATIONS, GradientDescent, Neuron
from pages.parts import numbers, predict, typed
from pages.parts.setup import EndOfPage, Setup

ON_ITS_WAY = 1.0  # seconds within which a message may have left the browser before it heard the last answer
MOST_UPDATES = 10_000
# The lesson's two worked neurons, as a learner would type them.
WORKED = {
    "Three inputs: 1, 2, 3": {"inputs": "1, 2, 3", "weights": "0, 2, 1", "target": "0", "activation": "identity"},
    "Two inputs: 3, 4": {"inputs": "3, 4", "weights": "1, 2", "target": "6", "activation": "identity"},
}
OWN, PLAIN = "Your own", {"inputs": "1", "weights": "0", "target": "1"}  # where your own begins when chosen
DEFAULTS = {**WORKED["Three inputs: 1, 2, 3"], "rate": "0.01", "updates": "20"}
# What the slider stops at: 20 rates a decade from 0.000001 to 10, each of two digits.
RATES = [float(f"{10 ** (stop / 20):.1e}") for stop in range(-120, 21)]


def setup() -> Setup:
    """What the sidebar says. Where that cannot run, the page says why and ends here."""
    inputs, weights, target, rate, updates = settings(*FIELDS)
    neuron = Neuron(inputs, target, st.session_state.activation)
    return Setup(neuron, tuple(weights), GradientDescent(rate), updates)


def settings(*names: str) -> list[Any]:
    """What some of the fields say. Where one cannot be used, the page says why and ends here."""
    found = []
    wrong = []
    for name in names:
        label, read = FIELDS[name]
        try:
            found.append(read())
        except ValueError as sentence:
            wrong.append(f"- **{label}**: {sentence}")
    if wrong:
        st.error("\n".join(["This neuron cannot run yet. Please mend in the sidebar:", "", *wrong]))
        raise EndOfPage
    return found


def worked_neurons() -> None:
    """A button for each of the lesson's neurons, which sets the sidebar to it."""
    for name, fields in WORKED.items():
        st.button(name, on_click=st.session_state.update, args=(fields,), disabled=_says(fields), icon=":material/hub:")


def take_rate(rate: float) -> None:
    """Set the learning rate, in six digits."""
    st.session_state.rate = numbers.exact(float(f"{rate:.6g}"))


def link(*more: str, **own: str | list[str]) -> str:
    """The address of this page with every setting in it: `more` fields of the page's own, and `own` by their values."""
    page = (st.context.url or "").partition("?")[0]
    # Not from the address: it follows the fields.
    settings = {name: st.session_state[name] for name in (*FIELDS, "activation", *more)}
    return f"{page}?{urlencode(settings | own, doseq=True)}"


def sidebar(*, table: bool, asks: bool) -> DeltaGenerator:
    """Draw the fields, each with a sentence beneath it where it says what cannot be used; the rate's place is returned.

    The one sample of the neuron is put away where the page has a `table` of them. `asks` says whether the page asks for
    predictions.
    """
    with st.sidebar:
        neuron = st.expander("The neuron of the other pages") if table else st.container()
        with neuron:
            above = st.container()
            for name in ("inputs", "weights", "target"):
                _field(name)
        _activation_choice()
        rate_place = st.container()
        _field("updates")
        if asks:
            predict.toggle()
        with above:
            _neuron_choice()
    return rate_place


def rate() -> None:
    """Draw the learning rate: its field, and the slider that moves it."""
    _field("rate")
    _rate_slider()


def _field(name: str) -> None:
    label, read = FIELDS[name]
    st.text_input(label, DEFAULTS[name], key=name, max_chars=2 * typed.LONGEST, bind="query-params")
    try:
        read()
    except ValueError as sentence:
        st.error(str(sentence))


def _rate_slider() -> None:
    """The learning rate on a log scale. The field above holds the value; this only moves it.

    A slider that has just been moved is where the browser has it, or will soon be farther: it is not set again.
    """
    shown = st.session_state.get("rate_slider", float(DEFAULTS["rate"]))
    moved = st.session_state.pop("slider_moved", False)
    try:
        rate = _rate()
    except ValueError:  # told beside the field; the slider stays where it was
        rate = shown
    if rate != shown:
        st.session_state.slider_left = (shown, time.monotonic())
    if not moved:
        st.session_state.rate_slider = rate
    st.select_slider(
        "Learning rate",
        sorted({*RATES, rate}),
        key="rate_slider",
        on_change=_take_slider,
        label_visibility="collapsed",
    )


def _take_slider() -> None:
    """Write the slider's rate into the field, unless the slider has just not yet heard of the field's.

    Who types a rate and then at once something else sends two messages, and in the second the slider
    may still stand where it was: that is no wish of the learner's.
    """
    left, when = st.session_state.get("slider_left", (None, 0.0))
    if st.session_state.rate_slider != left or time.monotonic() - when > ON_ITS_WAY:
        st.session_state.rate = str(st.session_state.rate_slider)
        st.session_state.slider_moved = True


def _neuron_choice() -> None:
    """One of the lesson's neurons; your own as soon as a field says something else."""
    shown = st.session_state.get("neuron")
    name = next((name for name, fields in WORKED.items() if _says(fields)), OWN)
    if name != shown:
        st.session_state.neuron_left = (shown, time.monotonic())
    st.session_state.neuron = name
    st.selectbox("Neuron", [*WORKED, OWN], key="neuron", on_change=_take_neuron)


def _take_neuron() -> None:
    """Set the fields to the neuron that was chosen, unless the choice has just not yet heard of what was typed."""
    left, when = st.session_state.get("neuron_left", (None, 0.0))
    if st.session_state.neuron != left or time.monotonic() - when > ON_ITS_WAY:
        st.session_state.update(WORKED.get(st.session_state.neuron, PLAIN))


def _activation_choice() -> None:
    """The activation. What a link asks for in vain is told once: the address then lets go of it."""
    asked = st.query_params.get("activation")
    st.selectbox("Activation", ACTIVATIONS, key="activation", bind="query-params")
    if asked is not None and asked not in ACTIVATIONS:
        st.error("The link names an activation this lab does not have. Choose one here.")


def _says(fields: dict[str, str]) -> bool:
    return all(" ".join(st.session_state[name].split()) == text for name, text in fields.items())


def _inputs() -> list[float]:
    ask = f"Type 1 to {typed.MOST_INPUTS} numbers, such as 1, 2, 3."
    return typed.numbers(st.session_state.inputs, ask, typed.MOST_INPUTS)


def _weights() -> list[float]:
    try:
        inputs = len(_inputs())
    except ValueError:
        inputs = 0  # what is wrong with the inputs is told beside the inputs
    ask = (
        "Type 1 number."
        if inputs == 1
        else f"Type {inputs or f'1 to {typed.MOST_INPUTS}'} numbers, one for each input."
    )
    weights = typed.numbers(st.session_state.weights, ask, typed.MOST_INPUTS)
    if inputs and len(weights) != inputs:
        raise ValueError(f"{len(weights)} weights do not fit {inputs} {'input' if inputs == 1 else 'inputs'}. {ask}")
    return weights


def _target() -> float:
    return typed.number(st.session_state.target, "Type one number, such as 6.")


def _rate() -> float:
    ask = "Type one number greater than 0, such as 0.01."
    rate = typed.number(st.session_state.rate, ask)
    if rate <= 0:
        raise ValueError(f"A learning rate of 0 or less does not go downhill. {ask}")
    return rate


def _updates() -> int:
    ask = f"Type one whole number from 1 to {MOST_UPDATES}."
    updates = typed.number(st.session_state.updates, ask)
    if not (updates.is_integer() and 1 <= updates <= MOST_UPDATES):
        raise ValueError(f"This many updates cannot be made. {ask}")
    return int(updates)


# Name in the link: label on the screen, and how the field is read.
FIELDS: dict[str, tuple[str, Callable[[], Any]]] = {
    "inputs": ("Inputs", _inputs),
    "weights": ("Weights at the start", _weights),
    "target": ("Target", _target),
    "rate": ("Learning rate", _rate),
    "updates": ("Number of updates", _updates),
}

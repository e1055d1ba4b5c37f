"""The sidebar: the neuron and how it learns, the same on every page. A page reads it with `setup()`."""

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gd_core.activations import ACTIVATIONS
from gd_core.optimisers import GradientDescent
from gd_core.problems import Neuron
from pages.shared import assigned, fields, numbers, parse, predict
from pages.shared.numbers import counted
from pages.shared.setup import Setup

MOST_UPDATES = 10_000
# The lesson's two worked neurons, as a learner would type them.
WORKED = {
    "Three inputs: 1, 2, 3": {"inputs": "1, 2, 3", "weights": "0, 2, 1", "target": "0", "activation": "identity"},
    "Two inputs: 3, 4": {"inputs": "3, 4", "weights": "1, 2", "target": "6", "activation": "identity"},
}
NEURON = ("inputs", "weights", "target", "activation")
DEFAULTS = {**WORKED["Three inputs: 1, 2, 3"], "rate": "0.01", "updates": "20"}
PAIR = "inputs and weights"  # they can be used only together
LISTED = ("rate", "updates")  # in the address of a page with a table also where they have their defaults
# What the slider stops at: 20 rates a decade from 0.000001 to 10, each of two digits.
RATES = [float(f"{10 ** (stop / 20):.1e}") for stop in range(-120, 21)]


def setup() -> Setup:
    """What the sidebar says."""
    target, rate, updates = settings("target", "rate", "updates")
    defaults = {name: DEFAULTS[name] for name in ("inputs", "weights")}
    inputs, weights = fields.usable(_inputs_and_weights, PAIR, defaults, lambda pair: " and ".join(map(_listed, pair)))
    return Setup(Neuron(inputs, target, st.session_state.activation), tuple(weights), GradientDescent(rate), updates)


def settings(*names: str) -> list[Any]:
    """What some of the fields say, each on its own."""
    draw_all_if_asked()
    chosen = ((name, *FIELDS[name]) for name in names)
    return [fields.usable(read, label.lower(), {name: DEFAULTS[name]}, numbers.number) for name, label, read in chosen]


def draw_all_if_asked() -> None:
    """Draw the whole page anew where a button or a drag, "draw all", has set a field outside the fragment."""
    if st.session_state.pop("draw all", False):
        st.rerun()


def suggest(rate: str, updates: str) -> None:
    """Set the learning rate and the number of updates."""
    st.session_state.rate, st.session_state.updates = rate, updates


def stands(rate: str, updates: str) -> bool:
    """Whether this learning rate and number of updates are in the fields; those not drawn yet have their defaults."""
    return [st.session_state.get(name, DEFAULTS[name]) for name in LISTED] == [rate, updates]


def begin(rate: str, updates: str, *, linked: bool) -> bool:
    """Suggest a page's own rate and updates, unless the fields say otherwise, or the address, if it is a link.

    Whether it does. An address in which neither is listed is never that of a run: they are written there, and stay.
    """
    for listed in LISTED:
        fields.recall(listed)
    asked = linked and any(name in st.query_params for name in LISTED)
    if asked or not stands(*(DEFAULTS[name] for name in LISTED)):
        return False
    if "rate" not in st.session_state:  # a field that is not drawn yet leaves the address to us
        st.query_params.update(rate=rate, updates=updates)
    suggest(rate, updates)
    return True


def end(rate: str, updates: str) -> None:
    """When such a page is left: its own rate and updates do not suit the neuron of the other pages."""
    if stands(rate, updates):
        suggest(*(DEFAULTS[name] for name in LISTED))


def neuron(*, own_samples: bool, network: bool, predicts: bool) -> DeltaGenerator:
    """Draw all fields but the learning rate, whose place is returned.

    On a page with `own_samples` that of the sidebar is folded away, and LISTED fields are always in the address; beside
    a `network` so is its activation. `predicts`: the page asks predictions.
    """
    with st.sidebar:
        folded = st.expander("The neuron of the other pages") if own_samples else st.container()
        with folded:
            worked = st.container()
            for name in ("inputs", "weights", "target"):
                _draw(name)
        with folded if network else st.container():
            fields.choose("Activation", ACTIVATIONS, key="activation", named="an activation")
        place = st.container()
        _draw("updates", listed=own_samples)
        if predicts:
            predict.toggle()
    for label, neuron in {} if assigned.holds(*NEURON) else WORKED.items():
        in_use = all(" ".join(st.session_state[name].split()) == text for name, text in neuron.items())
        worked.button(label, on_click=st.session_state.update, args=(neuron,), disabled=in_use, width="stretch")
    return place


def learning_rate(place: DeltaGenerator, slider: DeltaGenerator, *, own_samples: bool) -> None:
    """Draw the learning rate: a field at its place, and at that of the `slider` one that writes into it.

    The slider is logarithmic. A rate that was typed gets a new one: what the browser may still say of the old one then
    changes nothing. `own_samples` as above.
    """
    with place:
        rate = _draw("rate", listed=own_samples)
        if own_samples:  # half the mean squared error, as in Andrew Ng's course: its slopes are half of ours
            st.caption("If your course divides its cost by 2m, halve its learning rate here.")
    if st.session_state.rate != st.session_state.get("slid"):
        number, begins = st.session_state.get("slider", (0, float(DEFAULTS["rate"])))
        begins = rate or st.session_state.get(f"rate slider {number}", begins)  # one that is refused moves nothing
        st.session_state.slider, st.session_state.slid = (number + 1, begins), st.session_state.rate
    number, begins = st.session_state.slider
    rates, key = sorted({*RATES, begins}), f"rate slider {number}"
    if not assigned.hides("rate"):
        how: Any = {"key": key, "on_change": _slide, "args": (number,), "disabled": assigned.holds("rate")}
        slider.select_slider("Learning rate", rates, begins, format_func=stop, **how)


def stop(rate: float) -> str:
    """A rate at the slider: in so many digits that no two have the same."""
    return numbers.number(rate, 15)


def _slide(number: int) -> None:
    """Write the rate of the slider into the field, unless there is another slider by now."""
    if number == st.session_state.slider[0]:
        st.session_state.rate = st.session_state.slid = str(st.session_state[f"rate slider {number}"])


def take_rate(rate: float) -> None:
    """Set the learning rate: in six digits, or as a fraction such as 1/28 where that alone is exact."""
    short, fraction = float(f"{rate:.6g}"), Fraction(rate).limit_denominator(1000)
    st.session_state.rate = str(fraction) if float(fraction) == rate != short else numbers.exact(short)


def take_weights(taken: dict[int, float]) -> None:
    """Set some of the weights that are shown, by place; their field is not in the fragment, see `draw_all_if_asked`."""
    st.session_state.inputs, text = st.session_state.usable[PAIR]
    _, weights = _inputs_and_weights(st.session_state.inputs, text)
    for place, weight in taken.items():
        weights[place] = weight
    st.session_state.weights = ", ".join(map(numbers.exact, weights))
    st.session_state["draw all"] = True


def _draw(name: str, *, listed: bool = False) -> Any:
    label, read = FIELDS[name]
    default = DEFAULTS[name]
    fields.recall(name)
    if listed:  # the address leaves a default out: no run can have this one
        if name not in st.query_params:
            st.session_state.setdefault(name, default)
        default = ""
    return fields.ask(read, label, default, key=name)


def _inputs(text: str) -> list[float]:
    return parse.numbers(text, f"Type 1 to {parse.MOST_INPUTS} numbers, such as 1, 2, 3.", parse.MOST_INPUTS)


def _weights(text: str, inputs: int = 0) -> list[float]:
    many = inputs or f"1 to {parse.MOST_INPUTS}"
    ask = "Type 1 number." if inputs == 1 else f"Type {many} numbers, one for each input."
    weights = parse.numbers(text, ask, parse.MOST_INPUTS)
    if inputs and len(weights) != inputs:
        do = "does" if len(weights) == 1 else "do"
        message = f"{counted(len(weights), 'weight')} {do} not fit {counted(inputs, 'input')}."
        raise parse.refusal(message, text, ask)
    return weights


def _weights_as_typed(text: str) -> list[float]:
    inputs = 0  # what is wrong with the inputs is said beneath the inputs
    with suppress(ValueError):
        inputs = len(_inputs(st.session_state.inputs))
    return _weights(text, inputs)


def _inputs_and_weights(inputs: str, weights: str) -> tuple[list[float], list[float]]:
    found = _inputs(inputs)
    return found, _weights(weights, len(found))


def _listed(values: list[float]) -> str:
    return ", ".join(map(numbers.number, values))


FIELDS: dict[str, tuple[str, Callable[[str], Any]]] = {  # name in the link -> label, and how the text is read
    "inputs": ("Inputs", _inputs),
    "weights": ("Weights at the start", _weights_as_typed),
    "target": ("Target", lambda text: parse.number(text, "Type one number, such as 6.")),
    "rate": ("Learning rate", lambda text: parse.positive(text, "A rate of 0 or less does not go downhill.")),
    "updates": ("Number of updates", lambda text: parse.whole(text, 1, MOST_UPDATES)),
}

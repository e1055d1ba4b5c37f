"""The fields of a network: its data, its layers, how it starts and how it learns; and settings worth a button."""

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gd_core.activations import ACTIVATIONS
from gd_core.network import Network
from gd_core.optimisers import OPTIMISERS, Optimiser
from gd_core.samples import Batches
from gd_core.schedules import SCHEDULES, Scheduled
from pages.network import model
from pages.network.layout import MOST_LAYERS, MOST_NODES
from pages.network.model import MOST_COLUMNS, MOST_SAMPLES, MOST_UPDATES, ONE_SAMPLE, SETS, SUITS, TABLE
from pages.shared import fields, numbers, parse, reader, sidebar
from pages.shared.fields import ALL, BATCHES, ONE, SOME, WIDTH, choose, switch

DATA = "network_data"
NARROW = 150  # pixels of a field: a phone has room for two side by side
NO_LAYER = "0"  # for no hidden layer; so is an empty field
TOO_MANY = f"A network of at most {MOST_NODES} inputs is drawn here, and the sidebar's neuron has more: remove some."
TABLED = (
    f"The last column of numbers is the target, at most {MOST_COLUMNS} others are inputs; of the rows the "
    f"first {MOST_SAMPLES} are used. Inputs are standardised, and the target is too unless it lies between 0 and 1."
)
LAYERS = f"Type 0 to {MOST_LAYERS} numbers of nodes, each from 1 to {MOST_NODES}, such as 4, 4."


def hidden(text: str) -> tuple[int, ...]:
    """The nodes of each hidden layer. Raises ValueError with a sentence."""
    if text.strip() in ("", NO_LAYER):
        return ()
    found = parse.numbers(text, LAYERS, MOST_LAYERS)
    if not all(nodes.is_integer() and 1 <= nodes <= MOST_NODES for nodes in found):
        raise parse.refusal(f"A layer has 1 to {MOST_NODES} nodes.", text, LAYERS)
    return tuple(int(nodes) for nodes in found)


def _up_to(most: int, text: str) -> float:
    ask = f"Type one number from 0 to {most}, such as 1."
    found = parse.number(text, ask)
    if not 0 <= found <= most:
        raise ValueError(ask)
    return found


def start(count: int, text: str) -> tuple[float, ...]:
    """So many weights and biases. Raises ValueError with a sentence."""
    ask = f"Type {count} numbers: for each layer the weights node by node, then the biases."
    found = parse.numbers(text, ask, count)
    if len(found) != count:
        raise parse.refusal(f"These are {numbers.whole(len(found))} numbers.", text, ask)
    return tuple(found)


def _seed(text: str) -> int:
    return parse.whole(text, 0, 2**32 - 1)


# The fields for text: key -> label, what stands there at first unless something else suits the data, how it is read.
TEXTS: dict[str, tuple[str, str, Callable[[str], Any]]] = {
    "hidden": ("Hidden nodes", "3", hidden),
    "network_samples": ("Samples", "4", lambda text: parse.whole(text, 2, MOST_SAMPLES)),
    "network_noise": ("Noise", "0", partial(_up_to, 10)),
    "network_table": ("The table as text", reader.EXAMPLE, model.of_table),
    "start_seed": ("Seed of the start", "0", _seed),
    "start_size": ("Size of the start", "1", partial(_up_to, 100)),
    "network_size": ("Samples in a batch", "2", lambda text: parse.whole(text, 1, 100)),
    "network_shuffle": ("Shuffle seed", "0", _seed),
}


def suits(data: str) -> dict[str, Any]:
    """What is in the fields, by key, when a network learns a data set."""
    return {
        **SUITS[data]._asdict(),
        "biases": True,
        "alike": False,
        "typed": False,
        "start_seed": "0",
        "start_size": "1",
        "network_optimiser": "Gradient descent",
        "schedule": "Constant",
        "network_batch": ALL,
    }


FIRST = {DATA: "XOR", **suits("XOR")}
# What keeps a network from learning: what a button sets, by its label.
CASES = {
    "A start on a plateau": {**FIRST, "start_seed": "10"},
    "Slopes that vanish": {**FIRST, "hidden": "4, 4, 4", "hidden_activation": "sigmoid"},
    "Slopes that explode": {
        **FIRST, "hidden": "6, 6, 6", "hidden_activation": "identity", "output_activation": "identity",
        "start_size": "10",
    },
    "Dead ReLUs": {**FIRST, "hidden_activation": "ReLU", "start_seed": "1"},
    "Start too large": {**FIRST, "start_size": "30"},
    "All weights alike": {**FIRST, "alike": True},
}  # fmt: skip


def cases() -> dict[str, dict[str, Any]]:
    """What each button sets, by its label."""
    state, alone = st.session_state, {DATA: ONE_SAMPLE, **suits(ONE_SAMPLE), "hidden": NO_LAYER, "biases": False}
    neuron = {**alone, "output_activation": state.activation, "updates": sidebar.DEFAULTS["updates"]}
    return {"Make it learn": suits(state[DATA]), **CASES, "The sidebar's neuron": neuron}


def begin(*, linked: bool) -> None:
    """When the page is opened: the rate and the updates that suit its data, unless something else is asked for."""
    own = suits(_data())
    sidebar.begin(own["rate"], own["updates"], linked=linked)


def end() -> None:
    """When the page is left."""
    own = suits(_data())
    sidebar.end(own["rate"], own["updates"])


def _data() -> str:
    state = st.session_state
    name = state.get(DATA) or st.query_params.get(DATA) or state.get(f"kept {DATA}")
    return name if name in SUITS else FIRST[DATA]


def _take_suits() -> None:
    """Set what suits the data that was chosen; a table is the one that was typed on another page, if one was."""
    state = st.session_state
    state.update(suits(state[DATA]))
    if state[DATA] == TABLE and "kept table" in state:  # a field that is not drawn yet leaves the address to us
        state["network_table"] = st.query_params["network_table"] = state["kept table"]


def settings(
    top: DeltaGenerator, options: DeltaGenerator
) -> tuple[Batches[Network], tuple[float, ...], Optimiser, int]:
    """What `descend` takes: data and layers are asked on `top`, the rest among the `options`."""
    with top:
        data = choose("Data", SUITS, key=DATA, width=NARROW, on_change=_take_suits, named="data")
        _draw("hidden", NARROW, help="Of each hidden layer: 4, 4 makes two layers, 0 none.")
    if data == TABLE:
        with options:
            _draw("network_table", "stretch", widget=st.text_area, height=130, max_chars=reader.LONGEST)
            st.caption(TABLED)
    with options, st.container(horizontal=True):
        if data in SETS:
            _draw("network_samples", default=SUITS[data].network_samples)
            _draw("network_noise", default=SUITS[data].network_noise)
        inside = choose("Activation of hidden layers", ACTIVATIONS, index=2, key="hidden_activation", width=WIDTH)
        output = choose("Activation of the output", ACTIVATIONS, index=3, key="output_activation", width=WIDTH)
        _draw("start_seed")
        _draw("start_size")
        optimiser = choose("Optimiser", OPTIMISERS, key="network_optimiser", width=WIDTH)
        schedule = choose("Schedule of the rate", SCHEDULES, key="schedule", width=WIDTH)
        batch = choose("Batch", BATCHES, key="network_batch", width=WIDTH)
        if batch == SOME:
            _draw("network_size")
        if batch != ALL:
            _draw("network_shuffle")
    with options:
        with st.container(horizontal=True):
            biases = switch("Biases", key="biases", value=True)
            alike = switch("All weights alike at the start", key="alike")
            typed = switch("Type the start", key="typed")
        begins = st.container()
        st.caption(
            "Each weight and bias starts at a number drawn evenly between −size/√n and size/√n, where n is how many "
            "values feed into its layer; the same seed draws the same numbers. All alike, each starts at the size. "
            "Typed, they go layer by layer: the weights of each node, then the biases."
        )
    layers, seed, size = (_usable(key) for key in ("hidden", "start_seed", "start_size"))
    if data == ONE_SAMPLE:
        neuron, weights, learns, updates = sidebar.setup()
        inputs, targets, rate = neuron.inputs, neuron.targets, learns.learning_rate
    else:
        rate, updates = sidebar.settings("rate", "updates")
        if data == TABLE:
            table = _usable("network_table")
            inputs, targets = table[:, :-1], table[:, -1]
        else:
            make, own = SETS[data]
            inputs, targets = make(*(_usable(key, getattr(own, key)) for key in ("network_samples", "network_noise")))
    if inputs.shape[1] > MOST_NODES:
        st.info(TOO_MANY)
        st.stop()
    network = Network(inputs, targets, layers, inside, output, biases)
    samples = len(network.targets)
    batch_size = min(samples, _usable("network_size")) if batch == SOME else 1 if batch == ONE else samples
    batches = Batches(network, batch_size, 0 if batch == ALL else _usable("network_shuffle"))
    drawn = np.full(len(network.places), size) if alike else size * network.start(seed)
    begin = weights if model.is_neuron(network) else tuple(drawn.tolist())
    if typed:
        read, written = partial(start, len(begin)), ", ".join(f"{number:.6g}" for number in begin)
        with begins:
            fields.ask(read, "Weights at the start", written, key="network_start")
        begin = fields.usable(read, "start", {"network_start": written})
    if updates > MOST_UPDATES:
        st.caption(f"Here the first {numbers.number(MOST_UPDATES)} of {numbers.count(updates)} are made.")
    return batches, begin, _scheduled(OPTIMISERS[optimiser](rate), schedule, updates), min(updates, MOST_UPDATES)


def _scheduled(optimiser: Optimiser, name: str, updates: int) -> Optimiser:
    if name == "Constant":
        return optimiser
    schedule = SCHEDULES[name]
    return Scheduled(optimiser, schedule(updates=updates) if name in ("Cosine", "One cycle") else schedule())


def sample(samples: int) -> int:
    """The sample that is looked at, counted from 0."""
    if samples == 1:
        return 0
    fields.recall("sample")
    if st.session_state.get("sample", samples) > samples:  # of other data
        st.session_state.sample = samples
    chosen = st.slider("Sample to look at", 1, samples, samples, key="sample", bind="query-params")
    fields.note("sample", str(chosen))
    return chosen - 1


def _draw(key: str, width: int | Literal["stretch"] = WIDTH, default: str = "", **how: Any) -> None:
    label, usual, read = TEXTS[key]
    with st.container(width=width):  # so that its sentence stands beneath it
        fields.ask(read, label, default or usual, key=key, **how)


def _usable(key: str, default: str = "") -> Any:
    label, usual, read = TEXTS[key]
    return fields.usable(read, label.lower(), {key: default or usual})

"""Predict first: the next node slope on the way back."""

import streamlit as st

from gd_core.activations import ACTIVATIONS
from pages.network import walk
from pages.network.model import Outcome
from pages.shared import predict
from pages.shared.numbers import MINUS
from pages.shared.predict import written


def the_node_slope(outcome: Outcome, update: int, step: int, sample: int) -> None:
    """Ask for the node slope of a step backward; the page ends here until there is an answer."""
    found = walk.backward(outcome.network, step)
    if not (found and st.session_state.predict):
        return
    place, node = found
    layers, name = outcome.layers(update - 1, sample), walk.activation(outcome, place)
    layer, outputs = layers[place - 1], len(layers[-1].values)
    value_slope, activation_slope, truth = (
        float(numbers[node, 0]) for numbers in (layer.value_slopes, layer.activation_slopes, layer.node_slopes)
    )
    after = float(ACTIVATIONS[name].slope(layer.values)[node, 0])
    mistakes = {
        f"You forgot the slope of {name}.": value_slope,
        f"You took the slope of {name} at the value of the node; it is taken at its sum.": value_slope * after,
    }
    if place < len(layers):
        paths = [*zip(layers[place].weights[:, node].tolist(), layers[place].node_slopes[:, 0].tolist(), strict=True)]
        given = " and ".join(f"weight {written(weight)} to node slope {written(slope)}" for weight, slope in paths)
        for behind, (weight, slope) in enumerate(paths, start=1):
            only = f"You took only the path through node {behind} of layer {place + 1}; add all paths."
            mistakes[only] = weight * slope * activation_slope
    else:
        value, target = layer.values[node, 0], outcome.network.targets[sample, node]
        given = f"prediction {written(value)} and target {written(target)}"
        given += f" of one of {outputs} outputs" if outputs > 1 else ""
        mistakes |= {
            "You forgot the 2.": truth / 2,
            f"The error is prediction {MINUS} target, not the other way round.": -truth,
            "You forgot to divide by the number of outputs.": truth * outputs,
        }
    st.markdown(f"Here: {given}; slope of {name} {written(activation_slope)}.")
    predict.number(
        f"What is the node slope of node {node + 1} of layer {place}?",
        truth, 1, f"node slope {place} {node} {truth}", mistakes,
        lambda _: f"It is the slope at the node times the slope of {name}.",
    )  # fmt: skip

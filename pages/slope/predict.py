"""Predict first: the slope of one weight."""

import numpy as np

from pages.shared import predict
from pages.shared.numbers import number
from pages.shared.setup import Setup


def the_slope(setup: Setup, place: int) -> None:
    """Ask for the slope of one weight; the page ends here until there is an answer."""
    neuron, weights = setup.problem, np.array(setup.weights)
    truth = float(neuron.slopes(weights)[place])
    error = float(neuron.errors(weights)[0])
    feeds = float(neuron.inputs[0, place])
    activation_slope = float(neuron.activation_slope(weights)[0])
    squared = 2 * error**2 * feeds * activation_slope
    mistakes = {
        "That is half of it: the slope of the squared error is 2 × error.": truth / 2,
        "The error is the wrong way round: it is prediction - target.": -truth,
        f"That is without the input, {number(feeds)}, the value that feeds in.": 2 * error * activation_slope,
        f"That is without the slope of {neuron.activation}, {number(activation_slope)}.": 2 * error * feeds,
        "That is the error itself, not yet a slope.": error,
        "That is with the error squared: the slope has 2 × error, not 2 × error².": squared,
        "That is already the update: learning rate × slope.": setup.rate * truth,
    }

    def otherwise(answer: float) -> str:
        factors = 2 * feeds * activation_slope
        return f"It would be the slope if the error were {number(answer / factors)}." if factors else ""

    key = predict.key("slope", setup, place)
    predict.number(f"What is the slope of weight {place + 1}?", truth, abs(truth), key, mistakes, otherwise)

"""Predict first: the error after an update."""

import numpy as np

from pages.shared import predict
from pages.shared.numbers import number
from pages.shared.setup import Setup


def the_error(setup: Setup, weights: np.ndarray, update: int) -> None:
    """Ask for the error after the update that begins at `weights`; the page ends here until there is an answer."""
    neuron = setup.problem
    slopes = neuron.slopes(weights)

    def after(rate: float) -> float:
        return float(neuron.errors(weights - rate * slopes)[0])

    def otherwise(answer: float) -> str:
        if not neuron.linear or not neuron.sharpness:
            return ""
        share = 1 - answer / error if error else 0.0
        if share <= 0:
            return "No learning rate leads there: an update takes a part of the error away, or more than all of it."
        return f"Yours would be the error with a learning rate of {number(share / neuron.sharpness)}."

    with np.errstate(all="ignore"):
        error, truth = after(0), after(setup.rate)
        mistakes = {
            "That is the error before the update.": error,
            "That is what is left if the slopes lack their 2.": after(setup.rate / 2),
            "That is the error if the change is added: an update subtracts learning rate × slope.": after(-setup.rate),
            "That is the error without a learning rate: the whole slope was subtracted.": after(1),
            "The size is right, the sign is not: error is prediction - target.": -truth,
            "That is the mean squared error after the update, not the error.": truth**2,
            "That is the new prediction; the error is prediction - target.": truth + float(neuron.targets[0]),
        }
    question = f"The error is {number(error)}. What will it be after update {number(update)}?"
    key = predict.key("error", setup, setup.rate, update)
    predict.number(question, truth, abs(error), key, mistakes, otherwise)

"""Predict first: the slope of one weight."""

from pages.shared import predict
from pages.shared.numbers import number
from pages.shared.setup import Setup
from pages.slope import model


def the_slope(setup: Setup, place: int) -> None:
    """Ask for the slope of one weight; the page ends here until there is an answer."""
    activation = setup.problem.activation
    of_loss, feeds, of_activation, truth = model.factors(setup).iloc[place].tolist()
    error = of_loss / 2
    mistakes = {
        "That is half of it: the slope of the squared error is 2 × error.": truth / 2,
        "The error is the wrong way round: it is prediction - target.": -truth,
        f"That is without the input, {number(feeds)}, the value that feeds in.": of_loss * of_activation,
        f"That is without the slope of {activation}, {number(of_activation)}.": of_loss * feeds,
        "That is the error itself, not yet a slope.": error,
        "That is with the error squared: the slope has 2 × error, not 2 × error².": truth * error,
        "That is already the update: learning rate × slope.": setup.rate * truth,
    }

    def otherwise(answer: float) -> str:
        factors = 2 * feeds * of_activation
        return f"It would be the slope if the error were {number(answer / factors)}." if factors else ""

    key = predict.key("slope", setup, place)
    predict.number(f"What is the slope of weight {place + 1}?", truth, abs(truth), key, mistakes, otherwise)

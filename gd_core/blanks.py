"""What there is to work out in the lesson's loop, and how people get it wrong.

A misconception is a wrong recipe: a formula, beside the sentence for who followed it.
"""

from dataclasses import dataclass
from typing import NamedTuple

# The lesson's loop: each line's name and formula. A line may use the names of the sample and of the lines above it.
LINES = {
    "preds": "(weights * input_data).sum()",
    "error": "preds - target",
    "slope": "2 * error * input_data",
    "weights_updated": "weights - learning_rate * slope",
    "mse": "get_mse(input_data, target, weights_updated)",
}


@dataclass(frozen=True)
class Mistake:
    """A wrong recipe, and the sentence for who followed it: what it is, and the one thing to change."""

    formula: str
    says: str


@dataclass(frozen=True)
class Blank:
    """Something to work out: `what` it is, its right `formula`, wrong ones, hints from weak to strong, and why."""

    what: str
    names: tuple[str, ...]
    formula: str
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, str, str]
    why: str


NAMES = ("input_data", "weights", "target", "learning_rate", "preds", "error", "slope")
PREDS = Blank(
    "the prediction",
    ("input_data", "weights", "target", "weights_at_start"),
    LINES["preds"],
    (
        Mistake("(weights_at_start * input_data).sum()", "That predicts with the weights at the start for ever. Use weights."),
        Mistake("weights * input_data", "Those are the products, one for each input. Add them up with .sum()."),
        Mistake("(weights + input_data).sum()", "That adds where it must multiply: weight × input, then the sum."),
        Mistake("weights.sum() * input_data.sum()", "Sum after multiplying: each weight meets its own input."),
        Mistake("(weights * input_data).mean()", "That is the mean of the products. A prediction is their sum."),
        Mistake("(weights * input_data).sum() - target", "That is already the error. The prediction leaves the target out."),
    ),
    (
        "Each input passes along its own weight.",
        "Multiply the two rows, then add up what you get.",
        "It is weights * input_data, and the sum of that.",
    ),
    "A prediction is the sum of weight × input, with the weights of today.",
)  # fmt: skip
ERROR = Blank(
    "the error",
    ("input_data", "weights", "target", "preds"),
    LINES["error"],
    (
        Mistake("target - preds", "The error is the wrong way round: it is prediction - target."),
        Mistake("preds", "That is the prediction. Subtract the target."),
        Mistake("preds + target", "That adds the target. Subtract it."),
        Mistake("(preds - target) ** 2", "That is the error squared, already the loss. Leave the square out."),
        Mistake("abs(preds - target)", "That loses the sign, which says which way to go. Leave abs out."),
    ),
    (
        "How far is the prediction above the target?",
        "It is positive where the neuron predicts too much.",
        "Subtract the target from the prediction.",
    ),
    "The error is prediction - target: positive when the neuron says too much.",
)
SLOPE = Blank(
    "the slope of every weight",
    NAMES[:-1],
    LINES["slope"],
    (
        Mistake("error * input_data", "You forgot the 2: the slope of the squared error is 2 × error. Multiply by 2."),
        Mistake("-2 * error * input_data", "Your error is the wrong way round: it is prediction - target. Turn it."),
        Mistake("2 * error", "You forgot the input, the value that feeds in. Multiply by input_data."),
        Mistake("2 * input_data", "You forgot the error. Multiply by it."),
        Mistake("2 * error * weights", "You took the weights where the inputs belong. Multiply by input_data."),
        Mistake("(2 * error * input_data).sum()", "That is one sum over all weights. Each weight has a slope: no sum."),
        Mistake("2 * error ** 2 * input_data", "You squared the error: the slope of error² is 2 × error, not 2 × error²."),
        Mistake("2 * error * input_data / input_data.size", "You divided by the number of inputs. The mean goes over the samples, and there is one: do not divide."),
        Mistake("2 * preds * input_data", "You took the prediction where the error belongs. Subtract the target."),
    ),
    (
        "A slope is a product: how the loss changes with the prediction, times what feeds into the weight.",
        "The loss is error², so the first factor is 2 × error. The error is prediction - target.",
        "Multiply 2, the error, and the input of each weight.",
    ),
    "The slope of each weight is 2 × error × its input.",
)  # fmt: skip
WEIGHTS = Blank(
    "the weights after one update",
    NAMES,
    LINES["weights_updated"],
    (
        Mistake("weights + learning_rate * slope", "You added. An update subtracts learning rate × slope."),
        Mistake("weights - slope", "You forgot the learning rate. Multiply the slope by it."),
        Mistake("weights - 10 * learning_rate * slope", "That goes ten times too far. Subtract learning rate × slope once."),
        Mistake("-learning_rate * slope", "That is only the change. Add it to the weights."),
        Mistake("learning_rate * slope", "That is only the size of the step. Subtract it from the weights."),
        Mistake("learning_rate * slope - weights", "You subtracted the weights from the step. Turn it round."),
        Mistake("weights - learning_rate * error", "You took the error where the slope belongs. Use slope."),
        Mistake("weights - learning_rate * slope.sum()", "You took the sum of the slopes. Each weight follows its own slope."),
        Mistake("weights - 2 * learning_rate * slope", "You put a 2 in, but the slope has it already. Leave it out."),
        Mistake("weights - slope / learning_rate", "You divided by the learning rate. Multiply by it."),
    ),
    (
        "An update goes against the slope.",
        "How far? As far as the learning rate lets it: learning rate × slope.",
        "Subtract learning_rate * slope from weights.",
    ),
    "Each weight goes against its slope: new weight = weight - learning rate × slope.",
)  # fmt: skip
MSE = Blank(
    "the mean squared error after the update",
    (*NAMES, "weights_updated"),
    LINES["mse"],
    (
        Mistake("get_mse(input_data, target, weights)", "That is the mean squared error before the update. Use weights_updated."),
        Mistake("get_error(input_data, target, weights_updated)", "That is the error itself. Square it, or call get_mse."),
        Mistake("get_slope(input_data, target, weights_updated)", "Those are the slopes. Call get_mse."),
        Mistake("get_mse(input_data, target, weights_updated) / input_data.size", "You divided by the number of inputs. The mean goes over the samples, and there is one."),
        Mistake("(weights_updated * input_data).sum() ** 2", "You squared the prediction. Subtract the target first."),
        Mistake("get_mse(input_data, target, weights_updated) ** 2", "You squared twice. get_mse has squared already."),
    ),
    (
        "The lesson has a function for it.",
        "get_mse takes input_data, target and weights, in this order. Which weights?",
        "Call get_mse with weights_updated, the weights after the update.",
    ),
    "The history keeps the mean squared error after each update, so it takes weights_updated.",
)  # fmt: skip
STEP = "learning_rate * (slope * input_data).sum()"
NEW_ERROR = Blank(
    "the error after one update",
    NAMES,
    f"error - {STEP}",
    (
        Mistake("error", "That is the error before the update."),
        Mistake(f"error + {STEP}", "You added the step. An update subtracts learning rate × slope."),
        Mistake(f"error - {STEP} / 2", "You forgot the 2 in the slope: it is 2 × error × input."),
        Mistake("error - (slope * input_data).sum()", "You forgot the learning rate. Multiply the slope by it."),
        Mistake(f"-(error - {STEP})", "The size is right, the sign is not: the error is prediction - target."),
        Mistake(f"(error - {STEP}) ** 2", "That is the mean squared error. The error itself is not squared."),
        Mistake(f"preds - {STEP}", "That is the new prediction. Subtract the target."),
    ),
    (
        "Update the weights first, then predict again.",
        "New weights: weights - learning rate × slope. New prediction: their sum of weight × input.",
        "Each update multiplies the error by 1 - 2 × learning rate × (sum of the squared inputs).",
    ),
    "The update takes learning rate × slope off each weight; the new weights predict, and the target is subtracted.",
)  # fmt: skip
SQUARES = "(input_data ** 2).sum()"
ONE_SHOT = Blank(
    "the learning rate that makes the error 0 in one update",
    ("input_data", "weights"),
    f"1 / (2 * {SQUARES})",
    (
        Mistake(f"1 / {SQUARES}", "There the error flips for ever: the factor is 1 - 2 = -1. You forgot the 2."),
        Mistake("1 / (2 * input_data.sum())", "You forgot to square the inputs. Square each one, then add."),
        Mistake("1 / (2 * input_data.sum() ** 2)", "You squared the sum. Square each input first, then add."),
        Mistake(f"2 * {SQUARES}", "That is upside down. Take 1 divided by it."),
        Mistake("1 / (2 * (weights ** 2).sum())", "You took the weights. The factor depends on the inputs."),
    ),
    (
        "Each update multiplies the error by the same factor. What must it be, so that nothing is left?",
        "The factor is 1 - 2 × learning rate × (sum of the squared inputs). Make it 0.",
        "Divide 1 by twice the sum of the squared inputs.",
    ),
    "Each update multiplies the error by 1 - 2 × learning rate × |input|². That is 0 at 1 / (2 |input|²).",
)
LIMIT = Blank(
    "the learning rate below which every run converges, and from which on none does",
    ("input_data", "weights"),
    f"1 / {SQUARES}",
    (
        Mistake(f"1 / (2 * {SQUARES})", "That is the one shot, where the factor is 0. It still converges up to twice that."),
        Mistake(f"2 / {SQUARES}", "There the factor is 1 - 4 = -3 and the run explodes. Half of it is the limit."),
        Mistake("1 / input_data.sum()", "You forgot to square the inputs. Square each one, then add."),
        Mistake("1 / input_data.sum() ** 2", "You squared the sum. Square each input first, then add."),
        Mistake(SQUARES, "That is upside down. Take 1 divided by it."),
        Mistake("1 / (weights ** 2).sum()", "You took the weights. The factor depends on the inputs."),
    ),
    (
        "Each update multiplies the error by the same factor. Which factors make it smaller?",
        "The factor is 1 - 2 × learning rate × (sum of the squared inputs). It must stay above -1.",
        "Divide 1 by the sum of the squared inputs.",
    ),
    "Each update multiplies the error by 1 - 2 × learning rate × |input|². From 1 / |input|² on that is -1 or less.",
)  # fmt: skip
BLANKS = {"preds": PREDS, "error": ERROR, "slope": SLOPE, "weights_updated": WEIGHTS, "mse": MSE}


class Fault(NamedTuple):
    """A bug in one line of the loop, and how it shows: the end of a sentence."""

    line: str
    formula: str
    shows: str


FAULTS = {
    "It adds the slope": Fault(
        "weights_updated", "weights + learning_rate * slope", "the weights go with the slope, and the error grows"
    ),
    "It has the error the wrong way round": Fault(
        "error", "target - preds", "the first error is already the opposite of prediction - target"
    ),
    "It forgot the 2": Fault("slope", "error * input_data", "each slope is error × input, half of what it should be"),
    "It predicts with the weights at the start": Fault(
        "preds", "(weights_at_start * input_data).sum()", "the error never changes, though the weights do"
    ),
    "Its learning rate is ten times too large": Fault(
        "weights_updated", "weights - 10 * learning_rate * slope", "each change is 10 × learning rate × slope"
    ),
    "It appends the error before the update": Fault(
        "mse",
        "get_mse(input_data, target, weights)",
        "each mean squared error is the square of the error in its own row",
    ),
}

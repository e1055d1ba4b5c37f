"""What there is to work out in the lesson's loop, and how people get it wrong."""

from collections.abc import Mapping
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
NAMES = ("input_data", "weights", "target", "learning_rate", "preds", "error", "slope")


@dataclass(frozen=True, eq=False)
class Quantity:
    """Something to work out: what it is, the right formula, and the names that a formula may use.

    `misconceptions` are wrong formulas, each with what to say to a learner who used it. Hints go from weak to strong;
    `why` explains the solution.
    """

    what: str
    solution: str
    misconceptions: Mapping[str, str]
    hints: tuple[str, str, str]
    why: str
    names: tuple[str, ...] = NAMES
    each: str = "weight"  # of what there are several, where there are


PREDS = Quantity(
    "the prediction",
    LINES["preds"],
    {
        "(weights_at_start * input_data).sum()": "That predicts with the weights at the start. Use weights.",
        "weights * input_data": "Those are the products, one for each input. Add them up with .sum().",
        "(weights + input_data).sum()": "You added each weight to its input. Multiply them, then take the sum.",
        "weights.sum() * input_data.sum()": "Sum after multiplying: each weight meets its own input.",
        "(weights * input_data).mean()": "That is the mean of the products. A prediction is their sum.",
        "(weights * input_data).sum() - target": "That is already the error. The prediction leaves the target out.",
    },
    ("Each input has its own weight.", "Multiply the two rows, then add.", "Take the sum of weights * input_data."),
    "A prediction is the sum of weight × input, with the weights as they are now.",
    ("input_data", "weights", "target", "weights_at_start"),
)
ERROR = Quantity(
    "the error",
    LINES["error"],
    {
        "target - preds": "The error is the wrong way round: it is prediction - target.",
        "preds": "That is the prediction. Subtract the target.",
        "preds + target": "That adds the target. Subtract it.",
        "(preds - target) ** 2": "That is the error squared, already the loss. Leave the square out.",
        "abs(preds - target)": "That loses the sign, which says which way to go. Leave abs out.",
    },
    ("How far is the prediction above the target?", "It is above 0 if it predicts too much.", "Subtract the target."),
    "The error is prediction - target: positive when the neuron predicts too much.",
    ("input_data", "weights", "target", "preds"),
)
SLOPE = Quantity(
    "the slope of every weight",
    LINES["slope"],
    {
        "error * input_data": "You forgot the 2: the slope of the squared error is 2 × error. Multiply by 2.",
        "-2 * error * input_data": "Your error is the wrong way round: it is prediction - target. Turn it round.",
        "2 * error": "You forgot the input, the value that feeds in. Multiply by input_data.",
        "2 * input_data": "You forgot the error. Multiply by it.",
        "2 * error * weights": "You took the weights where the inputs belong. Multiply by input_data.",
        "(2 * error * input_data).sum()": "That is one sum over all weights. Each weight has a slope: no sum.",
        "2 * error ** 2 * input_data": "You squared the error: the slope of error² is 2 × error, not 2 × error².",
        "2 * error * input_data / input_data.size": "The mean goes over the samples, and there is one: do not divide.",
        "2 * preds * input_data": "You took the prediction where the error belongs. Subtract the target.",
    },
    (
        "A slope is a product: how the loss changes with the prediction, times what feeds into the weight.",
        "The loss is error², so the first factor is 2 × error. The error is prediction - target.",
        "Multiply 2, the error, and the input of each weight.",
    ),
    "The slope of each weight is 2 × error × its input.",
    NAMES[:-1],
)
WEIGHTS = Quantity(
    "the weights after one update",
    LINES["weights_updated"],
    {
        "weights + learning_rate * slope": "You added. An update subtracts learning rate × slope.",
        "weights - slope": "You forgot the learning rate. Multiply the slope by it.",
        "weights - 10 * learning_rate * slope": "That goes ten times too far. Subtract learning rate × slope once.",
        "-learning_rate * slope": "That is only the change. Add it to the weights.",
        "learning_rate * slope": "That is only the size of the step. Subtract it from the weights.",
        "learning_rate * slope - weights": "You subtracted the weights from the step. Turn it round.",
        "weights - learning_rate * error": "You took the error where the slope belongs. Use slope.",
        "weights - learning_rate * slope.sum()": "You took the sum of the slopes. Each weight follows its own slope.",
        "weights - 2 * learning_rate * slope": "You added a factor of 2, but the slope has it already. Leave it out.",
        "weights - slope / learning_rate": "You divided by the learning rate. Multiply by it.",
    },
    ("Go against the slope.", "How far? By learning rate × slope.", "Subtract learning_rate * slope from weights."),
    "Each weight goes against its slope: new weight = weight - learning rate × slope.",
)
MSE = Quantity(
    "the mean squared error after the update",
    LINES["mse"],
    {
        "get_mse(input_data, target, weights)": "That is the one before the update. Use weights_updated.",
        "get_error(input_data, target, weights_updated)": "That is the error itself. Square it, or call get_mse.",
        "get_slope(input_data, target, weights_updated)": "Those are the slopes. Call get_mse.",
        "get_mse(input_data, target, weights_updated) / input_data.size": "There is one sample: do not divide.",
        "(weights_updated * input_data).sum() ** 2": "You squared the prediction. Subtract the target first.",
        "get_mse(input_data, target, weights_updated) ** 2": "You squared twice. get_mse has squared already.",
    },
    ("The lesson has a function for it.", "Call get_mse(input_data, target, ...).", "Give it weights_updated."),
    "The history keeps the mean squared error after each update, so it takes weights_updated.",
    (*NAMES, "weights_updated"),
)
STEP = "learning_rate * (slope * input_data).sum()"
NEW_ERROR = Quantity(
    "the error after one update",
    f"error - {STEP}",
    {
        "error": "That is the error before the update.",
        f"error + {STEP}": "You added the step. An update subtracts learning rate × slope.",
        f"error - {STEP} / 2": "You forgot the 2 in the slope: it is 2 × error × input.",
        "error - (slope * input_data).sum()": "You forgot the learning rate. Multiply the slope by it.",
        f"-(error - {STEP})": "The size is right, the sign is not: the error is prediction - target.",
        f"(error - {STEP}) ** 2": "That is the mean squared error. The error itself is not squared.",
        f"preds - {STEP}": "That is the new prediction. Subtract the target.",
    },
    ("Update the weights first.", "Predict with weights - learning rate × slope.", "Then subtract the target."),
    "The update takes learning rate × slope off each weight; the new weights predict, and the target is subtracted.",
)
SQUARES = "(input_data ** 2).sum()"
ONE_STEP = Quantity(
    "the learning rate that makes the error 0 in one update",
    f"1 / (2 * {SQUARES})",
    {
        f"1 / {SQUARES}": "There the error oscillates for ever: the factor is 1 - 2 = -1. You forgot the 2.",
        "1 / (2 * input_data.sum())": "You forgot to square the inputs. Square each one, then add.",
        "1 / (2 * input_data.sum() ** 2)": "You squared the sum. Square each input first, then add.",
        f"2 * {SQUARES}": "That is upside down. Take 1 divided by it.",
        "1 / (2 * (weights ** 2).sum())": "You took the weights. The factor depends on the inputs.",
    },
    (
        "Each update multiplies the error by the same factor. What must it be for no error to be left?",
        "The factor is 1 - 2 × learning rate × (sum of the squared inputs). Make it 0.",
        "Divide 1 by twice the sum of the squared inputs.",
    ),
    "Each update multiplies the error by 1 - 2 × learning rate × |input|². That is 0 at 1 / (2 |input|²).",
)
LIMIT = Quantity(
    "the learning rate below which every run converges, and at or above which none does",
    f"1 / {SQUARES}",
    {
        f"1 / (2 * {SQUARES})": "That makes the error 0 in one step (one shot). The limit is twice that rate.",
        f"2 / {SQUARES}": "There the factor is 1 - 4 = -3 and the run diverges. The limit is half of it.",
        "1 / input_data.sum()": "You forgot to square the inputs. Square each one, then add.",
        "1 / input_data.sum() ** 2": "You squared the sum. Square each input first, then add.",
        SQUARES: "That is upside down. Take 1 divided by it.",
        "1 / (weights ** 2).sum()": "You took the weights. The factor depends on the inputs.",
    },
    (
        "Each update multiplies the error by the same factor. Which factors make it smaller?",
        "The factor is 1 - 2 × learning rate × (sum of the squared inputs). It must stay above -1.",
        "Divide 1 by the sum of the squared inputs.",
    ),
    "Each update multiplies the error by 1 - 2 × learning rate × |input|². From 1 / |input|² on that is -1 or less.",
)
# Backward through a network with two inputs, two hidden nodes with tanh and one output without an activation: `values`
# are those of the hidden nodes, and `weights` lead from them to the output.
BACKWARD = {
    "preds": "(weights * values).sum()",
    "error": "preds - target",
    "node_slopes": "2 * error * weights * (1 - values ** 2)",
}
PASS_NAMES = ("input_data", "values", "weights", "target", "learning_rate", "preds", "error")
# Wrong node slopes, each with what to say to a learner who goes on with them.
WRONG_BACKWARD = {
    "2 * error * weights": "You forgot the slope of the activation: multiply by 1 - value².",
    "2 * error * (weights - learning_rate * 2 * error * values) * (1 - values ** 2)": "You went back through "
    "updated weights. All slopes are taken before any weight moves.",
    "2 * (weights[0] * values[0] - target) * weights * (1 - values ** 2)": "You took the first of two paths only: "
    "the prediction is the sum over both hidden nodes.",
    "2 * (weights[1] * values[1] - target) * weights * (1 - values ** 2)": "You took the second of two paths only: "
    "the prediction is the sum over both hidden nodes.",
    "2 * error * weights * values": "You took the value of the node in place of its slope, which is 1 - value².",
    "2 * error * weights * (1 - values) ** 2": "You squared 1 - value. The slope of tanh is 1 - value².",
    "error * weights * (1 - values ** 2)": "You forgot the 2: the slope of the squared error is 2 × error.",
    "-2 * error * weights * (1 - values ** 2)": "Your error is the wrong way round: it is prediction - target.",
}
NODE_SLOPES = Quantity(
    "the node slope of each hidden node",
    BACKWARD["node_slopes"],
    {
        **WRONG_BACKWARD,
        "2 * error * values * (1 - values ** 2)": "You took the values. The way back goes through the weights.",
        "2 * error * (1 - values ** 2)": "You forgot the weights: the slope at the output comes back through them.",
        "(2 * error * weights * (1 - values ** 2)).sum()": "That is one sum. Each hidden node has a slope: no sum.",
    },
    (
        "Begin at the output: its node slope is 2 × error, for it has no activation.",
        "That comes back to each hidden node through the weight between them.",
        "Multiply by the slope of tanh at the node, 1 - value².",
    ),
    "A node slope is the slope that comes back through the weight, times the slope of the node's activation.",
    PASS_NAMES,
    "hidden node",
)


def weight_slope(node: int, feeds: int) -> Quantity:
    """The slope of one hidden weight: to which node it leads and from which input, both counted from 0."""
    right, other = f"({{}})[{node}] * input_data[{feeds}]", f"input_data[{1 - feeds}]"
    solution = right.format(NODE_SLOPES.solution)
    return Quantity(
        f"the slope of the weight from input {feeds + 1} to hidden node {node + 1}",
        solution,
        {
            **{right.format(wrong): message for wrong, message in WRONG_BACKWARD.items()},
            f"({NODE_SLOPES.solution})[{node}] * values[{node}]": "You took the value after the node. What feeds "
            "into the weight is the value before it: its input.",
            f"({NODE_SLOPES.solution})[{node}]": "That is the slope of the node. Multiply by the input that feeds in.",
            f"({NODE_SLOPES.solution})[{node}] * {other}": "You took the other input. Which one feeds in?",
            f"({NODE_SLOPES.solution})[{1 - node}] * input_data[{feeds}]": "You took the other hidden node.",
        },
        (*NODE_SLOPES.hints[:2], "Multiply by 1 - value², and by the input that feeds into the weight."),
        "The slope of a weight is the slope of the node it leads to, times the value that feeds in.",
        PASS_NAMES,
    )


QUANTITIES = {"preds": PREDS, "error": ERROR, "slope": SLOPE, "weights_updated": WEIGHTS, "mse": MSE}


class Bug(NamedTuple):
    """A wrong formula in one line of the loop, and how it shows: the end of a sentence."""

    line: str
    formula: str
    symptom: str


BUGS = {
    "It adds the slope": Bug(
        "weights_updated", "weights + learning_rate * slope", "the weights go with the slope, and the error grows"
    ),
    "It has the error the wrong way round": Bug("error", "target - preds", "the first error has the opposite sign"),
    "It forgot the 2": Bug("slope", "error * input_data", "each slope is error × input, half of what it should be"),
    "It predicts with the weights at the start": Bug(
        "preds", "(weights_at_start * input_data).sum()", "the error never changes, though the weights do"
    ),
    "Its learning rate is ten times too large": Bug(
        "weights_updated", "weights - 10 * learning_rate * slope", "each change is 10 × learning rate × slope"
    ),
    "It appends the error before the update": Bug(
        "mse", "get_mse(input_data, target, weights)", "each mean squared error is the error in its own row, squared"
    ),
}

"""Neurons to look at: the lesson's, unless something else is asked for."""

import re
from collections.abc import Sequence

import pandas as pd
from hypothesis.strategies import DrawFn, composite, floats, integers, lists, sampled_from

from gd_core.activations import ACTIVATIONS
from gd_core.descent import descend
from gd_core.optimisers import GradientDescent
from gd_core.problems import Neuron
from pages.shared import history_frame, parse
from pages.shared.setup import Setup


def setup(
    inputs: Sequence[float] = (1, 2, 3),
    weights: Sequence[float] = (0, 2, 1),
    target: float = 0.0,
    rate: float = 0.01,
    updates: int = 20,
    activation: str = "identity",
) -> Setup:
    """What the sidebar would say."""
    return Setup(Neuron(inputs, target, activation), tuple(map(float, weights)), GradientDescent(rate), updates)


def history(made: Setup) -> pd.DataFrame:
    """Its history."""
    return history_frame.of_one_sample(made.problem, descend(*made))


SIZES = floats(parse.SMALLEST, parse.LARGEST)
NUMBERS = SIZES | SIZES.map(lambda size: -size) | integers(-9, 9).map(float) | sampled_from([0.0, 1e-50, 1e50])
NOT_A_NUMBER = re.compile(r"\b(nan|inf|infinity)\b|-0(\.0*)?(?![\d.])", re.IGNORECASE)


@composite
def setups(draw: DrawFn) -> tuple[Setup, pd.DataFrame]:
    """Any neuron, any rate, any number of updates that the sidebar lets through, and its history."""
    inputs = draw(lists(NUMBERS, min_size=1, max_size=20))
    weights = draw(lists(NUMBERS, min_size=len(inputs), max_size=len(inputs)))
    rate = draw(SIZES | floats(1e-4, 1))
    activation = draw(sampled_from(list(ACTIVATIONS)))
    made = setup(inputs, weights, draw(NUMBERS), rate, draw(integers(1, 400)), activation)
    return made, history(made)

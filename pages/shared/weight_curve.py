"""The loss over one weight while the others rest: the curve on which it is dragged."""

import numpy as np
import pandas as pd

from gd_core.problems import Slice
from pages.shared import stops
from pages.shared.setup import Setup

BENT = 4.0  # the sum at which a sigmoid or tanh has bent
REACH = 1.8  # the picture goes this many times as far as the start on either side of the minimum
BELOW = 0.12  # room under the curve, as a share of its height


def borders(setup: Setup, moving: int) -> tuple[float, float]:
    """The weights at the left and the right of the picture, around the minimum if it is in sight."""
    weight, neuron = setup.weights[moving], setup.problem
    feeds, total, target = neuron.inputs[0, moving], neuron.sums(setup.weights)[0], neuron.targets[0]
    middle, reach = weight, max(1, abs(weight))  # where nothing tells how far
    if neuron.linear and feeds:
        away = (total - target) / feeds
        middle -= away
        reach = REACH * abs(away) or reach
    elif feeds:  # in sums: as far as the start, or where the activation bends, or where a ReLU meets its target
        middle -= total / feeds
        reach = REACH * max(abs(total), abs(target) if neuron.activation == "ReLU" else BENT, 1.0) / abs(feeds)
    reach = max(reach, 1e-9 * abs(weight), 1e-60)
    return middle - reach, middle + reach


def curve(setup: Setup, moving: int, borders: tuple[float, float]) -> pd.DataFrame:
    """The loss over the weight that moves, at round weights between the borders and at the present one."""
    weights, _ = stops.stops(*borders, setup.weights[moving])
    alone = Slice(setup.problem, setup.weights, (moving,))
    return pd.DataFrame(np.column_stack([weights, alone.loss(weights[:, np.newaxis])]), columns=["weight", "mse"])

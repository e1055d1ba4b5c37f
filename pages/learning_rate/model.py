"""One weight moves, the others rest: what every learning rate would make of it.

Everything a learner can drag to is computed at once, so that dragging does not ask the server.
"""

import math

import numpy as np
import pandas as pd

from gd_core.descent import descend
from gd_core.optimisers import GradientDescent
from gd_core.problems import Slice
from gd_core.regimes import Regime
from pages.shared import rate_ruler
from pages.shared.parse import LARGEST
from pages.shared.rate_ruler import Row
from pages.shared.setup import Setup

STEPS = 6  # updates on the way
STOPS = 200  # rates, at most
WIDTHS = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)  # between two stops, in powers of 10
REACH = 1.8  # the picture goes this much farther than the start on either side of the minimum
BELOW = 0.12  # room under the curve, as a share of its height


def rows(setup: Setup, moving: int) -> list[Row]:
    """The ruler's rows: the weight that moves alone, and all of them together.

    For a neuron that is not linear they hold near the start, see `rate_ruler.all_weights`.
    """
    together = rate_ruler.all_weights(setup)
    if len(setup.weights) == 1:
        return [together._replace(name="Weight 1")]
    slope = float(setup.problem.inputs[0, moving] * setup.problem.activation_slope(setup.weights)[0])
    return [Row(f"Weight {moving + 1} alone", 2 * slope**2), together]


def rates(rate: float, rows: list[Row]) -> tuple[pd.Series, float]:
    """The rates a learner can drag to, by their power of 10, and the distance between two powers.

    They reach from far below the one-step rate of the ruler's last row to beyond the limit of the first one, and to
    the present rate. The present rate and the marks are among them exactly, though their powers are rounded; of those
    that are too close together for two stops the present rate is kept, then the marks of the first row.
    """
    one_step = rows[-1].one_step_rate
    places = [rate / 2, 2 * rate]
    if math.isfinite(one_step):
        places += [one_step, 2 * one_step]
        farthest = max(row.one_step_rate for row in rows if row.one_step_rate < 1e4 * one_step)
        places += [one_step / 100, 6 * farthest]
    else:
        places += [rate / 100, rate * 100]
    low, high = math.floor(math.log10(min(places))), math.log10(max(places))
    width = next(width for width in WIDTHS if (high - low) / width < STOPS)
    powers = np.round(low + width * np.arange(math.ceil((high - low) / width) + 1), 2)
    rates = 10.0**powers
    taken = set()
    for place in (rate, *(place for row in rows for place in (row.one_step_rate, 2 * row.one_step_rate))):
        stop = int(np.abs(np.log(rates / min(place, LARGEST))).argmin())
        if powers[0] <= math.log10(min(place, LARGEST)) <= powers[-1] and stop not in taken:
            rates[stop] = place
            taken.add(stop)
    return pd.Series(rates, pd.Index(powers, name="power")), width


def nearest(rates: pd.Series, rate: float) -> float:
    """The power of 10 under which a rate is among those to drag to."""
    return float(rates.index[int(np.abs(np.log(rates.to_numpy() / rate)).argmin())])


def borders(setup: Setup, moving: int) -> tuple[float, float]:
    """The weights at the left and the right of the picture, around the minimum if it is in sight."""
    weight, neuron = setup.weights[moving], setup.problem
    feeds = float(neuron.inputs[0, moving])
    total = float(neuron.sums(setup.weights)[0])
    target = float(neuron.targets[0])
    least = max(1e-9 * abs(weight), 1e-60)
    if feeds == 0:
        return weight - max(1, abs(weight)), weight + max(1, abs(weight))
    if neuron.linear:
        away = (total - target) / feeds
        reach = max(REACH * abs(away), least) if away else max(1, abs(weight))
        return weight - away - reach, weight - away + reach
    # In sums: as far as the start, or where the activation bends, or where a ReLU meets its target.
    far = REACH * max(abs(total), abs(target) if neuron.activation == "ReLU" else 4.0, 1.0) / abs(feeds)
    middle = weight - total / feeds
    return middle - max(far, least), middle + max(far, least)


def curve(setup: Setup, moving: int) -> pd.DataFrame:
    """The loss over the weight that moves, from the left to the right of the picture."""
    weights = np.linspace(*borders(setup, moving), 161)
    alone = Slice(setup.problem, setup.weights, (moving,))
    return pd.DataFrame({"weight": weights, "mse": alone.loss(weights[:, np.newaxis])})


def path(setup: Setup, moving: int, rates: pd.Series, curve: pd.DataFrame) -> pd.DataFrame:
    """The updates each rate makes: numbers as they are, and where to draw them.

    A row an update. `arrow` is where its arrow ends: at the next weight, or at the border of the picture.
    `reach` is half the width of the tangent, cut so that it stays in the picture. What a float cannot hold
    is missing (NaN). Updates that begin beyond the picture are not `seen`.
    """
    alone = Slice(setup.problem, setup.weights, (moving,))
    optimiser = GradientDescent(rates.to_numpy())
    run = descend(alone, np.full((len(rates), 1), setup.weights[moving]), optimiser, STEPS)
    weights, slopes = run.weights[..., 0], run.slopes[..., 0]
    left, right = curve["weight"].iloc[0], curve["weight"].iloc[-1]
    top = curve["mse"].max()
    with np.errstate(all="ignore"):
        room = np.minimum(run.loss + BELOW * top, np.maximum(top - run.loss, BELOW * top)) / np.abs(slopes)
        columns = {
            "power": np.broadcast_to(rates.index, weights[:-1].shape),
            "rate": np.broadcast_to(rates, weights[:-1].shape),
            "update": np.broadcast_to(np.arange(1, STEPS + 1)[:, np.newaxis], weights[:-1].shape),
            "weight": weights[:-1],
            "slope": slopes[:-1],
            "mse": run.loss[:-1],
            "weight_next": weights[1:],
            "mse_next": run.loss[1:],
            "arrow": np.clip(np.nan_to_num(weights[1:]), left, right),
            "reach": np.fmin(room, (right - left) / 6)[:-1],
            "seen": (weights[:-1] >= left) & (weights[:-1] <= right),
        }
    table = np.column_stack([np.asarray(column, dtype=float).ravel() for column in columns.values()])
    table[~np.isfinite(table)] = np.nan
    return pd.DataFrame(table, columns=list(columns))


def guess(answer: Regime | None, rows: list[Row]) -> pd.DataFrame:
    """Where an answer stands on the ruler for all weights: in the middle of its zone, or on its mark."""
    places = {
        Regime.CONVERGES: 0.5,
        Regime.ONE_STEP: 1.0,
        Regime.OSCILLATES_AND_CONVERGES: 1.5,
        Regime.OSCILLATES: 2.0,
        Regime.DIVERGES: 2.5,
    }
    found = [(len(rows) - 1, places[answer])] if answer else []
    return pd.DataFrame(found, columns=["row", "place"], dtype=float)


def of_rate(path: pd.DataFrame, power: float) -> pd.DataFrame:
    """The rows of a path that belong to one rate."""
    return path.iloc[np.flatnonzero(path["power"].to_numpy() == power)]


def table(updates: pd.DataFrame) -> pd.DataFrame:
    """The updates of one rate, as a table."""
    with np.errstate(over="ignore"):
        changes = -updates["rate"].to_numpy() * updates["slope"].to_numpy() + 0.0
    columns = [updates["weight"], updates["slope"], changes, updates["mse"]]
    index = pd.RangeIndex(1, len(updates) + 1, name="update")
    return pd.DataFrame(np.column_stack(columns), index, ["weight", "slope", "change", "mse"])

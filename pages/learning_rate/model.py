"""One weight moves, the others rest: what all learning rates make of it, so that dragging does not ask the server."""

import math
from typing import Any

import numpy as np
import pandas as pd

from gd_core.descent import descend
from gd_core.optimisers import GradientDescent
from gd_core.problems import Slice
from gd_core.regimes import Regime
from pages.shared import rate_ruler, verdict
from pages.shared.rate_ruler import Row
from pages.shared.setup import Setup

STEPS = 6  # updates on the way
STOPS = 200  # rates, at most
WIDTHS = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)  # between two stops, in powers of 10


def rows(setup: Setup, moving: int) -> list[Row]:
    """The ruler's rows, as `rate_ruler.all_weights`: the weight that moves alone, and all of them together."""
    together = rate_ruler.all_weights(setup)
    if len(setup.weights) == 1:
        return [together._replace(name="Weight 1")]
    slope = float(setup.problem.inputs[0, moving] * setup.problem.activation_slope(setup.weights)[0])
    return [Row(f"Weight {moving + 1} alone", 2 * slope**2), together]


def rates(rate: float, rows: list[Row]) -> pd.Series:
    """The rates a learner can drag to, by their power of 10.

    They reach from far below the one-step rate of the ruler's last row to beyond the limit of the first, and to the
    present rate. It and the marks are among them exactly, though their powers are rounded; where two are too close for
    two stops the present rate is kept, then the marks of the first row.
    """
    one_step = rows[-1].one_step_rate
    least, most = rate / 100, rate * 100
    if math.isfinite(one_step):
        farthest = max(row.one_step_rate for row in rows if row.one_step_rate < 1e4 * one_step)
        least, most = min(rate / 2, one_step / 100), max(2 * rate, 6 * farthest)
    low, high = math.floor(math.log10(least)), math.log10(most)
    width = next(width for width in WIDTHS if (high - low) / width < STOPS)
    powers = np.round(low + width * np.arange(math.ceil((high - low) / width) + 1), 2)
    rates = np.array([float(f"{rate:.3g}") for rate in 10.0**powers])  # as one would type them
    taken = set()
    marks = (share * row.one_step_rate for row in rows if math.isfinite(row.one_step_rate) for share in (1, 2))
    for exact in (rate, *marks):
        stop = int(np.abs(np.log(rates / exact)).argmin())
        if powers[0] <= math.log10(exact) <= powers[-1] and stop not in taken:
            rates[stop] = exact
            taken.add(stop)
    return pd.Series(rates, pd.Index(powers, name="power"))


def nearest(rates: pd.Series, rate: float) -> float:
    """The power of 10 under which a rate is among those to drag to."""
    return float(rates.index[int(np.abs(np.log(rates.to_numpy() / rate)).argmin())])


def path(setup: Setup, moving: int, rates: pd.Series) -> pd.DataFrame:
    """The updates each rate makes, a row an update. What a float cannot hold is missing (NaN)."""
    alone, start = Slice(setup.problem, setup.weights, (moving,)), np.full((len(rates), 1), setup.weights[moving])
    run = descend(alone, start, GradientDescent(rates.to_numpy()), STEPS)
    weights, slopes = run.weights[..., 0], run.slopes[..., 0]
    columns: dict[str, Any] = {
        "power": rates.index,
        "rate": rates,
        "update": np.arange(STEPS)[:, np.newaxis],
        "weight": weights[:-1],
        "slope": slopes[:-1],
        "mse": run.loss[:-1],
        "weight_next": weights[1:],
        "mse_next": run.loss[1:],
    }
    table = np.stack(np.broadcast_arrays(*columns.values()), axis=-1).reshape(-1, len(columns))
    table[~np.isfinite(table)] = np.nan
    return pd.DataFrame(table, columns=[*columns])


def kind(setup: Setup, row: Row, updates: pd.DataFrame) -> str:
    """What one rate does to the weight that moves alone, in a word of `verdict`, where it moves at all."""
    if not updates["slope"].iloc[0]:
        return ""
    if setup.problem.linear:
        return verdict.pace(setup.rate * row.sharpness)
    return verdict.seen(pd.DataFrame({"error": np.copysign(np.sqrt(updates["mse"]), updates["slope"])}))


def now(setup: Setup, moving: int, power: float, asked: int) -> pd.DataFrame:
    """One row: the rate and the start, and the minimum if the neuron is linear; `asked` as in `theme.dragged`."""
    weight, feeds = setup.weights[moving], setup.problem.inputs[0, moving]
    (error,) = setup.problem.errors(setup.weights)
    minimum = weight - error / feeds if setup.problem.linear and feeds else math.nan
    row = {"asked": asked, "power": power, "weight": weight, "minimum": minimum, "mse": error**2}
    return pd.DataFrame([row], dtype=float)


def guess(answer: Regime | None, rows: list[Row]) -> pd.DataFrame:
    """Where an answer stands on the ruler for all weights: in the middle of its zone, or on its mark."""
    place = [*Regime].index(answer) / 2 if answer else 0.0  # zones and marks take turns, from the smallest share on
    found = [(len(rows) - 1, place)] if answer else []
    return pd.DataFrame(found, columns=["row", "place"], dtype=float)


def table(updates: pd.DataFrame) -> pd.DataFrame:
    """The updates of one rate, as a table."""
    with np.errstate(over="ignore"):
        change = -updates["rate"].to_numpy() * updates["slope"].to_numpy() + 0.0  # -0.0 becomes 0.0
    columns = [updates["weight"], updates["slope"], change, updates["mse"]]
    index = pd.RangeIndex(len(updates), name="update")
    return pd.DataFrame(np.column_stack(columns), index, ["weight", "slope", "change", "mse"])

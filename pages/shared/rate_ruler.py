"""A ruler of learning rates: where they converge, oscillate and diverge, and where one rate stands."""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from gd_core.regimes import Regime, regime
from pages.shared import numbers
from pages.shared.parse import LARGEST
from pages.shared.setup import Setup

END = 3.0  # the ruler ends at this share of the error
ZONES = ("converges", "oscillates, converges", "diverges")  # below a share of 1, of 2, and above
NEAR_ZONES = ("falls short", "goes past", "goes far past")  # the same, where it holds near the start only


class Row(NamedTuple):
    """What moves, and the share of the error (or of `what`) that an update takes away per unit of learning rate."""

    name: str
    sharpness: float
    what: str = "error"

    @property
    def one_step_rate(self) -> float:
        """The rate that takes the whole error away; from twice that on the run diverges. inf if none can be typed."""
        return 1 / self.sharpness if self.sharpness * LARGEST >= 2 else math.inf


def all_weights(setup: Setup) -> Row:
    """The row for all weights moving together.

    For a neuron that is not linear it holds at the start, where the error has slope_of_activation * input as its slope.
    """
    slope = float(setup.problem.activation_slope(setup.weights)[0]) ** 2
    return Row("All weights", setup.problem.sharpness * slope)


def at(rate: float) -> pd.Series:
    """One rate by its power of 10, as `places` takes many."""
    return pd.Series([rate], pd.Index([math.log10(rate)], name="power"))


def places(rows: list[Row], rates: pd.Series, *, linear: bool) -> pd.DataFrame:
    """Where each rate stands on each row of the ruler, and what an update then does to the error."""
    shares = rates.to_numpy() * [[row.sharpness] for row in rows]
    messages = [_message(row, share, linear) for row, line in zip(rows, shares.tolist(), strict=True) for share in line]
    columns = {
        "power": np.tile(rates.index, len(rows)),
        "rate": np.tile(rates, len(rows)),
        "row": np.repeat(np.arange(len(rows)), len(rates)),
        "place": np.minimum(shares, END).ravel(),
        "message": messages,
    }
    return pd.DataFrame(columns)


@lru_cache(maxsize=2**12)  # all but that of the present rate stay while it moves
def _message(row: Row, share: float, linear: bool) -> str:
    does = f"{numbers.factor(share)}, {regime(share)}" if linear else f"about {numbers.number(1 - share, 3)}"
    return f"{row.name}: {row.what} × {does}"


def marks(rows: list[Row], *, linear: bool) -> pd.DataFrame:
    """The ruler itself: its zones, and the marks between them with their rates."""
    found: list[tuple[int, float, float | None, str | None, str | None]] = []
    for number, row in enumerate(rows):
        for start, zone in enumerate(ZONES if linear else NEAR_ZONES):
            found.append((number, start, start + 1, zone, None))
        if math.isfinite(row.one_step_rate):
            for share, mark in ((1, Regime.ONE_STEP), (2, Regime.OSCILLATES)):
                rate = share * row.one_step_rate
                tick = f"{mark}\n{numbers.rate(rate)}" if linear else f"about {numbers.number(rate, 3)}"
                found.append((number, share, None, None, tick))
    return pd.DataFrame(found, columns=["row", "place", "until", "zone", "tick"])

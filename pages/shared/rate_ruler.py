"""A ruler of learning rates: where they converge, oscillate and diverge, and where one rate stands."""

import math
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


def places(rows: list[Row], rates: pd.Series) -> pd.DataFrame:
    """The rates on each row of the ruler; where they stand there is left to the browser."""
    columns = {
        "power": np.tile(rates.index.to_numpy(np.float32), len(rows)),
        "rate": np.tile(rates.to_numpy(), len(rows)),
        "row": np.repeat(np.arange(len(rows), dtype=np.int8), len(rates)),
    }
    return pd.DataFrame(columns)


def message(row: Row, rate: float, *, linear: bool) -> str:
    """What an update at a rate does to the error, as the picture writes it."""
    share = rate * row.sharpness
    does = f"{numbers.factor(share)}, {regime(share)}" if linear else f"about {numbers.number(1 - share, 3)}"
    return f"{row.name}: {row.what} × {does}"


def marks(rows: list[Row], *, linear: bool) -> pd.DataFrame:
    """The ruler itself: its zones, and the marks between them with their rates; what moves on each row, and how."""
    found: list[tuple[int, float, float, float | None, str | None, str | None, str]] = []
    for number, row in enumerate(rows):
        called = f"{row.name}: {row.what} × "
        for start, zone in enumerate(ZONES if linear else NEAR_ZONES):
            found.append((number, row.sharpness, start, start + 1, zone, None, called))
        if math.isfinite(row.one_step_rate):
            for share, mark in ((1, Regime.ONE_STEP), (2, Regime.OSCILLATES)):
                rate = share * row.one_step_rate
                tick = f"{mark}\n{numbers.rate(rate)}" if linear else f"about {numbers.number(rate, 3)}"
                found.append((number, row.sharpness, share, None, None, tick, called))
    return pd.DataFrame(found, columns=["row", "sharpness", "place", "until", "zone", "tick", "called"])

"""Runs side by side: what each did, as tables to draw, to read and to take away. Knows no screen."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from gd_core import SCHEDULES, GradientDescent, History, Optimiser, Problem, arrive, descend
from pages.parts import frames, numbers, rates, typed
from pages.parts.runs import Leg, Run
from pages.parts.setup import Setup

MOST_UPDATES = 2000  # of each run: eight runs of Adam then take a quarter of a second
STOPS = 200  # updates drawn, at most
SWEPT, DECADES = 300, 6  # learning rates, and the powers of 10 they span
ABOVE, BELOW = 6, 12  # so many powers of 10 above and below the start the picture goes at first


@lru_cache(maxsize=32)
def ran(problem: Problem, weights: tuple[float, ...], optimiser: Optimiser, updates: int) -> History:
    """`descend`, done once for the runs that stay as they are while one of them is changed."""
    return descend(problem, weights, optimiser, updates)


def yours(setup: Setup) -> Run:
    """The run of the sidebar: number 0 of those compared."""
    return Run(numbers.exact(setup.rate), "yours", (Leg(setup.optimiser),))


def histories(setup: Setup, runs: Sequence[Run]) -> list[pd.DataFrame]:
    """What each run did, as `frames.history` tells it."""
    problem, weights, _, updates = setup
    return [frames.history(problem, ran(problem, weights, run.optimiser, updates)) for run in runs]


def stops(updates: int) -> tuple[np.ndarray, int]:
    """The places on the scrub bar, and the distance between two: the updates, evenly thinned where they are many.

    The last place may lie beyond the last update, and stands for it, where no good distance divides the updates.
    """
    least = max(1, math.ceil(updates / STOPS))
    stride = next((stride for stride in range(least, 2 * least) if updates % stride == 0), least)
    return stride * np.arange(math.ceil(updates / stride) + 1), stride


def curves(histories: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The mean squared errors to draw: run, stop, update, mse. What no axis can hold is missing (NaN)."""
    last = len(histories[0]) - 1
    places, _ = stops(last)
    updates = np.minimum(places, last)
    mse = np.concatenate([history["mse"].to_numpy()[updates] for history in histories])
    mse[mse > frames.DRAWN_LARGEST] = np.nan
    runs = np.repeat(np.arange(len(histories)), len(places))
    return pd.DataFrame(
        np.column_stack([runs, np.tile(places, len(histories)), np.tile(updates, len(histories)), mse]),
        columns=["run", "stop", "update", "mse"],
    )


def frame(mse: pd.Series, start: float) -> dict[str, float]:
    """Where a log axis ends, as powers of 10: `low` and `high` around the start, `lowest` and `highest` of all."""
    begins = math.log10(start)
    powers = [begins, *np.log10(mse[mse > 0]).tolist()]
    lowest, highest = min(powers), max(powers)
    low, high = max(lowest, begins - BELOW), min(highest, begins + ABOVE)
    return {"low": low - 0.3, "high": high + 0.3, "lowest": lowest - 0.3, "highest": highest + 0.3}


def names(runs: Sequence[Run]) -> pd.DataFrame:
    """The number and the label of each run."""
    return pd.DataFrame({"run": np.arange(len(runs), dtype=float), "name": [run.label for run in runs]})


def sweep(setup: Setup) -> pd.DataFrame:
    """The mean squared error after all updates against the learning rate: rate, power, mse.

    Over six decades around the rates at which something happens, those rates among them exactly; around the
    sidebar's rate where there are none. What no axis can hold is missing (NaN).
    """
    once = landmark(setup)
    top = typed.within(10 * once if math.isfinite(once) else 100 * setup.rate)
    swept = np.geomspace(typed.within(top / 10**DECADES), top, SWEPT)
    if swept[0] <= once and 2 * once <= swept[-1]:
        swept = np.sort(np.concatenate([swept, [once, 2 * once]]))
    problem, weights, _, updates = setup
    mse = _ends(problem, weights, tuple(swept.tolist()), updates).copy()
    mse[~(mse <= frames.DRAWN_LARGEST)] = np.nan
    return pd.DataFrame({"rate": swept, "power": np.log10(swept), "mse": mse})


@lru_cache(maxsize=16)
def _ends(problem: Problem, weights: tuple[float, ...], rates: tuple[float, ...], updates: int) -> np.ndarray:
    with np.errstate(over="ignore", invalid="ignore"):
        return problem.loss(arrive(problem, weights, GradientDescent(rates), updates))


def landmark(setup: Setup) -> float:
    """The rate of one shot; at twice that the cliff begins. Near the start only unless linear; inf if there is none."""
    return rates.marks(setup, 0)[-1].one_shot


def on_sweep(runs: Sequence[Run], histories: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Where the runs of plain gradient descent stand in the sweep: run, power, mse."""
    rows = [
        (number, math.log10(float(np.asarray(run.legs[0].optimiser.learning_rate))), history["mse"].iloc[-1])
        for number, (run, history) in enumerate(zip(runs, histories, strict=True))
        if run.plain and history["mse"].iloc[-1] <= frames.DRAWN_LARGEST
    ]
    return pd.DataFrame(rows, columns=["run", "power", "mse"], dtype=float)


def as_csv(runs: Sequence[Run], histories: Sequence[pd.DataFrame]) -> str:
    """All runs in one tidy table: a row an update of a run, at full precision."""
    tables = []
    for number, (run, history) in enumerate(zip(runs, histories, strict=True)):
        tidy = history.reset_index()
        tidy.insert(0, "run", number)
        tidy.insert(1, "name", frames.cell(run.name))
        tidy.insert(2, "optimiser", frames.cell(run.text.rpartition(":")[2].strip()))
        tables.append(tidy)
    return pd.concat(tables).to_csv(index=False)


def marks(setup: Setup) -> pd.DataFrame:
    """The marks of the sweep, where there are any: what, power, says."""
    once = landmark(setup)
    about = "" if setup.problem.linear else "about "
    rows = [
        (what, math.log10(rate), f"{about}{what} {numbers.number(rate)}")
        for what, rate in (("one shot", once), ("cliff", 2 * once))
        if math.isfinite(once)
    ]
    return pd.DataFrame(rows, columns=["what", "power", "says"])


def examples(setup: Setup) -> dict[str, str]:
    """Lists worth a look, for the neuron and the number of updates of the sidebar."""
    once = landmark(setup)
    once = min(max(once if math.isfinite(once) else setup.rate, 100 * typed.SMALLEST), typed.LARGEST / 100)
    rate, fork = f"{once / 3:.2g}", max(1, setup.updates // 4)
    slow, zigzag, far = f"{once / 10:.2g}", f"{1.7 * once:.2g}", f"{2.1 * once:.3g}"
    large = f"{1.98 * once:.3g}"  # too large to settle, so that a rate that falls helps
    return {
        "Four rates": f"slow: {slow}, one shot: {numbers.exact(once)}, zig-zag: {zigzag}, too far: {far}",
        "Six optimisers": f"{rate}, momentum {rate}, nesterov {rate}, adagrad 0.5, rmsprop 0.1, adam 0.3",
        "Five schedules": ", ".join(
            f"{large} {name.lower()}".removesuffix(" constant")
            + (f" every={fork}" if name == "Step" else " factor=0.9" if name == "Exponential" else "")
            for name in SCHEDULES
        ),
        "A fork": f"{zigzag}, slower: {zigzag} until {fork} then {slow}, adam: {zigzag} until {fork} then adam 0.3",
    }

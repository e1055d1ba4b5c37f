"""Runs side by side: what each did, and where every learning rate ends, as tables."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from gd_core.descent import final_weights
from gd_core.optimisers import GradientDescent
from gd_core.problems import Neuron
from gd_core.regimes import Regime
from hosting import queue
from pages.shared import history_frame, numbers, parse, rate_ruler, run_list
from pages.shared.runs import Run
from pages.shared.setup import Setup

SWEPT, DECADES = 300, 6  # learning rates, and the powers of 10 they span
CHUNK = 500  # updates of the sweep, between which others may have their turn
ABOVE, BELOW = 6, 12  # powers of 10 above and below the start that the picture shows at first
ROOM = 0.065  # of the height of the picture, for a name
SAME = 1e-9  # mean squared errors that differ by no more than this share differ by rounding only
ROUNDING = 1e-24  # a mean squared error of no more than this share of its start is 0 but for rounding


def histories(setup: Setup, runs: Sequence[Run]) -> list[pd.DataFrame]:
    """What each run did, as `history_frame.of_one_sample` has it."""
    problem, weights, _, updates = setup
    found = run_list.histories(problem, weights, runs, updates)
    return [history_frame.of_one_sample(problem, history) for history in found]


def curves(histories: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The mean squared errors to draw: run, stop, update, mse. What no axis can hold is missing (NaN)."""
    tables = [history["mse"].to_numpy()[:, np.newaxis] for history in histories]
    drawn = [np.where(table <= history_frame.LARGEST_DRAWN, table, math.nan) for table in tables]
    return run_list.at_stops(drawn, ["mse"])


def limits(mse: pd.Series, start: float) -> dict[str, float]:
    """Where a log axis ends, as powers of 10: `low` and `high` around the start, `lowest` and `highest` of all."""
    begins = math.log10(start)
    positive = mse.to_numpy()[mse.to_numpy() > 0]  # so not NaN either
    powers = np.log10([start, *positive])
    lowest, highest = float(powers.min()) - 0.3, float(powers.max()) + 0.3
    low, high = max(lowest, begins - BELOW - 0.3), min(highest, begins + ABOVE + 0.3)
    return {"low": low, "high": high, "lowest": lowest, "highest": highest}


def ends(curves: pd.DataFrame, names: pd.DataFrame, limits: dict[str, float]) -> pd.DataFrame:
    """Where each curve ends or leaves the picture, with its name, where there is room for one: run, update, height."""
    rows: list[tuple[float, float, float, str]] = []
    updates, mse = (curves[name].to_numpy().reshape(len(names), -1) for name in ("update", "mse"))
    with np.errstate(divide="ignore"):
        powers = np.log10(np.where(np.isnan(mse), math.inf, mse))
    span, last = limits["high"] - limits["low"], updates[0, -1]
    for number, (name, heights) in enumerate(zip(names["name"], powers, strict=True)):
        place = int(((heights < limits["low"]) | (heights > limits["high"])).argmax()) or len(heights) - 1
        update = updates[number, place]
        height = float(np.clip(heights[place], limits["low"] + ROOM * span / 2, limits["high"] - ROOM * span / 2))
        if all(abs(height - other) > ROOM * span or abs(update - at) > last / 4 for _, at, other, _ in rows):
            rows.append((number, update, height, f"{number}: {name}"))
    return pd.DataFrame(rows, columns=["run", "update", "height", "name"])


def forks(runs: Sequence[Run], histories: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Where runs are forked, as far as they come: run, update, mse."""
    begins = [(number, leg.begin) for number, run in enumerate(runs) for leg in run.legs[1:]]
    rows = [(run, at, float(histories[run]["mse"].iloc[at])) for run, at in begins if at < len(histories[run])]
    frame = pd.DataFrame(rows, columns=["run", "update", "mse"], dtype=float)
    return frame[frame["mse"] <= history_frame.LARGEST_DRAWN]


class Race(NamedTuple):
    """Which of some runs won, by their numbers."""

    updates: int | None  # after so many the first of them reach the target loss; None if none does
    first: list[int]  # that reach it then
    leaving: list[int]  # of those, that end above it
    lowest: list[int]  # at the end
    loss: float  # theirs
    higher: list[int]  # at the end than at the start


def race(histories: Sequence[pd.DataFrame], target_loss: float) -> Race:
    """Which runs are the first at the target loss, which the lowest at the end, and which end above their start."""
    mse = np.array([history["mse"].to_numpy() for history in histories])
    start, ends = mse[0, 0], np.where(np.isfinite(mse[:, -1]), mse[:, -1], math.inf)
    reached = mse <= target_loss
    updates = int(reached.any(axis=0).argmax()) if reached.any() else None
    first = np.flatnonzero(reached[:, updates]) if updates is not None else np.array([], int)
    leaving = first[~reached[first, -1]]
    lowest = np.flatnonzero(ends <= max(ends.min() * (1 + SAME), ROUNDING * start))
    higher = np.flatnonzero(ends > start * (1 + SAME))
    return Race(updates, first.tolist(), leaving.tolist(), lowest.tolist(), float(ends.min()), higher.tolist())


def sweep(setup: Setup, one_step: float) -> pd.DataFrame:
    """The mean squared error after all updates against the learning rate: rate, power, mse.

    Over six decades around the rate that gets there in `one_step` and twice that rate, both among them exactly; around
    the sidebar's rate where they are infinite. What no axis can hold is missing (NaN).
    """
    top = parse.within(10 * one_step if math.isfinite(one_step) else 100 * setup.rate)
    rates = np.geomspace(parse.within(top / 10**DECADES), top, SWEPT)
    rates = np.array([float(f"{rate:.3g}") for rate in rates])  # as one would type them
    if rates[0] <= one_step and 2 * one_step <= rates[-1]:
        rates = np.sort([*rates, one_step, 2 * one_step])
    problem, weights, _, updates = setup
    mse = _final_losses(problem, weights, tuple(rates.tolist()), updates)
    mse = np.where(mse <= history_frame.LARGEST_DRAWN, mse, np.nan)
    return pd.DataFrame({"rate": rates, "power": np.log10(rates).astype(np.float32), "mse": mse})


@lru_cache(maxsize=16)
def _final_losses(problem: Neuron, start: tuple[float, ...], rates: tuple[float, ...], updates: int) -> np.ndarray:
    weights, optimiser = np.array(start), GradientDescent(rates)
    for made in range(0, updates, CHUNK):  # plain gradient descent has no memory that would be lost in between
        weights = final_weights(problem, weights, optimiser, min(CHUNK, updates - made))
        queue.give_way()
    with np.errstate(over="ignore", invalid="ignore"):
        return problem.loss(weights)


def now(setup: Setup, history: pd.DataFrame, asked: int) -> pd.DataFrame:
    """One row: where the sidebar's rate stands in the sweep, by its run; `asked` as in `theme.dragged`."""
    mse = history["mse"].iloc[-1]
    row = (asked, setup.rate, math.log10(setup.rate), mse if mse <= history_frame.LARGEST_DRAWN else math.nan)
    return pd.DataFrame([row], columns=["asked", "rate", "power", "mse"], dtype=float)


def on_sweep(runs: Sequence[Run], histories: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Where the listed runs of plain gradient descent stand in the sweep: run, power, mse."""
    ends = [history["mse"].iloc[-1] for history in histories]
    rows = [
        (number, math.log10(run.legs[0].optimiser.learning_rate), mse)
        for number, (run, mse) in enumerate(zip(runs, ends, strict=True))
        if number and run.plain and mse <= history_frame.LARGEST_DRAWN
    ]
    return pd.DataFrame(rows, columns=["run", "power", "mse"], dtype=float)


def marks(one_step: float, *, linear: bool) -> pd.DataFrame:
    """The marks of the sweep, where there are any: what, power, message."""
    about, rates = "" if linear else "about ", np.array([one_step, 2 * one_step])
    first, second = (f"{about}{numbers.rate(rate)}" for rate in rates)
    messages = [f"one step {first}", f"diverges from {second}"]
    marks = {"what": [Regime.ONE_STEP, Regime.DIVERGES], "power": np.log10(rates), "message": messages}
    return pd.DataFrame(marks)[np.isfinite(rates)]


def as_csv(runs: Sequence[Run], histories: Sequence[pd.DataFrame]) -> str:
    """All runs in one tidy table: a row an update of a run, at full precision."""
    texts = [(run.name, run.text.rpartition(":")[2].strip()) for run in runs]
    keys = [(number, *map(history_frame.cell, pair)) for number, pair in enumerate(texts)]
    return pd.concat(histories, keys=keys, names=["run", "name", "optimiser", "update"]).to_csv()


def examples(setup: Setup) -> dict[str, str]:
    """Lists worth a look, for the neuron and the number of updates of the sidebar."""
    best = rate_ruler.all_weights(setup).one_step_rate
    best = min(max(best if math.isfinite(best) else setup.rate, 100 * parse.SMALLEST), parse.LARGEST / 100)
    rate, fork = f"{best / 3:.2g}", max(1, setup.updates // 4)
    slow, oscillates, far = f"{best / 10:.2g}", f"{1.7 * best:.2g}", f"{2.1 * best:.3g}"
    large = f"{1.98 * best:.3g}"  # too large to settle, so that a rate that falls helps
    return {
        "Four rates": f"slow: {slow}, one step: {numbers.exact(best)}, oscillates: {oscillates}, too far: {far}",
        "Six optimisers": f"{rate}, momentum {rate}, nesterov {rate}, adagrad 0.5, rmsprop 0.1, adam 0.3",
        "Five schedules": f"{large}, {large} step every={fork}, {large} exponential factor=0.9, {large} cosine, "
        f"{large} one cycle",
        "A fork": f"{oscillates}, slower: {oscillates} until {fork} then {slow}, "
        f"adam: {oscillates} until {fork} then adam 0.3",
    }

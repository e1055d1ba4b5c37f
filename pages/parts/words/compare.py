"""What runs side by side did, and what optimisers and schedules are."""

import inspect
import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from gd_core import pace, updates_until
from pages.parts.numbers import count, factor, number
from pages.parts.runs import Run
from pages.parts.setup import Setup
from pages.parts.words.run import seen

SAME = 1e-9  # two mean squared errors that differ by this share are told apart by rounding only
NOTHING = 1e-24  # a mean squared error that is this share of its start is 0 but for rounding


def table(setup: Setup, runs: Sequence[Run], histories: Sequence[pd.DataFrame], threshold: float) -> pd.DataFrame:
    """Each run in a row of words and numbers, for a threshold of the mean squared error."""
    rows = [_row(setup, run, history, threshold) for run, history in zip(runs, histories, strict=True)]
    columns = ["run", "name", "verdict", f"first at {number(threshold)}", "last mse", "factor per update"]
    return pd.DataFrame([(str(place), *row) for place, row in enumerate(rows)], columns=columns)


def _row(setup: Setup, run: Run, history: pd.DataFrame, threshold: float) -> tuple[str, ...]:
    mse, error = history["mse"].to_numpy(), history["error"].to_numpy()
    reached = np.flatnonzero(mse <= threshold)
    known = run.plain and setup.problem.linear and bool(error[0])
    share = float(np.asarray(run.legs[0].optimiser.learning_rate)) * setup.problem.sharpness
    if known:
        each, verdict = factor(share), str(pace(share))
    else:
        held = np.isfinite(mse)
        last = int(held.nonzero()[0][-1])
        mean = (abs(error[last]) / abs(error[0])) ** (1 / last) if last and error[0] else math.nan
        each = f"{mean:.3g} on average" if math.isfinite(mean) else ""
        verdict = seen(history).lower()
    if len(reached):
        until = f"{reached[0]:,}"
    elif known and len(mse) <= (after := updates_until(math.sqrt(threshold / mse[0]), share)) < math.inf:
        until = f"later: {after:,.0f}" if after < 1e15 else f"later: {after:.3g}"
    else:
        until = "never" if known and after == math.inf else f"not in {len(mse) - 1:,}"
    return run.label, verdict, until, number(mse[-1]), each


def compared(histories: Sequence[pd.DataFrame], threshold: float) -> str:
    """Which run is the first below the threshold, which the lowest at the end, and which run away."""
    mse = np.array([history["mse"].to_numpy() for history in histories])
    below = mse <= threshold
    ever = below.any(axis=1)
    if mse[0, 0] <= threshold:
        first = f"The start is already at {number(mse[0, 0])}, not above {number(threshold)}."
    elif ever.any():
        after = np.where(ever, below.argmax(axis=1), mse.shape[1])
        best = np.flatnonzero(after == after.min())
        leave = best[~below[best, -1]]
        first = f"**{_those(best)} {_is(best)} the first** at {number(threshold)} or less, after {count(after.min())}"
        first += (
            f", but {_those(leave).lower()} {'does' if len(leave) == 1 else 'do'} not stay there."
            if len(leave)
            else "."
        )
    else:
        first = f"No run is at {number(threshold)} or less within {count(mse.shape[1] - 1)}."
    ends = np.where(np.isfinite(mse[:, -1]), mse[:, -1], math.inf)
    nothing = NOTHING * mse[0, 0]
    lowest = np.flatnonzero(ends <= max(ends.min() * (1 + SAME), nothing))
    least = f"{number(ends.min())}{', which is 0 but for rounding' if 0 < ends.min() <= nothing else ''}"
    last = f"At the end {_those(lowest).lower()} {_is(lowest)} the lowest, at {least}."
    away = np.flatnonzero(ends > mse[:, 0] * (1 + SAME))
    grow = f" {_those(away)} {'runs' if len(away) == 1 else 'run'} away." if len(away) else ""
    return f"{first} {last if len(lowest) < len(ends) else ''}{grow}"


def unforked(runs: Sequence[Run], updates: int) -> str:
    """Which runs would fork only after their last update."""
    late = [number for number, run in enumerate(runs) if any((leg.until or 0) >= updates for leg in run.legs)]
    if not late:
        return ""
    return f"{_those(np.array(late))} would change the optimiser only later than after {count(updates)}."


def _those(runs: np.ndarray) -> str:
    *others, last = (str(run) for run in runs)
    return f"Runs {', '.join(others)} and {last}" if others else f"Run {last}"


def _is(runs: np.ndarray) -> str:
    return "is" if len(runs) == 1 else "are"


def overlay(histories: Sequence[pd.DataFrame]) -> str:
    """The curves for those who do not see them. It stays the same while only the sidebar's rate moves."""
    return (
        f"Mean squared error of {len(histories)} runs over {count(len(histories[0]) - 1)} on a logarithmic axis, all "
        f"starting at {number(histories[0]['mse'].iloc[0])}. The table has where each of them ends."
    )


def sweep(setup: Setup, once: float) -> str:
    """What the sweep shows, for those who do not see it too."""
    after = f"Mean squared error after {count(setup.updates)} against the learning rate, over six decades."
    if not math.isfinite(once):
        return f"{after} There is no rate at which it changes its course."
    if setup.problem.linear:
        return (
            f"{after} The valley is at {number(once)}, one shot. The cliff is at {number(2 * once)}: there the error "
            "keeps its size, and beyond it grows with every update."
        )
    return (
        f"{after} Near the start one shot would be about {number(once)} and the cliff about {number(2 * once)}; with "
        f"{setup.problem.activation} the slope of the activation changes on the way, and the valley moves with it."
    )


def sections(registry: Mapping[str, type]) -> str:
    """Every entry of a registry from its own docstring: what it is, its exact equation, where it comes from."""
    return "\n\n".join(f"**{name}.** {inspect.getdoc(kind)}" for name, kind in registry.items())

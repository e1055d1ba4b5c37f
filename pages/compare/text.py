"""What runs side by side did, and what optimisers and schedules are, in words."""

import inspect
import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from gd_core.regimes import Regime, regime, updates_until
from pages.compare.model import ROUNDING, Race
from pages.shared.numbers import count, factor, number, rate
from pages.shared.runs import Run
from pages.shared.setup import Setup
from pages.shared.verdict import TOO_SLOW, seen


def table(setup: Setup, runs: Sequence[Run], histories: Sequence[pd.DataFrame], target_loss: float) -> pd.DataFrame:
    """Each run in a row of words and numbers, for a target loss."""
    rows = [
        (str(place), run.label, *_row(setup, run, history, target_loss))
        for place, (run, history) in enumerate(zip(runs, histories, strict=True))
    ]
    reached = f"updates to reach {number(target_loss)}"
    return pd.DataFrame(rows, columns=["run", "name", "verdict", reached, "last mse", "factor per update"])


def _row(setup: Setup, run: Run, history: pd.DataFrame, target_loss: float) -> tuple[str, ...]:
    mse, error = history["mse"].to_numpy(), history["error"].to_numpy()
    reached = np.flatnonzero(mse <= target_loss)
    until = number(reached[0]) if len(reached) else f"not in {number(len(mse) - 1)}"
    if run.plain and setup.problem.linear and error[0]:
        share = run.legs[0].optimiser.learning_rate * setup.problem.sharpness
        if not len(reached):
            after = updates_until(math.sqrt(target_loss / mse[0]), share)
            if after >= len(mse):
                until = "never" if after == math.inf else f"later: {number(after)}"
        return str(regime(share)), until, number(mse[-1]), factor(share)
    last = int(np.isfinite(mse).nonzero()[0][-1])
    mean = (abs(error[last]) / abs(error[0])) ** (1 / last) if last and error[0] else math.nan
    return str(seen(history)), until, number(mse[-1]), f"{number(mean, 3)} on average" if math.isfinite(mean) else ""


def kind(race: Race, runs: int) -> str:
    """What so many runs did together, in a word of `shared.verdict`."""
    if race.updates is not None:
        return Regime.CONVERGES
    return Regime.DIVERGES if len(race.higher) == runs else TOO_SLOW


def winner(race: Race, histories: Sequence[pd.DataFrame], target_loss: float) -> str:
    """Which run won: the first at the target loss, the lowest at the end; and which runs end above their start."""
    target, start, updates = number(target_loss), histories[0]["mse"].iloc[0], len(histories[0]) - 1
    if race.updates is None:
        said = f"No run reaches {target} within {count(updates)}."
    elif race.updates == 0:
        said = f"Every run starts at {number(start)}, which is not above {target}."
    else:
        said = f"**{_are(race.first)} the first** to reach {target}, after {count(race.updates)}"
        if race.leaving:
            same = "it is" if len(race.first) == 1 else "they are"
            said += (
                f", but {same if race.leaving == race.first else _are(race.leaving).lower()} above it again at the end"
            )
        said += "."
    if len(race.lowest) < len(histories):
        rounding = ", which is 0 but for rounding" if 0 < race.loss <= ROUNDING * start else ""
        said += f" At the end {_are(race.lowest).lower()} the lowest, at {number(race.loss)}{rounding}."
    if race.higher:
        said += f" {_are(race.higher)} higher at the end than at the start."
    return said


def too_late(runs: Sequence[Run], updates: int) -> str:
    """Which runs would fork only after their last update; nothing where none would."""
    late = [number for number, run in enumerate(runs) if any((leg.until or 0) >= updates for leg in run.legs)]
    return f"{_are(late)} forked too late: each run makes {count(updates)}." if late else ""


def _are(runs: list[int]) -> str:
    *others, last = map(str, runs)
    return f"Runs {', '.join(others)} and {last} are" if others else f"Run {last} is"


def picture(histories: Sequence[pd.DataFrame]) -> str:
    """The curves in words, the same while only the sidebar's rate moves."""
    start, updates = number(histories[0]["mse"].iloc[0]), count(len(histories[0]) - 1)
    runs = f"{len(histories)} runs over {updates} on a logarithmic axis, all from {start}"
    return f"Mean squared error of {runs}. The table says where each ends."


def sweep(setup: Setup, one_step: float) -> str:
    """The sweep in words."""
    after = f"Mean squared error after {count(setup.updates)} against the learning rate, over six decades."
    if not math.isfinite(one_step):
        return after
    best, limit = rate(one_step), rate(2 * one_step)
    if setup.problem.linear:
        critical = f"At {limit}, the critical rate, the error keeps its size; above, the run diverges."
        return f"{after} It is lowest at {best}, which gets there in one step. {critical}"
    return (
        f"{after} Near the start a rate of about {best} gets there in one step, and the critical rate is about "
        f"{limit}; but the slope of {setup.problem.activation} changes on the way, and the lowest point moves with it."
    )


def sections(registry: Mapping[str, type]) -> str:
    """Every entry of a registry from its own docstring: what it is, its exact equation, where it comes from."""
    return "\n\n".join(f"**{name}.** {inspect.getdoc(kind)}" for name, kind in registry.items())

"""What changes along the way, for any optimiser: its learning rate, or the optimiser itself.

    Scheduled(Adam(0.1), Cosine(updates=200))
    Switched(GradientDescent(0.1), after=20, then=Adam(0.1))

A schedule is a frozen description with one pure function: `share(update)`, what update 0, 1, 2, ... takes of the
learning rate. Its settings raise ValueError, with a sentence to show, where they make no sense.
"""

import math
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from gd_core.optimisers import Optimiser


class Schedule(Protocol):
    """Anything that says which share of the learning rate an update gets."""

    def share(self, update: int) -> float:
        """The share, at least 0, for update 0, 1, 2, ..."""
        ...


def _need(fits: bool, sentence: str) -> None:
    if not fits:
        raise ValueError(sentence)


@dataclass(frozen=True)
class Constant:
    """The learning rate as it is.

        share = 1

    For every update.
    """

    def share(self, update: int) -> float:  # noqa: ARG002 - every schedule is asked alike
        """1, always."""
        return 1.0


@dataclass(frozen=True)
class Step:
    """A fall every so often.

        share = factor ^ floor(update / every)

    The first `every` updates have the whole learning rate.
    """

    every: int = 50
    factor: float = 0.5

    def __post_init__(self) -> None:
        _need(self.every >= 1, "Every is a number of updates, at least 1.")
        _need(0 < self.factor <= 1, "Factor is a number above 0, at most 1.")

    def share(self, update: int) -> float:
        """factor ^ floor(update / every)."""
        return self.factor ** (update // self.every)


@dataclass(frozen=True)
class Exponential:
    """A steady fall.

        share = factor ^ update

    Update 0 has the whole learning rate.
    """

    factor: float = 0.99

    def __post_init__(self) -> None:
        _need(0 < self.factor <= 1, "Factor is a number above 0, at most 1.")

    def share(self, update: int) -> float:
        """factor ^ update."""
        return self.factor**update


@dataclass(frozen=True)
class Cosine:
    """Half a cosine from 1 down to `least`, where it stays.

        done = min(1, update / updates)
        share = least + (1 - least) * (1 + cos(pi * done)) / 2

    Loshchilov and Hutter 2017, without restarts.
    """

    updates: int = 200
    least: float = 0.01

    def __post_init__(self) -> None:
        _need(self.updates >= 1, "Updates is a number of updates, at least 1.")
        _need(0 <= self.least <= 1, "Least is a number from 0 to 1.")

    def share(self, update: int) -> float:
        """least + (1 - least) * (1 + cos(pi * done)) / 2."""
        done = min(1.0, update / self.updates)
        return self.least + (1 - self.least) * (1 + math.cos(math.pi * done)) / 2


@dataclass(frozen=True)
class OneCycle:
    """Up, then down: from `least` along half a cosine to 1 at `peak` of the way, and back down to `least`.

        done = min(1, update / updates)
        way = done / peak  if done < peak,  otherwise  (1 - done) / (1 - peak)
        share = least + (1 - least) * (1 - cos(pi * way)) / 2

    Smith and Topin 2018, with cosines for its straight lines, and no change of momentum.
    """

    updates: int = 200
    peak: float = 0.3
    least: float = 0.04

    def __post_init__(self) -> None:
        _need(self.updates >= 1, "Updates is a number of updates, at least 1.")
        _need(0 < self.peak < 1, "Peak is a number between 0 and 1.")
        _need(0 <= self.least <= 1, "Least is a number from 0 to 1.")

    def share(self, update: int) -> float:
        """least + (1 - least) * (1 - cos(pi * way)) / 2."""
        done = min(1.0, update / self.updates)
        way = done / self.peak if done < self.peak else (1 - done) / (1 - self.peak)
        return self.least + (1 - self.least) * (1 - math.cos(math.pi * way)) / 2


@dataclass(frozen=True)
class Scheduled:
    """An optimiser whose changes are multiplied by the share a schedule gives each update.

    The change of every optimiser here is its learning rate times something, so this is its learning rate at work.
    """

    optimiser: Optimiser
    schedule: Schedule

    def step(self, slopes: np.ndarray, update: int = 0, *memory: Any) -> tuple[Any, ...]:
        """(change, number of the next update, *the optimiser's own memory)."""
        change, *kept = self.optimiser.step(slopes, *memory)
        return self.schedule.share(update) * change, update + 1, *kept


@dataclass(frozen=True)
class Switched:
    """One optimiser for the first `after` updates, then another, which begins without a memory.

    A run under `first` and the same run under `Switched(first, after, then)` are one until update `after`: a fork.
    """

    first: Optimiser
    after: int
    then: Optimiser

    def __post_init__(self) -> None:
        _need(self.after >= 1, "An optimiser makes at least 1 update before another takes over.")

    def step(self, slopes: np.ndarray, update: int = 0, *memory: Any) -> tuple[Any, ...]:
        """(change, number of the next update, *the memory of the optimiser at work)."""
        at_work = self.first if update < self.after else self.then
        change, *kept = at_work.step(slopes, *(() if update == self.after else memory))
        return change, update + 1, *kept


# From the simplest on.
SCHEDULES = {"Constant": Constant, "Step": Step, "Exponential": Exponential, "Cosine": Cosine, "One cycle": OneCycle}

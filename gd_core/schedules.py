"""Schedules: what changes from update to update, the learning rate or the optimiser itself.

    Scheduled(Adam(0.1), Cosine(updates=200))
    Switched(GradientDescent(0.1), after=20, then=Adam(0.1))

A schedule is a frozen description with one pure function, `multiplier(update)`: update 0, 1, 2, ... is made with
learning_rate * multiplier. Settings out of range raise ValueError, with a sentence to show.
"""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gd_core.optimisers import Memory, Optimiser


class Schedule(Protocol):
    """Anything that gives a multiplier of the learning rate for every update."""

    def multiplier(self, update: int) -> float:
        """What the learning rate is multiplied by in update 0, 1, 2, ...; at least 0."""
        ...


def _require(condition: bool, sentence: str) -> None:
    if not condition:
        raise ValueError(sentence)


@dataclass(frozen=True)
class Constant:
    """No schedule: the learning rate stays as it is, multiplier = 1."""

    def multiplier(self, update: int) -> float:  # noqa: ARG002 - the same signature for every schedule
        """1 for every update."""
        return 1.0


@dataclass(frozen=True)
class Step:
    """Step decay: every so many updates the rate is multiplied by a factor.

        multiplier = factor ^ floor(update / every)

    The first `every` updates use the full learning rate.
    """

    every: int = 50
    factor: float = 0.5

    def __post_init__(self) -> None:
        _require(self.every >= 1, "Every is a number of updates, at least 1.")
        _require(0 < self.factor <= 1, "Factor is a number above 0, at most 1.")

    def multiplier(self, update: int) -> float:
        """factor ^ floor(update / every)."""
        return self.factor ** (update // self.every)


@dataclass(frozen=True)
class Exponential:
    """Exponential decay: every update multiplies the rate by the same factor.

        multiplier = factor ^ update

    Update 0 uses the full learning rate.
    """

    factor: float = 0.99

    def __post_init__(self) -> None:
        _require(0 < self.factor <= 1, "Factor is a number above 0, at most 1.")

    def multiplier(self, update: int) -> float:
        """factor ^ update."""
        return self.factor**update


@dataclass(frozen=True)
class Cosine:
    """Cosine annealing: half a cosine from 1 down to `least`, where it stays.

        done = min(1, update / updates)
        multiplier = least + (1 - least) * (1 + cos(pi * done)) / 2

    Loshchilov and Hutter 2017, without restarts.
    """

    updates: int = 200
    least: float = 0.01

    def __post_init__(self) -> None:
        _require(self.updates >= 1, "Updates is a number of updates, at least 1.")
        _require(0 <= self.least <= 1, "Least is a number from 0 to 1.")

    def multiplier(self, update: int) -> float:
        """least + (1 - least) * (1 + cos(pi * done)) / 2."""
        done = min(1.0, update / self.updates)
        return self.least + (1 - self.least) * (1 + math.cos(math.pi * done)) / 2


@dataclass(frozen=True)
class OneCycle:
    """Up, then down: half a cosine from `least` up to 1, another back down. `peak` is the fraction of updates going up.

        done = min(1, update / updates)
        way = done / peak  if done < peak,  otherwise  (1 - done) / (1 - peak)
        multiplier = least + (1 - least) * (1 - cos(pi * way)) / 2

    Smith and Topin 2018, with cosines in place of straight lines, and without a change of momentum.
    """

    updates: int = 200
    peak: float = 0.3
    least: float = 0.04

    def __post_init__(self) -> None:
        _require(self.updates >= 1, "Updates is a number of updates, at least 1.")
        _require(0 < self.peak < 1, "Peak is a number between 0 and 1.")
        _require(0 <= self.least <= 1, "Least is a number from 0 to 1.")

    def multiplier(self, update: int) -> float:
        """least + (1 - least) * (1 - cos(pi * way)) / 2."""
        done = min(1.0, update / self.updates)
        way = done / self.peak if done < self.peak else (1 - done) / (1 - self.peak)
        return self.least + (1 - self.least) * (1 - math.cos(math.pi * way)) / 2


@dataclass(frozen=True)
class Scheduled:
    """An optimiser whose learning rate follows a schedule.

        change = multiplier(update) * change of the optimiser

    The change of every optimiser here is its learning rate times something, so this multiplies its learning rate.
    """

    optimiser: Optimiser
    schedule: Schedule

    def step(self, slopes: np.ndarray, update: int = 0, *memory: Memory) -> tuple[Memory, ...]:
        """(change, number of the next update, *memory of the optimiser)."""
        change, *kept = self.optimiser.step(slopes, *memory)
        return self.schedule.multiplier(update) * change, update + 1, *kept


@dataclass(frozen=True)
class Switched:
    """One optimiser for the first `after` updates, then another, which starts without a memory.

    A run with `first` and one with `Switched(first, after, then)` are the same for `after` updates, then they fork.
    """

    first: Optimiser
    after: int
    then: Optimiser

    def __post_init__(self) -> None:
        _require(self.after >= 1, "An optimiser makes at least 1 update before another takes over.")

    def step(self, slopes: np.ndarray, update: int = 0, *memory: Memory) -> tuple[Memory, ...]:
        """(change, number of the next update, *memory of the optimiser in use)."""
        optimiser = self.first if update < self.after else self.then
        change, *kept = optimiser.step(slopes, *(() if update == self.after else memory))
        return change, update + 1, *kept


# The simplest first.
SCHEDULES = {"Constant": Constant, "Step": Step, "Exponential": Exponential, "Cosine": Cosine, "One cycle": OneCycle}

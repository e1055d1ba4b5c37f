"""Schedules against multipliers worked by hand and runs put together from others."""

from typing import Any

import numpy as np
import pytest

from gd_core.descent import descend
from gd_core.optimisers import OPTIMISERS, Adam, GradientDescent, Momentum
from gd_core.problems import Neuron
from gd_core.schedules import SCHEDULES, Constant, Cosine, Exponential, OneCycle, Scheduled, Step, Switched


@pytest.mark.parametrize(
    ("schedule", "multipliers"),
    [
        (Constant(), {0: 1, 7: 1}),
        (Step(every=10, factor=0.5), {0: 1, 9: 1, 10: 0.5, 25: 0.25}),
        (Exponential(0.5), {0: 1, 1: 0.5, 3: 0.125}),
        (Cosine(100, least=0.2), {0: 1, 50: 0.6, 100: 0.2, 900: 0.2}),
        (OneCycle(100, peak=0.25, least=0.1), {0: 0.1, 25: 1, 100: 0.1, 900: 0.1}),
    ],
)
def test_a_schedule_gives_the_multipliers_worked_by_hand(schedule: Any, multipliers: dict[int, float]):
    assert {update: schedule.multiplier(update) for update in multipliers} == pytest.approx(multipliers)


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
@pytest.mark.parametrize("optimiser", OPTIMISERS.values(), ids=OPTIMISERS)
def test_every_schedule_goes_with_every_optimiser(optimiser: Any, schedule: Any):
    run = descend(Neuron([1, 2], 5), [0, 0], Scheduled(optimiser(0.01), schedule()), updates=200)
    assert np.isfinite(run.weights).all()
    assert run.loss[-1] < run.loss[0]


def test_a_scheduled_rate_is_the_rate_times_its_multiplier():
    neuron = Neuron([1, 2], 5)
    scheduled = descend(neuron, [0, 0], Scheduled(GradientDescent(0.1), Step(every=1, factor=0.5)), updates=2)
    first = descend(neuron, [0, 0], GradientDescent(0.1), updates=1).weights[1]
    second = descend(neuron, first, GradientDescent(0.05), updates=1).weights[1]
    assert scheduled.weights[1:] == pytest.approx(np.stack([first, second]))


def test_a_switched_run_is_one_run_and_then_another_without_a_memory():
    neuron, first = Neuron([1, 2], 5), Momentum(0.05)
    switched = descend(neuron, [0, 0], Switched(first, 3, Switched(Adam(0.1), 2, first)), updates=8).weights
    before = descend(neuron, [0, 0], first, updates=3).weights
    between = descend(neuron, before[-1], Adam(0.1), updates=2).weights
    after = descend(neuron, between[-1], first, updates=3).weights
    assert (switched == np.concatenate([before, between[1:], after[1:]])).all()


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: Step(every=0), "Every"),
        (lambda: Step(factor=0), "Factor"),
        (lambda: Exponential(1.1), "Factor"),
        (lambda: Cosine(updates=0), "Updates"),
        (lambda: Cosine(least=-0.1), "Least"),
        (lambda: OneCycle(updates=0), "Updates"),
        (lambda: OneCycle(peak=1), "Peak"),
        (lambda: OneCycle(least=float("nan")), "Least"),
        (lambda: Switched(Adam(), 0, Adam()), "An optimiser"),
    ],
)
def test_settings_that_make_no_sense_are_refused_in_a_sentence(make: Any, word: str):
    with pytest.raises(ValueError, match=rf"^{word} .*\.$"):
        make()

"""Optimisers and schedules against hand-worked numbers, known minima and an independent implementation."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gd_core import (
    OPTIMISERS,
    SCHEDULES,
    AdaGrad,
    Adam,
    GradientDescent,
    Momentum,
    Neuron,
    Problem,
    Scheduled,
    Switched,
    arrive,
    descend,
)
from gd_core.schedules import Constant, Cosine, Exponential, OneCycle, Step

INDEPENDENT = json.loads((Path(__file__).parent / "data" / "optimisers.json").read_text())


@dataclass(frozen=True)
class Bowl:
    """sum(curvatures * (w - bottom)^2) / 2: its slopes are curvatures * (w - bottom)."""

    curvatures: tuple[float, ...]
    bottom: tuple[float, ...]

    def loss(self, weights: np.ndarray) -> np.ndarray:
        """The loss at each point."""
        return (np.array(self.curvatures) * (weights - self.bottom) ** 2).sum(axis=-1) / 2

    def slopes(self, weights: np.ndarray) -> np.ndarray:
        """The slopes at each point."""
        return np.array(self.curvatures) * (weights - self.bottom)


# Problem, start, and the learning rate and the updates each optimiser gets on it.
MINIMA: dict[str, tuple[Problem, list[float], dict[str, float]]] = {
    "parabola": (Bowl((2.0,), (3.0,)), [7.0], {}),
    "badly conditioned bowl": (
        Bowl((1.0, 100.0), (3.0, -1.0)),
        [5.0, 1.0],
        {"Gradient descent": 0.015, "Momentum": 0.005, "Nesterov": 0.005},
    ),
    "sigmoid neuron": (Neuron([1.0, 2.0], 0.8, "sigmoid"), [-0.5, 0.2], {}),
}
RATES = {"Gradient descent": 0.1, "Momentum": 0.1, "Nesterov": 0.1, "AdaGrad": 1.0, "RMSProp": 0.1, "Adam": 0.1}


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("where", MINIMA)
def test_every_optimiser_reaches_the_known_minimum(where: str, name: str):
    problem, start, rates = MINIMA[where]
    optimiser = OPTIMISERS[name](rates.get(name, RATES[name]))
    # What divides by the size of the slopes dances around a minimum; a falling rate lets it settle.
    run = descend(problem, start, Scheduled(optimiser, Cosine(5000, least=0.0)), updates=5000)
    if isinstance(problem, Bowl):
        assert run.weights[-1] == pytest.approx(problem.bottom, abs=1e-6)
    assert run.loss[-1] == pytest.approx(0, abs=1e-9)


# On w^2 / 2, whose slope is w, from w = 1. Worked by hand; ADAGRAD, RMSPROP and ADAM are the second weights.
ADAGRAD = 1 / 2 - 1 / 4 / (1 + 1 / 4) ** 0.5
RMSPROP = 3 / 4 - 1 / 8 * 3 / 4 / (3 / 16 + 9 / 64) ** 0.5
ADAM = 3 / 4 - 1 / 4 * (1 / 4 + 3 / 8) / (3 / 4) / ((3 / 16 + 9 / 64) / (7 / 16)) ** 0.5
FIRST_STEPS: dict[str, tuple[dict[str, float], list[float]]] = {
    # w = w - w / 2.
    "Gradient descent": ({"learning_rate": 1 / 2}, [1 / 2, 1 / 4, 1 / 8]),
    # velocity = 1, 1/2 + 1/2, 1/2 + 0; half of it is subtracted.
    "Momentum": ({"learning_rate": 1 / 2, "momentum": 1 / 2}, [1 / 2, 0, -1 / 4]),
    # velocity = 1, 3/4, 5/16; half of slope + velocity / 2 is subtracted: half of 3/2, 5/8, 3/32.
    "Nesterov": ({"learning_rate": 1 / 2, "momentum": 1 / 2}, [1 / 4, -1 / 16, -7 / 64]),
    # squares = 1, 1 + 1/4, and the second weight squared more.
    "AdaGrad": ({"learning_rate": 1 / 2}, [1 / 2, ADAGRAD, ADAGRAD - ADAGRAD / 2 / (5 / 4 + ADAGRAD**2) ** 0.5]),
    # squares = 1/4, then 3/4 of what they were and 1/4 of the new slope squared.
    "RMSProp": (
        {"learning_rate": 1 / 8, "decay": 3 / 4},
        [3 / 4, RMSPROP, RMSPROP - RMSPROP / 8 / (63 / 256 + RMSPROP**2 / 4) ** 0.5],
    ),
    # velocity = 1/2, 5/8, 5/16 + w/2 over 1/2, 3/4, 7/8; squares as in RMSProp over 1/4, 7/16, 37/64.
    "Adam": (
        {"learning_rate": 1 / 4, "momentum": 1 / 2, "decay": 3 / 4},
        [3 / 4, ADAM, ADAM - (5 / 16 + ADAM / 2) * 8 / 7 / 4 / ((63 / 256 + ADAM**2 / 4) * 64 / 37) ** 0.5],
    ),
}


@pytest.mark.parametrize("name", OPTIMISERS)
def test_the_first_three_steps_are_those_worked_by_hand(name: str):
    settings, wanted = FIRST_STEPS[name]
    run = descend(Bowl((1.0,), (0.0,)), [1.0], OPTIMISERS[name](**settings), updates=3)
    assert run.weights[1:, 0] == pytest.approx(wanted, abs=1e-7)  # TINY is 1e-8


@pytest.mark.parametrize("name", OPTIMISERS)
def test_fifty_steps_agree_with_an_independent_implementation(name: str):
    optimiser = OPTIMISERS[name](INDEPENDENT["learning_rates"][name])
    run = descend(Neuron([[1, 2], [3, 1]], [1, -2]), [2, -1], optimiser, updates=50)
    assert np.abs(run.weights - INDEPENDENT["weights"][name]).max() < 1e-10


@pytest.mark.parametrize("name", OPTIMISERS)
def test_many_rates_at_once_are_as_many_runs(name: str):
    rates = [0.001, 0.01, 0.02]
    neuron = Neuron([1, 2, 3], 5)
    together = descend(neuron, np.tile([0.0, 2.0, 1.0], (3, 1)), OPTIMISERS[name](rates), updates=30)
    for place, rate in enumerate(rates):
        alone = descend(neuron, [0, 2, 1], OPTIMISERS[name](rate), updates=30)
        assert together.weights[:, place] == pytest.approx(alone.weights, rel=1e-9)
    assert together.loss.shape == (31, 3)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_an_optimiser_keeps_nothing_from_one_run_for_the_next(name: str):
    optimiser = OPTIMISERS[name](0.01)
    first, second = (descend(Neuron([1, 2], 5), [0, 2], optimiser, updates=10) for _ in range(2))
    assert (first.weights == second.weights).all()


@pytest.mark.parametrize("rate", [0, -1, float("nan"), float("inf"), [], [0.1, 0]])
@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_learning_rate_that_is_none_is_refused(name: str, rate: Any):
    with pytest.raises(ValueError, match="finite number greater than 0"):
        OPTIMISERS[name](rate)


@pytest.mark.parametrize("share", [-0.1, 1, float("nan")])
def test_a_momentum_or_decay_out_of_range_is_refused(share: float):
    with pytest.raises(ValueError, match=r"^Momentum is a number from 0 to below 1\.$"):
        Momentum(0.1, momentum=share)
    with pytest.raises(ValueError, match=r"^Decay is a number"):
        Adam(0.1, decay=share)


def test_a_met_target_moves_no_optimiser_and_divides_nothing_by_0():
    for make in OPTIMISERS.values():
        run = descend(Neuron([1, 2], 5), [1, 2], make(0.1), updates=3)
        assert (run.weights == [1, 2]).all()


@pytest.mark.parametrize(
    ("schedule", "shares"),
    [
        (Constant(), {0: 1, 7: 1}),
        (Step(every=10, factor=0.5), {0: 1, 9: 1, 10: 0.5, 25: 0.25}),
        (Exponential(0.5), {0: 1, 1: 0.5, 3: 0.125}),
        (Cosine(100, least=0.2), {0: 1, 50: 0.6, 100: 0.2, 900: 0.2}),
        (OneCycle(100, peak=0.25, least=0.1), {0: 0.1, 25: 1, 100: 0.1, 900: 0.1}),
    ],
)
def test_a_schedule_gives_the_shares_worked_by_hand(schedule: Any, shares: dict[int, float]):
    assert {update: schedule.share(update) for update in shares} == pytest.approx(shares)


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
@pytest.mark.parametrize("optimiser", OPTIMISERS.values(), ids=OPTIMISERS)
def test_every_schedule_goes_with_every_optimiser(optimiser: Any, schedule: Any):
    run = descend(Neuron([1, 2], 5), [0, 0], Scheduled(optimiser(0.01), schedule()), updates=200)
    assert np.isfinite(run.weights).all()
    assert run.loss[-1] < run.loss[0]


def test_a_scheduled_rate_is_the_rate_times_its_share():
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


@pytest.mark.parametrize("name", OPTIMISERS)
def test_to_arrive_is_the_last_row_of_the_descent(name: str):
    neuron, optimiser = Neuron([1, 2, 3], 5, "tanh"), OPTIMISERS[name]([0.001, 0.1])
    assert (arrive(neuron, [0.1, 0, 0], optimiser, 7) == descend(neuron, [0.1, 0, 0], optimiser, 7).weights[-1]).all()
    assert arrive(neuron, [0.1, 0, 0], optimiser, 0).tolist() == [0.1, 0, 0]
    with pytest.raises(ValueError, match="cannot be negative"):
        arrive(neuron, [0.1, 0, 0], optimiser, -1)


def test_arriving_beyond_what_a_float_can_hold_is_a_result_and_no_warning():
    assert not np.isfinite(arrive(Neuron([3, 4], 6), [1, 2], GradientDescent(10), 2000)).any()


@pytest.mark.parametrize(
    ("make", "says"),
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
def test_settings_that_make_no_sense_are_refused_in_a_sentence(make: Any, says: str):
    with pytest.raises(ValueError, match=rf"^{says} .*\.$"):
        make()


def test_adagrad_never_takes_a_longer_step_than_its_first():
    run = descend(Neuron([1, 2], 5), [0, 0], AdaGrad(0.1), updates=50)
    steps = np.abs(np.diff(run.weights, axis=0))
    assert (steps <= steps[0] + 1e-12).all()

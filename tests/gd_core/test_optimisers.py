"""Optimisers against steps worked by hand, known minima and an independent implementation."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gd_core.descent import descend
from gd_core.optimisers import OPTIMISERS, AdaGrad, Adam, GradientDescent, Momentum
from gd_core.problems import Neuron, Problem
from gd_core.schedules import Cosine, Scheduled

INDEPENDENT = json.loads((Path(__file__).parent / "data" / "optimisers.json").read_text())


@dataclass(frozen=True)
class Bowl(Problem):
    """sum(curvatures * (w - bottom)^2) / 2: its slopes are curvatures * (w - bottom)."""

    curvatures: tuple[float, ...]
    bottom: tuple[float, ...]

    def loss_and_slopes(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        slopes = np.array(self.curvatures) * (weights - self.bottom)
        return (slopes * (weights - self.bottom)).sum(axis=-1) / 2, slopes


# Problem, start, and the learning rate of each optimiser where it is not the one in RATES.
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
    # An optimiser that divides by the size of the slopes never settles at a constant rate; at a falling one it does.
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


def test_optimisers_compare_by_value():
    assert GradientDescent(np.array([0.1, 0.2])) == GradientDescent((0.1, 0.2))
    assert hash(GradientDescent(np.array([0.1, 0.2]))) == hash(GradientDescent((0.1, 0.2)))
    assert Momentum(0.1, momentum=0.8) != Momentum(0.1)
    assert len({kind(0.1) for kind in OPTIMISERS.values()}) == len(OPTIMISERS)


@pytest.mark.parametrize("rate", [0, -1, -0.1, float("nan"), float("inf"), [], [0.1, 0]])
@pytest.mark.parametrize("name", OPTIMISERS)
def test_what_is_no_learning_rate_is_refused(name: str, rate: Any):
    with pytest.raises(ValueError, match="greater than 0"):
        OPTIMISERS[name](rate)


@pytest.mark.parametrize("value", [-0.1, 1, float("nan")])
def test_a_momentum_or_decay_out_of_range_is_refused(value: float):
    with pytest.raises(ValueError, match=r"^Momentum "):
        Momentum(0.1, momentum=value)
    with pytest.raises(ValueError, match=r"^Decay "):
        Adam(0.1, decay=value)


def test_a_target_already_met_moves_no_optimiser_and_divides_nothing_by_0():
    for kind in OPTIMISERS.values():
        run = descend(Neuron([1, 2], 5), [1, 2], kind(0.1), updates=3)
        assert (run.weights == [1, 2]).all()


def test_adagrad_never_takes_a_longer_step_than_its_first():
    run = descend(Neuron([1, 2], 5), [0, 0], AdaGrad(0.1), updates=50)
    steps = np.abs(np.diff(run.weights, axis=0))
    assert (steps <= steps[0] + 1e-12).all()

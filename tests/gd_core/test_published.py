"""Figures that others have published, reproduced."""

import numpy as np
import pytest

from gd_core.descent import descend
from gd_core.optimisers import AdaGrad, Adam, GradientDescent, Momentum, Optimiser, RMSProp
from gd_core.problems import Neuron
from gd_core.samples import least_squares
from tests.helpers.published import CARS, DATA, MILES, POUNDS

# Aston Zhang and others, Dive into Deep Learning, chapter 12, "Optimization Algorithms": 0.1 x1^2 + 2 x2^2 from
# (-5, -2), and where its sections "Momentum", "Adagrad" and "RMSProp" are after 20 updates.
QUADRATIC = Neuron(np.diag([0.2**0.5, 2]), [0, 0])
TWENTY: dict[Optimiser, tuple[float, float]] = {
    GradientDescent(0.4): (-0.943467, -0.000073),
    GradientDescent(0.6): (-0.387814, -1673.365109),
    Momentum(0.6, momentum=0.5): (0.007188, 0.002553),
    Momentum(0.6, momentum=0.25): (-0.126340, -0.186632),
    AdaGrad(0.4): (-2.382563, -0.158591),
    AdaGrad(2): (-0.002295, 0),
    RMSProp(0.4, decay=0.9): (-0.010599, 0),
}


def test_seven_cars_of_the_machine_learning_crash_course():
    neuron = Neuron(np.column_stack([POUNDS, np.ones(7)]), MILES)
    run = descend(neuron, [0, 0], GradientDescent(0.01), updates=5)
    assert np.column_stack([run.weights, run.loss]) == pytest.approx(np.array(CARS), abs=0.005)


def test_the_food_trucks_of_andrew_ngs_course():
    """Andrew Ng, Machine Learning (Stanford, Coursera 2011), exercise 1, part 2, and the theta that its script expects.

    Its cost is half the mean squared error, so its rate of 0.01 is 0.005 here.
    """
    population, profit = np.loadtxt(DATA / "food_trucks.csv", delimiter=",", skiprows=1, unpack=True)
    neuron = Neuron(np.column_stack([np.ones(97), population]), profit)
    run = descend(neuron, [0, 0], GradientDescent(0.01 / 2), updates=1500)
    assert run.loss[0] / 2 == pytest.approx(32.07, abs=0.005)
    assert neuron.loss([-1, 2]) / 2 == pytest.approx(54.24, abs=0.005)
    assert run.weights[-1] == pytest.approx([-3.6303, 1.1664], abs=5e-5)


@pytest.mark.parametrize(
    ("divisor", "theta"),
    # Octave's standard deviation divides by 46, numpy's by 47: the course in Octave, and in numpy.
    [(46, [334302.063993, 100087.116006, 3673.548451]), (47, [334302.06399328, 99411.44947359, 3267.01285407])],
)
def test_the_houses_of_andrew_ngs_course(divisor: int, theta: list[float]):
    """Part 3 of the same exercise: 47 houses of Portland, features normalised, 400 updates at 0.01, half of it here."""
    *features, price = np.loadtxt(DATA / "houses.csv", delimiter=",", skiprows=1, unpack=True)
    normalised = [(one - one.mean()) / one.std(ddof=47 - divisor) for one in features]
    run = descend(Neuron(np.column_stack([np.ones(47), *normalised]), price), [0, 0, 0], GradientDescent(0.005), 400)
    assert run.weights[-1] == pytest.approx(theta, abs=1e-5)


@pytest.mark.parametrize(("start", "outputs"), [([0.6, 0.9], [0.82, 0.09]), ([2, 2], [0.98, 0.20])])
def test_the_sigmoid_neuron_that_learns_and_the_one_that_is_slow_to_begin(start: list[float], outputs: list[float]):
    """Michael Nielsen, Neural Networks and Deep Learning (2015), chapter 3, "The cross-entropy cost function".

    A weight and a bias, 300 epochs at 0.15, with half the squared error as cost: 0.075 here.
    """
    neuron = Neuron([1, 1], 0, "sigmoid")
    run = descend(neuron, start, GradientDescent(0.15 / 2), updates=300)
    assert neuron.predictions(run.weights[[0, -1]])[:, 0] == pytest.approx(outputs, abs=0.005)
    assert (np.abs(run.weights[50] - start) < 0.5).all() == (start == [2, 2])


@pytest.mark.parametrize(("rate", "end"), [(0.2, 0.060466), (0.05, 3.486784), (1.1, 61.917364)])
def test_ten_updates_of_a_square_in_dive_into_deep_learning(rate: float, end: float):
    """The same book, "Gradient Descent", section "One-Dimensional Gradient Descent": x^2 from 10."""
    x = descend(Neuron([1], 0), [10], GradientDescent(rate), updates=20).weights[:, 0]
    assert x[10] == pytest.approx(end, abs=5e-7)
    assert x[20] == pytest.approx(end**2 / 10, rel=2e-5)


@pytest.mark.parametrize(("rate", "factor"), [(0.2, 0.6), (0.605, -0.21), (2, -3)])
def test_each_update_of_a_square_multiplies_by_the_factor_worked_by_hand(rate: float, factor: float):
    x = descend(Neuron([1], 0), [10], GradientDescent(rate), updates=20).weights[:, 0]
    assert x == pytest.approx(10 * factor ** np.arange(21))


@pytest.mark.parametrize(("optimiser", "end"), TWENTY.items(), ids=repr)
def test_twenty_updates_of_a_quadratic_in_dive_into_deep_learning(optimiser: Optimiser, end: tuple[float, float]):
    run = descend(QUADRATIC, [-5, -2], optimiser, updates=20)
    # The book's AdaGrad and RMSProp have 1e-6 inside the root.
    assert run.weights[-1] == pytest.approx(end, abs=2e-6)


def test_the_first_five_steps_of_adam_on_a_square():
    """ADAM: Machine Learning Deepdive, gbasran.github.io, concept 12: theta^2 from 5 at 0.1, worked by hand."""
    run = descend(Neuron([1], 0), [5], Adam(0.1), updates=5)
    assert run.weights[1:, 0] == pytest.approx([4.9, 4.80006, 4.70021, 4.60051, 4.50098], abs=5e-6)


def test_the_best_rates_of_gradient_descent_and_of_momentum_for_a_known_quadratic():
    """Boris Polyak, Some methods of speeding up the convergence of iteration methods (1964).

    For curvatures l and L: 2 / (l + L); and 4 / (sqrt(L) + sqrt(l))^2 with momentum q^2, where q is
    (sqrt(L) - sqrt(l)) / (sqrt(L) + sqrt(l)), by which every update then shrinks the error in the end.
    """
    least, rate, momentum = least_squares(QUADRATIC, [0, 0]), 0.6679, 0.4026
    assert (least.smallest, least.largest) == pytest.approx((0.2, 4))
    assert least.best_rate == pytest.approx(0.4762, abs=5e-5)

    def shrinks(optimiser: Optimiser) -> float:
        loss = descend(QUADRATIC, [-5, -2], optimiser, updates=200).loss
        return (loss[200] / loss[100]) ** (1 / 200)

    best = shrinks(Momentum(rate, momentum=momentum))
    assert shrinks(GradientDescent(0.4762)) == pytest.approx(3.8 / 4.2, rel=1e-4)
    assert best == pytest.approx(momentum**0.5, rel=0.01)
    for other in (0.97, 1.03):
        assert shrinks(GradientDescent(0.4762 * other)) > 3.8 / 4.2
        assert shrinks(Momentum(rate * other, momentum=momentum)) > best
        assert shrinks(Momentum(rate, momentum=momentum * other)) > best

"""The core beside the lesson's own loop: the whole history of one neuron.

python -m benchmarks.core
"""

import timeit

import numpy as np

from gd_core.descent import descend, final_weights
from gd_core.lesson import get_mse, get_slope
from gd_core.network import Network
from gd_core.optimisers import Adam, GradientDescent
from gd_core.problems import Neuron
from gd_core.samples import Batches

ROUNDS = 5


def lessons_loop(updates: int) -> list[np.floating]:
    """The lesson's last exercise: the history of the mean squared error and nothing else."""
    input_data, target, weights = np.array([1, 2, 3]), 0, np.array([0, 2, 1])
    mse_hist = []
    for _ in range(updates):
        slope = get_slope(input_data, target, weights)
        weights = weights - 0.01 * slope
        mse_hist.append(get_mse(input_data, target, weights))
    return mse_hist


def whole_history(updates: int) -> None:
    """The same run through the core: every weight, slope and loss."""
    descend(Neuron([1, 2, 3], 0), [0, 2, 1], GradientDescent(0.01), updates)


RANDOM = np.random.RandomState(0)
ROWS = RANDOM.normal(size=(10_000, 10))
TARGETS = ROWS @ RANDOM.normal(size=10) + RANDOM.normal(size=10_000)
TANH_TARGETS = np.tanh(TARGETS)


def bare_arithmetic(updates: int) -> list[np.floating]:
    """Gradient descent over 10,000 samples with nothing around it."""
    weights, mse_hist = np.zeros(10), []
    for _ in range(updates):
        errors = ROWS @ weights - TARGETS
        mse_hist.append(np.mean(errors**2))
        weights = weights - 0.01 * (errors @ ROWS) * (2 / len(TARGETS))
    return mse_hist


def bare_tanh(updates: int) -> list[np.floating]:
    """The same with tanh, whose slope is 1 - tanh^2."""
    weights, mse_hist = np.zeros(10), []
    for _ in range(updates):
        predictions = np.tanh(ROWS @ weights)
        errors = predictions - TANH_TARGETS
        mse_hist.append(np.mean(errors**2))
        weights = weights - 0.01 * ((errors * (1 - predictions**2)) @ ROWS) * (2 / len(TANH_TARGETS))
    return mse_hist


def many_samples(updates: int) -> None:
    """The same through the core, with the optimiser that costs most: every weight, slope and loss."""
    descend(Batches(Neuron(ROWS, TARGETS), len(TARGETS)), np.zeros(10), Adam(0.01), updates)


def many_tanh(updates: int) -> None:
    """The same through the core."""
    descend(Batches(Neuron(ROWS, TANH_TARGETS, "tanh"), len(TANH_TARGETS)), np.zeros(10), Adam(0.01), updates)


MOONS, MOON_TARGETS = RANDOM.normal(size=(200, 4)), RANDOM.uniform(size=(200, 3))
NETWORK = Network(MOONS, MOON_TARGETS, [6, 6, 6])


def bare_network(updates: int) -> list[np.floating]:
    """Gradient descent on the weights and biases of 4 inputs, 3 hidden layers of 6, 3 outputs, by hand."""
    (w1, b1), (w2, b2), (w3, b3), (w4, b4) = (
        (layer.weights, layer.biases[:, np.newaxis]) for layer in NETWORK.layers(NETWORK.start(0))
    )
    x, t, mse_hist = MOONS.T, MOON_TARGETS.T, []
    for _ in range(updates):
        v1 = 1 / (1 + np.exp(-(w1 @ x + b1)))
        v2 = 1 / (1 + np.exp(-(w2 @ v1 + b2)))
        v3 = 1 / (1 + np.exp(-(w3 @ v2 + b3)))
        v4 = 1 / (1 + np.exp(-(w4 @ v3 + b4)))
        errors = v4 - t
        mse_hist.append(np.mean(errors**2))
        n4 = errors * (2 / t.size) * (v4 * (1 - v4))
        n3 = w4.T @ n4 * (v3 * (1 - v3))
        n2 = w3.T @ n3 * (v2 * (1 - v2))
        n1 = w2.T @ n2 * (v1 * (1 - v1))
        w4, b4 = w4 - 0.5 * n4 @ v3.T, b4 - 0.5 * n4.sum(axis=1, keepdims=True)
        w3, b3 = w3 - 0.5 * n3 @ v2.T, b3 - 0.5 * n3.sum(axis=1, keepdims=True)
        w2, b2 = w2 - 0.5 * n2 @ v1.T, b2 - 0.5 * n2.sum(axis=1, keepdims=True)
        w1, b1 = w1 - 0.5 * n1 @ x.T, b1 - 0.5 * n1.sum(axis=1, keepdims=True)
    return mse_hist


def a_network(updates: int) -> np.ndarray:
    """The same through the core."""
    return descend(NETWORK, NETWORK.start(0), GradientDescent(0.5), updates).loss


def milliseconds(run: str, updates: int, times: int) -> float:
    """The best of several rounds."""
    return 1000 * min(timeit.repeat(f"{run}({updates})", globals=globals(), number=times, repeat=ROUNDS)) / times


SWEPT = GradientDescent(np.geomspace(1e-6, 1, 300))


def sweep(updates: int) -> None:
    """The final weights of 300 learning rates."""
    final_weights(Neuron([1, 2, 3], 0), [0, 2, 1], SWEPT, updates)


def one_by_one(updates: int) -> None:
    """The final weights of one run, step by step."""
    final_weights(Neuron([1, 2, 3], 0), [0, 2, 1], GradientDescent(0.01), updates)


def main() -> None:
    """Print a row for each length of run, and what a sweep costs."""
    print(f"{'updates':>8}{'loop ms':>10}{'core ms':>10}{'times faster':>14}")
    for updates in (20, 1000, 10_000):
        loop = milliseconds("lessons_loop", updates, times=max(1, 2000 // updates))
        core = milliseconds("whole_history", updates, times=max(5, 20_000 // updates))
        print(f"{updates:8}{loop:10.2f}{core:10.3f}{loop / core:14.0f}")
    many, one = milliseconds("sweep", 200, times=10), milliseconds("one_by_one", 200, times=20)
    for name, bare_run, core_run in (("", "bare_arithmetic", "many_samples"), ("tanh, ", "bare_tanh", "many_tanh")):
        bare, core = milliseconds(bare_run, 1000, times=1), milliseconds(core_run, 1000, times=1)
        print(f"{name}10,000 samples, 1,000 updates: {core:.0f} ms, bare {bare:.0f} ms: {core / bare:.2f} times")
    # Taking turns: on a busy machine two runs one after the other would not be comparable.
    turns = [[milliseconds(run, 200, times=1) for run in ("bare_network", "a_network")] for _ in range(9)]
    bare, core = np.median(turns, axis=0)
    ratio = np.median([core / bare for bare, core in turns])
    print(f"network 4-6-6-6-3, 200 samples, 200 updates: {core:.1f} ms, bare {bare:.1f} ms: {ratio:.2f} times")
    print(f"sweep of 300 rates x 200 updates {many:.2f} ms, one run step by step {one:.2f} ms: {many / one:.2f} times")


if __name__ == "__main__":
    main()

"""What keeps a network from learning, recognised in networks made to have it."""

import math

import numpy as np
import pytest

from gd_core import diagnostics
from gd_core.descent import descend
from gd_core.network import Network
from gd_core.optimisers import GradientDescent
from gd_core.samples import moons, xor


def test_a_relu_is_dead_where_its_sum_is_negative_for_every_sample_and_its_weights_never_move():
    network = Network(*xor(), hidden=[3], hidden_activation="ReLU")
    start = np.array([1.0, 1, -1, -1, 1, -1, 0, -0.5, 0, 1, 1, 1, 0])  # 0 to 2; below 0; above 0 for one sample
    assert diagnostics.dead(network.layers(start)[0]).tolist() == [False, True, False]
    run = descend(network, start, GradientDescent(0.5), 20)
    assert (run.weights[-1, [2, 3, 7]] == start[[2, 3, 7]]).all()


@pytest.mark.parametrize(("activation", "edge"), [("sigmoid", 6.906), ("tanh", 4.147)])  # where the slope is 1e-3
def test_a_node_is_saturated_where_every_sample_is_beyond_the_edge(activation: str, edge: float):
    network = Network([[1.0], [-1.2]], [0, 1], [3], activation)
    within, beyond = edge - 0.01, edge + 0.01
    layer = network.layers(np.array([beyond, within, 0.1, 0, 0, beyond + 0.5, 1, 1, 1, 0]))[0]
    assert diagnostics.saturated(layer).tolist() == [True, False, True]
    assert diagnostics.dead(layer).tolist() == [False, False, False]


@pytest.mark.parametrize("biases", [True, False])
def test_nodes_are_symmetric_with_equal_numbers_in_and_out_and_descent_keeps_them_so(biases: bool):
    network = Network(*moons(), hidden=[3], biases=biases)
    into, after, out = [0.1, 0.2, 0.5, -0.4, 0.1, 0.2], [0.3, 0.3, 0.3], [0.7, 0.7, 0.7]
    start = np.array([*into, *after, *out, 0.1] if biases else [*into, *out])
    for row in descend(network, start, GradientDescent(0.5), 100).weights[[0, -1]]:
        assert diagnostics.symmetric(*network.layers(row)) == [(0, 2)]
    for place, what in enumerate(network.places):
        if (what.layer == 1 and what.node == 1) or (what.layer == 2 and what.weight == 1):
            broken = start + 0.01 * np.eye(len(start))[place]
            assert diagnostics.symmetric(*network.layers(broken)) == []


@pytest.mark.parametrize(("weight", "ratio"), [(0.1, 0.1**3), (1, 1), (10, 10**3)])
def test_each_linear_layer_on_the_way_back_multiplies_the_slopes_by_its_weight(weight: float, ratio: float):
    network = Network([[1.0], [2.0]], [5.0, -4.0], [1, 1, 1], "identity", "identity", biases=False)
    layers = network.layers(np.full(4, weight))
    assert diagnostics.slope_ratio(layers) == pytest.approx(ratio)
    assert diagnostics.slope_sizes(layers)[::-1] / diagnostics.slope_sizes(layers)[-1] == pytest.approx(
        weight ** np.arange(4.0)
    )


def test_slopes_vanish_through_three_layers_of_sigmoids_from_a_usual_start():
    network = Network(*moons(), hidden=[6, 6, 6])
    assert diagnostics.slope_ratio(network.layers(network.start(0))) < 0.01


def test_a_target_that_is_met_has_no_ratio_of_slopes():
    network = Network([0.0], 0.5, [2])
    assert math.isnan(diagnostics.slope_ratio(network.layers(np.zeros(7))))

"""Backpropagation against central differences, torch, a published example, and the neuron that a network may be."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from gd_core.activations import ACTIVATIONS
from gd_core.descent import descend
from gd_core.network import Network, Place
from gd_core.optimisers import OPTIMISERS, GradientDescent
from gd_core.problems import Neuron, Slice
from gd_core.samples import Batches, moons, xor
from gd_core.schedules import Cosine, Scheduled

TORCH = json.loads((Path(__file__).parent / "data" / "network.json").read_text())
NAMES = ("identity", "ReLU", "tanh", "sigmoid")
# What a page may open with, and the seeds of its start weights; the last one ends in a local minimum.
XOR = Network(*xor(), hidden=[3], hidden_activation="tanh")
LEARNS, STUCK = range(10), 10


def made_up(seed: int) -> tuple[Network, np.ndarray]:
    """A network of any shape that a page allows, any data, and a start for it. The figures of torch rest on it."""
    random = np.random.RandomState(seed)
    samples, inputs, outputs = random.randint(1, 9), random.randint(1, 5), random.randint(1, 4)
    hidden = random.randint(1, 7, size=random.randint(0, 4)).tolist()
    in_hidden, in_outputs = (NAMES[place] for place in random.randint(0, len(NAMES), size=2))
    data = random.normal(size=(samples, inputs)), random.normal(size=(samples, outputs))
    network = Network(*data, hidden, in_hidden, in_outputs, bool(random.randint(0, 2)))
    return network, random.normal(size=len(network.places))


def test_backpropagated_slopes_agree_with_central_differences_for_200_networks():
    for seed in range(200):
        network, weights = made_up(seed)
        nudges = 1e-6 * np.eye(len(weights))
        differences = (network.loss(weights + nudges) - network.loss(weights - nudges)) / 2e-6
        assert network.slopes(weights) == pytest.approx(differences, rel=1e-5, abs=1e-7), seed


def test_loss_and_slopes_agree_with_torch():
    assert len(TORCH["cases"]) == 20
    for seed, (loss, slopes) in enumerate(TORCH["cases"]):
        network, weights = made_up(seed)
        assert network.loss(weights) == pytest.approx(loss, rel=1e-10)
        assert network.slopes(weights) == pytest.approx(slopes, rel=1e-10, abs=1e-10)


def test_mazurs_published_example_comes_out_to_its_last_printed_digit():
    # Matt Mazur 2015, A Step by Step Backpropagation Example. With two outputs his sum of half squares is our mean of
    # squares. His biases stay as they are.
    network = Network([0.05, 0.10], [0.01, 0.99], hidden=[2])
    start = np.array([0.15, 0.20, 0.25, 0.30, 0.35, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.60])
    moving = tuple(place for place, what in enumerate(network.places) if what.weight)
    run = descend(Slice(network, tuple(start), moving), start[list(moving)], GradientDescent(0.5), 1)
    assert f"{run.loss[0]:.9f}" == "0.298371109"
    printed = [
        "0.149780716",
        "0.19956143",
        "0.24975114",
        "0.29950229",
        "0.35891648",
        "0.408666186",
        "0.511301270",
        "0.561370121",
    ]
    assert [f"{w:.{len(text) - 2}f}" for w, text in zip(run.weights[1], printed, strict=True)] == printed
    assert run.loss[1] == pytest.approx(0.291027774, abs=5e-10), "with the weights that he prints"
    # He prints 0.291027924: the error if the slopes of the hidden layer are taken through output weights that have
    # been updated already.
    first, last = network.layers(start)
    new = last.weights - 0.5 * last.weight_slopes
    late = first.weights - 0.5 * (new.T @ last.node_slopes * first.activation_slopes) @ first.inputs.T
    his = network.loss(np.concatenate([late.ravel(), start[4:6], new.ravel(), start[10:]]))
    assert f"{his:.9f}" == "0.291027924"


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("samples", "inputs"), [(1, 3), (1, 1), (7, 1), (7, 3), (50, 4)])
def test_without_hidden_layer_and_bias_it_is_the_neuron_to_the_last_digit(samples: int, inputs: int, activation: str):
    random = np.random.RandomState(samples)
    rows, targets = random.normal(size=(samples, inputs)), random.normal(size=samples)
    neuron = Neuron(rows, targets, activation)
    network = Network(rows, targets, [], output_activation=activation, biases=False)
    for shape in ((), (1,), (9,), (2, 3), (5000,)):
        points = random.normal(size=(*shape, inputs))
        for ours, of_neuron in zip(network.loss_and_slopes(points), neuron.loss_and_slopes(points), strict=True):
            assert np.array_equal(ours, of_neuron)
        assert np.array_equal(network.loss(points), neuron.loss(points))
    for kind in OPTIMISERS.values():
        runs = [descend(problem, np.ones(inputs), kind(0.05), 50) for problem in (network, neuron)]
        assert np.array_equal(runs[0].weights, runs[1].weights)
        assert np.array_equal(runs[0].loss, runs[1].loss)


def test_many_starts_at_once_are_as_many_runs():
    network = Network(*moons(), hidden=[4, 3])
    starts = np.stack([network.start(seed) for seed in range(6)])
    together = descend(network, starts.reshape(2, 3, -1), GradientDescent(0.5), 20)
    for place, start in enumerate(starts):
        alone = descend(network, start, GradientDescent(0.5), 20)
        assert together.weights[:, *divmod(place, 3)] == pytest.approx(alone.weights, rel=1e-12, abs=1e-14)
        assert together.loss[:, *divmod(place, 3)] == pytest.approx(alone.loss, rel=1e-12)
        assert network.predictions(starts)[place] == pytest.approx(network.predictions(start), rel=1e-12)


def test_points_in_blocks_have_the_loss_and_slopes_of_each_point():
    network = Network(*moons(), hidden=[4])
    points = np.random.RandomState(0).normal(size=(600, 17))  # more than one block
    loss, slopes = network.loss_and_slopes(points)
    assert network.loss(points) == pytest.approx(loss)
    for place in (0, 599):
        alone = network.loss_and_slopes(points[place])
        assert loss[place] == pytest.approx(alone[0])
        assert slopes[place] == pytest.approx(alone[1])


def test_every_place_of_the_flat_vector_moves_the_sum_of_its_node_and_of_no_other():
    network = Network([[0.5, -0.3], [0.2, 0.9]], [[1, 0, 1], [0, 1, 1]], [3, 2], "tanh")
    start = network.start(0)
    before = network.layers(start)
    for place, what in enumerate(network.places):
        after = network.layers(start + 0.1 * np.eye(len(start))[place])[what.layer - 1]
        moved = np.zeros_like(after.sums)
        moved[what.node - 1] = 0.1 * (after.inputs[what.weight - 1] if what.weight else 1)
        assert after.sums - before[what.layer - 1].sums == pytest.approx(moved)
    assert str(network.places[0]) == "layer 1, node 1, weight 1"
    assert network.places[6:9] == (Place(1, 1, 0), Place(1, 2, 0), Place(1, 3, 0))
    assert str(network.places[-1]) == "layer 3, node 3, bias"


def test_one_pass_shows_the_chain_rule_of_every_sample_edge_by_edge():
    network, weights = Network(*moons(5), hidden=[3, 2], hidden_activation="tanh"), np.linspace(-1, 1, 20)
    layers, bias_slopes = network.layers(weights), []
    for sample in range(5):
        alone = network.subset(np.array([sample])).layers(weights)
        bias_slopes.append(np.concatenate([layer.bias_slopes for layer in alone]))
        for layer, own in zip(layers, alone, strict=True):
            edges = np.outer(layer.node_slopes[:, sample], layer.inputs[:, sample])
            assert edges == pytest.approx(own.weight_slopes)
    assert np.concatenate([layer.node_slopes for layer in layers]) == pytest.approx(np.transpose(bias_slopes))
    for layer, following in pairwise(layers):
        for node, slope in enumerate(layer.value_slopes[:, 0]):
            assert slope == pytest.approx(sum(following.weights[:, node] * following.node_slopes[:, 0]))
        assert layer.node_slopes == pytest.approx(layer.value_slopes * layer.activation_slopes)
        assert following.inputs is layer.values


def test_predictions_for_other_inputs_are_those_of_a_network_with_these_inputs():
    start, others = XOR.start(0), np.array([[0.5, 0.5], [2, -1], [0, 1]])
    assert XOR.predictions(start, others).shape == (3, 1)
    assert XOR.predictions(start, others)[2] == pytest.approx(XOR.predictions(start)[1])


def test_start_weights_are_the_same_for_a_seed_on_any_machine_and_uniform_within_their_bound():
    # Written down once; numpy promises that RandomState never changes its numbers.
    assert XOR.start(1)[[0, -1]] == pytest.approx([-0.11734860632815076, -0.3412691463517934], abs=1e-15)
    assert (XOR.start(1) != XOR.start(2)).all()
    many = np.stack([XOR.start(seed) for seed in range(2000)])
    bounds = np.array([1 / np.sqrt(2 if place.layer == 1 else 3) for place in XOR.places])
    assert (np.abs(many) <= bounds).all()
    assert many.std(axis=0) == pytest.approx(bounds / np.sqrt(3), rel=0.05)


def test_xor_is_learned_from_ten_starts_in_200_updates_and_one_start_ends_in_a_local_minimum():
    starts = np.stack([XOR.start(seed) for seed in (*LEARNS, STUCK)])
    run = descend(XOR, starts, GradientDescent(3), 200)
    assert (run.loss[-1, :-1] < 0.01).all()
    assert run.loss[-1, -1] > 0.1
    assert (XOR.predictions(run.weights[-1, 0]).round() == XOR.targets).all()


def test_a_start_with_all_weights_alike_keeps_the_hidden_nodes_alike():
    network = Network(*xor(), hidden=[3, 2])
    for layer in network.layers(descend(network, np.full(20, 0.5), GradientDescent(1), 200).weights[-1])[:-1]:
        assert layer.weights == pytest.approx(np.tile(layer.weights[0], (len(layer.weights), 1)))
        assert layer.values == pytest.approx(np.tile(layer.values[0], (len(layer.values), 1)))


def test_a_batch_has_the_slopes_of_a_network_of_its_samples():
    network = Network(*moons(10), hidden=[3])
    start, batches = network.start(0), Batches(network, 4, seed=3)
    seen = [batch for batch in map(batches.at, range(3)) if isinstance(batch, Network)]
    assert sorted(np.concatenate([batch.targets[:, 0] for batch in seen])) == [0] * 5 + [1] * 5
    for batch in seen:
        own = Network(batch.inputs, batch.targets, hidden=[3])
        assert batch == own
        assert np.array_equal(batch.slopes(start), own.slopes(start))
    run = descend(batches, start, GradientDescent(0.5), 1)
    assert np.array_equal(run.weights[1], start - 0.5 * seen[0].slopes(start))
    assert np.array_equal(run.loss, network.loss(run.weights)), "the history has the loss over all samples"


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("size", [4, 2])
def test_every_optimiser_learns_xor_with_a_schedule_and_from_batches(size: int, name: str):
    rate = {"Gradient descent": 1.0, "Momentum": 0.2, "Nesterov": 0.2, "AdaGrad": 0.3}.get(name, 0.03)
    optimiser = Scheduled(OPTIMISERS[name](rate), Cosine(1000))
    assert descend(Batches(XOR, size), XOR.start(1), optimiser, 1000).loss[-1] < 0.02


def test_a_network_that_diverges_is_a_result_and_no_warning():
    network = Network(*xor(), hidden=[3], hidden_activation="identity", output_activation="identity")
    assert not descend(network, network.start(0), GradientDescent(5), 50).finite[-1]


@pytest.mark.parametrize(
    ("inputs", "targets", "settings", "word"),
    [
        ([[]], [1], {}, "at least one input"),
        ([[1, 2]], [[]], {}, "one output"),
        ([[1], [2]], [1, 2, 3], {}, "a row of targets"),
        ([1, np.nan], 0, {}, "finite"),
        ([1, 2], np.inf, {}, "finite"),
        ([1, 2], 0, {"hidden": [2, 0]}, "1 node"),
        ([1, 2], 0, {"hidden_activation": "softplus"}, "identity, ReLU, tanh, sigmoid"),
        ([1, 2], 0, {"output_activation": ""}, "identity, ReLU, tanh, sigmoid"),
    ],
)
def test_a_network_that_makes_no_sense_is_refused(inputs: list, targets: list, settings: dict, word: str):
    with pytest.raises(ValueError, match=word):
        Network(inputs, targets, **settings)


def test_a_network_wants_a_number_for_each_place():
    with pytest.raises(ValueError, match="13 weights and biases"):
        descend(XOR, np.zeros(12), GradientDescent(0.1), 1)


def test_networks_compare_by_value_and_cannot_be_changed():
    again = Network(XOR.inputs.tolist(), XOR.targets, (3,), "tanh")
    assert (again, hash(again)) == (XOR, hash(XOR))
    for other in (Network(*xor()), Network(*xor(), [3], "tanh", biases=False), Network(*xor(8), [3], "tanh"), 0):
        assert other != XOR
    with pytest.raises(ValueError, match="read-only"):
        XOR.inputs[0, 0] = 5

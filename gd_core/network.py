"""A small fully connected network, and backpropagation in the order in which it is taught.

Forwards, from the inputs to the outputs, each layer makes the values that feed into the next one:

    sums = weights @ inputs + biases
    values = activation(sums)

Backwards, from the outputs to the inputs, each layer makes the slopes of the loss (Nielsen's BP1 to BP4):

    value slopes = 2 * (value - target) / outputs            at the outputs
    value slopes = next layer's weights.T @ its node slopes  at hidden nodes
    node slopes = value slopes * slope of the activation at the sums
    slope of a weight = node slope * the value that feeds in
    slope of a bias = node slope

These are the slopes of one sample's loss, the mean of its squared errors over the outputs. The loss is the mean of that
over the samples, and so is each slope. A matrix here has a row for each node and a column for each sample.

Rumelhart, Hinton and Williams 1986, Learning representations by back-propagating errors. Nielsen 2015, Neural Networks
and Deep Learning, chapter 2. Goodfellow, Bengio and Courville 2016, Deep Learning, section 6.5.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from gd_core.activations import ACTIVATIONS, Activation
from gd_core.problems import Neuron, Problem, in_blocks, weighted_sums

Forwards = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # the first five fields of a Layer


class Place(NamedTuple):
    """What a place in the flat vector is: a weight of a node, or its bias. All are counted from 1, and a bias is 0."""

    layer: int
    node: int
    weight: int

    def __str__(self) -> str:
        return f"layer {self.layer}, node {self.node}, {f'weight {self.weight}' if self.weight else 'bias'}"


class Layer(NamedTuple):
    """A layer in one pass forwards and backwards. The leading axes (...) are those of the flat vector: none for one."""

    weights: np.ndarray  # (..., nodes, inputs)
    biases: np.ndarray  # (..., nodes), or (..., 0) without biases
    inputs: np.ndarray  # (..., inputs, samples), what feeds in; without leading axes in the first layer
    sums: np.ndarray  # (..., nodes, samples)
    values: np.ndarray  # (..., nodes, samples)
    activation_slopes: np.ndarray  # (..., nodes, samples)
    value_slopes: np.ndarray  # (..., nodes, samples), of each sample's loss
    node_slopes: np.ndarray  # (..., nodes, samples), of each sample's loss
    weight_slopes: np.ndarray  # (..., nodes, inputs), of the loss
    bias_slopes: np.ndarray  # (..., nodes), of the loss, with biases or without


@dataclass(frozen=True, eq=False)
class Network(Problem):
    """A fully connected network and its mean squared error: mean((output - target)^2) over samples and outputs.

    `inputs` has shape (samples, inputs), or (inputs,) for one sample; `targets` has shape (samples, outputs), or
    (samples,) for one output, or (outputs,) for one sample. `hidden` has the nodes of each hidden layer, none for no
    hidden layer. The activations are names in `ACTIVATIONS`.

    A point is one flat vector, layer by layer: the weights row by row, a row for each node, then the biases.
    `places` says what each number of it is.

    Raises ValueError, with a sentence to show, if a number is not finite, the shapes do not fit, a layer has no node or
    there is no such activation.
    """

    inputs: np.ndarray
    targets: np.ndarray
    hidden: tuple[int, ...]
    hidden_activation: str
    output_activation: str
    biases: bool

    def __init__(
        self,
        inputs: ArrayLike,
        targets: ArrayLike,
        hidden: Sequence[int] = (2,),
        hidden_activation: str = "sigmoid",
        output_activation: str = "sigmoid",
        biases: bool = True,
    ) -> None:
        inputs, targets = np.array(inputs, dtype=float) + 0.0, np.array(targets, dtype=float) + 0.0  # -0.0 becomes 0.0
        if inputs.ndim < 2:
            inputs, targets = np.atleast_2d(inputs), targets[np.newaxis]
        if inputs.ndim != 2 or inputs.size == 0 or targets.size == 0:
            raise ValueError("A network needs at least one input and one output.")
        if targets.ndim not in (1, 2) or len(targets) != len(inputs):
            raise ValueError("Each sample needs a row of targets, one for each output.")
        if not (np.isfinite(inputs).all() and np.isfinite(targets).all()):
            raise ValueError("Inputs and targets must be finite numbers.")
        if not all(nodes >= 1 for nodes in hidden):
            raise ValueError("A hidden layer has at least 1 node.")
        if not {hidden_activation, output_activation} <= {*ACTIVATIONS}:
            raise ValueError(f"An activation is one of {', '.join(ACTIVATIONS)}.")
        targets = targets.reshape(len(targets), -1)
        inputs.setflags(write=False)
        targets.setflags(write=False)
        vars(self).update(inputs=inputs, targets=targets, hidden=tuple(hidden), biases=biases)  # past the frozen class
        vars(self).update(hidden_activation=hidden_activation, output_activation=output_activation)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The inputs, the nodes of each hidden layer, the outputs."""
        return self.inputs.shape[1], *self.hidden, self.targets.shape[1]

    @property
    def places(self) -> tuple[Place, ...]:
        """What each number of the flat vector is."""
        return tuple(
            Place(layer, node, weight)
            for layer, (inputs, nodes) in enumerate(pairwise(self.sizes), start=1)
            for columns in (range(1, inputs + 1), [0] if self.biases else [])
            for node in range(1, nodes + 1)
            for weight in columns
        )

    def start(self, seed: int) -> np.ndarray:
        """Start weights and biases as a flat vector, the same for the same seed on any machine.

        Uniform between -1 / sqrt(inputs of the layer) and 1 / sqrt(inputs of the layer), as in torch.nn.Linear: sums
        of many inputs stay as small as sums of few. After LeCun, Bottou, Orr and Mueller 1998, Efficient BackProp, 4.6.

        Raises ValueError if the seed is not from 0 to 2^32 - 1.
        """
        bounds = [self.sizes[place.layer - 1] ** -0.5 for place in self.places]
        return np.random.RandomState(seed).uniform(-1, 1, len(bounds)) * bounds  # numpy promises never to change it

    @cached_property
    def _layout(self) -> list[tuple[Activation, slice, slice, tuple[int, int]]]:
        """Each layer's activation, where its weights and its biases are in the flat vector, and (nodes, inputs)."""
        layout, place = [], 0
        for layer, (inputs, nodes) in enumerate(pairwise(self.sizes)):
            name = self.hidden_activation if layer < len(self.hidden) else self.output_activation
            weights = slice(place, place + nodes * inputs)
            biases = slice(weights.stop, weights.stop + nodes * self.biases)
            layout.append((ACTIVATIONS[name], weights, biases, (nodes, inputs)))
            place = biases.stop
        return layout

    def _forwards(self, weights: ArrayLike, inputs: np.ndarray) -> list[Forwards]:
        """The pass forwards of inputs of shape (samples, inputs): the first five fields of each `Layer`."""
        weights = np.asarray(weights)
        if weights.dtype != np.float32:
            weights = weights.astype(float, copy=False)
        count = self._layout[-1][2].stop
        if weights.shape[-1:] != (count,):
            raise ValueError(f"This network has {count} weights and biases.")
        done: list[Forwards] = []
        values = inputs.T
        for activation, of_weights, of_biases, shape in self._layout:
            matrix, biases = weights[..., of_weights].reshape(*weights.shape[:-1], *shape), weights[..., of_biases]
            sums = _product(matrix, values, weighted_sums)
            if self.biases:
                sums += biases[..., np.newaxis]
            fed_in, values = values, activation.value(sums)
            done.append((matrix, biases, fed_in, sums, values))
        return done

    def layers(self, weights: ArrayLike) -> list[Layer]:
        """One pass forwards and one backwards, for `weights` of shape (..., places): its layers, the outputs last."""
        layers: list[Layer] = []
        samples, outputs = self.targets.shape
        forwards = self._forwards(weights, self.inputs)
        for (activation, *_), done in zip(self._layout[::-1], forwards[::-1], strict=True):
            _, _, inputs, sums, values = done
            if layers:  # the last one appended is the next one on the way forwards
                value_slopes = layers[-1].weights.mT @ layers[-1].node_slopes
            else:
                value_slopes = (values - self.targets.T) * (2 / outputs)
            activation_slopes = activation.slope(sums)
            node_slopes = value_slopes * activation_slopes
            weight_slopes = _product(node_slopes, inputs.mT) * (1 / samples)
            bias_slopes = node_slopes @ _shares(samples)
            layers.append(Layer(*done, activation_slopes, value_slopes, node_slopes, weight_slopes, bias_slopes))
        return layers[::-1]

    def predictions(self, weights: ArrayLike, inputs: np.ndarray | None = None) -> np.ndarray:
        """The outputs for each sample, shape (..., samples, outputs); for other inputs, of shape (samples, inputs).

        Where weights and inputs have 32 bits, all of it has: four times as quick, for pictures.
        """
        return self._forwards(weights, self.inputs if inputs is None else inputs)[-1][-1].mT

    def loss(self, weights: ArrayLike) -> np.ndarray:
        """The mean of the squared errors over samples and outputs, shape (...)."""
        if blocks := self._blocks(weights):
            return np.concatenate([self.loss(block) for block in blocks])
        return self._loss(self._forwards(weights, self.inputs)[-1][-1])

    def loss_and_slopes(self, weights: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """The mean squared error, shape (...), and its slope for each place of the flat vector, shape (..., places)."""
        if blocks := self._blocks(weights):
            losses, parts = zip(*map(self.loss_and_slopes, blocks), strict=True)
            return np.concatenate(losses), np.concatenate(parts)
        layers, slopes = self.layers(weights), []
        for layer in layers:
            slopes.append(layer.weight_slopes.reshape(*layer.weights.shape[:-2], -1))
            if self.biases:
                slopes.append(layer.bias_slopes)
        return self._loss(layers[-1].values), np.concatenate(slopes, axis=-1)

    def _loss(self, outputs: np.ndarray) -> np.ndarray:
        """The loss, shape (...), of outputs of shape (..., outputs, samples)."""
        errors = (outputs - self.targets.T).reshape(*outputs.shape[:-2], -1)
        return np.vecdot(errors, errors) / self.targets.size

    def _blocks(self, weights: ArrayLike) -> list[np.ndarray]:
        return in_blocks(weights, len(self.targets) * max(self.sizes[1:]))

    def subset(self, places: np.ndarray) -> "Network":
        """The same network with some of its samples: those at these places, counted from 0."""
        network = object.__new__(Network)  # without the checks of __init__: these numbers have passed them
        vars(network).update({**vars(self), "inputs": self.inputs[places], "targets": self.targets[places]})
        return network

    @property
    def curvature(self) -> np.ndarray | None:
        """The Hessian of the neuron that this network is, if it has one linear node and no biases; else None."""
        one_neuron = len(self.sizes) == 2 and self.targets.shape[1] == 1 and not self.biases
        return Neuron(self.inputs, self.targets[:, 0], self.output_activation).curvature if one_neuron else None

    def _key(self) -> tuple:
        arrays = (self.inputs.shape, self.inputs.tobytes(), self.targets.shape, self.targets.tobytes())
        return *arrays, self.hidden, self.hidden_activation, self.output_activation, self.biases

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Network) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


@lru_cache(maxsize=64)
def _shares(samples: int) -> np.ndarray:
    """What each sample counts in a mean: a product with it is a mean, and quicker than one."""
    return np.full(samples, 1 / samples)


def _product(rows: np.ndarray, columns: np.ndarray, multiply: Callable = np.matmul) -> np.ndarray:
    """rows @ columns, of shapes (..., nodes, n) and (..., n, m).

    Columns that all starts share, the inputs, are multiplied by the rows of all starts at once: quicker, and rounded as
    a Neuron rounds.
    """
    if columns.ndim > 2:
        return rows @ columns
    if rows.ndim == 2:
        return multiply(rows, columns)
    together = rows.reshape(*rows.shape[:-3], -1, rows.shape[-1])
    return multiply(together, columns).reshape(*rows.shape[:-1], columns.shape[-1])

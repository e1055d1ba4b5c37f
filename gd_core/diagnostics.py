"""What keeps a network from learning, recognised in one pass over its layers, `Network.layers` of one flat vector."""

import math

import numpy as np

from gd_core.network import Layer

SATURATED = 1e-3  # a slope of the activation below this lets hardly any of the loss's slope through


def dead(layer: Layer) -> np.ndarray:
    """Which nodes, shape (nodes,), have an activation whose slope is 0 for every sample: their weights never move.

    A ReLU dies where its sum is negative for all samples.
    """
    return np.all(layer.activation_slopes == 0, axis=-1)


def saturated(layer: Layer) -> np.ndarray:
    """Which nodes, shape (nodes,), have an activation slope below `SATURATED` for every sample; the dead ones too."""
    return np.all(layer.activation_slopes < SATURATED, axis=-1)


def symmetric(layer: Layer, following: Layer) -> list[tuple[int, int]]:
    """The pairs of nodes, counted from 0, with equal weights and bias in and equal weights out, but for rounding.

    Their slopes are equal too, so gradient descent keeps them alike: two nodes that do the work of one.
    """
    numbers = np.concatenate(
        [layer.weights, layer.biases.reshape(len(layer.weights), -1), following.weights.T], axis=-1
    )
    equal = np.isclose(numbers[:, np.newaxis], numbers, rtol=1e-9, atol=1e-12).all(axis=-1)
    return [(int(one), int(other)) for one, other in np.argwhere(np.triu(equal, 1))]


def slope_sizes(layers: list[Layer]) -> np.ndarray:
    """How large each layer's node slopes are, shape (..., layers): the root of the mean of their squares."""
    return np.stack([np.sqrt(np.mean(layer.node_slopes**2, axis=(-2, -1))) for layer in layers], axis=-1)


def slope_ratio(layers: list[Layer]) -> float:
    """The size of the first layer's slopes over the size of the last layer's; nan where the last are 0.

    Far below 1 the slopes vanish on their way back, far above 1 they explode: every layer on the way multiplies them by
    its weights and the slope of its activation. Hochreiter 1991; Nielsen 2015, chapter 5.
    """
    sizes = slope_sizes(layers)
    return float(sizes[0] / sizes[-1]) if sizes[-1] else math.nan

"""Where everything stands in the picture of a network; the same at every update."""

from itertools import pairwise, product

import numpy as np
import pandas as pd

from gd_core.network import Network

MOST_NODES, MOST_LAYERS = 6, 3  # of a layer that can be drawn, and hidden ones
TALL = 230  # pixels of the network
LABEL = 15  # pixels that the number of an edge needs


def nodes(network: Network) -> pd.DataFrame:
    """Where each node stands, in shares of the picture: node and unit (counted from 0), layer, place in it, x, y.

    A unit is a node behind the inputs; theirs are negative. `bias` is the place of its bias, -1 without one.
    """
    sizes = network.sizes
    rows = [
        (layer, number + 1, (layer + 0.5) / len(sizes), (number + 0.5) / size)
        for layer, size in enumerate(sizes)
        for number in range(size)
    ]
    frame = pd.DataFrame(rows, columns=["layer", "place", "x", "y"], dtype=float)
    node, bias = np.arange(float(len(rows))), {found[:2]: place for place, found in enumerate(network.places)}
    of_bias = [bias[(int(layer), number)] if layer and network.biases else -1.0 for layer, number, *_ in rows]
    return frame.assign(node=node, unit=node - sizes[0], bias=of_bias)


def places(network: Network) -> pd.DataFrame:
    """Where the edge of each place of the flat vector is drawn, and its number.

    place, layer, node, weight; `unit`, where it ends, and `source`, the node where it begins, -1 for a bias; x, y, x2,
    y2; its number is at at_x, at_y, where it stays unless there is no room for all of them (`crowded`).
    """
    sizes, at = network.sizes, nodes(network)
    first = np.concatenate([[0], np.cumsum(sizes)])  # node of each layer
    shares = [_label(*gap) for gap in pairwise(sizes)]
    rows = []
    for place, (layer, node, weight) in enumerate(network.places):
        end, begin = int(first[layer] + node - 1), int(first[layer - 1] + weight - 1) if weight else -1
        share, crowded = shares[layer - 1]
        (x2, y2), (x, y) = ((at["x"][one], at["y"][one]) for one in (end, begin if weight else end))
        label = (x + share * (x2 - x), y + share * (y2 - y))
        rows.append((place, layer, node, weight, end - sizes[0], begin, x, y, x2, y2, *label, crowded))
    names = ["place", "layer", "node", "weight", "unit", "source", "x", "y", "x2", "y2", "at_x", "at_y", "crowded"]
    return pd.DataFrame(rows, columns=names, dtype=float)


def _label(above: int, below: int) -> tuple[float, bool]:
    """How far along the edges between two layers their numbers stand farthest apart, and whether that is too near."""
    begin, end = ((np.arange(size) + 0.5) / size * TALL for size in (above, below))

    def apart(share: float) -> float:
        heights = np.sort(np.add.outer((1 - share) * begin, share * end).ravel())
        return float(np.diff(heights).min(initial=TALL))

    best = max((0.5, 0.475, 0.45, 0.525, 0.55), key=apart)  # nearer to the nodes there is no room across
    return (0.5, True) if apart(best) < LABEL else (best, False)


def terms(network: Network) -> pd.DataFrame:
    """Through which weights the slope of a node comes back: unit, row, the place of the weight, the unit behind it."""
    sizes, place = network.sizes, {found: place for place, found in enumerate(network.places)}
    first, rows = np.concatenate([[0], np.cumsum(sizes[1:])]), []
    for layer, (size, behind) in enumerate(pairwise(sizes[1:]), start=1):
        for node, after in product(range(size), range(behind)):
            weight = place[(layer + 1, after + 1, node + 1)]  # type: ignore[index]
            rows.append((first[layer - 1] + node, after, weight, first[layer] + after))
    return pd.DataFrame(rows, columns=["unit", "row", "place", "behind"], dtype=float)


def heads(network: Network) -> pd.DataFrame:
    """What stands above each layer: x, name, activation."""
    sizes, hidden = network.sizes, len(network.hidden)
    names = ["inputs", *(f"layer {layer}" for layer in range(1, len(sizes)))]
    names[-1] += ", output" if len(sizes) < MOST_LAYERS + 2 else ""  # a phone has no room for more
    activations = ["", *[network.hidden_activation] * hidden, network.output_activation]
    x = (np.arange(len(sizes)) + 0.5) / len(sizes)
    return pd.DataFrame({"x": x, "name": names, "activation": activations})

"""A run of a network as frames: every number at the updates that are drawn, and tables of one of them."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from gd_core.descent import History
from gd_core.diagnostics import slope_sizes
from gd_core.network import Layer, Network
from gd_core.optimisers import Optimiser
from gd_core.samples import SAMPLES, Batches
from pages.network import layout
from pages.shared import history_frame, reader
from pages.shared.numbers import number

MOST_UPDATES = 2000
STOPS = 100  # on the scrub bar, at most
NUMBERS = 24_000  # of a network at all the stops together, at most
SIZED = 25  # of them have the size of each layer's slopes, which all samples decide: it is slow to compute
CELLS = 20  # of the surface, across and up
LEVELS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"  # of a prediction, a letter each
NUDGE = 1e-5  # of a weight, for a check of its slope
POINTS = 60  # of the curve of predictions over one input

# Fields of a layer, a number for each node, and their names.
NODE_NUMBERS = ("sums", "values", "activation_slopes", "value_slopes", "node_slopes")
NODE_HEADS = ("sum", "value", "slope of the activation", "slope at the node", "node slope")

ONE_SAMPLE, TABLE, LOGIC = "One sample", "Your table", "XOR, AND, OR"
MOST_SAMPLES, MOST_COLUMNS = 200, 4  # and columns of a table that become inputs
TOO_FEW = "A table needs two columns of numbers, a target and an input, and a row without a missing cell."


def logic(samples: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Three outputs over the same corners: exclusive or, and, or."""
    corners, exclusive = SAMPLES["XOR"](samples)
    return SAMPLES["XOR"](samples, noise)[0], np.column_stack([exclusive, corners.min(axis=1), corners.max(axis=1)])


def of_table(text: str) -> np.ndarray:
    """The samples in a table, shape (samples, inputs + 1): the last column of numbers is the target.

    The inputs are the first others that do not only count rows, at most MOST_COLUMNS; of the rows without a missing
    cell the first MOST_SAMPLES are used. All columns are standardised, but a target from 0 to 1 stays as it is.
    Raises ValueError with a sentence.
    """
    table = reader.typed(text)
    *inputs, target = [place for place in table.numeric if place not in table.counters]
    numbers = np.column_stack([np.asarray(table.columns[place].numbers) for place in (*inputs[:MOST_COLUMNS], target)])
    numbers = numbers[~np.isnan(numbers).any(axis=1)][:MOST_SAMPLES]
    if not inputs or not len(numbers):
        raise ValueError(TOO_FEW)
    centre, spread = reader.scale(numbers)
    if ((numbers[:, -1] >= 0) & (numbers[:, -1] <= 1)).all():
        centre[-1], spread[-1] = 0, 1
    return (numbers - centre) / spread


class Suits(NamedTuple):
    """Settings with which a network learns a data set, as they stand in the fields."""

    hidden: str
    hidden_activation: str
    output_activation: str
    rate: str
    updates: str
    network_samples: str = "4"
    network_noise: str = "0"


# The data sets; the first is what the page begins with.
SETS: dict[str, tuple[Callable[[int, float], tuple[np.ndarray, np.ndarray]], Suits]] = {
    "XOR": (SAMPLES["XOR"], Suits("3", "tanh", "sigmoid", "3", "200")),
    LOGIC: (logic, Suits("3", "tanh", "sigmoid", "5", "500")),
    "Two moons": (SAMPLES["Two moons"], Suits("6", "tanh", "sigmoid", "2", "1000", "100", "0.1")),
    "Ring": (SAMPLES["Ring"], Suits("4", "tanh", "sigmoid", "2", "1000", "100")),
    "Sine": (SAMPLES["Sine"], Suits("4", "tanh", "identity", "0.1", "1000", "50", "0.1")),
}
ALONE = Suits("3", "tanh", "identity", "0.01", "200")  # for the sidebar's one sample
TABLED = Suits("4", "tanh", "identity", "0.1", "500")
SUITS = {**{name: suits for name, (_, suits) in SETS.items()}, ONE_SAMPLE: ALONE, TABLE: TABLED}


def is_neuron(network: Network) -> bool:
    """Whether a network is the neuron of the other pages, if it has its sample: one node without a bias."""
    return network.sizes[1:] == (1,) and len(network.targets) == 1 and not network.biases


class Outcome(NamedTuple):
    """A run of a network: what `descend` takes, and what came of it."""

    batches: Batches[Network]
    start: tuple[float, ...]
    optimiser: Optimiser
    history: History

    @property
    def network(self) -> Network:
        """The network with all samples."""
        return self.batches.neuron

    @property
    def finite(self) -> int:
        """The last update of which a float, and an axis, can hold every number."""
        fits = self.history.finite & (self.history.loss <= history_frame.LARGEST_DRAWN)
        return int(np.logical_and.accumulate(fits).sum()) - 1

    def layers(self, update: int, sample: int | None = None) -> list[Layer]:
        """The layers after an update; of one sample alone, counted from 0, if one is asked for."""
        network = self.network if sample is None else self.network.subset(np.array([sample]))
        return network.layers(self.history.weights[update])


def stops(outcome: Outcome) -> tuple[np.ndarray, np.ndarray, int]:
    """The places on the scrub bar, the updates that they stand for, and the stride between them.

    The last place is the last update, if that has a divisor that will do as the stride; else it lies a little behind.
    """
    last = outcome.finite
    numbers = 2 * len(outcome.start) + len(NODE_NUMBERS) * sum(outcome.network.sizes)
    least = max(1, math.ceil(last / min(STOPS, NUMBERS // numbers)))
    stride = next((stride for stride in range(least, 2 * least) if last % stride == 0), least)
    places = np.arange(0, last + stride, stride)
    return places, np.minimum(places, last), stride


def history(outcome: Outcome, sample: int) -> pa.Table:
    """A row a stop: stop, update, mse, and as texts with blanks between them the numbers of one sample.

    `weights` and `slopes` are those of all places, over all samples; NODE_NUMBERS those of the nodes behind the inputs,
    and `values` begin with the inputs.
    """
    places, updates, _ = stops(outcome)
    run, one = outcome.history, outcome.network.subset(np.array([sample]))
    weights = run.weights[updates]
    layers = one.layers(weights)
    parts = {name: [getattr(layer, name)[..., 0] for layer in layers] for name in NODE_NUMBERS}
    outputs = [", ".join(map(number, row)) for row in parts["values"][-1].tolist()]
    parts["values"].insert(0, np.broadcast_to(one.inputs, (len(weights), one.inputs.shape[1])))
    parts |= {"weights": [weights], "slopes": [run.slopes[updates]]}
    texts = {name: _texts(np.concatenate(columns, axis=1)) for name, columns in parts.items()}
    numbers = {"stop": places.astype(float), "update": updates.astype(float), "mse": run.loss[updates]}
    return pa.table({**numbers, **texts, "outputs": outputs, "predictions": _predictions(outcome.network, weights)})


def _texts(rows: np.ndarray) -> list[str]:
    line = " ".join(["%.6g"] * rows.shape[1])
    return [line % tuple(row) for row in (rows + 0.0).tolist()]  # -0.0 becomes 0.0


class PredictionSurface(NamedTuple):
    """Over which inputs the predictions are drawn: for one input or two, from `low` to `high`."""

    low: np.ndarray
    high: np.ndarray
    bottom: float  # predictions, of the targets with some room
    top: float

    @property
    def points(self) -> np.ndarray:
        """The inputs, shape (points, inputs): along the only one, or row by row over the middles of the cells."""
        if len(self.low) == 1:
            return np.linspace(self.low, self.high, POINTS)
        across, up = (
            (np.arange(CELLS) + 0.5) / CELLS * (high - low) + low for low, high in zip(*self[:2], strict=True)
        )
        return np.column_stack([np.tile(across, CELLS), np.repeat(up, CELLS)])


@lru_cache(maxsize=8)
def prediction_surface(network: Network) -> PredictionSurface | None:
    """Where the predictions of a network are drawn; None if it has more inputs than two."""
    inputs, targets = network.inputs, network.targets
    if inputs.shape[1] > 2:
        return None
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    room = np.where(high > low, 0.2 * (high - low), np.maximum(1, np.abs(low)))
    pad = 0.05 * float(np.ptp(targets)) or max(1.0, abs(float(targets[0, 0])))
    return PredictionSurface(low - room, high + room, float(targets.min()) - pad, float(targets.max()) + pad)


def _predictions(network: Network, weights: np.ndarray) -> list[str]:
    """What the network predicts over its surface: numbers for one input, levels for two, nothing for more.

    One output after the other.
    """
    if not (over := prediction_surface(network)):
        return [""] * len(weights)
    # Levels need no more than 32 bits, and weights so small cannot outgrow them.
    bits = np.float32 if len(over.low) == 2 and np.abs(weights).max() < 1e6 else np.float64
    found = network.predictions(weights.astype(bits), over.points.astype(bits))
    found = found.mT.reshape(len(weights), -1)
    if len(over.low) == 1:
        return _texts(found)
    levels = (found - over.bottom) * ((len(LEVELS) - 1) / (over.top - over.bottom)) + 0.5
    levels = np.fmin(np.fmax(levels, 0), len(LEVELS) - 1).astype(np.uint8)  # a nan becomes 0
    return [row.tobytes().decode() for row in np.frombuffer(LEVELS.encode(), np.uint8)[levels]]


def over(drawn: PredictionSurface) -> pa.Table:
    """The points of the surface: point, across, and for two inputs the borders of the cell."""
    points, half = drawn.points, (drawn.high - drawn.low) / CELLS / 2
    columns = {"point": np.arange(len(points), dtype=float), "across": points[:, 0]}
    if points.shape[1] == 2:
        (left, bottom), (right, top) = (points - half).T, (points + half).T
        columns |= {"left": left, "right": right, "bottom": bottom, "top": top}
    return pa.table(columns)


def samples(network: Network, sample: int) -> pa.Table:
    """The samples on the surface: sample, across, up (the second input, if there is one), targets as a text, chosen."""
    inputs = network.inputs
    numbers = np.arange(1.0, len(inputs) + 1)
    columns = {"sample": numbers, "across": inputs[:, 0], "up": inputs[:, -1], "targets": _texts(network.targets)}
    return pa.table({**columns, "chosen": numbers == sample + 1})


def sizes(outcome: Outcome) -> pa.Table:
    """How large each layer's slopes are now and then: update, layer, size; a size of 0 has no place on a log axis."""
    updates = np.unique(np.linspace(0, outcome.finite, SIZED + 1).astype(int))
    found = slope_sizes(outcome.network.layers(outcome.history.weights[updates]))
    layers = np.arange(1.0, found.shape[1] + 1)
    rows = np.stack([np.repeat(updates, len(layers)), np.tile(layers, len(updates)), found.ravel()])
    update, layer, size = rows[:, (rows[2] > 0) & np.isfinite(rows[2])]
    return pa.table({"update": update, "layer": layer, "size": size})


def now(network: Network, sample: int) -> pa.Table:
    """One row: the sample that is looked at, and the borders of the surface."""
    row = {
        "sample": float(sample + 1),
        "samples": float(len(network.targets)),
        "outputs": float(network.targets.shape[1]),
        "targets": ", ".join(map(number, network.targets[sample])),
        "target_numbers": _texts(network.targets[sample : sample + 1])[0],
    }
    if drawn := prediction_surface(network):
        up = (drawn.low[1], drawn.high[1]) if len(drawn.low) > 1 else (drawn.bottom, drawn.top)
        row |= {"middle": (drawn.bottom + drawn.top) / 2, "points": float(len(drawn.points))}
        row |= {"left": drawn.low[0], "right": drawn.high[0], "bottom": up[0], "top": up[1]}
    return pa.table({name: [value] for name, value in row.items()})


def place_table(outcome: Outcome, update: int) -> pd.DataFrame:
    """A row a weight or bias: before an update, counted from 1, its slope, that of its batch, its change, and after.

    Rise over run is the change of the loss from a little below the weight to a little above it.
    """
    run, batch, loss = outcome.history, outcome.batches.at(update - 1), outcome.network.loss
    before, after = run.weights[update - 1 : update + 1]
    nudges = NUDGE * np.maximum(1, np.abs(before))
    rise = loss(before + np.diag(nudges)) - loss(before - np.diag(nudges))
    columns = {"before": before, "slope": run.slopes[update - 1], "rise over run": rise / (2 * nudges)}
    if batch is not outcome.batches:
        columns["slope of the batch"] = batch.slopes(before)
    columns |= {"change": after - before, "after": after}
    return pd.DataFrame(columns, pd.Index(map(str, outcome.network.places), name="place")) + 0.0


def node_table(outcome: Outcome, update: int, sample: int) -> pd.DataFrame:
    """A row a node of an update, counted from 1, for one sample: its sum, its value and its slopes."""
    layers = outcome.layers(update - 1, sample)
    names = [
        f"layer {place}, node {node + 1}" for place, layer in enumerate(layers, 1) for node in range(len(layer.sums))
    ]
    found = {name: np.concatenate([getattr(layer, name)[:, 0] for layer in layers]) for name in NODE_NUMBERS}
    return pd.DataFrame(found, pd.Index(names, name="node")) + 0.0


def history_csv(outcome: Outcome) -> str:
    """The history with the names of all weights and biases, at full precision."""
    heads = [f"{what} of {place}" for what in ("slope", "weight") for place in outcome.network.places]
    return history_frame.of_run(outcome.history).set_axis(["mse", *heads], axis=1).to_csv()


@lru_cache(maxsize=16)
def still(network: Network) -> dict[str, pa.Table]:
    """What the picture draws of a network at every update alike."""
    frames = (layout.nodes, layout.places, layout.terms, layout.heads)
    found = {make.__name__: pa.Table.from_pandas(make(network)) for make in frames}
    return found | {"over": over(drawn)} if (drawn := prediction_surface(network)) else found


def datasets(outcome: Outcome, sample: int) -> dict[str, pa.Table]:
    """All that the picture of a network draws."""
    network = outcome.network
    found = {**still(network), "history": history(outcome, sample), "now": now(network, sample)}
    return found | {"samples": samples(network, sample)} if prediction_surface(network) else found

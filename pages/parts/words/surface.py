"""The loss over two weights, in words."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from pages.parts import surface
from pages.parts.numbers import count, number
from pages.parts.setup import Setup
from pages.parts.surface import Ground
from pages.parts.words.slope import vanished


def _point(weights: Sequence[float] | np.ndarray) -> str:
    return surface.point(weights, digits=6)


def ground(on: Ground) -> str:
    """What the loss looks like, why, and what that means for the learning rate."""
    if not on.inputs.any():
        return "**Flat.** The inputs of both weights are 0, so neither can move. Choose other weights, or add a sample."
    shape = surface.shape(on)
    if not on.neuron.linear:
        return _bent(on)
    return _trough(on) if math.isinf(shape.condition) else _bowl(on, shape)


def _bent(on: Ground) -> str:
    activation, steepness = on.neuron.activation, on.neuron.steepness(on.slice.whole(on.start))
    if activation == "ReLU":
        says = (
            "**Half a trough.** Where the sum is above 0, ReLU lets it through, and the loss is that of a straight "
            "neuron. Where it is below, the ground is flat."
        )
        return says if steepness.any() else f"{says} The start lies there: every slope is 0, and nothing can move."
    return (
        f"**A bent trough.** The loss is steep where {activation} is steep and nearly flat where it saturates. The "
        f"ruler holds near the start only.{vanished(activation, float(steepness.max()))}"
    )


def other_ground(setup: Setup, on: Ground) -> str:
    """Why a rate may do something else here than on the page Compare."""
    if not on.neuron.linear or not on.inputs.any():
        return (
            "The rate does this near the start only, where the activation is about straight." if on.inputs.any() else ""
        )
    here, there = surface.shape(on).largest, setup.problem.sharpness
    if math.isclose(here, there):
        return f"From {number(2 / here)} on it does not converge, here or on the page Compare."
    return (
        f"From {number(2 / here)} on it does not converge here. On the page Compare, where all weights move for the "
        f"first sample alone, that begins at {number(2 / there)}: the same rate may do something else there."
    )


def _trough(on: Ground) -> str:
    start = np.array(on.start)
    nearest = surface.perfect(on, start[np.newaxis])[0]
    if len(on.inputs) > 1:
        return (
            "**Still a trough.** For these weights the inputs of the two samples leave one direction flat, or as good "
            "as flat. Give the second one inputs of about the same size in another direction."
        )
    along = _point(on.inputs[0])
    error = float(on.neuron.errors(on.slice.whole(start))[0])
    says = (
        "**A trough, not a bowl.** One sample asks for one prediction, and all weights on the dashed line give it: "
        "they are all perfect. The slopes are 2 × error × inputs, so plain gradient descent, momentum and Nesterov can "
        f"only run along the inputs {along}. (AdaGrad, RMSProp and Adam divide each slope by its own size, and leave "
        "that line.)"
    )
    if error == 0:
        return f"{says} The start is on that line already."
    return (
        f"{says} From {_point(start)}, where the error is {number(error)}, it leads to start - inputs × error / "
        f"|inputs|² = {_point(nearest)}. Other starts (open circles) end elsewhere, at the same prediction."
    )


def _bowl(on: Ground, shape: surface.Shape) -> str:
    bottom = surface.perfect(on, np.array([on.start]))[0]
    condition = number(shape.condition)
    if shape.condition < 1.5:
        zigzag = "It is nearly round, so one rate suits every direction."
    else:
        zigzag = (
            "A rate that suits the steep direction creeps along the flat one; a larger one zig-zags across the valley."
        )
    return (
        f"**A bowl.** Two samples have one answer together, {_point(bottom)}. The curvature is "
        f"{number(shape.largest)} along {_point(shape.steepest)} and {number(shape.smallest)} at a right angle to it: "
        f"condition number **{condition}**. {zigzag} Plain gradient descent does not converge from a rate of "
        f"2 / {number(shape.largest)} = {number(2 / shape.largest)} on; its best is 2 / (largest + smallest) = "
        f"{number(2 / (shape.largest + shape.smallest))}."
    )


def surface_picture(on: Ground, paths: pd.DataFrame) -> str:
    """The picture for those who do not see it. It stays the same while only the sidebar's rate moves."""
    kind = "bent by the activation"
    if not on.inputs.any():
        kind = "flat"
    elif on.neuron.linear:
        kind = "a trough" if surface.trough(on) else "a bowl"
    across, up = surface.names(on)
    return (
        f"The mean squared error over {across.lower()} and {up.lower()}, {kind}, with the paths of "
        f"{int(paths['run'].max()) + 1} runs from {_point(on.start)}, over {count(paths['update'].max())}. The table "
        "below has where each of them ends."
    )


def surface_ruler(ruler: pd.DataFrame, shape: surface.Shape, *, linear: bool) -> str:
    """The ruler for those who do not see it."""
    end = f" From {number(2 / shape.largest)} on it does not converge." if linear and shape.largest else ""
    return f"A ruler of learning rates for plain gradient descent. {'. '.join(ruler['says'])}.{end}"


def leaves(found: list[tuple[int, int]]) -> str:
    """Which runs leave the picture, and when."""
    if not found:
        return ""
    told = ", ".join(f"run {run} from update {update:,} on" for run, update in found)
    return (
        f"Outside the picture, or a square one: {told}. The table has where they end; the box above has the picture "
        "follow them."
    )

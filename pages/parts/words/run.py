"""What a whole run did, and what a learning rate will do."""

import numpy as np
import pandas as pd

from gd_core import Pace, pace, updates_until
from pages.parts import frames
from pages.parts.numbers import count, factor, number
from pages.parts.setup import Setup
from pages.parts.typed import LARGEST
from pages.parts.words.slope import VANISHED, vanished, why_flat

DONE = 0.01  # an error this fraction of its start counts as converged
BECOMES = {
    Pace.CREEPS: "so it keeps its sign and shrinks.",
    Pace.ONE_SHOT: "so a single update takes it away.",
    Pace.ZIG_ZAGS: "so it changes its sign and shrinks.",
    Pace.FLIPS: "so it changes its sign and never gets smaller.",
    Pace.EXPLODES: "so it changes its sign and grows.",
}

# What one update does to the error.
DOES = {
    Pace.CREEPS: "keeps its sign and shrinks",
    Pace.ONE_SHOT: "is gone",
    Pace.ZIG_ZAGS: "changes its sign and shrinks",
    Pace.FLIPS: "changes its sign only",
    Pace.EXPLODES: "changes its sign and grows",
}


def verdict(setup: Setup, history: pd.DataFrame) -> str:
    """One paragraph: how the error moves, and how far it has come."""
    if history["error"][0] == 0:
        return (
            "**Nothing to do.** The prediction already equals the target, so the error and every slope are 0 "
            "and no weight moves."
        )
    if not setup.problem.inputs.any():
        return (
            "**Nothing can move.** Every input is 0, so every slope is 0 and the prediction stays "
            f"{number(history['prediction'][0])}, whatever the weights are."
        )
    if not frames.slopes(history).iloc[0].any():
        return f"**Nothing can move.** {why_flat(setup.problem, setup.weights)} Try other weights at the start."
    if (history["error"].to_numpy() == history["error"][0]).all():
        return (
            "**Stands still.** With this learning rate the updates are too small for a float to show any of them "
            f"in the error. Try a larger rate, or {'larger inputs' if setup.problem.linear else 'other weights'}."
            f"{vanished(setup.problem.activation, float(setup.problem.steepness(setup.weights)[0]))}"
        )
    first, last = number(history["mse"].iloc[0]), number(history["mse"].iloc[-1])
    goes = f"The mean squared error goes from **{first}** to **{last}** in {count(setup.updates)}."
    if setup.problem.linear:
        kind = pace(setup.share)
        half = number(setup.problem.sharpness / 2)
        formula = f"1 - 2 × {number(setup.rate)} × {half} = {factor(setup.share)}"
        moves = f"Each update multiplies the error by `{formula}`, {BECOMES[kind]}"
        return f"**{kind.capitalize()}.** {goes} {moves} {_progress(setup, history)}"
    first_factor = number(history["error"][1] / history["error"][0])
    steepness = setup.problem.steepness(frames.weights(history).to_numpy()[np.isfinite(history["mse"])])
    if (steepness == 1).all():
        moves = f"Each update multiplies the error by `{first_factor}`: the slope of the activation is 1 all along."
    else:
        moves = (
            f"The first update multiplies the error by `{first_factor}`; with {setup.problem.activation} that changes "
            "from update to update, because the slope of the activation does."
        )
    return f"**{seen(history)}.** {goes} {moves} {_progress(setup, history)}"


def seen(history: pd.DataFrame) -> str:
    """What the error did in this run, in a word: for neurons whose pace cannot be known before."""
    error = history["error"].to_numpy()
    if np.isnan(error).any() or abs(error[-1]) > abs(error[0]):
        return "Grows"
    if (error == error[0]).all():
        return "Stands still"
    if abs(error[-1]) == abs(error[0]):
        return "Comes back"
    if error[1] == 0:
        return "One shot"
    return "Zig-zags in" if (np.sign(error) == -np.sign(error[0])).any() else "Creeps"


def _progress(setup: Setup, history: pd.DataFrame) -> str:
    """How far the error has come, or how far it has run away."""
    held = np.isfinite(history["mse"].to_numpy())  # a square is the first to outgrow a float
    if not held.all():
        return f"From update {held.argmin():,} on the mean squared error is more than a float can hold (1.8e+308)."
    error = np.abs(history["error"].to_numpy())
    small = error <= DONE * error[0]
    if small[-1]:
        since = len(small) - int(small[::-1].argmin())  # the first of the last row of small ones; the start is large
        return f"It has converged, to 1% of its start or less, after {count(since)}."
    now = f"It is now {number(error[-1] / error[0])} times its start"
    if not setup.problem.linear:
        steepness = float(setup.problem.steepness(frames.weights(history).to_numpy()[-1])[0])
        vanished = f"; the slope of {setup.problem.activation} is only {number(steepness)} there: it has vanished"
        return f"{now}{vanished if steepness < VANISHED else ''}."
    needed = updates_until(DONE, setup.share)
    if np.isfinite(needed):
        return f"{now}; at this pace it is down to 1% after {count(needed)}."
    return f"{now}, and it never converges."


def landmarks(setup: Setup) -> str:
    """The two rates at which the picture changes for these inputs, where there are any and they can be typed."""
    sharpness = setup.problem.sharpness
    if not setup.problem.linear or sharpness * LARGEST < 2:
        return ""
    return (
        f"For these inputs a rate of about {number(1 / sharpness)} is one shot; "
        f"from {number(2 / sharpness)} on nothing converges."
    )


def would_be(kind: Pace, setup: Setup) -> str:
    """The learning rates at which a linear neuron has a pace, where they can be typed."""
    if not landmarks(setup):
        return ""
    once, twice = number(1 / setup.problem.sharpness), number(2 / setup.problem.sharpness)
    rates = {
        Pace.CREEPS: f"below {once}",
        Pace.ONE_SHOT: f"of {once}",
        Pace.ZIG_ZAGS: f"between {once} and {twice}",
        Pace.FLIPS: f"of {twice}",
        Pace.EXPLODES: f"above {twice}",
    }
    return f"Yours is the answer for a learning rate {rates[kind]}."


def runs_away(history: pd.DataFrame) -> bool:
    """Whether the mean squared error grows so much that only a log axis shows more than its end."""
    return bool(history["mse"].max() > 1000 * history["mse"].iloc[0] > 0)


def chart(history: pd.DataFrame) -> str:
    """The chart for those who do not see it. It stays the same while only the learning rate moves.

    The name of a chart is part of its spec. A name with the last numbers in it would have the browser
    build the chart anew, and lose the place of its scrub bar, at each step of the slider.
    """
    return (
        f"Mean squared error, weights and slopes, starting at a mean squared error of {number(history['mse'][0])}, "
        f"over {count(len(history) - 1)}. The text above tells how they move; the tables hold every number."
    )


def glance(history: pd.DataFrame) -> str:
    """The curve of the mean squared error alone, for those who do not see it."""
    return (
        f"Mean squared error over {count(len(history) - 1)}, starting at {number(history['mse'][0])}. The text below "
        "tells how it moves."
    )


def drawn(history: pd.DataFrame, drawn: pd.DataFrame, stride: int) -> str:
    """What the chart leaves out, which the tables hold; nothing where it draws all."""
    last = int(drawn["update"].iloc[-1])
    notes = []
    if stride > 1:
        notes.append(f"One update in {stride:,} is drawn.")
    if last < len(history) - 1:
        notes.append(f"The curves end at update {last:,}, before the numbers outgrow any axis (1e+300).")
    if (history["mse"].to_numpy() == 0).any():
        notes.append("A log axis leaves out where the mean squared error is 0.")
    return " ".join(notes) and " ".join(
        [*notes, "The tables and the download of the lesson Many updates have everything."]
    )

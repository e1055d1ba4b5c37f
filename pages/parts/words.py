"""What happened, in words that are true of these numbers. Knows no screen."""

import math
from typing import Any

import numpy as np
import pandas as pd

from gd_core import Pace, pace, updates_until
from gd_core.pace import ROUNDING
from pages.parts import chain, frames
from pages.parts.setup import Setup
from pages.parts.typed import LARGEST

NEAR = 0.01  # rise over run this near the slope, as a share of it, has found it
DONE = 0.01  # an error this fraction of its start counts as converged
VANISHED = 1e-3  # an activation less steep than this has all but stopped its neuron
TOO_LARGE = "too large"  # stands where a float could not hold the number
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


def number(value: float) -> str:
    """A number in at most six significant digits, or that it is too large."""
    return f"{value + 0.0:.6g}" if math.isfinite(value) else TOO_LARGE


def factor(share: float) -> str:
    """What an update multiplies the error by: 1 - share, told apart from 1 and -1 where it is close."""
    for whole, rest in ((1, -share), (-1, 2 - share)):
        if ROUNDING < abs(rest) < 1e-4 or 0 < -rest < whole * 1e-4:
            return f"{whole} {'-' if rest < 0 else '+'} {abs(rest):.6g}"
    return number(1 - share)


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
        return f"**Nothing can move.** {_why_flat(setup)} Try other weights at the start."
    if (history["error"].to_numpy() == history["error"][0]).all():
        return (
            "**Stands still.** With this learning rate the updates are too small for a float to show any of them "
            f"in the error. Try a larger rate, or {'larger inputs' if setup.problem.linear else 'other weights'}."
        )
    first, last = number(history["mse"].iloc[0]), number(history["mse"].iloc[-1])
    goes = f"The mean squared error goes from **{first}** to **{last}** in {_count(setup.updates)}."
    if setup.problem.linear:
        kind = pace(setup.share)
        half = number(setup.problem.sharpness / 2)
        formula = f"1 - 2 × {number(setup.rate)} × {half} = {factor(setup.share)}"
        moves = f"Each update multiplies the error by `{formula}`, {BECOMES[kind]}"
        return f"**{kind.capitalize()}.** {goes} {moves} {_progress(setup, history)}"
    moves = (
        f"The first update multiplies the error by `{number(history['error'][1] / history['error'][0])}`; with "
        f"{setup.problem.activation} that changes from update to update, because the slope of the activation does."
    )
    return f"**{_seen(history)}.** {goes} {moves} {_progress(setup, history)}"


def _why_flat(setup: Setup) -> str:
    """Why every slope is 0 although there is an error and an input."""
    if chain.at_corner(setup.problem, setup.weights):
        return (
            "The sum is exactly 0, at the corner of ReLU, which has no one slope there: 0 on the left, 1 on the right. "
            "By custom it counts as 0, so every slope is 0 and no weight moves."
        )
    return f"Where this neuron stands {setup.problem.activation} is flat, so every slope is 0 and no weight moves."


def _seen(history: pd.DataFrame) -> str:
    """What the error did in this run, in a word: for neurons whose pace cannot be known before."""
    error = history["error"].to_numpy()
    if np.isnan(error).any() or abs(error[-1]) > abs(error[0]):
        return "Grows"
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
        return f"It has converged, to 1% of its start or less, after {_count(since)}."
    now = f"It is now {number(error[-1] / error[0])} times its start"
    if not setup.problem.linear:
        steepness = float(setup.problem.steepness(frames.weights(history).to_numpy()[-1])[0])
        vanished = f"; the slope of {setup.problem.activation} is only {number(steepness)} there: it has vanished"
        return f"{now}{vanished if steepness < VANISHED else ''}."
    needed = updates_until(DONE, setup.share)
    if np.isfinite(needed):
        return f"{now}; at this pace it is down to 1% after {_count(needed)}."
    return f"{now}, and it never converges."


def weight_moves(setup: Setup, moving: int) -> str:
    """Where one weight stands on the curve of its loss, which way is down, and where the rate takes it."""
    neuron, weights = setup.problem, np.array(setup.weights)
    name, activation = f"weight {moving + 1}", neuron.activation
    if neuron.errors(weights)[0] == 0:
        return "**Nothing to do.** The prediction already equals the target, so the slope is 0."
    if neuron.inputs[0, moving] == 0:
        other = " Choose another weight." if neuron.inputs.any() else ""
        return f"**No way down.** The input of {name} is 0, so its slope is 0 and it cannot move.{other}"
    slope = float(neuron.slopes(weights)[moving])
    steepness = float(neuron.steepness(weights)[0])
    if slope == 0:
        return f"**No way down.** {_why_flat(setup)}"
    weight = setup.weights[moving]
    sign, rises, way = ("positive", "right", "lower") if slope > 0 else ("negative", "left", "higher")
    step = f"{number(weight)} - {number(setup.rate)} × {number(slope)} = {number(weight - setup.rate * slope)}"
    moves = "too little for a float to show" if weight - setup.rate * slope == weight else f"to {way} numbers"
    said = (
        f"**The slope is {number(slope)}: {sign}.** The loss rises to the {rises}, so {name} goes the opposite way, "
        f"{moves}: `{step}`."
    )
    if steepness < VANISHED:
        said += f" The slope of {activation} is only {number(steepness)} here: it has all but vanished."
    if not neuron.linear:
        said += f" The slope of {activation} changes along the way, so the marks of the ruler hold only near the start."
    return said


def rate_picture(setup: Setup, moving: int, first: pd.Series, rows: list[Any]) -> str:
    """The picture of one weight and its `first` update, for those who do not see it."""
    marks = "; ".join(
        f"{row.who}: one shot at {number(row.one_shot)}, flips at {number(2 * row.one_shot)}"
        for row in rows
        if math.isfinite(row.one_shot)
    )
    return (
        f"The loss over weight {moving + 1} as a curve. The weight starts at {number(first['weight'])}, where the mean "
        f"squared error is {number(first['mse'])} and the slope {number(first['slope'])}. With a learning rate of "
        f"{number(setup.rate)} the first update takes it to {number(first['weight_next'])}, where the mean squared "
        f"error is {number(first['mse_next'])}. A ruler of learning rates: {marks or 'no rate moves anything'}."
    )


def latex(value: float) -> str:
    """A number for a formula: powers of 10 written as such."""
    if not math.isfinite(value):
        return rf"\text{{{TOO_LARGE}}}"
    digits, _, power = number(value).partition("e")
    return rf"{digits} \cdot 10^{{{int(power)}}}" if power else digits


def _factor_latex(value: float) -> str:
    return f"({latex(value)})" if value < 0 else latex(value)


def slope_formula(setup: Setup, factors: pd.DataFrame, place: int) -> str:
    """The slope of one weight as the product of its three factors, with today's numbers."""
    row = factors.iloc[place]
    two_errors = rf"2 \cdot {_factor_latex(row['slope_of_loss'] / 2)}"
    return (
        rf"\underbrace{{{two_errors}}}_{{\text{{slope of the loss}}}} \cdot "
        rf"\underbrace{{{_factor_latex(row['input'])}}}_{{\text{{input}}}} \cdot "
        rf"\underbrace{{{latex(row['slope_of_activation'])}}}_{{\text{{slope of {setup.problem.activation}}}}} "
        rf"= {latex(row['slope'])}"
    )


def slope_says(setup: Setup, factors: pd.DataFrame, place: int) -> str:
    """What the slope of one weight means, or why it is 0."""
    row, activation = factors.iloc[place], setup.problem.activation
    name = f"weight {place + 1}"
    if row["slope_of_loss"] == 0:
        return "**Nothing to do.** The prediction already equals the target: the error is 0, and so is every slope."
    if row["input"] == 0:
        return f"**The slope is 0.** The input of {name} is 0: however it changes, the prediction stays."
    if row["slope"] == 0:
        return f"**The slope is 0.** {_why_flat(setup)}"
    nudge = "rises" if row["slope"] > 0 else "falls"
    said = (
        f"**The slope of {name} is {number(row['slope'])}.** Move the weight up a little, and the mean squared error "
        f"{nudge} {number(abs(row['slope']))} times as much."
    )
    if row["slope_of_activation"] < VANISHED:
        said += (
            f" The slope of {activation} is only {number(row['slope_of_activation'])} here: it has all but vanished, "
            "so little of the error gets through."
        )
    return said


def nudge_says(nudges: pd.DataFrame, slope: float, *, corner: bool) -> str:
    """How near rise over run comes to the slope, and where rounding spoils it. `corner`: that of a ReLU."""
    off = nudges["off"].to_numpy()
    if corner:
        return (
            "Here it does not: the loss has a corner, with one slope on its left and another on its right, and rise "
            "over run finds only that of the side you nudge to."
        )
    if off.min() > NEAR * abs(slope):
        return "Here no h is small enough, and still large enough, for a float to show the slope: rounding spoils all."
    if not off.any():
        return "Rise over run is exactly the slope for every h: the loss does not bend here, and no digit is lost."
    best = int(off.argmin())
    said = (
        f"At h = {number(nudges['h'].iloc[best])} rise over run is {nudges['rise_over_run'].iloc[best]:.9g}, off by "
        f"{off[best]:.3g} from {number(slope)}."
    )
    if off[:best].any():
        said += " Larger nudges are off because the loss bends."
    if off[best:].max() > off[best]:
        said += (
            " Smaller ones are off because a float keeps 16 digits, and the rise is the difference of two almost equal "
            "numbers."
        )
    return said


def where_the_2_comes_from(setup: Setup, values: pd.DataFrame) -> str:
    """The 2 in the slope of the squared error, and what people do who leave it out."""
    error = float(values["error"][0])
    return (
        f"The loss is the error squared. At an error of {number(error)} it is {number(error**2)}; let the error grow "
        "by a little h, and (error + h)² = error² + 2 × error × h + h². For a tiny h the last part does not count, so "
        f"the loss rises 2 × error = {number(2 * error)} times as fast as the error.\n\n"
        "Some books halve the loss, error² / 2, so that the 2 cancels: their slopes are half of these. The same "
        f"learning rate then goes half as far: their rate of {number(2 * setup.rate)} makes the updates that "
        f"{number(setup.rate)} makes here."
    )


def neuron_picture(setup: Setup, values: pd.DataFrame) -> str:
    """The picture of the neuron, for those who do not see it."""
    pairs = zip(setup.problem.inputs[0].tolist(), setup.weights, strict=True)
    feeds = ", ".join(f"{number(value)} times weight {number(weight)}" for value, weight in pairs)
    row = values.iloc[0]
    return (
        f"A neuron. Inputs: {feeds}. Their sum is {number(row['sum'])}; {setup.problem.activation} makes the "
        f"prediction {number(row['prediction'])} of it. Target {number(row['target'])}, error {number(row['error'])}."
    )


def activation_picture(setup: Setup, values: pd.DataFrame) -> str:
    """The picture of the activation, for those who do not see it."""
    row = values.iloc[0]
    return (
        f"The curve of {setup.problem.activation} with its tangent at a sum of {number(row['sum'])}: value "
        f"{number(row['prediction'])}, slope {number(row['slope_of_activation'])}."
    )


def update_says(setup: Setup, today: Any, update: int, last: int) -> str:
    """What one update, `today` as in `substeps.Values`, did to the error, and where the updates end."""
    before, after = abs(today.error), abs(today.new_error)
    if not before:
        said = "**Nothing to do.** The error is 0, so the slopes are 0 and no weight moves."
    elif not any(today.slopes):
        said = "**Nothing moves.** The slopes are all 0, so the error stays what it is."
    else:
        does = "stays the same" if number(before) == number(after) else "falls" if after < before else "rises"
        said = (
            f"**Update {update:,}: the error goes from {number(today.error)} to {number(today.new_error)}.** "
            f"Its size {does}."
        )
    if last < setup.updates:
        said += f" After update {last:,} the numbers are more than a float can hold."
    return said


def step_picture(nearby: pd.DataFrame) -> str:
    """The picture of one update, for those who do not see it."""
    own = nearby.set_index("own")["mse"]
    return (
        f"Mean squared error, update by update: {number(own['before'])} before this one, {number(own['after'])} after."
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


def landmarks(setup: Setup) -> str:
    """The two rates at which the picture changes for these inputs, where there are any and they can be typed."""
    sharpness = setup.problem.sharpness
    if not setup.problem.linear or sharpness * LARGEST < 2:
        return ""
    return (
        f"For these inputs a rate of about {number(1 / sharpness)} is one shot; "
        f"from {number(2 / sharpness)} on nothing converges."
    )


def runs_away(history: pd.DataFrame) -> bool:
    """Whether the mean squared error grows so much that only a log axis shows more than its end."""
    return bool(history["mse"].max() > 1000 * history["mse"][0] > 0)


def chart(history: pd.DataFrame) -> str:
    """The chart for those who do not see it. It stays the same while only the learning rate moves.

    The name of a chart is part of its spec. A name with the last numbers in it would have the browser
    build the chart anew, and lose the place of its scrub bar, at each step of the slider.
    """
    return (
        f"Mean squared error, weights and slopes, starting at a mean squared error of {number(history['mse'][0])}, "
        f"over {_count(len(history) - 1)}. The text above tells how they move; the tables hold every number."
    )


def glance(history: pd.DataFrame) -> str:
    """The curve of the mean squared error alone, for those who do not see it."""
    return (
        f"Mean squared error over {_count(len(history) - 1)}, starting at {number(history['mse'][0])}. The text below "
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


def _count(updates: float) -> str:
    return "1 update" if updates == 1 else f"{updates:,.0f} updates" if updates < 1e15 else f"{updates:.3g} updates"

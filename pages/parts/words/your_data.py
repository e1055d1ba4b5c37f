"""What a run over many samples did, and how far it is from the best weights. No sentence repeats a column's name."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from gd_core import Truth, pace, updates_until
from pages.parts.numbers import count, factor, number
from pages.parts.words.run import DONE
from pages.parts.your_data import Outcome, Samples, Way

ROUNDING = 1e-9  # two mean squared errors that differ by this share differ by rounding only
REACHED = 1e-6  # a share by which the mean squared error is above the least that counts as none


def data_verdict(outcome: Outcome) -> str:
    """How the mean squared error moves, why, and how far it is from the least there is."""
    _, batches, _, _, history, least = outcome
    mse, updates = history["mse"].to_numpy(), outcome.updates
    goes = f"The mean squared error goes from **{number(mse[0])}** to **{number(mse[-1])}** in {count(updates)}"
    size, samples = batches.size, len(batches.neuron.targets)
    if size < samples:
        rounds = updates * size / samples
        goes += f"; each sees {size:,} of the {samples:,} samples, which makes {rounds:.3g} rounds over all"
    said = [f"**{_kind(history)}.** {goes}."]
    held = np.isfinite(history.to_numpy()).all(axis=1)
    if not held.all():
        said.append(f"From update {int(held.argmin()):,} on the numbers are more than a float can hold (1.8e+308).")
    elif not history.filter(like="slope_").iloc[0].any():
        said.append(
            "Every slope is 0 at the start, so no weight moves. Try other weights at the start."
            if not batches.neuron.linear
            else "Every slope is 0 at the start: these weights are the best already, so they stay."
        )
    if least and outcome.told_by_curvature:
        said.append(_pace(outcome.rate, least))
    elif size < samples:
        said.append(
            "A few samples give only an estimate of the slopes: with a steady learning rate the weights end up "
            "rattling around the best ones, the less the smaller the rate."
        )
    if least and held.all():
        said.append(_gap(float(mse[-1]), float(mse[0]), least.loss))
    return " ".join(said)


def _kind(history: pd.DataFrame) -> str:
    mse = history["mse"].to_numpy()
    if not np.isfinite(history.iloc[-1]).all() or mse[-1] > 1000 * mse[0]:
        return "Explodes"
    if math.isclose(mse[-1], mse[0], rel_tol=ROUNDING):
        return "Stands still" if history.iloc[1].equals(history.iloc[0]) else "Gets nowhere"
    return "Rises" if mse[-1] > mse[0] else "Falls"


def _pace(rate: float, least: Truth) -> str:
    """What plain gradient descent over all samples does in its steepest and in its flattest direction."""
    steep, flat = rate * least.largest, rate * least.smallest
    if pace(steep) in ("explodes", "flips for ever"):
        return (
            f"The learning rate is not below the critical one, {number(least.critical_rate)}: in the steepest "
            f"direction every update multiplies the distance from the best weights by {factor(steep)}."
        )
    slowest = max((steep, flat), key=lambda share: abs(1 - share))
    needs = updates_until(DONE, slowest)
    after = f"after {count(needs)} 1% of it is left" if math.isfinite(needs) else "it never shrinks"
    if math.isclose(steep, flat, rel_tol=1e-9):
        return f"Each update multiplies the distance from the best weights by {factor(steep)}: {after}."
    return (
        f"Each update multiplies the distance from the best weights by {factor(steep)} in the steepest direction and "
        f"by {factor(flat)} in the flattest; where it shrinks most slowly {after}."
    )


def _gap(mse: float, start: float, least: float) -> str:
    """How far the mean squared error is above the least there is."""
    above = mse - least
    if above <= REACHED * max(least, REACHED * start):
        return f"That is the least there is, {number(least)}, to six digits: the descent has arrived."
    share = f"{100 * above / least:.3g}% above" if least > REACHED * start and above < 10 * least else "still above"
    return f"That is {share} the least there is, {number(least)}."


def best_weights(outcome: Outcome) -> str:
    """What the curvature says of the way to the best weights."""
    least = outcome.least
    if least is None:
        return (
            f"With {outcome.batches.neuron.activation} the curvature changes from place to place, and there is no "
            "formula for the best weights. Choose identity as the activation to see least squares beside the descent."
        )
    if not least.largest:
        return "All inputs are 0: no weight makes a difference, and every one is as good as another."
    said = (
        f"numpy's lstsq finds them at once; their mean squared error is **{number(least.loss)}**. The curvature is "
        f"{number(least.largest)} in the steepest direction and {number(least.smallest)} in the flattest, so the "
        f"condition number is **{number(least.condition)}**. For gradient descent over all samples the critical "
        f"learning rate is 2 / {number(least.largest)} = **{number(least.critical_rate)}**; the best is 2 / "
        f"({number(least.largest)} + {number(least.smallest)}) = **{number(least.best_rate)}**."
    )
    return said if least.unique else f"{said}\n\n{_not_unique(outcome.samples)}"


def _not_unique(samples: Samples) -> str:
    rows, weights = samples.inputs.shape
    why = (
        f"there are {weights} weights and only {count_samples(rows)}"
        if rows < weights
        else "some columns say the same as others, or nothing at all"
    )
    return (
        f"**No answer is the only one**: {why}. The weights marked as tied can change together without changing any "
        "prediction. Every slope is a sum of multiples of the samples, so gradient descent never moves in such a "
        "direction: it ends at the best weights nearest to its start, and these are the ones shown."
    )


def count_samples(samples: int) -> str:
    """How many samples, in words."""
    return "1 sample" if samples == 1 else f"{samples:,} samples"


def switches(samples: Samples, ways: Sequence[Way]) -> str:
    """What the two switches do to the curvature of these data."""
    by = {(way.bias, way.standardise): way.truth for way in ways}
    raw, standard = by[samples.bias, False], by[samples.bias, True]
    alone, joined = by[False, samples.standardise], by[True, samples.standardise]
    return (
        "**Standardising** gives every input the mean 0 and the standard deviation 1, so that no input is steep only "
        f"because its unit is small. Here it takes the condition number from {number(raw.condition)} to "
        f"{number(standard.condition)} and the critical rate from {_rate(raw.critical_rate)} to "
        f"{_rate(standard.critical_rate)}. The **bias** is an input that is always 1, so that a prediction need not "
        "be 0 where all inputs are. A column far from 0 looks much like it, which makes a flat direction: the "
        f"condition number is {number(alone.condition)} without it and {number(joined.condition)} with it. "
        "Standardised inputs are at a right angle to it."
    )


def switches_table(samples: Samples, ways: Sequence[Way]) -> pd.DataFrame:
    """The four ways of the two switches, in words and numbers."""
    rows = []
    for bias, standardise, truth in ways:
        now = (bias, standardise) == (samples.bias, samples.standardise)
        inputs = f"{'with' if bias else 'no'} bias, {'standardised' if standardise else 'as they are'}"
        curvatures = [number(value) for value in (truth.largest, truth.smallest, truth.condition)]
        rates = [_rate(rate) for rate in (truth.critical_rate, truth.best_rate)]
        rows.append((inputs + " (now)" * now, *curvatures, *rates))
    columns = ["inputs", "steepest", "flattest", "condition number", "critical rate", "best rate"]
    return pd.DataFrame(rows, columns=columns)


def _rate(rate: float) -> str:
    return number(rate) if math.isfinite(rate) else "any"


def fit_picture(samples: Samples, drawn: int, history: pd.DataFrame) -> str:
    """The picture for those who do not see it. It stays the same while only the learning rate moves."""
    seen = (
        f"{drawn:,} of the {count_samples(len(samples.aims))}"
        if drawn < len(samples.aims)
        else count_samples(len(samples.aims))
    )
    what = (
        "the samples and the line the neuron draws through them"
        if len(samples.names) == 1
        else "the prediction of each sample over its target"
    )
    return (
        f"Under one scrub bar: {what}, with {seen}; the mean squared error, starting at {number(history['mse'][0])}; "
        f"and the weights, over {count(len(history) - 1)}. The text above tells how they move; the tables hold every "
        "number."
    )

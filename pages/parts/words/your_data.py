"""What a run over many samples did, and how far it is from the best weights. No sentence repeats a column's name."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from gd_core import Neuron, Pace, Truth, pace, updates_until
from pages.parts import your_data
from pages.parts.numbers import count, factor, number
from pages.parts.words.run import DONE
from pages.parts.your_data import Outcome, Samples, Way

ROUNDING = 1e-9  # two mean squared errors that differ by this share differ by rounding only
REACHED = 1e-6  # a share by which the mean squared error is above the least that counts as none
NOTHING = 1e-24  # a mean squared error that is this share of the targets' mean square is 0 but for rounding
BETWEEN = {"ReLU": (0, math.inf), "tanh": (-1, 1), "sigmoid": (0, 1)}  # what predictions stay between


def data_verdict(outcome: Outcome) -> str:
    """How the mean squared error moves, why, and how far it is from the least there is."""
    mse = outcome.history["mse"].to_numpy()
    batches, least = outcome.batches, outcome.least
    goes = f"The mean squared error goes from **{number(mse[0])}** to **{number(mse[-1])}** in {count(outcome.updates)}"
    size, samples = batches.size, len(batches.neuron.targets)
    if size < samples:
        rounds = outcome.updates / math.ceil(samples / size)
        goes += f"; each sees {size:,} of the {samples:,} samples, which makes {rounds:.3g} rounds over all"
    arrived = least is not None and _arrived(outcome, mse[-1])
    if arrived and size >= samples and _arrived(outcome, mse[0]):
        return f"**Nothing to do.** {goes}: the weights at the start are the best there are already."
    said = [f"**{_kind(outcome.history)}.** {goes}."]
    held = np.isfinite(outcome.history.to_numpy()).all(axis=1)
    if not held.all():
        said.append(f"From update {int(held.argmin()):,} on the numbers are more than a float can hold (1.8e+308).")
    elif size >= samples and not outcome.history.filter(like="slope_").iloc[0].any():
        said.append("Every slope is 0 at the start, so no weight moves. Try other weights at the start.")
    said.append(_out_of_reach(batches.neuron))
    if least and outcome.told_by_curvature:
        said.append(_pace(outcome.rate, least))
    if least and held.all():
        said.append(_gap(outcome, mse[-1]))
    if size < samples and mse[-1] < mse[0] and not arrived:
        said.append(
            "A few samples give only an estimate of the slopes: with a steady learning rate the weights end up "
            "rattling around the best ones, the less the smaller the rate."
        )
    return " ".join(filter(None, said))


def _kind(history: pd.DataFrame) -> str:
    mse = history["mse"].to_numpy()
    if not np.isfinite(history.iloc[-1]).all() or mse[-1] > 1000 * mse[0]:
        return "Explodes"
    if math.isclose(mse[-1], mse[0], rel_tol=ROUNDING):
        return "Stands still" if history.iloc[1].equals(history.iloc[0]) else "Gets nowhere"
    return "Rises" if mse[-1] > mse[0] else "Falls"


def _out_of_reach(neuron: Neuron) -> str:
    """Whether there are targets that no prediction can be."""
    if neuron.linear:
        return ""
    low, high = BETWEEN[neuron.activation]
    out = int(((neuron.targets < low) | (neuron.targets > high)).sum())
    if not out:
        return ""
    stays = f"stays between {low} and {high}" if math.isfinite(high) else "is never below 0"
    return f"{neuron.activation} {stays}, and {out:,} of the targets {'is' if out == 1 else 'are'} not: out of reach."


def _pace(rate: float, least: Truth) -> str:
    """What plain gradient descent over all samples does in its steepest and in its flattest direction."""
    steep, flat = rate * least.largest, rate * least.smallest
    if pace(steep) in (Pace.FLIPS, Pace.EXPLODES):
        return (
            f"The learning rate is not below the critical one, {number(least.critical_rate)}: in the steepest "
            f"direction every update multiplies the distance from the best weights by {factor(steep)}."
        )
    if pace(steep) is pace(flat) is Pace.ONE_SHOT:
        return "Each update multiplies the distance from the best weights by 0: one shot."
    slowest = max((steep, flat), key=lambda share: abs(1 - share))
    needs = updates_until(DONE, slowest)
    after = f"after {count(needs)} 1% of it is left" if math.isfinite(needs) else "it never shrinks"
    if math.isclose(steep, flat, rel_tol=1e-9):
        return f"Each update multiplies the distance from the best weights by {factor(steep)}: {after}."
    return (
        f"Each update multiplies the distance from the best weights by {factor(steep)} in the steepest direction and "
        f"by {factor(flat)} in the flattest; where it shrinks most slowly {after}."
    )


def _least(outcome: Outcome) -> float:
    """The least mean squared error there is, 0 where only rounding keeps it from that."""
    loss = outcome.least.loss if outcome.least else 0.0
    return loss if loss > NOTHING * float(np.mean(outcome.samples.aims**2)) else 0.0


def _arrived(outcome: Outcome, mse: float) -> bool:
    """Whether a mean squared error is the least there is, to six digits or but for rounding."""
    least = _least(outcome)
    return mse <= least * (1 + REACHED) if least else mse <= NOTHING * float(np.mean(outcome.samples.aims**2))


def _gap(outcome: Outcome, mse: float) -> str:
    """How far the mean squared error at the end is above the least there is."""
    least = _least(outcome)
    if _arrived(outcome, mse):
        reached = f"{number(least)}, to six digits" if least else "0, but for rounding"
        return f"At the end it is the least there is, {reached}: the descent has arrived."
    if not least:
        return "The least there is, is 0."
    above = f"{100 * (mse / least - 1):.3g}% above" if mse < 2 * least else f"{mse / least:.3g} times"
    return f"At the end it is {above} the least there is, {number(least)}."


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
        f"numpy's lstsq finds them at once; their mean squared error is **{number(_least(outcome))}**. The curvature "
        f"is {number(least.largest)} in the steepest direction and {number(least.smallest)} in the flattest, so the "
        f"condition number is **{number(least.condition)}**. For gradient descent over all samples the critical "
        f"learning rate is 2 / {number(least.largest)} = **{number(least.critical_rate)}**; the best is 2 / "
        f"({number(least.largest)} + {number(least.smallest)}) = **{number(least.best_rate)}**."
    )
    return said if least.unique else f"{said}\n\n{_not_unique(outcome.samples)}"


def _not_unique(samples: Samples) -> str:
    rows, weights = samples.inputs.shape
    tied = your_data.tied(samples)
    why = (
        f"there are {weights} weights and only {count_samples(rows)}"
        if rows < weights
        else "some columns say the same as others, or nothing at all"
    )
    return (
        f"**No answer is the only one**: {why}. {_those(tied)} of the table below can change without changing any "
        "prediction. Every slope is a sum of multiples of the samples, so gradient descent never moves in such a "
        "direction: it ends at the best weights nearest to its start, and these are the ones shown."
    )


def _those(weights: Sequence[int]) -> str:
    *others, last = map(str, weights)
    return f"Weights {', '.join(others)} and {last} together" if others else f"Weight {last}"


def count_samples(samples: int) -> str:
    """How many samples, in words."""
    return "1 sample" if samples == 1 else f"{samples:,} samples"


def switches(samples: Samples, ways: Sequence[Way]) -> str:
    """What the two switches do to the curvature of these data."""
    by = {(way.bias, way.standardise): number(way.truth.condition) for way in ways}
    raw, standard = by[samples.bias, False], by[samples.bias, True]
    with_it = "with" if samples.bias else "without"
    return (
        "**Standardising** gives every input the mean 0 and the standard deviation 1, so that no input is steep only "
        f"because its unit is small: {with_it} the bias, the condition number is {raw} for the columns as they are "
        f"and {standard} for standardised ones. The **bias** is an input that is always 1, so that a prediction need "
        "not be 0 where all inputs are. Beside a column whose numbers are far from 0 and close together it makes a "
        f"flat direction: as they are, the condition number is {by[False, False]} without it and {by[True, False]} "
        f"with it. Standardised inputs are 0 on average, and no column is like the bias then: {by[False, True]} and "
        f"{by[True, True]}."
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

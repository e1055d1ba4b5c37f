"""What a run over many samples did, and how far it is from the least-squares solution.

No sentence repeats a column's name: sentences are markdown, and a name may be anything.
"""

import math

import numpy as np
import pandas as pd

from gd_core.activations import ACTIVATIONS
from gd_core.problems import Neuron
from gd_core.regimes import Regime, regime, updates_until
from pages.shared import history_frame
from pages.shared.numbers import count, factor, number
from pages.shared.verdict import COMES_BACK, DONE, GROWS, NOTHING_TO_DO, heading
from pages.your_data import model
from pages.your_data.model import Outcome, Samples

SAME = 1e-9  # two mean squared errors that differ by this fraction differ by rounding only
REACHED = 1e-6  # a mean squared error above the minimum by this fraction counts as the minimum
LEAST_SAID = 0.01  # per cent above the minimum: less is as good as none
NOTHING = 1e-24  # a mean squared error that is this fraction of the targets' mean square is 0 but for rounding
FALLS, RISES = "falls", GROWS  # what the mean squared error may do besides what a regime says
CONVERGED = "the descent has converged."
NO_SLOPE = "Every slope is 0 at the start, so no weight moves. Try other weights at the start."
NOISY = "A mini-batch only estimates the slopes: the weights fluctuate around the best ones, less at a smaller rate."
ALL_FLAT = "All inputs are 0: no weight makes a difference, and all weights fit equally well."
NOT_UNIQUE = "**The solution is not unique**"
NOW = " (now)"  # the row of a table that stands for what is set


def verdict(outcome: Outcome) -> str:
    """How far the mean squared error is from its minimum, and how it moved."""
    history, batches, least = outcome.history, outcome.batches, outcome.least
    mse = history["mse"].to_numpy()
    size, samples = batches.size, len(batches.neuron.targets)
    lowest, reached = minimum(outcome)
    goes = f"The mean squared error goes from **{number(mse[0])}** to **{number(mse[-1])}** in {count(outcome.updates)}"
    if size < samples:
        epochs = outcome.updates / math.ceil(samples / size)
        goes += f"; each uses {number(size)} of the {count_samples(samples)}, which makes {number(epochs, 3)} epochs"
    elif settled(outcome):
        return f"{NOTHING_TO_DO} {goes}: the weights at the start are already a least-squares solution."
    finite, moved = np.isfinite(history.to_numpy()).all(axis=1), kind(history)
    if (
        moved == RISES
        and least
        and outcome.plain
        and regime(outcome.optimiser.learning_rate * least.largest) is Regime.DIVERGES
    ):
        moved = Regime.DIVERGES  # it has only begun to
    close = least and finite.all() and moved == FALLS
    found = [_gap(mse[-1], lowest, reached) if close else heading(moved), f"{goes}."]
    if not finite.all():
        found.append(
            f"From update {number(finite.argmin())} on the numbers are more than a float can hold (1.8 × 10³⁰⁸)."
        )
    elif size >= samples and not history_frame.slopes(history).iloc[0].any():
        found.append(NO_SLOPE)
    found.append(_out_of_reach(batches.neuron))
    if least and finite.all() and lowest and mse[-1] > reached:
        found.append(f"The minimum, by least squares, is {number(lowest)}.")
    if size < samples and mse[-1] < mse[0] and not (least and mse[-1] <= reached):
        found.append(NOISY)
    return " ".join(filter(None, found))


def settled(outcome: Outcome) -> bool:
    """Whether the weights at the start are a least-squares solution already, and all samples keep them there."""
    batches, ends = outcome.batches, outcome.history["mse"].iloc[[0, -1]]
    whole = batches.size >= len(batches.neuron.targets)
    return bool(whole and outcome.least and ends.max(skipna=False) <= minimum(outcome)[1])


def kind(history: pd.DataFrame) -> str:
    """What the mean squared error did, in a word."""
    mse = history["mse"].to_numpy()
    if not np.isfinite(history.iloc[-1]).all() or mse[-1] > 1000 * mse[0]:
        return Regime.DIVERGES
    if math.isclose(mse[-1], mse[0], rel_tol=SAME):
        return Regime.STANDS_STILL if history.iloc[1].equals(history.iloc[0]) else COMES_BACK
    return RISES if mse[-1] > mse[0] else FALLS


def _out_of_reach(neuron: Neuron) -> str:
    """How many targets no prediction can equal; nothing where there are none."""
    activation = ACTIVATIONS[neuron.activation]
    low, high = activation.lowest, activation.highest
    out = int(((neuron.targets < low) | (neuron.targets > high)).sum())
    if not out:
        return ""
    stays = " and ".join([f"at least {low}"] * math.isfinite(low) + [f"at most {high}"] * math.isfinite(high))
    return (
        f"{neuron.activation} is {stays}, so {number(out)} of the targets {'is' if out == 1 else 'are'} out of reach."
    )


def course(outcome: Outcome) -> str:
    """What plain gradient descent over all samples does in its steepest and flattest direction; else nothing."""
    least, rate = outcome.least, outcome.optimiser.learning_rate
    if not (least and least.largest and outcome.plain):
        return ""
    steep, flat = rate * least.largest, rate * least.smallest
    each = "Each update multiplies the distance from the least-squares solution by"
    if regime(steep) in (Regime.OSCILLATES, Regime.DIVERGES):
        critical = f"The learning rate is not below the critical one, {number(least.critical_rate)}."
        return f"{critical} {each} {factor(steep)} in the steepest direction."
    if regime(steep) is regime(flat) is Regime.ONE_STEP:
        return f"{each} 0: one step is enough."
    factors = factor(steep)
    if not math.isclose(steep, flat, rel_tol=1e-9):
        factors += f" in the steepest direction and by {factor(flat)} in the flattest"
    needs = max(updates_until(DONE, steep), updates_until(DONE, flat))
    ends = f"needs about {count(float(f'{needs:.3g}'))} to shrink to 1%" if math.isfinite(needs) else "never gets there"
    return f"{each} {factors}. At this rate it {ends}."


def minimum(outcome: Outcome) -> tuple[float, float]:
    """The least mean squared error, and the largest that counts as it: to six digits, or as 0 but for rounding."""
    loss = outcome.least.loss if outcome.least else 0.0
    nothing = NOTHING * float(np.mean(outcome.samples.targets**2))
    return (loss, loss * (1 + REACHED)) if loss > nothing else (0.0, nothing)


def _gap(mse: float, least: float, reached: float) -> str:
    """How far a mean squared error that fell is from its minimum, as the beginning of a verdict."""
    if mse <= reached:
        return f"**At the minimum, {'to six digits' if least else 'but for rounding'}:** {CONVERGED}"
    if not least:
        return f"{heading(FALLS)} The minimum is 0."
    above = 100 * (mse / least - 1)
    if above < LEAST_SAID:
        return f"**Less than {LEAST_SAID}% above the minimum.**"
    ratio = mse / least
    return (
        f"**{number(above, 2)}% above the minimum.**" if above < 100 else f"**{number(ratio, 3)} times the minimum.**"
    )


def solution(outcome: Outcome) -> str:
    """The least-squares solution, and what the curvature says about the way to it."""
    least = outcome.least
    if least is None:
        return (
            f"With {outcome.batches.neuron.activation} the curvature changes from place to place, and no formula gives "
            "the best weights. Choose identity as the activation to compare with least squares."
        )
    if not least.largest:
        return ALL_FLAT
    largest, smallest = number(least.largest), number(least.smallest)
    found = (
        f"numpy's lstsq finds it; its mean squared error is **{number(minimum(outcome)[0])}**. The curvature is "
        f"{largest} in the steepest direction and {smallest} in the flattest, the condition number "
        f"**{number(least.condition)}**. Over all samples the critical learning rate is 2 / {largest} = "
        f"**{number(least.critical_rate)}**, the best 2 / ({largest} + {smallest}) = **{number(least.best_rate)}**."
    )
    return found if least.unique else f"{found}\n\n{_not_unique(outcome.samples)}"


def _not_unique(samples: Samples) -> str:
    rows, weights = samples.inputs.shape
    *others, last = map(str, model.undetermined(samples))
    which = f"Weights {', '.join(others)} and {last} together" if others else f"Weight {last}"
    few = f"there are {weights} weights and only {count_samples(rows)}"
    why = few if rows < weights else "some columns are combinations of others, or never change"
    return (
        f"{NOT_UNIQUE}: {why}. {which} of the table below can change without changing any prediction. Every slope is "
        "a sum of multiples of the samples, so gradient descent never moves that way: it ends at the solution nearest "
        "to its start, the one shown."
    )


def count_samples(count: int) -> str:
    """How many samples, in words."""
    return "1 sample" if count == 1 else f"{number(count)} samples"


def scaling(samples: Samples) -> str:
    """What bias and standardising do to the curvature of these data."""
    by = {way: number(least.condition) for way, least in model.ways(samples).items()}
    return (
        "**Standardising** gives every input the mean 0 and the standard deviation 1, so that units do not matter: "
        f"{'with' if samples.bias else 'without'} bias, the condition number is {by[samples.bias, False]} for the "
        f"columns as they are and {by[samples.bias, True]} for standardised ones. The **bias** is an input that is "
        "always 1, so that a prediction need not be 0 where all inputs are. A column far from 0 that varies little is "
        f"like it, which makes a flat direction: as they are, the condition number is {by[False, False]} without bias "
        f"and {by[True, False]} with it; for standardised columns, {by[False, True]} and {by[True, True]}."
    )


def scaling_table(samples: Samples) -> pd.DataFrame:
    """The curvatures and learning rates of all four ways, as texts."""
    rows = []
    for (bias, standardise), least in model.ways(samples).items():
        now = (bias, standardise) == (samples.bias, samples.standardise)
        inputs = f"{'with' if bias else 'no'} bias, {'standardised' if standardise else 'as they are'}{NOW * now}"
        curvatures = [number(value) for value in (least.largest, least.smallest, least.condition)]
        rates = [number(rate) if math.isfinite(rate) else "any" for rate in (least.critical_rate, least.best_rate)]
        rows.append((inputs, *curvatures, *rates))
    columns = ["inputs", "steepest", "flattest", "condition number", "critical rate", "best rate"]
    return pd.DataFrame(rows, columns=columns)


def picture(samples: Samples, history: pd.DataFrame) -> str:
    """The chart in words. They stay the same while only the learning rate moves, see `shared.verdict.chart`."""
    drawn, targets = len(model.points(samples)), len(samples.targets)
    which = f"{number(drawn)} of the {count_samples(targets)}" if drawn < targets else count_samples(targets)
    what = "the line fitted to them" if len(samples.names) == 1 else "each prediction over its target"
    return (
        f"Under one scrub bar: {which} and {what}; the mean squared error, starting at {number(history['mse'][0])}, "
        f"over {count(len(history) - 1)}. The text says how it moves; the tables have every number."
    )


def moved(samples: Samples, row: int, target: float | None) -> str:
    """Which row is picked, or dragged and how far: `samples` are those as they are in the table."""
    was = number(samples.targets[row - 1])
    if target is None:
        return f"Row {number(row)} has the target {was}. Drag it in the picture, or type another."
    return f"Row {number(row)} is dragged from {was} to {number(target)}. Your table stays as it is."


def curves(history: pd.DataFrame) -> str:
    """The chart of the weights in words, which stay the same as those of `picture` do."""
    return f"A curve for each weight, or for its slope, over {count(len(history) - 1)}. The table has every number."

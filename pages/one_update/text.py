"""What one update did, and its picture in words."""

import pandas as pd

from pages.one_update.update_steps import Values
from pages.shared.numbers import number
from pages.shared.setup import Setup
from pages.shared.verdict import NOTHING_TO_DO, saturated, why_flat

NOTHING_MOVES = "**Nothing moves.**"
TOO_LARGE = "**Too large.** Already the first update is more than a float can hold (1.8e+308)."


def did(setup: Setup, today: Values, update: int, last: int) -> str:
    """What one update did to the error, and where the updates end."""
    before, after = abs(today.error), abs(today.new_error)
    if not before:
        said = f"{NOTHING_TO_DO} The error is 0, so the slopes are 0 and no weight moves."
    elif not any(today.slopes):
        flat = (
            why_flat(setup.problem, tuple(today.weights))
            if any(today.inputs)
            else "Every input is 0, so is every slope."
        )
        said = f"{NOTHING_MOVES} {flat}"
    else:
        does = "kept its size" if number(before) == number(after) else "shrank" if after < before else "grew"
        said = (
            f"**Update {update:,}: the error goes from {number(today.error)} to {number(today.new_error)}.** "
            f"The error {does}.{saturated(today.activation, today.activation_slope)}"
        )
    if last < setup.updates:
        said += f" After update {last:,} the numbers are more than a float can hold."
    return said


def picture(nearby: pd.DataFrame) -> str:
    """The picture of one update, in words."""
    own = nearby.set_index("own")["mse"]
    return (
        f"Mean squared error, update by update: {number(own['before'])} before this one, {number(own['after'])} after."
    )

"""What an exercise asks, and its curves for those who do not see them."""

import pandas as pd

from gd_core.exercises import UPDATES
from pages.parts import drills
from pages.parts.numbers import count, number

TASKS = {
    "Slope": "How fast does the loss rise with each weight? First in numbers for this neuron, then as a line of numpy.",
    "Weights": "Improve the weights by one update, as a line of numpy; then say what error is left, in numbers.",
    "Many updates": (
        f"Fill in the three lines of the loop. What they make of {UPDATES} updates is drawn beside the right curve."
    ),
    "Which rate": "Choose a learning rate by what it does. A fraction such as 1/20 is as good as a decimal.",
    "Read the curve": "One of four runs made this history. All of them begin at the same error.",
    "Bug hunt": (
        "A loop with one bug made this table and this curve of what it appended. Name the bug; then you see the loop, "
        "and repair its line."
    ),
}


def task(exercise: str) -> str:
    """What is to be done."""
    return TASKS[exercise]


def drill(curves: pd.DataFrame) -> str:
    """The curves of an exercise, for those who do not see them."""
    said = []
    for who, curve in curves.groupby("who", sort=False):
        first, last = curve.iloc[0], curve.iloc[-1]
        name = {drills.RIGHT: "The right curve", drills.YOURS: "Your curve"}.get(str(who), "The history")
        said.append(
            f"{name} goes from {number(first['mse'])} at update {first['update']} to {number(last['mse'])} "
            f"after {count(last['update'])}."
        )
    return f"Mean squared error, update by update. {' '.join(said)}"

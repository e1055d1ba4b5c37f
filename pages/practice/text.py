"""The curves of an exercise in words."""

import pandas as pd

from pages.shared.numbers import count, number
from pages.shared.quiz import givens

NAMES = {givens.HISTORY: "The history", givens.RIGHT: "The right curve", givens.YOURS: "Your curve"}


def chart(curves: pd.DataFrame) -> str:
    """Where each of `givens.curves` begins and ends, for those who do not see them."""
    sentences = ["Mean squared error, update by update."]
    for name, curve in curves.groupby("curve", sort=False):
        first, last = curve.iloc[0], curve.iloc[-1]
        begin, end = f"{number(first['mse'])} at update {first['update']}", number(last["mse"])
        sentences.append(f"{NAMES[str(name)]} goes from {begin} to {end} after {count(last['update'])}.")
    return " ".join(sentences)

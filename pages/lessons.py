"""The lessons in reading order. The menu, the home page, the router and the tests all read this list."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Lesson:
    """One page: its folder in `pages/`, its title and icon in the menu, what it teaches, and what it needs."""

    folder: str
    title: str
    icon: str
    teaches: str
    predicts: bool = False  # it asks for predictions, so the sidebar has the switch for them
    compares: bool = False  # it compares runs, so the sidebar has the list of them
    table: bool = False  # it has samples of its own, and runs long enough to be broken off by the next change

    @property
    def file(self) -> str:
        """Its page, seen from `pages/`."""
        return f"{self.folder}/page.py"

    def load(self) -> Callable[[], None]:
        """Import what draws it."""
        return importlib.import_module(f"pages.{self.folder}.page").page


LESSONS = [
    Lesson(
        "learning_rate",
        "Learning rate",
        ":material/straighten:",
        "Drag the rate: one weight creeps down its curve, gets there in one step, oscillates or diverges.",
        predicts=True,
    ),
    Lesson(
        "slope",
        "Slope",
        ":material/show_chart:",
        "Take the slope of a weight apart into its three factors, and check it yourself by rise over run.",
        predicts=True,
    ),
    Lesson(
        "one_update",
        "One update",
        ":material/footprint:",
        "Walk through an update line by line: formula, numbers, numpy. Take the run home as a script or a notebook.",
        predicts=True,
    ),
    Lesson(
        "many_updates",
        "Many updates",
        ":material/trending_down:",
        "Make up to 10,000 updates, watch the mean squared error fall, and find the rate that breaks it.",
    ),
    Lesson(
        "practice",
        "Practice",
        ":material/exercise:",
        "Slopes, weights, rates, curves and bugs: questions without end, and answers that say how you went wrong.",
    ),
    Lesson(
        "compare",
        "Compare",
        ":material/stacked_line_chart:",
        "Run several learning rates, schedules and optimisers up to Adam side by side. And all rates at once.",
        compares=True,
    ),
    Lesson(
        "surface",
        "Surface",
        ":material/landscape:",
        "See the loss over two weights: a trough for one sample, a bowl for two, and the path each run takes on it.",
        compares=True,
    ),
    Lesson(
        "your_data",
        "Your data",
        ":material/table:",
        "Fit your own table, or a real data set: mini-batches, the fit, and the least-squares solution beside it.",
        table=True,
    ),
]

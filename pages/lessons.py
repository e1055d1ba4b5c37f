"""The lessons in reading order. The menu, the home page, the router and the tests all read this list."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Lesson:
    """One page: its folder in `pages/`, its title and icon, the sentence beneath its title, and what it needs.

    Where nothing is `moved_by_rate` the slider of the learning rate stays in the sidebar.
    """

    folder: str
    title: str
    icon: str
    teaches: str
    needs: Literal["", "asking", "runs", "samples", "nothing"] = ""  # of the sidebar: a switch, a list, a table instead
    moved_by_rate: bool = True

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
        "The slope gives the direction; the **learning rate** sets how big the step is.",
        "asking",
    ),
    Lesson(
        "slope",
        "Slope",
        ":material/show_chart:",
        "How fast the loss rises with a weight: **slope of the loss × input × slope of the activation**.",
        "asking",
        moved_by_rate=False,
    ),
    Lesson(
        "one_update",
        "One update",
        ":material/footprint:",
        "Predict, compare with the target, take the slopes, and move every weight against its slope.",
        "asking",
    ),
    Lesson(
        "many_updates",
        "Many updates",
        ":material/trending_down:",
        "Repeat the update: the learning rate decides whether the error converges, oscillates or diverges.",
    ),
    Lesson(
        "practice",
        "Practice",
        ":material/exercise:",
        "Answer in numbers or in numpy. If you are wrong, you are told **which mistake fits your answer**.",
        "nothing",
    ),
    Lesson(
        "compare",
        "Compare",
        ":material/stacked_line_chart:",
        "Learning rates, optimisers and schedules side by side. Run 0 is yours. Click a name to see it alone.",
        "runs",
    ),
    Lesson(
        "surface",
        "Surface",
        ":material/landscape:",
        "The loss over two weights: a stronger shade, a larger loss. Drag the ring to start elsewhere; arrows go down.",
        "runs",
    ),
    Lesson(
        "your_data",
        "Your data",
        ":material/table:",
        "Fit a table, and see how close gradient descent gets to the least-squares solution.",
        "samples",
    ),
]

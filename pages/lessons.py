"""The lessons in reading order. The menu, the home page, the router and the tests all read this list."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Lesson:
    """One page: its folder in `pages/`, its title and icon in the menu, what it teaches, and what it needs."""

    folder: str
    title: str
    icon: str
    teaches: str
    needs: Literal["", "asking", "runs", "samples"] = ""  # of the sidebar: a switch, a list, no sample of its own

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
        "How big a step is, and when it is too big.",
        "asking",
    ),
    Lesson("slope", "Slope", ":material/show_chart:", "Its three factors, and a check by rise over run.", "asking"),
    Lesson("one_update", "One update", ":material/footprint:", "Formula, numbers and numpy, step by step.", "asking"),
    Lesson("many_updates", "Many updates", ":material/trending_down:", "Watch the error fall, or find what breaks it."),
    Lesson("practice", "Practice", ":material/exercise:", "Questions without end; your mistakes get a name."),
    Lesson("compare", "Compare", ":material/stacked_line_chart:", "Rates, schedules, optimisers side by side.", "runs"),
    Lesson("surface", "Surface", ":material/landscape:", "The loss over two weights: a trough or a bowl.", "runs"),
    Lesson("your_data", "Your data", ":material/table:", "Fit a table, beside the least-squares solution.", "samples"),
]

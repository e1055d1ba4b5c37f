"""The pages: lessons in reading order, and what teachers use. Menu, home page, router and tests read these lists."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Lesson:
    """One page: its folder in `pages/`, its title and icon, the sentence beneath its title, and what it needs.

    Where nothing is `moved_by_rate` the slider of the learning rate stays in the sidebar. `sketch` is a tiny picture
    for the home page: the path of an SVG of 96 by 40, if there is one.
    """

    folder: str
    title: str
    icon: str
    teaches: str
    # Of the sidebar: a switch, a list, or a table or a network instead of the neuron.
    needs: Literal["", "asking", "runs", "samples", "network", "nothing"] = ""
    moved_by_rate: bool = True
    sketch: str = ""

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
        sketch="M4 30H92M4 22V36M34 22V36M62 22V36M42 14H54L48 24Z",
    ),
    Lesson(
        "slope",
        "Slope",
        ":material/show_chart:",
        "How fast the loss rises with a weight: **slope of the loss × input × slope of the activation**.",
        "asking",
        moved_by_rate=False,
        sketch="M8 2Q48 70 88 2M52 38L90 6",
    ),
    Lesson(
        "one_update",
        "One update",
        ":material/footprint:",
        "Predict, compare with the target, take the slopes, and move every weight against its slope.",
        "asking",
        sketch="M14 6V34M14 20H70M62 13L70 20L62 27M82 6V34",
    ),
    Lesson(
        "many_updates",
        "Many updates",
        ":material/trending_down:",
        "Repeat the update: the learning rate decides whether the error converges, oscillates or diverges.",
        sketch="M6 3C18 34 40 36 92 36",
    ),
    Lesson(
        "practice",
        "Practice",
        ":material/exercise:",
        "Answer in numbers or in numpy. If you are wrong, you are told **which mistake fits your answer**.",
        "nothing",
        sketch="M6 20L22 34L48 6M60 12H92M60 26H84",
    ),
    Lesson(
        "compare",
        "Compare",
        ":material/stacked_line_chart:",
        "Learning rates, optimisers and schedules side by side. Run 0 is yours. Click a name to see it alone.",
        "runs",
        sketch="M6 4C14 36 30 36 92 36M6 4C30 20 50 26 92 28M6 4L26 20L44 8L64 22L92 10",
    ),
    Lesson(
        "surface",
        "Surface",
        ":material/landscape:",
        "The loss over two weights: a stronger shade, a larger loss; arrows go down.",
        "runs",
        sketch="M6 20a42 17 0 1 0 84 0a42 17 0 1 0-84 0M22 20a26 10 0 1 0 52 0a26 10 0 1 0-52 0M86 8L60 14L48 20",
    ),
    Lesson(
        "network",
        "Network",
        ":material/graph_3:",
        "Backward propagation: **slope of the loss at the node × value that feeds in × slope of the activation**, "
        "layer by layer.",
        "network",
        sketch="M10 10L48 6L86 20M10 30L48 34L86 20M10 10L48 34M10 30L48 6M10 10v1M10 30v1M86 20v1",
    ),
    Lesson(
        "your_data",
        "Your data",
        ":material/table:",
        "Fit a table, and see how close gradient descent gets to the least-squares solution.",
        "samples",
        sketch="M6 34L90 8M16 24v1M30 32v1M40 18v1M54 26v1M64 10v1M80 16v1",
    ),
]

TEACHING = [
    Lesson(
        "teach",
        "Set an assignment",
        ":material/assignment_add:",
        "Choose what your class does, and give them the link. Neuron, rate and updates are those of the **sidebar**.",
        "asking",
        moved_by_rate=False,
    ),
    Lesson(
        "receipts",
        "Receipts",
        ":material/inventory:",
        "What your class handed in, **judged again**: who is stuck where, and which misconceptions they share.",
        "nothing",
    ),
    Lesson(
        "worksheets",
        "Worksheets",
        ":material/print:",
        "Exercises on paper, as many different sheets as you like, with the keys at the end.",
        "nothing",
    ),
]
# In the menu while one is in use.
ASSIGNMENT = Lesson(
    "assignment", "Assignment", ":material/assignment:", "What you are asked to do, step by step.", "nothing"
)
PAGES = [*LESSONS, *TEACHING, ASSIGNMENT]

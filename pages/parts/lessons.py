"""The lessons in reading order. The menu, the home page and the tests all read this list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lesson:
    """One page: its file in `pages/`, its title and icon in the menu, and what it teaches."""

    file: str
    title: str
    icon: str
    teaches: str
    compares: bool = False  # whether the sidebar has the list of runs there
    table: bool = False  # whether the page has samples of its own


LESSONS = [
    Lesson(
        "learning_rate.py",
        "Learning rate",
        ":material/straighten:",
        "Drag the rate: one weight creeps down its curve, takes it in one shot, zig-zags or is led astray.",
    ),
    Lesson(
        "slope.py",
        "Slope",
        ":material/show_chart:",
        "Take the slope of a weight apart into its three factors, and check it yourself by rise over run.",
    ),
    Lesson(
        "one_update.py",
        "One update",
        ":material/footprint:",
        "Walk through an update line by line: formula, numbers, numpy. Take the run home as a script or a notebook.",
    ),
    Lesson(
        "many_updates.py",
        "Many updates",
        ":material/trending_down:",
        "Make up to 10,000 updates, watch the mean squared error fall, and find the rate that breaks it.",
    ),
    Lesson(
        "practice.py",
        "Practice",
        ":material/exercise:",
        "Slopes, weights, rates, curves and bugs: questions without end, and answers that say how you went wrong.",
    ),
    Lesson(
        "compare.py",
        "Compare",
        ":material/stacked_line_chart:",
        "Lay up to eight runs over each other: other rates, optimisers up to Adam, forks. And all rates at once.",
        compares=True,
    ),
    Lesson(
        "surface.py",
        "Surface",
        ":material/landscape:",
        "See the loss over two weights: a trough for one sample, a bowl for two, and the way each run takes on it.",
        compares=True,
    ),
    Lesson(
        "your_data.py",
        "Your data",
        ":material/table:",
        "Bring a table, or take one from the shelf: mini-batches, the fit, and the least squares beside the descent.",
        table=True,
    ),
]


def named(title: str) -> Lesson | None:
    """The lesson with this title; none for the home page."""
    return next((lesson for lesson in LESSONS if lesson.title == title), None)


def after(title: str) -> Lesson | None:
    """The lesson that follows the page with this title; the first one follows the home page."""
    titles = ["Home", *(lesson.title for lesson in LESSONS)]
    place = titles.index(title)
    return LESSONS[place] if place < len(LESSONS) else None

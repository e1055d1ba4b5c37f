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
    asks: bool = False  # whether it asks for predictions


LESSONS = [
    Lesson(
        "learning_rate.py",
        "Learning rate",
        ":material/straighten:",
        "Drag the rate: one weight creeps down its curve, takes it in one shot, zig-zags or is led astray.",
        asks=True,
    ),
    Lesson(
        "slope.py",
        "Slope",
        ":material/show_chart:",
        "Take the slope of a weight apart into its three factors, and check it yourself by rise over run.",
        asks=True,
    ),
    Lesson(
        "one_update.py",
        "One update",
        ":material/footprint:",
        "Walk through an update line by line: formula, numbers, numpy. Take the run home as a script or a notebook.",
        asks=True,
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


HOME = Lesson("home.py", "Home", ":material/home:", "What there is, and where to begin.")


def named(title: str) -> Lesson:
    """The page with this title."""
    return next(lesson for lesson in (HOME, *LESSONS) if lesson.title == title)


def after(title: str) -> Lesson | None:
    """The lesson that follows the page with this title; the first one follows the home page."""
    pages = [HOME, *LESSONS]
    place = pages.index(named(title)) + 1
    return pages[place] if place < len(pages) else None

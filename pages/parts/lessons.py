"""The lessons in reading order. The menu, the home page and the tests all read this list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lesson:
    """One page: its file in `pages/`, its title and icon in the menu, and what it teaches."""

    file: str
    title: str
    icon: str
    teaches: str


LESSONS = [
    Lesson(
        "learning_rate.py",
        "Learning rate",
        ":material/straighten:",
        "Drag the rate: one weight creeps down its curve, takes it in one shot, zig-zags or is led astray.",
    ),
    Lesson(
        "many_updates.py",
        "Many updates",
        ":material/trending_down:",
        "Make up to 10,000 updates, watch the mean squared error fall, and find the rate that breaks it.",
    ),
]

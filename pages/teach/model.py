"""What a teacher may choose, and what comes out of it: an assignment, its steps in words and a QR code of its link."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from io import BytesIO

import segno

from pages.lessons import LESSONS
from pages.shared.assignment import Assignment, Step
from pages.shared.numbers import counted
from pages.shared.quiz.exercises import EXERCISES
from pages.shared.sidebar import DEFAULTS, FIELDS

PRACTICE = next(lesson for lesson in LESSONS if lesson.folder == "practice")
# The steps by their names: a page, or questions of an exercise.
STEPS = {lesson.title: Step(lesson.folder) for lesson in LESSONS if lesson is not PRACTICE} | {
    f"{PRACTICE.title}: {exercise}": Step(PRACTICE.folder, exercise, 1) for exercise in EXERCISES
}
# What can be locked or hidden here: label -> key of the field.
CONTROLS = {label: key for key, (label, _) in FIELDS.items()} | {
    "Activation": "activation", "Predict first": "predict", "Exercise": "exercise", "Question number": "question",
}  # fmt: skip
STANDARD = {**DEFAULTS, "predict": "false"}


def with_settings(assignment: Assignment, said: Mapping[str, str]) -> Assignment:
    """An assignment whose pages begin with what the sidebar says; what is as usual is left out unless it is held."""
    held = {*assignment.locked, *assignment.hidden}
    settings = {key: said[key] for key, usual in STANDARD.items() if said[key] != usual or key in held}
    return replace(assignment, settings=settings)


def steps(assignment: Assignment) -> list[str]:
    """The steps in words."""
    names = {step._replace(questions=0): name for name, step in STEPS.items()}
    said = []
    for step in assignment.steps:
        name, many = names[step._replace(questions=0)], step.questions
        said.append(f"{name}, {counted(many, 'question')}" if many else name)
    return said


@lru_cache(maxsize=32)
def qr_code(link: str) -> str:
    """A picture of a link as SVG, black on white with its quiet zone; "" if the link is too long for one."""
    try:
        code = segno.make_qr(link, error="l", boost_error=False)
    except segno.DataOverflowError:
        return ""
    code.save(svg := BytesIO(), kind="svg", xmldecl=False, omitsize=True, dark="#000", light="#fff")
    return svg.getvalue().decode()

"""An assignment: what a teacher asks of a class, as one text in a link. A lock guides: who edits the link undoes it."""

import base64
import binascii
import json
import random
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from pages.shared import reader
from pages.shared.quiz.exercises import EXERCISES, LARGEST_SEED

LONGEST_TITLE, LONGEST_INSTRUCTION, LONGEST_NAME, LONGEST_SETTING = 80, 600, 60, reader.LONGEST  # characters
MOST_STEPS = MOST_QUESTIONS = 20
MOST_SETTINGS = 60
LARGEST = 20_000  # bytes of an assignment
DAMAGED = "This assignment link is damaged. Ask for it again."


class Step(NamedTuple):
    """A page to visit; with an `exercise`, how many of its `questions` to answer there."""

    page: str
    exercise: str = ""
    questions: int = 0


@dataclass(frozen=True)
class Assignment:
    """What a class is asked to do, in order, and how its pages begin.

    `settings` are what fields begin with, by their keys in a link; `locked` ones are shown and cannot be changed,
    `hidden` ones are not shown. With `own`, each learner gets questions of their own; `number` tells assignments apart.
    """

    title: str = ""
    instruction: str = ""
    steps: tuple[Step, ...] = ()
    own: bool = False
    number: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)
    locked: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def seeds(self, step: Step, name: str) -> list[int]:
        """The numbers of a step's questions for the learner of that name: anybody can work them out again."""
        learner = " ".join(name.split()).casefold() if self.own else ""
        chance = random.Random(f"{self.number} {step.exercise} {learner}")
        return chance.sample(range(1, LARGEST_SEED + 1), step.questions)

    def text(self) -> str:
        """The assignment as a text for a link, which `read` reads."""
        said = {name: value for name, value in asdict(self).items() if value}
        packed = zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), 9)
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read(text: str) -> Assignment:
    """The assignment of a link, whatever was done to it: what does not belong there is left out.

    Raises ValueError with a sentence if nothing of it can be read.
    """
    try:
        packed = base64.b64decode(text[:LARGEST] + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        said = json.loads(zlib.decompressobj().decompress(packed, LARGEST).decode())
        json.dumps(said, ensure_ascii=False).encode()  # half a character cannot be shown
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        raise ValueError(DAMAGED) from None
    return from_json(said)


def from_json(said: Any) -> Assignment:
    """The assignment that `asdict` and JSON made of one; raises ValueError as `read` does."""
    if not isinstance(said, dict):
        raise ValueError(DAMAGED)
    steps = tuple(filter(None, map(_step, _listed(said, "steps", MOST_STEPS))))
    if not steps:
        raise ValueError(DAMAGED)
    settings = said.get("settings")
    pairs = [*settings.items()][:MOST_SETTINGS] if isinstance(settings, dict) else []
    number = said.get("number")
    return Assignment(
        title=_text(said, "title", LONGEST_TITLE),
        instruction=_text(said, "instruction", LONGEST_INSTRUCTION),
        steps=steps,
        own=said.get("own") is True,
        number=int(number) if isinstance(number, int) and 0 <= number <= LARGEST_SEED else 0,
        settings={key: value for key, value in pairs if isinstance(value, str) and len(value) <= LONGEST_SETTING},
        locked=tuple(key for key in _listed(said, "locked", MOST_SETTINGS) if isinstance(key, str)),
        hidden=tuple(key for key in _listed(said, "hidden", MOST_SETTINGS) if isinstance(key, str)),
    )


def _text(said: dict[str, Any], name: str, longest: int) -> str:
    value = said.get(name)
    return value[:longest] if isinstance(value, str) else ""


def _listed(said: dict[str, Any], name: str, most: int) -> list[Any]:
    value = said.get(name)
    return value[:most] if isinstance(value, list) else []


def _step(said: Any) -> Step | None:
    """A step of a link: a page by its folder, whether there is such a page or not, or questions of an exercise."""
    match said:
        case [str(page), "", 0]:
            return Step(page)
        case [str(page), str(exercise), int(questions)] if exercise in EXERCISES and 1 <= questions <= MOST_QUESTIONS:
            return Step(page, exercise, int(questions))
    return None

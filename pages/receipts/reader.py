"""Receipts as they are handed in: files of strangers, read, or refused with a reason."""

import json
from typing import NamedTuple

from pages.shared import assignment
from pages.shared.assignment import LONGEST_NAME, Assignment
from pages.shared.quiz import attempts
from pages.shared.quiz.attempts import Attempt

MOST_BYTES = 2_000_000
NOT_JSON = "it is not JSON"
NO_RECEIPT = "it is JSON, but no receipt of Practice"


class Receipt(NamedTuple):
    """What one learner handed in, none of it judged yet."""

    file: str
    name: str
    assignment: Assignment | None
    attempts: list[Attempt]

    @property
    def learner(self) -> str:
        """The name, or that of the file where there is none."""
        return self.name or self.file


def read(file: str, data: bytes) -> Receipt:
    """The receipt in a file of that name. Raises ValueError with the reason if it is none."""
    if len(data) > MOST_BYTES:
        raise ValueError("it is too large for a receipt")
    try:
        said = json.loads(data.decode("utf-8-sig"))
        json.dumps(said, ensure_ascii=False).encode()  # half a character cannot be shown
    except (ValueError, RecursionError):
        raise ValueError(NOT_JSON) from None
    if not isinstance(said, dict) or said.get("receipt") != 1:
        raise ValueError(NO_RECEIPT)
    name, asked = said.get("name"), said.get("assignment")
    if not attempts.is_text(name, LONGEST_NAME):
        raise ValueError("its name is not as the lab writes one")
    try:
        given = None if asked is None else assignment.from_json(asked)
    except ValueError:
        raise ValueError("its assignment is not as the lab writes one") from None
    return Receipt(file, " ".join(name.split()), given, attempts.read(said.get("attempts")))

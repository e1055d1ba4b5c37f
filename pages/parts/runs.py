"""Runs to compare, as they are typed: a list that is read by people, by links and by this lab. Knows no screen.

    0.01, 1/28, momentum 0.01 momentum=0.8, slow start: adam 0.1 one cycle, 0.07 until 12 then 0.03

A run is a learning rate, with what else is wanted around it: a name and a colon, an optimiser before the rate and its
settings after it, a schedule and its settings. `until 12 then` hands the weights over at update 12: two runs that are
alike up to there are a fork.
"""

import re
from dataclasses import dataclass, fields, replace
from typing import Any

from gd_core import OPTIMISERS, SCHEDULES, Optimiser, Scheduled, Switched
from pages.parts import typed
from pages.parts.numbers import exact

CONSTANT = SCHEDULES["Constant"]()
MOST = 8  # runs
MOST_LEGS = 4  # of one run
LONGEST = 1200  # characters of the whole list
LONGEST_NAME = 24
RATE = re.compile(rf"{typed.NUMBER.pattern}(/{typed.NUMBER.pattern})?", typed.NUMBER.flags)
ASK = "Type learning rates such as 0.01, or runs such as momentum 0.01 or adam 0.1 cosine, with commas between them."


@dataclass(frozen=True)
class Leg:
    """A part of a run that one optimiser makes; the last leg of a run has no `until`."""

    optimiser: Any  # one of OPTIMISERS
    schedule: Any = CONSTANT  # one of SCHEDULES
    until: int | None = None


@dataclass(frozen=True)
class Run:
    """A run to compare: what was typed, its name or "", and its legs in order."""

    text: str
    name: str
    legs: tuple[Leg, ...]

    @property
    def label(self) -> str:
        """Its name; where it has none, what was typed."""
        return self.name or self.text

    @property
    def plain(self) -> bool:
        """Whether it is gradient descent with one learning rate all the way."""
        return len(self.legs) == 1 and type(self.optimiser) is OPTIMISERS["Gradient descent"]

    @property
    def optimiser(self) -> Optimiser:
        """What `descend` takes: the legs, their schedules and optimisers, as one optimiser."""
        legs = [
            leg.optimiser if leg.schedule == CONSTANT else Scheduled(leg.optimiser, leg.schedule) for leg in self.legs
        ]
        whole = legs[-1]
        for place in range(len(legs) - 2, -1, -1):
            whole = Switched(legs[place], begins(self.legs, place + 1) - begins(self.legs, place), whole)
        return whole


def items(text: str) -> list[str]:
    """The runs of a list, each as it was typed; numbers with nothing but spaces between them are a run each."""
    text = _printable(text[: LONGEST + 1]).strip()
    if text[:1] + text[-1:] == "[]":
        text = text[1:-1]
    found = []
    for item in re.split(r"[,;\n]", text):
        words = re.sub(r"\s*/\s*", "/", item).split()
        rates = all(RATE.fullmatch(word) for word in words)
        found += words if rates else [" ".join(item.split())]
    return found


def read(text: str, updates: int) -> list[Run]:
    """The runs of a list, at most `MOST`; none if it is empty.

    `updates` is how many each run makes: a schedule that says nothing else spans them.
    Raises ValueError with one sentence, which never repeats what was typed, if one of them cannot be read.
    """
    if len(text) > LONGEST:
        raise ValueError(f"This list is too long. {ASK}")
    found = items(text)
    if len(found) > MOST:
        raise ValueError(f"These are {len(found)} runs; at most {MOST} are compared. Take some out.")
    runs = []
    for number, item in enumerate(found, start=1):
        try:
            runs.append(_run(item, updates))
        except ValueError as sentence:
            raise ValueError(f"Run {number}: {sentence}") from None
    return runs


def _run(text: str, updates: int) -> Run:
    name, colon, rest = text.rpartition(":")
    if colon and not name.strip():
        raise ValueError("A name belongs before the colon.")
    if ":" in name or len(name) > LONGEST_NAME:
        raise ValueError(f"A name has at most {LONGEST_NAME} characters and no colon.")
    words = re.sub(r"\s*([=/])\s*", r"\1", rest.lower().replace("\N{MINUS SIGN}", "-"))
    parts = re.split(r"\bthen\b", words)
    if len(parts) > MOST_LEGS:
        raise ValueError(f"At most {MOST_LEGS - 1} times another optimiser takes over.")
    legs: list[Leg] = []
    for part in parts:
        start = legs[-1].until if legs else 0
        if start is None:
            raise ValueError("Before every then stands until and the update, such as 0.07 until 12 then 0.03.")
        legs.append(_leg(part.split(), start, updates))
    if legs[-1].until is not None:
        raise ValueError("After until and the update belongs then, such as 0.07 until 12 then 0.03.")
    return Run(text, name.strip(), tuple(legs))


def _leg(words: list[str], start: int, updates: int) -> Leg:
    """A leg from its words; `start` is the update at which it begins."""
    until = None
    if "until" in words:
        where = words.index("until")
        if len(words) != where + 2:
            raise ValueError("After until belongs one update, such as 0.07 until 12 then 0.03.")
        until = _whole(words[where + 1])
        if until <= start:
            raise ValueError("Each until names a later update than the one before, the first at least 1.")
        words = words[:where]
    name, words = _name(words, OPTIMISERS)
    if not words:
        raise ValueError(f"There is no learning rate. {ASK}")
    rate = typed.number(words[0], ASK)
    optimiser, words = _with(OPTIMISERS[name or "Gradient descent"](rate), words[1:])
    name, words = _name(words, SCHEDULES)
    schedule, words = _with(spanning(name or "Constant", (until or updates) - start), words)
    if words:
        raise ValueError(f"Something here is no optimiser, setting or schedule of this lab. {ASK}")
    return Leg(optimiser, schedule, until)


def _name(words: list[str], registry: dict[str, Any]) -> tuple[str | None, list[str]]:
    """The name of the registry that the words begin with, if any, and the words after it."""
    for name in registry:
        parts = name.lower().split()
        if words[: len(parts)] == parts:
            return name, words[len(parts) :]
    return None, words


def _with(thing: Any, words: list[str]) -> tuple[Any, list[str]]:
    """An optimiser or a schedule with the settings the words begin with, and the words after them."""
    while words and "=" in words[0]:
        name, _, value = words[0].partition("=")
        if name == "learning_rate" or not _has(thing, name):
            takes = " and ".join(settings(thing)) or "none"
            raise ValueError(f"One of the settings does not belong here; {type(thing).__name__} takes {takes}.")
        number = (
            _whole(value)
            if isinstance(getattr(thing, name), int)
            else typed.number(value, "Type settings such as momentum=0.9.")
        )
        thing, words = replace(thing, **{name: number}), words[1:]
    return thing, words


def spanning(name: str, updates: int) -> Any:
    """A schedule for so many updates, with its usual settings."""
    kind = SCHEDULES[name]
    return kind(updates=max(1, updates)) if _has(kind, "updates") else kind()


def settings(thing: Any) -> dict[str, float]:
    """What can be set of an optimiser, besides its learning rate, or of a schedule."""
    return {field.name: getattr(thing, field.name) for field in fields(thing) if field.name != "learning_rate"}


def _has(thing: Any, name: str) -> bool:
    return name in {field.name for field in fields(thing)}


def _whole(text: str) -> int:
    ask = "Updates are counted in whole numbers, up to 1,000,000."
    number = typed.number(text, ask)
    if not (number.is_integer() and number <= 1e6):
        raise ValueError(ask)
    return int(number)


def begins(legs: tuple[Leg, ...], place: int) -> int:
    """The update at which a leg begins: where the one before it ends."""
    return (legs[place - 1].until or 0) if place else 0


def write(name: str, legs: tuple[Leg, ...], updates: int) -> str:
    """The text that `read` turns into these legs again, as short as it can be."""
    texts = []
    for place, (leg, end) in enumerate(zip(legs, ends(legs, updates), strict=True)):
        span = max(1, end - begins(legs, place))
        words = [*_words(leg.optimiser, OPTIMISERS, 0), *_words(leg.schedule, SCHEDULES, span)]
        texts.append(" ".join(filter(None, words)) + (f" until {leg.until}" if leg.until else ""))
    return (f"{name}: " if name else "") + " then ".join(texts)


def _words(thing: Any, registry: dict[str, Any], span: int) -> list[str]:
    """An optimiser or a schedule in words; what it would be without them is left out."""
    simplest, *_ = registry
    name = next(name for name, kind in registry.items() if kind is type(thing))
    usual = {**settings(type(thing)()), **({"updates": span} if _has(thing, "updates") else {})}
    rate = [exact(thing.learning_rate)] if _has(thing, "learning_rate") else []
    told = [f"{key}={exact(value)}" for key, value in settings(thing).items() if value != usual[key]]
    return ["" if name == simplest else name.lower(), *rate, *told]


def ends(legs: tuple[Leg, ...], updates: int) -> list[int]:
    """The update at which each leg ends, the last of them with the run."""
    return [leg.until or updates for leg in legs]


def fork(run: Run, update: int, updates: int) -> str:
    """A run that is the same up to an update, and goes on at half the learning rate that update has in it."""
    last = len(run.legs) - 1
    place = next(place for place, end in enumerate(ends(run.legs, updates)) if end > update or place == last)
    leg, start = run.legs[place], begins(run.legs, place)
    rate = leg.optimiser.learning_rate * leg.schedule.share(update - start) / 2
    half = Leg(replace(leg.optimiser, learning_rate=typed.within(rate)))
    before = run.legs[:place] if update == start else (*run.legs[:place], replace(leg, until=update))
    name = f"fork of {run.label}"
    return write(name if name == plain_name(name) else "fork", (*before, half), updates)


def plain_name(text: str) -> str:
    """A name without what means something in a list, cut to its greatest length."""
    return " ".join(re.sub(r"[,;:\s]+", " ", _printable(text)).split())[:LONGEST_NAME]


def _printable(text: str) -> str:
    """A text without characters that show nothing, or turn others around."""
    return "".join(character for character in text if character.isprintable() or character.isspace())

"""The grammar of runs: a list of runs as a learner types it, and as the link has it.

    0.01, 1/28, momentum 0.01 momentum=0.8, slow start: adam 0.1 one cycle, 0.07 until 12 then 0.03

A run is a learning rate and perhaps a name with a colon, an optimiser before the rate and its settings after it, a
schedule and its settings. `until 12 then` begins another leg at update 12: two runs alike up to there are a fork.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from gd_core.optimisers import OPTIMISERS, GradientDescent, Optimiser
from gd_core.schedules import SCHEDULES, Scheduled, Switched
from pages.shared import parse
from pages.shared.numbers import exact

CONSTANT = SCHEDULES["Constant"]()
MOST = 8  # runs
MOST_LEGS = 4  # of one run
MOST_COUNTED = 1_000_000  # updates
LONGEST = 1200  # characters of the whole list
LONGEST_NAME = 24
RATE = re.compile(rf"{parse.NUMBER.pattern}(/{parse.NUMBER.pattern})?", parse.NUMBER.flags)
ASK = "Type learning rates such as 0.01, or runs such as momentum 0.01 or adam 0.1 cosine, with commas between them."


@dataclass(frozen=True)
class Leg:
    """A part of a run with one optimiser and one schedule; the last leg of a run has no `until`."""

    optimiser: Any  # one of OPTIMISERS
    schedule: Any = CONSTANT  # one of SCHEDULES
    begin: int = 0
    until: int | None = None

    def length(self, updates: int) -> int:
        """How many updates it makes in a run of so many."""
        return (self.until or updates) - self.begin


@dataclass(frozen=True)
class Run:
    """A run to compare: the text it was typed as, its name or "", and its legs in order."""

    text: str
    name: str
    legs: tuple[Leg, ...]

    @property
    def label(self) -> str:
        """Its name, or its text if it has none."""
        return self.name or self.text

    @property
    def plain(self) -> bool:
        """Whether it is gradient descent with one learning rate all the way."""
        return isinstance(self.optimiser, GradientDescent)

    @property
    def optimiser(self) -> Optimiser:
        """All legs as the one optimiser that `descend` takes."""
        whole: Any = None
        for leg in self.legs:
            part = leg.optimiser if leg.schedule == CONSTANT else Scheduled(leg.optimiser, leg.schedule)
            whole = Switched(whole, leg.begin, part) if leg.begin else part
        return whole


def items(text: str) -> list[str]:
    """The runs of a list, each as it was typed; numbers with nothing but spaces between them are a run each."""
    text = parse.plain(_printable(text[: LONGEST + 1]))
    found = []
    for item in re.split(r"[,;\n]", text):
        words = re.sub(r"(?<!\s)\s*/\s*", "/", item).split()
        rates = all(RATE.fullmatch(word) for word in words)
        found += words if rates else [" ".join(item.split())]
    return found


def read(text: str, updates: int) -> list[Run]:
    """The runs of a list, at most `MOST`; none if it is empty.

    `updates` is how many each run makes: a schedule that says nothing else spans them.
    Raises ValueError with one sentence, in which nothing typed can be markdown, if one of them cannot be read.
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
            raise parse.refusal(f"Run {number}: {sentence}", text) from None
    return runs


def _run(text: str, updates: int) -> Run:
    name, colon, rest = text.rpartition(":")
    if colon and not name.strip():
        raise ValueError("A name belongs before the colon.")
    if ":" in name or len(name) > LONGEST_NAME:
        raise ValueError(f"A name has at most {LONGEST_NAME} characters and no colon.")
    words = re.sub(r"(?<!\s)\s*([=/])\s*", r"\1", rest.lower().replace("\N{MINUS SIGN}", "-"))
    parts = re.split(r"\bthen\b", words)
    if len(parts) > MOST_LEGS:
        raise ValueError(f"A run has at most {MOST_LEGS - 1} changes of optimiser.")
    legs: list[Leg] = []
    for part in parts:
        begin = legs[-1].until if legs else 0
        if begin is None:
            raise ValueError("Before then, write until and an update, such as 0.07 until 12 then 0.03.")
        legs.append(_leg(part.split(), begin, updates))
    if legs[-1].until is not None:
        raise ValueError("After until and an update, write then, such as 0.07 until 12 then 0.03.")
    return Run(text, name.strip(), tuple(legs))


def _leg(words: list[str], begin: int, updates: int) -> Leg:
    until = None
    if "until" in words:
        where = words.index("until")
        if len(words) != where + 2:
            raise ValueError("After until, write one update, such as 0.07 until 12 then 0.03.")
        until = parse.whole(words[where + 1], 1, MOST_COUNTED)
        if until <= begin:
            raise ValueError("Each until names a later update than the one before.")
        words = words[:where]
    kind, words = _kind(words, OPTIMISERS)
    if not words:
        raise ValueError(f"There is no learning rate. {ASK}")
    rate, length = parse.number(words[0], ASK), (until or updates) - begin
    optimiser, words = _with_settings(usual(kind, rate, length), words[1:])
    kind, words = _kind(words, SCHEDULES)
    schedule, words = _with_settings(usual(kind, rate, length), words)
    if words:
        raise ValueError(f"This lab has no such optimiser, setting or schedule{parse.named(words[0])}. {ASK}")
    return Leg(optimiser, schedule, begin, until)


def _kind(words: list[str], registry: Mapping[str, type]) -> tuple[type, list[str]]:
    """The entry of a registry whose name the words begin with, or else its first, and the words after the name."""
    for name, kind in registry.items():
        parts = name.lower().split()
        if words[: len(parts)] == parts:
            return kind, words[len(parts) :]
    return next(iter(registry.values())), words


def _with_settings(thing: Any, words: list[str]) -> tuple[Any, list[str]]:
    """An optimiser or a schedule with the settings the words begin with, and the words after them."""
    while words and "=" in words[0]:
        name, _, value = words[0].partition("=")
        known = settings(thing)
        if name not in known:
            raise ValueError(f"{type(thing).__name__} has no such setting; it has {' and '.join(known) or 'none'}.")
        whole, ask = isinstance(known[name], int), "Type settings such as momentum=0.9."
        number = parse.whole(value, 1, MOST_COUNTED) if whole else parse.number(value, ask)
        thing, words = replace(thing, **{name: number}), words[1:]
    return thing, words


def usual(kind: type, rate: float, updates: int) -> Any:
    """An optimiser with this learning rate, or a schedule for so many updates, with its usual settings."""
    given = {"learning_rate": rate, "updates": max(1, updates)}
    return kind(**{field.name: given[field.name] for field in fields(kind) if field.name in given})


def settings(thing: Any) -> dict[str, float]:
    """The settings of a schedule, or of an optimiser besides its learning rate."""
    return {field.name: getattr(thing, field.name) for field in fields(thing) if field.name != "learning_rate"}


def write(name: str, legs: tuple[Leg, ...], updates: int) -> str:
    """The text that `read` turns into these legs again, as short as it can be."""
    texts = []
    for leg in legs:
        words = [*_words(leg.optimiser, OPTIMISERS, 0), *_words(leg.schedule, SCHEDULES, leg.length(updates))]
        texts.append(" ".join(words) + (f" until {leg.until}" if leg.until else ""))
    return (f"{name}: " if name else "") + " then ".join(texts)


def _words(thing: Any, registry: Mapping[str, type], updates: int) -> list[str]:
    """An optimiser or a schedule in words; what would be so without them is left out."""
    name, known = name_of(thing, registry), settings(usual(type(thing), 1.0, updates))
    return [
        *([] if name == next(iter(registry)) else [name.lower()]),
        *([exact(thing.learning_rate)] if registry is OPTIMISERS else []),
        *(f"{key}={exact(value)}" for key, value in settings(thing).items() if value != known[key]),
    ]


def name_of(thing: Any, registry: Mapping[str, type]) -> str:
    """The name of an optimiser or a schedule in its registry."""
    return next(name for name, kind in registry.items() if kind is type(thing))


def fork(run: Run, update: int, updates: int) -> str:
    """A run that is the same up to an update, and goes on at five times the learning rate it has come to."""
    ended = [leg for leg in run.legs if leg.until and leg.until <= update]
    leg = run.legs[len(ended)]
    rate = 5 * leg.optimiser.learning_rate * leg.schedule.multiplier(update - leg.begin)
    after = Leg(replace(leg.optimiser, learning_rate=parse.within(float(f"{rate:.12g}"))), begin=update)
    before = [*ended, replace(leg, until=update)] if update > leg.begin else ended
    name = f"fork of {run.label}"
    return write(name if name == plain_name(name) else "fork", (*before, after), updates)


def plain_name(text: str) -> str:
    """A name without what means something in a list, cut to its greatest length."""
    return " ".join(re.sub(r"[,;:\s]+", " ", _printable(text)).split())[:LONGEST_NAME]


def _printable(text: str) -> str:
    """A text without characters that show nothing, or turn others around."""
    return "".join(character for character in text if character.isprintable() or character.isspace())

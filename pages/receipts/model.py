"""A class's receipts: every answer judged again, who is where, and what does not fit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

import pandas as pd

from hosting import queue
from pages.receipts import reader
from pages.receipts.reader import Receipt
from pages.shared.assignment import Assignment
from pages.shared.history_frame import cell
from pages.shared.numbers import MINUS, counted
from pages.shared.quiz import attempts
from pages.shared.quiz.attempts import Attempt
from pages.shared.quiz.exercises import EXERCISES, Choice, Numbers, draw_question
from pages.shared.quiz.judge import ONLY_HERE, judge_typed

MOST_FILES = 1000
MOST_ANSWERS = 10_000  # different ones that are judged; each takes a few milliseconds
MOST_QUESTIONS = 100  # columns of the table
STUCK = 3  # tries at a part without getting it right
SAME = 3  # answers that two receipts share, times and all, before it is said
NOT_TRIED = "not tried"
CANNOT_BE_JUDGED = "The lab does not take this answer."
Asked = tuple[str, int]  # exercise, seed


class Judged(NamedTuple):
    """The verdict on an answer, whether a misconception is named in it, and which part of its question it answers."""

    right: bool
    message: str
    named: bool
    what: str


@lru_cache(maxsize=MOST_ANSWERS)
def judged(exercise: str, seed: int, part: int, answer: str) -> Judged:
    """The verdict of the same judge as on Practice."""
    question = draw_question(exercise, seed)
    asked = question.parts[part - 1]
    if isinstance(asked, Choice):  # on a curve what is said is about its numbers
        what, named = asked.what, {*asked.options.values()} if question.bug else set()
    else:
        what = f"{asked.quantity.what}, {'in numbers' if isinstance(asked, Numbers) else 'as numpy'}"
        named = {*asked.quantity.misconceptions.values(), ONLY_HERE}
    try:
        right, message = judge_typed(question, asked, answer)
    except ValueError:
        return Judged(False, CANNOT_BE_JUDGED, False, what)
    return Judged(right, message, message in named, what)


class Outcome(NamedTuple):
    """How one learner did on one question; tries and hints are those up to the right answers."""

    parts: int
    right: int  # parts
    tries: int
    hints: int
    stuck: int  # tries at a part that is not right

    @property
    def solved(self) -> bool:
        """Whether every part is right."""
        return self.right == self.parts

    def __str__(self) -> str:
        """In words; signs alone would not be read out."""
        if not self.tries:
            return NOT_TRIED
        if not self.hints and self.tries == self.right == self.parts:
            return "✓ at once"
        tries = "1 try" if self.tries == 1 else f"{self.tries} tries"
        hints = f", {counted(self.hints, 'hint')}" if self.hints else ""
        some = f"{self.right} of {self.parts} right," if self.right else "wrong,"
        return f"{'✓' if self.solved else some} {tries}{hints}"


@dataclass(frozen=True)
class Class:
    """The receipts, and the files that were refused, with the reasons.

    Texts of strangers stand in its tables so that no spreadsheet takes one for a formula: browsers make files of them.
    The questions are those of the assignment that most receipts are of, or all that anybody tried.
    """

    receipts: Sequence[Receipt]
    refused: Sequence[tuple[str, str]] = ()

    @cached_property
    def verdicts(self) -> list[list[tuple[Attempt, Judged]]]:
        """Each receipt's attempts with the verdicts on them."""
        answers, found = sorted(set().union(*map(_answers, self.receipts))), {}
        for _, of_one in groupby(answers, key=lambda answer: answer[:2]):  # so that each question is drawn once
            found.update({answer: judged(*answer) for answer in of_one})
            queue.give_way()
        return [[(attempt, found[attempt[:4]]) for attempt in receipt.attempts] for receipt in self.receipts]

    @cached_property
    def assignment(self) -> Assignment | None:
        """The assignment that most receipts are of."""
        by_key = {_key(receipt): receipt.assignment for receipt in self.receipts}
        return by_key[Counter(map(_key, self.receipts)).most_common(1)[0][0]]

    @cached_property
    def questions(self) -> list[dict[str, Asked]]:
        """Each learner's questions by the names of the columns."""
        if self.assignment:
            return [_asked(self.assignment, receipt.name) for receipt in self.receipts]
        tried = Counter(asked for receipt in self.receipts for asked in {attempt[:2] for attempt in receipt.attempts})
        order = [*EXERCISES]
        most = sorted(dict(tried.most_common(MOST_QUESTIONS)), key=lambda asked: (order.index(asked[0]), asked[1]))
        return [{f"{exercise} {seed}": (exercise, seed) for exercise, seed in most}] * len(self.receipts)

    @cached_property
    def outcomes(self) -> list[dict[str, Outcome]]:
        """How each learner did on each question."""
        return [
            {name: _outcome(by_question[asked], asked[0]) for name, asked in questions.items()}
            for questions, by_question in zip(self.questions, map(_by_question, self.verdicts), strict=True)
        ]

    @cached_property
    def learners(self) -> list[str]:
        """What the learners are called; with the file where two have the same name."""
        names = Counter(receipt.learner for receipt in self.receipts)
        return [
            cell(f"{each.learner} ({each.file})" if each.name and names[each.learner] > 1 else each.learner)
            for each in self.receipts
        ]

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row for each learner: how many questions are solved, and how each was."""
        solved = [sum(outcome.solved for outcome in of_one.values()) for of_one in self.outcomes]
        rows = [[str(outcome) for outcome in of_one.values()] for of_one in self.outcomes]
        frame = pd.DataFrame(rows, columns=[*self.questions[0]], dtype=str)
        frame.insert(0, "learner", self.learners)
        frame.insert(1, "solved", solved)
        return frame

    @cached_property
    def misconceptions(self) -> pd.DataFrame:
        """What learners got wrong in a way that has a name: how many of them, and one answer each."""
        who: dict[str, dict[int, str]] = defaultdict(dict)
        for learner, of_one in enumerate(self.verdicts):
            for attempt, verdict in of_one:
                if verdict.named and not verdict.right:
                    who[verdict.message].setdefault(learner, attempt.answer)
        rows = [(len(had), message, _typed(next(iter(had.values())))) for message, had in who.items()]
        rows.sort(key=lambda row: -row[0])
        return pd.DataFrame(rows, columns=["learners", "misconception", "an answer"])

    @cached_property
    def stuck(self) -> pd.DataFrame:
        """Who has tried a part of a question so often without getting it right, and what they answered last."""
        rows = []
        for learner, questions, outcomes, of_one in zip(
            self.learners, self.questions, self.outcomes, self.verdicts, strict=True
        ):
            right = {attempt[:3] for attempt, verdict in of_one if verdict.right}
            for name, outcome in outcomes.items():
                if outcome.stuck >= STUCK:
                    tried = (each for each in of_one if each[0][:2] == questions[name])
                    *_, (last, verdict) = (each for each in tried if each[0][:3] not in right)
                    rows.append((learner, name, outcome.tries, outcome.hints, _typed(last.answer), verdict.message))
        frame = pd.DataFrame(rows, columns=["learner", "question", "tries", "hints", "last answer", "verdict"])
        return frame.sort_values("tries", ascending=False, kind="stable")

    def attempts(self, learner: int, question: str) -> pd.DataFrame:
        """One learner's attempts at one question."""
        rows = []
        for attempt, (right, message, _, what) in self.verdicts[learner]:
            if attempt[:2] == self.questions[learner][question]:
                said = f"{'✓' if right else 'Not yet.'} {message}"
                rows.append((what, _typed(attempt.answer), said, attempt.hints, attempt.seconds, attempt.time))
        return pd.DataFrame(rows, columns=["part", "answer", "verdict", "hints", "seconds", "time (UTC)"])

    @cached_property
    def doubts(self) -> pd.DataFrame:
        """What does not fit, file by file. It proves nothing; it says where to look."""
        rows = [(cell(file), "", f"not read: {why}") for file, why in self.refused]
        first: dict[tuple, int] = {}  # who has an answer with its time
        for place, (receipt, of_one) in enumerate(zip(self.receipts, self.verdicts, strict=True)):
            shared = Counter(first.setdefault((*attempt[:4], attempt.time), place) for attempt in receipt.attempts)
            found = [*_alone(receipt, of_one, self.assignment)]
            for other, count in shared.most_common(2):
                if other != place and count >= min(SAME, len(receipt.attempts)):
                    found.append(f"{counted(count, 'answer')} with the same times in {self.receipts[other].file}")
            rows.extend((cell(receipt.file), self.learners[place], doubt) for doubt in found)
        return pd.DataFrame(rows, columns=["file", "learner", "what does not fit"])


def read(files: Iterable[tuple[str, bytes]]) -> Class:
    """The class of these files, by name and content, in the order of its learners."""
    receipts, refused, answers = [], [], set[tuple]()
    for place, (file, data) in enumerate(files):
        try:
            if place >= MOST_FILES:
                raise ValueError(f"these are more than {MOST_FILES} files")
            receipt = reader.read(file, data)
            if len(answers | _answers(receipt)) > MOST_ANSWERS:
                raise ValueError(f"together these are more than {MOST_ANSWERS} different answers")
        except ValueError as reason:
            refused.append((file, str(reason)))
        else:
            receipts.append(receipt)
            answers |= _answers(receipt)
    return Class(sorted(receipts, key=lambda receipt: receipt.learner.casefold()), refused)


def _answers(receipt: Receipt) -> set[tuple]:
    """Its different answers: exercise, seed, part, answer."""
    return {attempt[:4] for attempt in receipt.attempts}


def _alone(receipt: Receipt, of_one: list[tuple[Attempt, Judged]], given: Assignment | None) -> Iterable[str]:
    """What does not fit within one receipt, and with the assignment of most."""
    made = receipt.attempts
    if changed := sum(attempt.right != verdict.right for attempt, verdict in of_one):
        yield f"{counted(changed, 'verdict')} that the judge does not give"
    in_time = sorted(made, key=lambda attempt: attempt.time)
    if made != in_time:
        yield f"time runs backwards {counted(sum(one.time > other.time for one, other in pairwise(made)), 'time')}"
    if attempts.in_order(made) != in_time:
        yield "tries or hints that do not add up"
    if _key(receipt) != (given.text() if given else ""):
        title = receipt.assignment and (receipt.assignment.title or "untitled")
        yield f"of another assignment: {title}" if title else "of no assignment"
    elif given and (others := {attempt[:2] for attempt in made} - {*_asked(given, receipt.name).values()}):
        yield f"{counted(len(others), 'question')} that the assignment does not give to this name"


def _typed(answer: str) -> str:
    """An answer for a table, in true minus signs."""
    return cell(answer.replace("-", MINUS))


def _key(receipt: Receipt) -> str:
    """What tells assignments apart; nothing for practice without one."""
    return receipt.assignment.text() if receipt.assignment else ""


def _asked(given: Assignment, name: str) -> dict[str, Asked]:
    """The questions that an assignment gives to a learner: by their numbers, or 1st, 2nd, ... if they are their own."""
    steps = [step for step in given.steps if step.exercise]
    asked = dict.fromkeys((step.exercise, seed) for step in steps for seed in given.seeds(step, name))
    counted: Counter[str] = Counter()
    named = {}
    for exercise, seed in asked:
        counted[exercise] += 1
        named[f"{exercise}, {_ordinal(counted[exercise])}" if given.own else f"{exercise} {seed}"] = exercise, seed
    return named


def _ordinal(place: int) -> str:
    """1st, 2nd, 3rd, 4th, ..."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{place}{'th' if 10 < place % 100 < 14 else ends.get(place % 10, 'th')}"


def _by_question(of_one: list[tuple[Attempt, Judged]]) -> dict[Asked, list[tuple[Attempt, Judged]]]:
    found = defaultdict(list)
    for attempt, verdict in of_one:
        found[attempt[:2]].append((attempt, verdict))
    return found


def _outcome(of_question: list[tuple[Attempt, Judged]], exercise: str) -> Outcome:
    """How these attempts at one question ended; what comes after a right answer does not count."""
    right: set[int] = set()
    tries: Counter[int] = Counter()
    hints: dict[int, int] = {}
    for attempt, verdict in of_question:
        if attempt.part not in right:
            tries[attempt.part] += 1
            hints[attempt.part] = max(attempt.hints, hints.get(attempt.part, 0))
            right |= {attempt.part} if verdict.right else set()
    stuck = max((tries[part] for part in tries.keys() - right), default=0)
    return Outcome(attempts.parts(exercise), len(right), tries.total(), sum(hints.values()), stuck)

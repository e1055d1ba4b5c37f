"""Receipts: hostile files, what is judged again, what does not fit, and a simulated class."""

import csv
import io
import json
import random
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.receipts import reader
from pages.receipts.model import MOST_ANSWERS, MOST_FILES, NOT_TRIED, SAME, STUCK, Class, read
from pages.receipts.page import NOT_STORED
from pages.receipts.reader import Receipt
from pages.shared import history_frame
from pages.shared.assignment import LONGEST_NAME, Assignment, Step
from pages.shared.numbers import MINUS
from pages.shared.quiz.attempts import MOST_ATTEMPTS, Attempt, in_order
from pages.shared.quiz.exercises import Choice, draw_question
from pages.shared.quiz.misconceptions import SLOPE
from tests.helpers.app import visit
from tests.helpers.receipts import answer, attempts, receipt

OWN = Assignment("Week 3", steps=(Step("practice", "Slope", 2), Step("practice", "Which rate", 1)), own=True, number=7)
ALIKE = Assignment("Week 3", steps=(Step("practice", "Slope", 2), Step("practice", "Which rate", 1)))
STEPS = [step for step in OWN.steps if step.exercise]
RIGHT, FORGOT_THE_2 = None, 0


def solved(seed: int = 5) -> list[Attempt]:
    """A question solved at once."""
    return attempts(random.Random(seed), [("Slope", seed, 1, RIGHT), ("Slope", seed, 2, RIGHT)])


def doubts(*handed_in: Receipt) -> dict[str, list[str]]:
    """What does not fit, by file."""
    found: dict[str, list[str]] = {each.file: [] for each in handed_in}
    for row in Class(handed_in).doubts.itertuples():
        found[str(row[1])].append(str(row[3]))
    return found


def changed(made: list[Attempt], place: int, **values: Any) -> list[Attempt]:
    """Attempts of which one was edited."""
    return [each._replace(**values) if each is made[place] else each for each in made]


def test_what_practice_writes_is_read():
    made = solved()
    assert reader.read("a.json", receipt(made, "Ada", OWN)) == Receipt("a.json", "Ada", OWN, made)
    assert reader.read("a.json", b"\xef\xbb\xbf" + receipt([])).learner == "a.json"


def edited(**values: Any) -> bytes:
    """A receipt whose first attempt says something else."""
    said = json.loads(receipt(solved()))
    said["attempts"][0] |= values
    return json.dumps(said).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe{", b"[]", b"null", b'{"receipt": 2}', b'{"receipt": 1}', b"[" * 10_000 + b"]" * 10_000,
        b"9" * 10_000, b'{"receipt": 1, "name": 3, "assignment": null, "attempts": []}',
        b'{"receipt": 1, "name": "\\ud800", "assignment": null, "attempts": []}',
        b'{"receipt": 1, "name": "", "assignment": {"title": "\\ud800"}, "attempts": []}',
        b'{"receipt": 1, "name": "", "assignment": null, "attempts": {}}', b" " * (reader.MOST_BYTES + 1),
        receipt([], "x" * (LONGEST_NAME + 1)), receipt(solved() * MOST_ATTEMPTS),
        *(edited(seed=seed) for seed in (-1, 10**30, True, 1.0, float("nan"), "1", None)),
        *(edited(**more) for more in (
            {"part": 3}, {"part": 0}, {"exercise": "<b>"}, {"exercise": ["Slope"]}, {"answer": "1" * 9_999},
            {"answer": "\ud800"}, {"answer": 7}, {"right": 1}, {"verdict": "x" * 9_999}, {"tried": 0}, {"hints": 99},
            {"seconds": -1}, {"time": "yesterday"}, {"time": "2026-01-01T00:00:00+00:00\n"}, {"more": 1},
        )),
    ],
)  # fmt: skip
def test_what_is_no_receipt_is_refused_with_a_reason(data: bytes):
    with pytest.raises(ValueError, match=r"^(it|its) "):
        reader.read("a.json", data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["attempts", "name", *Attempt._fields]), inner),
)


@given(st.binary() | JSON.map(lambda said: json.dumps({"receipt": 1, "name": "", "attempts": [said]}).encode()))
def test_any_bytes_are_a_receipt_or_refused(data: bytes):
    with suppress(ValueError):
        assert reader.read("a.json", data).file == "a.json"


def test_an_edited_verdict_counts_for_nothing_and_is_seen():
    made = attempts(random.Random(1), [("Slope", 5, 1, FORGOT_THE_2)])
    lies = changed(made, 0, right=True, verdict="Well done")
    (row,) = Class([Receipt("a", "Ada", None, lies)]).table.to_dict("records")
    assert row == {"learner": "Ada", "solved": 0, "Slope 5": "wrong, 1 try"}
    assert doubts(Receipt("a", "Ada", None, lies)) == {"a": ["1 verdict that the judge does not give"]}


def test_an_honest_receipt_raises_no_doubt():
    assert doubts(Receipt("a", "Ada", None, solved()), Receipt("b", "Bo", None, solved(6))) == {"a": [], "b": []}


def test_each_thing_that_does_not_fit_is_said():
    made = attempts(random.Random(1), [("Slope", 5, 1, 1), ("Slope", 5, 1, 0), ("Slope", 5, 1, RIGHT)])
    for edit in (changed(made, 1, tried=3), changed(made, 0, hints=2), [*made, made[-1]]):
        assert doubts(Receipt("a", "", None, edit)) == {"a": ["tries or hints that do not add up"]}
    late = changed(made, 0, time="2027-01-01T00:00:00+00:00")
    assert "time runs backwards 1 time" in doubts(Receipt("a", "", None, late))["a"]
    unreadable = changed(made, 2, answer="words")
    assert doubts(Receipt("a", "", None, unreadable)) == {"a": ["1 verdict that the judge does not give"]}
    copied = doubts(Receipt("a", "Ada", None, made), Receipt("b", "Bo", None, made))
    assert copied == {"a": [], "b": [f"{SAME} answers with the same times in a"]}


def test_questions_of_somebody_else_and_another_assignment_are_said():
    own = [(step.exercise, seed, 1, RIGHT) for step in STEPS for seed in OWN.seeds(step, "Ada")]
    made = attempts(random.Random(1), own)
    found = doubts(
        Receipt("a", "Ada", OWN, made),
        Receipt("b", "ADA ", OWN, []),
        Receipt("c", "Bo", OWN, changed(made, 0, time="2025-01-01T00:00:00+00:00")[:1]),
        Receipt("d", "Cy", ALIKE, []),
        Receipt("e", "Di", None, []),
    )
    assert found == {
        "a": [],
        "b": [],
        "c": ["1 question that the assignment does not give to this name"],
        "d": ["of another assignment: Week 3"],
        "e": ["of no assignment"],
    }


def test_learners_with_questions_of_their_own_stand_in_the_same_columns():
    (slope, *_), names = STEPS, ["Ada", "Bo"]
    firsts = [OWN.seeds(slope, name)[0] for name in names]
    assert firsts[0] != firsts[1]
    made = [attempts(random.Random(1), [("Slope", seed, part, RIGHT) for part in (1, 2)]) for seed in firsts]
    table = Class([Receipt(name, name, OWN, each) for name, each in zip(names, made, strict=True)]).table
    assert [*table.columns] == ["learner", "solved", "Slope, 1st", "Slope, 2nd", "Which rate, 1st"]
    assert table["Slope, 1st"].tolist() == ["✓ at once"] * 2
    assert table["Which rate, 1st"].tolist() == [NOT_TRIED] * 2


def test_a_cell_says_how_a_question_went():
    def cell(*tries: tuple[int, int | None], **more: Any) -> str:
        made = attempts(random.Random(1), [("Slope", 5, part, wrong) for part, wrong in tries])
        made = in_order([each._replace(**more) for each in made])
        return str(Class([Receipt("a", "", None, made)]).table["Slope 5"][0])

    assert cell((1, RIGHT), (2, RIGHT)) == "✓ at once"
    assert cell((1, RIGHT), (2, RIGHT), hints=1) == "✓ 2 tries, 2 hints"
    assert cell((1, 0), (1, RIGHT), (2, RIGHT)) == "✓ 3 tries"
    assert cell((1, RIGHT), (2, RIGHT), (2, 0)) == "✓ at once"
    assert cell((1, RIGHT), (2, 0)) == "1 of 2 right, 2 tries"
    assert cell((1, 0)) == "wrong, 1 try"


def test_misconceptions_are_counted_by_learners_and_the_stuck_are_named():
    often = [("Slope", 5, 1, 0), ("Slope", 5, 1, 1), ("Slope", 5, 1, 0)]
    ada, bo = (attempts(random.Random(seed), tries) for seed, tries in ((1, often), (2, often[:1])))
    handed_in = Class([Receipt("a", "Ada", None, ada), Receipt("b", "Bo", None, bo)])
    first, second = [*SLOPE.misconceptions.values()][:2]
    wrong = [answer("Slope", 5, 1, place).replace("-", MINUS) for place in (0, 1)]
    assert handed_in.misconceptions.to_numpy().tolist() == [[2, first, wrong[0]], [1, second, wrong[1]]]
    assert handed_in.stuck.to_numpy().tolist() == [["Ada", "Slope 5", STUCK, 0, wrong[0], first]]
    assert handed_in.attempts(0, "Slope 5")["answer"].tolist() == [*wrong, wrong[0]]


def test_the_last_answer_of_the_stuck_is_to_the_part_that_is_not_right():
    tries = [*[("Slope", 5, 1, number) for number in (0, 1, 0)], ("Slope", 5, 2, None)]
    (row,) = Class([Receipt("a", "Ada", None, attempts(random.Random(1), tries))]).stuck.to_numpy().tolist()
    assert row[-1] == next(iter(SLOPE.misconceptions.values()))


def test_a_thousand_receipts_of_a_simulated_class_are_judged_and_counted():
    chance, names = random.Random(0), [f"Learner {number:04}" for number in range(MOST_FILES)]
    asked = [(step.exercise, seed) for step in ALIKE.steps for seed in ALIKE.seeds(step, "")]
    files, cells, misconceptions = [], [], Counter[str]()
    for name in names:
        tries: list[tuple[str, int, int, int | None]] = []
        row, had = [], set()
        for exercise, seed in asked:
            parts = draw_question(exercise, seed).parts
            wrongs = chance.randrange(3)
            gets_there = chance.random() < 0.7
            if not (wrongs or gets_there):
                row.append(NOT_TRIED)
                continue
            tries += [(exercise, seed, 1, wrong) for wrong in range(wrongs)]
            assert not isinstance(parts[0], Choice)
            had |= {[*parts[0].quantity.misconceptions.values()][wrong] for wrong in range(wrongs)}
            tries += [(exercise, seed, part, RIGHT) for part in range(1, len(parts) + 1) if gets_there]
            counted = wrongs + gets_there * len(parts)
            words = f"{counted} {'try' if counted == 1 else 'tries'}"
            row.append("✓ at once" if not wrongs else f"✓ {words}" if gets_there else f"wrong, {words}")
        files.append(receipt(attempts(chance, tries), name, ALIKE))
        cells.append(row)
        misconceptions.update(had)

    handed_in = read((f"{name}.json", file) for name, file in zip(names, files, strict=True))
    table, found, odd = handed_in.table, handed_in.misconceptions, handed_in.doubts
    assert table["learner"].tolist() == names
    assert table.iloc[:, 2:].to_numpy().tolist() == cells
    assert table["solved"].tolist() == [sum(cell.startswith("✓") for cell in row) for row in cells]
    assert dict(zip(found["misconception"], found["learners"], strict=True)) == misconceptions
    assert odd.empty


def test_the_file_with_which_the_answers_are_too_many_is_refused_by_name():
    made = solved()[0]
    files = [
        (str(start), receipt([made._replace(answer=str(start + place)) for place in range(MOST_ATTEMPTS)]))
        for start in range(0, MOST_ANSWERS + 1, MOST_ATTEMPTS)
    ]
    assert [file for file, _ in read(files).refused] == [str(MOST_ANSWERS)]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\uff1d1", "\uff201", "<img src=x>", "**b**", 'a "b", c'])
def test_texts_of_strangers_are_no_formulas_in_any_table(name: str):
    made = attempts(random.Random(1), [("Slope", 5, 2, wrong) for wrong in (1, 0, 1)])
    made = [each._replace(answer=f"-{each.answer}") for each in made]
    handed_in = read([(name, receipt(made, name)), ("b", receipt(made, name)), (f"{name}2", b"")])
    frames = handed_in.table, handed_in.stuck, handed_in.doubts, handed_in.misconceptions
    for frame in (*frames, handed_in.attempts(0, "Slope 5")):
        for row in csv.reader(io.StringIO(frame.to_csv(index=False))):
            assert not any(map(history_frame.is_formula, row))
    assert all(name[1:] in learner for learner in handed_in.learners)


def test_the_page_reads_files_refuses_others_and_says_that_nothing_is_stored():
    app = visit("receipts")
    assert NOT_STORED in [caption.value for caption in app.caption]
    assert not app.dataframe
    hostile = "<img src=x>**b**"
    files = [("ada.json", receipt(solved(), hostile)), ("$x$.json", b"[" * 10_000)]
    app.file_uploader[0].set_value([(*file, "application/json") for file in files]).run()
    assert not app.exception
    table, attempted, odd = (frame.value for frame in app.dataframe)
    assert table.to_numpy().tolist() == [[hostile, 1, "✓ at once"]]
    assert attempted["answer"].tolist() == [each.answer.replace("-", MINUS) for each in solved()]
    assert odd.to_numpy().tolist() == [["$x$.json", "", f"not read: {reader.NOT_JSON}"]]
    said = [text.value for text in (*app.markdown, *app.warning, *app.caption)]
    assert not any(hostile in text or "$x$" in text for text in said)
    app.file_uploader[0].set_value([]).run()
    assert not app.dataframe
    assert not app.exception


def test_five_hundred_files_are_read():
    app = visit("receipts")
    file = receipt(solved(), "Ada")
    app.file_uploader[0].set_value([(f"{n}.json", file, "application/json") for n in range(500)]).run()
    assert not app.exception
    assert len(app.dataframe[0].value) == 500


def test_only_so_many_files_are_read():
    refused = read([("a", receipt([]))] * (MOST_FILES + 2)).refused
    assert refused == [("a", f"these are more than {MOST_FILES} files")] * 2

"""A class in a real browser: a teacher sets an assignment, two learners do it, and their receipts say what happened."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.helpers.browser import all_drawn, kept
from tests.helpers.receipts import answer
from tests.helpers.servers import Server

Open = Callable[..., Page]
PARTS = ("in numbers", "a line of numpy")


def fill(page: Page, place: int, text: str) -> None:
    """Answer a part of a question."""
    box = page.get_by_role("textbox", name=re.compile(PARTS[place]))
    box.fill(text)
    box.press("Enter")
    all_drawn(page)


def begin(page: Page, name: str) -> int:
    """Say a name on the page of the assignment, go to the first question, and tell its number."""
    field = page.get_by_role("textbox", name="Your name")
    field.fill(name)
    field.press("Enter")
    expect(page.get_by_text("Type it first")).to_have_count(0)
    all_drawn(page)
    page.get_by_role("link", name="Practice: Slope, 0 of 2 solved").click()
    expect(page.get_by_role("heading", name="Practice")).to_be_visible()
    all_drawn(page)
    return int(page.get_by_role("textbox", name="Question number").input_value())


def hand_in(page: Page, folder: Path) -> Path:
    """Hand in on the page of the assignment."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Assignment", exact=True).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    all_drawn(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Receipt as JSON").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_a_class_does_an_assignment_and_the_teacher_sees_what_happened(open_page: Open, server: Server, tmp_path: Path):
    teacher = open_page("/teach")
    code = teacher.get_by_test_id("stMain").get_by_test_id("stCode")
    first = code.inner_text()
    count = teacher.get_by_role("textbox", name="Questions of Slope")
    count.fill("2")
    count.press("Enter")
    expect(code).not_to_have_text(first)
    second = code.inner_text()
    teacher.get_by_text("Each learner gets questions of their own").click()
    expect(code).not_to_have_text(second)
    link = code.inner_text().strip().removeprefix(server.url)

    ada, bo = open_page(link), open_page(link)
    hers, his = begin(ada, "Ada"), begin(bo, "Bo")
    assert hers != his
    fill(ada, 0, answer("Slope", hers, 1, wrong=0))
    ada.get_by_role("button", name="Hint 1 of 3 for the numbers").click()
    expect(ada.get_by_text("Hint 1:")).to_be_visible()
    fill(ada, 0, answer("Slope", hers, 1))
    expect(ada.get_by_text("Right.")).to_be_visible()
    kept(ada, right=1)
    ada.reload()
    expect(ada.get_by_text("Right.")).to_be_visible()
    expect(ada.get_by_text("Hint 1:")).to_be_visible()
    all_drawn(ada)
    fill(ada, 1, answer("Slope", hers, 2))
    expect(ada.get_by_text("1 of 3 done")).to_be_visible()
    for place in range(2):
        fill(bo, place, answer("Slope", his, place + 1))
    expect(bo.get_by_text("1 of 3 done")).to_be_visible()

    files = [hand_in(ada, tmp_path), hand_in(bo, tmp_path)]
    assert [file.name for file in files] == ["receipt_Ada.json", "receipt_Bo.json"]
    made = json.loads(files[0].read_text())
    assert [attempt["right"] for attempt in made["attempts"]] == [False, True, True]
    made["attempts"][0]["right"] = True
    edited = tmp_path / "edited.json"
    edited.write_text(json.dumps({**made, "name": "Ada too"}))

    teacher.goto(f"{server.url}/receipts")
    teacher.locator("input[type=file]").set_input_files([*files, edited])
    expect(teacher.get_by_role("heading", name="What does not fit")).to_be_visible()
    all_drawn(teacher)
    with teacher.expect_download() as download:
        teacher.get_by_role("button", name="Table as CSV", exact=True).click()
    rows = [*csv.reader(download.value.path().read_text().splitlines())]
    assert rows == [
        ["learner", "solved", "Slope, 1st", "Slope, 2nd"],
        ["Ada", "1", "\u2713 3 tries, 1 hint", "not tried"],
        ["Ada too", "0", "not tried", "not tried"],
        ["Bo", "1", "\u2713 at once", "not tried"],
    ]
    doubts = teacher.get_by_role("region", name="What does not fit")
    doubts.scroll_into_view_if_needed()
    for doubt in ("1 verdict that the judge does not give", "3 answers with the same times in receipt_Ada.json"):
        expect(doubts.locator("[role=gridcell]", has_text=doubt)).to_have_count(1)

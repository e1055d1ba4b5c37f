"""A class's receipts in a real browser."""

import random
from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect

from tests.helpers.browser import all_drawn
from tests.helpers.receipts import attempts, receipt

Open = Callable[..., Page]
HOSTILE = "<img src=x onerror=alert(1)> **b** $x$"
ROW = 35  # pixels


def click(page: Page, row: int, left: float) -> None:
    """Click a place in the table of the class; row 0 has the names of its columns."""
    page.get_by_role("region", name="How each learner did").click(position={"x": left, "y": (row + 0.5) * ROW})


def test_a_teacher_drops_files_and_reads_a_learners_attempts_by_mouse_and_keys(open_page: Open):
    made = {
        "Ada": attempts(random.Random(1), [("Slope", 5, 1, 0), ("Slope", 5, 1, None), ("Slope", 6, 1, None)]),
        HOSTILE: attempts(random.Random(2), [("Slope", 5, 1, 1), ("Slope", 6, 1, 2)]),
        "Zoe": attempts(random.Random(3), [("Slope", 5, 1, None), ("Slope", 5, 2, None)]),
    }
    files: list[FilePayload] = [
        {"name": f"{place}.json", "mimeType": "application/json", "buffer": receipt(each, name)}
        for place, (name, each) in enumerate(made.items())
    ]
    files.append({"name": "[a](b).json", "mimeType": "application/json", "buffer": b"\xff"})
    page = open_page("/receipts")
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_role("heading", name="What does not fit")).to_be_visible()
    all_drawn(page)
    assert page.locator("img[src=x]").count() == 0
    learner, question = (page.get_by_role("combobox", name=name) for name in ("Learner", "Question"))
    expect(learner).to_have_value(HOSTILE)  # "<" comes before letters
    expect(question).to_have_value("Slope 5")
    box = page.get_by_role("region", name="How each learner did").bounding_box()
    assert box
    last = box["width"] - 20
    click(page, 2, last)
    expect(learner).to_have_value("Ada")
    expect(question).to_have_value("Slope 6")
    click(page, 0, 20)
    click(page, 0, 20)  # sorted downwards
    click(page, 1, last)
    expect(learner).to_have_value("Zoe")
    learner.press("ArrowDown")
    page.keyboard.type("Ada")
    page.keyboard.press("Enter")
    expect(learner).to_have_value("Ada")
    all_drawn(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Table as CSV", exact=True).click()
    assert download.value.path().read_text().startswith("learner,solved,Slope 5,Slope 6")

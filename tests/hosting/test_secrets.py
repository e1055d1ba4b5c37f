"""Two learners at work in turns, each with secrets of their own in every field: neither sees any of the other's."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.helpers.browser import share

Open = Callable[..., Page]
# The digits that a learner types everywhere, as many as are shown of a number, and that nobody else's numbers have.
MINE = ("748613", "592746")
FIELDS: dict[str, Callable[[str], str]] = {
    "Inputs": lambda digits: f"{digits[0]}.{digits[1:]}, 2",
    "Weights at the start": lambda digits: f"0.{digits}, 1",
    "Target": lambda digits: f"-{digits[:2]}.{digits[2:]}",
    "Learning rate": lambda digits: f"0.00{digits}",
    "Number of updates": lambda digits: digits[:2],
}


def settle(page: Page) -> None:
    """Wait until the page has answered."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()


def fill(page: Page, label: str | re.Pattern[str], text: str, where: str = "stApp") -> None:
    """Type into a field of the page."""
    field = page.get_by_test_id(where).get_by_role("textbox", name=label).first
    field.fill(text)
    field.press("Control+Enter" if field.evaluate("field => field.tagName") == "TEXTAREA" else "Enter")
    settle(page)


def go(page: Page, title: str) -> None:
    """Open another page from the menu."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    settle(page)


def everything(page: Page) -> str:
    """All that a learner can read: the page with its names for screen readers, its fields, and the address."""
    fields = page.locator("input, textarea").evaluate_all("all => all.map(field => field.value).join(' ')")
    return f"{page.content()} {fields} {page.url}"


def downloads(page: Page, folder: Path, *labels: str) -> list[str]:
    """What the buttons of the open popover give away."""
    found = []
    for label in labels:
        with page.expect_download() as download:
            page.get_by_test_id("stPopoverBody").get_by_role("button", name=label, exact=True).click()
        download.value.save_as(folder / "file")
        found.append((folder / "file").read_text())
    return found


def test_two_learners_at_the_same_time_see_their_own_and_nothing_of_the_others(open_page: Open, tmp_path: Path):
    pages = [open_page("/many_updates") for _ in MINE]
    both = [*zip(pages, MINE, strict=True)]
    seen: list[list[str]] = [[], []]

    def look() -> None:
        for number, (page, _) in enumerate(both):
            seen[number].append(everything(page))

    for label, text in FIELDS.items():  # in turns, field by field
        for page, digits in both:
            fill(page, label, text(digits))
    for number, (page, digits) in enumerate(both):
        expect(page.get_by_test_id("stMain").get_by_test_id("stAlertContainer").first).to_contain_text(
            f"in {digits[:2]} updates"
        )
        settle(page)
        share(page)
        expect(page.get_by_test_id("stPopoverBody").get_by_test_id("stCode")).to_be_visible()
        seen[number].extend(downloads(page, tmp_path, "Download as CSV"))
    look()
    for page, _ in both:
        page.keyboard.press("Escape")
        go(page, "Compare")
    for page, digits in both:
        fill(page, "Runs to compare", f"secret{digits}: 0.02, adam 0.{digits}")
    look()
    for page, _ in both:
        go(page, "Practice")
    for page, digits in both:
        fill(page, re.compile("in numbers"), f"14, {digits}")
    for page, digits in both:
        fill(page, re.compile("a line of numpy"), f"2 * error * {digits}")
    for number, (page, _) in enumerate(both):
        expect(page.get_by_test_id("stMain").get_by_test_id("stAlert")).to_have_count(2)  # both answers are judged
        settle(page)
        page.get_by_role("button", name="Share or hand in").click()
        seen[number].extend(downloads(page, tmp_path, "Receipt as JSON", "Receipt as CSV"))
    look()
    for page, _ in both:
        page.goto(f"{page.url.partition('/practice')[0]}/your_data?data=Uploaded+file")
    for page, digits in both:
        rows = "\n".join(f"{row},{row * row},{row}.{digits}" for row in range(1, 9))
        raw = f"a,b,c{digits}\n{rows}".encode()
        page.locator("input[type=file]").set_input_files(
            {"name": f"file{digits}.csv", "mimeType": "text/csv", "buffer": raw}
        )
    for number, (page, digits) in enumerate(both):
        page.get_by_text(re.compile("^Options")).click()
        expect(page.get_by_role("combobox", name="Target")).to_have_value(f"c{digits}")
        fill(page, "Weights at the start", f"0.{digits}", "stMain")
        expect(page).to_have_url(re.compile(f"start=0.{digits}"))
        settle(page)
        share(page)
        expect(page.get_by_test_id("stPopoverBody").get_by_test_id("stCode")).to_contain_text(f"start=0.{digits}")
        seen[number].extend(downloads(page, tmp_path, "Table", "Script", "Notebook", "SVG", "Report"))
    look()

    for mine, others, texts in ((MINE[0], MINE[1], seen[0]), (MINE[1], MINE[0], seen[1])):
        for found in texts:
            digits = found.replace(".", "")
            assert mine in digits, "each look and each file has something of their own"
            assert others not in digits

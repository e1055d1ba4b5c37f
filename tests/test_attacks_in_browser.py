"""In a real browser nothing of a hostile text becomes an element, a request or a script, nor in a file that is kept."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from pages.shared.assignment import LONGEST_NAME
from pages.your_data import source
from tests.helpers.browser import CHART, all_drawn, share
from tests.helpers.hostile import ASSIGNMENT, MARK, RECEIPTS, TAKEN, TYPED

# What markdown and HTML make of texts, and an icon, a formula and a colour of Streamlit's.
MADE = """mark => [...document.querySelectorAll(
    "img, a:not(.note *), script:not([type]), iframe, svg image, strong, em, b, del, h1, h2, h3, li, mark, .katex, "
    + "p code, [data-testid=stIconMaterial], [class*=stMarkdownColor], [onerror]"
)].filter(element => element.outerHTML.includes(mark)).map(element => element.outerHTML.slice(0, 200))"""


def only_text(page: Page, *said: str) -> None:
    """It is all text: some of it is shown, and nothing is made of it; `open_page` hears requests and errors."""
    for text in said:
        expect(page.get_by_text(text).first).to_be_attached()
    all_drawn(page)
    assert page.evaluate(MADE, MARK) == []


def test_hostile_texts_are_text_on_the_screen_and_in_a_picture_that_is_kept(
    open_page: Callable[..., Page], tmp_path: Path
):
    page = open_page(f"/assignment?assignment={ASSIGNMENT.text()}")
    name = page.get_by_role("textbox", name="Your name")
    name.fill(TYPED[:LONGEST_NAME])
    name.press("Enter")
    only_text(page, ASSIGNMENT.title[:LONGEST_NAME])
    page = open_page("/receipts")
    files = [{"name": name, "mimeType": "application/json", "buffer": made} for name, made in RECEIPTS]
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(files)  # type: ignore[arg-type]
    expect(page.get_by_role("heading", name="Attempts")).to_be_visible()
    only_text(page)
    page = open_page(f"/compare?{urlencode({'runs': TAKEN['runs']})}")
    expect(page.locator(CHART).first).to_contain_text(MARK)
    page.locator(CHART).first.hover(position={"x": 200, "y": 80})
    only_text(page)
    link = {"data": source.TYPED, "table": f"a,b\n:material/{MARK}:,1"}  # a cell that a sentence repeats
    page = open_page(f"/your_data?{urlencode(link)}")
    only_text(page, f":material/{MARK}:")
    page = open_page(f"/your_data?{urlencode(link | {'table': TAKEN['table']})}", fresh=True)
    page.get_by_text("Weights and slopes, update by update").click()
    expect(page.locator(CHART).last).to_contain_text(MARK)
    only_text(page)
    share(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Interactive picture").click()
    download.value.save_as(kept := tmp_path / "kept.html")
    faults: list[object] = []
    page.on("pageerror", lambda fault: faults.append(fault))
    page.goto("about:blank")
    page.set_content(kept.read_text())  # without the headers that forbid scripts
    expect(page.locator("svg .mark-symbol").first).to_be_attached()
    page.locator("svg .mark-symbol path").first.hover(force=True)
    assert not faults
    assert page.evaluate(MADE, MARK) == []  # its link to the same run aside

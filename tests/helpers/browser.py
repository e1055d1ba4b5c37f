"""What journeys in a real browser share."""

import re
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Frame, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from pages.shared.theme import GUTTER
from tests.helpers.servers import PATIENCE

CHART = "[data-testid=stVegaLiteChart] .marks"
SCRUB = re.compile("^Update")  # the browser adds its value to the name
# Whether the charts are those of the last looks, at their places: one that takes its width late, or is drawn anew, is
# not where it was pointed at, and forgets that it is dragged.
AT_REST = """([charts, looks]) => {
    const now = [...document.querySelectorAll(charts)]
    const places = JSON.stringify(now.map(marks => marks.getBoundingClientRect()))
    const before = window.atRest
    const same = before && before.places === places && now.every((marks, number) => marks === before.now[number])
    window.atRest = {now, places, looks: same ? before.looks + 1 : 0}
    return window.atRest.looks >= looks
}"""


def verdict(page: Page, about: str = "The mean squared error goes from") -> Locator:
    """The box that says what happened, whatever its colour; one of a run before may stand beside it for a moment."""
    fresh = page.get_by_test_id("stMain").locator("[data-stale=false]")
    return fresh.get_by_test_id("stAlertContainer").filter(has_text=about)


def retype(page: Page, label: str, text: str) -> None:
    """Type a new text into a field of the sidebar."""
    field = page.get_by_role("textbox", name=label)
    field.fill(text)
    field.press("Enter")


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a menu; where the page is drawn anew meanwhile the menu closes, and is opened again."""
    menu, wanted = page.get_by_role("combobox", name=label), page.get_by_role("option", name=option)
    for _ in range(5):
        menu.click()
        with suppress(TooLate):
            wanted.click(timeout=PATIENCE / 10)
            return
    wanted.click()


def point_at(page: Page, share: float, y: float = 80) -> None:
    """Move the pointer over the first chart of a page, to this share of its horizontal axis."""
    box = page.locator(CHART).first.bounding_box()
    assert box
    page.locator(CHART).first.hover(position={"x": GUTTER + share * (box["width"] - GUTTER - 10), "y": y})


def listened(open_page: Callable[..., Page], path: str, **options: object) -> tuple[Page, list[object]]:
    """A page with all it draws, where it stays, and what it sends from now on."""
    sent: list[object] = []
    page = open_page(f"/{path}", sent=sent, **options)
    expect(page.locator(CHART).first).to_be_visible()
    all_drawn(page)
    at_rest(page)
    assert sent, "the frames of this page are counted"
    sent.clear()
    return page, sent


def at_rest(page: Page) -> None:
    """Wait until the charts stay where they are."""
    page.wait_for_function(AT_REST, arg=[CHART, 4], polling=100)  # milliseconds


def share(page: Page) -> None:
    """Open "Share or download" once nothing moves: what is folded out stays where it was, and may be out of sight."""
    at_rest(page)
    page.get_by_role("button", name="Share or download").click()


def changed(page: Page, chart: Locator, shown: str) -> None:
    """Wait until a chart shows something else than this."""
    page.wait_for_function("([chart, shown]) => chart.innerHTML !== shown", arg=[chart.element_handle(), shown])


def all_drawn(page: Page) -> None:
    """Wait until the server has drawn all: what is clicked before may be drawn anew under the pointer, and miss it."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def ready(page: Page) -> Page:
    """The page, once its chart is there, none still stands from another page, and the rest is drawn too."""
    expect(page.locator(CHART)).to_have_count(1)
    expect(page.locator(CHART)).to_be_visible()
    all_drawn(page)
    return page


def within(page: Page, width: int) -> None:
    """Wait until the page and its charts are no wider than this: a chart takes its width after it is drawn."""
    page.wait_for_function(
        """([width, charts]) => document.scrollingElement.scrollWidth <= width
            && [...document.querySelectorAll(charts)].every(marks => marks.getBoundingClientRect().right <= width)""",
        arg=[width, CHART],
    )


def kept(frame: Page | Frame, right: int) -> None:
    """Wait until the browser keeps so many right answers: it does a moment after they are drawn."""
    frame.wait_for_function(
        """right => Object.values(localStorage).some(
            held => (JSON.parse(held).attempts ?? []).filter(made => made.right).length === right)""",
        arg=right,
        polling=100,  # milliseconds
    )

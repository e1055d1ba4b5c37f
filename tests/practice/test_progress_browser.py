"""What was answered outlives the page: journeys in a real browser."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from pages.shared.browser_storage import FORBIDDEN
from tests.helpers.browser import all_drawn

Open = Callable[..., Page]
SLOPES, WRONG, RIGHT = "The slope of every weight, in numbers", "7, 14, 21", "14 28 42"
PATH = "/practice?exercise=Slope&question=0"
HELD = "() => localStorage['gradient_descent_lab practice']"


def answer(page: Page, text: str) -> None:
    """Answer with these slopes."""
    field = page.get_by_role("textbox", name=SLOPES)
    field.fill(text)
    field.press("Enter")
    said(page, "Right." if text == RIGHT else "Not yet.")


def said(page: Page, verdict: str) -> None:
    """Expect a verdict."""
    expect(page.get_by_test_id("stMain").get_by_test_id("stAlertContainer").filter(has_text=verdict)).to_have_count(1)


def held(page: Page, *answers: str) -> None:
    """Expect the browser to hold attempts with these answers, counted one by one."""
    page.wait_for_function(
        f"""answers => {{
            const made = JSON.parse(({HELD})() || '{{"attempts": []}}').attempts.filter(each => each.part === 1)
            return JSON.stringify(made.map(each => each.answer)) === JSON.stringify(answers)
                && made.every((each, place) => each.tried === place + 1)
        }}""",
        arg=list(answers),
        polling=100,  # milliseconds; a tab behind another need not draw a frame, and by itself this looks at frames
    )


def test_answers_outlive_a_reload_and_a_closed_tab_until_they_are_begun_anew(open_page: Open):
    page = open_page(PATH, fresh=True)
    page.get_by_role("button", name="Hint 1 of 3 for the numbers").click()
    answer(page, WRONG)
    held(page, WRONG)
    page.reload()
    said(page, "Not yet.")
    expect(page.get_by_role("textbox", name=SLOPES)).to_have_value(WRONG)
    expect(page.get_by_text("Hint 1: ")).to_be_visible()

    other = page.context.new_page()
    other.goto(page.url)
    page.close()
    said(other, "Not yet.")
    answer(other, RIGHT)
    held(other, WRONG, RIGHT)
    expect(other.get_by_text("1 solved")).to_have_count(0)

    stranger = open_page(PATH)
    expect(stranger.get_by_role("textbox", name=SLOPES)).to_have_value("")
    stranger.wait_for_function(f"() => ({HELD})() === undefined")
    other.get_by_role("button", name="Share or hand in").click()
    other.get_by_text("Begin anew").click()
    other.get_by_role("button", name="Delete all answers").click()
    other.wait_for_function(f"() => ({HELD})() === undefined")
    expect(other.get_by_role("textbox", name=SLOPES)).to_have_value("")
    other.reload()
    all_drawn(other)
    expect(other.get_by_role("textbox", name=SLOPES)).to_have_value("")


def test_two_tabs_keep_the_answers_of_both(open_page: Open):
    page = open_page(PATH, fresh=True)
    answer(page, WRONG)
    held(page, WRONG)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_role("textbox", name=SLOPES)).to_have_value(WRONG)  # what the browser held has arrived
    page.bring_to_front()
    answer(page, "1, 2, 3")
    held(page, WRONG, "1, 2, 3")
    other.bring_to_front()
    answer(other, RIGHT)
    held(other, WRONG, "1, 2, 3", RIGHT)
    page.bring_to_front()
    answer(page, "4, 5, 6")
    held(page, WRONG, "1, 2, 3", RIGHT, "4, 5, 6")


def test_a_browser_that_keeps_nothing_says_so_once_and_all_works(open_page: Open):
    page = open_page(PATH, fresh=True)
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})")
    page.reload()
    expect(page.get_by_text(FORBIDDEN)).to_have_count(1)
    answer(page, WRONG)
    answer(page, RIGHT)
    expect(page.get_by_text(FORBIDDEN)).to_have_count(1)


def test_what_a_browser_holds_of_somebody_else_harms_nothing(open_page: Open):
    page = open_page(PATH)
    page.evaluate("localStorage['gradient_descent_lab practice'] = '['.repeat(100000)")
    page.reload()
    all_drawn(page)
    answer(page, RIGHT)
    page.wait_for_function(f"() => ({HELD})()?.startsWith('{{')", polling=100)  # milliseconds; it is written over
    held(page, RIGHT)

"""From a key press on the learning rate to a new chart, in headless Chromium, beside the yardstick page.

python -m benchmarks.browser
"""

import statistics

from playwright.sync_api import Browser, Page

from benchmarks.page import APP, FLOOR, MANY, YARDSTICK, server
from tests.helpers.servers import a_browser

PRESSES = 46
WARM_UP = 6  # presses that do not count
ROUNDS = 5
PAUSE = 300  # milliseconds between presses
CHART = "[data-testid=stVegaLiteChart] .marks"
# Resolves with the milliseconds from now to the frame after the chart's next change.
WATCH = """selector => {
  const picture = () => document.querySelector(selector)?.outerHTML;
  const before = picture(), start = performance.now();
  window.changed = new Promise((done, fail) => requestAnimationFrame(function look() {
    if (picture() !== before) requestAnimationFrame(() => done(performance.now() - start));
    else if (performance.now() - start > 8000) fail("the chart did not change");
    else requestAnimationFrame(look);
  }));
}"""


def opened(browser: Browser, url: str, slider: str) -> Page:
    """A page in a tab of its own, with the focus on a slider."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(url)
    page.wait_for_selector(CHART)
    page.wait_for_timeout(2000)
    page.get_by_role("slider", name=slider).first.focus()
    return page


def press(page: Page, key: str) -> float:
    """Milliseconds from a key on the slider in focus to the chart's change."""
    page.bring_to_front()
    page.evaluate(WATCH, CHART)
    page.keyboard.press(key)
    milliseconds = page.evaluate("window.changed")
    page.wait_for_timeout(PAUSE)
    return milliseconds


def main() -> None:
    """Print the rounds and the median of their ratios. The tabs take turns, press by press, so that noise hits all."""
    with server(APP, MANY), server(YARDSTICK, FLOOR), a_browser() as browser:
        print(f"{'floor ms':>9}{'page ms':>9}{'ratio':>7}{'scrub ms':>10}")
        ratios = []
        for _ in range(ROUNDS):
            places = [(FLOOR, "Learning rate"), (MANY, "Learning rate"), (MANY, "Update")]
            tabs = [opened(browser, *place) for place in places]
            keys = ["ArrowRight", "ArrowLeft"] * (PRESSES // 2)
            times = [[press(tab, key) for tab in tabs] for key in keys][WARM_UP:]
            floor, many, scrub = (statistics.median(column) for column in zip(*times, strict=True))
            for tab in tabs:
                tab.close()
            ratios.append(many / floor)
            print(f"{floor:9.0f}{many:9.0f}{many / floor:7.2f}{scrub:10.0f}")
        print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()

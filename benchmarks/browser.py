"""From a key press on the learning rate to a new chart, in headless Chromium, beside the yardstick page.

python -m benchmarks.browser
"""

import statistics
from collections.abc import Callable

from playwright.sync_api import Browser, Page

from benchmarks.page import APP, FLOOR, MANY, YARDSTICK, server
from tests.conftest import a_browser

PRESSES = 20
ROUNDS = 3
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


def key_press(page: Page, slider: str, presses: int = PRESSES) -> float:
    """Median milliseconds from an arrow key on a slider to the chart's change."""
    page.get_by_role("slider", name=slider).first.focus()
    times = []
    for press in range(presses + 5):
        page.evaluate(WATCH, CHART)
        page.keyboard.press("ArrowLeft" if press % 2 else "ArrowRight")
        times.append(page.evaluate("window.changed"))
        page.wait_for_timeout(PAUSE)
    return statistics.median(times[5:])


def opened(browser: Browser, url: str, then: Callable[[Page], float]) -> float:
    """What a measurement says of a page in a tab of its own."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(url)
    page.wait_for_selector(CHART)
    page.wait_for_timeout(2000)
    figure = then(page)
    page.close()
    return figure


def main() -> None:
    """Print the rounds and their medians."""
    with server(APP, MANY), server(YARDSTICK, FLOOR), a_browser() as browser:
        print(f"{'floor ms':>9}{'page ms':>9}{'ratio':>7}{'scrub ms':>10}")
        ratios = []
        for _ in range(ROUNDS):
            floor = opened(browser, FLOOR, lambda page: key_press(page, "Learning rate"))
            many = opened(browser, MANY, lambda page: key_press(page, "Learning rate"))
            scrub = opened(browser, MANY, lambda page: key_press(page, "Update"))
            ratios.append(many / floor)
            print(f"{floor:9.0f}{many:9.0f}{many / floor:7.2f}{scrub:10.0f}")
        print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()

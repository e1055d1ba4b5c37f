"""In headless Chromium: from a key press on the learning rate to a new chart, and the frames of a drag.

python -m benchmarks.browser

Frames are 17 ms apart where nothing holds them up; what is dragged is compared with the same page at rest.
"""

import statistics

from playwright.sync_api import Browser, Page

from benchmarks.page import APP, FLOOR, LAB, LARGEST, MANY, YARDSTICK, server
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

# What is dragged, or scrubbed: the page, and how far down in its first picture, in pixels.
DRAGS = {"": 28, "learning_rate": 28, "slope": 120, "one_update": 100, "surface": 150, "many_updates": 80}
DRAGS[f"network?{LARGEST}"] = 430
MOVES = 120
# The milliseconds between frames while this many of them pass.
FRAMES = """count => new Promise(done => {
  const times = [];
  requestAnimationFrame(function frame(now) {
    times.push(now);
    if (times.length <= count) requestAnimationFrame(frame);
    else done(times.slice(1).map((time, place) => time - times[place]));
  });
})"""


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


def p95(numbers: list[float]) -> float:
    """What 95 % of some numbers stay under."""
    return statistics.quantiles(numbers, n=20)[-1]


def frames(page: Page, down: int) -> tuple[float, float]:
    """The 95th percentile of the milliseconds between frames: at rest, and while the first picture is dragged on."""
    picture = page.locator(CHART).first
    box = picture.bounding_box() or {"x": 0.0, "y": 0.0, "width": 0.0}
    left, top, width = box["x"], box["y"] + down, box["width"]
    at_rest, before = page.evaluate(FRAMES, MOVES), picture.inner_html()
    page.evaluate(f"window.frames = ({FRAMES})({MOVES})")
    page.mouse.move(left + 0.3 * width, top)
    page.mouse.down()
    for move in range(MOVES):
        page.mouse.move(left + (0.3 + 0.5 * abs(move / MOVES * 4 % 2 - 1)) * width, top)
    dragged = page.evaluate("window.frames")
    if picture.inner_html() == before:
        raise RuntimeError(f"nothing is dragged on {page.url}")
    page.mouse.up()
    return p95(at_rest), p95(dragged)


def keys(browser: Browser) -> None:
    """Print the rounds and the median of their ratios. The tabs take turns, press by press, so that noise hits all."""
    print(f"{'floor ms':>9}{'page ms':>9}{'ratio':>7}{'scrub ms':>10}")
    ratios = []
    for _ in range(ROUNDS):
        places = [(FLOOR, "Learning rate"), (MANY, "Learning rate"), (MANY, "Update")]
        tabs = [opened(browser, *place) for place in places]
        presses = ["ArrowRight", "ArrowLeft"] * (PRESSES // 2)
        times = [[press(tab, key) for tab in tabs] for key in presses][WARM_UP:]
        floor, many, scrub = (statistics.median(column) for column in zip(*times, strict=True))
        for tab in tabs:
            tab.close()
        ratios.append(many / floor)
        print(f"{floor:9.0f}{many:9.0f}{many / floor:7.2f}{scrub:10.0f}")
    print(f"median ratio {statistics.median(ratios):.2f}")


def drags(browser: Browser) -> None:
    """Print how far apart the frames of each page are."""
    print(f"{'page':<14}{'at rest ms':>12}{'dragged ms':>12}")
    for path, down in DRAGS.items():
        tab = opened(browser, f"{LAB}/{path}", "Learning rate")
        print(f"{path.partition('?')[0] or 'home':<14}{'{:12.1f}{:12.1f}'.format(*frames(tab, down))}")
        tab.close()


def main() -> None:
    """The keys, and the drags."""
    with server(APP, MANY), server(YARDSTICK, FLOOR), a_browser() as browser:
        keys(browser)
        drags(browser)


if __name__ == "__main__":
    main()

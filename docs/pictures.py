"""The moving picture of the README, taken from the running lab: python -m docs.pictures."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect

from tests.helpers.servers import PATIENCE, Server, a_browser

FILE = Path(__file__).parent / "learning_rate.webp"
WINDOW: ViewportSize = {"width": 1180, "height": 740}
STEPS, FRAME, REST = 24, 120, 1600  # places on the way, and milliseconds of each and at its ends


def main() -> None:
    """Drag the learning rate over its ruler, in the light theme."""
    expect.set_options(timeout=PATIENCE)
    server = Server()
    with a_browser() as browser:
        page = browser.new_page(viewport=WINDOW, color_scheme="light")
        page.goto(server.url + "/learning_rate")
        chart = page.locator("[data-testid=stVegaLiteChart] .marks")
        expect(chart).to_be_visible()
        expect(page.locator("[role=gridcell]").first).to_be_attached()
        page.wait_for_timeout(1000)  # tables are painted a moment later, and say nothing when they are
        zones = [chart.get_by_text(zone, exact=True).first.bounding_box() for zone in ("converges", "diverges")]
        (x, y), (end, _) = ((zone["x"] + zone["width"] / 2, zone["y"] + 5) for zone in zones if zone)
        frames = [shot(page)]
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(STEPS + 1):
            page.mouse.move(x + step / STEPS * (end - x), y)
            page.wait_for_timeout(50)  # the browser follows by itself, and says nothing when it has
            frames.append(shot(page))
        page.mouse.up()
        expect(page.get_by_role("textbox", name="Learning rate")).not_to_have_value("0.01")
        page.wait_for_timeout(1000)
        frames.append(shot(page))
    server.stop()
    times = [REST, *[FRAME] * (STEPS + 1), 2 * REST]
    frames[0].save(FILE, save_all=True, append_images=frames[1:], duration=times, loop=0, quality=70, method=6)


def shot(page: Page) -> Image.Image:
    """What the window shows."""
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


if __name__ == "__main__":
    main()

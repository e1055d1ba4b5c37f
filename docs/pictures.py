"""The pictures of the README, taken from the running lab: python -m docs.pictures."""

from pathlib import Path

from playwright.sync_api import ViewportSize, expect

from tests.helpers.servers import PATIENCE, Server, a_browser

HERE = Path(__file__).parent
PICTURES = {"learning_rate.png": "/learning_rate?rate=0.1"}
SIZE: ViewportSize = {"width": 1280, "height": 800}


def main() -> None:
    """Take each picture in the light theme."""
    expect.set_options(timeout=PATIENCE)
    server = Server()
    with a_browser() as browser:
        for file, path in PICTURES.items():
            page = browser.new_page(viewport=SIZE, color_scheme="light")
            page.goto(server.url + path)
            expect(page.locator("[data-testid=stVegaLiteChart] .marks").last).to_be_visible()
            expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
            expect(page.locator("[role=gridcell]").first).to_be_attached()
            page.wait_for_timeout(1000)  # tables are painted a moment later, and say nothing when they are
            page.screenshot(path=HERE / file)
    server.stop()


if __name__ == "__main__":
    main()

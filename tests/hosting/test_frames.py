"""The lab in a frame of a course's site, which is another site."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from pages.shared.assignment import Assignment, Step
from tests.helpers.receipts import answer
from tests.helpers.servers import PATIENCE, Server

MADE = Assignment("Slopes", steps=(Step("practice", "Slope", 1),))


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def course(folder: Path) -> Iterator[str]:
    """A site of its own: `localhost`, where the lab is `127.0.0.1`."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://localhost:{site.server_port}"
        site.shutdown()


def test_an_assignment_is_done_in_a_courses_page_and_outlives_its_reload(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with course(tmp_path) as site:
        monkeypatch.setenv("FRAME_ANCESTORS", f"'self' {site}")
        lab = Server()
        try:
            address = f"{lab.url}/assignment?assignment={MADE.text()}&embed=true"
            (tmp_path / "unit.html").write_text(f'<iframe src="{address}" width="1000" height="900"></iframe>')
            page = browser.new_context().new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(f"{site}/unit.html")
            frame = page.frame_locator("iframe").first
            frame.get_by_role("link", name="Practice: Slope, 0 of 1 solved").click()
            number = frame.get_by_role("textbox", name="Question number")
            expect(number).to_have_value(str(*MADE.seeds(MADE.steps[0], "")), timeout=PATIENCE)
            for place, name in enumerate(("in numbers", "a line of numpy"), start=1):
                field = frame.get_by_role("textbox", name=re.compile(name))
                field.fill(answer("Slope", int(number.input_value()), place))
                field.press("Enter")
            expect(frame.get_by_text("1 of 1 done")).to_be_visible(timeout=PATIENCE)
            page.reload()  # the frame begins at its first address again
            expect(frame.get_by_role("link", name="Practice: Slope, 1 of 1 solved")).to_be_visible(timeout=PATIENCE)
            page.context.close()
        finally:
            lab.stop()

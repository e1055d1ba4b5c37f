"""The lab in a frame of a course's site, which is another site, over TLS and behind its proxy."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from threading import Thread

from playwright.sync_api import Browser, expect

from pages.shared.assignment import Assignment, Step
from tests.helpers.browser import kept
from tests.helpers.receipts import answer
from tests.helpers.servers import PATIENCE, free_port, served

MADE = Assignment("Slopes", steps=(Step("practice", "Slope", 1),))


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def course(folder: Path, certificate: Path) -> Iterator[str]:
    """A site of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as site:
        context = SSLContext(PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        site.socket = context.wrap_socket(site.socket, server_side=True)
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"https://course.example:{site.server_port}"
        site.shutdown()


def test_a_class_works_in_its_courses_page_and_what_it_did_outlives_a_reload(
    browser: Browser, tmp_path: Path, certificate: Path
):
    port = free_port(2)
    lab = f"https://lab.example:{port}"
    with (
        course(tmp_path, certificate) as site,
        served(1, port, CERTIFICATE=str(certificate), FRAME_ANCESTORS=f"'self' {site}"),
        browser.new_context(ignore_https_errors=True) as context,
    ):
        for name, address in {
            "unit": f"assignment?assignment={MADE.text()}&embed=true",
            "table": "your_data?data=Uploaded+file&embed=true",
        }.items():
            (tmp_path / f"{name}.html").write_text(f'<iframe src="{lab}/{address}" width="1000" height="900"></iframe>')
        page = context.new_page()
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
        kept(page.frames[1], right=2)
        page.reload()  # the frame begins at its first address again
        expect(frame.get_by_role("link", name="Practice: Slope, 1 of 1 solved")).to_be_visible(timeout=PATIENCE)

        page.goto(f"{site}/table.html")
        raw = b"a,mine\n1,2\n2,4\n3,6\n4,8\n5,11\n"
        frame.locator("input[type=file]").set_input_files({"name": "table.csv", "mimeType": "text/csv", "buffer": raw})
        frame.get_by_text(re.compile("^Options")).click()
        expect(frame.get_by_role("combobox", name="Target")).to_have_value("mine", timeout=PATIENCE)
        frame.get_by_role("button", name="Share or download").click()
        with page.expect_download() as download:
            frame.get_by_test_id("stPopoverBody").get_by_role("button", name="Table", exact=True).click()
        assert download.value.path().stat().st_size
        cookies = {cookie["name"]: cookie for cookie in context.cookies()}
        assert {*cookies} == {"LAB_REPLICA", "_streamlit_xsrf"}
        for cookie in cookies.values():
            assert (cookie["sameSite"], cookie["secure"]) == ("None", True)
            assert cookie["partitionKey"]  # another site that frames the lab gets cookies of its own

"""What the tests share: a server of their own and a real browser."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, WebSocket, expect

from tests.helpers.servers import PATIENCE, Server, a_browser

DESK, PHONE = (1280, 720), (390, 844)  # the width and the height of a screen, in pixels
PLAIN = {"media": "screen", "color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}

expect.set_options(timeout=PATIENCE)
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=300, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, journeys in a browser, so that no worker is left alone with it in the end."""
    items.sort(key=lambda item: "browser" not in item.fixturenames)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for all browser tests that need no fresh one."""
    running = Server()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each gets tabs of its own."""
    with a_browser() as running:
        yield running


@pytest.fixture(scope="session")
def idle() -> dict[bool, list[Page]]:
    """The tabs that nobody uses, of phones or not: a tab opens a page in half the time if it has opened one before."""
    return defaultdict(list)


@pytest.fixture
def open_page(browser: Browser, idle: dict[bool, list[Page]], server: Server) -> Iterator[Callable[..., Page]]:
    """Open an address in a tab that must ask only its server, and complain of nothing.

    Each tab is a browser of its own: it shares no cookie and nothing it keeps with any other. One that is `fresh`, and
    one of another server, is thrown away afterwards. What the page sends is put into `sent`. The other options are
    those of `Page.emulate_media`.
    """
    closing = ExitStack()
    complaints = []

    def open_page(
        path: str,
        url: str = "",
        *,
        fresh: bool = False,
        phone: bool = False,
        height: int = 0,
        sent: list[object] | None = None,
        **media: str,
    ) -> Page:
        url = url or server.url

        def listen(socket: WebSocket) -> None:
            # A function, not the list's own method: Playwright writes a mark on what it is given.
            def count(frame: object) -> None:
                if sent is not None:
                    sent.append(frame)

            socket.on("framesent", count)

        def heard(message: ConsoleMessage) -> None:
            # Streamlit asks at every level of the address where it lives, and gets 404 at the wrong ones. And it
            # remarks on two fields that were changed at once, one of them in a fragment: the page reads both. And the
            # browser remarks on its frames, which ask for what no browser has; what is in them is ours.
            text = message.text
            harmless = ("404", "Multiple different fragmentIds", "Unrecognized feature", "can escape its sandboxing")
            if message.type in ("error", "warning") and not any(part in text for part in harmless):
                complaints.append(text)

        def asked(request: Request) -> None:
            if not request.url.startswith((url, "data:", "blob:")):
                complaints.append(request.url)

        kept = not fresh and url == server.url
        tabs = idle[phone] if kept else []
        page = tabs.pop() if tabs else browser.new_context(has_touch=phone, is_mobile=phone).new_page()
        width, usual = PHONE if phone else DESK
        page.set_viewport_size({"width": width, "height": height or usual})
        page.emulate_media(**PLAIN | media)  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE)
        page.on("console", heard)
        page.on("request", asked)
        page.on("websocket", listen)

        def close() -> None:
            if not kept:
                page.context.close()
                return
            page.remove_listener("console", heard)
            page.remove_listener("request", asked)
            page.remove_listener("websocket", listen)
            page.evaluate("localStorage.clear()")
            page.context.clear_cookies()
            page.goto("about:blank")
            tabs.append(page)

        closing.callback(close)
        page.goto(url + path)
        return page

    with closing:
        yield open_page
    assert not complaints, complaints

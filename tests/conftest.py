"""What the tests share: a server of their own and a real browser."""

import os
from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.helpers.servers import PATIENCE, Server, a_browser

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
def profile(browser: Browser) -> Callable[..., BrowserContext]:
    """What tabs with the same options share, the files of the page above all: without them a tab opens slowly."""
    profiles: dict[str, BrowserContext] = {}

    def profile(**options: object) -> BrowserContext:
        if str(options) not in profiles:
            profiles[str(options)] = browser.new_context(**options)  # type: ignore[arg-type]
        return profiles[str(options)]

    return profile


@pytest.fixture
def open_page(
    browser: Browser, profile: Callable[..., BrowserContext], server: Server
) -> Iterator[Callable[..., Page]]:
    """Open an address in a tab that must ask only its server, and complain of nothing.

    A `fresh` tab, and one of another server, share nothing with any other.
    """
    opened: list[BrowserContext | Page] = []
    complaints = []

    def heard(kind: str, text: str) -> None:
        # Streamlit asks at every level of the address where it lives, and gets 404 at the wrong ones. And it remarks on
        # two fields that were changed at once, one of them in a fragment: both are sent, and the page reads both.
        if kind in ("error", "warning") and "404" not in text and "Multiple different fragmentIds" not in text:
            complaints.append(text)

    def open_page(path: str, url: str = "", *, fresh: bool = False, **options: object) -> Page:
        alone = fresh or url
        context = browser.new_context(**options) if alone else profile(**options)  # type: ignore[arg-type]
        url = url or server.url
        page = context.new_page()
        opened.append(context if alone else page)
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: heard(message.type, message.text))
        page.on("request", lambda request: complaints.append(request.url) if _abroad(request.url, url) else None)
        page.goto(url + path)
        return page

    yield open_page
    for tab in opened:
        tab.close()
    assert not complaints


def _abroad(address: str, url: str) -> bool:
    return not address.startswith((url, "data:", "blob:"))

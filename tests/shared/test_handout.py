"""Pictures to keep: files that need no server, no internet, and nothing but themselves."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from pages.lessons import LESSONS
from pages.shared import handout, theme
from tests.helpers.client import Tab, result_of
from tests.helpers.servers import Server

LARGEST = 2_000_000  # bytes
HOSTILE = "</script><script>alert(1)</script><!--"
SPEC = re.compile(r'<script type="application/json" id="spec">(.*?)</script>', re.DOTALL)


def test_a_picture_holds_its_numbers_in_full_and_no_text_of_a_learner_ends_its_element():
    frame = pd.DataFrame({"mse": [1e-30, np.nan, np.inf], "name": [HOSTILE, "$a$", "é"], "update": [0, 1, 2]})
    empty: dict[str, Any] = {"config": {"view": {}, "axis": {}}}
    page = handout.page(HOSTILE, theme.fill(empty, {"rows": frame}, called=HOSTILE), f"**{HOSTILE}**", f"/?a={HOSTILE}")
    assert page.count("<script>") == 1  # ours
    assert page.count("</script>") == 2
    spec = json.loads(SPEC.findall(page)[0])
    assert [row["mse"] for row in spec["datasets"]["rows"]] == [1e-30, None, None]
    assert spec["datasets"]["rows"][0]["name"] == spec["params"][0]["value"] == HOSTILE


@pytest.fixture(scope="module")
def offline(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that reaches nobody."""
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        context.route("http**", lambda route: route.abort())
        yield context


@pytest.mark.parametrize("folder", [lesson.folder for lesson in LESSONS if lesson.folder != "practice"])
def test_a_picture_opened_from_disk_draws_itself_and_moves_without_asking_anybody(
    server: Server, offline: BrowserContext, tmp_path: Path, folder: str
):
    async def taken() -> bytes:
        async with Tab(f"{server.url}/{folder}") as tab:
            await tab.run()
            if "share" in tab.widgets:  # "Your data" sends at once what is folded away
                await tab.set("share", True)
            return await tab.take("Interactive picture")

    file = tmp_path / "picture.html"
    file.write_bytes(result_of(taken()))
    assert file.stat().st_size < LARGEST
    asked: list[str] = []
    said: list[str] = []
    with closing(offline.new_page()) as kept:
        kept.on("request", lambda request: asked.append(request.url))
        kept.on("console", lambda message: said.append(message.text))
        kept.on("pageerror", lambda error: said.append(str(error)))
        kept.goto(file.as_uri())
        picture = kept.locator("svg.marks")
        expect(picture).to_be_visible()
        before = picture.text_content() or ""
        if folder in ("learning_rate", "one_update"):  # by the ring on the ruler, by the tip of the arrow
            box = picture.bounding_box()
            assert box
            kept.mouse.move(box["x"] + 150, box["y"] + 60)
            kept.mouse.down()
            kept.mouse.move(box["x"] + 250, box["y"] + 60, steps=3)
            kept.mouse.up()
        else:
            bar = kept.get_by_role("slider")
            bar.press("ArrowRight" if bar.input_value() == bar.get_attribute("min") else "ArrowLeft")
        expect(picture).not_to_have_text(before)
        assert kept.evaluate("document.scrollingElement.scrollWidth") <= 390
        link = kept.get_by_role("link", name="the same run").get_attribute("href") or ""
    assert asked == [file.as_uri()]
    assert not said
    assert link.startswith(f"{server.url}/{folder}")

"""The page One update in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import nbformat
from playwright.sync_api import Page, expect

from tests.helpers.browser import CHART, all_drawn, listened, ready, retype
from tests.helpers.programs import printed

Open = Callable[..., Page]


def test_the_arrow_keys_walk_through_the_updates_but_not_from_within_a_field(open_page: Open):
    page = ready(open_page("/one_update"))
    for update, error in (("2", "from 5.04 to 3.629"), ("3", "from 3.629 to 2.613")):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("status").filter(has_text=f"Update {update}:")).to_contain_text(error)
        all_drawn(page)
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("status").filter(has_text="Update 2:")).to_be_visible()
    expect(page.locator(CHART)).to_contain_text("New weights: −0.2408, 1.518, 0.2776")
    expect(page).to_have_url(re.compile("at=2"))
    all_drawn(page)
    page.get_by_role("slider", name="Update").press("ArrowRight")
    expect(page.get_by_role("status").filter(has_text="Update 3:")).to_be_visible()
    page.get_by_role("textbox", name="Target").press("ArrowLeft")
    retype(page, "Target", "6")
    expect(page.get_by_role("status").filter(has_text="Update 3:")).to_be_visible()


def test_the_tip_of_the_arrow_is_dragged_by_mouse_and_the_rate_follows_on_release(open_page: Open):
    page, sent = listened(open_page, "one_update?at=2")
    picture, field = page.locator(CHART), page.get_by_role("textbox", name="Learning rate")
    expect(picture).to_contain_text("Learning rate 0.01: error 5.04 → 3.629")
    ticks = [picture.get_by_text(text, exact=True).first.bounding_box() for text in ("0.02", "0.08")]
    (x, y), (to_x, _) = ((box["x"] + box["width"] / 2, box["y"] - 100) for box in ticks if box)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x, y, steps=8)
    expect(picture).to_contain_text("Learning rate 0.08: error 5.04 → −6.25")
    expect(picture).to_contain_text("New weights: −0.9464")
    assert not sent
    expect(field).to_have_value("0.01")
    page.mouse.up()
    expect(field).to_have_value("0.08")
    assert len(sent) == 1
    expect(page).to_have_url(re.compile("rate=0.08"))
    expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "0.08")
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(picture).to_contain_text("Learning rate 0.089")


def test_a_tap_on_a_phone_picks_a_rate(open_page: Open):
    page, sent = listened(open_page, "one_update?activation=tanh", phone=True)
    page.locator(CHART).tap(position={"x": 250, "y": 100})
    expect(page).to_have_url(re.compile("rate="))
    assert len(sent) == 1


def test_the_run_is_taken_home_as_a_script_and_a_notebook_that_agree_with_the_page(open_page: Open, tmp_path: Path):
    page = ready(open_page("/one_update?activation=tanh&target=0.5&weights=0.1,0.2,-0.3&rate=0.1"))
    for name, file in (("Script", "run.py"), ("Notebook", "run.ipynb")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        download.value.save_as(tmp_path / file)
    code = (tmp_path / "run.py").read_text()
    (said,) = printed([code], tmp_path)
    assert "updates checked" in said
    assert "sigmoid" not in code
    assert nbformat.read(tmp_path / "run.ipynb", as_version=4).cells[2].source in code

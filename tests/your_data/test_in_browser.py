"""Your data in a real browser: uploads, cells, scrubbing, stopping, and what is taken home."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from gd_core.descent import descend
from gd_core.optimisers import GradientDescent
from pages.shared import reader
from pages.shared.numbers import THIN
from pages.shared.numbers import number as written
from pages.your_data import source
from tests.helpers.browser import CHART, SCRUB, choose, listened, ready, retype, share, verdict, within
from tests.helpers.programs import printed
from tests.helpers.samples import NAMES, chance, dataset, outcome
from tests.helpers.servers import Server

Open = Callable[..., Page]
OPTIONS = re.compile("^Options")


def upload(page: Page, name: str, raw: bytes) -> None:
    """Choose a file."""
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": raw})


def test_the_line_moves_with_the_scrub_bar_and_asks_nobody_and_weights_are_folded_away_under_a_bar_of_their_own(
    open_page: Open,
):
    page, sent = listened(open_page, "your_data?rate=0.1&updates=20")
    chart = ready(page).locator(CHART)
    expect(chart).to_contain_text(f"Update 20: mean squared error {written(49756.2)}")
    line = chart.locator(".mark-line path").nth(1)
    drawn = line.get_attribute("d")
    scrub = page.get_by_role("slider", name=SCRUB)
    scrub.focus()
    for _ in range(17):
        page.keyboard.press("ArrowLeft")
    run = descend(outcome(dataset("Nebulae")).batches, [0, 0], GradientDescent(0.1), 3)
    expect(chart).to_contain_text(f"Update 3: mean squared error {written(run.loss[3])}")
    assert line.get_attribute("d") != drawn
    page.get_by_role("radio", name="Errors").check()
    expect(chart).to_contain_text("Error")
    assert not sent
    page.get_by_text("Weights and slopes, update by update").click()
    run = descend(outcome(dataset("Nebulae")).batches, [0, 0], GradientDescent(0.1), 20)
    for number in (*run.weights[20], *run.slopes[20]):
        expect(page.locator(CHART).last).to_contain_text(written(abs(number)))


def test_a_target_is_dragged_and_the_run_is_that_of_the_changed_table_on_release(open_page: Open):
    page, sent = listened(open_page, "your_data?data=Typed+table&table=x,y%0A0,0%0A1,10%0A2,20&rate=0.1&updates=20")
    chart = ready(page).locator(CHART)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    point = chart.locator(".mark-symbol path").nth(1)
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    sent.clear()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 5, y - 60, steps=5)
    expect(page.get_by_label("Row", exact=True)).to_have_value("")
    assert not sent
    page.mouse.up()
    expect(page.get_by_label("Row", exact=True)).to_have_value("2")
    expect(page.get_by_label("Its target")).not_to_have_value("")
    assert len(sent) == 1
    expect(page).to_have_url(re.compile("row=2&to="))
    assert 15 < float(page.get_by_label("Its target").input_value()) <= 25
    expect(page.get_by_test_id("stMain")).to_contain_text("Row 2 is dragged from 10 to")
    page.get_by_role("button", name="Put it back").click()
    expect(page).not_to_have_url(re.compile("row="))
    expect(page.get_by_test_id("stMain")).not_to_contain_text("Row 2 is dragged")


def test_on_a_phone_a_tap_picks_a_row_and_another_sets_its_target(open_page: Open):
    page = open_page("/your_data?data=Typed+table&table=x,y%0A0,0%0A1,10%0A2,20&rate=0.1&updates=20", phone=True)
    chart = ready(page).locator(CHART)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    chart.scroll_into_view_if_needed()
    chart.tap(position={"x": 210, "y": 120})
    expect(page.get_by_label("Row", exact=True)).to_have_value("2")
    expect(page.get_by_test_id("stMain")).to_contain_text("Row 2 has the target 10")
    within(page, 390)
    chart.tap(position={"x": 210, "y": 60})
    expect(page.get_by_test_id("stMain")).to_contain_text("Row 2 is dragged from 10 to")


def test_the_address_lists_rate_and_updates_also_where_they_are_the_defaults(open_page: Open):
    page = ready(open_page("/your_data"))
    expect(page).to_have_url(re.compile("rate=0.1&updates=30"))
    retype(page, "Learning rate", "0.01")
    retype(page, "Number of updates", "20")
    expect(page).to_have_url(re.compile("rate=0.01&updates=20"))
    expect(verdict(page)).to_contain_text(re.compile("2.99 times .* in 20 updates"))
    page.reload()
    expect(verdict(page)).to_contain_text(re.compile("2.99 times .* in 20 updates"))
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Slope").click()
    expect(page).to_have_url(re.compile("/slope"))
    expect(page.get_by_role("textbox", name="Learning rate")).to_have_value("0.01")


def test_a_file_is_used_or_refused_in_a_sentence_the_page_goes_on_and_once_removed_it_is_gone(open_page: Open):
    page = open_page("/your_data?data=Uploaded+file&rate=0.1")
    expect(page.get_by_text(reader.LIMITS)).to_be_visible()
    upload(page, "picture.csv", b"\x89PNG\r\n\x1a\n\0\0")
    expect(page.get_by_role("alert")).to_contain_text("This file is a PNG image")
    upload(page, "large.csv", b"1,2\n" * 1_250_000)
    expect(page.get_by_text("File must be 2.0MB or smaller")).to_be_visible()
    upload(page, "table.csv", "größe;preis\r\n1,5;3\r\n2;4,5\r\n3;5".encode("latin-1"))
    expect(verdict(page)).to_be_visible()
    expect(ready(page).locator(CHART)).to_contain_text("größe")
    page.get_by_role("link", name="Slope").first.click()
    expect(page.get_by_role("heading", name="Slope")).to_be_visible()
    page.get_by_role("link", name="Your data").first.click()
    expect(page.get_by_role("heading", name="Your data")).to_be_visible()
    expect(ready(page).locator(CHART)).to_contain_text("größe")
    page.get_by_role("button", name=re.compile("Remove|Delete")).first.click()
    expect(page.get_by_text(source.NO_FILE)).to_be_visible()


def test_cells_are_edited_with_the_keyboard_and_the_edit_is_in_the_text_and_in_the_link(open_page: Open):
    page = ready(open_page("/your_data?data=Typed+table&rate=0.1&table=x,y%0A1,2%0A2,3%0A3,5"))
    text = page.get_by_role("textbox", name="The table as text")
    cells = page.get_by_test_id("data-grid-canvas").first
    box = cells.bounding_box()
    assert box
    page.mouse.click(box["x"] + 80, box["y"] + 52)  # the first cell; the keyboard does the rest
    expect(cells).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("4", delay=50)
    page.keyboard.press("Enter")
    expect(text).to_have_value("x,y\n1,2\n2,4\n3,5")
    expect(page).to_have_url(re.compile("table=x%2Cy%0A1%2C2%0A2%2C4%0A3%2C5"))
    expect(verdict(page)).to_contain_text("from 15 to")  # (2² + 4² + 5²) / 3
    said = verdict(page).text_content()
    page.reload()
    expect(text).to_have_value("x,y\n1,2\n2,4\n3,5")
    expect(verdict(page)).to_have_text(said or "")


def test_a_pasted_table_says_how_it_was_read_and_is_read_otherwise_with_mouse_keys_and_finger(open_page: Open):
    rows = "size%09rooms%09price%0A2,104%093%09399,900%0A1,600%09%09329,900%0A852%092%09179,900%0A970%094%09180,000"
    link = f"/your_data?data=Typed+table&rate=0.1&table={rows}"
    page = ready(open_page(link, phone=True))
    other, said = page.get_by_role("checkbox", name=source.OTHER_MARKS), page.get_by_text("Columns 1, 3:")
    expect(said).to_contain_text("commas divide thousands")
    expect(page.get_by_text("1 of 3 columns left out")).to_be_visible()
    other.focus()
    page.keyboard.press("Space")
    expect(said).to_contain_text("decimal commas")
    page.get_by_test_id("stRadio").get_by_text(source.ROWS, exact=True).click()
    expect(page.get_by_text("1 of 4 rows left out")).to_be_visible()
    expect(page).to_have_url(re.compile("marks=true.*missing=rows"))
    page.reload()
    expect(page.get_by_text("1 of 4 rows left out")).to_be_visible()
    expect(said).to_contain_text("decimal commas")
    page.get_by_text(source.OTHER_MARKS).tap()
    expect(said).to_contain_text("commas divide thousands")


def test_a_copy_of_a_data_set_is_in_the_address_and_other_columns_are_offered_at_once(open_page: Open):
    page = ready(open_page("/your_data?data=Cement&rate=0.1"))
    page.get_by_text(OPTIONS).click()
    page.get_by_role("button", name="Edit a copy").press("Enter")
    text = page.get_by_role("textbox", name="The table as text")
    expect(text).to_have_value(re.compile("^tricalcium aluminate"))
    expect(page).to_have_url(re.compile("table=tricalcium"))
    page.reload()
    expect(text).to_have_value(re.compile("^tricalcium aluminate"))
    text.fill("one,two\n1,2\n2,3")
    text.press("Control+Enter")
    page.get_by_text(OPTIONS).click()
    expect(page.get_by_test_id("stMultiSelect")).to_contain_text("one")
    expect(page.get_by_role("combobox", name="Target")).to_have_value("two")


def test_a_link_to_data_opens_the_same_run_in_a_fresh_browser(open_page: Open, server: Server):
    page = ready(open_page("/your_data?data=Penguins&bias=false&optimiser=Adam&batch=one+of+them&seed=5&rate=0.5"))
    page.get_by_text(OPTIONS).click()
    choose(page, "Target", "bill depth (mm)")
    expect(page.get_by_test_id("stMultiSelect")).to_contain_text("body mass (g)")
    expect(page).to_have_url(re.compile("batch=single"))
    share(page)
    code = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode")
    expect(code).to_contain_text("aim=bill+depth")
    link = code.inner_text().strip()
    other = ready(open_page(link.removeprefix(server.url)))
    other.get_by_text(OPTIONS).click()
    expect(verdict(other)).to_have_text(verdict(page).text_content() or "")
    assert other.get_by_test_id("stMultiSelect").inner_text() == page.get_by_test_id("stMultiSelect").inner_text()


def test_names_that_mean_something_elsewhere_are_only_names(open_page: Open):
    page = open_page("/your_data?data=Uploaded+file&rate=0.1")
    upload(page, "odd.csv", chance(NAMES, 9).encode())
    page.get_by_text("Weights and slopes, update by update").click()
    chart = page.locator(CHART)
    for name in NAMES[:-1]:
        expect(chart.last).to_contain_text(name)
    expect(chart.first.locator(".mark-symbol path").first).to_be_attached()
    assert page.get_by_test_id("stMain").locator("img").count() == 0
    assert page.get_by_test_id("stMain").locator(".katex").count() == 0


@pytest.mark.parametrize(
    ("data", "rate", "activation"),
    [("Nebulae", "1e50", "identity"), ("Employment", "1.3", "ReLU"), ("Employment", "1e-50", "sigmoid")],
)
def test_extreme_runs_are_drawn_without_a_complaint(open_page: Open, data: str, rate: str, activation: str):
    link = f"/your_data?data={data}&rate={rate}&activation={activation}&updates=300&standardise=false&start=1"
    chart = ready(open_page(link)).locator(CHART)
    expect(chart).to_contain_text("mean squared error")
    assert not re.search("NaN|Infinity|undefined|null", chart.text_content() or "")


def test_a_long_run_shows_how_far_it_is_and_can_be_stopped_and_go_on(open_page: Open):
    page = open_page("/your_data?data=Uploaded+file&rate=0.1&activation=tanh&updates=10000")
    rows = np.random.RandomState(0).normal(size=(15_000, 11)).round(3)
    upload(page, "large.csv", "\n".join(",".join(map(str, row)) for row in rows.tolist()).encode())
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(rf"Stopped after [\d{THIN}]+ of 10{THIN}000 updates"))
    expect(ready(page).get_by_role("button", name="Share or download")).to_be_visible()
    expect(verdict(page)).not_to_contain_text(f"in 10{THIN}000 updates")
    page.get_by_role("button", name="Go on").click()
    expect(verdict(page)).to_contain_text(f"in 10{THIN}000 updates", timeout=60_000)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)


def test_everything_is_taken_home_and_the_report_prints_on_one_page(open_page: Open, tmp_path: Path):
    page = ready(open_page("/your_data?data=Employment&rate=0.1&updates=100"))
    share(page)
    for name in ("Table", "Script", "Notebook", "SVG", "PNG", "Report"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        download.value.save_as(tmp_path / download.value.suggested_filename)
    made = {file.suffix: file for file in tmp_path.iterdir()}
    (said,) = printed([made[".py"].read_text()], tmp_path)
    assert "as in the lab" in said
    assert made[".csv"].read_text().count("\n") == 102
    assert made[".svg"].read_text().startswith("<svg")
    assert made[".png"].read_bytes().startswith(b"\x89PNG")
    browser = page.context.browser
    assert browser
    paper = browser.new_page()
    asked: list[str] = []
    paper.on("request", lambda request: asked.append(request.url))
    paper.goto(made[".html"].as_uri())
    pages = paper.pdf(prefer_css_page_size=True)
    assert asked == [made[".html"].as_uri()]
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) == 1
    paper.close()

"""The page Network in a real browser: one scrub bar for all its pictures, a weight that is chosen, and a phone."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.helpers.browser import CHART, SCRUB, listened, within

Open = Callable[..., Page]
EDGES = ".edges_0_marks line"  # what is clicked at, one for each weight


def middle(edge: Locator) -> tuple[float, float]:
    """The pixels of a point of an edge, nearer to where it ends: there no other one crosses it."""
    x, y = edge.evaluate(
        """line => {
            const point = line.getPointAtLength(line.getTotalLength() * 0.7).matrixTransform(line.getScreenCTM())
            return [point.x, point.y]
        }"""
    )
    return x, y


def test_scrubbing_switching_and_choosing_a_weight_change_the_picture_and_send_nothing(open_page: Open):
    page, sent = listened(open_page, "network", height=1600)
    chart, bar = page.locator(CHART).first, page.get_by_role("slider", name=SCRUB).first
    chosen = page.get_by_role("combobox", name="Chosen")
    expect(chart).to_contain_text("Update 200: mean squared error 0.002752")
    # The pointer over the curve of the loss, then the arrow keys.
    curve = chart.locator(".concat_2_layer_0_marks, .concat_2_layer_0_pathgroup").first.bounding_box()
    assert curve
    page.mouse.move(curve["x"] + curve["width"] / 2 - 8, curve["y"] + 20)
    page.mouse.move(curve["x"] + curve["width"] / 2, curve["y"] + 20)
    expect(bar).to_have_value("100")
    expect(chart).to_contain_text("Update 100:")
    bar.press("ArrowLeft")
    expect(chart).to_contain_text("Update 98:")
    surface = chart.locator(".mark-rect path, .mark-rect rect").first
    before = surface.get_attribute("fill")
    bar.press("Home")
    expect(chart).to_contain_text("Update 0: mean squared error 0.2548")
    expect(surface).not_to_have_attribute("fill", str(before))
    # Sample 4 has inputs 1 and 1: 0.06903 + 0.3043 - 0.08827 = 0.2851, and its tanh is 0.278.
    expect(chart).to_contain_text("0.278")
    page.get_by_role("radio", name="Weights").check(force=True)
    expect(chart).to_contain_text("−0.0883")
    page.mouse.click(*middle(chart.locator(EDGES).nth(8)))
    expect(chosen).to_have_value("11")
    expect(chart).to_contain_text("Layer 2, node 1, weight 3")
    chart.click(position={"x": 5, "y": 5})  # beside every mark
    page.mouse.click(curve["x"] + curve["width"] / 2, curve["y"] + 20)
    expect(bar).not_to_have_value("0")
    expect(chosen).to_have_value("11")
    expect(chart).to_contain_text("2 × (prediction − target)")
    chosen.select_option("Layer 1, node 2, bias")
    expect(chart).to_contain_text("which is the sum of:")
    page.get_by_role("radio", name="Predictions").check(force=True)
    expect(chart.locator(EDGES)).to_have_count(0)
    assert not sent
    # Another run, drawn in the same picture.
    page.get_by_role("slider", name="Learning rate").press("ArrowLeft")
    expect(page).to_have_url(re.compile("rate=2[.]"))
    expect(chosen).to_have_value("7")
    expect(bar).to_have_value("100")
    # A button sets fields that are drawn elsewhere.
    page.get_by_role("button", name="Slopes that vanish").click()
    expect(page.get_by_role("textbox", name="Hidden nodes")).to_have_value("4, 4, 4")
    expect(page.get_by_role("textbox", name="Learning rate")).to_have_value("3")
    expect(page.get_by_test_id("stMain")).to_contain_text("The slopes vanish.")
    expect(page).to_have_url(re.compile("hidden=4"))


def test_on_a_phone_a_tap_chooses_the_update_and_all_is_within_its_width(open_page: Open):
    page, sent = listened(
        open_page, "network?network_data=XOR, AND, OR&hidden=6, 6, 6", phone=True, color_scheme="dark"
    )
    chart = page.locator(CHART).first
    expect(chart).to_contain_text("layer 4")
    curve = chart.locator(".concat_2_layer_0_marks, .concat_2_layer_0_pathgroup").first
    curve.scroll_into_view_if_needed()
    box = curve.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + 20)
    expect(page.get_by_role("slider", name=SCRUB).first).to_have_value("250")  # every 10th
    page.get_by_role("radio", name="Predictions").check(force=True)
    expect(chart).to_contain_text("Output 1: input 1 across")
    surface = chart.locator(".mark-rect path, .mark-rect rect").first
    before = str(surface.get_attribute("fill"))
    page.get_by_role("combobox", name="Predictions of").select_option("Output 3")
    expect(chart).to_contain_text("Output 3: input 1 across")
    expect(surface).not_to_have_attribute("fill", before)
    assert not sent
    within(page, 390)

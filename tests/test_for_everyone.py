"""The lab for everyone: with a screen reader, weak sight, colour blindness, keys alone, a small or a printed page."""

import re
import tomllib
from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Literal

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pages import home
from pages.lessons import PAGES
from pages.shared.assignment import Assignment, Step
from pages.shared.runs_chart import DASHES, SHAPES
from tests.helpers.servers import ROOT

Open = Callable[..., Page]

THEME = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"]
SCHEMES = ("light", "dark")
TITLES = {"": home.TITLE} | {lesson.folder: f"{lesson.title} · {home.TITLE}" for lesson in PAGES}
# What is hard to find room for on a page; and an assignment in use, as its own page and another one show it.
ASSIGNED = Assignment("Slopes", "Read, then solve.", (Step("slope"), Step("practice", "Slope", 2)), locked=("updates",))
FULL = {
    "learning_rate": "?rate=0.1",
    "surface": "?inputs2=3 1 2",
    "network": "?hidden=6, 6, 6",
    "slope": "?activation=sigmoid&inputs=1 2 3 4 5 6 7 8 9 10&weights=-1 0 1 0 1 0 1 0 -1 0.123456",
    "many_updates": "?rate=0.2&updates=500",
    "compare": "?updates=300",
    "your_data": "?rate=0.1&data=Employment&batch=mini-batch",
    "practice": "?exercise=Bug+hunt&question=2",
    "assignment": f"?assignment={ASSIGNED.text()}",
    "one_update": f"?assignment={ASSIGNED.text()}",
}
# What axe finds in Streamlit's own parts: rule -> class.
STREAMLITS = {
    "list": "stSidebarNavItems",  # its menu puts the pages beneath a heading into a list within a list
    "listitem": '<li class="st-emotion-cache',
    "scrollable-region-focusable": "katex-display",  # a formula that fits is said to scroll
    "presentation-role-conflict": "stFileUploaderDropzone",  # nothing for keys: its button is
    "color-contrast": "token",  # its highlighting of code, which no setting changes
}
ALL = {"resultTypes": ["violations"], "elementRef": False}  # naming all that is right takes it most of its time
COLOURS = ALL | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Elsewhere only the colours differ, and what is beside what.
LOOKS: tuple[tuple[Literal["light", "dark"], int, dict], ...] = (
    ("light", 1280, ALL),
    ("dark", 1280, COLOURS),
    ("dark", 390, COLOURS),
)
# For each text of the charts its colour, and the colours under it, each with its opacity, the ground first.
TEXTS = """() => [...document.querySelectorAll('svg.marks')].flatMap(svg => {
    const opacity = shape => shape === svg ? 1 : getComputedStyle(shape).opacity * opacity(shape.parentElement)
    const paint = shape => {
        const {fill, fillOpacity} = getComputedStyle(shape)
        return [fill, fill.startsWith('rgb(') ? fillOpacity * opacity(shape) : 0]
    }
    const shapes = [...svg.querySelectorAll('path')].filter(shape => paint(shape)[1])
    const texts = [...svg.querySelectorAll('text')].filter(text => text.textContent.trim() && paint(text)[1])
    return texts.map(text => {
        const {x, y, width, height} = text.getBoundingClientRect(), centre = new DOMPoint(x + width / 2, y + height / 2)
        const under = shapes.filter(shape =>
            shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING
            && shape.isPointInFill(centre.matrixTransform(shape.getScreenCTM().inverse())))
        return [text.textContent, paint(text), [getComputedStyle(svg).backgroundColor, 1], ...under.map(paint)]
    })
})"""
WITHIN = """() => [document.scrollingElement, ...document.querySelectorAll('svg.marks')].every(
    part => !part.checkVisibility()
        || part.scrollWidth <= innerWidth && part.getBoundingClientRect().right <= innerWidth)"""
# Whether the page and its charts have a colour as their ground, and are no wider than the screen.
DRAWN = f"""ground => ({WITHIN})()
    && [document.querySelector('.stApp'), ...document.querySelectorAll('svg.marks')].every(part => {{
        const [r, g, b] = getComputedStyle(part).backgroundColor.match(/[0-9]+/g)
        const hex = '#' + [r, g, b].map(part => (+part).toString(16).padStart(2, '0')).join('')
        return !part.checkVisibility() || hex === ground
    }})"""
# Machado, Oliveira and Fernandes 2009: what is seen of linear red, green and blue without one kind of cones.
SEEN = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])  # of sRGB


def linear(colour: np.ndarray) -> np.ndarray:
    """An sRGB colour, 0 to 1, in amounts of light."""
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def of_hex(colour: str) -> np.ndarray:
    """The amounts of light of a colour such as #0072b2."""
    return linear(np.frombuffer(bytes.fromhex(colour[1:]), np.uint8) / 255)


def lab(light: np.ndarray) -> np.ndarray:
    """Amounts of light as CIELAB, in which distances are differences that are seen."""
    share = XYZ @ np.clip(light, 0, 1) / XYZ.sum(1)
    x, y, z = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(text: tuple[str, float], *under: tuple[str, float]) -> float:
    """The contrast of a text with what is painted under it, as WCAG counts it."""
    ground = np.zeros(3)
    lights = []
    for colour, opacity in (*under, text):
        painted = np.array([float(number) for number in re.findall(r"[\d.]+", colour)[:3]]) / 255
        ground = opacity * painted + (1 - opacity) * ground
        lights.append(float(XYZ[1] @ linear(ground)))
    low, high = sorted(lights[-2:])
    return (high + 0.05) / (low + 0.05)


def pale(page: Page) -> list[tuple[str, float]]:
    """The texts of the charts with less contrast than WCAG asks for."""
    found = [(text, contrast(*paints)) for text, *paints in page.evaluate(TEXTS)]
    return [(text, ratio) for text, ratio in found if ratio < 4.5]


def violations(page: Page, rules: dict) -> list[tuple[str, str]]:
    """What axe finds in ours: the rule, and the element."""
    return [
        (violation["id"], node["html"])
        for violation in Axe().run(page, options=rules).response["violations"]
        for node in violation["nodes"]
        if STREAMLITS.get(violation["id"], "nothing") not in node["html"]
    ]


def settled(page: Page) -> Page:
    """The page, once it is drawn and nothing is under way."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    for chart in page.get_by_test_id("stVegaLiteChart").all():
        expect(chart.locator(".marks")).to_be_attached()
    return page


@pytest.mark.parametrize("folder", TITLES)
def test_a_page_is_for_everyone(open_page: Open, folder: str):
    page = settled(open_page(f"/{folder}{FULL.get(folder, '')}", reduced_motion="reduce"))
    expect(page).to_have_title(TITLES[folder])
    levels = page.get_by_role("heading").evaluate_all("all => all.map(heading => +heading.tagName[1])")
    assert levels[0] == 1
    assert all(1 < level <= before + 1 for before, level in pairwise(levels))
    for name in page.get_by_test_id("stVegaLiteChart").evaluate_all("all => all.map(chart => chart.ariaLabel)"):
        assert 0 < len(name) < 250
    page.wait_for_function("() => !document.getAnimations().length")
    for scheme, width, rules in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_function(DRAWN, arg=THEME[scheme]["backgroundColor"])
        assert not violations(page, rules)
        assert not pale(page)
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    page.emulate_media(media="screen", forced_colors="active")
    assert not pale(page)
    page.emulate_media(forced_colors="none")
    for narrow in (320, 640):  # a small phone; a page of 1280 at 200 %
        page.set_viewport_size({"width": narrow, "height": 640})
        page.wait_for_function(WITHIN)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("seen", SEEN)
def test_curves_are_told_apart_with_every_kind_of_colour_blindness(scheme: str, seen: str):
    colours = [lab(SEEN[seen] @ of_hex(colour)) for colour in THEME[scheme]["chartCategoricalColors"]]
    assert min(np.linalg.norm(one - other) for one, other in combinations(colours, 2)) > 10


def test_curves_are_told_apart_without_any_colour():
    assert len({*map(tuple, DASHES)}) == len(DASHES) == len({*SHAPES}) == len(THEME["light"]["chartCategoricalColors"])


def test_what_appears_on_practice_is_announced_and_the_focus_stays(open_page: Open):
    page = settled(open_page("/practice"))
    page.get_by_role("button", name="Hint 1 of 3 for the numbers").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Hint 1")).to_be_visible()
    expect(page.get_by_role("button", name="Hint 2 of 3 for the numbers")).to_be_focused()
    field = page.get_by_role("textbox", name="The slope of every weight, in numbers")
    field.fill("1, 2, 3")
    field.press("Enter")
    expect(page.get_by_role("status").or_(page.get_by_role("alert")).filter(has_text="Not yet")).to_be_visible()
    expect(field).to_be_focused()

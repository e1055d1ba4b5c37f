"""Failure looks like failure: the colour of a verdict on every page that has one."""

import pytest

from tests.helpers.app import verdict_boxes, visit

COLOURS = {"0.0001": "info", "0.03": "info", "1/28": "info", "0.05": "warning", "1/14": "warning", "0.08": "error"}
# On these pages the picture moves all weights, by so many times the rate that moves one or two of them alike.
SCALE = {"": 1, "one_update": 1, "many_updates": 1, "learning_rate": 14 / 9, "surface": 14 / 13}


def boxes(folder: str, **link: str) -> list[tuple[str, str]]:
    """The colour and the icon of every verdict on a page."""
    return [(box.type, box.icon) for box in verdict_boxes(visit(folder, **link))]


@pytest.mark.parametrize("folder", SCALE)
def test_a_verdict_has_the_colour_of_its_zone_on_the_ruler(folder: str):
    for rate, colour in COLOURS.items():
        above, _, below = rate.partition("/")
        scaled = float(above) / float(below or 1) * SCALE[folder]
        typed = rate if SCALE[folder] == 1 else str(scaled)
        assert boxes(folder, rate=typed)[0][0] == colour, rate


def test_no_two_verdicts_of_one_colour_have_one_icon():
    found = {boxes("many_updates", rate=rate)[0] for rate in COLOURS}
    assert len(found) == len(COLOURS)


@pytest.mark.parametrize(
    ("folder", "link", "colour"),
    [
        ("compare", {"rate": "0.02"}, "info"),
        ("compare", {"rate": "0.001"}, "info"),
        ("compare", {"rate": "0.08", "runs": "0.09"}, "error"),
        ("your_data", {}, "info"),
        ("your_data", {"rate": "5", "updates": "50"}, "error"),
        ("many_updates", {"inputs": "0 0 0", "target": "1"}, "warning"),
        ("many_updates", {"target": "7"}, "info"),
        ("many_updates", {"activation": "tanh", "target": "0.2", "inputs": "1", "weights": "2", "rate": "3"}, "error"),
        ("learning_rate", {"activation": "ReLU", "rate": "1", "target": "6"}, "error"),
        ("one_update", {"inputs": "1e50", "weights": "1e50", "rate": "1e50"}, "error"),
    ],
)
def test_what_no_zone_describes_has_its_colour_too(folder: str, link: dict[str, str], colour: str):
    assert boxes(folder, **link)[0][0] == colour

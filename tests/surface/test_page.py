"""The page Surface: its picture, its link, and what cannot be used."""

import pytest

from pages.surface import text
from pages.surface.fields import ONE, TWO
from tests.helpers.app import errors, shown, visit


def test_the_page_shows_a_trough_and_with_one_click_a_bowl():
    app = visit("surface", inputs="3 4", weights="1 2", target="6")
    assert text.TROUGH in app.info[0].value
    assert "(0.4, 1.2)" in shown(app)
    app.radio(key="samples").set_value(TWO).run()
    assert app.text_input(key="inputs2").value == "4 3"
    assert app.text_input(key="target2").value == "7.5"  # 4 + 6 = 10, less half the error of 5
    assert text.BOWL in app.info[0].value
    assert "**49**" in app.info[0].value
    app.radio(key="samples").set_value(ONE).run()
    assert text.TROUGH in app.info[0].value


def test_a_link_names_the_weights_the_second_sample_and_the_runs():
    link = {"across": "3", "up": "1", "inputs2": "1 0 1", "target2": "2", "runs": "adam 0.1", "follow": "true"}
    app = visit("surface", **link)
    assert not app.exception
    assert app.dataframe[-1].value.columns.tolist()[2:4] == ["weight 3", "weight 1"]
    assert app.dataframe[-1].value["name"].tolist() == ["yours", "adam 0.1"]
    for part in ("across=3", "up=1", "inputs2=1+0+1", "target2=2", "runs=adam+0.1", "follow=true"):
        assert part in app.code[0].value


@pytest.mark.parametrize(
    ("link", "sentences"),
    [
        ({"inputs2": "1 2"}, 1),
        ({"inputs2": "1 2 <b>"}, 1),
        ({"inputs2": "1 2 3", "target2": "nan"}, 1),
        ({"inputs2": "1 2 <b>", "target2": "<b>"}, 2),
    ],
)
def test_what_cannot_be_used_gets_a_sentence_and_nothing_is_drawn(link: dict[str, str], sentences: int):
    app = visit("surface", **link)
    assert len(errors(app)) == sentences
    assert not any("<b>" in sentence for sentence in errors(app))
    assert not app.exception
    assert not app.get("vega_lite_chart")


def test_a_second_sample_is_typed_as_in_every_field():
    app = visit("surface", inputs="3 4", weights="1 2", inputs2="array([4, 3])", target2="7,5")
    assert (
        app.info[0].value == visit("surface", inputs="3 4", weights="1 2", inputs2="4 3", target2="7.5").info[0].value
    )
    assert any(caption.value == "7,5 is read as 7.5." for caption in app.caption)
    app = visit("surface", inputs2="1,5")
    assert "1,5 is read as 1 and 5." in errors(app)[0]


def test_a_target_without_a_second_sample_does_not_matter():
    app = visit("surface", target2="x")
    assert not errors(app)
    assert text.TROUGH in app.info[0].value


@pytest.mark.parametrize(
    "link", [{"across": "9", "up": "x"}, {"across": "2", "up": "2"}, {"follow": "maybe"}, {"up": "nan"}]
)
def test_a_mangled_link_shows_the_usual_weights(link: dict[str, str]):
    app = visit("surface", **link)
    assert not app.exception
    assert app.dataframe[-1].value.columns.tolist()[2:4] == ["weight 2", "weight 3"]


def test_one_weight_has_no_surface():
    app = visit("surface", inputs="2", weights="1")
    assert len(app.info) == 1
    assert not app.get("vega_lite_chart")
    assert not app.exception

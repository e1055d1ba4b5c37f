"""A link has every field of its page in it, and opens the same page anywhere."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import fields
from tests.helpers.app import FOLDERS, WITHOUT_NEURON, shown, visit

# A field's other value, where the text it has with a 1 behind it would not do.
OTHER = {"inputs2": "3 1 2", "hidden": "2, 2", "network_size": "3", "updates": "33"}


def in_link(app: AppTest) -> dict[str, Any]:
    """What a link to the page says."""
    return dict(app.session_state[fields.LINK])


def change(app: AppTest, key: str) -> None:
    """Give the field with this key another value."""
    texts, choices = (*app.text_input, *app.text_area), (*app.selectbox, *app.radio)
    for text in (field for field in texts if field.key == key):
        text.set_value(OTHER.get(key, f"{text.value}1"))
    for choice in (field for field in choices if field.key == key):
        index = (choice.index or 0) + 1
        choice.set_value(choice.options[index % len(choice.options)])
    for switch in (field for field in (*app.checkbox, *app.toggle) if field.key == key):
        switch.set_value(not switch.value)
    for several in (field for field in (*app.multiselect, *app.pills) if field.key == key):
        several.set_value(several.value[1:] or several.options[:1])
    for slider in (field for field in app.slider if field.key == key):
        slider.set_value(slider.max if slider.value == slider.min else slider.min)
    app.run()


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_link_with_every_field_changed_opens_the_same_page_in_a_fresh_session(folder: str):
    app = visit(folder)
    begins = in_link(app)
    neuron = {"inputs", "weights", "target", "rate", "updates", "activation"}
    assert begins.keys().isdisjoint(neuron) if folder in WITHOUT_NEURON else begins.keys() >= neuron
    changed: set[str] = set()
    while left := [key for key in in_link(app) if key not in changed]:  # some fields come with what another one says
        # A data set that is chosen sets other fields, the updates among them, of which few are quick.
        key = next((key for key in ("data", "network_data", "updates") if key in left), left[0])
        change(app, key)
        changed.add(key)
        assert not app.exception, key
    link = in_link(app)
    assert all(link[key] != value for key, value in begins.items() if key in link)
    fresh = visit(folder, **link)
    assert in_link(fresh) == link
    assert shown(fresh) == shown(app)


def test_what_the_sidebar_says_is_still_said_after_a_page_that_has_none():
    app = visit("many_updates", rate="0.02", activation="tanh")
    app.text_input(key="target").set_value("0.5").run()
    before = in_link(app)
    app.switch_page("practice/page.py").run()
    assert not app.sidebar.text_input
    app.switch_page("many_updates/page.py").run()
    assert in_link(app) == before


@pytest.mark.parametrize(("old", "now"), fields.RENAMED["batch"].items())
def test_a_link_with_the_old_name_of_a_choice_opens_the_same_run(old: str, now: str):
    app = visit("your_data", batch=old, seed="5", data="Penguins")
    assert app.selectbox(key="batch").value == now
    assert shown(app).replace(old, now) == shown(visit("your_data", batch=now, seed="5", data="Penguins"))

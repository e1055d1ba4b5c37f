"""The specs of all pictures."""

import altair as alt
import pytest
from jsonschema import ValidationError

from pages.lessons import PAGES
from pages.shared import history_chart, theme


def test_every_spec_is_one_that_vega_lite_takes():
    for page in PAGES:
        page.load()
    for spec in (*(build() for build in theme.BUILT_ONCE), history_chart.panels(3)):
        alt.Root.validate(spec)


def test_a_spec_with_a_word_that_vega_lite_does_not_know_is_not():
    with pytest.raises(ValidationError):
        alt.Root.validate(theme.finish(alt.Chart(alt.NamedData("rows")).mark_line(colour="gray")))

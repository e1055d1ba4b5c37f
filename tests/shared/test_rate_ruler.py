"""The ruler of learning rates: its picture says of each rate what the page says."""

import html
import math
import re

import pandas as pd
import pytest

from gd_core.regimes import Regime
from pages.shared import image, rate_ruler, ruler_chart
from pages.shared.rate_ruler import Row

SHARES = [0, 1e-30, 1e-5, 0.28, 1, 1.5, 2 - 5e-4, 2 - 1e-13, 2, 2 + 3e-4, 2.24, 50, 1e12]
NOBODY = pd.DataFrame({"row": [], "place": []}, dtype=float)


def test_the_message_names_the_regime_of_the_marks():
    row = Row("All weights", 28)
    assert rate_ruler.message(row, 1 / 28, linear=True) == f"All weights: error × 0, {Regime.ONE_STEP}"
    assert rate_ruler.message(row, 1 / 14, linear=True) == f"All weights: error × −1, {Regime.OSCILLATES}"


@pytest.mark.parametrize("linear", [True, False])
def test_the_picture_writes_what_an_update_does_as_the_page_does(linear: bool):
    rows, rate = [Row(str(share), 100 * share, "distance") for share in SHARES], 0.01
    datasets = {
        "marks": rate_ruler.marks(rows, linear=linear),
        "ruler": rate_ruler.places(rows, rate_ruler.at(rate)),
        "guess": NOBODY,
    }
    svg = html.unescape(image.svg(ruler_chart.chart(math.log10(rate), datasets)))
    written = re.findall(r">([^<>]*: distance × [^<>]*)<", svg)
    assert sorted(written) == sorted(rate_ruler.message(row, rate, linear=linear) for row in rows)

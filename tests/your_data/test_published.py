"""Figures that others have published, on the page Your data: typed as a table, with a link's settings."""

import numpy as np
import pytest

from tests.helpers.app import visit
from tests.helpers.published import CARS, DATA, MILES, POUNDS


def weights(table: str, rate: str, updates: int, *, standardise: bool) -> np.ndarray:
    """The weights after each update of a typed table; that of the bias comes last."""
    link = {"data": "Typed table", "table": table, "rate": rate, "updates": str(updates)}
    app = visit("your_data", standardise=str(standardise).lower(), **link)
    assert not app.exception
    assert not app.error
    return app.session_state["job"].history().weights


def test_seven_cars_of_the_machine_learning_crash_course():
    table = "\n".join(["pounds,mpg", *(f"{x},{y}" for x, y in zip(POUNDS, MILES, strict=True))])
    run = weights(table, "0,01", 5, standardise=False)
    assert run == pytest.approx(np.array([row[:2] for row in CARS]), abs=0.005)


@pytest.mark.parametrize(
    ("file", "updates", "standardise", "theta"),
    [
        ("food_trucks.csv", 1500, False, [1.1664, -3.6303]),
        ("houses.csv", 400, True, [99411.4495, 3267.0129, 334302.0640]),
    ],
)
def test_andrew_ngs_course_at_half_its_rate(file: str, updates: int, standardise: bool, theta: list[float]):
    run = weights((DATA / file).read_text(), "0.01/2", updates, standardise=standardise)
    assert run[-1] == pytest.approx(theta, abs=5e-5)

"""Numbers as people read them, worked by hand, and read back."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages.shared import numbers, parse
from pages.shared.numbers import THIN
from tests.helpers.app import NOT_A_NUMBER

FINITE = st.floats(allow_nan=False, allow_infinity=False)
TYPED = st.floats(parse.SMALLEST, parse.LARGEST / 2)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (5.04, "5.04"),
        (25.4016, "25.4"),
        (-0.5, "−0.5"),
        (2 / 3, "0.6667"),
        (0.0001, "0.0001"),
        (9.62711e-5, "9.627 × 10⁻⁵"),
        (9.99999e-5, "10⁻⁴"),
        (-1e-8, "−10⁻⁸"),
        (999.97, f"1{THIN}000"),
        (5456, f"5{THIN}456"),
        (12345.678, f"12{THIN}346"),
        (141805, f"141{THIN}805"),
        (-9999999, f"−9{THIN}999{THIN}999"),
        (9999999.5, "10⁷"),
        (7.0353e14, "7.035 × 10¹⁴"),
        (math.inf, numbers.TOO_LARGE),
        (-math.inf, numbers.TOO_LARGE),
        (math.nan, numbers.TOO_LARGE),
    ],
)
def test_a_number_has_four_significant_digits(value: float, written: str):
    assert numbers.number(value) == written


def test_other_digits_are_written_where_they_are_asked_for():
    assert numbers.number(-0.494704438, 9) == "−0.494704438"
    assert numbers.number(12345.678, 9) == f"12{THIN}345.678"
    assert numbers.number(4.0267e-10, 3) == "4.03 × 10⁻¹⁰"


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.28, "0.72"),
        (0, "1"),
        (1, "0"),
        (2, "−1"),
        (2.24, "−1.24"),
        (3.247e-5, "1 − 3.247 × 10⁻⁵"),
        (0.0004, "1 − 0.0004"),
        (2 + 8e-7, "−1 − 8 × 10⁻⁷"),
        (2 - 2e-6, "−1 + 2 × 10⁻⁶"),
    ],
)
def test_a_factor_near_1_or_minus_1_is_told_apart_from_it(share: float, written: str):
    assert numbers.factor(share) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1 / 28, "1/28 = 0.03571"),
        (1 / 14, "1/14 = 0.07143"),
        (2 / 49, "2/49 = 0.04082"),
        (1 / 3, "1/3 = 0.3333"),
        (0.02, "0.02"),  # 1/50, but its digits say all of it
        (0.0357143, "0.03571"),  # near 1/28
        (1 / 501, "0.001996"),
        (1 / 3e8, "3.333 × 10⁻⁹"),
        (math.inf, numbers.TOO_LARGE),
    ],
)
def test_a_rate_that_is_a_simple_fraction_is_written_as_one(value: float, written: str):
    assert numbers.rate(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-7, "-7"),
        (25.4016, "25.4"),
        (141805, r"141\,805"),
        (-9.62711e-5, r"-9.627 \cdot 10^{-5}"),
        (1e7, "10^{7}"),
        (math.inf, rf"\text{{{numbers.TOO_LARGE}}}"),
    ],
)
def test_a_formula_has_the_same_digits_in_latex(value: float, written: str):
    assert numbers.latex(value) == written


def test_updates_are_counted_in_words():
    assert numbers.count(1) == "1 update"
    assert numbers.count(3000) == f"3{THIN}000 updates"
    assert numbers.count(2.5e8) == "2.5 × 10⁸ updates"
    assert numbers.whole(4294967295) == f"4{THIN}294{THIN}967{THIN}295"


@given(FINITE)
@example(-1e-320)
@example(9999999.499)
@example(9.9995e-5)
def test_no_number_shows_an_e_nan_inf_or_minus_zero(value: float):
    text = numbers.number(value)
    assert not set("einfa-+,") & set(text)
    assert text not in ("−0", "")
    assert not NOT_A_NUMBER.search(text)


@given(st.just(0.0) | TYPED | TYPED.map(lambda size: -size) | st.floats(-1e8, 1e8).filter(lambda x: abs(x) > 1e-9))
@example(1000.5)
@example(9999999.5)
def test_a_number_copied_from_the_screen_is_read_back_to_four_digits(value: float):
    assert parse.number(numbers.number(value), "") == pytest.approx(value, rel=5.0001e-4)


@given(st.floats(0, 4), st.floats(1e-12, 1e12))
def test_factors_and_rates_are_ones_that_can_be_read_too(share: float, rate: float):
    for text in (numbers.factor(share), numbers.rate(rate)):
        assert not set("einfa-") & set(text)
    assert parse.number(numbers.rate(rate).split(" = ")[0], "") == pytest.approx(rate, rel=5.0001e-4)


@given(st.lists(TYPED, min_size=2, max_size=9), st.sampled_from([", ", "; ", " "]))
def test_a_row_of_numbers_copied_from_the_screen_stays_a_row(values: list[float], between: str):
    read = parse.numbers(between.join(map(numbers.number, values)), "", most=20)
    assert read == pytest.approx(values, rel=5.0001e-4)


def test_a_formula_has_negative_numbers_in_brackets_and_leaves_out_what_is_in_the_middle():
    written = [numbers.bracketed(value) for value in (1, -2, 3, -4, 5)]
    assert numbers.shortened(written) == ["1", "(−2)", "…", "5"]
    assert numbers.shortened(written[:4]) == ["1", "(−2)", "3", "(−4)"]

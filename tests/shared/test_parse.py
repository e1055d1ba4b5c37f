"""What people type: every way of writing numbers, and a sentence for everything else."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared import parse
from pages.shared.numbers import THIN

SIZES = st.floats(parse.SMALLEST, parse.LARGEST)
ASK = "Type 1 to 20 numbers, such as 1, 2, 3."


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1, 2, 3", [1, 2, 3]),
        ("1 2 3", [1, 2, 3]),
        ("[1 2 3]", [1, 2, 3]),
        ("[1, 2, 3]", [1, 2, 3]),
        (" [ 1 ,2,  3 ] ", [1, 2, 3]),
        ("(1; 2; 3)", [1, 2, 3]),
        ("1,2\t3\n", [1, 2, 3]),
        ("[1. 2. 3.]", [1, 2, 3]),
        ("1e-3", [0.001]),
        ("-.5", [-0.5]),
        ("+.5E+1", [5]),
        ("\N{MINUS SIGN}2", [-2]),
        ("1e50", [1e50]),
        ("1e-400", [0]),
        ("7", [7]),
        ("7/2", [3.5]),
        ("1 / 28, -3/4", [1 / 28, -0.75]),
        ("141\N{THIN SPACE}805, −1\N{NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567.5", [141_805, -1_234_567.5]),
        ("12\N{THIN SPACE}345 6", [12_345, 6]),
        ("1 234, 1\t234", [1, 234, 1, 234]),
        ("1\N{THIN SPACE}23, 1.5\N{THIN SPACE}250", [1, 23, 1.5, 250]),
        ("1234\N{THIN SPACE}567, 1\N{THIN SPACE}234\N{THIN SPACE}5", [1234, 567, 1, 234, 5]),
        ("9.627 × 10⁻⁵", [9.627e-5]),
        ("9.627·10^-5 9.627 x 10^-5; -.5*10^−5", [9.627e-5, 9.627e-5, -5e-6]),
        ("−10⁻⁸, 10⁷, 10^+3", [-1e-8, 1e7, 1000]),
        ("1·10^-3, 1 × 10⁻³, 2*10**-3, 2/7", [0.001, 0.001, 0.002, 2 / 7]),
        ("[14. 28. 42.]", [14, 28, 42]),
        ("array([14, 28, 42])", [14, 28, 42]),
        ("np.array([30, 40])", [30, 40]),
        ("numpy.array((30, 40,),)", [30, 40]),
        ("array([ 14.,  28.,\n        42.], dtype=float32)", [14, 28, 42]),
        ("array([[1, 2]])", [1, 2]),
        ("np.float64(5.04)", [5.04]),
        ("[np.float64(5.04), np.int64(-7)]", [5.04, -7]),
        ("array(5.04)", [5.04]),
        ("(14, 28, 42)", [14, 28, 42]),
        ("(14,)", [14]),
        ("1, 2,", [1, 2]),
        ("[1,\n 2,\n 3,\n],", [1, 2, 3]),
        ("1,5; 2,5; 3", [1.5, 2.5, 3]),
        ("1,5 2,5 3", [1.5, 2.5, 3]),
        ("-0,5 2", [-0.5, 2]),
        ("[1,5; −2,5]", [1.5, -2.5]),
        ("1,5e-3;2·10^3", [0.0015, 2000]),
        ("1,5\t2,5\t3", [1.5, 2.5, 3]),
        ("1,5", [1, 5]),
        ("[1,5]", [1, 5]),
        ("1,5, 2,5", [1, 5, 2, 5]),
        ("1,2,3", [1, 2, 3]),
        ("1,2;3.5", [1, 2, 3.5]),
        ("1/2,3/4 5", [1 / 2, 3 / 4, 5]),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, numbers: list[float]):
    assert parse.numbers(text, ASK, most=20) == numbers


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing here yet"),
        ("  ", "nothing here yet"),
        ("[]", "nothing here yet"),
        ("words", "This is not a number"),
        ("1, two, 3", "Entry 2 is not a number"),
        ("1,,2", "Entry 2 is not a number"),
        ("1, 2,,", "Entry 3 is not a number"),
        ("array([1, 2]", "not a number"),
        ("np.array([[1, 2], [3, 4]])", "Entry 2 is not a number"),
        ("np.exp(1)", "This is not a number"),
        ("float64(1, 2)", "not a number"),
        ("((((1))))", "not a number"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        ("-Infinity", "not a number"),
        ("1e999", "too large"),
        ("1e-60", "too close to 0"),
        ("1 -2e60", "Number 2 is too large"),
        ("0x10", "not a number"),
        ("1_000", "not a number"),
        ("\N{ARABIC-INDIC DIGIT THREE}", "not a number"),
        ("[1 2", "Entry 1 is not a number"),
        ("[1 2)", "Entry 1 is not a number"),
        ("1e", "not a number"),
        ("--1", "not a number"),
        ("1 2 " * 25, "50 numbers"),
        ("1" * 601, "too long"),
        ("1/0", "divides by 0"),
        ("1/2/3", "not a number"),
        ("/2", "not a number"),
        ("1e999/1e999", "too large"),
        ("1/1e999", "too large"),
        ("10²⁰⁰", "too large"),
        ("2 × 10⁻⁹⁹", "too close to 0"),
        ("1/2 × 10^3", "not a number"),
        ("1/10^3", "not a number"),
        ("10^3/2", "not a number"),
        ("210^3", "not a number"),
        ("10^5.5", "not a number"),
        ("10²³ ⁴", "Entry 2 is not a number"),
        ("2²", "not a number"),
        ("5 × 10", "not a number"),
        ("10^2^3", "not a number"),
    ],
)
def test_everything_else_gets_one_sentence_that_says_what_to_type(text: str, says: str):
    with pytest.raises(ValueError, match=says) as caught:
        parse.numbers(text, ASK, most=20)
    assert str(caught.value).endswith(ASK)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0,01", 0.01), ("-1,5", -1.5), ("1,5 × 10⁻³", 0.0015), ("0,001", 0.001), ("1\N{THIN SPACE}234,5", 1234.5)],
)
def test_a_lone_comma_is_decimal_where_one_number_is_asked_for(text: str, number: float):
    assert parse.number(text, ASK) == number
    assert parse.numbers(text, ASK, most=20) != [number]


@pytest.mark.parametrize("text", ["1,000", "-12,500", "1,2,3", "(1,5)", "1,5 2"])
def test_what_may_be_a_thousand_or_several_numbers_is_not_taken_for_one(text: str):
    with pytest.raises(ValueError, match="numbers"):
        parse.number(text, ASK)


@pytest.mark.parametrize(
    ("text", "one", "says"),
    [
        ("0,01", True, "0,01 is read as 0.01."),
        ("1,5; 2,5; 3", False, "1,5 is read as 1.5."),
        ("1,5", False, "1,5 is read as 1 and 5. If you mean one number, type 1.5."),
        ("0.5, 1,5", False, "1,5 is read as 1 and 5. If you mean one number, type 1.5."),
        ("1,000", False, "1,000 is read as 1 and 0. If you mean one number, type 1000 or 1."),
        ("; 1,5", False, "1,5 is read as 1 and 5. If you mean one number, type 1.5."),
        ("1,2,3", False, ""),
        ("1, 2", False, ""),
        ("[1,2]", False, ""),
        ("words, <b>,5", False, ""),
        ("", True, ""),
    ],
)
def test_a_comma_that_could_be_read_otherwise_is_explained(text: str, one: bool, says: str):
    assert parse.remark(text, one=one) == says


@pytest.mark.parametrize("word", ["two", "1.2.3", "1_000", "0x10", "--1"])
def test_a_refusal_names_what_was_typed(word: str):
    with pytest.raises(ValueError, match=f"Entry 2 is not a number: {word}\\. "):
        parse.numbers(f"1, {word}, 3", ASK, most=20)


@pytest.mark.parametrize(
    "word", ["<b>", "www.x", "a@b", ":red[x]", "_x_", "x_", "*x*", "$x$", "`x`", "http://x", "x" * 25, "\u202ex"]
)
def test_a_refusal_never_names_what_markdown_would_not_show_as_it_is(word: str):
    assert parse.named(word) == ""


def test_minus_zero_is_zero():
    assert math.copysign(1, parse.number("-0", ASK)) == 1


@given(st.text())
def test_no_text_ends_in_anything_but_finite_numbers_or_a_sentence(text: str):
    try:
        numbers = parse.numbers(text, ASK, most=20)
    except ValueError as sentence:
        assert str(sentence).endswith(ASK)  # noqa: PT017 - most texts are refused, some are not
    else:
        assert 1 <= len(numbers) <= 20
        assert all(abs(number) <= parse.LARGEST for number in numbers)


@given(
    st.lists(st.just(0.0) | SIZES | SIZES.map(lambda size: -size), min_size=1, max_size=20),
    st.sampled_from([", ", " ", ",", ";"]),
)
def test_full_precision_survives_the_way_through_text(numbers: list[float], between: str):
    assert parse.numbers(between.join(map(repr, numbers)), ASK, most=20) == numbers


@given(st.lists(st.sampled_from(["1", "-2", "0,5", "1,5", "3,25", "1,000", "2.5", "7/2"]), min_size=1), st.booleans())
def test_no_comma_has_two_readings_in_one_text(words: list[str], one: bool):
    text = "; ".join(words)
    said, decimal = parse.remark(text, one=one), parse.plain(text, one=one) != text
    assert decimal == (bool(said) and " and " not in said)
    if "," not in text:
        assert not said


@given(st.text(alphabet="<>*_[]()`$:!&#", min_size=1))
def test_sentences_never_repeat_what_was_typed(text: str):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - any sentence will do
        parse.numbers(text, "", most=20)
    assert not set("<>*_[]()`$!&#") & set(str(caught.value))


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("10000", 10_000), ("5.0", 5), ("4/2", 2)])
def test_whole_numbers_within_their_range_are_read(text: str, number: int):
    assert parse.whole(text, 1, 10_000) == number


@pytest.mark.parametrize("text", ["0", "10001", "2.5", "inf", "1, 2", ""])
def test_what_is_no_whole_number_in_the_range_is_refused(text: str):
    with pytest.raises(ValueError, match=f"from 1 to 10{THIN}000"):
        parse.whole(text, 1, 10_000)


@pytest.mark.parametrize("text", ["0", "-0.1", "fast"])
def test_what_is_not_above_0_is_refused(text: str):
    with pytest.raises(ValueError, match="greater than 0"):
        parse.positive(text, "It would stand still.")

"""A typed line of numpy: what is worked out, and that nothing else is."""

import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shared.quiz.formula import ATTRIBUTES, FUNCTIONS, LARGEST, METHODS, NUMPY, FormulaError, evaluate

NAMES = {
    "input_data": (1.0, 2.0, 3.0),
    "weights": (0.0, 2.0, 1.0),
    "target": 0.0,
    "error": 7.0,
    "slope": (14.0, 28.0, 42.0),
    "learning_rate": 0.01,
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 * error * input_data", [14, 28, 42]),
        ("input_data*2*error", [14, 28, 42]),
        ("np.multiply(input_data, 2 * error)", [14, 28, 42]),
        ("np.dot(weights, input_data) - target", 7),
        ("(weights * input_data).sum()", 7),
        ("weights @ input_data", 7),
        ("weights.dot(input_data)", 7),
        ("sum(weights * input_data)", 7),
        ("np.sum(weights * input_data)", 7),
        ("np.square(error)", 49),
        ("error ** 2", 49),
        ("-error ** 2", -49),
        ("get_error(input_data, target, weights)", 7),
        ("get_slope(input_data, target, weights)", [14, 28, 42]),
        ("get_mse(input_data, target, weights)", 49),
        ("np.array([1, 2, 3]) + [1, 1, 1]", [2, 3, 4]),
        ("input_data[0]", 1),
        ("input_data[-1]", 3),
        ("input_data[1:]", [2, 3]),
        ("input_data[::-1]", [3, 2, 1]),
        ("input_data.T", [1, 2, 3]),
        ("(weights * input_data).sum() / input_data.size", 7 / 3),
        ("len(input_data)", 3),
        ("\N{MINUS SIGN}error", -7),
        ("1e-3 + .5", 0.501),
        ("error\t*\xa02\n+ 1", 15),
        ("np.inner(weights, input_data)", 7),
        ("slope = 2 * error * input_data", [14, 28, 42]),
        ("anything=error", 7),
        ("weights -= learning_rate * slope", [-0.14, 1.72, 0.58]),
        ("weights *= 1 + 1", [0, 4, 2]),
    ],
)
def test_a_line_of_numpy_is_worked_out_as_numpy_would(text: str, value: float | list[float]):
    assert evaluate(text, NAMES) == pytest.approx(np.array(value))


HOSTILE = [
    "__import__('os').system('id')",
    "__builtins__",
    "error.__class__.__mro__",
    "().__class__.__base__.__subclasses__()",
    "np.__dict__",
    "np",
    "np.array",
    "input_data.tofile('x')",
    "input_data.dtype",
    "input_data.__array_interface__",
    "np.load('x')",
    "np.fromfile('x')",
    "np.genfromtxt('/etc/passwd')",
    "np.zeros(10**9)",
    "np.ones((10**5, 10**5))",
    "np.arange(10**9)",
    "np.repeat(input_data, 10**9)",
    "np.lib.format",
    "np.sum.__globals__",
    "[x for x in input_data]",
    "(x for x in input_data)",
    "{x: 1 for x in input_data}",
    "lambda: 1",
    "(lambda: 1)()",
    "f'{error}'",
    "'{0.__class__}'.format(error)",
    "'%s' % error",
    "'a' * 10**9",
    "b'a'",
    "import os",
    "error := 1",
    "(error := 1)",
    "error = slope = 1",
    "slope[0] = 1",
    "weights.T = 1",
    "error, slope = 1, 2",
    "error: float = 1",
    "error //= 2",
    "error -= error := 1",
    "= 1",
    "slope =",
    "error = 1; 2",
    "del error",
    "global error",
    "if 1: error",
    "def error(): 1",
    "1; 2",
    "error if error else 1",
    "error and 1",
    "not error",
    "~error",
    "error < 1",
    "error // 2",
    "error % 2",
    "error << 10**9",
    "error | 1",
    "True",
    "None",
    "...",
    "1j",
    "10 ** 10 ** 10 ** 10",
    "9 ** 9 ** 9 ** 9 ** 9",
    "2 ** 1e9",
    "(-1) ** .5",
    "1 / 0",
    "0 / 0",
    "1e999",
    "(" * 190 + "1",
    "-" * 199 + "1",
    "[" * 40 + "1" + "]" * 40,
    "+".join("1" * 100),
    "error." + "T." * 90 + "T",
    "x" * 1_000_000,
    "1 + " * 250_000 + "1",
    "\uff45rror",
    "e\u0280ror",
    "\u0435rror",
    "error\x00",
    "1if 1else 2",
    "'\\d'",
    "0xfor 1",
    "1_0and 1",
    "1e",
    "\u202eerror",
    "*input_data",
    "**error",
    "print(error)",
    "eval('1')",
    "exec('1')",
    "open('x')",
    "getattr(error, 'T')",
    "sum(input_data, error)",
    "np.sum(input_data, axis=0)",
    "np.add(weights, weights, weights)",
    "np.square(weights, weights)",
    "np.dot(weights, input_data, weights)",
    "input_data.sum(out=weights)",
    "input_data.sum(0)",
    "np.sum(*input_data)",
    "np.sum(**input_data)",
    "input_data[None]",
    "input_data[...]",
    "input_data[[0]]",
    "input_data[0, 0]",
    "input_data[9]",
    "input_data[9:]",
    "input_data[::0]",
    "input_data[error]",
    "input_data[True]",
    "input_data[10 ** 9]",
    "input_data[999999999999999999999]",
    "[]",
    "[[1, 2], [3, 4]]",
    "[input_data]",
    "input_data + [1, 2]",
    "error @ error",
    "error.sum.sum()",
    "await error",
    "yield error",
    "error()",
    "1(2)",
    "error[0]",
    "get_mse",
    "get_mse(1)",
    "",
    "   ",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:30].encode("ascii", "replace").decode())
def test_everything_else_is_refused_at_once_with_a_sentence(text: str):
    tracemalloc.start()
    start = time.process_time()
    with pytest.raises(FormulaError) as caught:
        evaluate(text, NAMES)
    took = time.process_time() - start
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 0.05
    assert most < 5_000_000
    assert str(caught.value).endswith((".", "?"))
    assert caught.value.__cause__ is None


def test_a_formula_never_changes_what_it_is_given():
    weights = np.array([1.0, 2.0])
    for text in ("weights + 1", "np.square(weights)", "weights.T", "weights[:]", "[1, 2]"):
        evaluate(text, {"weights": weights})
    assert weights.tolist() == [1, 2]


def test_a_refusal_names_a_name_that_there_is_not():
    with pytest.raises(FormulaError, match="no such name here: slopes"):
        evaluate("2 * slopes", NAMES)


def test_what_a_refusal_says_is_never_markdown_of_what_was_typed():
    for text in ("<img src=x>", "$x$", "**bold**", "[a](http://b)", "`code`", "__bold__", "_x_ + 1"):
        with pytest.raises(FormulaError) as caught:
            evaluate(text, {"error": 1.0})
        assert not set("<>$`") & set(str(caught.value))
        assert "_x" not in str(caught.value)
        assert "bold" not in str(caught.value)


FRAGMENTS = [
    *NAMES, *FUNCTIONS, *(f"np.{name}" for name in NUMPY), *(f".{name}()" for name in METHODS),
    *(f".{name}" for name in ATTRIBUTES), "np", ".__class__", ".real", "__builtins__", "lambda:", "for x in", "if",
    *"()[],:=+-*/@%<01", "'a'", ":=", "**", "//", "2.5", "1e308", "9" * 30,
]  # fmt: skip
LEAF = st.sampled_from([*NAMES, "1", "2", "0.5", "[1, 2, 3]"])
WELL_FORMED = st.recursive(
    LEAF,
    lambda part: (
        st.tuples(part, st.sampled_from("+-*/@") | st.just("**"), part).map(lambda p: f"({p[0]} {p[1]} {p[2]})")
        | st.tuples(st.sampled_from([*NUMPY, "zeros"]), st.lists(part, max_size=3)).map(
            lambda p: f"np.{p[0]}({', '.join(p[1])})"
        )
        | st.tuples(st.sampled_from([*FUNCTIONS]), st.lists(part, max_size=3)).map(
            lambda p: f"{p[0]}({', '.join(p[1])})"
        )
        | st.tuples(part, st.sampled_from([".sum()", ".mean()", ".T", ".size", "[0]", "[1:]", "[-1]"])).map("".join)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2 * (error + 1", " Is a bracket missing?"),
        ("2error * slope", " Is a * missing?"),
        ("2 error", " Is a * missing?"),
        ("(error)(slope)", ""),  # to Python a call
        ("import os", ""),
        ("error = slope = 1", " Only one name goes to the left of an equals sign."),
    ],
)
def test_a_line_that_is_no_formula_is_told_only_what_it_lacks(text: str, hint: str):
    with pytest.raises(FormulaError) as told:
        evaluate(text, NAMES)
    assert hint or "?" not in str(told.value)
    assert str(told.value).endswith(hint)


def test_a_number_that_a_row_does_not_have_is_named():
    with pytest.raises(FormulaError, match=r"no \[7\] here: the row has 3 numbers"):
        evaluate("input_data[7]", NAMES)


@settings(max_examples=600)
@given(
    st.lists(st.sampled_from(FRAGMENTS), max_size=14).map(" ".join)
    | st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)
    | WELL_FORMED
    | st.text(max_size=60)
)
def test_no_text_gives_anything_but_numbers_or_a_formula_error(text: str):
    try:
        value = evaluate(text, NAMES)
    except FormulaError:
        return
    assert type(value) is np.ndarray
    assert value.dtype == float
    assert value.ndim <= 1
    assert 1 <= value.size <= LARGEST
    assert np.isfinite(value).all()

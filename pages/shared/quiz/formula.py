"""A line of numpy that a learner typed, worked out without ever being run.

The text is parsed, and only what stands in this grammar is worked out, node by node:

    line     = formula | name = formula | name (+ - * / ** @)= formula      an assignment is what it gives its name

    formula  = number | name | [formula, ...]          a list of numbers is an array
             | formula (+ - * / ** @) formula | -formula | +formula | (formula)
             | formula[index]                          a whole number, or a slice of whole numbers
             | formula.T | formula.size
             | formula.sum() | formula.mean() | formula.dot(formula)
             | np.FUNCTION(formula, ...)               FUNCTION in NUMPY
             | FUNCTION(formula, ...)                  FUNCTION in FUNCTIONS, the lesson's three among them
    name     = one that the caller passes in

Every number is a float and every value a number or a row of at most `LARGEST` numbers, so nothing that can be written
in `LONGEST` characters takes noticeable time or memory. Names are looked up in the dictionaries below and the
caller's, nowhere else.
"""

import ast
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from gd_core.lesson import get_error, get_mse, get_slope
from pages.shared.parse import named

LONGEST = 200  # characters
DEEPEST = 20  # brackets within brackets
MOST = 240  # nodes of the parsed tree, signs and operators included
LARGEST = 100  # numbers in a row
# Quotes, and letters right behind a digit but for an exponent: the parser would warn of some of them in the log.
ODD = re.compile(r"['\"\\]|\d[a-df-zA-DF-Z_]|\d[eE](?![\d+-])")

NO_SIGN = re.compile(r"\d *[A-Za-z_(]|\) *[\w(]")  # side by side on paper, these are multiplied

# By name: the function, and how many arguments it takes here. No other argument (an `out`, say) is let through.
Known = dict[str, tuple[Callable[..., Any], int]]
NUMPY: Known = {
    "dot": (np.dot, 2), "inner": (np.inner, 2), "matmul": (np.matmul, 2),
    "sum": (np.sum, 1), "mean": (np.mean, 1), "square": (np.square, 1),
    "multiply": (np.multiply, 2), "add": (np.add, 2), "subtract": (np.subtract, 2), "divide": (np.divide, 2),
    "power": (np.power, 2), "negative": (np.negative, 1), "abs": (np.abs, 1), "array": (np.asarray, 1),
}  # fmt: skip
FUNCTIONS: Known = {
    "sum": (np.sum, 1), "abs": (np.abs, 1), "len": (np.size, 1),
    "get_error": (get_error, 3), "get_slope": (get_slope, 3), "get_mse": (get_mse, 3),
}  # fmt: skip
METHODS: Known = {"sum": (np.sum, 1), "mean": (np.mean, 1), "dot": (np.dot, 2)}
ATTRIBUTES: dict[str, Callable[..., Any]] = {"T": np.transpose, "size": np.size}
OPERATORS: dict[type[ast.operator] | type[ast.unaryop], Callable[..., Any]] = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide,
    ast.Pow: np.power, ast.MatMult: np.matmul, ast.UAdd: np.positive, ast.USub: np.negative,
}  # fmt: skip


class FormulaError(ValueError):
    """Why a formula cannot be worked out: a sentence to show, in which nothing typed can be markdown."""


def evaluate(text: str, names: Mapping[str, Any]) -> np.ndarray:
    """A line's value: a finite number (shape ()) or a row (shape (n,)); it may use `names`. Raises FormulaError."""
    node = _parse(text)
    with np.errstate(all="ignore"):
        value = _value(node, names)
    if not np.isfinite(value).all():
        raise FormulaError("This does not come out as a number: it divides by 0 or grows too large.")
    return value


@lru_cache(maxsize=512)
def _parse(text: str) -> ast.expr:
    """The parsed formula. Raises FormulaError if it has too many parts, or is no formula."""
    if len(text) > LONGEST:
        raise FormulaError(f"This line is too long: {LONGEST} characters are enough.")
    text = " ".join(text.split()).replace("\N{MINUS SIGN}", "-")
    if not text:
        raise FormulaError("There is nothing here yet. Type one line of numpy.")
    if not (text.isascii() and text.isprintable()):  # a letter that only looks like one of ours is another name
        raise FormulaError("Type it in plain letters, digits and signs.")
    try:
        if ODD.search(text):
            raise SyntaxError
        match ast.parse(text).body:
            case [ast.Expr(value=node)] | [ast.Assign(targets=[ast.Name()], value=node)]:
                pass
            case [ast.AugAssign(target=ast.Name(id=name), op=operator, value=value)]:
                node = ast.BinOp(ast.Name(name), operator, value)
            case _:
                raise SyntaxError
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError(f"This is not one formula of numpy.{_why(text)}") from None
    if sum(1 for _ in ast.walk(node)) > MOST or _depth(node) > DEEPEST:
        raise FormulaError("This formula has too many parts. It can be written much more simply.")
    return node


def _why(text: str) -> str:
    """What may be wrong with a text that is no formula, with a blank before it; nothing where nobody knows."""
    if any(text.count(opening) != text.count(closing) for opening, closing in ("()", "[]")):
        return " Is a bracket missing?"
    if "=" in text:
        return " Only one name goes to the left of an equals sign."
    return " Is a * missing?" if NO_SIGN.search(text) else ""


def _depth(node: ast.AST) -> int:
    return 1 + max((_depth(child) for child in ast.iter_child_nodes(node)), default=0)


def _value(node: ast.expr, names: Mapping[str, Any]) -> np.ndarray:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return np.asarray(float(number))  # written in `LONGEST` digits, it fits
        case ast.Name(id=name) if name in names:
            return np.asarray(names[name], dtype=float)
        case ast.Name(id=name) if name not in ("np", *FUNCTIONS) and (typed := named(name)):
            raise FormulaError(f"There is no such name here{typed}. Use {', '.join(names)}.")
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return _row([_value(part, names) for part in parts])
        case ast.UnaryOp(op=operator, operand=operand) if type(operator) in OPERATORS:
            return _apply(OPERATORS[type(operator)], _value(operand, names))
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
            return _apply(OPERATORS[type(operator)], _value(left, names), _value(right, names))
        case ast.Subscript(value=row, slice=index):
            place, numbers = _index(index), _value(row, names)
            if isinstance(place, int) and numbers.ndim == 1 and not -len(numbers) <= place < len(numbers):
                raise FormulaError(f"There is no [{place}] here: the row has {len(numbers)} numbers, [0] is the first.")
            return _apply(lambda numbers: numbers[place], numbers)
        case ast.Attribute(value=of, attr=attribute) if attribute in ATTRIBUTES:
            return _apply(ATTRIBUTES[attribute], _value(of, names))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr=name), args=parts, keywords=[]) if name in NUMPY:
            return _call(name, *NUMPY[name], parts, names)
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]) if name in FUNCTIONS:
            return _call(name, *FUNCTIONS[name], parts, names)
        case ast.Call(func=ast.Attribute(value=of, attr=name), args=parts, keywords=[]) if name in METHODS:
            return _call(name, *METHODS[name], [of, *parts], names)
    raise FormulaError(
        f"Use only {', '.join(names)}, numbers, + - * / ** @, an index such as [0], .sum(), .mean(), .dot(), "
        f"{', '.join(FUNCTIONS)}, and of numpy np.{', np.'.join(NUMPY)}."
    )


def _call(
    name: str, function: Callable[..., Any], takes: int, parts: list[ast.expr], names: Mapping[str, Any]
) -> np.ndarray:
    if len(parts) != takes:
        raise FormulaError(f"{name} takes {'1 argument' if takes == 1 else f'{takes} arguments'} here.")
    return _apply(function, *(_value(part, names) for part in parts))


def _apply(function: Callable[..., Any], *values: np.ndarray) -> np.ndarray:
    """What a function makes of values: a number or a row, or a FormulaError."""
    try:
        found = np.asarray(function(*values), dtype=float)
    except (ValueError, TypeError, IndexError):
        raise FormulaError("The shapes do not fit: a row goes with a number or with a row as long as itself.") from None
    if found.ndim > 1 or not 1 <= found.size <= LARGEST:
        raise FormulaError("One of its parts is neither a number nor a row of numbers.")
    return found


def _row(values: list[np.ndarray]) -> np.ndarray:
    if not values or any(value.ndim for value in values):
        raise FormulaError("A list is a row of numbers, such as [1, 2, 3].")
    return np.array([float(value) for value in values])


def _index(node: ast.expr | None) -> int | slice | None:
    match node:
        case None:
            return None
        case ast.Constant(value=number) if type(number) is int and number <= LARGEST:
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=number)) if (
            type(number) is int and number <= LARGEST
        ):
            return -number
        case ast.Slice(lower=lower, upper=upper, step=step):
            return slice(_index(lower), _index(upper), _index(step))
    raise FormulaError("An index is a whole number such as [0], or a slice of them such as [1:].")

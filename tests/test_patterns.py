"""Every regular expression of the project takes time in proportion to its text, whatever that is."""

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
FILES = [file for folder in ("pages", "gd_core", "hosting") for file in (ROOT / folder).rglob("*.py")]
USES = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")
OURS = {"<script>(.*?)</script>"}  # reads a page of Streamlit's, nothing of a stranger's
SMALL, LARGE = 1_000, 4_000  # characters
FLOOR, MOST = (
    2e-4,
    10,
)  # seconds that cannot be told apart; how many times longer the large may take: in square it is 16
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
SAMPLES = {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a"}  # of the others "!"


def patterns() -> Iterator[Any]:
    """Each, with each way in which it is used, named by where it stands."""
    sources = {".".join(file.relative_to(ROOT).with_suffix("").parts): file.read_text() for file in FILES}
    for name, source in sources.items():
        tree, module = ast.parse(source), vars(importlib.import_module(name)) if "import re\n" in source else {}
        for node in ast.walk(tree):
            match node:
                case ast.ImportFrom(module="re"):
                    raise AssertionError(f"{name} hides its patterns: write re.compile and the like")
                case ast.FunctionDef() if "re.compile" in ast.unparse(node):
                    raise AssertionError(f"{name}.{node.name} compiles a pattern: do so where the module begins")
                case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=use), args=[written, *_]) if use in USES:
                    flags = re.IGNORECASE if "re.IGNORECASE" in ast.unparse(node) else 0
                    pattern = eval(ast.unparse(written), dict(module))  # noqa: S307
                    yield pytest.param(re.compile(pattern, flags), use, id=f"{name}:{node.lineno} {use}")
        for constant, value in module.items():
            for pattern in value.values() if isinstance(value, dict) else [value]:
                if isinstance(pattern, re.Pattern):
                    called = re.compile(rf"\b{constant}(?:\[\w+\])?\.({'|'.join(USES)})\b")
                    found = {use for text in sources.values() for use in called.findall(text)}
                    assert found, f"{name}.{constant} is used where this test does not see how"
                    for use in sorted(found):
                        yield pytest.param(pattern, use, id=f"{name}.{constant} {use}")


ALL = [*patterns()]


def sample(part: Any) -> str:
    """A text that a part of a parsed pattern matches, without what need not be there."""
    match part:
        case (sre.LITERAL, code):
            return chr(code)
        case (sre.NOT_LITERAL, _) | (sre.ANY, _):
            return "!"
        case (sre.CATEGORY, which):
            return SAMPLES.get(which, "!")
        case (sre.RANGE, (first, _)):
            return chr(first)
        case (sre.IN, [(sre.NEGATE, _), *_]):
            return "!"
        case (sre.IN, [first, *_]):
            return sample(first)
        case (sre.BRANCH, (_, [first, *_])) | (sre.SUBPATTERN, (*_, first)):
            return "".join(map(sample, first))
        case (kind, (least, _, inner)) if kind in REPEATS:
            return "".join(map(sample, inner)) * least
    return ""


def parts(parsed: Any) -> Iterator[Any]:
    """All parts of a parsed pattern, the inner ones too."""
    if isinstance(parsed, tuple | list | parser.SubPattern):
        if isinstance(parsed, tuple) and isinstance(parsed[0], sre._NamedIntConstant):
            yield parsed
        for part in parsed:
            yield from parts(part)


def unbounded(parsed: Any) -> list[Any]:
    """What of a parsed pattern may be repeated without an end."""
    return [part[1][2] for part in parts(parsed) if part[0] in REPEATS and part[1][1] == sre.MAXREPEAT]


def attacks(pattern: re.Pattern) -> Iterator[Callable[[int], str]]:
    """Texts of a given length: how a match begins, something of it again and again, and what cannot be its end."""
    parsed = parser.parse(pattern.pattern, pattern.flags)
    single = [sample(part) for part in parts(parsed) if part[0] in (sre.LITERAL, sre.IN, sre.ANY)]
    inner = ["".join(map(sample, part)) for part in unbounded(parsed)]
    begins = {"".join(map(sample, parsed[:count])) for count in range(len(parsed) + 1)}
    for begin, pump in product({*begins, *inner}, {*begins, *inner, *single} - {""}):
        yield lambda size, begin=begin, pump=pump: begin + pump * (size // len(pump)) + "\0"  # type: ignore[misc]


def seconds(pattern: re.Pattern, use: str, text: str) -> float:
    """How long it takes, without others who use the processor."""
    arguments = ("", text) if use == "sub" else (text,)
    begun = time.process_time()
    getattr(pattern, use.replace("iter", "all"))(*arguments)
    return time.process_time() - begun


def test_the_patterns_are_found():
    assert {"pages.shared.parse.NUMBER match", "pages.shared.notation.NOTATION fullmatch"} < {each.id for each in ALL}
    assert len(ALL) > 30


@pytest.mark.parametrize(("pattern", "use"), ALL)
def test_a_pattern_takes_no_longer_than_its_text_is_long(pattern: re.Pattern, use: str):
    # Nothing without an end repeats what has none itself: that could take longer than anybody waits.
    assert not any(unbounded(inner) for inner in unbounded(parser.parse(pattern.pattern, pattern.flags)))
    for text in attacks(pattern) if pattern.pattern not in OURS else []:
        small, large = (seconds(pattern, use, text(size)) for size in (SMALL, LARGE))
        assert large <= MOST * max(small, FLOOR), text(20)


@pytest.mark.parametrize(
    ("wrong", "use"), [(r"\s*/", "search"), ("(a+)+b", "match"), (r"(.*),(.*);", "match"), ("<a>.*?</a>", "findall")]
)
def test_a_pattern_that_takes_longer_is_found(wrong: str, use: str):
    with pytest.raises(AssertionError):
        test_a_pattern_takes_no_longer_than_its_text_is_long(re.compile(wrong), use)

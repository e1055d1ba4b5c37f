"""Data flows one way: pages -> parts -> gd_core -> numpy. The imports say so."""

import ast
from pathlib import Path

import pytest

from pages.parts.lessons import LESSONS

ROOT = Path(__file__).parent.parent
PARTS = {str(file.relative_to(ROOT / "pages" / "parts")) for file in (ROOT / "pages" / "parts").rglob("*.py")}
SCREENLESS = PARTS - {
    "controls.py", "downloads.py", "editor.py", "fields.py", "live.py", "picture.py", "practice.py", "predict.py",
    "progress.py", "source.py", "tables.py", "take.py",
}  # fmt: skip


def imports(file: Path) -> set[str]:
    """Every module a file imports, whole names."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "whole names only, so that this can be read"
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def tops(file: Path) -> set[str]:
    """The packages a file imports."""
    return {name.split(".")[0] for name in imports(file)}


@pytest.mark.parametrize("file", sorted((ROOT / "gd_core").glob("*.py")), ids=lambda file: file.name)
def test_the_core_imports_numpy_and_the_standard_library_only(file: Path):
    allowed = {"ast", "collections", "dataclasses", "enum", "functools", "itertools", "math", "random", "re", "typing"}
    assert tops(file) <= {"gd_core", "numpy", *allowed}


@pytest.mark.parametrize("name", sorted(SCREENLESS))
def test_parts_that_know_no_screen_import_no_streamlit(name: str):
    assert "streamlit" not in tops(ROOT / "pages" / "parts" / name)


def test_only_charts_draw():
    drawing = {file.parent.name for file in (ROOT / "pages").rglob("*.py") if "altair" in tops(file)}
    assert drawing == {"charts"}


def test_parts_never_import_a_page():
    pages = {f"pages.{file.stem}" for file in (ROOT / "pages").glob("*.py")}
    for file in (ROOT / "pages" / "parts").rglob("*.py"):
        assert not {name for name in imports(file) if name in pages or ".".join(name.split(".")[:2]) in pages}


def test_every_lesson_has_its_page_and_every_page_is_in_the_menu():
    pages = {file.name for file in (ROOT / "pages").glob("*.py")}
    assert pages == {"index.py", "home.py", *(lesson.file for lesson in LESSONS)}


def test_nothing_evaluates_text():
    for file in (*(ROOT / "gd_core").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"):
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"eval", "exec", "compile", "__import__"}
        assert "unsafe_allow_html" not in file.read_text()

"""Where things are, and that nothing points back: lesson -> shared -> gd_core -> numpy. The imports say so."""

import ast
import sys
from pathlib import Path

import pytest

from pages.lessons import PAGES as LISTED

ROOT = Path(__file__).parent.parent
FOLDERS = [lesson.folder for lesson in LISTED]
PAGES = sorted((ROOT / "pages").rglob("*.py"))
# Files that put something on the screen; the others know no Streamlit.
SCREEN = {
    "index.py", "home.py", "page.py", "fields.py", "sidebar.py", "run_list.py", "predict.py", "tables.py",
    "downloads.py", "editor.py", "answers.py", "source.py", "progress.py", "files.py", "image.py", "dragging.py",
    "boxes.py", "folded.py", "details.py", "assigned.py", "browser_storage.py", "hand_in.py",
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


def ours(file: Path) -> set[str]:
    """The folders of ours that a file imports: gd_core, hosting.queue, pages.shared, pages.slope, ..."""
    names = {
        name for name in imports(file) if name.split(".")[0] in ("gd_core", "hosting", "pages", "tests", "benchmarks")
    }
    return {name.split(".")[0] if name.startswith("gd_core") else ".".join(name.split(".")[:2]) for name in names}


def name(file: Path) -> str:
    """How a test case names a file."""
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", sorted((ROOT / "gd_core").glob("*.py")), ids=name)
def test_the_core_imports_numpy_and_the_standard_library_only(file: Path):
    assert tops(file) <= {"gd_core", "numpy", *sys.stdlib_module_names}


@pytest.mark.parametrize("file", [file for file in PAGES if "shared" in file.parts], ids=name)
def test_shared_code_imports_no_lesson(file: Path):
    assert ours(file) <= {"gd_core", "hosting.queue", "pages.shared"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_lesson_imports_no_other_lesson(folder: str):
    for file in (ROOT / "pages" / folder).rglob("*.py"):
        listed = {"pages.lessons"} if folder == "teach" else set()  # a teacher chooses from them
        assert ours(file) <= {"gd_core", "hosting.queue", "pages.shared", f"pages.{folder}"} | listed, name(file)


def test_only_charts_import_altair():
    drawing = {file for file in PAGES if "altair" in tops(file)}
    assert {file for file in drawing if not (file.stem.endswith("chart") or file.name == "theme.py")} == set()


def test_only_what_is_on_the_screen_imports_streamlit():
    assert {file.name for file in PAGES if "streamlit" in tops(file)} <= SCREEN


def test_every_lesson_has_its_folder_and_every_folder_is_a_lesson():
    folders = {file.parent.name for file in (ROOT / "pages").glob("*/page.py")}
    assert folders == {*FOLDERS}
    assert len(FOLDERS) == len(folders)


def test_hosting_knows_no_page():
    for file in (ROOT / "hosting").glob("*.py"):
        assert {tool.split(".")[0] for tool in ours(file)} <= {"hosting"}, name(file)


def test_tests_take_their_helpers_from_the_helpers_only():
    for file in (ROOT / "tests").rglob("*.py"):
        assert not {
            name for name in imports(file) if name.startswith(("benchmarks", "tests.")) and "helpers" not in name
        }


def test_nothing_evaluates_text():
    for file in (*(ROOT / "gd_core").rglob("*.py"), *PAGES, *(ROOT / "hosting").rglob("*.py"), ROOT / "app.py"):
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"eval", "exec", "compile", "__import__"}
        assert "unsafe_allow_html" not in file.read_text()

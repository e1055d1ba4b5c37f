"""The home page: the lessons, and which of them were opened in this session."""

from pages.lessons import LESSONS
from tests.helpers.app import visit


def icons(visited: str) -> list[str]:
    """The icons beside the lessons, after a visit to one."""
    app = visit(visited)
    if visited:
        app.switch_page("home.py").run()
    assert not app.exception
    return [link.proto.icon for link in app.get("page_link")][: len(LESSONS)]


def test_a_lesson_that_was_opened_is_marked_and_no_other():
    fresh, after = icons(""), icons("slope")
    assert fresh == [lesson.icon for lesson in LESSONS]
    assert [lesson.folder for lesson, old, new in zip(LESSONS, fresh, after, strict=True) if old != new] == ["slope"]

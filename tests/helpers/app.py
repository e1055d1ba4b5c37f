"""Pages run as the server runs them, but without a browser."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import AlertBase

from pages.lessons import PAGES
from pages.shared.sidebar import LISTED

FOLDERS = ["", *(lesson.folder for lesson in PAGES)]  # of all pages; "" is the home page
WITHOUT_NEURON = {lesson.folder for lesson in PAGES if lesson.needs == "nothing"}
NOT_A_NUMBER = re.compile(r"\b(nan|inf|infinity|none)\b|Traceback", re.IGNORECASE)
INDEX = Path(__file__).parents[2] / "pages" / "index.py"


def visit(folder: str, **link: str) -> AppTest:
    """A page opened by a link, with what is folded away in sight."""
    app = AppTest.from_file(INDEX, default_timeout=90)
    app.query_params.update(link)
    for key in ("share", "tables", "by_weight", "curvature", "optimisers", "schedules"):
        app.session_state[key] = True
    app.run()
    # The home page, which a test has to begin with, takes these out of the address where they are its defaults.
    app.query_params.update({name: link[name] for name in LISTED if name in link})
    return app.switch_page(f"{folder}/page.py").run() if folder else app


def errors(app: AppTest) -> list[str]:
    """The sentences about what cannot be used; a verdict in the colour of an error has an icon."""
    return [box.value for box in app.error if not box.icon]


def verdict_boxes(app: AppTest) -> list[AlertBase]:
    """What is said of runs, whatever its colour: all but errors, what is remarked, and how an answer was."""
    boxes = [box for box in app.main if isinstance(box, AlertBase)]
    return [box for box in boxes if box.type == "info" or box.icon not in ("", ":material/check:", ":material/close:")]


def verdicts(app: AppTest) -> list[str]:
    """The words in these boxes."""
    return [box.value for box in verdict_boxes(app)]


def shown(app: AppTest) -> str:
    """All the words and numbers on the page, but for the tables."""
    texts = [*app.markdown, *app.info, *app.error, *app.caption, *app.title, *app.latex, *app.warning, *app.success]
    return "\n".join(str(text.value) for text in texts)

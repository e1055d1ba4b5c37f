"""Pages run as the server runs them, but without a browser."""

import logging
import re
from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import AlertBase
from streamlit.util import calc_hash

from pages.lessons import PAGES

FOLDERS = ["", *(lesson.folder for lesson in PAGES)]  # of all pages; "" is the home page
WITHOUT_NEURON = {lesson.folder for lesson in PAGES if lesson.needs == "nothing"}
NOT_A_NUMBER = re.compile(r"\b(nan|inf|infinity|none)\b|Traceback", re.IGNORECASE)
INDEX = Path(__file__).parents[2] / "pages" / "index.py"

# Every AppTest reads what each installed package says of itself, in search of components: more work than the page.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
# It is told on every key that a test sets that no page is running, and writes that into a stream that is closed.
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").disabled = True


def visit(folder: str, **link: str) -> AppTest:
    """A page opened by a link, with what is folded away in sight."""
    app = AppTest.from_file(INDEX, default_timeout=90)
    app.query_params.update(link)
    for key in ("share", "tables", "by_weight", "curvature", "optimisers", "schedules"):
        app.session_state[key] = True
    app._page_hash = calc_hash(folder)  # switch_page would have the home page run first
    return app.run()


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

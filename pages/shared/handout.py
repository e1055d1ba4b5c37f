"""A picture to keep: one file in which it is dragged and scrubbed as in the lab, without the internet."""

import json
from functools import cache
from html import escape
from typing import Any

from pages.shared import image, paper

STYLE = """
body { font: 1rem/1.5 sans-serif; color: #0f121a; background: #fff; max-width: 720px; margin: 0 auto; padding: 1rem }
h1 { font-family: serif; margin: 0 } .note { color: #525966; font-size: .875rem }
.vega-bind { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .25rem 0 }
input[type=range] { width: 16rem; accent-color: #3447a8 }
"""
HOW = "Drag in the picture or move its bars. This file works without the internet."
# Every panel as wide as the page, as Streamlit has it.
START = """
const spec = JSON.parse(document.getElementById("spec").textContent)
for (const view of [spec, ...spec.vconcat ?? []]) view.width = document.getElementById("picture").clientWidth - 10
vegaEmbed("#picture", spec, {actions: false, renderer: "svg"})
"""


def page(title: str, spec: dict[str, Any], message: str, link: str) -> str:
    """The picture of a spec with what is said of it, and the link to the same run."""
    text = json.dumps(image.alone(spec), allow_nan=False).replace("<", r"\u003c")  # nothing in it ends its element
    body = f"""<h1>{escape(title)}</h1>
{paper.paragraphs(message)}
<div id="picture" role="group" aria-label="Picture"></div>
<p class="note">{HOW}</p>
{paper.source(link)}
<script type="application/json" id="spec">{text}</script>
<script>{_vega()}</script>"""
    return paper.document(title, STYLE, body)


@cache
def _vega() -> str:
    """Vega with all that it needs, and `START`: 0.9 MB that are put together once."""
    import vl_convert  # it brings a browser's engine: slow to start, and only wanted here

    return vl_convert.javascript_bundle(START)

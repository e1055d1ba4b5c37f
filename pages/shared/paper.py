"""Files to print or to keep: HTML that needs nothing but itself. Every text in it is escaped."""

import re
from collections.abc import Iterable, Sequence
from html import escape


def document(title: str, style: str, body: str) -> str:
    """A whole file; `body` is HTML already."""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>
<meta name="viewport" content="width=device-width"><style>{style}</style></head>
<body>
{body}
</body></html>
"""


def paragraphs(markdown: str) -> str:
    """Paragraphs of the lab's own sentences, their bold parts bold and their formulas as code."""
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(markdown))
    marked = re.sub(r"`(.+?)`", r"<code>\1</code>", bold)
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in marked.split("\n\n"))


def table(rows: Iterable[Sequence[str]], heads: Sequence[str] = ()) -> str:
    """A table of texts."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{f'<tr>{head}</tr>' if head else ''}\n{body}\n</table>"


def source(link: str) -> str:
    """The line that says where a file is from, with the link to the same run."""
    return f'<p class="note">Made with the Gradient Descent Lab: <a href="{escape(link)}">the same run</a></p>'

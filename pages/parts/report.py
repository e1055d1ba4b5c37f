"""A run over many samples on one printed page: HTML that needs nothing but itself. Knows no screen."""

from html import escape

import pandas as pd

from pages.parts import numbers, words, your_data
from pages.parts.your_data import Outcome

LOOK = """
@page { size: A4; margin: 12mm }
body { font: 9.5pt/1.4 Georgia, serif; color: #1f2430; max-width: 186mm; margin: 0 auto; padding: 1em }
h1 { font-size: 17pt; margin: 0 0 .2em; overflow-wrap: anywhere } h2 { font-size: 11pt; margin: .8em 0 .2em }
p { margin: .4em 0 } .note { color: #5b6270 }
.beside { display: flex; gap: 5mm; align-items: flex-start }
.beside > * { flex: 2 1 0; min-width: 0 } .beside > div { flex-grow: 3 }
table { border-collapse: collapse; font: 7.5pt/1.25 sans-serif; width: 100% }
th, td { border-bottom: 1px solid #d9d9d4; padding: 1px 5px; text-align: right; overflow-wrap: anywhere }
th:first-child, td:first-child, .beside td { text-align: left; vertical-align: top }
.beside td:first-child { white-space: nowrap }
svg { display: block; width: 100%; height: auto }
tr, svg { break-inside: avoid }
@media print { body { padding: 0; max-width: 100% } }
"""


def page(outcome: Outcome, svg: str, link: str) -> str:
    """The report: what was set, what came of it, its picture (SVG), its weights, and the link to it."""
    samples, batches, start, optimiser, _, least = outcome
    title = f"Gradient descent on {samples.target}"
    size, count = batches.size, len(samples.aims)
    seen = "all of them" if size >= count else f"{size:,} of them (seed {batches.seed})"
    settings = {
        "Samples": f"{count:,}; each update sees {seen}",
        "Target": samples.target,
        "Inputs": ", ".join(samples.names),
        "Inputs are": f"{'standardised' if samples.standardise else 'as they are'}, "
        f"{'with' if samples.bias else 'without'} a bias",
        "Activation": batches.neuron.activation,
        "Optimiser": f"{optimiser}",
        "Weights at the start": ", ".join(map(numbers.exact, start if len({*start}) > 1 else start[:1])),
        "Updates": f"{outcome.updates:,}",
    }
    parts = [
        f"<h1>{escape(title)}</h1>",
        *_said(words.data_verdict(outcome)),
        f'<div class="beside"><div>{svg}</div>{_table(pd.DataFrame(settings.items()))}</div>',
        "<h2>The weights</h2>",
        _table(_written(your_data.standing(outcome))),
        *(_said(words.best_weights(outcome)) if least else ()),
        f'<p class="note">Made with the Gradient Descent Lab: <a href="{escape(link)}">the same run</a></p>',
    ]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{LOOK}</style></head>\n<body>\n'
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _said(text: str) -> list[str]:
    """Paragraphs of the lab's own words, their bold parts bold."""
    found = []
    for paragraph in text.split("\n\n"):
        plain, *rest = escape(paragraph).split("**")
        bold = [f"<b>{part}</b>" if place % 2 == 0 else part for place, part in enumerate(rest)]
        found.append(f"<p>{plain}{''.join(bold)}</p>")
    return found


def _written(table: pd.DataFrame) -> pd.DataFrame:
    """Its numbers as text, and its rows numbered as the curves are."""
    text = table.map(numbers.number)
    text.insert(0, table.index.name, [f"{number}. {name}" for number, name in enumerate(table.index, start=1)])
    return text


def _table(table: pd.DataFrame) -> str:
    named = isinstance(table.columns[0], str)
    head = "".join(f"<th>{escape(str(name))}</th>" for name in table.columns) if named else ""
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in table.itertuples(index=False)
    )
    return f"<table>{f'<tr>{head}</tr>' if head else ''}\n{body}\n</table>"

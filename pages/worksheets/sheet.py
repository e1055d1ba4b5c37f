"""Worksheets and their keys as one file to print, in black and white, on paper of any size."""

from html import escape
from urllib.parse import urlencode

import pandas as pd
import segno

from hosting import queue
from pages.shared import paper
from pages.shared.numbers import number
from pages.shared.quiz import givens
from pages.shared.quiz.exercises import EXERCISES, UPDATES, Choice, Code, Part, draw_question
from pages.worksheets import model
from pages.worksheets.model import Sheet

STYLE = """
@page { margin: 15mm }
body { font: 11pt/1.4 sans-serif; color: #000; background: #fff; max-width: 180mm; margin: 0 auto; padding: 1em }
h1 { font-size: 16pt; margin: 0 } h2 { font-size: 13pt; margin: 0 } h3 { font-size: 11pt; margin: 0 0 1mm }
p { margin: 0 0 1mm } section + section { break-before: page; margin-top: 3em }
.top, .exercise, .beside { display: flex; gap: 6mm } .top { align-items: baseline } h1, .exercise p { flex-grow: 1 }
.blank { display: inline-block; border-bottom: 1px solid #000; width: 45mm } .blank.short { width: 25mm }
.exercise { border-top: 2px solid #000; padding-top: 2mm; margin-top: 5mm } .exercise div { flex: 1 }
.exercise a { color: #000; font-size: 7pt; text-align: center; text-decoration: none }
.exercise svg { display: block; width: 22mm }
.exercise, h2, h3 { break-after: avoid } .question, .key, tr { break-inside: avoid }
.question, .key { margin: 3mm 0 5mm } .key td:first-child { width: 40mm }
pre, code { font: 9.5pt/1.4 monospace; margin: 0 } .beside div { flex: 1 }
.box { border: 1px solid #777; height: 22mm; margin-bottom: 3mm }
.line { border-bottom: 1px solid #000; height: 8mm; margin-bottom: 4mm }
ul { list-style: none; margin: 0 0 3mm; padding: 0 }
li::before { content: ""; display: inline-block; width: 3mm; height: 3mm; border: 1px solid #000; margin-right: 3mm }
table { border-collapse: collapse; font-size: 9pt; margin: 0 0 3mm; width: 100% }
th, td { border: 1px solid #777; padding: 1mm 2mm; text-align: left; overflow-wrap: anywhere }
.picture { display: block; width: 150mm; max-width: 100% }
@media (max-width: 150mm) { .beside, .top { flex-wrap: wrap } .beside div { flex-basis: 60mm } pre { overflow: auto } }
@media print { body { padding: 0; max-width: none } section + section { margin-top: 0 } }
"""
WIDE, TALL, LEFT, ABOVE = 520, 110, 70, 22  # of the picture of a history, and the room left of it and above it


def document(sheets: list[Sheet], practice: str) -> str:
    """All sheets, each from a new page on, and after them their keys; their codes lead to the page `practice`."""
    written = []
    for place, sheet in enumerate(sheets, start=1):
        queue.give_way()  # a class has many
        written.append(_sheet(place, sheet, practice))
    keys = "\n".join(_key(place, sheet) for place, sheet in enumerate(sheets, start=1))
    return paper.document("Worksheets", STYLE, "\n".join([*written, f"<section><h1>Keys</h1>{keys}</section>"]))


def _sheet(place: int, sheet: Sheet, practice: str) -> str:
    parts = [
        f'<section><div class="top"><h1>Worksheet {place}</h1>'
        '<span>Name <span class="blank"></span></span><span>Date <span class="blank short"></span></span></div>'
    ]
    for exercise, seeds in sheet.items():
        address = f"{practice}?{urlencode({'exercise': exercise, 'question': seeds[0]})}"
        code = segno.make_qr(address).svg_inline(omitsize=True, svgclass=None, lineclass=None)
        parts.append(
            f'<div class="exercise"><div><h2>{exercise}</h2>{paper.paragraphs(EXERCISES[exercise].task)}</div>'
            f'<a href="{escape(address)}" aria-label="The same questions in the lab">{code}In the lab</a></div>'
        )
        parts += [_question(exercise, seed) for seed in seeds]
    return "\n".join([*parts, "</section>"])


def _question(exercise: str, seed: int) -> str:
    question = draw_question(exercise, seed)
    code, table, curves = model.code(question), model.table(question), givens.curves(question, {})
    parts = [
        f"<p><b>{letter})</b> {escape(model.asks(question, part))}</p>{_room(part)}"
        for letter, part in model.parts(question)
    ]
    return "\n".join(
        [
            f'<div class="question"><h3>Question {seed}</h3>',
            paper.table(table.to_numpy().tolist(), [*table.columns]) if table is not None else "",
            f'<div class="picture">{picture(curves)}</div>' if curves is not None else "",
            '<div class="beside">',
            f"<pre>{escape(code)}</pre>" if code else "",
            "<div>",
            *parts,
            "</div></div></div>",
        ]
    )


def _room(part: Part) -> str:
    """Room for an answer: squares to tick, a line for a line of numpy, a box for what is worked out."""
    if isinstance(part, Choice):
        return "<ul>" + "".join(f"<li>{escape(option)}</li>" for option in part.options) + "</ul>"
    return f'<div class="{"line" if isinstance(part, Code) else "box"}"></div>'


def picture(curves: pd.DataFrame) -> str:
    """A history as SVG: a black line with its points, over the updates."""
    top = float(curves["mse"].max()) or 1.0

    def across(update: float) -> float:
        return LEFT + (WIDE - LEFT - 12) * update / UPDATES

    def down(mse: float) -> float:
        return ABOVE + TALL * (1 - mse / top)

    points = [(across(update), down(mse)) for update, mse in curves[["update", "mse"]].to_numpy()]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>' for x, y in points)
    rules = "".join(
        f'<path stroke="#777" d="M{LEFT} {down(mse):.1f}H{WIDE}"/>'
        f'<text x="{LEFT - 6}" y="{down(mse) + 4:.1f}" text-anchor="end">{number(mse, 3)}</text>'
        for mse in (0, top / 2, top)
    )
    updates = "".join(
        f'<text x="{across(update):.1f}" y="{ABOVE + TALL + 17}" text-anchor="middle">{update}</text>'
        for update in range(0, UPDATES + 1, 5)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {ABOVE + TALL + 40}" font-family="sans-serif" '
        f'font-size="12" style="background:#fff"><text x="0" y="11">Mean squared error</text>{rules}{updates}'
        f'<text x="{across(UPDATES / 2):.1f}" y="{ABOVE + TALL + 35}" text-anchor="middle">Update</text>'
        f'<polyline points="{line}" fill="none" stroke="#000" stroke-width="1.5"/>{dots}</svg>'
    )


def _key(place: int, sheet: Sheet) -> str:
    rows = [
        (f"{exercise} {seed} {letter}", model.key(question, part))
        for exercise, seeds in sheet.items()
        for seed in seeds
        for question in [draw_question(exercise, seed)]
        for letter, part in model.parts(question)
    ]
    return f'<div class="key"><h2>Worksheet {place}</h2>{paper.table(rows, ["Question", "Answer"])}</div>'

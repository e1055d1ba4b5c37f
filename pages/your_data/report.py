"""A run over many samples on one printed page: HTML that needs nothing but itself."""

from html import escape

from pages.shared import numbers, paper
from pages.your_data import model, text
from pages.your_data.model import Outcome

STYLE = """
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
svg { display: block; width: 100%; height: auto } tr, svg { break-inside: avoid }
@media print { body { padding: 0; max-width: 100% } }
"""


def page(outcome: Outcome, svg: str, link: str) -> str:
    """The report: the settings, the verdict, the chart (as SVG), the weights, and the link to the run."""
    samples, batches, start, optimiser, _, least = outcome
    title = f"Gradient descent on {samples.target}"
    size, count = batches.size, len(samples.targets)
    prepared = "standardised" if samples.standardise else "as they are"
    settings = {
        "Samples": numbers.whole(count),
        "Batch": "all samples" if size >= count else f"{text.count_samples(size)} (shuffle seed {batches.seed})",
        "Target": samples.target,
        "Inputs": ", ".join(samples.names),
        "Inputs are": f"{prepared}, {'with' if samples.bias else 'without'} a bias",
        "Activation": batches.neuron.activation,
        "Optimiser": f"{optimiser}",
        "Weights at the start": ", ".join(map(numbers.exact, start if len({*start}) > 1 else start[:1])),
        "Updates": numbers.whole(outcome.updates),
    }
    weights = model.weights_table(outcome)
    rows = [  # numbered as the curves are
        [f"{number}. {name}", *(numbers.number(value, digits=6) for value in row)]
        for number, (name, row) in enumerate(zip(weights.index, weights.to_numpy(), strict=True), start=1)
    ]
    body = f"""<h1>{escape(title)}</h1>
{paper.paragraphs(f"{text.verdict(outcome)} {text.course(outcome)}")}
<div class="beside"><div>{svg}</div>{paper.table(settings.items())}</div>
<h2>The weights</h2>
{paper.table(rows, [str(weights.index.name), *weights.columns])}
{paper.paragraphs(text.solution(outcome)) if least else ""}
{paper.source(link)}"""
    return paper.document(title, STYLE, body)

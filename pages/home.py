"""The front door: the ruler of learning rates and a descent to play with, and the lessons in order."""

from functools import partial

import streamlit as st

from pages.learning_rate import model, text
from pages.lessons import LESSONS, TEACHING
from pages.shared import (
    boxes,
    dragging,
    history_chart,
    history_frame,
    long_run,
    progress,
    rate_ruler,
    ruler_chart,
    sidebar,
    verdict,
)

TITLE = "Gradient Descent Lab"
PICTURE = "home_ruler"
SKETCH = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="40" viewBox="0 0 96 40"><path d="{}" fill="none" '
    'stroke="#6c7fd8" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/></svg>'
)  # a blue that is seen in light and in dark


def opening() -> None:
    """What the lab is for."""
    st.title(TITLE)
    teaches = "By its **learning rate** one neuron learns, oscillates or gets worse."
    st.markdown(f"{teaches} {dragging.hint(rate='it along the ruler')}")


def page() -> None:
    """The neuron of the sidebar at work."""
    setup = sidebar.setup()
    rows, linear = [rate_ruler.all_weights(setup)], setup.problem.linear
    rates = model.rates(setup.rate, rows)
    datasets = {
        "now": model.now(setup, 0, model.nearest(rates, setup.rate), dragging.asked(setup.rate)).iloc[:, :2],
        "ruler": rate_ruler.places(rows, rates),
        "marks": rate_ruler.marks(rows, linear=linear),
    }
    st.vega_lite_chart(
        ruler_chart.draggable(datasets),
        key=PICTURE,
        alt=text.ruler(rows, linear=linear),
        on_select=partial(dragging.take, PICTURE),
        selection_mode=ruler_chart.DRAGGED,
        width="stretch",
    )
    history = history_frame.of_one_sample(setup.problem, long_run.descend(*setup))
    drawn, stride = history_frame.drawn(history)
    boxes.show(verdict.kind(setup, history), verdict.parts(setup, history)[0])
    spec = history_chart.glance(drawn, stride)
    st.vega_lite_chart(spec, key="glance", alt=verdict.glance(history), width="stretch")
    if note := verdict.left_out(history, drawn, stride):
        st.caption(note)


def lessons() -> None:
    """The way through the lessons."""
    if st.button(f"Start: {LESSONS[0].title}", icon=":material/arrow_forward:"):
        # Without query_params it refuses to leave fields that are in the address; their texts stay there all the same.
        st.switch_page(LESSONS[0].file, query_params={})
    visited = progress.done()["visited"]
    for row in range(0, len(LESSONS), 3):
        for column, (number, lesson) in zip(st.columns(3), [*enumerate(LESSONS, 1)][row : row + 3], strict=False):
            with column.container(border=True, height="stretch"):
                if lesson.sketch:
                    st.image(SKETCH.format(lesson.sketch), alt="")
                icon = ":material/check:" if lesson.folder in visited else lesson.icon
                st.page_link(lesson.file, label=f"{number}. **{lesson.title}**", icon=icon)
                st.caption(lesson.teaches)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("For teachers:", width="content")
        for page in TEACHING:
            st.page_link(page.file, label=page.title, icon=page.icon)

"""The assignment in use: which fields it holds, what is done of it, and the way to its next step.

It is in use while its text is in a field of the sidebar, which every page has, so that it stays in the address too.
What a learner does of it is in `progress`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from pages.shared import assignment, progress
from pages.shared.assignment import Assignment, Step
from pages.shared.quiz import attempts

LINK = "assignment"  # its name in the address, and the folder of its page
IN_USE = "in use"  # in the session
LED = {"exercise", "question"}  # a step leads to them: they can be locked, not hidden, and stand where it led
LEFT_OUT = "A part of this assignment does not fit this lab, and is left out. Tell whoever set it."
# The fields that can be held, by their keys.
KEYS = {
    "inputs", "weights", "target", "activation", "rate", "updates", "predict", "weight", "slope_of", "exercise",
    "question", "runs", "below", "across", "up", "inputs2", "target2", "follow", "network_data", "hidden", "start_seed",
    "start_size", "hidden_activation", "output_activation", "network_optimiser", "schedule", "network_batch",
    "network_size", "network_shuffle", "network_samples", "network_noise", "network_start", "typed", "biases", "alike",
    "data", "table", "marks", "missing", "aim", "bias", "standardise", "optimiser", "batch", "size", "seed",
    "start", "row", "to",
}  # fmt: skip


@dataclass
class InUse:
    """An assignment in this session.

    `settings` are what fields say by their keys, those that were not drawn yet are `pending`; what is `held` cannot be
    changed, and says its default where there is no setting. `steps` are those whose pages are here, with `titles`.
    """

    text: str
    assignment: Assignment
    settings: dict[str, str]
    pending: set[str]
    held: set[str]
    hidden: set[str]
    steps: list[Step]
    titles: Mapping[str, str]
    defaults: Mapping[str, str]
    left_out: bool

    def leave_out(self, key: str) -> None:
        """Leave out a setting that does not fit its field, from the top of the page on."""
        del self.settings[key]
        self.left_out = True
        st.rerun()

    def left(self, step: Step) -> list[int]:
        """The numbers of a step's questions that are not solved yet; of a page that is not visited, one."""
        done = progress.done()
        if not step.exercise:
            return [] if step.page in done["visited"] else [1]
        solved = attempts.solved(done["attempts"], step.exercise)
        return [seed for seed in self.assignment.seeds(step, done["name"]) if seed not in solved]

    @property
    def done(self) -> tuple[int, int]:
        """How many pages and questions are done, and how many there are."""
        asked = sum(step.questions or 1 for step in self.steps)
        return asked - sum(len(self.left(step)) for step in self.steps), asked

    @property
    def nameless(self) -> bool:
        """Whether a name is wanting, without which nobody has questions of their own."""
        return self.assignment.own and not progress.done()["name"]

    def link(self, step: Step, icon: str, here: str = "") -> None:
        """The way from the page `here` to a step: to the first of its questions that is not solved, if one is not."""
        left = self.left(step)
        if not step.exercise:
            st.page_link(f"{step.page}/page.py", label=self.titles[step.page], icon=icon)
            return
        label = f"{self.titles[step.page]}: {step.exercise}, {step.questions - len(left)} of {step.questions} solved"
        seed = (left or self.assignment.seeds(step, progress.done()["name"]))[0]
        asked = {"exercise": step.exercise, "question": str(seed)}
        if here == step.page:  # a link to the page that is open changes no field of it
            st.button(label, on_click=st.session_state.update, args=(asked,), icon=icon, type="tertiary")
        else:
            st.page_link(f"{step.page}/page.py", label=label, icon=icon, query_params=asked, disabled=self.nameless)


def in_use() -> InUse | None:
    """The assignment in use, if one is."""
    return st.session_state.get(IN_USE)


def holds(*keys: str) -> bool:
    """Whether the assignment in use holds one of these fields."""
    now = in_use()
    return bool(now and not now.held.isdisjoint(keys))


def hides(key: str) -> bool:
    """Whether the assignment in use hides a field."""
    now = in_use()
    return bool(now and key in now.hidden)


def begins(key: str, otherwise: str) -> str:
    """What a field that is not drawn yet will say: what the assignment in use has it say, or `otherwise`."""
    now = in_use()
    return now.settings.get(key, "") if now and key in now.held | now.pending else otherwise


def begin(titles: Mapping[str, str], defaults: Mapping[str, str]) -> None:
    """Use the assignment of the address, if there is one.

    `titles` are those of the pages it may lead to, by folder; `defaults` what held fields say where it does not.
    """
    state, now, text = st.session_state, in_use(), ""
    if LINK in st.query_params or LINK in state:
        with st.sidebar.expander("Assignment link", icon=":material/assignment:"):
            text = st.text_input("Assignment", key=LINK, bind="query-params")
    if now and now.text != text:
        now = state[IN_USE] = None
        progress.change("")
    if not text:
        return
    if not now:
        try:
            now = state[IN_USE] = _opened(text, assignment.read(text), titles, defaults)
        except ValueError as sentence:
            st.error(str(sentence))
            return
        progress.change(hashlib.sha256(text.encode()).hexdigest()[:8])
    if now.left_out:
        st.warning(LEFT_OUT)


def _opened(text: str, read: Assignment, titles: Mapping[str, str], defaults: Mapping[str, str]) -> InUse:
    hidden = {*read.hidden} & KEYS - LED
    held = {*read.locked, *read.hidden} & KEYS
    settings = {key: value for key, value in read.settings.items() if key in KEYS}
    steps = [step for step in read.steps if step.page in titles and bool(step.exercise) <= (step.page == "practice")]
    if not steps:
        raise ValueError(assignment.DAMAGED)
    left_out = len(steps) < len(read.steps) or not {*read.settings, *read.locked, *read.hidden} <= KEYS
    # What a learner has changed since is in the address when it is opened again.
    pending = {key for key in settings if key not in st.query_params}
    return InUse(text, read, settings, pending, held, hidden, steps, titles, defaults, left_out)


def line(page: str) -> None:
    """How much is done of the assignment in use, and the way to what is next."""
    now = in_use()
    if not now or page == LINK:
        return
    done, asked = now.done
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{now.assignment.title or 'Assignment'}: {done} of {asked} done", width="content")
        step = next((step for step in now.steps if now.left(step)), None)
        if step and not (step.exercise and now.nameless):
            now.link(step, ":material/arrow_forward:", page)
        else:
            st.page_link(f"{LINK}/page.py", label="Back to the assignment", icon=":material/assignment:")


def following(exercise: str, seed: int) -> dict[str, str]:
    """The exercise and the question after this one; of the assignment, if one asks questions that are not solved."""
    now = in_use()
    if now and not now.nameless:
        steps = sorted((step for step in now.steps if step.exercise), key=lambda step: step.exercise != exercise)
        for step in steps:
            seeds, left = now.assignment.seeds(step, progress.done()["name"]), now.left(step)
            after = seeds.index(seed) + 1 if seed in seeds else 0
            if found := [other for other in (*seeds[after:], *seeds[:after]) if other in left and other != seed]:
                return {"exercise": step.exercise, "question": str(found[0])}
    return {}


def asks(exercise: str, seed: int) -> bool:
    """Whether the assignment in use asks this question."""
    now = in_use()
    if not now or now.nameless:
        return False
    steps = (step for step in now.steps if step.exercise == exercise)
    return any(seed in now.assignment.seeds(step, progress.done()["name"]) for step in steps)

"""Fields: what a learner types or chooses, as a value, or refused with one sentence beneath; all are in the link."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

import streamlit as st

from pages.shared import assigned, parse

Value = TypeVar("Value")
LINK = "link"  # of all fields on the page: key, which is the name in the address -> what stands there
WIDTH = 200  # pixels
SAID = ("false", "true")  # by a switch, in the link
BATCHES = ALL, SOME, ONE = "all samples", "mini-batch", "single sample (SGD)"  # which samples an update uses
# Choices that have been renamed: key -> what old links say -> what it is now.
RENAMED = {"batch": {"a batch of them": SOME, "one of them": ONE}}


def begin() -> None:
    """Begin a page: none of its fields is drawn yet, and a link with old names says the new ones."""
    opened = LINK not in st.session_state
    st.session_state[LINK] = {}
    asked = st.query_params
    old = {key: renamed[asked[key]] for key, renamed in RENAMED.items() if asked.get(key) in renamed}
    if old and opened:  # later the address belongs to the fields
        st.query_params.update(old)
        st.rerun()  # a field reads the address with which a run begins


def ask(read: Callable[[str], Value], label: str, default: str = "", *, key: str, **how: Any) -> Value | None:
    """A field for text: what `read` makes of it, as `accepted`."""
    recall(key)
    widget = how.pop("widget", st.text_input)

    def fits(text: str) -> str:
        read(text)
        return text

    text = _draw(partial(widget, label, default, **how), key, default, fits)
    note(key, text)
    return accepted(read, text)


def accepted(read: Callable[[str], Value], text: str) -> Value | None:
    """What `read` makes of a text; None where it raises ValueError: its sentence is shown.

    Beneath numbers stands how a comma was read, if it could be read otherwise.
    """
    try:
        value = read(text)
    except ValueError as sentence:
        st.error(str(sentence))
        return None
    if isinstance(value, int | float | list | tuple):
        one = isinstance(value, int | float) or len(value) == 1
        if said := parse.remark(text, one=one):
            st.caption(said)
    return value


def usable(
    read: Callable[..., Value], label: str, defaults: dict[str, str], written: Callable[[Value], str] | None = None
) -> Value:
    """What `read` makes of the texts of the fields with these keys; where it refuses, of those it took last.

    Then a line says so, with the value as `written`; and the link has what is shown.
    """
    last, typed = st.session_state.setdefault("usable", {}), [st.session_state[key] for key in defaults]
    for texts in (typed, last.get(label, typed), [*defaults.values()]):
        with suppress(ValueError):
            value = read(*texts)
            break
    if texts != typed:
        st.caption(f"Shown with the last {label} that can be used{f': {written(value)}' if written else ''}.")
    last[label] = texts
    for key, text in zip(defaults, texts, strict=True):
        note(key, text)
    return value


def required(value: Value | None) -> Value:
    """A value without which the page ends here."""
    if value is None:
        st.stop()
    return value


def choose(
    label: str,
    options: Collection[Value],
    *,
    key: str,
    index: int = 0,
    format_func: Callable[[Value], str] = str,
    named: str = "",
    **how: Any,
) -> Value:
    """One of several options. A link that asks for another gets a sentence, if `named` says what the options are."""
    asked = st.query_params.get(key)
    recall(key, options)
    widget, listed = how.pop("widget", st.selectbox), [*options]

    def option(text: str) -> Value:
        return listed[[*map(format_func, listed)].index(text)]

    draw = partial(widget, label, options, index=index, format_func=format_func, **how)
    chosen = _draw(draw, key, listed[index], option)
    note(key, format_func(chosen))
    if named and asked is not None and asked not in map(format_func, options):
        st.error(f"The link names {named} this lab does not have. Choose one here.")
    return chosen


def switch(label: str, *, key: str, value: bool = False, widget: Callable = st.checkbox, **how: Any) -> bool:
    """Yes or no."""
    recall(key)
    chosen = _draw(partial(widget, label, value, **how), key, value, lambda text: bool(SAID.index(text)))
    note(key, str(chosen).lower())
    return chosen


def _draw(draw: Callable[..., Value], key: str, standard: Value, of_setting: Callable[[str], Value]) -> Value:
    """Draw a field, unless the assignment in use hides it, and have it say what that sets.

    `standard` is what it says by itself; `of_setting` makes a value of a setting, or raises ValueError.
    """
    now, state = assigned.in_use(), st.session_state
    if not now:
        return draw(key=key, bind="query-params")
    held = key in now.held
    set_by_it = held and key not in assigned.LED  # what stands there is not the address's to say
    if set_by_it or key in now.pending:
        now.pending.discard(key)
        try:
            state[key] = of_setting(now.settings[key]) if key in now.settings else now.defaults.get(key, standard)
        except ValueError:
            now.leave_out(key)
    return state[key] if key in now.hidden else draw(key=key, bind=None if set_by_it else "query-params", disabled=held)


def one_weight(label: str, key: str, inputs: Sequence[float]) -> int:
    """The place of one weight; at first the one with the largest input. Its number is in the link."""
    sizes = [abs(number) for number in inputs]
    first, places = sizes.index(max(sizes)), range(len(sizes))
    return choose(label, places, key=key, index=first, format_func=lambda place: str(place + 1), width=WIDTH)


def stepper(label: str, key: str, last: int, *, arrow_keys: bool = False) -> int:
    """A place from 1 to `last`: on a bar, by buttons, or with the arrow keys; it begins at 1."""
    if last == 1:
        return 1
    recall(key)
    here = st.session_state[key] = min(max(1, st.session_state.get(key, 1)), last)

    def move(by: int) -> None:
        st.session_state[key] += by

    def button(name: str, by: int, shortcut: str, end: int) -> None:
        keys = shortcut if arrow_keys else None
        st.button(name, on_click=move, args=(by,), disabled=here == end, key=f"{key} {name.lower()}", shortcut=keys)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        button("Back", -1, "Left", end=1)
        chosen = st.slider(label, 1, last, key=key, bind="query-params", width="stretch")
        button("Forward", 1, "Right", end=last)
    note(key, str(chosen))
    return chosen


def recall(key: str, options: Collection | None = None) -> None:
    """Have a field that is about to be drawn stand as it was left, after other pages too.

    Streamlit forgets a field with the page that draws it. With `options`, only one of these comes back.
    """
    state, kept = st.session_state, f"kept {key}"
    if key in state:
        state[kept] = state[key]
    elif kept in state and key not in st.query_params and (options is None or state[kept] in options):
        state[key] = state[kept]


def note(key: str, written: str | list[str]) -> None:
    """Have a field in the link, as it is written there."""
    st.session_state[LINK][key] = written


def address(folder: str = "") -> str:
    """The address of this page, or of the one in a folder, without its fields."""
    return urljoin((st.context.url or "").partition("?")[0], folder)


def only_here(link: str) -> bool:
    """Whether a link leads nowhere on any other computer."""
    return urlsplit(link).hostname in {"localhost", "127.0.0.1", "::1"}


def link() -> str:
    """The address of this page with every field on it."""
    return f"{address()}?{urlencode(st.session_state[LINK], doseq=True)}"


def show_link(what: str) -> None:
    """The link of this page, which opens the same run, or whatever else it is."""
    st.markdown(f"This link opens the same {what}, {'on this computer only' if only_here(link()) else 'anywhere'}:")
    st.code(link(), language=None, wrap_lines=True)

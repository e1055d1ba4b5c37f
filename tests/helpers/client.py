"""One browser tab as the server sees it, without the browser: Streamlit's own messages over a websocket.

    async with Tab("http://127.0.0.1:8501/many_updates?rate=0.02") as tab:
        first = await tab.run()
        again = await tab.set("rate", "0.03")
        print(again.seconds, again.bytes)

Only what tests and benchmarks need: text fields and sliders. Messages the server marks as cacheable are kept and
announced by their hash, as a browser does, so that the bytes counted are the bytes a browser gets. A field within a
fragment runs that fragment alone. A tab that has lost its connection is entered again: it knows what was set.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

TIMEOUT = 90  # seconds for one run
TEXTS = {"alert": "body", "code": "code_text", "markdown": "body"}  # elements whose text is kept


@dataclass(frozen=True)
class Run:
    """One run of the script as seen from the tab: how long it took and how much came back."""

    seconds: float
    bytes: int
    exceptions: tuple[str, ...]


class Tab:
    """A tab that has one page open."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        self.url, self.headers = urlsplit(url), headers
        self.origin = f"{self.url.scheme}://{self.url.netloc}"
        self.query = self.url.query
        self.texts: list[str] = []  # of boxes, code and paragraphs in the last answer
        self.positions: list[str] = []  # of sliders with named stops in the last answer
        self.widgets: dict[str, tuple[str, str, str]] = {}  # key: (id, kind, fragment)
        self.values: dict[str, tuple[str, Any]] = {}  # id: (field of the message, value)
        self.kept: dict[str, ForwardMsg] = {}
        self.page_hash = ""

    async def __aenter__(self) -> "Tab":
        self.socket = await websockets.connect(
            f"ws://{self.url.netloc}/_stcore/stream",
            subprotocols=["streamlit", "benchmark"],  # type: ignore[list-item]
            origin=self.origin,  # type: ignore[arg-type]
            additional_headers=self.headers,
            max_size=None,
            compression=None,
            open_timeout=TIMEOUT,  # a server that has just begun is not warm yet
            close_timeout=1,
        )
        return self

    async def __aexit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.socket.close()

    async def set(self, key: str, value: str | float) -> Run:
        """Change the widget with this key and wait until the page has answered."""
        widget, kind, fragment = self.widgets[key]
        if kind == "text_input":
            self.values[widget] = ("string_value", str(value))
        else:
            self.values[widget] = ("double_array_value", [float(value)])
        return await self.run(fragment)

    async def run(self, fragment: str = "") -> Run:
        """Ask for a run of the page, or of one fragment of it, and wait for its end."""
        self.texts, self.positions = [], []
        ask = BackMsg()
        script = ask.rerun_script
        script.query_string = self.query
        script.context_info.url = f"{self.origin}{self.url.path}"
        script.fragment_id = fragment
        script.page_script_hash = self.page_hash
        script.page_name = "" if self.page_hash else self.url.path.strip("/")
        script.cached_message_hashes.extend(self.kept)
        script.widget_states.SetInParent()
        for widget, (field, value) in self.values.items():
            state = script.widget_states.widgets.add(id=widget)
            if isinstance(value, list):
                getattr(state, field).data.extend(value)
            else:
                setattr(state, field, value)
        start, size, exceptions = time.perf_counter(), 0, []
        await self.socket.send(ask.SerializeToString())
        async with asyncio.timeout(TIMEOUT):
            while True:
                raw = await self.socket.recv()
                size += len(raw)
                message = ForwardMsg.FromString(raw)
                kind = message.WhichOneof("type")
                if kind == "ref_hash":
                    message = self.kept[message.ref_hash]
                    kind = message.WhichOneof("type")
                elif message.metadata.cacheable and message.hash:
                    self.kept[message.hash] = message
                if kind == "navigation":
                    self.page_hash = message.navigation.page_script_hash
                elif kind == "page_info_changed":
                    self.query = message.page_info_changed.query_string
                elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                    exceptions += self._remember(message.delta.new_element, message.delta.fragment_id)
                elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    break
        return Run(time.perf_counter() - start, size, tuple(exceptions))

    def _remember(self, element: Any, fragment: str) -> list[str]:
        """Remember a widget by its key, and a text; hand on an exception."""
        kind = element.WhichOneof("type")
        proto = getattr(element, kind)
        if kind in TEXTS:
            self.texts.append(getattr(proto, TEXTS[kind]))
        if kind == "exception":
            return [f"{proto.type}: {proto.message}"]
        identity = getattr(proto, "id", "")
        if identity.startswith("$$ID-"):
            self.widgets[identity.split("-", 2)[2]] = (identity, kind, fragment)
        if kind == "slider" and proto.options:
            self.positions.append(proto.raw_value[0] if proto.raw_value else proto.options[int(proto.default[0])])
        return []

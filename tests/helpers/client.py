"""One browser tab as the server sees it, without the browser: Streamlit's own messages over a websocket.

    async with Tab("http://127.0.0.1:8501/many_updates?rate=0.02") as tab:
        first = await tab.run()
        again = await tab.set("rate", "0.03")
        print(again.seconds, again.bytes)

Only what tests and benchmarks need: text fields, sliders, uploads and files that are made. Messages the server marks as
cacheable are kept and announced by their hash, as a browser does, so that the bytes counted are the bytes a browser
gets. A field within a fragment runs that fragment alone. A tab that has lost its connection is entered again: it knows
what was set.
"""

import asyncio
import http.client
import time
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookies import SimpleCookie
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

TIMEOUT = 90  # seconds for one run
XSRF = "_streamlit_xsrf"  # Streamlit's cookie; uploads must repeat it
TEXTS = {"alert": "body", "code": "code_text", "markdown": "body"}  # elements whose text is kept


Result = TypeVar("Result")


def result_of(work: Coroutine[Any, Any, Result]) -> Result:
    """What it returns, run beside this thread, which may have the browser's loop."""
    with ThreadPoolExecutor() as beside:
        return beside.submit(asyncio.run, work).result()


@dataclass(frozen=True)
class Run:
    """One run of the script as seen from the tab: how long it took and how much came back."""

    seconds: float
    bytes: int
    exceptions: tuple[str, ...]


class Tab:
    """A tab that has one page open."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        self.url, self.headers = urlsplit(url), headers or {}
        self.origin = f"{self.url.scheme}://{self.url.netloc}"
        self.query = self.url.query
        self.texts: list[str] = []  # of boxes, code and paragraphs in the last answer
        self.positions: list[str] = []  # of sliders with named stops in the last answer
        self.widgets: dict[str, tuple[str, str, str]] = {}  # key: (id, kind, fragment)
        self.values: dict[str, tuple[str, Any]] = {}  # id: (field of the message, value)
        self.kept: dict[str, ForwardMsg] = {}
        self.page_hash = self.session = ""
        self.patience = TIMEOUT
        self.files: dict[str, str] = {}  # buttons that have a file made, by their labels: its id
        self.cookies: SimpleCookie = SimpleCookie()

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        """The answer to a request with this browser's cookies."""
        connection = http.client.HTTPConnection(self.url.netloc, timeout=TIMEOUT)
        connection.request(method, path, body, {"Cookie": self.cookie(), "Connection": "close"} | headers)
        answer = connection.getresponse()
        self.cookies.load("; ".join(answer.headers.get_all("Set-Cookie", [])))
        return answer

    def cookie(self) -> str:
        """The cookies as they are sent."""
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())

    def visit(self) -> http.client.HTTPResponse:
        """Get the page itself, as a browser does before it connects; where it has a place, it gets its cookies."""
        answer = self.ask(f"{self.url.path or '/'}?{self.query}", Accept="text/html")
        if answer.status == http.client.OK:
            self.ask("/_stcore/health")
        return answer

    async def __aenter__(self) -> "Tab":
        self.socket = await websockets.connect(
            f"ws://{self.url.netloc}/_stcore/stream",
            subprotocols=["streamlit", "benchmark"],  # type: ignore[list-item]
            origin=self.origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": self.cookie(), **self.headers},
            max_size=None,
            compression=None,
            open_timeout=TIMEOUT,  # a server that has just begun is not warm yet
            close_timeout=1,
        )
        return self

    async def __aexit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.socket.close()

    async def set(self, key: str, value: str | float) -> Run:
        """Change the widget with this key, or open what is folded away there, and wait until the page has answered."""
        widget, kind, fragment = self.widgets[key]
        if kind == "text_input":
            self.values[widget] = ("string_value", str(value))
        elif kind == "popover":
            self.values[widget] = ("bool_value", bool(value))
        else:
            self.values[widget] = ("double_array_value", [float(value)])
        return await self.run(fragment)

    def send_file(self, raw: bytes, **headers: str) -> FileUploaderState:
        """Send a file; the cookies of a visit are needed. Returns what the field of the upload says then."""
        body = b'--+\r\nContent-Disposition: form-data; name="f"; filename="table.csv"\r\n\r\n' + raw + b"\r\n--+--\r\n"
        headers |= {"X-Xsrftoken": self.cookies[XSRF].value, "Content-Type": "multipart/form-data; boundary=+"}
        answer = self.ask(f"/_stcore/upload_file/{self.session}/table", "PUT", body, **headers)
        if answer.status != http.client.NO_CONTENT:
            raise OSError(f"the file was refused: {answer.status}")
        state = FileUploaderState()
        state.uploaded_file_info.add(file_id="table", name="table.csv", size=len(raw))
        return state

    async def upload(self, key: str, raw: bytes) -> Run:
        """Upload a file into the widget with this key and wait until the page has answered."""
        widget, _, fragment = self.widgets[key]
        self.values[widget] = ("file_uploader_state_value", await asyncio.to_thread(self.send_file, raw))
        return await self.run(fragment)

    async def take(self, label: str) -> bytes:
        """The file that the button with this label has made now."""
        ask = BackMsg()
        request = ask.backend_operation_request
        request.request_id, request.session_id = label, self.session
        request.deferred_file.file_id = self.files[label]
        await self.socket.send(ask.SerializeToString())
        async with asyncio.timeout(self.patience):
            while True:
                made = ForwardMsg.FromString(await self.socket.recv()).backend_operation_response
                if made.request_id == label:
                    break
        answer = await asyncio.to_thread(self.ask, made.deferred_file.url)
        if answer.status != http.client.OK:
            raise OSError(f"there is no file: {answer.status}")
        return answer.read()

    def request(self, fragment: str = "") -> bytes:
        """The message that asks for a run."""
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
            elif isinstance(value, FileUploaderState):
                getattr(state, field).CopyFrom(value)
            else:
                setattr(state, field, value)
        return ask.SerializeToString()

    async def run(self, fragment: str = "") -> Run:
        """Ask for a run of the page, or of one fragment of it, and wait for its end."""
        self.texts, self.positions = [], []
        start, size, exceptions = time.perf_counter(), 0, []
        await self.socket.send(self.request(fragment))
        async with asyncio.timeout(self.patience):
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
                if kind == "new_session":
                    self.session = message.new_session.initialize.session_id
                elif kind == "navigation":
                    self.page_hash = message.navigation.page_script_hash
                elif kind == "page_info_changed":
                    self.query = message.page_info_changed.query_string
                elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                    exceptions += self._remember(message.delta.new_element, message.delta.fragment_id)
                elif kind == "delta" and (identity := message.delta.add_block.popover.id):
                    self._place(identity, "popover", message.delta.fragment_id)
                elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    break
        return Run(time.perf_counter() - start, size, tuple(exceptions))

    def _place(self, identity: str, kind: str, fragment: str) -> None:
        """Remember a widget by its key."""
        if identity.startswith("$$ID-"):
            self.widgets[identity.split("-", 2)[2]] = (identity, kind, fragment)

    def _remember(self, element: Any, fragment: str) -> list[str]:
        """Remember a widget by its key, and a text; hand on an exception."""
        kind = element.WhichOneof("type")
        proto = getattr(element, kind)
        if kind in TEXTS:
            self.texts.append(getattr(proto, TEXTS[kind]))
        if kind == "exception":
            return [f"{proto.type}: {proto.message}"]
        if kind == "download_button":
            self.files[proto.label] = proto.deferred_file_id
        self._place(getattr(proto, "id", ""), kind, fragment)
        if kind == "slider" and proto.options:
            self.positions.append(proto.raw_value[0] if proto.raw_value else proto.options[int(proto.default[0])])
        return []

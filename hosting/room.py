"""A process takes so many learners and no more: a clear "full" for those who come after, not a slow lab for everybody.

Those who were let in before may come back, after a reload, a cut line or the end of another process: for them there is
room for twice as many.
"""

import time
from collections import deque
from pathlib import Path

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from hosting import memory, metrics

FULL = (Path(__file__).parent / "full.html").read_bytes()
AGAIN = 60  # seconds after which to try again
ARRIVES = 10.0  # seconds that a browser has from the page to its connection


class Room:
    """Middleware that lets new learners in while there are fewer than `most`, and memory is below so many MB."""

    def __init__(self, app: ASGIApp, most: int, most_memory: int) -> None:
        self.app, self.most, self.most_memory = app, most, most_memory
        self.learners = 0  # who are connected
        self.expected: deque[float] = deque()  # who were given the page and have not connected yet: since when
        metrics.LEARNERS.set_function(lambda: self.learners)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does while there is room; only a browser's page and its connection take some."""
        if scope["type"] == "websocket":
            if self.expected:
                self.expected.popleft()
            if self.has_place(known=True):
                self.learners += 1
                try:
                    await self.app(scope, receive, send)
                finally:
                    self.learners -= 1
                return
        elif scope["type"] == "http" and "text/html" in HTTPConnection(scope).headers.get("accept", ""):
            if self.has_place(known=XSRF_COOKIE_NAME in HTTPConnection(scope).cookies):
                self.expected.append(time.monotonic())
                await self.app(scope, receive, send)
                return
        else:
            await self.app(scope, receive, send)
            return
        metrics.REFUSED.inc()
        full = Response(FULL, 503, {"Retry-After": str(AGAIN)}, "text/html")
        await full(scope, receive, send)

    def has_place(self, *, known: bool) -> bool:
        """Whether one more may come, who is `known` if they were let in before."""
        while self.expected and self.expected[0] < time.monotonic() - ARRIVES:
            self.expected.popleft()
        taken = self.learners + len(self.expected)
        return taken < 2 * self.most if known else taken < self.most and memory.resident() < self.most_memory

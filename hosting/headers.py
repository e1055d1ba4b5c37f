"""Headers on every answer: what the browser may load and keep, who may frame the lab, what it tells others.

A websocket from another site's page is refused here: Streamlit would let in any page of `localhost`, and before it
refuses another it holds everybody up while it asks elsewhere for the address of this machine.
"""

import base64
import hashlib
import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.server_util import allow_all_cross_origin_requests, is_allowed_origin

STREAMLITS_METRICS = "/_stcore/metrics"  # they tell anybody; ours, in metrics.py, are off unless set
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def policy(frame_ancestors: str) -> str:
    """The Content-Security-Policy: nothing from elsewhere, no code but what comes as a file from here.

    Streamlit's own page has a script within itself, which is let through by its hash, and styles that are set by
    scripts. Charts need no `unsafe-eval`; pictures and fonts come as data too, and downloads as blobs.

    Raises ValueError if `frame_ancestors` could end its directive.
    """
    if re.search(r"[;,\r\n]", frame_ancestors):
        raise ValueError("FRAME_ANCESTORS is a list of origins with spaces between them.")
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    hashes = [base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in INLINE.findall(page)]
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self'", *(f"'sha256-{code}'" for code in hashes)]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {frame_ancestors}",
        ]
    )


def foreign(asks: MutableHeaders) -> bool:
    """Whether another site's page asks for a websocket, and Streamlit's settings do not let it."""
    origin = asks.get("Origin")
    if origin is None or origin.partition("://")[2] == asks.get("Host"):
        return False
    return not (allow_all_cross_origin_requests() or is_allowed_origin(origin))


class Headers:
    """Middleware that puts the headers on every answer."""

    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": policy(frame_ancestors),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with the headers."""

        async def answer(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                if scope["path"].startswith("/media/"):  # what a learner takes home
                    headers["Cache-Control"] = "no-store"
            await send(message)

        if scope["type"] == "websocket" and foreign(MutableHeaders(scope=scope)):
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http" and scope["path"].rstrip("/") == STREAMLITS_METRICS:
            await Response(status_code=404)(scope, receive, answer)
        else:
            await self.app(scope, receive, answer)

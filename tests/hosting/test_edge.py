"""Attacks at the edge: the lab or its proxy refuses each, and no header of an answer has anything of the attacker's."""

import http.client
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from tests.helpers.servers import PATIENCE, ROOT, TRUSTING, Server, free_port

FORGED = {
    "X-Forwarded-For": "203.0.113.1",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "Forwarded": "for=203.0.113.1;host=evil.example",
}
EVERY = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")  # answer has these headers
MOST = 60  # requests of an address within 10 seconds


class Answer(NamedTuple):
    """An answer, with its body as text."""

    status: int
    headers: Message
    body: str


def ask(url: str, line: str, headers: Mapping[str, str] = {}, body: str = "", source: str = "127.0.0.1") -> Answer:
    """The answer to a request whose first line and headers are sent as they stand."""
    where = urlsplit(url)
    asked = {"Host": where.netloc, "Connection": "close", "Content-Length": str(len(body)), **headers}
    head = "".join(f"{name}: {text}\r\n" for name, text in asked.items())
    address = ("127.0.0.1", where.port or 0)
    with socket.create_connection(address, PATIENCE / 1000, source_address=(source, 0)) as plain:
        line_to = TRUSTING.wrap_socket(plain) if where.scheme == "https" else plain
        with line_to:
            line_to.sendall(f"{line} HTTP/1.1\r\n{head}\r\n{body}".encode("latin-1"))
            answer = http.client.HTTPResponse(line_to, method=line.split()[0])
            answer.begin()
            return Answer(answer.status, answer.headers, answer.read().decode("latin-1"))


@pytest.mark.parametrize(
    "path",
    [
        "/media/../../app.py",
        "/media/..%2f..%2fapp.py",
        "/media/nothing",
        "/media/%00",
        "/static/..%5c..%5capp.py",
        "/static/..\\..\\app.py",
        "/static/%00.js",
        "/component/pages.shared.browser_storage/..%2f..%2fapp.py",
        "/_stcore/bidi-components/x/..%2f..%2fapp.py",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//evil.example/",
        "/%5cevil.example/",
        "/C:/windows/win.ini",
    ],
)
def test_a_path_that_leaves_the_lab_is_refused(server: Server, path: str):
    answer = ask(server.url, f"GET {path}")
    assert answer.status in (400, 404)
    assert "import" not in answer.body
    assert all(name in answer.headers for name in EVERY)


@pytest.mark.parametrize("path", ["/", "/healthz/", "/your_data?x=%0d%0aX-Evil:%201", "/%0d%0aX-Evil:%201", "/media/x"])
@pytest.mark.parametrize("forged", [{"Host": "evil.example"}, FORGED, {"Origin": "http://evil.example"}])
def test_what_is_forged_is_in_no_header_of_an_answer(server: Server, path: str, forged: dict[str, str]):
    usual, answer = ask(server.url, f"GET {path}"), ask(server.url, f"GET {path}", forged)
    assert "X-Evil" not in answer.headers
    assert "evil.example" not in str(answer.headers)
    assert {**answer.headers, "date": ""} == {**usual.headers, "date": ""}
    assert (answer.status, answer.body) == (usual.status, usual.body)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_upload_needs_the_token_of_its_cookie(server: Server, method: str):
    def status(**headers: str) -> int:
        return ask(server.url, f"{method} /_stcore/upload_file/nobody/file", headers).status

    mine, others = generate_xsrf_token_string(), generate_xsrf_token_string()
    assert status() == 403
    assert status(Cookie=f"_streamlit_xsrf={mine}") == 403
    assert status(**{"X-Xsrftoken": mine}) == 403
    assert status(**{"Cookie": f"_streamlit_xsrf={mine}", "X-Xsrftoken": others}) == 403
    assert status(**{"Cookie": "_streamlit_xsrf=2|forged", "X-Xsrftoken": "2|forged"}) == 403
    assert status(**{"Cookie": f"_streamlit_xsrf={mine}", "X-Xsrftoken": mine}) in (204, 400)  # nobody has no session


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://localhost:1", "http://127.0.0.1", "null", "http://[::1"]
)
def test_a_websocket_of_another_sites_page_is_refused(server: Server, origin: str):
    opening = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    assert ask(server.url, "GET /_stcore/stream", {**opening, "Origin": server.url}).status == 101
    assert ask(server.url, "GET /_stcore/stream", {**opening, "Origin": origin}).status == 403


class Echo(BaseHTTPRequestHandler):
    """In place of the lab: answers with the headers that reached it and Streamlit's cookie. Hangs up on DELETE."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.send_header("Set-Cookie", "_streamlit_xsrf=2|a|b|1; Path=/; SameSite=Lax")
        self.end_headers()
        self.wfile.write(str(self.headers).encode())

    def do_DELETE(self) -> None:
        """Say nothing."""

    def log_message(self, *args: object) -> None:
        """Say nothing of it."""


@contextmanager
def proxy(folder: Path, *servers: str, **environment: str) -> Iterator[str]:
    """The proxy of `make serve`, with these servers behind it."""
    (folder / "servers.cfg").write_text("\n    ".join(["backend lab", "dynamic-cookie-key lab", *servers]) + "\n")
    port = free_port()
    settings = {"BIND": f"127.0.0.1:{port}", "MOST_REQUESTS": str(MOST), "MOST_CONNECTIONS": "20", **environment}
    haproxy = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
    command = [str(haproxy), "-db", "-f", str(ROOT / "deploy/haproxy.cfg"), "-f", str(folder / "servers.cfg")]
    with subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as up:
        try:
            while True:  # it does not say when it listens
                assert up.poll() is None
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    pass
            yield f"{'https' if 'CERTIFICATE' in environment else 'http'}://127.0.0.1:{port}"
        finally:
            up.terminate()
            up.communicate()


@pytest.fixture(scope="module")
def echo() -> Iterator[str]:
    """The proxy's line about it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"server lab1 127.0.0.1:{site.server_port}"
        site.shutdown()


@pytest.fixture(scope="module")
def behind(echo: str, certificate: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The proxy over TLS, for the tests here."""
    with proxy(tmp_path_factory.mktemp("proxy"), echo, CERTIFICATE=str(certificate)) as url:
        yield url


def test_who_asks_is_what_the_proxy_says(behind: str):
    answer = ask(behind, "GET /", FORGED)
    assert "X-Forwarded-For: 127.0.0.1" in answer.body.title()
    assert not [forged for forged in FORGED.values() if forged in answer.body]


def test_no_forged_address_and_no_forged_cookie_gives_more_requests(behind: str):
    for number in range(MOST + 1):
        forged = {"X-Forwarded-For": f"203.0.113.{number}", "Cookie": f"LAB_REPLICA=lab{number}"}
        answer = ask(behind, "GET /", forged, source="127.0.0.2")
    assert answer.status == 429
    assert ask(behind, "GET /").status == 200


@pytest.mark.parametrize(
    ("line", "headers", "status"),
    [
        ("GET /static/../app.py", {}, 400),
        ("TRACE /", {}, 405),
        ("PUT /_stcore/upload_file/a/b", {"Content-Length": "9000000"}, 413),
        ("DELETE /", {}, 502),
    ],
)
def test_an_answer_of_the_proxy_has_the_headers_too(behind: str, line: str, headers: dict[str, str], status: int):
    answer = ask(behind, line, headers)
    assert answer.status == status
    assert all(name in answer.headers for name in (*EVERY, "Strict-Transport-Security"))


def test_without_a_process_the_proxy_says_so_with_the_headers(tmp_path: Path):
    with proxy(tmp_path) as url:
        answer = ask(url, "GET /")
    assert answer.status == 503
    assert all(name in answer.headers for name in EVERY)


@pytest.mark.parametrize(
    ("tls", "ancestors", "attributes"),
    [
        (False, "'self' https://course.example", {"SameSite=Lax"}),
        (True, "'self'", {"SameSite=Lax", "Secure"}),
        (True, "'self' https://course.example", {"SameSite=None", "Secure", "Partitioned"}),
    ],
)
def test_cookies_are_for_frames_over_tls_in_another_sites_page_alone(
    echo: str, certificate: Path, tmp_path: Path, tls: bool, ancestors: str, attributes: set[str]
):
    over = {"CERTIFICATE": str(certificate)} if tls else {}
    with proxy(tmp_path, echo, FRAME_ANCESTORS=ancestors, **over) as url:
        answer = ask(url, "GET /")
    streamlits, proxys = (cookie.split("; ")[1:] for cookie in answer.headers.get_all("Set-Cookie", []))
    assert {*streamlits} == {"Path=/", *attributes}
    assert {*proxys} == {"path=/", "HttpOnly", *attributes}

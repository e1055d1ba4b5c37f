"""Every answer has the headers that keep other sites' code and frames away."""

import http.client
from pathlib import Path

import pytest

from hosting import headers
from tests.helpers.servers import PATIENCE, Server


def header(server: Server, path: str, name: str) -> str:
    """A header of the answer to a request."""
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=PATIENCE / 1000)
    connection.request("GET", path, headers={"Connection": "close"})
    return connection.getresponse().getheader(name) or ""


@pytest.mark.parametrize("path", ["/", "/healthz", "/your_data", "/_stcore/health", "/nothing/here"])
def test_every_answer_has_the_headers(server: Server, path: str):
    policy = header(server, path, "Content-Security-Policy")
    assert policy == headers.policy("'self'")
    assert header(server, path, "X-Content-Type-Options") == "nosniff"
    assert header(server, path, "Referrer-Policy") == "no-referrer"
    assert header(server, path, "Cross-Origin-Resource-Policy") == "same-origin"


def test_no_end_of_an_answer_waits_until_its_beginning_is_acknowledged(server: Server):
    libraries = Path(f"/proc/{server.process.pid}/maps").read_text()
    assert "/uvloop/" in libraries, "asyncio's own loop does not tell Streamlit's sockets to send at once"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/%6detrics?a=b"])
def test_nobody_is_told_streamlits_own_metrics(server: Server, path: str):
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=PATIENCE / 1000)
    connection.request("GET", path, headers={"Connection": "close"})
    assert connection.getresponse().status == http.client.NOT_FOUND


def test_what_a_learner_takes_home_is_kept_in_no_cache(server: Server):
    assert header(server, "/media/any", "Cache-Control") == "no-store"


def test_the_policy_lets_in_scripts_from_here_and_streamlits_own_inline_one_alone():
    directives = dict(part.split(" ", 1) for part in headers.policy("'self'").split("; "))
    here, *inline = directives["script-src"].split()
    assert here == "'self'"
    assert inline
    assert all(source.startswith("'sha256-") for source in inline)


def test_a_site_may_be_named_that_frames_the_lab():
    assert headers.policy("'self' https://course.example").endswith("frame-ancestors 'self' https://course.example")


@pytest.mark.parametrize("wrong", ["'self'; script-src *", "'self', *", "'self'\r\nX: y"])
def test_what_is_named_to_frame_the_lab_cannot_end_its_directive(wrong: str):
    with pytest.raises(ValueError, match="FRAME_ANCESTORS"):
        headers.policy(wrong)

"""What a process tells Prometheus if METRICS is 1: numbers alone, nothing that anybody typed.

Memory, file handles and processor time come with the library.
"""

import threading

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import Response

BOUNDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)  # seconds

LEARNERS = Gauge("lab_learners", "Learners connected, one for each tab")
REFUSED = Counter("lab_refused", "Pages and connections refused because there was no room")
ERRORS = Counter("lab_errors", "Errors in the log")
TURN = Histogram(
    "lab_turn_seconds",
    "Seconds that a rerun or a file took from its first turn on, and what it gave way to",
    buckets=BOUNDS,
)
WAIT = Histogram("lab_wait_seconds", "Seconds that a rerun or a file waited for its turn", buckets=BOUNDS)
Gauge("lab_threads", "Threads of the process").set_function(threading.active_count)


async def answer(request: Request) -> Response:
    """All of them, for who asks the process itself: whoever comes through a proxy is outside."""
    if "x-forwarded-for" in request.headers:
        return Response(status_code=404)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

"""A session that this process has never seen begins with a whole page; and there are file handles for all of them."""

import sys

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession


def begin() -> None:
    """Have the first change after a restart, or at another process, draw the page anew.

    A browser goes on where it was, and its next change asks for the fragment it was made in. A new session has no
    fragment yet: Streamlit drops the request, and would drop every other. The browser sends all fields with it, so
    that the whole page can be drawn instead.
    """
    usual = AppSession.request_rerun

    def request_rerun(session: AppSession, client_state: ClientState | None) -> None:
        if client_state and client_state.fragment_id and not session.has_fragment(client_state.fragment_id):
            client_state.fragment_id = ""
        usual(session, client_state)

    if sys.platform == "linux":  # a learner takes four: often 1,024 are allowed until more are asked for
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    AppSession.request_rerun = request_rerun  # type: ignore[assignment, method-assign]

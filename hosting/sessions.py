"""A session that this process has never seen begins with a whole page."""

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
        asked = client_state.fragment_id if client_state else ""
        # Between two runs there is no runner either, but the fragment is there: then it alone is drawn.
        if client_state and asked and session._scriptrunner is None and not session.has_fragment(asked):
            client_state.fragment_id = ""
        usual(session, client_state)

    AppSession.request_rerun = request_rerun  # type: ignore[assignment, method-assign]

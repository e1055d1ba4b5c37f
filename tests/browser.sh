#!/bin/sh
# Make sure there is a browser for the tests: Debian's headless Chromium, which starts in half the time,
# else the system's chromium, else the one playwright installs. Fails, and says so, where none can be had.
#     tests/browser.sh PYTHON
set -u
python=$1
reasons=$(mktemp)
trap 'rm -f "$reasons"' EXIT

starts() {
    "$python" - <<'PYTHON' 2>"$reasons"
from tests.conftest import a_browser
with a_browser():
    pass
PYTHON
}

if command -v apt-get >/dev/null && ! command -v chromium-headless-shell >/dev/null; then
    root=""
    [ "$(id -u)" = 0 ] || root="sudo -n"
    starts && [ -n "$root" ] && exit 0 # on somebody's own machine nothing is added to a browser that works
    $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell
fi
starts && exit 0
echo "Trying the browser that playwright installs."
"$python" -m playwright install chromium && starts && exit 0
cat "$reasons" >&2
echo "The tests need a browser and none could be had: install chromium, then make test again." >&2
exit 1

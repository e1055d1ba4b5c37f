#!/bin/sh
# Make sure there is a browser for the tests: the system's chromium, else Debian's package, else the
# one playwright installs. Fails, and says so, where none of them can be had.
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

starts && exit 0
echo "No browser starts yet; trying Debian's chromium."
if command -v apt-get >/dev/null; then
    root=""
    [ "$(id -u)" = 0 ] || root="sudo -n"
    $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium
    starts && exit 0
fi
echo "Trying the browser that playwright installs."
"$python" -m playwright install chromium && starts && exit 0
cat "$reasons" >&2
echo "The tests need a browser and none could be had: install chromium, then make test again." >&2
exit 1

#!/bin/sh
# Make sure there is HAProxy: the one that is here, else Debian's package. Fails, and says so, where neither can be had.
set -u
PATH=$PATH:/usr/sbin
command -v haproxy >/dev/null && exit 0
if command -v apt-get >/dev/null; then
    root=""
    [ "$(id -u)" = 0 ] || root="sudo -n"
    $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq haproxy
    command -v haproxy >/dev/null && exit 0
fi
echo "HAProxy is needed and could not be had: install haproxy, then try again." >&2
exit 1

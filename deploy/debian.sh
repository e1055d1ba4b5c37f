#!/bin/sh
# Make sure there are these programs: those that are here, else Debian's packages of the same names. Fails, and says so,
# where they cannot be had.
#     deploy/debian.sh PROGRAM...
set -u
PATH=$PATH:/usr/sbin
all_here() {
    for program; do command -v "$program" >/dev/null || return 1; done
}
all_here "$@" && exit 0
if command -v apt-get >/dev/null; then
    root=""
    [ "$(id -u)" = 0 ] || root="sudo -n"
    $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"
    all_here "$@" && exit 0
fi
echo "Needed, and could not be had: $*. Install them, then try again." >&2
exit 1

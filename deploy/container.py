"""Build the container, run it as strictly as can be, and check that it keeps what is said of it. Needs podman and runc.

    python -m deploy.container

Where no registry answers, the image that it begins with is made of Debian's packages. pip fetches here, as it is set
on this machine; the build itself has no network. The container is reached from this machine's loopback only.
"""

import asyncio
import contextlib
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from pages.lessons import PAGES
from tests.helpers.client import Tab
from tests.helpers.servers import ROOT, free_port

BASE, MADE_BASE = "docker.io/library/python:3.11-slim-bookworm", "localhost/python-on-debian"
IMAGE, NAME = "localhost/gradient-descent-lab", "gradient-descent-lab-check"
LIMITS = ["--ulimit=nofile=1024:1024", "--ulimit=nproc=4096:4096"]  # podman's own may be more than this machine allows
TMP = "/tmp"  # noqa: S108 - the container's own
STRICT = ["--read-only", "--read-only-tmpfs=false", f"--tmpfs={TMP}", "--ipc=none", "--cap-drop=all"]
LEARNERS = 20
STARTS, STOPS = 60.0, 5.0  # seconds
MOST_MB = 600
# Paths that may be written in the container; the kernel's own file systems hold no files.
WRITABLE = """
import os
for folder, folders, files in os.walk("/"):
    folders[:] = {os.path.join(folder, name) for name in folders} - {"/proc", "/sys", "/dev/mqueue"}
    for path in [folder, *(os.path.join(folder, name) for name in files)]:
        if os.access(path, os.W_OK) and (os.path.isdir(path) or os.path.isfile(path)):
            print(path)
"""


def podman(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run it in the project's folder, and keep what it prints; where it must not fail its errors are shown at once."""
    command = ["podman", "--runtime=runc", "--log-level=fatal", *arguments]
    errors = None if check else subprocess.PIPE
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True, check=check)


def printed(*arguments: str) -> str:
    """What podman prints."""
    return podman(*arguments, check=False).stdout.strip()


def base() -> str:
    """The image that the Dockerfile begins with: the real one if it can be had, else one like it."""
    if podman("pull", "--quiet", BASE, check=False).returncode == 0:
        return BASE
    if podman("image", "exists", MADE_BASE, check=False).returncode:
        slim = [f"--dpkgopt=path-exclude=/usr/share/{folder}/*" for folder in ("doc", "locale", "man")]
        slim.append("--hook-dir=/usr/share/mmdebstrap/hooks/maybe-merged-usr")  # else Perl comes along
        packages = "--include=ca-certificates,python-is-python3,python3-venv,usr-is-merged"
        with tempfile.TemporaryDirectory() as folder:
            root = f"{folder}/root.tar"
            make = ["mmdebstrap", "--quiet", "--variant=minbase", packages, *slim, "bookworm", root]
            subprocess.run(make, check=True)
            podman("import", "--quiet", root, MADE_BASE)
    return MADE_BASE


def build() -> None:
    """Build the image of packages that pip has fetched here."""
    begin = base()
    with tempfile.TemporaryDirectory() as folder:
        wheels, settings = Path(folder, "wheels"), Path(folder, "pip.conf")
        settings.write_text("[global]\nno-index = true\nfind-links = /wheels\n")
        fetch = ["pip", "download", "-qq", "--only-binary=:all:", "--python-version=3.11", "--dest", str(wheels)]
        subprocess.run([sys.executable, "-m", *fetch, "-r", "requirements.txt"], cwd=ROOT, check=True)
        podman("rmi", "--force", IMAGE, check=False)
        podman(
            *("build", "--quiet", "--format=docker", "--layers=false", "--network=none", *LIMITS),
            *(f"--build-arg=BASE={begin}", f"--secret=id=pip,src={settings}", f"--volume={wheels}:/wheels:ro"),
            *("--file=deploy/Dockerfile", f"--tag={IMAGE}", "."),
        )
    print(f"built on {begin}")


def healthy() -> bool:
    """Whether the image's own check becomes content in time."""
    until = time.monotonic() + STARTS
    while time.monotonic() < until:
        if podman("healthcheck", "run", NAME, check=False).returncode == 0:
            return True
    return False


async def stop(url: str) -> tuple[int, float]:
    """How many learners got their page without an error; seconds from SIGTERM to the end while all ask again."""
    async with contextlib.AsyncExitStack() as stack:
        pages = islice(cycle(["", *(page.folder for page in PAGES)]), LEARNERS)
        tabs = [await stack.enter_async_context(Tab(f"{url}/{page}")) for page in pages]
        runs = await asyncio.gather(*(tab.run() for tab in tabs))
        again = asyncio.gather(*(tab.run() for tab in tabs), return_exceptions=True)
        start = time.monotonic()
        await asyncio.to_thread(podman, "stop", "--time=30", NAME)
        seconds = time.monotonic() - start
        await again
    return sum(not run.exceptions for run in runs), seconds


def checks(port: int) -> list[tuple[str, bool]]:
    """What is seen of the running container, and whether it is as it should be. In the end it is stopped."""
    if not healthy():
        return [(f"the health check is not content: {podman('logs', NAME, check=False).stderr}", False)]
    found = [("the health check is content", True)]
    status = dict(line.split(":\t", 1) for line in printed("exec", NAME, "cat", "/proc/1/status").splitlines())
    found.append((f"user {status['Uid'].split()[0]}", "0" not in status["Uid"].split()))
    found.append((f"capabilities {status['CapEff']}", int(status["CapEff"] + status["CapBnd"], 16) == 0))
    writable = printed("exec", NAME, "/lab/.venv/bin/python", "-c", WRITABLE).splitlines()
    outside = [path for path in writable if not f"{path}/".startswith(f"{TMP}/")]
    found.append((f"outside {TMP} can be written: {outside or 'nothing'}", TMP in writable and not outside))
    served, seconds = asyncio.run(stop(f"http://127.0.0.1:{port}"))
    found.append((f"{served} of {LEARNERS} learners got their page", served == LEARNERS))
    code = printed("inspect", "--format={{.State.ExitCode}}", NAME)
    found.append((f"{seconds:.1f} s from SIGTERM to the end with them connected, exit code {code}", seconds < STOPS))
    log = podman("logs", NAME, check=False)
    found.append(("no traceback in the log", "Traceback" not in log.stdout + log.stderr))
    size = int(printed("image", "inspect", "--format={{.Size}}", IMAGE)) / 1e6
    found.append((f"{size:.0f} MB", size < MOST_MB))
    return found


def main() -> int:
    """Build, run, check, and leave nothing running."""
    build()
    port = free_port()
    options = [*STRICT, *LIMITS, "--security-opt=no-new-privileges", "--network=slirp4netns", f"--name={NAME}"]
    podman("rm", "--force", "--time=0", NAME, check=False)
    try:
        podman("run", "--detach", *options, f"--publish=127.0.0.1:{port}:8501", IMAGE)
        found = checks(port)
    finally:
        podman("rm", "--force", "--time=0", NAME, check=False)
    for what, holds in found:
        print("ok  " if holds else "FAIL", what)
    return 0 if all(holds for _, holds in found) else 1


if __name__ == "__main__":
    sys.exit(main())

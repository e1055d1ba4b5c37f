"""What others' tools read of `deploy/` is as their published schemas and programs want it."""

import os
import shutil
import subprocess

import kubernetes_validate
import pytest

from deploy.serve import LIMITS
from tests.helpers.servers import ROOT

RESOURCES = kubernetes_validate.utils.resources_from_file(str(ROOT / "deploy/kubernetes/lab.yaml"))


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource["kind"])
def test_every_resource_for_kubernetes_fits_its_published_schema(resource: dict):
    kubernetes_validate.validate(resource, kubernetes_validate.latest_version(), strict=True)


def test_a_field_that_kubernetes_does_not_know_would_be_found():
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(RESOURCES[0] | {"replica": 2}, kubernetes_validate.latest_version(), strict=True)


def test_the_proxy_accepts_its_configuration_in_containers():
    proxy = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin") or "haproxy"
    files = ["-f", "deploy/haproxy.cfg", "-f", "deploy/servers.compose.cfg"]
    subprocess.run(
        [proxy, "-c", *files], cwd=ROOT, env=LIMITS | {"BIND": "*:8500"}, check=True, stdout=subprocess.DEVNULL
    )

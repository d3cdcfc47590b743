"""The AWS SDK for JavaScript under faults, run by node; each of its cases is one test here."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.javascript
SCRIPT = Path(__file__).resolve().parent.parent / "javascript/faults.mjs"
CASES = re.findall(r'^test\("([^"]+)"', SCRIPT.read_text(), re.MULTILINE)
CASES += [f"{code} is not tried again" for code in ("AccessDenied", "ExpiredToken", "NoSuchBucket")]
BUCKET = "faulty-bucket"
TOKEN = "conformance-control"


@pytest.fixture(scope="module")
def results(request, start_pail, tmp_path_factory):
    """Whether each case passed, and all that node's test runner printed."""
    server = start_pail(
        tmp_path_factory.mktemp("faulty"),
        *("--memory", "--listen", "127.0.0.1:0", "--bucket", BUCKET),
        *("--credential", "faulty:faulty-secret-key"),
        environment={"PAIL_CONTROL_TOKEN": TOKEN},
    )
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": "faulty",
        "AWS_SECRET_ACCESS_KEY": "faulty-secret-key",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL_S3": server.endpoint,
        "PAIL_CONTROL_TOKEN": TOKEN,
        "FAULTY_BUCKET": BUCKET,
    }
    if server.ca_bundle:
        environment["NODE_EXTRA_CA_CERTS"] = server.ca_bundle
    done = subprocess.run(
        [shutil.which("node"), "--test", "--test-reporter=tap", "faults.mjs"],
        cwd=request.config.getoption("--javascript"),
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    verdicts = re.findall(r"^\s*(not )?ok \d+ - (.*)$", done.stdout, re.MULTILINE)
    return {name.strip(): not failed for failed, name in verdicts}, done.stdout + done.stderr


@pytest.mark.parametrize("case", CASES)
def test_the_javascript_sdk_under_faults(results, case):
    passed, output = results
    assert passed.get(case), output

"""The AWS SDK for JavaScript, run by node; each of its cases is one test here."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY

pytestmark = pytest.mark.javascript
SCRIPT = Path(__file__).resolve().parent.parent / "javascript/application.mjs"
CASES = re.findall(r'^test\("([^"]+)"', SCRIPT.read_text(), re.MULTILINE)


@pytest.fixture(scope="module")
def results(request, server, tls):
    """Whether each case passed, and all that node's test runner printed."""
    folder = Path(request.config.getoption("--javascript"))
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": ACCESS_KEY_ID,
        "AWS_SECRET_ACCESS_KEY": SECRET_ACCESS_KEY,
        "AWS_REGION": REGION,
        # A certificate cannot be for *.localhost, so https uses a longer name.
        "AWS_ENDPOINT_URL_S3": server.url("s3.localhost" if tls else "localhost"),
    }
    if server.ca_bundle:
        environment["NODE_EXTRA_CA_CERTS"] = server.ca_bundle
    done = subprocess.run(
        [shutil.which("node"), "--test", "--test-reporter=tap", "application.mjs"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    verdicts = re.findall(r"^\s*(not )?ok \d+ - (.*)$", done.stdout, re.MULTILINE)
    return {name.strip(): not failed for failed, name in verdicts}, done.stdout + done.stderr


@pytest.mark.parametrize("case", CASES)
def test_the_javascript_sdk(results, case):
    passed, output = results
    assert passed.get(case), output

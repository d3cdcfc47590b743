"""What the tests share: the server, a client, a bucket of their own, raw requests and errors."""

import contextlib
import os
import socket
import subprocess
import sys
import uuid
from pathlib import Path

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

import pail_server
import wire as wire_module

ACCESS_KEY_ID = "conformance"
SECRET_ACCESS_KEY = "conformance-secret-key"
REGION = "us-east-1"
PUBLIC_BUCKET = "everybody-reads"


def pytest_addoption(parser):
    group = parser.getgroup("pail")
    group.addoption("--pail", help="the binary under test")
    group.addoption("--tls", choices=("off", "on"), default="off", help="speak https")
    group.addoption("--client", choices=("new", "old"), default="new", help="which client this is")
    group.addoption("--javascript", help="folder with the JavaScript clients installed")
    group.addoption("--endpoint", help="compare: an S3 server that runs already, instead of pail")
    group.addoption("--ca", help="compare: the certificate authority of that server")


def pytest_report_header(config):
    import botocore

    return (
        f"pail: {config.getoption('--endpoint') or config.getoption('--pail')}, "
        f"tls {config.getoption('--tls')}, boto3 {boto3.__version__}, "
        f"botocore {botocore.__version__}"
    )


def pytest_collection_modifyitems(config, items):
    old = config.getoption("--client") == "old"
    slow_wanted = "slow" in (config.getoption("-m") or "")
    kept, left_out = [], []
    for item in items:
        unfit = (
            (old and item.get_closest_marker("newest"))
            or (item.get_closest_marker("slow") and not slow_wanted)
            or (item.get_closest_marker("tls") and config.getoption("--tls") == "off")
            or (item.get_closest_marker("javascript") and not config.getoption("--javascript"))
        )
        (left_out if unfit else kept).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def tls(request):
    return request.config.getoption("--tls") == "on"


@pytest.fixture(scope="session")
def pail_binary(request):
    path = request.config.getoption("--pail")
    if request.config.getoption("--endpoint"):
        pytest.skip("needs a pail of its own; --endpoint names a server that runs already")
    if not path or not os.access(path, os.X_OK):
        pytest.exit(f"no pail binary at {path!r}: name one with --pail", returncode=3)
    return Path(path).resolve()


@pytest.fixture(scope="session")
def start_pail(pail_binary, tls):
    """Starts further servers; each is stopped at the end."""
    started = []

    def start(home, *arguments, environment=None, with_tls=tls, certificate=None):
        """`certificate`: a folder with certificate.pem and key.pem, instead of pail's own."""
        ca_bundle = None
        if with_tls and certificate:
            ca_bundle = str(certificate / "certificate.pem")
            arguments = (*arguments, "--tls-cert", ca_bundle, "--tls-key", certificate / "key.pem")
        elif with_tls:
            arguments = (*arguments, "--tls", "auto")
        server = pail_server.PailServer(
            pail_binary, home, arguments, environment, with_tls, ca_bundle
        )
        started.append(server)
        return server.start()

    yield start
    for server in started:
        if server.process and server.process.poll() is None:
            server.kill()


@pytest.fixture(scope="session")
def server(request, tmp_path_factory):
    endpoint = request.config.getoption("--endpoint")
    if endpoint:
        yield pail_server.ForeignServer(endpoint, request.config.getoption("--ca"))
        return
    home = tmp_path_factory.mktemp("server")
    server = request.getfixturevalue("start_pail")(
        home,
        *("--data", home / "data", "--listen", "127.0.0.1:0"),
        *("--bucket", f"{PUBLIC_BUCKET}:public-read"),
        *("--credential", f"{ACCESS_KEY_ID}:{SECRET_ACCESS_KEY}"),
    )
    yield server
    code = server.stop()
    assert code == 0, f"pail ended with {code} on SIGTERM:\n{server.output[-4000:]}"


@pytest.fixture(scope="session", autouse=True)
def client_environment(home):
    """boto3 in this process reads nothing of the developer's own configuration."""
    clean = pail_server.clean_environment(home)
    for name in set(os.environ) - set(clean):
        del os.environ[name]
    os.environ.update(clean)


@pytest.fixture(scope="session", autouse=True)
def localhost_names():
    """Every *.localhost is this machine (RFC 6761). Not each resolver knows, and clients of
    virtual-host addresses need it."""
    resolve = socket.getaddrinfo

    def getaddrinfo(host, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name and name.endswith(".localhost"):
            host = "127.0.0.1"
        return resolve(host, *arguments, **options)

    socket.getaddrinfo = getaddrinfo
    yield
    socket.getaddrinfo = resolve


@pytest.fixture(scope="session")
def make_client(server):
    """boto3 clients of the server under test, with retries off: a test wants the first answer."""

    def make(*, endpoint=None, region=REGION, keys=(ACCESS_KEY_ID, SECRET_ACCESS_KEY), **config):
        config.setdefault("retries", {"total_max_attempts": 1})
        return boto3.client(
            "s3",
            endpoint_url=endpoint or server.endpoint,
            region_name=region,
            aws_access_key_id=keys[0],
            aws_secret_access_key=keys[1],
            verify=server.ca_bundle or None,
            config=Config(**config),
        )

    return make


@pytest.fixture(scope="session")
def s3(make_client):
    return make_client()


@pytest.fixture(scope="session")
def s3v4(make_client):
    """A client that presigns with Signature Version 4. Without being told, boto3 still presigns
    with version 2 in us-east-1."""
    return make_client(signature_version="s3v4")


@pytest.fixture
def bucket(s3):
    """An empty bucket for one test."""
    name = f"test-{uuid.uuid4()}"
    s3.create_bucket(Bucket=name)
    return name


@pytest.fixture(scope="session")
def wire(server):
    return wire_module.Wire(
        server.scheme,
        server.host,
        server.port,
        server.ca_bundle,
        lambda **changes: wire_module.Signer(
            **{"access_key_id": ACCESS_KEY_ID, "secret_access_key": SECRET_ACCESS_KEY, **changes}
        ),
    )


@pytest.fixture
def curl(server):
    """Runs curl; returns its standard output as bytes."""

    def run(*arguments, check=True, ca_bundle=server.ca_bundle):
        command = ["curl", "--silent", "--show-error", "--max-time", "30", "--noproxy", "*"]
        if ca_bundle:
            command += ["--cacert", ca_bundle]
        done = subprocess.run([*command, *map(str, arguments)], capture_output=True, check=False)
        assert not check or done.returncode == 0, done.stderr.decode()
        return done.stdout

    return run


class RefusalBox:
    """What the server said, once the block has ended."""

    response = None

    @property
    def error(self):
        return self.response["Error"]


@pytest.fixture
def refused():
    """`with refused("NoSuchKey", 404, Key="k") as refusal:` — the block must fail with exactly this
    code, status and, where given, message and further elements of the error."""

    @contextlib.contextmanager
    def check(code, status, message=None, **elements):
        box = RefusalBox()
        with pytest.raises(ClientError) as caught:
            yield box
        box.response = caught.value.response
        error = box.error
        found = (error["Code"], box.response["ResponseMetadata"]["HTTPStatusCode"])
        assert found == (code, status), error
        if message is not None:
            assert error["Message"] == message
        assert {name: error.get(name) for name in elements} == elements

    return check


@pytest.fixture(scope="session")
def aws_command():
    """The AWS CLI that is installed beside this Python."""
    path = Path(sys.executable).parent / "aws"
    assert path.exists(), f"no AWS CLI at {path}"
    return str(path)

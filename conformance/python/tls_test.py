"""https with a certificate of one's own and with the one that pail makes."""

import subprocess

import boto3
import pytest

pytestmark = pytest.mark.tls


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
            ),
            *(
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=pail",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
            ),
            *("-keyout", folder / "key.pem", "-out", folder / "certificate.pem"),
        ],
        check=True,
        capture_output=True,
    )
    return folder


def test_a_certificate_from_files_is_presented(start_pail, tmp_path, certificate):
    server = start_pail(
        tmp_path,
        *("--memory", "--listen", "127.0.0.1:0", "--credential", "id:secret", "--bucket", "photos"),
        certificate=certificate,
    )
    client = boto3.client(
        "s3",
        endpoint_url=server.endpoint,
        region_name="us-east-1",
        aws_access_key_id="id",
        aws_secret_access_key="secret",
        verify=server.ca_bundle,
    )
    client.put_object(Bucket="photos", Key="k", Body=b"over my own certificate")
    assert client.get_object(Bucket="photos", Key="k")["Body"].read() == b"over my own certificate"
    assert server.stop() == 0


def test_the_authority_that_pail_makes_is_the_same_after_a_restart(start_pail, tmp_path):
    server = start_pail(tmp_path, "--data", tmp_path / "data", "--listen", "127.0.0.1:0")
    with open(server.ca_bundle, "rb") as file:
        first = file.read()
    assert server.stop() == 0
    server.ca_bundle = None
    server.start()
    with open(server.ca_bundle, "rb") as file:
        assert file.read() == first
    assert server.stop() == 0

"""What boto3 does under each fault: whether it tries again, and what it tells its caller.

The rules go through the control interface; `matched` counts what the client really sent.
"""

import json
import ssl
import urllib.request

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

TOKEN = "conformance-control"
KEY_ID, SECRET = "faulty", "faulty-secret-key"
BUCKET = "faulty-bucket"
BODY = b"0123456789" * 200
ATTEMPTS = 3


class Faults:
    """The fault rules of a server."""

    def __init__(self, server):
        self._url = f"{server.endpoint}/_pail/faults"
        self._tls = ssl.create_default_context(cafile=server.ca_bundle) if server.tls else None

    def _call(self, method, document=None):
        request = urllib.request.Request(
            self._url,
            method=method,
            data=None if document is None else json.dumps(document).encode(),
            headers={"x-pail-token": TOKEN, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, context=self._tls, timeout=20) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def add(self, **rule):
        self._call("POST", rule)

    def clear(self):
        self._call("DELETE")

    def counts(self):
        """(matched, fired) of the only rule."""
        [rule] = self._call("GET")["rules"]
        return rule["matched"], rule["fired"]


@pytest.fixture(scope="module")
def faulty_server(start_pail, tmp_path_factory):
    return start_pail(
        tmp_path_factory.mktemp("faulty"),
        *("--memory", "--listen", "127.0.0.1:0", "--bucket", BUCKET),
        *("--credential", f"{KEY_ID}:{SECRET}"),
        environment={"PAIL_CONTROL_TOKEN": TOKEN},
    )


@pytest.fixture
def faults(faulty_server):
    faults = Faults(faulty_server)
    faults.clear()
    yield faults
    faults.clear()


@pytest.fixture
def client(faulty_server, faults):
    s3 = boto3.client(
        "s3",
        endpoint_url=faulty_server.endpoint,
        region_name="us-east-1",
        aws_access_key_id=KEY_ID,
        aws_secret_access_key=SECRET,
        verify=faulty_server.ca_bundle if faulty_server.tls else None,
        config=Config(
            retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
            read_timeout=1,
            s3={"addressing_style": "path"},
        ),
    )
    s3.put_object(Bucket=BUCKET, Key="k", Body=BODY)
    return s3


def retries(answer):
    return answer["ResponseMetadata"]["RetryAttempts"]


@pytest.mark.parametrize(
    "rule",
    [
        {"error": "SlowDown"},
        {"error": "SlowDown", "retry_after_s": 1},
        {"error": {"code": "SlowDown", "status": 429}},
        {"error": "InternalError"},
        {"error": "ServiceUnavailable"},
        {"error": "RequestTimeout"},
        {"reset": "before_operation"},
        {"reset": {"after_upload_bytes": 100}},
        {"reset": "after_operation"},
        {"latency_ms": 10_000},
    ],
    ids=str,
)
def test_write_is_tried_again_and_succeeds(client, faults, rule):
    faults.add(operation="PutObject", count=1, **rule)
    answer = client.put_object(Bucket=BUCKET, Key="again", Body=BODY)
    assert retries(answer) == 1
    assert faults.counts() == (2, 1)
    faults.clear()
    assert client.get_object(Bucket=BUCKET, Key="again")["Body"].read() == BODY


@pytest.mark.parametrize("code", ["SlowDown", "InternalError", "ServiceUnavailable"])
def test_attempts_come_to_an_end(client, faults, code):
    faults.add(operation="GetObject", error=code)
    with pytest.raises(ClientError) as failed:
        client.get_object(Bucket=BUCKET, Key="k")
    assert failed.value.response["Error"]["Code"] == code
    assert retries(failed.value.response) == ATTEMPTS - 1
    assert faults.counts() == (ATTEMPTS, ATTEMPTS)


def test_resets_come_to_an_end(client, faults):
    faults.add(operation="GetObject", reset="before_operation")
    with pytest.raises(ConnectionClosedError):
        client.get_object(Bucket=BUCKET, Key="k")
    assert faults.counts() == (ATTEMPTS, ATTEMPTS)


def test_time_outs_come_to_an_end(client, faults):
    faults.add(operation="GetObject", latency_ms=10_000)
    with pytest.raises(ReadTimeoutError):
        client.get_object(Bucket=BUCKET, Key="k")
    assert faults.counts() == (ATTEMPTS, ATTEMPTS)


@pytest.mark.parametrize(
    "code", ["AccessDenied", "NoSuchBucket", "PreconditionFailed", "ExpiredToken", "InvalidToken"]
)
def test_refusals_are_not_tried_again(client, faults, code):
    faults.add(operation="GetObject", error=code)
    with pytest.raises(ClientError) as refused:
        client.get_object(Bucket=BUCKET, Key="k")
    assert refused.value.response["Error"]["Code"] == code
    assert faults.counts() == (1, 1)


def test_missing_key_has_an_exception_of_its_own(client, faults):
    faults.add(operation="GetObject", error="NoSuchKey")
    with pytest.raises(client.exceptions.NoSuchKey):
        client.get_object(Bucket=BUCKET, Key="k")


def test_lost_answer_makes_a_conditional_write_fail_though_it_was_done(client, faults):
    faults.add(operation="PutObject", count=1, reset="after_operation")
    with pytest.raises(ClientError) as failed:
        client.put_object(Bucket=BUCKET, Key="once", Body=BODY, IfNoneMatch="*")
    assert failed.value.response["Error"]["Code"] == "PreconditionFailed"
    assert client.get_object(Bucket=BUCKET, Key="once")["Body"].read() == BODY


def test_lost_answer_of_a_deletion_goes_unnoticed(client, faults):
    faults.add(operation="DeleteObject", count=1, reset="after_operation")
    assert retries(client.delete_object(Bucket=BUCKET, Key="k")) == 1


def test_error_inside_200_of_a_copy_is_tried_again(client, faults):
    faults.add(operation="CopyObject", count=1, error_in_200="InternalError")
    answer = client.copy_object(
        Bucket=BUCKET, Key="copy", CopySource={"Bucket": BUCKET, "Key": "k"}
    )
    assert retries(answer) == 1
    assert faults.counts() == (2, 1)


def test_error_inside_200_of_a_completion_is_tried_again(client, faults):
    upload = {"Bucket": BUCKET, "Key": "big"}
    upload["UploadId"] = client.create_multipart_upload(**upload)["UploadId"]
    etag = client.upload_part(**upload, PartNumber=1, Body=BODY)["ETag"]
    parts = {"Parts": [{"PartNumber": 1, "ETag": etag}]}
    faults.add(operation="CompleteMultipartUpload", count=1, error_in_200="InternalError")
    assert retries(client.complete_multipart_upload(**upload, MultipartUpload=parts)) == 1
    assert faults.counts() == (2, 1)


@pytest.mark.parametrize(
    "rule",
    [
        {"truncate_after_bytes": 100},
        {"reset": {"after_answer_bytes": 100}},
        {"stall": {"after_bytes": 100, "ms": 10_000}},
    ],
    ids=str,
)
def test_body_that_breaks_off_fails_its_reader(client, faults, rule):
    faults.add(operation="GetObject", **rule)
    body = client.get_object(Bucket=BUCKET, Key="k")["Body"]
    with pytest.raises(Exception) as broken:
        body.read()
    assert type(broken.value).__name__ in (
        "IncompleteReadError",
        "ResponseStreamingError",
        "ReadTimeoutError",
    )
    assert faults.counts() == (1, 1)


@pytest.mark.parametrize(
    "rule",
    [
        {"truncate_after_bytes": 100},
        {"reset": {"after_answer_bytes": 100}},
        {"stall": {"after_bytes": 100, "ms": 10_000}},
    ],
    ids=str,
)
def test_download_begins_again_when_its_body_breaks_off(client, faults, tmp_path, rule):
    faults.add(operation="GetObject", count=1, **rule)
    client.download_file(BUCKET, "k", str(tmp_path / "k"))
    assert (tmp_path / "k").read_bytes() == BODY
    assert faults.counts() == (2, 1)


@pytest.mark.newest
@pytest.mark.parametrize("rule", [{"corrupt_at_byte": 7}, {"wrong_checksum": True}], ids=str)
def test_checksum_tells_that_the_body_is_not_the_one_stored(client, faults, rule):
    faults.add(operation="GetObject", **rule)
    body = client.get_object(Bucket=BUCKET, Key="k")["Body"]
    with pytest.raises(Exception) as wrong:
        body.read()
    assert type(wrong.value).__name__ == "FlexibleChecksumError"


def test_wrong_etag_and_date_go_unnoticed(client, faults):
    right = client.head_object(Bucket=BUCKET, Key="k")["ETag"]
    faults.add(operation="HeadObject", wrong_etag=True, date_offset_s=-86400)
    answer = client.head_object(Bucket=BUCKET, Key="k")
    assert answer["ETag"] != right
    assert retries(answer) == 0


def test_slow_line_delivers_everything(client, faults):
    faults.add(bandwidth_bytes_per_s=20_000)
    client.put_object(Bucket=BUCKET, Key="slow", Body=BODY)
    assert client.get_object(Bucket=BUCKET, Key="slow")["Body"].read() == BODY


def test_rate_limit_is_waited_out(client, faults):
    faults.add(rate_limit={"requests_per_s": 0.001, "burst": 3}, count=ATTEMPTS - 1)
    answers = [
        client.put_object(Bucket=BUCKET, Key=f"limited/{number}", Body=b"x") for number in range(4)
    ]
    assert [retries(answer) for answer in answers] == [0, 0, 0, ATTEMPTS - 1]
    assert client.put_object(Bucket=BUCKET, Key="elsewhere", Body=b"x")


def test_part_that_fails_is_sent_again_alone(client, faults):
    upload = {"Bucket": BUCKET, "Key": "parts"}
    upload["UploadId"] = client.create_multipart_upload(**upload)["UploadId"]
    faults.add(operation="UploadPart", part_number=2, count=1, error="InternalError")
    assert retries(client.upload_part(**upload, PartNumber=1, Body=BODY)) == 0
    assert retries(client.upload_part(**upload, PartNumber=2, Body=BODY)) == 1


@pytest.mark.parametrize("status", [301, 307])
def test_redirect_is_followed_once_to_the_region_that_it_names(client, faults, status):
    faults.add(operation="GetObject", count=1, redirect=status)
    assert client.get_object(Bucket=BUCKET, Key="k")["Body"].read() == BODY
    assert faults.counts() == (2, 1)
    faults.clear()
    faults.add(
        operation="GetObject", count=1, redirect={"status": status, "region": "eu-west-1"}
    )
    with pytest.raises(ClientError) as refused:
        client.get_object(Bucket=BUCKET, Key="k")
    assert refused.value.response["Error"]["Code"] == "AuthorizationHeaderMalformed"
    assert refused.value.response["Error"]["Region"] == "us-east-1"
    assert faults.counts() == (2, 1)

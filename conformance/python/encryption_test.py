"""Encryption: what buckets and requests choose, and keys that clients send along (SSE-C)."""

import base64
import hashlib

import botocore.exceptions
import pytest

KEY = b"0123456789abcdef0123456789abcdef"
SSE_C = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}
OTHER = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY[::-1]}
COPY_SOURCE_KEY = {"CopySourceSSECustomerAlgorithm": "AES256", "CopySourceSSECustomerKey": KEY}
MIB = 1024 * 1024
ALLOWS_SSE_C = (
    b"<ServerSideEncryptionConfiguration><Rule><BlockedEncryptionTypes><EncryptionType>NONE"
    b"</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>"
)


@pytest.fixture
def keyed_bucket(bucket, wire):
    """A bucket that takes customers' keys, which new ones do not; older clients cannot say so."""
    digest = base64.b64encode(hashlib.md5(ALLOWS_SSE_C).digest()).decode()
    answer = wire.signed("PUT", f"/{bucket}?encryption", {"Content-MD5": digest}, ALLOWS_SSE_C)
    assert answer.status == 200
    return bucket


def refusal(call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        call(**arguments)
    return refused.value.response["Error"]["Code"]


def rules(algorithm, **more):
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}, **more}
    return {"Rules": [rule]}


def test_a_new_bucket_has_aes256_and_takes_no_customers_keys(s3, bucket):
    (rule,) = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    # Older clients do not know the element.
    assert rule.pop("BlockedEncryptionTypes", {"EncryptionType": ["SSE-C"]}) == {
        "EncryptionType": ["SSE-C"]
    }
    assert [rule] == rules("AES256", BucketKeyEnabled=False)["Rules"]


@pytest.mark.tls
def test_a_new_bucket_refuses_customers_keys(s3, bucket):
    arguments = {"Bucket": bucket, "Key": "k", "Body": b"secret"}
    assert refusal(s3.put_object, **arguments, **SSE_C) == "AccessDenied"


def test_customers_keys_need_https_as_on_aws(s3, keyed_bucket, tls):
    arguments = {"Bucket": keyed_bucket, "Key": "k", "Body": b"secret"}
    if tls:
        s3.put_object(**arguments, **SSE_C)
    else:
        assert refusal(s3.put_object, **arguments, **SSE_C) == "InvalidRequest"


def test_customers_keys_over_http_can_be_allowed(start_pail, make_client, tmp_path):
    server = start_pail(
        tmp_path,
        *("--memory", "--listen", "127.0.0.1:0", "--bucket", "keyed"),
        *("--credential", "conformance:conformance-secret-key"),
        *("--sse-c-over-http", "--classic-buckets"),
        with_tls=False,
    )
    client = make_client(endpoint=server.endpoint)
    client.put_object(Bucket="keyed", Key="k", Body=b"secret", **SSE_C)
    assert client.get_object(Bucket="keyed", Key="k", **SSE_C)["Body"].read() == b"secret"


def test_objects_follow_the_default_of_their_bucket(s3, bucket):
    s3.put_bucket_encryption(
        Bucket=bucket,
        ServerSideEncryptionConfiguration=rules("aws:kms", BucketKeyEnabled=True),
    )
    written = s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    read = s3.head_object(Bucket=bucket, Key="k")
    for answer in (written, read):
        assert answer["ServerSideEncryption"] == "aws:kms"
        assert answer["SSEKMSKeyId"].startswith("arn:aws:kms:")
        assert answer["BucketKeyEnabled"] is True
    s3.delete_bucket_encryption(Bucket=bucket)
    written = s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    assert written["ServerSideEncryption"] == "AES256"


def test_kms_refuses_keys_that_it_does_not_have(s3, bucket):
    arguments = {"Bucket": bucket, "Key": "k", "Body": b"x", "ServerSideEncryption": "aws:kms"}
    assert refusal(s3.put_object, **arguments, SSEKMSKeyId="fake") == "KMS.NotFoundException"
    assert (
        refusal(s3.put_object, **arguments, SSEKMSKeyId="alias/pail/disabled")
        == "KMS.DisabledException"
    )


@pytest.mark.tls
def test_a_customers_key_reads_what_it_wrote(s3, keyed_bucket):
    written = s3.put_object(Bucket=keyed_bucket, Key="k", Body=b"secret", **SSE_C)
    assert written["SSECustomerAlgorithm"] == "AES256"
    assert "ServerSideEncryption" not in written
    assert s3.get_object(Bucket=keyed_bucket, Key="k", **SSE_C)["Body"].read() == b"secret"
    part = s3.get_object(Bucket=keyed_bucket, Key="k", Range="bytes=2-3", **SSE_C)
    assert part["Body"].read() == b"cr"


@pytest.mark.tls
def test_nothing_else_reads_it(s3, keyed_bucket):
    s3.put_object(Bucket=keyed_bucket, Key="k", Body=b"secret", **SSE_C)
    assert refusal(s3.get_object, Bucket=keyed_bucket, Key="k") == "InvalidRequest"
    assert refusal(s3.get_object, Bucket=keyed_bucket, Key="k", **OTHER) == "AccessDenied"
    assert refusal(s3.head_object, Bucket=keyed_bucket, Key="k") == "400"
    assert refusal(s3.head_object, Bucket=keyed_bucket, Key="k", **OTHER) == "403"


@pytest.mark.tls
def test_uploads_in_parts_keep_their_key(s3, keyed_bucket):
    target = {"Bucket": keyed_bucket, "Key": "k"}
    upload = s3.create_multipart_upload(**target, **SSE_C)
    target["UploadId"] = upload["UploadId"]
    bodies = [b"a" * (5 * MIB), b"end"]
    parts = [
        {
            "PartNumber": number,
            "ETag": s3.upload_part(**target, PartNumber=number, Body=body, **SSE_C)["ETag"],
        }
        for number, body in enumerate(bodies, start=1)
    ]
    assert refusal(s3.upload_part, **target, PartNumber=3, Body=b"x") == "InvalidRequest"
    s3.complete_multipart_upload(**target, MultipartUpload={"Parts": parts})
    read = s3.get_object(Bucket=keyed_bucket, Key="k", **SSE_C)
    assert read["Body"].read() == b"".join(bodies)


@pytest.mark.tls
def test_copies_change_the_key(s3, keyed_bucket):
    s3.put_object(Bucket=keyed_bucket, Key="k", Body=b"secret", **SSE_C)
    source = {"Bucket": keyed_bucket, "Key": "k"}
    assert (
        refusal(s3.copy_object, Bucket=keyed_bucket, Key="copy", CopySource=source) == "InvalidRequest"
    )
    s3.copy_object(Bucket=keyed_bucket, Key="copy", CopySource=source, **COPY_SOURCE_KEY, **OTHER)
    assert s3.get_object(Bucket=keyed_bucket, Key="copy", **OTHER)["Body"].read() == b"secret"

"""Encryption: what buckets and requests choose, and keys that clients send along (SSE-C)."""

import botocore.exceptions
import pytest

KEY = b"0123456789abcdef0123456789abcdef"
SSE_C = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}
OTHER = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY[::-1]}
COPY_SOURCE_KEY = {"CopySourceSSECustomerAlgorithm": "AES256", "CopySourceSSECustomerKey": KEY}
MIB = 1024 * 1024


def refusal(call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        call(**arguments)
    return refused.value.response["Error"]["Code"]


def rules(algorithm, **more):
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}, **more}
    return {"Rules": [rule]}


def test_a_new_bucket_has_aes256(s3, bucket):
    answer = s3.get_bucket_encryption(Bucket=bucket)
    assert answer["ServerSideEncryptionConfiguration"] == rules("AES256", BucketKeyEnabled=False)


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


def test_a_customers_key_reads_what_it_wrote(s3, bucket):
    written = s3.put_object(Bucket=bucket, Key="k", Body=b"secret", **SSE_C)
    assert written["SSECustomerAlgorithm"] == "AES256"
    assert "ServerSideEncryption" not in written
    assert s3.get_object(Bucket=bucket, Key="k", **SSE_C)["Body"].read() == b"secret"
    part = s3.get_object(Bucket=bucket, Key="k", Range="bytes=2-3", **SSE_C)
    assert part["Body"].read() == b"cr"


def test_nothing_else_reads_it(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"secret", **SSE_C)
    assert refusal(s3.get_object, Bucket=bucket, Key="k") == "InvalidRequest"
    assert refusal(s3.get_object, Bucket=bucket, Key="k", **OTHER) == "AccessDenied"
    assert refusal(s3.head_object, Bucket=bucket, Key="k") == "400"
    assert refusal(s3.head_object, Bucket=bucket, Key="k", **OTHER) == "403"


def test_uploads_in_parts_keep_their_key(s3, bucket):
    target = {"Bucket": bucket, "Key": "k"}
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
    read = s3.get_object(Bucket=bucket, Key="k", **SSE_C)
    assert read["Body"].read() == b"".join(bodies)


def test_copies_change_the_key(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"secret", **SSE_C)
    source = {"Bucket": bucket, "Key": "k"}
    assert (
        refusal(s3.copy_object, Bucket=bucket, Key="copy", CopySource=source) == "InvalidRequest"
    )
    s3.copy_object(Bucket=bucket, Key="copy", CopySource=source, **COPY_SOURCE_KEY, **OTHER)
    assert s3.get_object(Bucket=bucket, Key="copy", **OTHER)["Body"].read() == b"secret"

"""CopyObject: directives, conditions on the source, and copying onto itself."""

import datetime

import pytest

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def source(s3, bucket):
    s3.put_object(
        Bucket=bucket,
        Key="source",
        Body=b"copied",
        ContentType="text/plain",
        CacheControl="no-cache",
        Metadata={"colour": "blue"},
        Tagging="team=storage",
    )
    return {"Bucket": bucket, "Key": "source"}


def test_a_copy_takes_the_metadata_along(s3, bucket, source):
    answer = s3.copy_object(Bucket=bucket, Key="copy", CopySource=source)
    original = s3.head_object(**source)
    assert answer["CopyObjectResult"]["ETag"] == original["ETag"]
    copy = s3.get_object(Bucket=bucket, Key="copy")
    assert copy["Body"].read() == b"copied"
    assert copy["ContentType"] == "text/plain"
    assert copy["CacheControl"] == "no-cache"
    assert copy["Metadata"] == {"colour": "blue"}


def test_a_copy_that_replaces_metadata_keeps_none_of_the_old(s3, bucket, source):
    s3.copy_object(
        Bucket=bucket,
        Key="copy",
        CopySource=source,
        MetadataDirective="REPLACE",
        Metadata={"shape": "round"},
        ContentType="text/css",
    )
    copy = s3.head_object(Bucket=bucket, Key="copy")
    assert copy["Metadata"] == {"shape": "round"}
    assert copy["ContentType"] == "text/css"
    assert "CacheControl" not in copy


def test_metadata_sent_without_the_replace_directive_is_ignored(s3, bucket, source):
    # S3 API reference, CopyObject: the directive defaults to COPY.
    s3.copy_object(Bucket=bucket, Key="copy", CopySource=source, Metadata={"shape": "round"})
    assert s3.head_object(Bucket=bucket, Key="copy")["Metadata"] == {"colour": "blue"}


def test_a_copy_across_buckets_is_whole(s3, bucket, source):
    other = f"{bucket[:50]}-to"
    s3.create_bucket(Bucket=other)
    s3.copy_object(Bucket=other, Key="copy", CopySource=source)
    s3.delete_object(**source)
    assert s3.get_object(Bucket=other, Key="copy")["Body"].read() == b"copied"


def test_a_copy_onto_itself_that_changes_nothing_is_refused(s3, source, refused):
    # Recorded: s3_copy_object_in_place: copy-object-in-place-no-change.
    message = (
        "This copy request is illegal because it is trying to copy an object to itself without "
        "changing the object's metadata, storage class, website redirect location or encryption "
        "attributes."
    )
    with refused("InvalidRequest", 400, message):
        s3.copy_object(**source, CopySource=source)


def test_a_copy_onto_itself_that_replaces_metadata_works(s3, source):
    s3.copy_object(
        **source, CopySource=source, MetadataDirective="REPLACE", Metadata={"colour": "red"}
    )
    answer = s3.get_object(**source)
    assert answer["Metadata"] == {"colour": "red"}
    assert answer["Body"].read() == b"copied"


def test_a_copy_of_a_missing_key_is_no_such_key(s3, bucket, refused):
    with refused("NoSuchKey", 404, "The specified key does not exist.", Key="missing"):
        s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": "missing"})


def test_a_copy_source_without_a_key_is_refused(wire, bucket):
    # Recorded: s3_copy_object_wrong_format: copy-object-wrong-copy-source.
    answer = wire.signed("PUT", f"/{bucket}/copy", {"x-amz-copy-source": "nobucketnorkey"})
    error = answer.error()
    assert (answer.status, error["Code"]) == (400, "InvalidArgument")
    assert error["Message"] == "Invalid copy source object key"
    assert error["ArgumentName"] == "x-amz-copy-source"


@pytest.mark.parametrize("with_slash", [True, False])
def test_a_copy_source_may_begin_with_a_slash(s3, bucket, source, with_slash):
    path = f"{bucket}/{source['Key']}"
    s3.copy_object(Bucket=bucket, Key="copy", CopySource="/" + path if with_slash else path)
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == b"copied"


def test_source_conditions_that_hold_let_the_copy_through(s3, bucket, source):
    head = s3.head_object(**source)
    for number, condition in enumerate(
        (
            {"CopySourceIfMatch": head["ETag"]},
            {"CopySourceIfNoneMatch": '"0123456789abcdef0123456789abcdef"'},
            {"CopySourceIfModifiedSince": head["LastModified"] - HOUR},
            {"CopySourceIfUnmodifiedSince": head["LastModified"] + HOUR},
        )
    ):
        s3.copy_object(Bucket=bucket, Key=f"copy{number}", CopySource=source, **condition)
        assert s3.head_object(Bucket=bucket, Key=f"copy{number}")["ETag"] == head["ETag"]


def test_source_conditions_that_fail_are_412_and_copy_nothing(s3, bucket, source, refused):
    head = s3.head_object(**source)
    # Recorded: the Condition element names the header as x-amz-copy-source-If-….
    for condition, name in (
        ({"CopySourceIfMatch": '"0123456789abcdef0123456789abcdef"'}, "If-Match"),
        ({"CopySourceIfNoneMatch": head["ETag"]}, "If-None-Match"),
        ({"CopySourceIfModifiedSince": head["LastModified"]}, "If-Modified-Since"),
        ({"CopySourceIfUnmodifiedSince": head["LastModified"] - HOUR}, "If-Unmodified-Since"),
    ):
        with refused(
            "PreconditionFailed",
            412,
            "At least one of the pre-conditions you specified did not hold",
            Condition=f"x-amz-copy-source-{name}",
        ):
            s3.copy_object(Bucket=bucket, Key="copy", CopySource=source, **condition)
        with refused("404", 404):
            s3.head_object(Bucket=bucket, Key="copy")


def test_tags_go_along_and_can_be_replaced(s3, bucket, source):
    s3.copy_object(Bucket=bucket, Key="copy", CopySource=source)
    assert s3.get_object(Bucket=bucket, Key="copy")["TagCount"] == 1
    s3.copy_object(
        Bucket=bucket,
        Key="replaced",
        CopySource=source,
        TaggingDirective="REPLACE",
        Tagging="a=1&b=2",
    )
    answer = s3.get_object(Bucket=bucket, Key="replaced")
    assert answer["TagCount"] == 2

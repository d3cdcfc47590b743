"""What an object carries besides its bytes, and reading and deleting it."""

import datetime
import gzip

import pytest


def test_system_metadata_is_kept(s3, bucket):
    expires = datetime.datetime(2031, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    s3.put_object(
        Bucket=bucket,
        Key="k",
        Body=b"x",
        ContentType="text/html; charset=utf-8",
        ContentDisposition='attachment; filename="x.html"',
        ContentLanguage="de-CH",
        CacheControl="public, max-age=3600",
        Expires=expires,
        StorageClass="STANDARD_IA",
        WebsiteRedirectLocation="/elsewhere",
    )
    head = s3.head_object(Bucket=bucket, Key="k")
    assert head["ContentType"] == "text/html; charset=utf-8"
    assert head["ContentDisposition"] == 'attachment; filename="x.html"'
    assert head["ContentLanguage"] == "de-CH"
    assert head["CacheControl"] == "public, max-age=3600"
    assert head["ResponseMetadata"]["HTTPHeaders"]["expires"] == "Thu, 02 Jan 2031 03:04:05 GMT"
    assert head["StorageClass"] == "STANDARD_IA"
    assert head["WebsiteRedirectLocation"] == "/elsewhere"
    assert head["AcceptRanges"] == "bytes"


def test_an_object_without_a_type_is_binary_octet_stream(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    head = s3.head_object(Bucket=bucket, Key="k")
    # S3 API reference, PutObject: Content-Type defaults to binary/octet-stream.
    assert head["ContentType"] == "binary/octet-stream"
    # The storage class header is left out for STANDARD: S3 API reference, HeadObject.
    assert "StorageClass" not in head


def test_user_metadata_is_kept_with_names_in_lower_case(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", Metadata={"Camel-Case": "Value", "n": "1 2"})
    assert s3.head_object(Bucket=bucket, Key="k")["Metadata"] == {"camel-case": "Value", "n": "1 2"}


def test_user_metadata_over_2_kb_is_refused(s3, bucket, refused):
    # The limit: S3 user guide, user-defined object metadata. Names and values count.
    s3.put_object(Bucket=bucket, Key="fits", Body=b"", Metadata={"n": "v" * 2047})
    with refused(
        "MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size"
    ):
        s3.put_object(Bucket=bucket, Key="k", Body=b"", Metadata={"n": "v" * 2048})


def test_a_gzip_body_comes_back_as_it_was_sent(s3, s3v4, bucket, curl):
    packed = gzip.compress(b"hello " * 1000, mtime=0)
    s3.put_object(
        Bucket=bucket, Key="k", Body=packed, ContentEncoding="gzip", ContentType="text/plain"
    )
    answer = s3.get_object(Bucket=bucket, Key="k")
    assert answer["ContentEncoding"] == "gzip"
    assert answer["ContentLength"] == len(packed)
    assert answer["Body"].read() == packed
    url = s3v4.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"})
    assert curl("--fail", url) == packed
    assert curl("--fail", "--compressed", url) == b"hello " * 1000


def test_response_overrides_change_the_headers_of_one_answer(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", ContentType="text/plain")
    answer = s3.get_object(
        Bucket=bucket,
        Key="k",
        ResponseContentType="application/json",
        ResponseCacheControl="no-store",
        ResponseContentDisposition="inline",
        ResponseContentEncoding="identity",
        ResponseContentLanguage="fr",
    )
    assert answer["ContentType"] == "application/json"
    assert answer["CacheControl"] == "no-store"
    assert answer["ContentDisposition"] == "inline"
    assert answer["ContentEncoding"] == "identity"
    assert answer["ContentLanguage"] == "fr"
    assert s3.head_object(Bucket=bucket, Key="k")["ContentType"] == "text/plain"


def test_an_empty_object_is_an_object(s3, bucket):
    put = s3.put_object(Bucket=bucket, Key="empty", Body=b"")
    assert put["ETag"] == '"d41d8cd98f00b204e9800998ecf8427e"'
    answer = s3.get_object(Bucket=bucket, Key="empty")
    assert answer["ContentLength"] == 0
    assert answer["Body"].read() == b""


def test_a_put_replaces_everything(s3, bucket):
    s3.put_object(
        Bucket=bucket, Key="k", Body=b"old", ContentType="text/plain", Metadata={"a": "1"}
    )
    s3.put_object(Bucket=bucket, Key="k", Body=b"newer")
    answer = s3.get_object(Bucket=bucket, Key="k")
    assert answer["Body"].read() == b"newer"
    assert answer["Metadata"] == {}
    assert answer["ContentType"] == "binary/octet-stream"


def test_delete_objects_names_what_it_deleted_also_what_was_not_there(s3, bucket):
    for key in ("a", "b"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    answer = s3.delete_objects(
        Bucket=bucket, Delete={"Objects": [{"Key": "a"}, {"Key": "never"}, {"Key": "b"}]}
    )
    assert sorted(entry["Key"] for entry in answer["Deleted"]) == ["a", "b", "never"]
    assert "Errors" not in answer
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_delete_objects_in_quiet_mode_names_nothing(s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"x")
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "a"}], "Quiet": True})
    assert "Deleted" not in answer and "Errors" not in answer
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_delete_objects_takes_1000_keys_and_no_more(s3, bucket, refused):
    names = [{"Key": f"k{number}"} for number in range(1001)]
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": names[:1000]})
    assert len(answer["Deleted"]) == 1000
    # The limit: S3 API reference, DeleteObjects.
    with refused("MalformedXML", 400):
        s3.delete_objects(Bucket=bucket, Delete={"Objects": names})


@pytest.mark.newest
def test_object_attributes_are_those_asked_for(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"hello", ChecksumAlgorithm="SHA256")
    answer = s3.get_object_attributes(
        Bucket=bucket, Key="k", ObjectAttributes=["ETag", "ObjectSize", "Checksum", "StorageClass"]
    )
    # No quotation marks around the ETag here: S3 API reference, GetObjectAttributes.
    assert answer["ETag"] == "5d41402abc4b2a76b9719d911017c592"
    assert answer["ObjectSize"] == 5
    assert answer["StorageClass"] == "STANDARD"
    assert answer["Checksum"]["ChecksumSHA256"] == "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="
    only = s3.get_object_attributes(Bucket=bucket, Key="k", ObjectAttributes=["ObjectSize"])
    assert "ETag" not in only and "Checksum" not in only


def test_part_number_one_of_a_plain_object_is_the_object(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="k", Body=b"hello")
    answer = s3.get_object(Bucket=bucket, Key="k", PartNumber=1)
    assert answer["Body"].read() == b"hello"
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 206
    # Recorded: get_object_part: part-no-multipart.
    with refused(
        "InvalidPartNumber",
        416,
        "The requested partnumber is not satisfiable",
        ActualPartCount="1",
        PartNumberRequested="2",
    ):
        s3.get_object(Bucket=bucket, Key="k", PartNumber=2)


@pytest.mark.newest
def test_a_storage_class_that_this_service_lacks_is_refused(s3, bucket, refused):
    # Recorded: put_object_storage_class_outposts: put-object-outposts.
    message = "The storage class you specified is not valid"
    with refused("InvalidStorageClass", 400, message, StorageClassRequested="OUTPOSTS"):
        s3.put_object(Bucket=bucket, Key="k", Body=b"x", StorageClass="OUTPOSTS")

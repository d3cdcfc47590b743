"""Multipart uploads: parts, copies of parts, listings and every way to complete one wrongly."""

import concurrent.futures
import hashlib
import random

import pytest

MIB = 1024 * 1024
SMALLEST_PART = 5 * MIB
NO_SUCH_UPLOAD = (
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have "
    "been aborted or completed."
)


class Upload:
    """One multipart upload and what was put into it."""

    def __init__(self, s3, bucket, key, **more):
        self.s3 = s3
        self.where = {"Bucket": bucket, "Key": key}
        self.where["UploadId"] = s3.create_multipart_upload(**self.where, **more)["UploadId"]
        self.parts = []

    def put(self, number, body, **more):
        answer = self.s3.upload_part(**self.where, PartNumber=number, Body=body, **more)
        self.parts.append({"PartNumber": number, "ETag": answer["ETag"]})
        return answer

    def complete(self, parts=None, **more):
        parts = self.parts if parts is None else parts
        return self.s3.complete_multipart_upload(
            **self.where, MultipartUpload={"Parts": parts}, **more
        )


@pytest.fixture
def upload(s3, bucket):
    return Upload(s3, bucket, "joined")


def multipart_etag(bodies):
    digests = b"".join(hashlib.md5(body).digest() for body in bodies)
    return f'"{hashlib.md5(digests).hexdigest()}-{len(bodies)}"'


def test_parts_are_joined_in_order_of_their_numbers(s3, bucket):
    upload = Upload(s3, bucket, "joined", ContentType="video/mp4", Metadata={"colour": "blue"})
    bodies = [bytes([letter]) * SMALLEST_PART for letter in b"ab"] + [b"tail"]
    for number in (7, 2, 9):
        upload.put(number, bodies[(2, 7, 9).index(number)])
    upload.parts.sort(key=lambda part: part["PartNumber"])
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)
    answer = upload.complete()
    assert answer["ETag"] == multipart_etag(bodies)
    assert (answer["Bucket"], answer["Key"]) == (bucket, "joined")
    assert answer["Location"].endswith("/joined")
    got = s3.get_object(Bucket=bucket, Key="joined")
    assert got["Body"].read() == b"".join(bodies)
    assert got["ContentType"] == "video/mp4"
    assert got["Metadata"] == {"colour": "blue"}
    assert got["ETag"] == answer["ETag"]


def test_a_part_of_the_object_can_be_read_by_its_number(s3, bucket, upload, refused):
    bodies = [b"a" * SMALLEST_PART, b"b" * 10]
    for number, body in enumerate(bodies, 1):
        upload.put(number, body)
    upload.complete()
    for number, body in enumerate(bodies, 1):
        part = s3.get_object(Bucket=bucket, Key="joined", PartNumber=number)
        assert part["Body"].read() == body
        assert part["PartsCount"] == 2
        assert part["ResponseMetadata"]["HTTPStatusCode"] == 206
        head = s3.head_object(Bucket=bucket, Key="joined", PartNumber=number)
        assert (head["ContentLength"], head["PartsCount"]) == (len(body), 2)
    # Recorded: get_object_part: part-doesnt-exist.
    with refused("InvalidPartNumber", 416, ActualPartCount="2", PartNumberRequested="10"):
        s3.get_object(Bucket=bucket, Key="joined", PartNumber=10)


def test_a_range_across_parts_is_seamless(s3, bucket, upload):
    chance = random.Random(6)
    bodies = [chance.randbytes(SMALLEST_PART), chance.randbytes(SMALLEST_PART), b"tail"]
    for number, body in enumerate(bodies, 1):
        upload.put(number, body)
    upload.complete()
    whole = b"".join(bodies)
    for first, last in ((SMALLEST_PART - 3, SMALLEST_PART + 3), (100, 2 * SMALLEST_PART + 2)):
        got = s3.get_object(Bucket=bucket, Key="joined", Range=f"bytes={first}-{last}")
        assert got["Body"].read() == whole[first : last + 1]


def test_a_part_put_again_replaces_the_first(s3, bucket, upload):
    upload.put(1, b"wrong")
    first = upload.parts.pop()
    upload.put(1, b"right")
    assert [p["ETag"] for p in s3.list_parts(**upload.where)["Parts"]] == [upload.parts[0]["ETag"]]
    assert first["ETag"] != upload.parts[0]["ETag"]
    upload.complete()
    assert s3.get_object(Bucket=bucket, Key="joined")["Body"].read() == b"right"


def test_parts_are_copied_from_objects(s3, bucket, upload, refused):
    body = random.Random(7).randbytes(SMALLEST_PART + 100)
    s3.put_object(Bucket=bucket, Key="source", Body=body)
    source = {"Bucket": bucket, "Key": "source"}
    ranges = [None, f"bytes=100-{SMALLEST_PART + 99}", "bytes=0-9"]
    for number, copied in enumerate(ranges, 1):
        more = {"CopySourceRange": copied} if copied else {}
        answer = s3.upload_part_copy(**upload.where, PartNumber=number, CopySource=source, **more)
        upload.parts.append({"PartNumber": number, "ETag": answer["CopyPartResult"]["ETag"]})
    upload.complete()
    s3.delete_object(**source)
    assert s3.get_object(Bucket=bucket, Key="joined")["Body"].read() == (
        body + body[100:] + body[:10]
    )


@pytest.mark.parametrize(
    "copied, code, message",
    [
        # Recorded: upload_part_copy_range.
        (
            "bytes=0-100",
            "InvalidArgument",
            "Range specified is not valid for source object of size: 10",
        ),
        (
            "bytes=100-200",
            "InvalidRequest",
            "The specified copy range is invalid for the source object size",
        ),
        *[
            (
                wrong,
                "InvalidArgument",
                "The x-amz-copy-source-range value must be of the form bytes=first-last where "
                "first and last are the zero-based offsets of the first and last bytes to copy",
            )
            for wrong in ("0-8", "bytes=1-0", "bytes=-1-", "bytes=0--1", "bytes=0-", "bytes=-5")
        ],
    ],
)
def test_a_wrong_copy_range_is_refused(s3, bucket, upload, refused, copied, code, message):
    s3.put_object(Bucket=bucket, Key="ten", Body=b"0123456789")
    with refused(code, 400, message):
        s3.upload_part_copy(
            **upload.where,
            PartNumber=1,
            CopySource={"Bucket": bucket, "Key": "ten"},
            CopySourceRange=copied,
        )


def test_a_part_that_is_not_the_last_must_have_5_mib(s3, bucket, upload, refused):
    upload.put(1, b"data")
    upload.put(2, b"data")
    # Recorded: multipart_complete_multipart_too_small: complete-exc-too-small.
    with refused(
        "EntityTooSmall",
        400,
        "Your proposed upload is smaller than the minimum allowed size",
        ETag="8d777f385d3dfec8815d20f7496026dc",
        MinSizeAllowed="5242880",
        PartNumber="1",
        ProposedSize="4",
    ):
        upload.complete()
    # The upload is still there and can be mended.
    upload.complete(upload.parts[:1])
    assert s3.get_object(Bucket=bucket, Key="joined")["Body"].read() == b"data"


def test_wrong_lists_of_parts_are_refused(s3, bucket, upload, refused):
    upload.put(1, b"data")
    upload.put(3, b"more")
    where = {"UploadId": upload.where["UploadId"]}
    missing = (
        "One or more of the specified parts could not be found.  The part may not have been "
        "uploaded, or the specified entity tag may not match the part's entity tag."
    )
    etag = upload.parts[0]["ETag"]
    # Recorded: multipart_complete_multipart_wrong_part, complete_multipart_parts_order.
    with refused("InvalidPart", 400, missing, PartNumber="2", ETag=etag.strip('"'), **where):
        upload.complete([{"PartNumber": 2, "ETag": etag}])
    with refused(
        "InvalidPart",
        400,
        missing,
        PartNumber="1",
        ETag="d41d8cd98f00b204e9800998ecf8427e",
        **where,
    ):
        upload.complete([{"PartNumber": 1, "ETag": '"d41d8cd98f00b204e9800998ecf8427e"'}])
    unordered = (
        "The list of parts was not in ascending order. Parts must be ordered by part number."
    )
    with refused("InvalidPartOrder", 400, unordered, **where):
        upload.complete(upload.parts[::-1])


def test_completing_without_parts_is_refused(wire, s3, upload, refused):
    # Recorded: multipart_complete_multipart_too_small: complete-exc-no-parts (an empty body).
    with refused("InvalidRequest", 400, "You must specify at least one part"):
        s3.complete_multipart_upload(**upload.where)
    # A document that has no Part is not of the schema: S3 API reference, CompleteMultipartUpload.
    target = f"/{upload.where['Bucket']}/joined?uploadId={upload.where['UploadId']}"
    answer = wire.signed("POST", target, body=b"<CompleteMultipartUpload/>")
    assert (answer.status, answer.error()["Code"]) == (400, "MalformedXML")


def test_part_numbers_go_from_1_to_10000(s3, upload, refused):
    message = "Part number must be an integer between 1 and 10000, inclusive"
    for number in (-1, 0, 10_001):
        with refused(
            "InvalidArgument", 400, message, ArgumentName="partNumber", ArgumentValue=str(number)
        ):
            s3.upload_part(**upload.where, PartNumber=number, Body=b"x")
    s3.upload_part(**upload.where, PartNumber=10_000, Body=b"x")


def test_an_unknown_upload_is_no_such_upload(s3, bucket, upload, refused):
    upload.put(1, b"x")
    s3.abort_multipart_upload(**upload.where)
    parts = {"MultipartUpload": {"Parts": upload.parts}}
    unknown = {**upload.where, "UploadId": "fakeid"}
    # Recorded: multipart_no_such_upload: upload-exc, complete-exc, abort-exc.
    with refused("NoSuchUpload", 404, NO_SUCH_UPLOAD, UploadId="fakeid"):
        s3.abort_multipart_upload(**unknown)
    for where in (upload.where, unknown):
        for call in (
            lambda where=where: s3.upload_part(**where, PartNumber=1, Body=b"x"),
            lambda where=where: s3.list_parts(**where),
            lambda where=where: s3.complete_multipart_upload(**where, **parts),
        ):
            with refused("NoSuchUpload", 404, NO_SUCH_UPLOAD, UploadId=where["UploadId"]):
                call()
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)


def test_completing_again_answers_the_same(s3, upload, refused):
    upload.put(1, b"x")
    first = upload.complete()
    again = upload.complete()
    # The request may be repeated: S3 API reference, CompleteMultipartUpload.
    assert again["ETag"] == first["ETag"]
    # Recorded: multipart_and_list_parts: list-part-after-complete-exc.
    with refused("NoSuchUpload", 404, NO_SUCH_UPLOAD):
        s3.list_parts(**upload.where)


@pytest.mark.newest
def test_completing_under_conditions(s3, bucket, upload, refused):
    upload.put(1, b"x")
    s3.put_object(Bucket=bucket, Key="joined", Body=b"there first")
    with refused("PreconditionFailed", 412, Condition="If-None-Match"):
        upload.complete(IfNoneMatch="*")
    upload.complete(IfMatch=s3.head_object(Bucket=bucket, Key="joined")["ETag"])
    assert s3.get_object(Bucket=bucket, Key="joined")["Body"].read() == b"x"


@pytest.mark.newest
def test_a_wrong_total_size_is_refused(upload, refused):
    upload.put(1, b"data")
    # Recorded: multipart_size_validation: complete-multipart-wrong-size.
    message = (
        "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4"
    )
    with refused("InvalidRequest", 400, message):
        upload.complete(MpuObjectSize=5)
    upload.complete(MpuObjectSize=4)


def test_parts_are_listed_in_pages(s3, upload):
    for number in range(1, 8):
        upload.put(number, bytes(number))
    found, marker = [], 0
    while True:
        page = s3.list_parts(**upload.where, MaxParts=3, PartNumberMarker=marker)
        assert page["MaxParts"] == 3 and page["PartNumberMarker"] == marker
        found += [(part["PartNumber"], part["Size"], part["ETag"]) for part in page["Parts"]]
        if not page["IsTruncated"]:
            break
        marker = page["NextPartNumberMarker"]
    assert found == [(p["PartNumber"], p["PartNumber"], p["ETag"]) for p in upload.parts]


def test_uploads_are_listed_by_key_in_pages_and_folders(s3, bucket):
    keys = ["a/1", "a/2", "b", "b", "c d+e"]
    uploads = [Upload(s3, bucket, key) for key in keys]
    whole = s3.list_multipart_uploads(Bucket=bucket)
    assert [entry["Key"] for entry in whole["Uploads"]] == keys
    assert {e["UploadId"] for e in whole["Uploads"]} == {u.where["UploadId"] for u in uploads}
    found, options = [], {}
    while True:
        page = s3.list_multipart_uploads(Bucket=bucket, MaxUploads=2, **options)
        found += [entry["UploadId"] for entry in page.get("Uploads", [])]
        if not page["IsTruncated"]:
            break
        options = {
            "KeyMarker": page["NextKeyMarker"],
            "UploadIdMarker": page["NextUploadIdMarker"],
        }
    assert found == [entry["UploadId"] for entry in whole["Uploads"]]
    folded = s3.list_multipart_uploads(Bucket=bucket, Delimiter="/")
    assert [entry["Prefix"] for entry in folded["CommonPrefixes"]] == ["a/"]
    assert [entry["Key"] for entry in folded["Uploads"]] == ["b", "b", "c d+e"]


def test_10000_parts_are_taken_listed_and_judged(make_client, bucket, refused):
    """All part numbers there are, small ones; then one object of two of them that may be joined."""
    client = make_client(max_pool_connections=8)
    upload = Upload(client, bucket, "joined")

    def put(number):
        body = b"%05d" % number
        etag = client.upload_part(**upload.where, PartNumber=number, Body=body)["ETag"]
        return {"PartNumber": number, "ETag": etag}

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        parts = list(pool.map(put, range(1, 10_001)))
    listed = []
    for page in client.get_paginator("list_parts").paginate(**upload.where):
        assert len(page["Parts"]) <= 1000
        listed += [{"PartNumber": p["PartNumber"], "ETag": p["ETag"]} for p in page["Parts"]]
    assert listed == parts
    with refused("EntityTooSmall", 400, PartNumber="1", ProposedSize="5"):
        upload.complete(parts)
    upload.complete(parts[-1:])
    assert client.get_object(Bucket=bucket, Key="joined")["Body"].read() == b"10000"


@pytest.mark.slow
def test_an_object_of_10000_copied_parts_is_whole(make_client, bucket):
    """50 GiB of which the server keeps 5 MiB: parts are copies of one object."""
    client = make_client(max_pool_connections=8, read_timeout=300)
    body = random.Random(8).randbytes(SMALLEST_PART)
    client.put_object(Bucket=bucket, Key="source", Body=body)
    upload = Upload(client, bucket, "joined")

    def copy(number):
        answer = client.upload_part_copy(
            **upload.where, PartNumber=number, CopySource={"Bucket": bucket, "Key": "source"}
        )
        return {"PartNumber": number, "ETag": answer["CopyPartResult"]["ETag"]}

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        parts = list(pool.map(copy, range(1, 10_001)))
    assert upload.complete(parts)["ETag"] == multipart_etag([body] * 10_000)
    head = client.head_object(Bucket=bucket, Key="joined")
    assert head["ContentLength"] == 10_000 * SMALLEST_PART
    first = 7_777 * SMALLEST_PART - 5
    got = client.get_object(Bucket=bucket, Key="joined", Range=f"bytes={first}-{first + 9}")
    assert got["Body"].read() == body[-5:] + body[:5]

"""Byte ranges, as the recorded answers have them."""

import pytest

BODY = b"0123456789"


@pytest.fixture
def digits(s3, bucket):
    s3.put_object(Bucket=bucket, Key="digits", Body=BODY)
    return {"Bucket": bucket, "Key": "digits"}


@pytest.mark.parametrize(
    "asked, content_range",
    [
        ("bytes=0-0", "bytes 0-0/10"),
        ("bytes=2-5", "bytes 2-5/10"),
        ("bytes=5-", "bytes 5-9/10"),
        ("bytes=-3", "bytes 7-9/10"),
        ("bytes=-100", "bytes 0-9/10"),
        ("bytes=8-100", "bytes 8-9/10"),
        ("bytes=0-9", "bytes 0-9/10"),
    ],
)
def test_a_satisfiable_range_is_206_with_just_those_bytes(s3, digits, asked, content_range):
    answer = s3.get_object(**digits, Range=asked)
    first, last = map(int, content_range[6:-3].split("-"))
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 206
    assert answer["ContentRange"] == content_range
    assert answer["ContentLength"] == last - first + 1
    assert answer["Body"].read() == BODY[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=100-200", "bytes=10-", "bytes=-0"])
def test_a_range_beyond_the_end_is_416(s3, digits, asked, refused):
    # Recorded: get_object_range: get-100-200, get--0.
    with refused(
        "InvalidRange",
        416,
        "The requested range is not satisfiable",
        ActualObjectSize="10",
        RangeRequested=asked,
    ):
        s3.get_object(**digits, Range=asked)


@pytest.mark.parametrize(
    "asked", ["bytes=3-1", "bytes=a-b", "bytes=", "items=0-1", "0-1", "bytes=0-1,3-4", "bytes=--1"]
)
def test_a_malformed_or_multiple_range_is_ignored(s3, digits, asked):
    # S3 does not take several ranges in one request: S3 API reference, GetObject. Like RFC 9110
    # lets a server do, it answers what it does not understand with the whole.
    answer = s3.get_object(**digits, Range=asked)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert answer["Body"].read() == BODY


def test_head_answers_a_range_too(s3, digits):
    head = s3.head_object(**digits, Range="bytes=2-5")
    assert head["ResponseMetadata"]["HTTPStatusCode"] == 206
    assert head["ContentLength"] == 4


def test_an_empty_object_satisfies_no_range(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="empty", Body=b"")
    with refused("InvalidRange", 416, ActualObjectSize="0"):
        s3.get_object(Bucket=bucket, Key="empty", Range="bytes=0-0")


def test_a_range_and_a_part_number_do_not_go_together(s3, digits, refused):
    # Recorded: get_object_part: part-with-range.
    message = "Cannot specify both Range header and partNumber query parameter"
    with refused("InvalidRequest", 400, message):
        s3.get_object(**digits, Range="bytes=0-1", PartNumber=1)


def test_large_ranges_are_cut_exactly(s3, bucket):
    body = bytes(range(256)) * 20_000
    s3.put_object(Bucket=bucket, Key="large", Body=body)
    for first, last in ((0, 4095), (4095, 4096), (65_535, 131_072), (5_000_000, len(body) - 1)):
        got = s3.get_object(Bucket=bucket, Key="large", Range=f"bytes={first}-{last}")
        assert got["Body"].read() == body[first : last + 1]

"""ListObjectsV2 and ListObjects: order, pages, delimiters, encoding."""

import pytest

TREE = ["a", "a/1", "a/2", "b/1", "b/2/x", "b/2/y", "c", "d//1", "ü/1", "\U0001f600"]


@pytest.fixture
def tree(s3, bucket):
    for key in reversed(TREE):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    return bucket


def keys(answer):
    return [entry["Key"] for entry in answer.get("Contents", [])]


def prefixes(answer):
    return [entry["Prefix"] for entry in answer.get("CommonPrefixes", [])]


def test_an_entry_tells_key_size_etag_time_and_class(s3, bucket):
    put = s3.put_object(Bucket=bucket, Key="k", Body=b"12345")
    answer = s3.list_objects_v2(Bucket=bucket)
    entry = answer["Contents"][0]
    assert (entry["Key"], entry["Size"], entry["ETag"]) == ("k", 5, put["ETag"])
    assert entry["StorageClass"] == "STANDARD"
    assert entry["LastModified"] == s3.head_object(Bucket=bucket, Key="k")["LastModified"]
    assert "Owner" not in entry
    assert answer["Name"] == bucket
    assert answer["MaxKeys"] == 1000
    assert answer["IsTruncated"] is False
    assert "Owner" in s3.list_objects_v2(Bucket=bucket, FetchOwner=True)["Contents"][0]
    assert "Owner" in s3.list_objects(Bucket=bucket)["Contents"][0]


def test_keys_come_in_utf8_byte_order(s3, bucket):
    # In UTF-16 order the emoji would come before the full-width A.
    names = ["Z", "a", "é", "\uff21", "\U0001f600", "a b", "a!", "a-", "a/", "a0"]
    for name in names:
        s3.put_object(Bucket=bucket, Key=name, Body=b"")
    assert keys(s3.list_objects_v2(Bucket=bucket)) == sorted(names, key=str.encode)


def test_a_delimiter_folds_folders(s3, tree):
    answer = s3.list_objects_v2(Bucket=tree, Delimiter="/")
    assert keys(answer) == ["a", "c", "\U0001f600"]
    assert prefixes(answer) == ["a/", "b/", "d/", "ü/"]
    assert answer["KeyCount"] == 7
    below = s3.list_objects_v2(Bucket=tree, Delimiter="/", Prefix="b/")
    assert (keys(below), prefixes(below)) == (["b/1"], ["b/2/"])
    double = s3.list_objects_v2(Bucket=tree, Delimiter="/", Prefix="d/")
    assert (keys(double), prefixes(double)) == ([], ["d//"])


def test_a_delimiter_may_be_any_string(s3, bucket):
    for key in ("2026-01-01", "2026-01-02", "2026-02-01", "x"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    answer = s3.list_objects_v2(Bucket=bucket, Delimiter="-0", Prefix="2026")
    assert (keys(answer), prefixes(answer)) == ([], ["2026-0"])
    answer = s3.list_objects_v2(Bucket=bucket, Delimiter="01-")
    assert prefixes(answer) == ["2026-01-"]
    assert keys(answer) == ["2026-02-01", "x"]


@pytest.mark.parametrize("page_size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("delimiter", ["", "/"])
def test_pages_add_up_to_the_whole_listing(s3, tree, page_size, delimiter):
    more = {"Delimiter": delimiter} if delimiter else {}
    whole = s3.list_objects_v2(Bucket=tree, **more)
    for name in ("list_objects_v2", "list_objects"):
        found, folded = [], []
        options = {"PaginationConfig": {"PageSize": page_size}}
        for page in s3.get_paginator(name).paginate(Bucket=tree, **more, **options):
            # Keys and common prefixes count alike: S3 API reference, ListObjectsV2, KeyCount.
            assert len(keys(page)) + len(prefixes(page)) <= page_size
            found += keys(page)
            folded += prefixes(page)
        assert (found, folded) == (keys(whole), prefixes(whole)), name


def test_start_after_leaves_out_what_comes_before(s3, tree):
    assert keys(s3.list_objects_v2(Bucket=tree, StartAfter="b/2/x"))[0] == "b/2/y"
    assert keys(s3.list_objects_v2(Bucket=tree, StartAfter="b/2/w"))[0] == "b/2/x"
    assert keys(s3.list_objects(Bucket=tree, Marker="b/2/x"))[0] == "b/2/y"
    # Assumed, as recorded for the marker of ListObjects: a start within a folder goes on behind it.
    within = s3.list_objects_v2(Bucket=tree, StartAfter="b/1", Delimiter="/")
    assert prefixes(within)[0] == "d/"


def test_max_keys_zero_is_an_empty_page_that_is_not_truncated(s3, tree):
    answer = s3.list_objects_v2(Bucket=tree, MaxKeys=0)
    assert (answer["KeyCount"], answer["IsTruncated"], keys(answer)) == (0, False, [])


def test_a_page_has_1000_keys_at_most_however_many_are_asked_for(s3, bucket):
    for number in range(1002):
        s3.put_object(Bucket=bucket, Key=f"{number:05}", Body=b"")
    answer = s3.list_objects_v2(Bucket=bucket, MaxKeys=5000)
    # The asked-for number is cut to the limit in the answer: S3 API reference, ListObjectsV2.
    assert (answer["MaxKeys"], answer["KeyCount"], answer["IsTruncated"]) == (1000, 1000, True)
    rest = s3.list_objects_v2(Bucket=bucket, ContinuationToken=answer["NextContinuationToken"])
    assert keys(rest) == ["01000", "01001"]
    assert rest["ContinuationToken"] == answer["NextContinuationToken"]


def test_an_empty_continuation_token_is_refused(s3, tree, refused):
    # Recorded: list_objects_v2_continuation_start_after: exc-continuation-token.
    message = "The continuation token provided is incorrect"
    with refused("InvalidArgument", 400, message, ArgumentName="continuation-token"):
        s3.list_objects_v2(Bucket=tree, ContinuationToken="")


def test_an_unknown_encoding_is_refused(s3, tree, refused):
    # Recorded: list_ops_encoding_type_validation[list_objects_v2].
    message = "Invalid Encoding Method specified in Request"
    with refused(
        "InvalidArgument", 400, message, ArgumentName="encoding-type", ArgumentValue="value"
    ):
        s3.list_objects_v2(Bucket=tree, EncodingType="value")


def test_url_encoding_makes_every_key_safe_for_xml(wire, s3, bucket):
    odd = "a b+c/\x01&ü.txt"
    s3.put_object(Bucket=bucket, Key=odd, Body=b"")
    answer = wire.signed(
        "GET", f"/{bucket}?list-type=2&encoding-type=url&prefix=a%20b%2B&delimiter=%2F"
    )
    assert answer.status == 200
    text = answer.body.decode()
    assert "<EncodingType>url</EncodingType>" in text
    # Measured on AWS: a space becomes a plus, a plus %2B; the slash is left alone.
    assert "<Prefix>a+b%2Bc/</Prefix>" in text
    assert "<Prefix>a+b%2B</Prefix>" in text
    whole = wire.signed("GET", f"/{bucket}?list-type=2&encoding-type=url").body.decode()
    assert "<Key>a+b%2Bc/%01%26%C3%BC.txt</Key>" in whole


def test_the_first_version_of_listing_tells_the_next_marker_only_with_a_delimiter(s3, tree):
    # S3 API reference, ListObjects, NextMarker.
    plain = s3.list_objects(Bucket=tree, MaxKeys=2)
    assert plain["IsTruncated"] and "NextMarker" not in plain
    folded = s3.list_objects(Bucket=tree, MaxKeys=2, Delimiter="/")
    assert folded["NextMarker"] == "a/"


def test_a_deleted_object_is_gone_from_the_very_next_listing(s3, bucket):
    for number in range(20):
        s3.put_object(Bucket=bucket, Key="k", Body=b"")
        assert keys(s3.list_objects_v2(Bucket=bucket)) == ["k"], number
        s3.delete_object(Bucket=bucket, Key="k")
        assert keys(s3.list_objects_v2(Bucket=bucket)) == [], number

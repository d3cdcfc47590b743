"""Conditional reads and writes, alone and in a race."""

import concurrent.futures
import datetime
import threading

import pytest
from botocore.exceptions import ClientError

HOUR = datetime.timedelta(hours=1)
OTHER_ETAG = '"0123456789abcdef0123456789abcdef"'
FAILED = "At least one of the pre-conditions you specified did not hold"


@pytest.fixture
def thing(s3, bucket):
    s3.put_object(Bucket=bucket, Key="thing", Body=b"first")
    return {"Bucket": bucket, "Key": "thing"}


def test_reads_whose_conditions_hold_are_answered(s3, thing):
    head = s3.head_object(**thing)
    for condition in (
        {"IfMatch": head["ETag"]},
        {"IfMatch": head["ETag"].strip('"')},  # recorded: quotes may be missing
        {"IfNoneMatch": OTHER_ETAG},
        {"IfModifiedSince": head["LastModified"] - HOUR},
        {"IfUnmodifiedSince": head["LastModified"]},
        # RFC 9110: the entity tag outweighs the date.
        {"IfMatch": head["ETag"], "IfUnmodifiedSince": head["LastModified"] - HOUR},
    ):
        assert s3.get_object(**thing, **condition)["Body"].read() == b"first", condition
        assert s3.head_object(**thing, **condition)["ContentLength"] == 5, condition


def test_a_read_of_what_the_client_already_has_is_304(s3, thing, refused):
    head = s3.head_object(**thing)
    # Recorded: s3_get_object_preconditions: precondition-if-none-match, etag-missing-quotes,
    # precondition-if-modified-since-is-object.
    for condition in (
        {"IfNoneMatch": head["ETag"]},
        {"IfNoneMatch": head["ETag"].strip('"')},
        {"IfModifiedSince": head["LastModified"]},
        {"IfModifiedSince": head["LastModified"] - HOUR, "IfNoneMatch": head["ETag"]},
    ):
        with refused("304", 304, "Not Modified") as refusal:
            s3.get_object(**thing, **condition)
        headers = refusal.response["ResponseMetadata"]["HTTPHeaders"]
        assert headers["etag"] == head["ETag"]
        # SDKs check checksums that they see, against a body that is not there.
        assert not [name for name in headers if name.startswith("x-amz-checksum")]
        with refused("304", 304, "Not Modified"):
            s3.head_object(**thing, **condition)


def test_a_read_whose_condition_fails_is_412(s3, thing, refused):
    head = s3.head_object(**thing)
    # Recorded: s3_get_object_preconditions[get_object]: precondition-if-match,
    # precondition-if-unmodified-since.
    for condition, name in (
        ({"IfMatch": OTHER_ETAG}, "If-Match"),
        ({"IfUnmodifiedSince": head["LastModified"] - HOUR}, "If-Unmodified-Since"),
    ):
        with refused("PreconditionFailed", 412, FAILED, Condition=name):
            s3.get_object(**thing, **condition)
        with refused("412", 412, "Precondition Failed"):
            s3.head_object(**thing, **condition)


@pytest.mark.newest
def test_a_put_that_must_be_the_first_is_refused_over_an_object(s3, bucket, thing, refused):
    # Recorded: put_object_if_none_match: put-obj-if-none-match.
    with refused("PreconditionFailed", 412, FAILED, Condition="If-None-Match"):
        s3.put_object(**thing, Body=b"second", IfNoneMatch="*")
    assert s3.get_object(**thing)["Body"].read() == b"first"
    s3.put_object(Bucket=bucket, Key="other", Body=b"x", IfNoneMatch="*")
    s3.delete_object(**thing)
    s3.put_object(**thing, Body=b"again", IfNoneMatch="*")
    assert s3.get_object(**thing)["Body"].read() == b"again"


@pytest.mark.newest
def test_a_put_over_a_known_state_is_compare_and_swap(s3, thing, refused):
    first = s3.head_object(**thing)["ETag"]
    second = s3.put_object(**thing, Body=b"second", IfMatch=first)["ETag"]
    with refused("PreconditionFailed", 412, FAILED, Condition="If-Match"):
        s3.put_object(**thing, Body=b"stale", IfMatch=first)
    s3.put_object(**thing, Body=b"third", IfMatch=second.strip('"'))
    assert s3.get_object(**thing)["Body"].read() == b"third"


@pytest.mark.newest
def test_a_put_that_must_match_a_missing_object_is_no_such_key(s3, bucket, refused):
    # S3 user guide, conditional writes: If-Match without an object is 404.
    with refused("NoSuchKey", 404, "The specified key does not exist."):
        s3.put_object(Bucket=bucket, Key="missing", Body=b"x", IfMatch=OTHER_ETAG)


@pytest.mark.newest
def test_write_conditions_that_s3_does_not_have_are_not_implemented(s3, thing, refused):
    message = "A header you provided implies functionality that is not implemented"
    # Recorded: put_object_if_none_match_validation, put_object_if_match_validation,
    # put_object_if_match_and_if_none_match_validation.
    for condition, header in (
        ({"IfNoneMatch": OTHER_ETAG}, "If-None-Match"),
        ({"IfMatch": "*"}, "If-Match"),
        ({"IfMatch": OTHER_ETAG, "IfNoneMatch": "*"}, "If-Match,If-None-Match"),
    ):
        with refused("NotImplemented", 501, message, Header=header):
            s3.put_object(**thing, Body=b"x", **condition)


@pytest.mark.newest
def test_a_delete_of_a_known_state_only(s3, bucket, thing, refused):
    with refused("PreconditionFailed", 412, FAILED, Condition="If-Match"):
        s3.delete_object(**thing, IfMatch=OTHER_ETAG)
    s3.delete_object(**thing, IfMatch=s3.head_object(**thing)["ETag"])
    with refused("404", 404):
        s3.head_object(**thing)


def race(count, attempt):
    """Runs attempt(number) in `count` threads at once; returns the codes of refusals and the
    numbers that won."""
    gate = threading.Barrier(count)

    def run(number):
        gate.wait(30)
        try:
            attempt(number)
            return number, None
        except ClientError as error:
            return number, error.response["Error"]["Code"]

    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        results = list(pool.map(run, range(count)))
    winners = [number for number, code in results if code is None]
    return winners, [code for _, code in results if code is not None]


@pytest.mark.newest
def test_of_eight_threads_that_create_the_same_key_exactly_one_wins(make_client, bucket):
    client = make_client(max_pool_connections=8)
    for round_number in range(20):
        key = f"lock-{round_number}"
        winners, codes = race(
            8,
            lambda number, key=key: client.put_object(
                Bucket=bucket, Key=key, Body=str(number).encode() * 1000, IfNoneMatch="*"
            ),
        )
        assert len(winners) == 1, (winners, codes)
        # S3 may answer a loser of the race with 409 too: S3 user guide, conditional writes.
        assert set(codes) <= {"PreconditionFailed", "ConditionalRequestConflict"}
        body = client.get_object(Bucket=bucket, Key=key)["Body"].read()
        assert body == str(winners[0]).encode() * 1000


@pytest.mark.newest
def test_of_eight_threads_that_swap_the_same_state_exactly_one_wins(make_client, bucket, thing):
    client = make_client(max_pool_connections=8)
    for round_number in range(20):
        etag = client.head_object(**thing)["ETag"]
        winners, _ = race(
            8,
            lambda number, etag=etag, tag=round_number: client.put_object(
                **thing, Body=f"{tag}/{number}".encode(), IfMatch=etag
            ),
        )
        assert len(winners) == 1
        body = client.get_object(**thing)["Body"].read()
        assert body == f"{round_number}/{winners[0]}".encode()


def test_readers_never_see_a_mixture_of_two_writes(make_client, bucket):
    client = make_client(max_pool_connections=8)
    bodies = [bytes([letter]) * 300_000 for letter in b"abcd"]
    client.put_object(Bucket=bucket, Key="k", Body=bodies[0])
    stop = threading.Event()

    def write(body):
        while not stop.is_set():
            client.put_object(Bucket=bucket, Key="k", Body=body)

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, body) for body in bodies]
        try:
            seen = [client.get_object(Bucket=bucket, Key="k")["Body"].read() for _ in range(100)]
        finally:
            stop.set()
    for writer in writers:
        writer.result()
    assert set(seen) <= set(bodies)

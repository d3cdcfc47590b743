"""Bodies in chunks: what boto3 sends over https, and the forms of other SDKs made by hand."""

import base64
import hashlib
import io
import random
import zlib

import pytest

BODY = random.Random(5).randbytes(200_000)
CHUNKS = [BODY[:65_536], BODY[65_536:131_072], BODY[131_072:]]


def crc32(data):
    return base64.b64encode(zlib.crc32(data).to_bytes(4, "big")).decode()


def refusal(answer):
    return answer.status, answer.error()["Code"]


def unsigned_chunks(pieces, trailer):
    """The body of STREAMING-UNSIGNED-PAYLOAD-TRAILER."""
    body = b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces)
    return body + b"0\r\n" + "".join(f"{n}:{v}\r\n" for n, v in trailer.items()).encode() + b"\r\n"


class OneWay(io.RawIOBase):
    """A stream that can only be read once, forwards, like a socket or a pipe."""

    def __init__(self, body):
        self._source = io.BytesIO(body)

    def readable(self):
        return True

    def seekable(self):
        return False

    def read(self, size=-1):
        return self._source.read(size)


@pytest.mark.parametrize("size", [0, 1, 65_536, 200_000, 3_000_000])
def test_a_file_object_is_stored_without_its_framing(s3, bucket, size):
    """Over https boto3 frames it as aws-chunked with a trailing checksum; over http not."""
    body = random.Random(size).randbytes(size)
    s3.put_object(Bucket=bucket, Key="k", Body=io.BytesIO(body))
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == body
    head = s3.head_object(Bucket=bucket, Key="k")
    assert head["ContentLength"] == size
    # aws-chunked is the framing's, not the object's: S3 API reference, PutObject.
    assert "ContentEncoding" not in head


def test_a_users_own_content_encoding_survives_the_framing(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=io.BytesIO(b"packed"), ContentEncoding="gzip")
    assert s3.head_object(Bucket=bucket, Key="k")["ContentEncoding"] == "gzip"
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"packed"


def test_a_stream_that_cannot_be_rewound_is_uploaded(s3, bucket):
    s3.upload_fileobj(OneWay(BODY), bucket, "k")
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == BODY


def test_signed_chunks_are_taken(wire, s3, bucket):
    answer = wire.chunked(f"/{bucket}/k", CHUNKS)
    assert answer.status == 200, answer.body
    assert answer.headers["etag"] == f'"{hashlib.md5(BODY).hexdigest()}"'
    got = s3.get_object(Bucket=bucket, Key="k")
    assert got["Body"].read() == BODY
    assert "ContentEncoding" not in got


@pytest.mark.parametrize("spoil", [0, 1, 2, 3])
def test_a_chunk_with_a_wrong_signature_is_refused_and_nothing_stored(wire, s3, bucket, spoil):
    answer = wire.chunked(f"/{bucket}/k", CHUNKS, spoil=spoil)
    assert refusal(answer) == (403, "SignatureDoesNotMatch")
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_signed_chunks_with_a_signed_trailer_are_taken(wire, s3, bucket):
    trailer = ("x-amz-checksum-crc32", crc32(BODY))
    answer = wire.chunked(f"/{bucket}/k", CHUNKS, trailer=trailer)
    assert answer.status == 200, answer.body
    assert answer.headers["x-amz-checksum-crc32"] == crc32(BODY)
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == BODY


def test_a_trailer_with_a_wrong_signature_is_refused(wire, s3, bucket):
    trailer = ("x-amz-checksum-crc32", crc32(BODY))
    answer = wire.chunked(f"/{bucket}/k", CHUNKS, trailer=trailer, spoil="trailer")
    assert refusal(answer) == (403, "SignatureDoesNotMatch")
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_a_wrong_checksum_in_a_signed_trailer_is_bad_digest(wire, s3, bucket):
    answer = wire.chunked(f"/{bucket}/k", CHUNKS, trailer=("x-amz-checksum-crc32", crc32(b"other")))
    assert refusal(answer) == (400, "BadDigest")
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


class TestUnsignedTrailer:
    """STREAMING-UNSIGNED-PAYLOAD-TRAILER, as the newest SDKs send it over https."""

    def put(self, wire, bucket, body, decoded_length=None):
        return wire.signed(
            "PUT",
            f"/{bucket}/k",
            {
                "content-encoding": "aws-chunked",
                "x-amz-decoded-content-length": str(decoded_length or len(BODY)),
                "x-amz-trailer": "x-amz-checksum-crc32",
            },
            body,
            payload_hash="STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        )

    def test_it_is_taken(self, wire, s3, bucket):
        trailer = {"x-amz-checksum-crc32": crc32(BODY)}
        answer = self.put(wire, bucket, unsigned_chunks(CHUNKS, trailer))
        assert answer.status == 200, answer.body
        assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == BODY

    def test_a_wrong_checksum_is_bad_digest(self, wire, s3, bucket):
        trailer = {"x-amz-checksum-crc32": crc32(b"other")}
        answer = self.put(wire, bucket, unsigned_chunks(CHUNKS, trailer))
        assert refusal(answer) == (400, "BadDigest")
        assert "Contents" not in s3.list_objects_v2(Bucket=bucket)

    def test_a_trailer_that_was_promised_must_come(self, wire, s3, bucket):
        # S3 API reference, list of error codes; that it is this one is assumed.
        answer = self.put(wire, bucket, unsigned_chunks(CHUNKS, {}))
        assert refusal(answer) == (400, "MalformedTrailerError")
        assert "Contents" not in s3.list_objects_v2(Bucket=bucket)

    @pytest.mark.parametrize("difference", [-1, 1])
    def test_a_body_of_another_length_than_promised_is_incomplete(
        self, wire, s3, bucket, difference
    ):
        # Assumed for a body that is too long; for one that is too short: list of error codes.
        trailer = {"x-amz-checksum-crc32": crc32(BODY)}
        answer = self.put(
            wire, bucket, unsigned_chunks(CHUNKS, trailer), decoded_length=len(BODY) + difference
        )
        assert refusal(answer) == (400, "IncompleteBody")
        assert "Contents" not in s3.list_objects_v2(Bucket=bucket)

    @pytest.mark.parametrize(
        "framing", [b"zz\r\nabc", b"-1\r\n\r\n", b"3\nabc\n0\n\n", b"3\r\nabcd"]
    )
    def test_broken_framing_is_refused(self, wire, s3, bucket, framing):
        answer = self.put(wire, bucket, framing, decoded_length=3)
        assert answer.status == 400
        assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_a_streamed_body_without_its_decoded_length_is_refused(wire, bucket):
    answer = wire.signed(
        "PUT",
        f"/{bucket}/k",
        {"content-encoding": "aws-chunked", "x-amz-trailer": "x-amz-checksum-crc32"},
        unsigned_chunks(CHUNKS, {"x-amz-checksum-crc32": crc32(BODY)}),
        payload_hash="STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    )
    # S3 API reference, list of error codes.
    assert refusal(answer) == (411, "MissingContentLength")


def test_an_upload_that_is_refused_is_refused_before_its_body(server, bucket, wire):
    """Expect: 100-continue: the answer comes instead of the permission to send."""
    connection = wire.connect()
    connection.putrequest("PUT", f"/{bucket}/k", skip_accept_encoding=True)
    for name, value in {
        "expect": "100-continue",
        "content-length": str(10_000_000_000),
        "authorization": "AWS4-HMAC-SHA256 nonsense",
        "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
        "x-amz-date": wire.signer().timestamp,
    }.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == 400
    assert b"<Code>AuthorizationHeaderMalformed</Code>" in response.read()
    connection.close()

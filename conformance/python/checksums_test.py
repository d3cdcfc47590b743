"""Checksums: the ten algorithms, computed by the client or by the caller, right and wrong."""

import base64
import hashlib
import zlib

import pytest

pytestmark = pytest.mark.newest

MIB = 1024 * 1024
BODY = b"123456789"
# The usual check input and its values; CRC and SHA ones are published with the algorithms, XXH64's
# (8cb841db40e6ae83) and XXH3's come from the reference implementation.
VALUES = {
    "CRC32": "y/Q5Jg==",
    "CRC32C": "4waSgw==",
    "CRC64NVME": "rosUhgp5mIg=",
    "SHA1": "98O8HYCOBHMq32eZZczDTKeuNEE=",
    "SHA256": "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
    "SHA512": "2eZ2LdHI6vbWGzxhkvxAjU1tXxF20MKRabwk5xw/"
    "J0rSf81YEbMT1oH35V7ALXPUmclUVba1u1A6z1dPuo/+hQ==",
    "MD5": "JfnnlDI7RTiF9RgfG2JNCw==",
    "XXHASH64": "jLhB20DmroM=",
    "XXHASH3": "ctyxi2ehff8=",
    "XXHASH128": "MxGUd+3l3NXpcWQnaB1YYA==",
}
COMPUTED_BY_BOTO3 = [name for name in VALUES if name != "MD5"]
RECORDED = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"]


@pytest.fixture(scope="session")
def bare(make_client):
    """A client that adds no checksum and asks for none unless the call does."""
    return make_client(
        request_checksum_calculation="when_required", response_checksum_validation="when_required"
    )


def checksums(answer):
    """The checksum values of an answer, by algorithm."""
    return {name: answer[f"Checksum{name}"] for name in VALUES if f"Checksum{name}" in answer}


def encoded(digest):
    return base64.b64encode(digest).decode()


def assert_stored(bare, bucket, key, expected):
    """The object has just these checksums, told to who asks and to nobody else."""
    head = bare.head_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
    assert (checksums(head), head["ChecksumType"]) == (expected, "FULL_OBJECT")
    got = bare.get_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
    assert checksums(got) == expected
    assert got["Body"].read() == BODY
    assert checksums(bare.get_object(Bucket=bucket, Key=key)) == {}
    assert checksums(bare.head_object(Bucket=bucket, Key=key)) == {}


@pytest.mark.parametrize("algorithm", COMPUTED_BY_BOTO3)
def test_a_checksum_that_boto3_computes_is_verified_and_kept(s3, bare, bucket, algorithm):
    put = s3.put_object(Bucket=bucket, Key="k", Body=BODY, ChecksumAlgorithm=algorithm)
    expected = {algorithm: VALUES[algorithm]}
    assert (checksums(put), put["ChecksumType"]) == (expected, "FULL_OBJECT")
    assert_stored(bare, bucket, "k", expected)
    # Validated by the client as well, with the algorithm that it finds.
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == BODY


@pytest.mark.parametrize("algorithm", VALUES)
def test_a_checksum_that_the_caller_gives_is_verified_and_kept(bare, bucket, algorithm):
    given = {f"Checksum{algorithm}": VALUES[algorithm]}
    put = bare.put_object(Bucket=bucket, Key="k", Body=BODY, **given)
    assert checksums(put) == {algorithm: VALUES[algorithm]}
    assert_stored(bare, bucket, "k", {algorithm: VALUES[algorithm]})


@pytest.mark.parametrize("algorithm", VALUES)
def test_a_wrong_checksum_is_bad_digest_and_stores_nothing(bare, bucket, refused, algorithm):
    # Recorded: put_object_checksum[…]: put-wrong-checksum-value, for the five older algorithms.
    message = f"The {algorithm} you specified did not match the calculated checksum."
    wrong = encoded(bytes(len(base64.b64decode(VALUES[algorithm]))))
    with refused("BadDigest", 400, message if algorithm in RECORDED else None):
        bare.put_object(Bucket=bucket, Key="k", Body=BODY, **{f"Checksum{algorithm}": wrong})
    assert "Contents" not in bare.list_objects_v2(Bucket=bucket)


@pytest.mark.parametrize("algorithm", VALUES)
@pytest.mark.parametrize("value", ["not base64!", "YQ=="])
def test_a_checksum_that_is_none_is_invalid(wire, bucket, algorithm, value):
    # Recorded: put_object_checksum[…]: put-wrong-checksum-no-b64, for the five older algorithms.
    header = f"x-amz-checksum-{algorithm.lower()}"
    answer = wire.signed("PUT", f"/{bucket}/k", {header: value}, BODY)
    error = answer.error()
    assert (answer.status, error["Code"]) == (400, "InvalidRequest")
    assert error["Message"] == f"Value for {header} header is invalid."


def test_two_checksums_are_refused(bare, bucket, refused):
    # Recorded: s3_checksum_no_algorithm: put-2-checksums.
    message = "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
    with refused("InvalidRequest", 400, message):
        bare.put_object(
            Bucket=bucket,
            Key="k",
            Body=BODY,
            ChecksumCRC32=VALUES["CRC32"],
            ChecksumSHA1=VALUES["SHA1"],
        )


def test_an_object_sent_without_a_checksum_gets_a_crc64nvme(bare, bucket):
    # AWS SDKs and tools reference, data integrity protections.
    bare.put_object(Bucket=bucket, Key="k", Body=BODY)
    assert_stored(bare, bucket, "k", {"CRC64NVME": VALUES["CRC64NVME"]})


def test_the_default_client_sends_a_crc32(s3, bare, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=BODY)
    assert_stored(bare, bucket, "k", {"CRC32": VALUES["CRC32"]})


def test_part_of_an_object_has_no_checksum_of_the_whole(bare, bucket):
    bare.put_object(Bucket=bucket, Key="k", Body=BODY, ChecksumCRC32=VALUES["CRC32"])
    got = bare.get_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED", Range="bytes=1-2")
    assert checksums(got) == {}


def test_a_copy_keeps_the_algorithm_or_takes_a_new_one(bare, bucket):
    bare.put_object(Bucket=bucket, Key="k", Body=BODY, ChecksumSHA1=VALUES["SHA1"])
    source = {"Bucket": bucket, "Key": "k"}
    kept = bare.copy_object(Bucket=bucket, Key="kept", CopySource=source)
    assert checksums(kept["CopyObjectResult"]) == {"SHA1": VALUES["SHA1"]}
    assert_stored(bare, bucket, "kept", {"SHA1": VALUES["SHA1"]})
    bare.copy_object(Bucket=bucket, Key="new", CopySource=source, ChecksumAlgorithm="SHA256")
    assert_stored(bare, bucket, "new", {"SHA256": VALUES["SHA256"]})


def test_a_wrong_content_md5_is_bad_digest(bare, bucket, refused):
    wrong = bytes.fromhex("09891eb590524e35fc73372cddc5d596")
    message = "The Content-MD5 you specified did not match what we received."
    calculated = encoded(hashlib.md5(BODY).digest())
    # Recorded: s3_invalid_content_md5. PutObject tells the expected digest in hexadecimal digits,
    # UploadPart in Base64.
    with refused(
        "BadDigest", 400, message, ExpectedDigest=wrong.hex(), CalculatedDigest=calculated
    ):
        bare.put_object(Bucket=bucket, Key="k", Body=BODY, ContentMD5=encoded(wrong))
    upload = bare.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
    with refused(
        "BadDigest", 400, message, ExpectedDigest=encoded(wrong), CalculatedDigest=calculated
    ):
        bare.upload_part(
            **{"Bucket": bucket, "Key": "k", "UploadId": upload, "PartNumber": 1},
            Body=BODY,
            ContentMD5=encoded(wrong),
        )
    bare.put_object(Bucket=bucket, Key="k", Body=BODY, ContentMD5=calculated)


@pytest.mark.parametrize("value", ["__invalid__", "000", "not base64 encoded checksum", "MTIz"])
def test_a_content_md5_that_is_none_is_invalid_digest(bare, bucket, refused, value):
    # Recorded: s3_invalid_content_md5: md5-error-0 to md5-error-3.
    message = "The Content-MD5 you specified was invalid."
    with refused("InvalidDigest", 400, message, **{"Content-MD5": value}):
        bare.put_object(Bucket=bucket, Key="k", Body=BODY, ContentMD5=value)


class TestMultipart:
    """Two parts, with and without a checksum of the whole."""

    BODIES = (b"a" * 5 * MIB, b"tail")

    def upload(self, client, bucket, algorithm, **more):
        where = {"Bucket": bucket, "Key": "joined"}
        created = client.create_multipart_upload(**where, ChecksumAlgorithm=algorithm, **more)
        assert created["ChecksumAlgorithm"] == algorithm
        where["UploadId"] = created["UploadId"]
        parts = []
        for number, body in enumerate(self.BODIES, 1):
            answer = client.upload_part(
                **where, PartNumber=number, Body=body, ChecksumAlgorithm=algorithm
            )
            value = checksums(answer)[algorithm]
            parts.append(
                {"PartNumber": number, "ETag": answer["ETag"], f"Checksum{algorithm}": value}
            )
        return where, parts

    @pytest.mark.parametrize(
        "algorithm, digest",
        [
            ("SHA1", lambda data: hashlib.sha1(data).digest()),
            ("SHA256", lambda data: hashlib.sha256(data).digest()),
            ("CRC32", lambda data: zlib.crc32(data).to_bytes(4, "big")),
        ],
    )
    def test_a_composite_checksum_is_that_of_the_parts_checksums(
        self, bare, bucket, algorithm, digest
    ):
        where, parts = self.upload(bare, bucket, algorithm)
        done = bare.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
        expected = encoded(digest(b"".join(digest(body) for body in self.BODIES))) + "-2"
        assert (checksums(done), done["ChecksumType"]) == ({algorithm: expected}, "COMPOSITE")
        head = bare.head_object(Bucket=bucket, Key="joined", ChecksumMode="ENABLED")
        assert (checksums(head), head["ChecksumType"]) == ({algorithm: expected}, "COMPOSITE")
        attributes = bare.get_object_attributes(
            Bucket=bucket, Key="joined", ObjectAttributes=["ObjectParts", "Checksum"]
        )["ObjectParts"]
        assert attributes["TotalPartsCount"] == 2
        listed = [
            (part["PartNumber"], checksums(part), part["Size"]) for part in attributes["Parts"]
        ]
        assert listed == [
            (number, {algorithm: encoded(digest(body))}, len(body))
            for number, body in enumerate(self.BODIES, 1)
        ]

    def test_a_full_object_checksum_is_that_of_the_whole(self, bare, bucket):
        where, parts = self.upload(bare, bucket, "CRC32", ChecksumType="FULL_OBJECT")
        whole = encoded(zlib.crc32(b"".join(self.BODIES)).to_bytes(4, "big"))
        done = bare.complete_multipart_upload(
            **where,
            MultipartUpload={"Parts": parts},
            ChecksumCRC32=whole,
            ChecksumType="FULL_OBJECT",
        )
        assert (checksums(done), done["ChecksumType"]) == ({"CRC32": whole}, "FULL_OBJECT")

    def test_a_full_object_checksum_that_is_wrong_is_bad_digest(self, bare, bucket, refused):
        where, parts = self.upload(bare, bucket, "CRC32C", ChecksumType="FULL_OBJECT")
        # Recorded: multipart_parts_checksum_exceptions_full_object: complete-part-bad-checksum.
        message = "The crc32c you specified did not match the calculated checksum."
        with refused("BadDigest", 400, message):
            bare.complete_multipart_upload(
                **where,
                MultipartUpload={"Parts": parts},
                ChecksumCRC32C="AAAAAA==",
                ChecksumType="FULL_OBJECT",
            )

    def test_crc64nvme_is_of_the_whole_by_nature(self, bare, bucket, s3):
        where, parts = self.upload(bare, bucket, "CRC64NVME")
        done = bare.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
        assert done["ChecksumType"] == "FULL_OBJECT"
        bare.put_object(
            Bucket=bucket, Key="at-once", Body=b"".join(self.BODIES), ChecksumAlgorithm="CRC64NVME"
        )
        whole = bare.head_object(Bucket=bucket, Key="at-once", ChecksumMode="ENABLED")
        assert checksums(done) == checksums(whole)
        # The default client validates what it reads against it.
        assert len(s3.get_object(Bucket=bucket, Key="joined")["Body"].read()) == 5 * MIB + 4

    def test_completing_needs_the_checksum_of_each_part(self, bare, bucket, refused):
        where, parts = self.upload(bare, bucket, "SHA256")
        bare_parts = [{"PartNumber": p["PartNumber"], "ETag": p["ETag"]} for p in parts]
        # Recorded: complete_multipart_parts_checksum_composite: complete-multipart-no-checksum.
        message = (
            "The upload was created using a sha256 checksum. The complete request must include the "
            "checksum for each part. It was missing for part 1 in the request."
        )
        with refused("InvalidRequest", 400, message):
            bare.complete_multipart_upload(**where, MultipartUpload={"Parts": bare_parts})

    def test_a_part_must_have_the_algorithm_of_the_upload(self, bare, bucket, refused):
        where = {"Bucket": bucket, "Key": "joined"}
        created = bare.create_multipart_upload(**where, ChecksumAlgorithm="SHA256")
        # Recorded: multipart_parts_checksum_exceptions_composite: upload-part-different-checksum.
        message = (
            "Checksum Type mismatch occurred, expected checksum Type: sha256, "
            "actual checksum Type: crc32"
        )
        with refused("InvalidRequest", 400, message):
            bare.upload_part(
                **where,
                UploadId=created["UploadId"],
                PartNumber=1,
                Body=b"x",
                ChecksumAlgorithm="CRC32",
            )

    @pytest.mark.parametrize(
        "algorithm, kind, message",
        [
            # Recorded: multipart_checksum_type_compatibility.
            (
                "CRC64NVME",
                "COMPOSITE",
                "The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.",
            ),
            (
                "SHA1",
                "FULL_OBJECT",
                "The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.",
            ),
            (
                "SHA256",
                "FULL_OBJECT",
                "The FULL_OBJECT checksum type cannot be used with the sha256 checksum algorithm.",
            ),
            (
                None,
                "COMPOSITE",
                "The x-amz-checksum-type header can only be used with the "
                "x-amz-checksum-algorithm header.",
            ),
        ],
    )
    def test_types_that_do_not_fit_are_refused(
        self, bare, bucket, refused, algorithm, kind, message
    ):
        more = {"ChecksumAlgorithm": algorithm} if algorithm else {}
        with refused("InvalidRequest", 400, message):
            bare.create_multipart_upload(Bucket=bucket, Key="k", ChecksumType=kind, **more)

    def test_an_unknown_algorithm_is_refused(self, bare, bucket, refused):
        with refused("InvalidRequest", 400):
            bare.create_multipart_upload(Bucket=bucket, Key="k", ChecksumAlgorithm="CRC7")

"""Keys are kept exactly: any UTF-8 up to 1,024 bytes, whatever paths and URLs would make of it."""

import urllib.parse

import pytest

KEYS = [
    "plain.txt",
    "with space.txt",
    "a+b.txt",
    "100%.txt",
    "%41.txt",  # not "A.txt"
    "a%2Fb",  # not "a/b"
    "q?x=1&y=2#frag",
    "semi;colon,comma=equals@at",
    "quotes\"'`<>&.xml",
    "(round)[square]{curly}!*~",
    "back\\slash",
    "tab\tnewline\nreturn\r",
    "été-naïve.txt",
    "e\u0301 beside é",  # not normalised
    "日本語/ファイル.txt",
    "emoji-🪣🚀.bin",
    "\u200bzero-width\ufeff",
    "//double//slash",
    "a//b",
    "./dot",
    "../dot-dot",
    "a/../b",
    "a/./b",
    "a/b/..",
    ".",
    "..",
    "/",
    "/leading",
    "trailing/",
    "trailing//",
    "-rf",
    "CON",
    "*",
    "k" * 1024,
    "é" * 512,  # 1,024 bytes
    "deep/" * 200 + "x",
]


def label(key):
    return urllib.parse.quote(key[:40], safe="")


@pytest.mark.parametrize("key", KEYS, ids=label)
def test_a_key_is_kept_exactly(s3, s3v4, bucket, curl, key):
    body = key.encode()
    s3.put_object(Bucket=bucket, Key=key, Body=body)
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == body
    assert s3.head_object(Bucket=bucket, Key=key)["ContentLength"] == len(body)
    listed = s3.list_objects_v2(Bucket=bucket)["Contents"]
    assert [entry["Key"] for entry in listed] == [key]
    assert [e["Key"] for e in s3.list_objects_v2(Bucket=bucket, Prefix=key)["Contents"]] == [key]

    s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": key})
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == body

    url = s3v4.generate_presigned_url(
        "get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=300
    )
    # --path-as-is: curl, like browsers, would otherwise remove the dot segments.
    assert curl("--fail", "--path-as-is", url) == body

    s3.delete_object(Bucket=bucket, Key=key)
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["copy"]


def test_all_odd_keys_live_side_by_side_in_byte_order(s3, bucket):
    for key in KEYS:
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    listed = [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    assert listed == sorted(KEYS, key=str.encode)
    for key in KEYS:
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
    deleted = s3.delete_objects(
        Bucket=bucket, Delete={"Objects": [{"Key": key} for key in KEYS if key.isprintable()]}
    )
    assert "Errors" not in deleted
    assert len(deleted["Deleted"]) == sum(key.isprintable() for key in KEYS)


def test_an_object_lives_beside_its_own_folder(s3, bucket):
    for key in ("a", "a/", "a/b", "a/b/c"):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    for key in ("a", "a/", "a/b", "a/b/c"):
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
    s3.delete_object(Bucket=bucket, Key="a")
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == [
        "a/",
        "a/b",
        "a/b/c",
    ]


def test_keys_differ_by_case(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="CamelCaseKey", Body=b"camel")
    # Recorded: s3_uppercase_key_names: wrong-case-key.
    message = "The specified key does not exist."
    with refused("NoSuchKey", 404, message, Key="camelcasekey"):
        s3.get_object(Bucket=bucket, Key="camelcasekey")


def test_a_key_of_1025_bytes_is_refused(s3, bucket, refused):
    # "Your key is too long" with Size and MaxSizeAllowed: S3 API reference, list of error codes.
    with refused("KeyTooLongError", 400, "Your key is too long"):
        s3.put_object(Bucket=bucket, Key="k" * 1025, Body=b"")


def test_an_encoded_slash_and_a_plain_one_are_the_same_key(wire, s3, bucket):
    # Assumed: S3 decodes the path and encodes it anew for the signature, whatever the client's form.
    s3.put_object(Bucket=bucket, Key="folder/with space+plus", Body=b"same")
    for target in (
        f"/{bucket}/folder/with%20space%2Bplus",
        f"/{bucket}/folder%2Fwith%20space%2bplus",
        f"/{bucket}/folder/with%20space+plus",  # a plus in a path is a plus
    ):
        answer = wire.signed("GET", target)
        assert (answer.status, answer.body) == (200, b"same"), target

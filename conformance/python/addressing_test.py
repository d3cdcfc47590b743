"""Path style and virtual-host style, on the same port."""

import pytest


@pytest.fixture(scope="module")
def base(tls):
    """The name below which buckets are hosts. A certificate cannot be for *.localhost: TLS
    libraries take no wildcard directly below a top-level name."""
    return "s3.localhost" if tls else "localhost"


@pytest.fixture
def virtual(make_client, server, base):
    return make_client(
        endpoint=server.url(base), signature_version="s3v4", s3={"addressing_style": "virtual"}
    )


def test_a_bucket_is_a_host(virtual, s3, base, bucket, curl, server):
    virtual.put_object(Bucket=bucket, Key="dir/a b+c.txt", Body=b"by host")
    assert s3.get_object(Bucket=bucket, Key="dir/a b+c.txt")["Body"].read() == b"by host"
    got = virtual.get_object(Bucket=bucket, Key="dir/a b+c.txt")
    assert got["Body"].read() == b"by host"
    assert [e["Key"] for e in virtual.list_objects_v2(Bucket=bucket)["Contents"]] == [
        "dir/a b+c.txt"
    ]
    url = virtual.generate_presigned_url(
        "get_object", Params={"Bucket": bucket, "Key": "dir/a b+c.txt"}, ExpiresIn=300
    )
    host = f"{bucket}.{base}"
    assert f"//{host}:" in url
    assert curl("--fail", "--resolve", f"{host}:{server.port}:127.0.0.1", url) == b"by host"


def test_a_bucket_is_made_and_removed_as_a_host(virtual, s3, bucket):
    name = f"{bucket[:40]}-host"
    virtual.create_bucket(Bucket=name)
    assert name in [entry["Name"] for entry in s3.list_buckets()["Buckets"]]
    virtual.delete_bucket(Bucket=name)
    assert name not in [entry["Name"] for entry in s3.list_buckets()["Buckets"]]


@pytest.mark.parametrize("name", ["s3.localhost", "localhost"])
def test_every_name_of_the_server_has_buckets_below_it(wire, s3, bucket, server, name):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    answer = wire.signed("GET", "/k", host=f"{bucket}.{name}:{server.port}")
    assert (answer.status, answer.body) == (200, b"x")
    answer = wire.signed("GET", f"/{bucket}/k", host=f"{name}:{server.port}")
    assert (answer.status, answer.body) == (200, b"x")


def test_a_missing_bucket_as_a_host_is_no_such_bucket(virtual, refused):
    with refused("NoSuchBucket", 404, BucketName="no-such-host-bucket"):
        virtual.get_object(Bucket="no-such-host-bucket", Key="k")


def test_the_first_segment_of_a_key_is_not_taken_for_a_bucket(virtual, bucket):
    virtual.put_object(Bucket=bucket, Key=f"{bucket}/k", Body=b"nested")
    assert virtual.get_object(Bucket=bucket, Key=f"{bucket}/k")["Body"].read() == b"nested"
    listed = [entry["Key"] for entry in virtual.list_objects_v2(Bucket=bucket)["Contents"]]
    assert listed == [f"{bucket}/k"]

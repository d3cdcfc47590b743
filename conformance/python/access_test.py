"""Bucket policies that open a bucket to everybody."""

import json

import pytest


def allow(bucket, *actions):
    resources = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": list(actions),
        "Resource": resources,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture
def statuses(wire, s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")

    def ask():
        """What a stranger is answered to reading, listing and writing."""
        return (
            wire.send("GET", f"/{bucket}/k").status,
            wire.send("GET", f"/{bucket}?list-type=2").status,
            wire.send("PUT", f"/{bucket}/new", body=b"y").status,
        )

    return ask


def test_a_public_policy_is_refused_until_the_block_of_new_buckets_is_gone(s3, bucket, refused):
    with refused("AccessDenied", 403):
        s3.put_bucket_policy(Bucket=bucket, Policy=allow(bucket, "s3:GetObject"))
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=allow(bucket, "s3:GetObject"))


def test_a_policy_opens_just_what_it_names(s3, bucket, statuses):
    s3.delete_public_access_block(Bucket=bucket)
    assert statuses() == (403, 403, 403)
    for actions, expected in (
        (["s3:GetObject"], (200, 403, 403)),
        (["s3:ListBucket"], (403, 200, 403)),
        (["s3:PutObject"], (403, 403, 200)),
        (["s3:GetObject", "s3:ListBucket", "s3:PutObject"], (200, 200, 200)),
        (["s3:*"], (200, 200, 200)),
    ):
        s3.put_bucket_policy(Bucket=bucket, Policy=allow(bucket, *actions))
        assert statuses() == expected, actions
    s3.delete_bucket_policy(Bucket=bucket)
    assert statuses() == (403, 403, 403)


def test_a_policy_is_read_back_as_it_was_put(s3, bucket, refused):
    # Recorded: bucket_policy_crud: get-bucket-default-policy.
    with refused("NoSuchBucketPolicy", 404, "The bucket policy does not exist", BucketName=bucket):
        s3.get_bucket_policy(Bucket=bucket)
    s3.delete_public_access_block(Bucket=bucket)
    policy = allow(bucket, "s3:GetObject")
    s3.put_bucket_policy(Bucket=bucket, Policy=policy)
    assert json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"]) == json.loads(policy)


@pytest.mark.parametrize(
    "policy, message",
    [
        # Recorded: bucket_policy_exc.
        ("{}", "Missing required field Statement"),
        ("random string", "Policies must be valid JSON and the first byte must be '{'"),
    ],
)
def test_a_malformed_policy_is_refused(s3, bucket, refused, policy, message):
    with refused("MalformedPolicy", 400, message):
        s3.put_bucket_policy(Bucket=bucket, Policy=policy)

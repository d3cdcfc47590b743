"""Object lock, archived objects and the tags of buckets, as boto3 asks for them."""

import datetime

import pytest

UTC = datetime.timezone.utc
LOCKED = "Access Denied because object protected by object lock."


def days_from_now(days):
    return datetime.datetime.now(UTC).replace(microsecond=0) + datetime.timedelta(days=days)


@pytest.fixture
def locked(s3, bucket):
    """A bucket whose versions can be locked."""
    name = f"locked-{bucket}"
    s3.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    return name


def test_a_new_bucket_with_object_lock_keeps_versions(s3, locked):
    assert s3.get_bucket_versioning(Bucket=locked)["Status"] == "Enabled"
    configuration = s3.get_object_lock_configuration(Bucket=locked)["ObjectLockConfiguration"]
    assert configuration == {"ObjectLockEnabled": "Enabled"}


def test_default_retention_locks_what_is_written(s3, locked, refused):
    rule = {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 1}}
    s3.put_object_lock_configuration(
        Bucket=locked, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule}
    )
    configuration = s3.get_object_lock_configuration(Bucket=locked)["ObjectLockConfiguration"]
    assert configuration["Rule"] == rule
    version = s3.put_object(Bucket=locked, Key="k", Body=b"x", ChecksumAlgorithm="CRC32")
    head = s3.head_object(Bucket=locked, Key="k")
    assert head["ObjectLockMode"] == "COMPLIANCE"
    until = head["ObjectLockRetainUntilDate"]
    assert abs(until - days_from_now(1)) < datetime.timedelta(minutes=2)
    with refused("AccessDenied", 403, LOCKED):
        s3.delete_object(
            Bucket=locked,
            Key="k",
            VersionId=version["VersionId"],
            BypassGovernanceRetention=True,
        )


def test_governance_gives_way_to_a_bypass(s3, locked, refused):
    until = days_from_now(2)
    version = s3.put_object(
        Bucket=locked,
        Key="k",
        Body=b"x",
        ChecksumAlgorithm="CRC32",
        ObjectLockMode="GOVERNANCE",
        ObjectLockRetainUntilDate=until,
    )["VersionId"]
    retention = s3.get_object_retention(Bucket=locked, Key="k")["Retention"]
    assert retention == {"Mode": "GOVERNANCE", "RetainUntilDate": until}
    shorter = {"Mode": "GOVERNANCE", "RetainUntilDate": days_from_now(1)}
    with refused("AccessDenied", 403, LOCKED):
        s3.put_object_retention(Bucket=locked, Key="k", Retention=shorter)
    s3.put_object_retention(
        Bucket=locked, Key="k", Retention=shorter, BypassGovernanceRetention=True
    )
    with refused("AccessDenied", 403, LOCKED):
        s3.delete_object(Bucket=locked, Key="k", VersionId=version)
    entry = {"Key": "k", "VersionId": version}
    answer = s3.delete_objects(Bucket=locked, Delete={"Objects": [entry]})
    assert [error["Code"] for error in answer["Errors"]] == ["AccessDenied"]
    answer = s3.delete_objects(
        Bucket=locked, Delete={"Objects": [entry]}, BypassGovernanceRetention=True
    )
    assert answer["Deleted"] == [entry]


def test_a_legal_hold_holds_until_it_is_taken_off(s3, locked, refused):
    version = s3.put_object(Bucket=locked, Key="k", Body=b"x")["VersionId"]
    with refused(
        "NoSuchObjectLockConfiguration",
        404,
        "The specified object does not have a ObjectLock configuration",
    ):
        s3.get_object_legal_hold(Bucket=locked, Key="k")
    s3.put_object_legal_hold(Bucket=locked, Key="k", LegalHold={"Status": "ON"})
    assert s3.get_object(Bucket=locked, Key="k")["ObjectLockLegalHoldStatus"] == "ON"
    with refused("AccessDenied", 403, LOCKED):
        s3.delete_object(Bucket=locked, Key="k", VersionId=version)
    assert s3.delete_object(Bucket=locked, Key="k")["DeleteMarker"]
    s3.put_object_legal_hold(
        Bucket=locked, Key="k", VersionId=version, LegalHold={"Status": "OFF"}
    )
    s3.delete_object(Bucket=locked, Key="k", VersionId=version)


def test_locks_are_refused_in_a_bucket_without_them(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    with refused("InvalidRequest", 400, "Bucket is missing Object Lock Configuration"):
        s3.get_object_retention(Bucket=bucket, Key="k")
    with refused(
        "ObjectLockConfigurationNotFoundError",
        404,
        "Object Lock configuration does not exist for this bucket",
    ):
        s3.get_object_lock_configuration(Bucket=bucket)


def test_an_archived_object_is_restored_before_it_is_read(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", StorageClass="GLACIER")
    with refused(
        "InvalidObjectState", 403, "The operation is not valid for the object's storage class"
    ):
        s3.get_object(Bucket=bucket, Key="k")
    request = {"Days": 1, "GlacierJobParameters": {"Tier": "Standard"}}
    first = s3.restore_object(Bucket=bucket, Key="k", RestoreRequest=request)
    assert first["ResponseMetadata"]["HTTPStatusCode"] == 202
    again = s3.restore_object(Bucket=bucket, Key="k", RestoreRequest=request)
    assert again["ResponseMetadata"]["HTTPStatusCode"] == 200
    answer = s3.get_object(Bucket=bucket, Key="k")
    assert answer["Body"].read() == b"x"
    assert answer["Restore"].startswith('ongoing-request="false", expiry-date="')
    assert answer["StorageClass"] == "GLACIER"


def test_the_tags_of_a_bucket(s3, bucket, refused):
    tags = [{"Key": "team", "Value": "a b"}, {"Key": "cost", "Value": ""}]
    with refused("NoSuchTagSet", 404, "The TagSet does not exist"):
        s3.get_bucket_tagging(Bucket=bucket)
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": tags})
    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == tags
    with refused("InvalidTag", 400, "System tags cannot be added/updated by requester"):
        s3.put_bucket_tagging(
            Bucket=bucket, Tagging={"TagSet": [{"Key": "aws:x", "Value": "1"}]}
        )
    s3.delete_bucket_tagging(Bucket=bucket)
    with refused("NoSuchTagSet", 404, "The TagSet does not exist"):
        s3.get_bucket_tagging(Bucket=bucket)


@pytest.mark.newest
def test_a_bucket_can_be_made_with_tags(s3, bucket):
    name = f"tagged-{bucket}"
    tags = [{"Key": "team", "Value": "a"}]
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"Tags": tags})
    assert s3.get_bucket_tagging(Bucket=name)["TagSet"] == tags

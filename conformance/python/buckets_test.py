"""Creating, finding and removing buckets."""

import uuid

import pytest

from conftest import REGION


def test_a_new_bucket_is_found_located_and_listed(s3):
    name = f"new-{uuid.uuid4()}"
    assert s3.create_bucket(Bucket=name)["Location"] == f"/{name}"
    head = s3.head_bucket(Bucket=name)
    assert head["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"] == REGION
    # us-east-1 has an empty location: S3 API reference, GetBucketLocation.
    assert s3.get_bucket_location(Bucket=name)["LocationConstraint"] is None
    listed = s3.list_buckets()
    assert name in [entry["Name"] for entry in listed["Buckets"]]
    assert listed["Owner"]["ID"]
    s3.delete_bucket(Bucket=name)
    assert name not in [entry["Name"] for entry in s3.list_buckets()["Buckets"]]


def test_us_east_1_answers_200_to_making_an_own_bucket_again(s3, bucket):
    # The legacy behaviour of us-east-1: S3 API reference, CreateBucket, BucketAlreadyOwnedByYou.
    assert s3.create_bucket(Bucket=bucket)["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_other_regions_refuse_an_own_bucket_again(start_pail, tmp_path, make_client, refused):
    server = start_pail(
        tmp_path,
        *("--memory", "--listen", "127.0.0.1:0"),
        *("--credential", "id:secret"),
        environment={"AWS_REGION": "eu-west-1"},
        with_tls=False,
    )
    s3 = make_client(endpoint=server.endpoint, region="eu-west-1", keys=("id", "secret"))
    location = {"LocationConstraint": "eu-west-1"}
    s3.create_bucket(Bucket="again", CreateBucketConfiguration=location)
    assert s3.get_bucket_location(Bucket="again")["LocationConstraint"] == "eu-west-1"
    # Recorded: create_bucket_with_existing_name: create-bucket-us-east-2.
    message = "Your previous request to create the named bucket succeeded and you already own it."
    with refused("BucketAlreadyOwnedByYou", 409, message, BucketName="again"):
        s3.create_bucket(Bucket="again", CreateBucketConfiguration=location)
    assert server.stop() == 0


def test_us_east_1_refuses_itself_as_location_constraint(s3, refused):
    # Recorded: create_bucket_with_invalid_location_constraint[us-east-1-us-east-1].
    message = "The specified location-constraint is not valid"
    with refused("InvalidLocationConstraint", 400, message, LocationConstraint="us-east-1"):
        s3.create_bucket(
            Bucket=f"located-{uuid.uuid4()}",
            CreateBucketConfiguration={"LocationConstraint": "us-east-1"},
        )


def test_a_bucket_with_objects_is_not_deleted(s3, bucket, refused):
    s3.put_object(Bucket=bucket, Key="kept", Body=b"x")
    # Recorded: delete_bucket_with_objects: delete-with-obj.
    message = "The bucket you tried to delete is not empty"
    with refused("BucketNotEmpty", 409, message, BucketName=bucket):
        s3.delete_bucket(Bucket=bucket)
    s3.delete_object(Bucket=bucket, Key="kept")
    s3.delete_bucket(Bucket=bucket)
    with refused("404", 404):
        s3.head_bucket(Bucket=bucket)


def test_a_missing_bucket_is_no_such_bucket_for_every_operation(s3, refused):
    name = f"missing-{uuid.uuid4()}"
    calls = [
        lambda: s3.list_objects_v2(Bucket=name),
        lambda: s3.list_objects(Bucket=name),
        lambda: s3.get_object(Bucket=name, Key="k"),
        lambda: s3.put_object(Bucket=name, Key="k", Body=b"x"),
        lambda: s3.delete_object(Bucket=name, Key="k"),
        lambda: s3.delete_bucket(Bucket=name),
        lambda: s3.get_bucket_location(Bucket=name),
        lambda: s3.create_multipart_upload(Bucket=name, Key="k"),
        lambda: s3.list_multipart_uploads(Bucket=name),
        lambda: s3.get_bucket_cors(Bucket=name),
    ]
    for call in calls:
        # Recorded: get_object_no_such_bucket: expected_error.
        with refused("NoSuchBucket", 404, "The specified bucket does not exist", BucketName=name):
            call()


@pytest.mark.parametrize(
    "name",
    ["Upper-Case", "ab", "a" * 64, "under_score", "two..dots", "-dash", "dash-", "192.168.1.1"],
)
def test_a_name_against_the_rules_is_invalid_bucket_name(wire, name):
    # The rules: S3 user guide, bucket naming rules. boto3 refuses them itself, so this is raw.
    # Recorded: s3_uppercase_bucket_name: uppercase-bucket.
    answer = wire.signed("PUT", f"/{name}")
    assert answer.status == 400
    error = answer.error()
    assert error["Code"] == "InvalidBucketName"
    assert error["Message"] == "The specified bucket is not valid."
    assert error["BucketName"] == name


@pytest.mark.newest
def test_buckets_are_listed_in_pages_and_by_prefix(s3):
    mark = uuid.uuid4().hex[:12]
    names = [f"page-{mark}-{number}" for number in range(5)]
    for name in names:
        s3.create_bucket(Bucket=name)
    found, token = [], None
    while True:
        more = {"ContinuationToken": token} if token else {}
        page = s3.list_buckets(Prefix=f"page-{mark}", MaxBuckets=2, **more)
        assert len(page["Buckets"]) <= 2
        assert page["Prefix"] == f"page-{mark}"
        found += [entry["Name"] for entry in page["Buckets"]]
        token = page.get("ContinuationToken")
        if not token:
            break
    assert found == names

"""Users of two accounts, roles and temporary credentials, through boto3."""

import json
import urllib.request

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

import pail_server

ACCOUNT = "111122223333"
OTHER_ACCOUNT = "444455556666"
READER = f"arn:aws:iam::{ACCOUNT}:role/reader"
CONFIGURATION = f"""
listen = ["127.0.0.1:0"]
memory = true
bucket = ["shared"]
credential = ["AKIDALICE:alices-secret-key:alice", "AKIDBOB:bobs-secret-key:bob"]

[users.alice]
account = "{ACCOUNT}"

[users.bob]
account = "{OTHER_ACCOUNT}"
policy = "bob.json"

[roles.reader]
account = "{ACCOUNT}"
trust = '''{{"Version":"2012-10-17","Statement":{{"Effect":"Allow",
  "Principal":{{"AWS":"arn:aws:iam::{OTHER_ACCOUNT}:user/bob"}},"Action":"sts:AssumeRole"}}}}'''
policy = '''{{"Version":"2012-10-17","Statement":{{"Effect":"Allow",
  "Action":["s3:GetObject","s3:ListBucket"],"Resource":"*"}}}}'''
"""
BOBS_POLICY = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Action": ["s3:Get*", "sts:AssumeRole"], "Resource": "*"},
}


@pytest.fixture(scope="module")
def server(request, tmp_path_factory):
    home = tmp_path_factory.mktemp("identity")
    (home / "pail.toml").write_text(CONFIGURATION)
    (home / "bob.json").write_text(json.dumps(BOBS_POLICY))
    running = pail_server.PailServer(request.config.getoption("--pail"), home, []).start()
    yield running
    running.stop()


def client(server, service, access_key_id, secret, token=None, region="us-east-1"):
    return boto3.client(
        service,
        endpoint_url=server.endpoint,
        region_name=region,
        aws_access_key_id=access_key_id,
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}),
    )


def alice(server, service="s3"):
    return client(server, service, "AKIDALICE", "alices-secret-key")


def bob(server, service="s3"):
    return client(server, service, "AKIDBOB", "bobs-secret-key")


def session_of(server, answer, service="s3"):
    keys = answer["Credentials"]
    return client(
        server, service, keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]
    )


def code_of(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response["Error"]["Code"]


def test_caller_identity(server):
    answer = bob(server, "sts").get_caller_identity()
    assert answer["Account"] == OTHER_ACCOUNT
    assert answer["Arn"] == f"arn:aws:iam::{OTHER_ACCOUNT}:user/bob"
    wrong = client(server, "sts", "AKIDBOB", "a guess")
    assert code_of(wrong.get_caller_identity) == "SignatureDoesNotMatch"
    unknown = client(server, "sts", "AKIDNOBODY", "a guess")
    assert code_of(unknown.get_caller_identity) == "InvalidClientTokenId"


def test_other_account_needs_bucket_policy_and_own_policy(server):
    alice(server).put_object(Bucket="shared", Key="a", Body=b"1")
    assert code_of(bob(server).get_object, Bucket="shared", Key="a") == "AccessDenied"
    alice(server).put_bucket_policy(
        Bucket="shared",
        Policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": {
                    "Effect": "Allow",
                    "Principal": {"AWS": f"arn:aws:iam::{OTHER_ACCOUNT}:user/bob"},
                    "Action": ["s3:GetObject", "s3:PutObject"],
                    "Resource": "arn:aws:s3:::shared/*",
                },
            }
        ),
    )
    assert bob(server).get_object(Bucket="shared", Key="a")["Body"].read() == b"1"
    # The bucket lets him, his own account does not.
    assert code_of(bob(server).put_object, Bucket="shared", Key="b", Body=b"") == "AccessDenied"


def test_assumed_role_with_session_policy(server):
    alice(server).put_object(Bucket="shared", Key="open/a", Body=b"1")
    alice(server).put_object(Bucket="shared", Key="closed/a", Body=b"1")
    policy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "s3:*",
            "Resource": "arn:aws:s3:::shared/open/*",
        },
    }
    answer = bob(server, "sts").assume_role(
        RoleArn=READER, RoleSessionName="trial", Policy=json.dumps(policy), DurationSeconds=900
    )
    assert answer["AssumedRoleUser"]["Arn"] == (
        f"arn:aws:sts::{ACCOUNT}:assumed-role/reader/trial"
    )
    expiration = answer["Credentials"]["Expiration"]
    left = expiration - expiration.now(expiration.tzinfo)
    assert 800 < left.total_seconds() <= 900
    s3 = session_of(server, answer)
    assert s3.get_object(Bucket="shared", Key="open/a")["Body"].read() == b"1"
    assert code_of(s3.get_object, Bucket="shared", Key="closed/a") == "AccessDenied"
    # The role may only read, whatever the session policy allows.
    assert code_of(s3.put_object, Bucket="shared", Key="open/b", Body=b"") == "AccessDenied"
    assert session_of(server, answer, "sts").get_caller_identity()["Arn"].endswith("reader/trial")


def test_role_is_for_whom_it_trusts(server):
    sts = alice(server, "sts")
    code = code_of(sts.assume_role, RoleArn=READER, RoleSessionName="trial")
    assert code == "AccessDenied"
    bad_name = code_of(sts.assume_role, RoleArn=READER, RoleSessionName="a/b")
    assert bad_name in ("AccessDenied", "ValidationError")


def test_session_token_and_presigned_url(server):
    keys = alice(server, "sts").get_session_token()
    s3 = session_of(server, keys)
    s3.put_object(Bucket="shared", Key="by-session", Body=b"1")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "shared", "Key": "by-session"})
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == b"1"
    broken = dict(keys["Credentials"], SessionToken=keys["Credentials"]["SessionToken"][:-8])
    assert code_of(session_of(server, {"Credentials": broken}).list_buckets) == "InvalidToken"


def test_federation_token(server):
    policy = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"},
    }
    answer = alice(server, "sts").get_federation_token(Name="guest", Policy=json.dumps(policy))
    assert answer["FederatedUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:federated-user/guest"
    s3 = session_of(server, answer)
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["shared"]
    assert code_of(s3.list_objects_v2, Bucket="shared") == "AccessDenied"


def test_sessions_outlive_a_death(request, tmp_path):
    running = pail_server.PailServer(
        request.config.getoption("--pail"), tmp_path, ["--listen", "127.0.0.1:0"]
    ).start()
    try:
        keys = client(running, "sts", "pail", "pail-secret-key").get_session_token()
        session_of(running, keys).create_bucket(Bucket="kept")
        running.kill()
        running.start()
        buckets = session_of(running, keys).list_buckets()["Buckets"]
        assert [bucket["Name"] for bucket in buckets] == ["kept"]
    finally:
        running.stop()


def test_policy_that_can_not_be_read_is_named(request, tmp_path):
    (tmp_path / "bad.json").write_text('{"Version":"2012-10-17","secret":')
    running = pail_server.PailServer(
        request.config.getoption("--pail"), tmp_path, ["--memory", "--user-policy", "a=bad.json"]
    )
    with pytest.raises(RuntimeError) as caught:
        running.start()
    assert "bad.json" in str(caught.value)
    assert "secret" not in str(caught.value)

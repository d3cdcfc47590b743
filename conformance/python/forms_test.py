"""Uploads from HTML forms: boto3 signs, urllib3 and curl send what a browser would."""

import urllib.parse
import xml.etree.ElementTree as ElementTree

import pytest
import urllib3

from conftest import ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY


@pytest.fixture
def send(server):
    """Sends a form: its fields in order, the file last."""
    pool = urllib3.PoolManager(ca_certs=server.ca_bundle or None, assert_hostname=False)

    def post(url, fields, content=b"content", filename="a.txt", headers=None):
        form = [*fields.items(), ("file", (filename, content, "text/plain"))]
        answer = pool.request("POST", url, fields=form, headers=headers, redirect=False, timeout=30)
        answer.read()
        return answer

    return post


@pytest.fixture(params=["s3v4"])
def form_client(request, make_client):
    return make_client(signature_version=request.param)


def error(answer):
    root = ElementTree.fromstring(answer.data)
    return answer.status, root.findtext("Code"), root.findtext("Message")


def test_a_presigned_post_uploads(s3, form_client, bucket, send):
    signed = form_client.generate_presigned_post(bucket, "a/${filename}")
    answer = send(signed["url"], signed["fields"])
    assert (answer.status, answer.data) == (204, b"")
    assert answer.headers["ETag"] == '"9a0364b9e99bb480dd25e1f0284c8555"'
    assert s3.get_object(Bucket=bucket, Key="a/a.txt")["Body"].read() == b"content"


def test_fields_that_the_policy_allows_are_kept(s3, form_client, bucket, send):
    fields = {
        "Content-Type": "image/png",
        "x-amz-meta-colour": "blue",
        "x-amz-storage-class": "STANDARD_IA",
        "tagging": "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
    }
    conditions = [
        ["starts-with", "$Content-Type", "image/"],
        {"x-amz-meta-colour": "blue"},
        ["eq", "$x-amz-storage-class", "STANDARD_IA"],
        ["starts-with", "$tagging", ""],
    ]
    signed = form_client.generate_presigned_post(bucket, "k", fields, conditions)
    assert send(signed["url"], signed["fields"]).status == 204
    head = s3.head_object(Bucket=bucket, Key="k")
    assert (head["ContentType"], head["StorageClass"]) == ("image/png", "STANDARD_IA")
    assert head["Metadata"] == {"colour": "blue"}
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == [{"Key": "a", "Value": "b"}]


def test_conditions_are_enforced_with_aws_words(form_client, bucket, send):
    signed = form_client.generate_presigned_post(
        bucket, "user/${filename}", {"acl": "private"}, [{"acl": "private"}]
    )
    fields = {**signed["fields"], "key": "other"}
    assert error(send(signed["url"], fields)) == (
        403,
        "AccessDenied",
        'Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "user/"]',
    )
    fields = {**signed["fields"], "x-amz-meta-more": "1"}
    assert error(send(signed["url"], fields)) == (
        403,
        "AccessDenied",
        "Invalid according to Policy: Extra input fields: x-amz-meta-more",
    )


def test_the_size_is_bounded(form_client, bucket, send):
    signed = form_client.generate_presigned_post(
        bucket, "k", Conditions=[["content-length-range", 5, 10]]
    )
    for size, outcome in ((4, "EntityTooSmall"), (5, None), (10, None), (11, "EntityTooLarge")):
        answer = send(signed["url"], signed["fields"], b"x" * size)
        assert answer.status == (400 if outcome else 204)
        assert not outcome or error(answer)[1] == outcome


def test_an_expired_policy_is_refused(form_client, bucket, send):
    signed = form_client.generate_presigned_post(bucket, "k", ExpiresIn=-1)
    assert error(send(signed["url"], signed["fields"])) == (
        403,
        "AccessDenied",
        "Invalid according to Policy: Policy expired.",
    )


def test_the_page_is_sent_on(form_client, bucket, send):
    target = "http://app.example.test/done?step=2"
    fields = {"success_action_redirect": target}
    signed = form_client.generate_presigned_post(bucket, "a/b c", fields, [fields])
    answer = send(signed["url"], signed["fields"])
    assert answer.status == 303
    location = urllib.parse.urlsplit(answer.headers["Location"])
    assert urllib.parse.parse_qs(location.query) == {
        "step": ["2"],
        "bucket": [bucket],
        "key": ["a/b c"],
        "etag": ['"9a0364b9e99bb480dd25e1f0284c8555"'],
    }


def test_a_document_answers_on_demand(form_client, bucket, send):
    fields = {"success_action_status": "201"}
    signed = form_client.generate_presigned_post(bucket, "a/b", fields, [fields])
    answer = send(signed["url"], signed["fields"])
    assert answer.status == 201
    root = ElementTree.fromstring(answer.data)
    assert root.tag == "PostResponse"
    assert (root.findtext("Bucket"), root.findtext("Key")) == (bucket, "a/b")
    assert root.findtext("Location") == answer.headers["Location"] == f"{signed['url']}/a%2Fb"


def test_a_large_file_arrives_whole(s3, form_client, bucket, send):
    content = bytes(range(256)) * 4096 + b"\r\n--boundary\r\n" * 5000
    signed = form_client.generate_presigned_post(bucket, "k")
    assert send(signed["url"], signed["fields"], content).status == 204
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == content


def test_curl_sends_forms_too(s3, form_client, bucket, curl, tmp_path):
    file = tmp_path / "naïve name.txt"
    file.write_bytes(b"from curl")
    signed = form_client.generate_presigned_post(bucket, "c/${filename}")
    arguments = [part for item in signed["fields"].items() for part in ("-F", "=".join(item))]
    curl(*arguments, "-F", f"file=@{file}", signed["url"])
    assert s3.get_object(Bucket=bucket, Key="c/naïve name.txt")["Body"].read() == b"from curl"


def test_a_page_of_another_origin_reads_the_answer(s3, form_client, bucket, send):
    origin = "https://app.example.test"
    rule = {"AllowedOrigins": [origin], "AllowedMethods": ["POST"], "ExposeHeaders": ["ETag"]}
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule]})
    signed = form_client.generate_presigned_post(bucket, "k")
    for fields in (signed["fields"], {**signed["fields"], "key": "other"}):
        answer = send(signed["url"], fields, headers={"Origin": origin})
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert answer.headers["Access-Control-Expose-Headers"] == "ETag"


class TestVersion2:
    NOT_SUPPORTED = (
        "The authorization mechanism you have provided is not supported. Please use "
        "AWS4-HMAC-SHA256."
    )

    @pytest.fixture(scope="class")
    def accepting(self, start_pail, tmp_path_factory):
        return start_pail(
            tmp_path_factory.mktemp("sigv2"),
            *("--memory", "--listen", "127.0.0.1:0", "--sigv2"),
            *("--credential", f"{ACCESS_KEY_ID}:{SECRET_ACCESS_KEY}", "--bucket", "old"),
            with_tls=False,
        )

    def test_is_off_unless_asked_for(self, make_client, bucket, send, refused):
        client = make_client(signature_version="s3")
        with refused("InvalidRequest", 400, self.NOT_SUPPORTED):
            client.put_object(Bucket=bucket, Key="k", Body=b"x")
        signed = client.generate_presigned_post(bucket, "k")
        assert error(send(signed["url"], signed["fields"])) == (
            400,
            "InvalidRequest",
            self.NOT_SUPPORTED,
        )

    def test_signs_requests_and_forms(self, accepting, make_client, send):
        client = make_client(endpoint=accepting.endpoint, region=REGION, signature_version="s3")
        client.put_object(Bucket="old", Key="a b/ü", Body=b"x", Metadata={"a": "b"})
        assert client.get_object(Bucket="old", Key="a b/ü")["Metadata"] == {"a": "b"}
        assert client.list_objects_v2(Bucket="old", Prefix="a")["KeyCount"] == 1
        client.put_object_tagging(
            Bucket="old", Key="a b/ü", Tagging={"TagSet": [{"Key": "t", "Value": "1"}]}
        )
        upload = client.create_multipart_upload(Bucket="old", Key="m")["UploadId"]
        part = client.upload_part(Bucket="old", Key="m", UploadId=upload, PartNumber=1, Body=b"p")
        client.complete_multipart_upload(
            Bucket="old",
            Key="m",
            UploadId=upload,
            MultipartUpload={"Parts": [{"ETag": part["ETag"], "PartNumber": 1}]},
        )
        signed = client.generate_presigned_post("old", "form")
        assert "AWSAccessKeyId" in signed["fields"]
        assert send(signed["url"], signed["fields"]).status == 204
        assert client.get_object(Bucket="old", Key="form")["Body"].read() == b"content"

    def test_a_wrong_secret_does_not_match(self, accepting, make_client, refused):
        stranger = make_client(
            endpoint=accepting.endpoint, keys=(ACCESS_KEY_ID, "wrong"), signature_version="s3"
        )
        with refused("SignatureDoesNotMatch", 403):
            stranger.list_objects_v2(Bucket="old")

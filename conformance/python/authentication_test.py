"""Who signs, when, for where, and how; every refusal with S3's own code."""

import base64
import datetime
import hashlib
import hmac
import urllib.parse

import pytest

import wire as wire_module
from conftest import ACCESS_KEY_ID, PUBLIC_BUCKET, SECRET_ACCESS_KEY

NOT_MATCHING = (
    "The request signature we calculated does not match the signature you provided. Check your key "
    "and signing method."
)


def ago(**delta):
    return datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(**delta)


def refusal(answer):
    return answer.status, answer.error()["Code"]


def test_a_wrong_secret_is_told_what_to_compare(make_client, bucket, refused):
    stranger = make_client(keys=(ACCESS_KEY_ID, "not-the-secret"))
    # Recorded: presigned_url_signature_authentication and others, elements of the error.
    with refused("SignatureDoesNotMatch", 403, NOT_MATCHING, AWSAccessKeyId=ACCESS_KEY_ID) as said:
        stranger.get_object(Bucket=bucket, Key="k")
    error = said.error
    assert error["StringToSign"].startswith("AWS4-HMAC-SHA256\n")
    assert error["CanonicalRequest"].startswith(f"GET\n/{bucket}/k\n")
    for name in ("StringToSign", "CanonicalRequest"):
        hexadecimal = " ".join(f"{byte:02x}" for byte in error[name].encode())
        assert error[f"{name}Bytes"] == hexadecimal
    assert len(error["SignatureProvided"]) == 64


def test_an_unknown_access_key_is_named(make_client, bucket, refused):
    stranger = make_client(keys=("NOBODY", "secret"))
    # S3 API reference, list of error codes.
    message = "The AWS Access Key Id you provided does not exist in our records."
    with refused("InvalidAccessKeyId", 403, message, AWSAccessKeyId="NOBODY"):
        stranger.list_objects_v2(Bucket=bucket)


@pytest.mark.parametrize("minutes", [-14, 0, 14])
def test_a_clock_that_is_14_minutes_off_is_good_enough(wire, bucket, minutes):
    answer = wire.signed("GET", f"/{bucket}", signer=wire.signer(when=ago(minutes=minutes)))
    assert answer.status == 200


@pytest.mark.parametrize("minutes", [-16, 16])
def test_a_clock_that_is_16_minutes_off_is_too_skewed(wire, bucket, minutes):
    signer = wire.signer(when=ago(minutes=minutes))
    answer = wire.signed("GET", f"/{bucket}", signer=signer)
    assert refusal(answer) == (403, "RequestTimeTooSkewed")
    error = answer.error()
    # S3 API reference, list of error codes; the elements as S3 sends them.
    assert error["Message"] == (
        "The difference between the request time and the current time is too large."
    )
    assert error["RequestTime"] == signer.timestamp
    assert error["MaxAllowedSkewMilliseconds"] == "900000"
    assert "ServerTime" in error


def test_a_signature_for_another_region_names_the_right_one(wire, bucket):
    answer = wire.signed("GET", f"/{bucket}", signer=wire.signer(region="eu-west-1"))
    assert refusal(answer) == (400, "AuthorizationHeaderMalformed")
    error = answer.error()
    # Recorded: create_bucket_aws_global: xml-error-create-bucket.
    assert error["Message"] == (
        "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting "
        "'us-east-1'"
    )
    assert error["Region"] == "us-east-1"


@pytest.mark.parametrize(
    "authorization",
    [
        "AWS4-HMAC-SHA256 nonsense",
        "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c",
        "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, Signature=c",
    ],
)
def test_a_malformed_authorization_header_is_said_to_be_malformed(wire, bucket, authorization):
    signer = wire.signer()
    answer = wire.send(
        "GET",
        f"/{bucket}",
        {
            "authorization": authorization,
            "x-amz-date": signer.timestamp,
            "x-amz-content-sha256": wire_module.EMPTY_SHA256,
        },
    )
    assert refusal(answer) == (400, "AuthorizationHeaderMalformed")


def test_a_body_other_than_the_one_that_was_signed_is_refused(wire, s3, bucket):
    signed_hash = hashlib.sha256(b"signed").hexdigest()
    answer = wire.signed("PUT", f"/{bucket}/k", body=b"sent", payload_hash=signed_hash)
    assert refusal(answer) == (400, "XAmzContentSHA256Mismatch")
    error = answer.error()
    assert error["ClientComputedContentSHA256"] == signed_hash
    assert error["S3ComputedContentSHA256"] == hashlib.sha256(b"sent").hexdigest()
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_an_unsigned_payload_is_taken(wire, s3, bucket):
    answer = wire.signed("PUT", f"/{bucket}/k", body=b"any", payload_hash="UNSIGNED-PAYLOAD")
    assert answer.status == 200
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"any"


def test_an_amz_header_that_was_not_signed_is_refused(wire, s3, bucket):
    headers, _ = wire.signed_headers("PUT", f"/{bucket}/k", {}, "UNSIGNED-PAYLOAD", wire.signer())
    answer = wire.send("PUT", f"/{bucket}/k", {**headers, "x-amz-meta-wrong": "1"}, b"x")
    assert refusal(answer) == (403, "AccessDenied")
    # Recorded: put_url_metadata_with_sig_s3v4[True]: wrong-meta-headers.
    error = answer.error()
    assert error["Message"] == "There were headers present in the request which were not signed"
    assert error["HeadersNotSigned"] == "x-amz-meta-wrong"
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_strangers_are_denied(wire, s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"private")
    for method, target in (
        ("GET", f"/{bucket}/k"),
        ("GET", f"/{bucket}/missing"),
        ("GET", f"/{bucket}?list-type=2"),
        ("PUT", f"/{bucket}/k"),
        ("DELETE", f"/{bucket}/k"),
        ("DELETE", f"/{bucket}"),
        ("GET", f"/{bucket}?cors"),
    ):
        answer = wire.send(method, target)
        assert refusal(answer) == (403, "AccessDenied"), (method, target)
        assert answer.error()["Message"] == "Access Denied"
    assert wire.send("HEAD", f"/{bucket}/k").status == 403
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"private"


def test_strangers_read_a_public_bucket_and_only_read(wire, s3, pail_binary):
    s3.put_object(Bucket=PUBLIC_BUCKET, Key="page.html", Body=b"<p>", ContentType="text/html")
    answer = wire.send("GET", f"/{PUBLIC_BUCKET}/page.html")
    assert (answer.status, answer.body) == (200, b"<p>")
    assert answer.headers["content-type"] == "text/html"
    assert refusal(wire.send("PUT", f"/{PUBLIC_BUCKET}/page.html")) == (403, "AccessDenied")
    assert refusal(wire.send("DELETE", f"/{PUBLIC_BUCKET}/page.html")) == (403, "AccessDenied")


def test_every_error_has_an_id_and_head_errors_have_no_body(wire, bucket):
    answer = wire.signed("GET", f"/{bucket}/missing")
    error = answer.error()
    assert answer.status == 404
    assert answer.headers["content-type"] == "application/xml"
    assert error["RequestId"] == answer.headers["x-amz-request-id"]
    assert error["HostId"] == answer.headers["x-amz-id-2"]
    head = wire.signed("HEAD", f"/{bucket}/missing")
    assert (head.status, head.body) == (404, b"")
    assert head.headers["x-amz-request-id"]


def test_an_unknown_subresource_is_not_implemented_and_changes_nothing(wire, s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"kept")
    for method, target in (
        ("GET", f"/{bucket}/k?torrent"),
        ("PUT", f"/{bucket}?metadataConfiguration"),
        ("DELETE", f"/{bucket}?metadataTable"),
    ):
        answer = wire.signed(method, target)
        assert refusal(answer) == (501, "NotImplemented"), (method, target)
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"kept"


class TestPresigned:
    """URLs that carry their signature."""

    def url(self, client, bucket, call="get_object", **more):
        expires = more.pop("expires", 300)
        parameters = {"Bucket": bucket, "Key": "k", **more}
        return client.generate_presigned_url(call, Params=parameters, ExpiresIn=expires)

    def fetch(self, wire, url, method="GET", headers=None, body=b""):
        parts = urllib.parse.urlsplit(url)
        return wire.send(method, f"{parts.path}?{parts.query}", headers, body, host=parts.netloc)

    def test_each_method_has_its_own(self, wire, s3v4, bucket):
        put = self.url(s3v4, bucket, "put_object")
        assert self.fetch(wire, put, "PUT", body=b"hello").status == 200
        assert self.fetch(wire, self.url(s3v4, bucket)).body == b"hello"
        head = self.fetch(wire, self.url(s3v4, bucket, "head_object"), "HEAD")
        assert (head.status, head.headers["content-length"]) == (200, "5")
        delete = self.url(s3v4, bucket, "delete_object")
        assert refusal(self.fetch(wire, delete)) == (403, "SignatureDoesNotMatch")
        assert self.fetch(wire, delete, "DELETE").status == 204

    def test_parts_are_uploaded_through_urls(self, wire, s3v4, bucket):
        where = {"Bucket": bucket, "Key": "k"}
        where["UploadId"] = s3v4.create_multipart_upload(**where)["UploadId"]
        url = s3v4.generate_presigned_url("upload_part", Params={**where, "PartNumber": 1})
        etag = self.fetch(wire, url, "PUT", body=b"part").headers["etag"]
        s3v4.complete_multipart_upload(
            **where, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]}
        )
        assert s3v4.get_object(Bucket=bucket, Key="k")["Body"].read() == b"part"

    def test_nothing_of_it_can_be_changed(self, wire, s3v4, bucket):
        for key in ("k", "other"):
            s3v4.put_object(Bucket=bucket, Key=key, Body=b"x")
        url = self.url(s3v4, bucket)
        for changed in (
            url.replace("/k?", "/other?"),
            url.replace("X-Amz-Expires=300", "X-Amz-Expires=3000"),
            url + "&response-content-type=text%2Fhtml",
            url[:-1] + ("0" if url[-1] != "0" else "1"),
        ):
            answer = self.fetch(wire, changed)
            assert refusal(answer) == (403, "SignatureDoesNotMatch"), changed

    def test_signed_headers_must_be_sent_as_signed(self, wire, s3v4, bucket):
        url = self.url(s3v4, bucket, "put_object", ContentType="image/png")
        wrong = self.fetch(wire, url, "PUT", {"content-type": "text/html"}, b"x")
        assert refusal(wrong) == (403, "SignatureDoesNotMatch")
        assert self.fetch(wire, url, "PUT", {"content-type": "image/png"}, b"x").status == 200

    def test_an_amz_header_that_was_not_signed_is_refused(self, wire, s3v4, bucket):
        url = self.url(s3v4, bucket, "put_object")
        answer = self.fetch(wire, url, "PUT", {"x-amz-meta-wrong": "1"}, b"x")
        assert refusal(answer) == (403, "AccessDenied")
        assert answer.error()["HeadersNotSigned"] == "x-amz-meta-wrong"

    def test_a_week_is_the_longest(self, wire, s3v4, bucket):
        s3v4.put_object(Bucket=bucket, Key="k", Body=b"x")
        week = 7 * 24 * 3600
        assert self.fetch(wire, self.url(s3v4, bucket, expires=week)).status == 200
        answer = self.fetch(wire, self.url(s3v4, bucket, expires=week + 1))
        assert refusal(answer) == (400, "AuthorizationQueryParametersError")
        # Signature Version 4 guide, query parameters; the text as S3 sends it.
        assert answer.error()["Message"] == (
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires "
            "must be less than 604800 seconds"
        )

    def test_a_missing_parameter_is_named(self, wire, s3v4, bucket):
        url = self.url(s3v4, bucket)
        # Recorded: s3_put_presigned_url_missing_sig_param[s3v4]: missing-param-exception.
        message = (
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
            "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."
        )
        for name in ("X-Amz-Signature", "X-Amz-Expires", "X-Amz-Date", "X-Amz-SignedHeaders"):
            base, _, query = url.partition("?")
            kept = [pair for pair in query.split("&") if not pair.startswith(name + "=")]
            answer = self.fetch(wire, base + "?" + "&".join(kept))
            assert refusal(answer) == (400, "AuthorizationQueryParametersError"), name
            assert answer.error()["Message"] == message

    def test_a_credential_that_is_encoded_twice_is_malformed(self, wire, s3v4, bucket):
        url = self.url(s3v4, bucket).replace("%2F", "%252F")
        answer = self.fetch(wire, url)
        assert refusal(answer) == (400, "AuthorizationQueryParametersError")
        # Recorded: presigned_double_encoded_credentials: error-malformed.
        assert answer.error()["Message"] == (
            "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "
            '"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".'
        )

    def test_an_expired_one_tells_when(self, wire, server, bucket):
        signer = wire.signer(when=ago(minutes=10))
        host = f"{server.host}:{server.port}"
        answer = wire.send("GET", signer.presigned("GET", f"/{bucket}/k", host, 60))
        assert refusal(answer) == (403, "AccessDenied")
        error = answer.error()
        # Recorded: presigned_url_signature_authentication_expired: expired.
        assert error["Message"] == "Request has expired"
        assert error["X-Amz-Expires"] == "60"
        expiry = signer.when + datetime.timedelta(seconds=60)
        assert error["Expires"] == expiry.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert "ServerTime" in error

    @pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "host.docker.internal"])
    @pytest.mark.parametrize("with_port", [True, False])
    def test_a_signature_for_another_name_of_this_server_is_accepted(
        self, wire, server, bucket, s3, name, with_port, pail_binary
    ):
        """Signed inside a container for one name, opened in a browser under another."""
        s3.put_object(Bucket=bucket, Key="k", Body=b"reached")
        signed_host = f"{name}:{server.port}" if with_port else name
        target = wire.signer().presigned("GET", f"/{bucket}/k", signed_host, 60)
        answer = wire.send("GET", target)
        assert (answer.status, answer.body) == (200, b"reached")

    def test_a_signature_for_a_foreign_name_is_refused(self, wire, bucket, s3):
        s3.put_object(Bucket=bucket, Key="k", Body=b"kept")
        target = wire.signer().presigned("GET", f"/{bucket}/k", "s3.foreign.example.com", 60)
        answer = wire.send("GET", target)
        assert refusal(answer) == (403, "SignatureDoesNotMatch")


class TestVersion2:
    """Signature Version 2 in the query: how boto3 presigns in us-east-1 unless told otherwise."""

    def target(self, path, expires, secret=SECRET_ACCESS_KEY):
        text = f"GET\n\n\n{expires}\n{path}"
        digest = hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest()
        signature = urllib.parse.quote(base64.b64encode(digest).decode(), safe="")
        return f"{path}?AWSAccessKeyId={ACCESS_KEY_ID}&Signature={signature}&Expires={expires}"

    def later(self, seconds):
        return int(ago(seconds=-seconds).timestamp())

    def test_a_right_one_is_accepted(self, wire, s3, bucket):
        s3.put_object(Bucket=bucket, Key="k", Body=b"v2")
        answer = wire.send("GET", self.target(f"/{bucket}/k", self.later(60)))
        assert (answer.status, answer.body) == (200, b"v2")

    def test_a_wrong_one_is_refused(self, wire, bucket):
        answer = wire.send("GET", self.target(f"/{bucket}/k", self.later(60), secret="wrong"))
        assert refusal(answer) == (403, "SignatureDoesNotMatch")
        assert answer.error()["Message"] == NOT_MATCHING

    def test_an_expired_one_is_refused(self, wire, bucket):
        answer = wire.send("GET", self.target(f"/{bucket}/k", self.later(-60)))
        # Recorded: s3_presigned_url_expired[s3]: expired-exception.
        assert refusal(answer) == (403, "AccessDenied")
        assert answer.error()["Message"] == "Request has expired"

    def test_a_missing_parameter_is_named(self, wire, bucket):
        target = self.target(f"/{bucket}/k", self.later(60)).partition("&Expires")[0]
        answer = wire.send("GET", target)
        # Recorded: s3_put_presigned_url_missing_sig_param[s3]: missing-param-exception.
        assert refusal(answer) == (403, "AccessDenied")
        assert answer.error()["Message"] == (
            "Query-string authentication requires the Signature, Expires and AWSAccessKeyId "
            "parameters"
        )

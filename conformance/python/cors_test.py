"""CORS: rules kept, preflights answered without a signature, actual answers decorated."""

import pytest

ORIGIN = "https://app.example.test"
RULES = [
    {
        "ID": "uploads",
        "AllowedOrigins": [ORIGIN, "https://*.preview.example.test"],
        "AllowedMethods": ["GET", "PUT"],
        "AllowedHeaders": ["content-type", "x-amz-*"],
        "ExposeHeaders": ["ETag", "x-amz-request-id"],
        "MaxAgeSeconds": 600,
    },
    {"AllowedOrigins": ["*"], "AllowedMethods": ["HEAD"]},
]


@pytest.fixture
def shared(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": RULES})
    return bucket


def preflight(wire, bucket, origin=ORIGIN, method="PUT", headers=None, key="k"):
    sent = {"origin": origin, "access-control-request-method": method}
    if headers:
        sent["access-control-request-headers"] = headers
    sent = {name: value for name, value in sent.items() if value}
    return wire.send("OPTIONS", f"/{bucket}/{key}", sent)


def denied(answer):
    error = answer.error()
    return answer.status, error["Code"], error["Method"], error["ResourceType"]


def test_the_rules_are_kept_and_removed(s3, shared, refused):
    assert s3.get_bucket_cors(Bucket=shared)["CORSRules"] == RULES
    s3.delete_bucket_cors(Bucket=shared)
    # Recorded: delete_cors: get-cors-deleted.
    message = "The CORS configuration does not exist"
    with refused("NoSuchCORSConfiguration", 404, message, BucketName=shared):
        s3.get_bucket_cors(Bucket=shared)


@pytest.mark.parametrize("origin", [ORIGIN, "https://pr-7.preview.example.test"])
def test_a_preflight_that_a_rule_allows(wire, shared, origin):
    answer = preflight(wire, shared, origin, headers="Content-Type, X-Amz-Meta-Colour")
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == origin
    assert answer.headers["access-control-allow-methods"] == "GET, PUT"
    allowed = answer.headers["access-control-allow-headers"].lower().replace(" ", "").split(",")
    assert allowed == ["content-type", "x-amz-meta-colour"]
    assert answer.headers["access-control-max-age"] == "600"
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert "Origin" in answer.headers["vary"]


def test_a_rule_for_everyone_answers_with_a_star(wire, shared):
    answer = preflight(wire, shared, "https://anyone.example.test", "HEAD")
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin, method, headers",
    [
        ("https://evil.example.test", "PUT", None),
        (ORIGIN, "DELETE", None),
        (ORIGIN, "PUT", "content-type, authorization"),
    ],
)
def test_a_preflight_that_no_rule_allows_is_forbidden(wire, shared, origin, method, headers):
    answer = preflight(wire, shared, origin, method, headers)
    # Recorded: cors_match_origins: opt-wrong-origin and others; the spelling is S3's.
    assert denied(answer) == (403, "AccessForbidden", method, "OBJECT")
    assert answer.error()["Message"] == (
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of "
        "Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers "
        "are not whitelisted by the resource's CORS spec."
    )


def test_a_preflight_of_a_bucket_without_rules_is_forbidden(wire, bucket):
    answer = wire.send(
        "OPTIONS", f"/{bucket}", {"origin": ORIGIN, "access-control-request-method": "PUT"}
    )
    # Recorded: cors_http_options_no_config: options-with-origin-and-method.
    assert denied(answer) == (403, "AccessForbidden", "PUT", "BUCKET")
    assert answer.error()["Message"] == "CORSResponse: CORS is not enabled for this bucket."


def test_a_preflight_without_an_origin_is_a_bad_request(wire, shared):
    # Recorded: cors_match_origins: opt-no-origin.
    answer = preflight(wire, shared, origin=None)
    error = answer.error()
    assert (answer.status, error["Code"]) == (400, "BadRequest")
    assert error["Message"] == "Insufficient information. Origin request header needed."


def test_actual_answers_carry_the_headers_also_when_they_are_errors(wire, shared):
    for key, status in (("k", 200), ("missing", 404)):
        answer = wire.signed("GET", f"/{shared}/{key}", {"origin": ORIGIN})
        assert answer.status == status
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        exposed = answer.headers["access-control-expose-headers"].replace(" ", "").split(",")
        assert exposed == ["ETag", "x-amz-request-id"]
    for origin in (None, "https://evil.example.test"):
        headers = {"origin": origin} if origin else {}
        answer = wire.signed("GET", f"/{shared}/k", headers)
        assert answer.status == 200
        assert "access-control-allow-origin" not in answer.headers


def test_an_unknown_method_in_a_rule_is_refused(s3, bucket, refused):
    # Recorded: put_cors_invalid_rules: put-cors-exc.
    message = "Found unsupported HTTP method in CORS config. Unsupported method is MYMETHOD"
    with refused("InvalidRequest", 400, message):
        s3.put_bucket_cors(
            Bucket=bucket,
            CORSConfiguration={
                "CORSRules": [{"AllowedOrigins": ["*"], "AllowedMethods": ["MYMETHOD"]}]
            },
        )

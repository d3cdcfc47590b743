"""An application that stores its files in S3, run unmodified: only its .env names the server.

The same .env is the only configuration that the server gets, besides where to listen and keep data.
Everything is as such applications have it: default clients, default retries, curl, the AWS CLI.
"""

import concurrent.futures
import filecmp
import hashlib
import io
import json
import os
import random
import socket
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import BotoCoreError, ClientError

import pail_server

MIB = 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
BROWSER_ORIGIN = "https://app.example.test"


class Application:
    """The application: everything it knows of S3 comes from its environment."""

    def __init__(self, environment, **more):
        self.environment = environment
        self.bucket = environment["S3_BUCKET"]
        self.s3 = boto3.client(
            "s3",
            region_name=environment["S3_REGION"],
            endpoint_url=environment["S3_ENDPOINT_URL"],
            aws_access_key_id=environment["S3_ACCESS_KEY_ID"],
            aws_secret_access_key=environment["S3_SECRET_ACCESS_KEY"],
            **more,
        )

    def public_url(self, key):
        return f"{self.environment['S3_PUBLIC_BASE_URL']}/{key}"

    def exists(self, key):
        try:
            self.s3.head_object(Bucket=self.bucket, Key=key)
            return True
        except ClientError as error:
            if error.response["Error"]["Code"] == "404":
                return False
            raise

    def put(self, key, body, **more):
        return self.s3.put_object(Bucket=self.bucket, Key=key, Body=body, **more)

    def get(self, key):
        return self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()

    def keys(self, prefix=""):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return [entry["Key"] for page in pages for entry in page.get("Contents", [])]


def dotenv(port, scheme, bucket="app-uploads", region="eu-central-1"):
    endpoint = f"{scheme}://127.0.0.1:{port}"
    return {
        "S3_BUCKET": bucket,
        "S3_REGION": region,
        "S3_ENDPOINT_URL": endpoint,
        "S3_ACCESS_KEY_ID": "app-access-key",
        "S3_SECRET_ACCESS_KEY": "app/secret+key=with-odd-characters",
        "S3_PUBLIC_BASE_URL": f"{endpoint}/{bucket}",
    }


@pytest.fixture(scope="module")
def app_server(start_pail, tls, tmp_path_factory):
    home = tmp_path_factory.mktemp("app-server")
    port = pail_server.free_port()
    environment = dotenv(port, "https" if tls else "http")
    return start_pail(
        home, "--data", home / "data", "--listen", f"127.0.0.1:{port}", environment=environment
    )


@pytest.fixture(scope="module")
def app(app_server):
    if app_server.ca_bundle:  # the one line that https with an own authority asks of a developer
        os.environ["AWS_CA_BUNDLE"] = app_server.ca_bundle
    yield Application({n: v for n, v in app_server.environment.items() if n.startswith("S3_")})
    os.environ.pop("AWS_CA_BUNDLE", None)


@pytest.fixture
def curl_app(curl, app_server):
    return lambda *arguments, **more: curl(*arguments, ca_bundle=app_server.ca_bundle, **more)


@pytest.fixture
def aws(app, app_server, aws_command, home):
    """The AWS CLI with the lines that the server prints for copying."""

    def run(*arguments, check=True, stdin=""):
        environment = {
            **pail_server.clean_environment(home),
            "AWS_ENDPOINT_URL_S3": app.environment["S3_ENDPOINT_URL"],
            "AWS_ACCESS_KEY_ID": app.environment["S3_ACCESS_KEY_ID"],
            "AWS_SECRET_ACCESS_KEY": app.environment["S3_SECRET_ACCESS_KEY"],
            "AWS_DEFAULT_REGION": app.environment["S3_REGION"],
        }
        if app_server.ca_bundle:
            environment["AWS_CA_BUNDLE"] = app_server.ca_bundle
        done = subprocess.run(
            [aws_command, *map(str, arguments)],
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert not check or done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done

    return run


def make_tree(folder, seed):
    """A folder of files as users have them: nested, empty, odd names, some larger than a part."""
    chance = random.Random(seed)
    names = [
        "avatar.png",
        "notes/read me.txt",
        "notes/été – naïve.txt",
        "notes/a+b=c&d%20e.txt",
        "deep/er/and/deeper/file.bin",
        "deep/er/#hash?.bin",
        "empty.dat",
        "video.bin",
        *[f"many/{number:03}.txt" for number in range(40)],
    ]
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        size = {"empty.dat": 0, "video.bin": 9 * MIB}.get(name, chance.randrange(1, 5000))
        path.write_bytes(chance.randbytes(size))
    return sorted(names)


def make_file(path, size, seed=1):
    """A file of reproducible bytes that do not repeat."""
    chance = random.Random(seed)
    with open(path, "wb") as file:
        while size > 0:
            piece = chance.randbytes(min(size, MIB))
            file.write(piece)
            size -= len(piece)
    return path


def test_put_then_head_tells_type_length_and_etag(app):
    put = app.put("user/42/files/avatar.png", PNG, ContentType="image/png")
    head = app.s3.head_object(Bucket=app.bucket, Key="user/42/files/avatar.png")
    assert put["ETag"] == head["ETag"] == f'"{hashlib.md5(PNG).hexdigest()}"'
    assert head["ContentType"] == "image/png"
    assert head["ContentLength"] == len(PNG)
    assert app.get("user/42/files/avatar.png") == PNG


def test_head_of_a_missing_key_is_404(app):
    with pytest.raises(ClientError) as caught:
        app.s3.head_object(Bucket=app.bucket, Key="user/42/missing.png")
    # A HEAD answer has no body, so botocore takes the code from the status.
    assert caught.value.response["Error"]["Code"] == "404"
    assert caught.value.response["Error"]["Message"] == "Not Found"
    assert not app.exists("user/42/missing.png")


def test_delete_is_idempotent(app):
    app.put("user/42/old-avatar.png", PNG)
    for _ in range(3):
        answer = app.s3.delete_object(Bucket=app.bucket, Key="user/42/old-avatar.png")
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert not app.exists("user/42/old-avatar.png")


def test_listing_a_prefix_without_objects_has_no_contents(app):
    answer = app.s3.list_objects_v2(Bucket=app.bucket, Prefix="nothing-here/", MaxKeys=5)
    assert "Contents" not in answer
    assert answer["KeyCount"] == 0
    assert answer.get("Contents", []) == []


def test_listing_is_cut_at_max_keys(app):
    for number in range(7):
        app.put(f"health/{number}", b"x")
    answer = app.s3.list_objects_v2(Bucket=app.bucket, Prefix="health/", MaxKeys=5)
    assert [entry["Key"] for entry in answer.get("Contents", [])] == [
        f"health/{number}" for number in range(5)
    ]
    assert answer["IsTruncated"] is True
    assert len(app.s3.list_objects_v2(Bucket=app.bucket, MaxKeys=5).get("Contents", [])) == 5


def test_a_presigned_url_works_in_curl_until_it_expires(app, curl_app):
    app.put("user/42/export.csv", b"id,name\n42,Ada\n", ContentType="text/csv")
    parameters = {"Bucket": app.bucket, "Key": "user/42/export.csv"}
    long = app.s3.generate_presigned_url("get_object", Params=parameters, ExpiresIn=300)
    assert curl_app("--fail", long) == b"id,name\n42,Ada\n"

    short = app.s3.generate_presigned_url("get_object", Params=parameters, ExpiresIn=1)
    time.sleep(2.2)
    refused = curl_app("--write-out", "\n%{http_code}", short).decode()
    body, status = refused.rsplit("\n", 1)
    # Recorded: s3_presigned_url_expired: expired-exception.
    assert status == "403"
    assert "<Code>AccessDenied</Code>" in body
    assert "<Message>Request has expired</Message>" in body
    assert curl_app("--fail", long) == b"id,name\n42,Ada\n"


def test_the_default_client_presigns_in_us_east_1_too(start_pail, tmp_path, tls, curl):
    # There boto3 presigns with Signature Version 2 (AWSAccessKeyId, Signature, Expires) unless the
    # application asks for version 4: botocore, client, default_s3_presign_to_sigv2.
    port = pail_server.free_port()
    environment = dotenv(port, "https" if tls else "http", region="us-east-1")
    server = start_pail(
        tmp_path, "--memory", "--listen", f"127.0.0.1:{port}", environment=environment
    )
    app = Application(environment, verify=server.ca_bundle)
    key = "user/42/odd name+é.txt"
    app.put(key, b"signed with version 2", ContentType="text/plain")
    parameters = {"Bucket": app.bucket, "Key": key, "ResponseContentType": "text/csv"}
    url = app.s3.generate_presigned_url("get_object", Params=parameters, ExpiresIn=300)
    fetch = ("--fail", "--include", url)
    answer = curl(*fetch, ca_bundle=server.ca_bundle).decode()
    assert "content-type: text/csv" in answer.lower()
    assert answer.endswith("signed with version 2")

    short = app.s3.generate_presigned_url("get_object", Params=parameters, ExpiresIn=1)
    other_key = url.replace("odd", "another")
    time.sleep(2.2)
    refused = curl(short, ca_bundle=server.ca_bundle).decode()
    # Recorded: s3_presigned_url_expired[s3]: expired-exception.
    assert "<Code>AccessDenied</Code><Message>Request has expired</Message>" in refused
    refused = curl(other_key, ca_bundle=server.ca_bundle).decode()
    assert "<Code>SignatureDoesNotMatch</Code>" in refused
    assert server.stop() == 0


def test_a_presigned_url_can_name_the_download(app, curl_app):
    app.put("user/42/report.pdf", b"%PDF", ContentType="application/pdf")
    url = app.s3.generate_presigned_url(
        "get_object",
        Params={
            "Bucket": app.bucket,
            "Key": "user/42/report.pdf",
            "ResponseContentDisposition": 'attachment; filename="Your report.pdf"',
            "ResponseContentType": "application/octet-stream",
        },
        ExpiresIn=300,
    )
    head = curl_app("--fail", "--dump-header", "-", "--output", "/dev/null", url).decode().lower()
    assert 'content-disposition: attachment; filename="your report.pdf"' in head
    assert "content-type: application/octet-stream" in head


def test_the_public_url_is_readable_by_anyone_and_only_readable(app, curl_app):
    app.put("user-uploads/avatar.png", PNG, ContentType="image/png")
    url = app.public_url("user-uploads/avatar.png")
    assert curl_app("--fail", url) == PNG
    head = curl_app("--fail", "-I", url).decode().lower().splitlines()
    assert "content-type: image/png" in head
    assert f"content-length: {len(PNG)}" in head
    put = curl_app(
        *("--output", "/dev/null", "--write-out", "%{http_code}"), *("-X", "PUT", "-d", "x", url)
    )
    assert put == b"403"
    assert app.get("user-uploads/avatar.png") == PNG


def test_a_public_base_url_of_a_cdn_is_an_address_of_the_bucket(start_pail, tmp_path, tls, curl):
    port = pail_server.free_port()
    scheme = "https" if tls else "http"
    environment = {
        **dotenv(port, scheme),
        "S3_PUBLIC_BASE_URL": f"{scheme}://cdn.example.test:{port}/assets",
    }
    server = start_pail(
        tmp_path, "--memory", "--listen", f"127.0.0.1:{port}", environment=environment
    )
    app = Application(environment, verify=server.ca_bundle)
    app.put("logo.svg", b"<svg/>", ContentType="image/svg+xml")
    got = curl(
        *("--fail", "--resolve", f"cdn.example.test:{port}:127.0.0.1"),
        app.public_url("logo.svg"),
        ca_bundle=server.ca_bundle,
    )
    assert got == b"<svg/>"
    assert server.stop() == 0


def test_aws_s3_ls_shows_bucket_folders_and_objects(app, aws):
    app.put("cli/ls/one.txt", b"1")
    app.put("cli/ls/deeper/two.txt", b"22")
    assert app.bucket in aws("s3", "ls").stdout
    lines = [
        line.split() for line in aws("s3", "ls", f"s3://{app.bucket}/cli/ls/").stdout.splitlines()
    ]
    assert lines[0] == ["PRE", "deeper/"]
    assert lines[1][2:] == ["1", "one.txt"]
    recursive = aws("s3", "ls", "--recursive", "--summarize", f"s3://{app.bucket}/cli/ls/").stdout
    assert "Total Objects: 2" in recursive


def test_aws_s3_cp_carries_100_mb_both_ways_in_parts(app, aws, tmp_path):
    source = make_file(tmp_path / "big.bin", 100 * MIB)
    aws("s3", "cp", "--only-show-errors", source, f"s3://{app.bucket}/debug/big.bin")
    head = app.s3.head_object(Bucket=app.bucket, Key="debug/big.bin")
    assert head["ContentLength"] == 100 * MIB
    # 8 MiB parts are the CLI's default; the ETag of a multipart object ends in the number of parts.
    assert head["ETag"].endswith('-13"')
    back = tmp_path / "back.bin"
    aws("s3", "cp", "--only-show-errors", f"s3://{app.bucket}/debug/big.bin", back)
    assert filecmp.cmp(source, back, shallow=False)


def test_aws_s3_cp_streams_from_and_to_a_pipe(app, aws):
    aws("s3", "cp", "-", f"s3://{app.bucket}/debug/piped.txt", stdin="piped")
    assert aws("s3", "cp", f"s3://{app.bucket}/debug/piped.txt", "-").stdout == "piped"


def test_aws_s3_sync_carries_a_folder_both_ways_and_then_has_nothing_to_do(app, aws, tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    names = make_tree(here, seed=2)
    # sync goes by the time of change, which S3 keeps in whole seconds.
    for name in names:
        os.utime(here / name, (time.time() - 3600,) * 2)
    aws("s3", "sync", "--only-show-errors", here, f"s3://{app.bucket}/sync/")
    assert sorted(app.keys("sync/")) == sorted(f"sync/{name}" for name in names)
    assert aws("s3", "sync", here, f"s3://{app.bucket}/sync/").stdout == ""

    aws("s3", "sync", "--only-show-errors", f"s3://{app.bucket}/sync/", there)
    for name in names:
        assert filecmp.cmp(here / name, there / name, shallow=False), name
    assert aws("s3", "sync", f"s3://{app.bucket}/sync/", there).stdout == ""

    (here / "avatar.png").unlink()
    aws("s3", "sync", "--only-show-errors", "--delete", here, f"s3://{app.bucket}/sync/")
    assert not app.exists("sync/avatar.png")


def test_aws_s3_mv_and_rm_recursive(app, aws):
    for number in range(3):
        app.put(f"cli/mv/{number}", b"x")
    prefix = f"s3://{app.bucket}/cli"
    aws("s3", "mv", "--only-show-errors", "--recursive", f"{prefix}/mv/", f"{prefix}/moved/")
    assert app.keys("cli/mv/") == []
    assert len(app.keys("cli/moved/")) == 3
    aws("s3", "rm", "--only-show-errors", "--recursive", f"{prefix}/moved/")
    assert app.keys("cli/moved/") == []


def test_aws_s3_presign_is_fetched_by_curl(app, aws, curl_app):
    app.put("cli/presign/a b+c.txt", b"presigned by the CLI")
    url = aws("s3", "presign", f"s3://{app.bucket}/cli/presign/a b+c.txt").stdout.strip()
    assert curl_app("--fail", url) == b"presigned by the CLI"


def test_aws_s3api_head_object(app, aws):
    app.put("cli/head.png", PNG, ContentType="image/png", Metadata={"owner": "42"})
    head = json.loads(
        aws("s3api", "head-object", "--bucket", app.bucket, "--key", "cli/head.png").stdout
    )
    assert head["ContentType"] == "image/png"
    assert head["ContentLength"] == len(PNG)
    assert head["Metadata"] == {"owner": "42"}
    missing = aws("s3api", "head-object", "--bucket", app.bucket, "--key", "cli/none", check=False)
    assert missing.returncode != 0
    assert "(404)" in missing.stderr and "Not Found" in missing.stderr


@pytest.mark.parametrize("size", [0, 1, 20 * MIB + 1])
def test_upload_fileobj_and_download_fileobj(app, size):
    body = random.Random(size).randbytes(size)
    app.s3.upload_fileobj(
        io.BytesIO(body), app.bucket, f"streams/{size}", ExtraArgs={"ContentType": "video/mp4"}
    )
    received = io.BytesIO()
    app.s3.download_fileobj(app.bucket, f"streams/{size}", received)
    assert received.getvalue() == body
    head = app.s3.head_object(Bucket=app.bucket, Key=f"streams/{size}")
    assert head["ContentType"] == "video/mp4"


def test_a_browser_puts_to_a_presigned_url_from_another_origin(app, curl_app, tmp_path):
    app.s3.put_bucket_cors(
        Bucket=app.bucket,
        CORSConfiguration={
            "CORSRules": [
                {
                    "AllowedOrigins": [BROWSER_ORIGIN],
                    "AllowedMethods": ["GET", "PUT"],
                    "AllowedHeaders": ["content-type"],
                    "ExposeHeaders": ["ETag"],
                    "MaxAgeSeconds": 600,
                }
            ]
        },
    )
    url = app.s3.generate_presigned_url(
        "put_object",
        Params={"Bucket": app.bucket, "Key": "browser/photo.png", "ContentType": "image/png"},
        ExpiresIn=300,
    )
    preflight = headers_of(
        curl_app(
            *("--fail", "--dump-header", "-", "--output", "/dev/null", "-X", "OPTIONS"),
            *("-H", f"Origin: {BROWSER_ORIGIN}"),
            *("-H", "Access-Control-Request-Method: PUT"),
            *("-H", "Access-Control-Request-Headers: content-type"),
            url,
        )
    )
    assert preflight["access-control-allow-origin"] == BROWSER_ORIGIN
    assert "PUT" in preflight["access-control-allow-methods"]
    assert "content-type" in preflight["access-control-allow-headers"].lower()
    assert preflight["access-control-max-age"] == "600"

    photo = tmp_path / "photo.png"
    photo.write_bytes(PNG)
    put = headers_of(
        curl_app(
            *("--fail", "--dump-header", "-", "--output", "/dev/null", "--upload-file", photo),
            *("-H", f"Origin: {BROWSER_ORIGIN}", "-H", "Content-Type: image/png"),
            url,
        )
    )
    assert put["access-control-allow-origin"] == BROWSER_ORIGIN
    assert "etag" in put["access-control-expose-headers"].lower()
    assert app.get("browser/photo.png") == PNG

    foreign = curl_app(
        *("--output", "/dev/null", "--write-out", "%{http_code}", "-X", "OPTIONS"),
        *("-H", "Origin: https://evil.example.test", "-H", "Access-Control-Request-Method: PUT"),
        url,
    )
    assert foreign == b"403"


def headers_of(dump):
    """The header fields of curl's --dump-header, names in lower case; of the last answer."""
    last = dump.decode().strip().split("\r\n\r\n")[-1]
    fields = (line.split(":", 1) for line in last.splitlines() if ":" in line)
    return {name.lower(): value.strip() for name, value in fields}


def test_a_folder_of_uploads_is_migrated_and_each_file_verified(app, tmp_path):
    names = make_tree(tmp_path / "uploads", seed=3)
    for name in names:
        app.put(f"migrated/{name}", (tmp_path / "uploads" / name).read_bytes())
    assert sorted(app.keys("migrated/")) == sorted(f"migrated/{name}" for name in names)
    for name in names:
        expected = hashlib.sha256((tmp_path / "uploads" / name).read_bytes()).hexdigest()
        assert hashlib.sha256(app.get(f"migrated/{name}")).hexdigest() == expected, name


def test_the_same_data_is_there_after_a_restart(app, app_server):
    before = remember(app)
    assert app_server.stop() == 0
    app_server.start()
    assert remember(app) == before


def test_the_same_data_is_there_after_kill_9(app, app_server):
    app.put("crash/last-word", b"acknowledged", Metadata={"said": "yes"})
    before = remember(app)
    app_server.kill()
    app_server.start()
    assert remember(app) == before
    assert app.get("crash/last-word") == b"acknowledged"


def remember(app):
    """Every object of the bucket with what a client can know about it."""
    app.put("remembered/with-everything", PNG, ContentType="image/png", Metadata={"colour": "blue"})
    described = {}
    for key in app.keys():
        head = app.s3.head_object(Bucket=app.bucket, Key=key)
        body = hashlib.sha256(app.get(key)).hexdigest()
        fields = (head["ETag"], head["ContentLength"], head["ContentType"])
        described[key] = (*fields, json.dumps(head["Metadata"], sort_keys=True), body)
    assert described
    return described


def test_kill_9_in_a_stream_of_puts_loses_nothing_that_was_acknowledged(app, app_server):
    acknowledged, attempted = {}, {}
    enough, dead = threading.Event(), threading.Event()

    def put_on(worker):
        chance = random.Random(worker)
        for number in range(10_000):
            if dead.is_set():
                return
            key = f"kill/{worker}/{number}"
            body = chance.randbytes(chance.choice((10, 3_000, 200_000, 2_000_000)))
            attempted[key] = hashlib.sha256(body).hexdigest()
            try:
                app.put(key, body)
            except (BotoCoreError, ClientError):
                return
            acknowledged[key] = attempted[key]
            if len(acknowledged) >= 150:
                enough.set()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        workers = [pool.submit(put_on, worker) for worker in range(8)]
        reached = enough.wait(60)
        app_server.kill()
        dead.set()
    for worker in workers:
        worker.result()
    assert reached, f"only {len(acknowledged)} objects were acknowledged in a minute"

    app_server.start()
    present = {key: hashlib.sha256(app.get(key)).hexdigest() for key in app.keys("kill/")}
    assert {key: present.get(key) for key in acknowledged} == acknowledged
    # What was not acknowledged may be there or not, but never in part.
    assert {key: attempted[key] for key in present} == present


def test_an_upload_cut_by_kill_9_leaves_nothing_behind(app, app_server, curl_app):
    """Nothing visible, and after the restart no disk space that no object accounts for."""
    started = threading.Event()
    url = app.s3.generate_presigned_url(
        "put_object", Params={"Bucket": app.bucket, "Key": "torn/upload"}, ExpiresIn=300
    )
    parts = urllib.parse.urlsplit(url)
    sender = socket.create_connection(("127.0.0.1", parts.port))
    if app_server.tls:
        import ssl

        context = ssl.create_default_context(cafile=app_server.ca_bundle)
        sender = context.wrap_socket(sender, server_hostname="127.0.0.1")
    sender.sendall(
        f"PUT {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        f"Content-Length: {64 * MIB}\r\n\r\n".encode()
    )

    def send_half():
        piece = random.Random(4).randbytes(MIB)
        for _ in range(32):
            sender.sendall(piece)
        started.set()

    threading.Thread(target=send_half, daemon=True).start()
    assert started.wait(30), "the server did not take half of the body within 30 s"
    data = Path(app_server.home) / "data"
    app_server.kill()
    sender.close()
    app_server.start()
    assert not app.exists("torn/upload")

    for key in app.keys():
        app.s3.delete_object(Bucket=app.bucket, Key=key)
    app_server.restart()
    deadline = time.monotonic() + 20
    while (left := blocks_below(data)) > 16 * MIB and time.monotonic() < deadline:
        time.sleep(0.2)
    files = sorted(str(path.relative_to(data)) for path in data.rglob("*") if path.is_file())
    assert left <= 16 * MIB, f"{left} bytes on disk without one object: {files[:20]}"
    temporary = [name for name in files if "tmp" in name.lower() or "temp" in name.lower()]
    assert temporary == []


def blocks_below(folder):
    """Bytes that the files of the folder take on disk."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())

"""Requests whose every byte the test decides, signed with Signature Version 4 by code of its own.

boto3 hides the wire: it refuses bad bucket names, picks the time and tidies keys. Where a test has
to send what boto3 will not, it does so with this file, which shares nothing with botocore.
"""

import datetime
import hashlib
import hmac
import http.client
import ssl
import urllib.parse
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

EMPTY_SHA256 = hashlib.sha256(b"").hexdigest()
UNRESERVED = "-_.~"


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    def error(self):
        """The children of <Error>, by name."""
        root = ElementTree.fromstring(self.body)
        assert root.tag == "Error", self.body
        return {child.tag: child.text or "" for child in root}


@dataclass
class Signer:
    access_key_id: str
    secret_access_key: str
    region: str = "us-east-1"
    service: str = "s3"
    when: datetime.datetime = field(
        default_factory=lambda: datetime.datetime.now(datetime.timezone.utc)
    )

    @property
    def timestamp(self):
        return self.when.strftime("%Y%m%dT%H%M%SZ")

    @property
    def scope(self):
        return f"{self.timestamp[:8]}/{self.region}/{self.service}/aws4_request"

    def _hmac(self, text):
        key = ("AWS4" + self.secret_access_key).encode()
        for part in self.scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    def signature(self, method, target, headers, payload_hash):
        """The signature over all of `headers` (name in lower case → value)."""
        path, _, query = target.partition("?")
        # S3 encodes the path once, unlike every other service (AWS Signature Version 4 guide).
        canonical_path = urllib.parse.quote(
            urllib.parse.unquote_to_bytes(path), safe="/" + UNRESERVED
        )
        canonical = "\n".join(
            [
                method,
                canonical_path,
                canonical_query(query),
                "".join(f"{name}:{' '.join(headers[name].split())}\n" for name in sorted(headers)),
                ";".join(sorted(headers)),
                payload_hash,
            ]
        )
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        return self._hmac(f"AWS4-HMAC-SHA256\n{self.timestamp}\n{self.scope}\n{digest}")

    def presigned(self, method, path, host, expires_s):
        """The target of a request for `host` that carries its signature in the query."""
        query = canonical_query(
            f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={self.access_key_id}/{self.scope}"
            f"&X-Amz-Date={self.timestamp}&X-Amz-Expires={expires_s}&X-Amz-SignedHeaders=host"
        )
        target = f"{path}?{query}"
        signature = self.signature(method, target, {"host": host}, "UNSIGNED-PAYLOAD")
        return f"{target}&X-Amz-Signature={signature}"

    def authorization(self, headers, signature):
        return (
            f"AWS4-HMAC-SHA256 Credential={self.access_key_id}/{self.scope}, "
            f"SignedHeaders={';'.join(sorted(headers))}, Signature={signature}"
        )

    def chunk_signature(self, previous, chunk):
        return self._hmac(
            f"AWS4-HMAC-SHA256-PAYLOAD\n{self.timestamp}\n{self.scope}\n{previous}\n"
            f"{EMPTY_SHA256}\n{hashlib.sha256(chunk).hexdigest()}"
        )

    def trailer_signature(self, previous, trailer):
        digest = hashlib.sha256(trailer.encode()).hexdigest()
        return self._hmac(
            f"AWS4-HMAC-SHA256-TRAILER\n{self.timestamp}\n{self.scope}\n{previous}\n{digest}"
        )


def canonical_query(query):
    pairs = []
    for piece in filter(None, query.split("&")):
        name, _, value = piece.partition("=")
        pairs.append(
            tuple(
                urllib.parse.quote(urllib.parse.unquote_to_bytes(part), safe=UNRESERVED)
                for part in (name, value)
            )
        )
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


class Wire:
    """Sends raw requests to one server."""

    def __init__(self, scheme, host, port, ca_bundle, signer_factory):
        self.scheme, self.host, self.port, self.ca_bundle = scheme, host, port, ca_bundle
        self.signer = signer_factory

    def connect(self):
        if self.scheme == "https":
            context = ssl.create_default_context(cafile=self.ca_bundle)
            return http.client.HTTPSConnection(self.host, self.port, timeout=30, context=context)
        return http.client.HTTPConnection(self.host, self.port, timeout=30)

    def send(self, method, target, headers=None, body=b"", host=None):
        """One request with exactly these headers (and Host, and Content-Length for a body)."""
        headers = {name.lower(): value for name, value in (headers or {}).items()}
        headers.setdefault("host", host or f"{self.host}:{self.port}")
        if body and "content-length" not in headers and "transfer-encoding" not in headers:
            headers["content-length"] = str(len(body))
        elif method in ("PUT", "POST") and "transfer-encoding" not in headers:
            headers.setdefault("content-length", "0")
        connection = self.connect()
        try:
            connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            try:
                if body:
                    connection.send(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused before the whole body was sent: the answer is waiting to be read
            response = connection.getresponse()
            content = response.read()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, names, content)
        finally:
            connection.close()

    def signed_headers(self, method, target, headers, payload_hash, signer, host=None):
        """All headers of the signed request, and its signature."""
        headers = {name.lower(): value for name, value in (headers or {}).items()}
        headers["host"] = host or f"{self.host}:{self.port}"
        headers["x-amz-date"] = signer.timestamp
        headers["x-amz-content-sha256"] = payload_hash
        signature = signer.signature(method, target, headers, payload_hash)
        headers["authorization"] = signer.authorization(
            [name for name in headers if name != "authorization"], signature
        )
        return headers, signature

    def signed(
        self, method, target, headers=None, body=b"", signer=None, host=None, payload_hash=None
    ):
        """One request signed in its Authorization header."""
        payload_hash = payload_hash or hashlib.sha256(body).hexdigest()
        all_headers, _ = self.signed_headers(
            method, target, headers, payload_hash, signer or self.signer(), host
        )
        return self.send(method, target, all_headers, body)

    def chunked(self, target, chunks, *, trailer=None, headers=None, signer=None, spoil=None):
        """PUT of signed aws-chunked `chunks`; `trailer` is (name, value); `spoil` is the index of a
        chunk (the last is the empty one, "trailer" the trailer) whose signature is made wrong."""
        signer = signer or self.signer()
        kind = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" + ("-TRAILER" if trailer else "")
        all_headers = {
            "content-encoding": "aws-chunked",
            "x-amz-decoded-content-length": str(sum(map(len, chunks))),
            **(headers or {}),
        }
        if trailer:
            all_headers["x-amz-trailer"] = trailer[0]
        all_headers, previous = self.signed_headers("PUT", target, all_headers, kind, signer)
        body = b""
        for index, chunk in enumerate([*chunks, b""]):
            previous = signer.chunk_signature(previous, chunk)
            sent = "0" * 64 if spoil == index else previous
            body += f"{len(chunk):x};chunk-signature={sent}\r\n".encode()
            body += chunk + b"\r\n" if chunk else b""
        if trailer:
            line = f"{trailer[0]}:{trailer[1]}\n"
            sent = "0" * 64 if spoil == "trailer" else signer.trailer_signature(previous, line)
            body += f"{trailer[0]}:{trailer[1]}\r\nx-amz-trailer-signature:{sent}\r\n".encode()
        return self.send("PUT", target, all_headers, body + b"\r\n")

"""The signer of these tests against AWS's published example: a tool that is wrong proves nothing."""

import datetime

import wire as wire_module

# Signature Version 4 guide, "Transferring payload in multiple chunks", the example calculations.
SEED = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"
CHUNKS = [
    (b"a" * 65_536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"),
    (b"a" * 1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"),
    (b"", "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"),
]


def test_the_published_example_of_a_chunked_upload_has_these_signatures():
    signer = wire_module.Signer(
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        when=datetime.datetime(2013, 5, 24, tzinfo=datetime.timezone.utc),
    )
    kind = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
    headers = {
        "host": "s3.amazonaws.com",
        "content-encoding": "aws-chunked",
        "content-length": "66824",
        "x-amz-content-sha256": kind,
        "x-amz-date": "20130524T000000Z",
        "x-amz-decoded-content-length": "66560",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
    }
    previous = signer.signature("PUT", "/examplebucket/chunkObject.txt", headers, kind)
    assert previous == SEED
    for chunk, expected in CHUNKS:
        previous = signer.chunk_signature(previous, chunk)
        assert previous == expected

// An application on the AWS SDK for JavaScript: its only configuration is the environment
// (AWS_ENDPOINT_URL_S3, AWS_REGION, the two keys), so buckets are virtual hosts below the endpoint.

import assert from "node:assert/strict";
import crypto from "node:crypto";
import dns from "node:dns";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";

// Every *.localhost is this machine (RFC 6761); not each resolver knows.
const lookup = dns.lookup;
dns.lookup = (host, options, callback) =>
  lookup(host.endsWith(".localhost") ? "127.0.0.1" : host, options, callback);

const {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  paginateListObjectsV2,
} = await import("@aws-sdk/client-s3");
const { Upload } = await import("@aws-sdk/lib-storage");
const { getSignedUrl } = await import("@aws-sdk/s3-request-presigner");

const MIB = 1024 * 1024;
const s3 = new S3Client({});
const Bucket = `javascript-${crypto.randomUUID()}`;

// fetch() asks dns.lookup too, so the presigned hosts are found without further ado.
const send = (command) => s3.send(command);
const read = async (Key) => (await send(new GetObjectCommand({ Bucket, Key }))).Body;

before(() => send(new CreateBucketCommand({ Bucket })));
after(() => s3.destroy());

test("an object is put, described and read back", async () => {
  const Body = "héllo from JavaScript";
  const put = await send(
    new PutObjectCommand({
      Bucket,
      Key: "user/42/a b+c%.txt",
      Body,
      ContentType: "text/plain; charset=utf-8",
      Metadata: { colour: "blue" },
    }),
  );
  const md5 = crypto.createHash("md5").update(Body).digest("hex");
  assert.equal(put.ETag, `"${md5}"`);
  const head = await send(new HeadObjectCommand({ Bucket, Key: "user/42/a b+c%.txt" }));
  assert.equal(head.ContentType, "text/plain; charset=utf-8");
  assert.equal(head.ContentLength, Buffer.byteLength(Body));
  assert.deepEqual(head.Metadata, { colour: "blue" });
  assert.equal(await (await read("user/42/a b+c%.txt")).transformToString(), Body);
});

test("a stream of known length is put", async () => {
  const Body = crypto.randomBytes(300_000);
  const chunks = [Body.subarray(0, 100_000), Body.subarray(100_000)];
  await send(
    new PutObjectCommand({
      Bucket,
      Key: "streamed",
      Body: Readable.from(chunks),
      ContentLength: Body.length,
    }),
  );
  assert.deepEqual(Buffer.from(await (await read("streamed")).transformToByteArray()), Body);
});

test("missing keys are typed errors", async () => {
  await assert.rejects(send(new GetObjectCommand({ Bucket, Key: "missing" })), NoSuchKey);
  await assert.rejects(send(new HeadObjectCommand({ Bucket, Key: "missing" })), NotFound);
});

test("a listing is paged and folded", async () => {
  const names = ["list/a", "list/b/1", "list/b/2", "list/c d+e", "list/é"];
  for (const Key of names) await send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
  const found = [];
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket, Prefix: "list/" })) {
    found.push(...(page.Contents ?? []).map((entry) => entry.Key));
  }
  assert.deepEqual(found, names);
  const folded = await send(
    new ListObjectsV2Command({ Bucket, Prefix: "list/", Delimiter: "/" }),
  );
  assert.deepEqual(folded.CommonPrefixes.map((entry) => entry.Prefix), ["list/b/"]);
});

test("a large upload goes in parts", async () => {
  const Body = crypto.randomBytes(12 * MIB);
  const upload = new Upload({
    client: s3,
    params: { Bucket, Key: "large", Body: Readable.from([Body]), ContentType: "video/mp4" },
    partSize: 5 * MIB,
    queueSize: 3,
  });
  const done = await upload.done();
  assert.match(done.ETag, /-3"$/);
  const got = await send(new GetObjectCommand({ Bucket, Key: "large" }));
  assert.equal(got.ContentType, "video/mp4");
  assert.deepEqual(Buffer.from(await got.Body.transformToByteArray()), Body);
});

test("an aborted large upload leaves no object", async () => {
  const upload = new Upload({
    client: s3,
    params: { Bucket, Key: "aborted", Body: crypto.randomBytes(20 * MIB) },
    partSize: 5 * MIB,
    queueSize: 1,
  });
  upload.on("httpUploadProgress", () => upload.abort());
  await assert.rejects(upload.done(), { name: "AbortError" });
  await assert.rejects(send(new HeadObjectCommand({ Bucket, Key: "aborted" })), NotFound);
});

test("a presigned GET is fetched", async () => {
  await send(new PutObjectCommand({ Bucket, Key: "presigned get", Body: "signed" }));
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "presigned get" }), {
    expiresIn: 300,
  });
  assert.ok(new URL(url).hostname.startsWith(`${Bucket}.`), url);
  const answer = await fetch(url);
  assert.equal(answer.status, 200);
  assert.equal(await answer.text(), "signed");
});

test("a presigned PUT takes a browser's upload", async () => {
  // Otherwise the SDK signs the checksum of an empty body into the URL, which no body then fits:
  // that is S3's answer too.
  const browser = new S3Client({ requestChecksumCalculation: "WHEN_REQUIRED" });
  const url = await getSignedUrl(
    browser,
    new PutObjectCommand({ Bucket, Key: "presigned put", ContentType: "image/png" }),
    { expiresIn: 300 },
  );
  const answer = await fetch(url, {
    method: "PUT",
    body: "photo",
    headers: { "content-type": "image/png" },
  });
  assert.equal(answer.status, 200, await answer.text());
  assert.equal(await (await read("presigned put")).transformToString(), "photo");
  browser.destroy();
});

test("a presigned PUT that promises an empty body refuses another", async () => {
  const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: "promised empty" }));
  assert.equal(new URL(url).searchParams.get("x-amz-checksum-crc32"), "AAAAAA==");
  const answer = await fetch(url, { method: "PUT", body: "not empty" });
  assert.equal(answer.status, 400);
  assert.match(await answer.text(), /<Code>BadDigest<\/Code>/);
  await assert.rejects(send(new HeadObjectCommand({ Bucket, Key: "promised empty" })), NotFound);
});

test("many objects are deleted at once", async () => {
  for (const Key of ["bulk/1", "bulk/2"]) {
    await send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
  }
  const answer = await send(
    new DeleteObjectsCommand({
      Bucket,
      Delete: { Objects: ["bulk/1", "bulk/2", "bulk/never"].map((Key) => ({ Key })) },
    }),
  );
  assert.equal(answer.Deleted.length, 3);
  assert.equal(answer.Errors, undefined);
  const left = await send(new ListObjectsV2Command({ Bucket, Prefix: "bulk/" }));
  assert.equal(left.KeyCount, 0);
});

// What the AWS SDK for JavaScript does under each fault: whether it tries again, and what it tells
// its caller. The rules go through the control interface.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";

const Bucket = process.env.FAULTY_BUCKET;
const Key = "k";
const Body = "0123456789".repeat(200);
const ATTEMPTS = 3; // the SDK's own default
const s3 = new S3Client({ forcePathStyle: true, requestHandler: { requestTimeout: 1000 } });

async function control(method, document) {
  const answer = await fetch(`${process.env.AWS_ENDPOINT_URL_S3}/_pail/faults`, {
    method,
    headers: {
      "x-pail-token": process.env.PAIL_CONTROL_TOKEN,
      "content-type": "application/json",
    },
    body: document && JSON.stringify(document),
  });
  const text = await answer.text();
  assert.ok(answer.ok, text);
  return text && JSON.parse(text);
}
const add = (rule) => control("POST", rule);
async function counts() {
  const { rules } = await control("GET");
  return [rules[0].matched, rules[0].fired];
}
const put = (more = {}) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = () => s3.send(new GetObjectCommand({ Bucket, Key }));
const read = async () => (await get()).Body.transformToString();

before(() => control("DELETE"));
beforeEach(async () => {
  await control("DELETE");
  await put();
});
after(async () => {
  await control("DELETE");
  s3.destroy();
});

async function triedAgain(rule) {
  await add({ operation: "PutObject", count: 1, ...rule });
  const answer = await put({ Key: "again" });
  assert.equal(answer.$metadata.attempts, 2);
  assert.deepEqual(await counts(), [2, 1]);
}

test("SlowDown is tried again", () => triedAgain({ error: "SlowDown" }));
test("InternalError is tried again", () => triedAgain({ error: "InternalError" }));
test("ServiceUnavailable is tried again", () => triedAgain({ error: "ServiceUnavailable" }));
test("RequestTimeout is tried again", () => triedAgain({ error: "RequestTimeout" }));
test("a reset before the operation is tried again", () =>
  triedAgain({ reset: "before_operation" }));
test("a reset during the upload is tried again", () =>
  triedAgain({ reset: { after_upload_bytes: 100 } }));
test("a lost answer is tried again", () => triedAgain({ reset: "after_operation" }));

test("attempts come to an end", async () => {
  await add({ operation: "GetObject", error: "SlowDown" });
  await assert.rejects(get(), { name: "SlowDown" });
  assert.deepEqual(await counts(), [ATTEMPTS, ATTEMPTS]);
});

for (const code of ["AccessDenied", "ExpiredToken", "NoSuchBucket"]) {
  test(`${code} is not tried again`, async () => {
    await add({ operation: "GetObject", error: code });
    await assert.rejects(get(), { name: code });
    assert.deepEqual(await counts(), [1, 1]);
  });
}

test("a missing key has a class of its own", async () => {
  await add({ operation: "GetObject", error: "NoSuchKey" });
  await assert.rejects(get(), NoSuchKey);
});

test("a lost answer makes a conditional write fail though it was done", async () => {
  await add({ operation: "PutObject", count: 1, reset: "after_operation" });
  const once = { Key: `once-${Date.now()}`, IfNoneMatch: "*" };
  await assert.rejects(put(once), { name: "PreconditionFailed" });
});

test("an error inside 200 of a copy is tried again", async () => {
  await add({ operation: "CopyObject", count: 1, error_in_200: "InternalError" });
  await s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/${Key}` }));
  assert.deepEqual(await counts(), [2, 1]);
});

test("an error inside 200 of a completion is tried again", async () => {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "big" }));
  const upload = { Bucket, Key: "big", UploadId };
  const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body }));
  await add({ operation: "CompleteMultipartUpload", count: 1, error_in_200: "InternalError" });
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
  assert.deepEqual(await counts(), [2, 1]);
});

test("a truncated body fails its reader", async () => {
  await add({ operation: "GetObject", truncate_after_bytes: 100 });
  await assert.rejects(read());
  assert.deepEqual(await counts(), [1, 1]);
});

test("a body that is reset fails its reader", async () => {
  await add({ operation: "GetObject", reset: { after_answer_bytes: 100 } });
  await assert.rejects(read());
  assert.deepEqual(await counts(), [1, 1]);
});

test("a corrupted body fails its reader", async () => {
  await add({ operation: "GetObject", corrupt_at_byte: 7 });
  await assert.rejects(read(), /[Cc]hecksum/);
});

test("a wrong checksum fails its reader", async () => {
  await add({ operation: "GetObject", wrong_checksum: true });
  await assert.rejects(read(), /[Cc]hecksum/);
});

test("a wrong ETag goes unnoticed", async () => {
  const right = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  await add({ operation: "HeadObject", wrong_etag: true });
  const wrong = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  assert.notEqual(wrong.ETag, right.ETag);
  assert.equal(wrong.$metadata.attempts, 1);
});

test("a wrong Date sets the client's clock wrong until it is refused", async () => {
  const other = new S3Client({ forcePathStyle: true });
  const ask = () => other.send(new GetObjectCommand({ Bucket, Key }));
  await add({ operation: "GetObject", date_offset_s: -86400, count: 1 });
  await ask();
  await assert.rejects(ask(), { name: "RequestTimeTooSkewed" });
  await ask();
  other.destroy();
});

test("redirects are errors unless the client is told to follow them", async () => {
  for (const [status, name] of [
    [301, "PermanentRedirect"],
    [307, "TemporaryRedirect"],
  ]) {
    await control("DELETE");
    await add({ operation: "GetObject", count: 1, redirect: status });
    await assert.rejects(get(), { name });
    assert.deepEqual(await counts(), [1, 1]);
  }
});

test("a slow line delivers everything", async () => {
  await add({ bandwidth_bytes_per_s: 20_000 });
  await put({ Key: "slow" });
  assert.equal(await read(), Body);
});

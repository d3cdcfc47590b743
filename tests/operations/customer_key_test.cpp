#include <optional>
#include <string>
#include <variant>

#include "checksum/digest.h"
#include "operations/multipart_fixture.h"
#include "support/calls.h"
#include "text/base64.h"
#include "text/bytes.h"

// Encryption with keys that clients send along (SSE-C), across the operations on objects.
namespace pail::test {
namespace {

class CustomerKeys : public MultipartTest {
 protected:
  CustomerKeys() { server_.use_tls(); }

  static Headers key(char fill, const std::string& prefix = "x-amz-") {
    const std::string raw(32, fill);
    const std::string header = prefix + "server-side-encryption-customer-";
    return {{header + "algorithm", "AES256"},
            {header + "key", text::base64_encode(text::as_bytes(raw))},
            {header + "key-MD5", text::base64_encode(checksum::md5(text::as_bytes(raw)))}};
  }
  static Headers source_key(char fill) { return key(fill, "x-amz-copy-source-"); }

  static Headers all(Headers headers, const Headers& more) {
    headers.insert(headers.end(), more.begin(), more.end());
    return headers;
  }

  Answer copy(const std::string& source, const std::string& target, const Headers& headers) {
    return server_.put("/bucket/" + target, "",
                       all({{"x-amz-copy-source", "/bucket/" + source}}, headers));
  }

  /// What lies in the store for the current object of a key.
  std::string stored(const std::string& object_key) {
    auto found = server_.store().find_object(server_.bucket_id("bucket"), object_key, std::nullopt,
                                             store::Read::kWithContent);
    EXPECT_TRUE(found.has_value());
    if (!found) return "";
    std::string bytes;
    const auto reader = server_.store().open(found->content);
    while (true) {
      auto piece = reader->next();
      EXPECT_TRUE(piece.has_value());
      if (!piece || !*piece) return bytes;
      if (const auto* text = std::get_if<std::string>(&**piece)) {
        bytes += *text;
      } else {
        const auto& range = std::get<content::SharedRange>(**piece);
        bytes += range.bytes->substr(range.offset_bytes, range.length_bytes);
      }
    }
  }
};

const std::string kPlain = "nobody but the owner of the key may read this";

TEST_F(CustomerKeys, BytesAreReadWithTheKeyOnly) {
  const Answer written = server_.put("/bucket/k", kPlain, key('a'));
  ASSERT_EQ(written.outcome(), "200");
  EXPECT_EQ(server_.get("/bucket/k", key('a')).body, kPlain);

  const Answer without = server_.get("/bucket/k");
  EXPECT_EQ(without.outcome(), "400 InvalidRequest");
  EXPECT_EQ(without.element("Message"),
            "The object was stored using a form of Server Side Encryption. The correct parameters "
            "must be provided to retrieve the object.");
  const Answer wrong = server_.get("/bucket/k", key('b'));
  EXPECT_EQ(wrong.outcome(), "403 AccessDenied");
  EXPECT_EQ(wrong.element("Message"),
            "Requests specifying Server Side Encryption with Customer provided keys must provide "
            "the correct secret key.");
  EXPECT_EQ(server_.head("/bucket/k").status, 400);
  EXPECT_EQ(server_.head("/bucket/k", key('b')).status, 403);
}

TEST_F(CustomerKeys, NeitherBytesNorKeyLieInTheStore) {
  server_.put("/bucket/k", kPlain, key('a'));
  const std::string bytes = stored("k");
  EXPECT_GT(bytes.size(), kPlain.size());
  EXPECT_EQ(bytes.find("owner"), std::string::npos);
  EXPECT_EQ(bytes.find("aaaa"), std::string::npos);
  const auto found = server_.store().find_object(server_.bucket_id("bucket"), "k", std::nullopt,
                                                 store::Read::kVersionOnly);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->version.attributes.encryption.cipher_header.find("aaaa"), std::string::npos);
}

TEST_F(CustomerKeys, AnswersNameAlgorithmAndKeyButNoMethod) {
  const Answer written = server_.put("/bucket/k", kPlain, key('a'));
  for (const Answer& told :
       {written, server_.head("/bucket/k", key('a')), server_.get("/bucket/k", key('a'))}) {
    EXPECT_EQ(told.header("x-amz-server-side-encryption-customer-algorithm"), "AES256");
    EXPECT_EQ(told.header("x-amz-server-side-encryption-customer-key-MD5"), key('a')[2].value);
    EXPECT_EQ(told.header("x-amz-server-side-encryption"), "");
  }
}

TEST_F(CustomerKeys, ObjectLooksAsLongAsItIsAndItsEtagTellsNothing) {
  const Answer written = server_.put("/bucket/k", kPlain, key('a'));
  EXPECT_EQ(server_.head("/bucket/k", key('a')).header("Content-Length"),
            std::to_string(kPlain.size()));
  EXPECT_EQ(server_.get("/bucket").element("Size"), std::to_string(kPlain.size()));
  EXPECT_EQ(written.header("ETag").size(), 34U);
  EXPECT_NE(server_.put("/bucket/k", kPlain, key('a')).header("ETag"), written.header("ETag"));
  EXPECT_EQ(written.header("x-amz-checksum-crc64nvme"), digest_of("CRC64NVME", kPlain));
}

TEST_F(CustomerKeys, RangesAreDecryptedToo) {
  const std::string bytes = std::string(70'000, 'a') + std::string(70'000, 'b');
  server_.put("/bucket/k", bytes, key('a'));
  Headers headers = all({{"Range", "bytes=69990-70009"}}, key('a'));
  const Answer answer = server_.get("/bucket/k", headers);
  EXPECT_EQ(answer.status, 206);
  EXPECT_EQ(answer.body, "aaaaaaaaaabbbbbbbbbb");
}

TEST_F(CustomerKeys, EmptyObjectsAreObjectsAsWell) {
  server_.put("/bucket/k", "", key('a'));
  EXPECT_EQ(server_.get("/bucket/k", key('a')).outcome(), "200");
  EXPECT_EQ(server_.get("/bucket/k", key('b')).outcome(), "403 AccessDenied");
}

TEST_F(CustomerKeys, KeyForAnObjectWithoutOneIsRefused) {
  server_.put("/bucket/k", kPlain);
  const Answer answer = server_.get("/bucket/k", key('a'));
  EXPECT_EQ(answer.outcome(), "400 InvalidRequest");
  EXPECT_EQ(answer.element("Message"),
            "The encryption parameters are not applicable to this object.");
}

TEST_F(CustomerKeys, AttributesNeedTheKey) {
  server_.put("/bucket/k", kPlain, key('a'));
  const Headers wanted = {{"x-amz-object-attributes", "ObjectSize"}};
  EXPECT_EQ(server_.get("/bucket/k?attributes", wanted).outcome(), "400 InvalidRequest");
  EXPECT_EQ(server_.get("/bucket/k?attributes", all(wanted, key('a'))).element("ObjectSize"),
            std::to_string(kPlain.size()));
}

TEST_F(CustomerKeys, PartsAreEncryptedEachForItself) {
  const std::string first = std::string(kLeast, 'f') + "x";
  const std::string id = create("k", key('a'));
  const std::string one = upload("k", id, 2, first, key('a'));
  const std::string two = upload("k", id, 7, "last", key('a'));
  ASSERT_EQ(complete("k", id, {{2, one}, {7, two}}).outcome(), "200");
  EXPECT_EQ(server_.get("/bucket/k", key('a')).body, first + "last");
  EXPECT_EQ(server_.get("/bucket/k?partNumber=2", key('a')).body, "last");
  const Headers across = all({{"Range", "bytes=-6"}}, key('a'));
  EXPECT_EQ(server_.get("/bucket/k", across).body, "fxlast");
  EXPECT_EQ(server_.get("/bucket/k").outcome(), "400 InvalidRequest");
  EXPECT_EQ(stored("k").find("ffff"), std::string::npos);
}

TEST_F(CustomerKeys, PartsBringTheKeyOfTheirUpload) {
  const std::string initiate =
      "The multipart upload initiate requested encryption. Subsequent part requests must include "
      "the appropriate encryption parameters.";
  const std::string id = create("k", key('a'));
  const Answer without = server_.put(part_target("k", id, 1), "x");
  EXPECT_EQ(without.outcome(), "400 InvalidRequest");
  EXPECT_EQ(without.element("Message"), initiate);
  const Answer other = server_.put(part_target("k", id, 1), "x", key('b'));
  EXPECT_EQ(other.outcome(), "400 InvalidRequest");
  EXPECT_EQ(other.element("Message"),
            "The provided encryption parameters did not match the ones used originally.");
  const std::string plain_id = create("p");
  EXPECT_EQ(server_.put(part_target("p", plain_id, 1), "x", key('a')).element("Message"), initiate);
}

TEST_F(CustomerKeys, PartsDoNotChooseTheMethod) {
  const std::string id = create("k");
  const Answer answer =
      server_.put(part_target("k", id, 1), "x", {{"x-amz-server-side-encryption", "AES256"}});
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("Message"),
            "x-amz-server-side-encryption header is not supported for this operation.");
}

TEST_F(CustomerKeys, CopiesAreEncryptedAnew) {
  server_.put("/bucket/plain", kPlain);
  ASSERT_EQ(copy("plain", "a", key('a')).outcome(), "200");
  EXPECT_EQ(stored("a").find("owner"), std::string::npos);
  ASSERT_EQ(copy("a", "b", all(source_key('a'), key('b'))).outcome(), "200");
  EXPECT_EQ(server_.get("/bucket/b", key('b')).body, kPlain);
  EXPECT_EQ(server_.get("/bucket/b", key('a')).outcome(), "403 AccessDenied");
  const Answer back = copy("b", "back", source_key('b'));
  ASSERT_EQ(back.outcome(), "200");
  EXPECT_EQ(back.header("x-amz-server-side-encryption"), "AES256");
  EXPECT_EQ(server_.get("/bucket/back").body, kPlain);
  EXPECT_EQ(server_.head("/bucket/back").header("ETag"),
            server_.head("/bucket/plain").header("ETag"));
}

TEST_F(CustomerKeys, CopiesNeedTheKeyOfTheirSource) {
  server_.put("/bucket/a", kPlain, key('a'));
  EXPECT_EQ(copy("a", "b", {}).outcome(), "400 InvalidRequest");
  EXPECT_EQ(copy("a", "b", source_key('b')).outcome(), "403 AccessDenied");
  EXPECT_EQ(copy("a", "a", all(source_key('a'), key('b'))).outcome(), "200");
  EXPECT_EQ(server_.get("/bucket/a", key('b')).body, kPlain);
}

TEST_F(CustomerKeys, PartsAreCopiedFromAndTo) {
  server_.put("/bucket/a", kPlain, key('a'));
  const std::string id = create("k", key('b'));
  Headers headers = all(source_key('a'), key('b'));
  headers.push_back({"x-amz-copy-source", "/bucket/a"});
  headers.push_back({"x-amz-copy-source-range", "bytes=7-9"});
  const Answer part = server_.put(part_target("k", id, 1), "", headers);
  ASSERT_EQ(part.outcome(), "200");
  complete("k", id, {{1, part.element("ETag")}});
  EXPECT_EQ(server_.get("/bucket/k", key('b')).body, kPlain.substr(7, 3));
}

TEST_F(CustomerKeys, MethodAndKeyContradictEachOther) {
  const Answer answer =
      server_.put("/bucket/k", kPlain, all({{"x-amz-server-side-encryption", "AES256"}}, key('a')));
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("ArgumentValue"), "AES256");
}

TEST_F(CustomerKeys, ReadsDoNotChooseTheMethod) {
  server_.put("/bucket/k", kPlain);
  EXPECT_EQ(server_.get("/bucket/k", {{"x-amz-server-side-encryption", "AES256"}}).outcome(),
            "400 InvalidArgument");
}

TEST_F(CustomerKeys, KeysOfKmsThatWereDisabledDecryptNothing) {
  const Headers later = {
      {"x-amz-server-side-encryption", "aws:kms"},
      {"x-amz-server-side-encryption-aws-kms-key-id", "alias/pail/disabled-later"}};
  ASSERT_EQ(server_.put("/bucket/k", kPlain, later).outcome(), "200");
  EXPECT_EQ(server_.get("/bucket/k").outcome(), "400 KMS.DisabledException");
  EXPECT_EQ(copy("k", "other", {}).outcome(), "400 KMS.DisabledException");
  EXPECT_EQ(server_.head("/bucket/k").outcome(), "200");
}

constexpr const char* kNotSecure =
    "Requests specifying Server Side Encryption with Customer provided keys must be made over a "
    "secure connection.";

TEST_F(CustomerKeys, DoNotTravelOverPlainHttp) {
  server_.put("/bucket/k", kPlain, key('a'));
  Loopback plain;
  for (const Answer& refused :
       {plain.put("/bucket/k", kPlain, key('a')), plain.get("/bucket/k", key('a')),
        plain.post("/bucket/k?uploads", "", key('a')),
        plain.put("/bucket/copy", "",
                  all({{"x-amz-copy-source", "/bucket/k"}}, source_key('a')))}) {
    EXPECT_EQ(refused.outcome(), "400 InvalidRequest");
    EXPECT_EQ(refused.element("Message"), kNotSecure);
  }
  EXPECT_EQ(plain.head("/bucket/k", key('a')).status, 400);
}

TEST_F(CustomerKeys, DoNotTravelOverPlainHttpInAQueryEither) {
  Loopback plain;
  const Answer refused =
      plain.put("/bucket/k?x-amz-server-side-encryption-customer-algorithm=AES256", kPlain);
  EXPECT_EQ(refused.element("Message"), kNotSecure);
}

TEST_F(CustomerKeys, AreRefusedByANewBucketUntilItAllowsThem) {
  ASSERT_EQ(server_.put("/fresh", "").outcome(), "200");
  const Answer refused = server_.put("/fresh/k", kPlain, key('a'));
  EXPECT_EQ(refused.outcome(), "403 AccessDenied");
  // Before the key is looked at.
  EXPECT_EQ(server_.put("/fresh/k", kPlain, {key('a').front()}).outcome(), "403 AccessDenied");
  EXPECT_EQ(server_.put("/fresh/k", kPlain).outcome(), "200");
  const std::string open =
      "<ServerSideEncryptionConfiguration><Rule><BlockedEncryptionTypes><EncryptionType>NONE"
      "</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>";
  ASSERT_EQ(server_.put("/fresh?encryption", open, {content_md5(open)}).outcome(), "200");
  EXPECT_EQ(server_.put("/fresh/k", kPlain, key('a')).outcome(), "200");
}

}  // namespace
}  // namespace pail::test

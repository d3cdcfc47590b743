#include "contract/store_contract.h"

namespace pail::store {
namespace {

template <typename Fixture>
class ObjectContract : public StoreContract<Fixture> {};
TYPED_TEST_SUITE(ObjectContract, Stores);

TYPED_TEST(ObjectContract, ObjectsOfEverySizeComeBackAsTheyWere) {
  const auto bucket = this->make_bucket("b");
  for (const std::size_t size : {0U, 1U, 1024U, 16384U, 16385U, 131072U, 131073U, 3'000'000U}) {
    const std::string key = "size-" + std::to_string(size);
    ASSERT_TRUE(this->put(bucket, key, pattern(size)));
    const auto found = this->store().find_object(bucket, key, {}, Read::kVersionOnly);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->version.size_bytes, size);
    EXPECT_EQ(this->get(bucket, key), pattern(size)) << size;
  }
}

TYPED_TEST(ObjectContract, EverythingThatIsSaidOfAnObjectIsKept) {
  const auto bucket = this->make_bucket("b");
  model::ObjectVersion version = this->version_of("k", "0123456789abcdef0123456789abcdef-2");
  version.owner_id = "somebody else";
  version.checksum =
      model::Checksum{checksum::Algorithm::kXxHash128, model::ChecksumType::kComposite, "AAAA-2"};
  version.parts = {{1, 5'000'000, "c1"}, {2, 7, ""}};
  version.attributes.content_type = "text/plain; charset=utf-8";
  version.attributes.content_disposition = "attachment";
  version.attributes.content_encoding = "gzip";
  version.attributes.content_language = "de";
  version.attributes.cache_control = "no-cache";
  version.attributes.expires = "never";
  version.attributes.website_redirect_location = "/other";
  version.attributes.storage_class = "GLACIER_IR";
  version.attributes.user_metadata = {{"a", "1"}, {"b", ""}, {"a", "\xC3\xA4"}};
  version.attributes.tags = {{"team", "x"}, {"empty", ""}};
  version.attributes.encryption.kind = model::EncryptionKind::kCustomer;
  version.attributes.encryption.customer_key_md5 = "md5";
  version.attributes.lock.retention =
      model::Retention{model::RetentionMode::kCompliance, at_ms(1'900'000'000'001)};
  version.attributes.acl = model::Acl{};
  version.restored_until = at_ms(1'800'000'000'000);
  version.size_bytes = 3;  // of what the reader sees
  ASSERT_TRUE(this->run(this->store().put_object(bucket, version, this->write("body"), {})));
  const auto found = this->store().find_object(bucket, "k", {}, Read::kVersionOnly);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->version.key, "k");
  EXPECT_EQ(found->version.version_id, "null");
  EXPECT_EQ(found->version.size_bytes, 3U);
  EXPECT_EQ(found->content.size_bytes, 4U);
  EXPECT_EQ(found->version.etag, version.etag);
  EXPECT_EQ(found->version.last_modified, version.last_modified);
  EXPECT_EQ(found->version.checksum, version.checksum);
  EXPECT_EQ(found->version.attributes, version.attributes);
  EXPECT_EQ(found->version.parts, version.parts);
  EXPECT_EQ(found->version.restored_until, version.restored_until);
  EXPECT_EQ(found->version.owner_id, "somebody else");
}

TYPED_TEST(ObjectContract, MissingObjectAndMissingBucketAreNoSuchObject) {
  const auto bucket = this->make_bucket("b");
  for (const std::int64_t id : {bucket, bucket + 1}) {
    const auto found = this->store().find_object(id, "k", {}, Read::kWithContent);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, StoreErrorKind::kNoSuchObject);
  }
}

TYPED_TEST(ObjectContract, PutIntoUnknownBucketIsRefusedAndChangesNothing) {
  const auto put = this->put(99, "k", pattern(40'000));
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().kind, StoreErrorKind::kNoSuchBucket);
}

TYPED_TEST(ObjectContract, PutReplacesWhatWasThere) {
  const auto bucket = this->make_bucket("b");
  for (const std::size_t size : {100U, 50'000U, 200U, 60'000U, 0U}) {
    ASSERT_TRUE(this->put(bucket, "k", pattern(size, 7)));
    EXPECT_EQ(this->get(bucket, "k"), pattern(size, 7));
  }
  EXPECT_EQ(this->keys(bucket), std::vector<std::string>{"k"});
}

TYPED_TEST(ObjectContract, SameKeyInTwoBucketsIsTwoObjects) {
  const auto one = this->make_bucket("one");
  const auto two = this->make_bucket("two");
  ASSERT_TRUE(this->put(one, "k", "1"));
  ASSERT_TRUE(this->put(two, "k", "2"));
  EXPECT_EQ(this->get(one, "k"), "1");
  ASSERT_TRUE(this->remove(one, "k"));
  EXPECT_EQ(this->get(two, "k"), "2");
}

TYPED_TEST(ObjectContract, KeysAreBytesAndListedInTheirOrder) {
  const auto bucket = this->make_bucket("b");
  const std::vector<std::string> sorted = {"",
                                           "/",
                                           "a",
                                           std::string("a\0", 2),
                                           std::string("a\0b", 3),
                                           "a/",
                                           "a/../b",
                                           "a//b",
                                           "a/b",
                                           "ab",
                                           std::string(1024, 'k'),
                                           "\xC3\xA4",
                                           "\xF0\x9F\x98\x80",
                                           "\xFF"};
  for (auto key = sorted.rbegin(); key != sorted.rend(); ++key) {
    ASSERT_TRUE(this->put(bucket, *key, *key));
  }
  EXPECT_EQ(this->keys(bucket), sorted);
  for (const std::string& key : sorted) EXPECT_EQ(this->get(bucket, key), key);
}

TYPED_TEST(ObjectContract, GuardSeesTheCurrentObjectAndDecides) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", "first", only_if_missing()));
  const auto refused = this->put(bucket, "k", "second", only_if_missing());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, StoreErrorKind::kRefused);
  ASSERT_TRUE(refused.error().refusal);
  EXPECT_EQ(refused.error().refusal->code, S3ErrorCode::PreconditionFailed);
  EXPECT_EQ(this->get(bucket, "k"), "first");

  std::string seen_etag;
  std::uint64_t seen_size = 0;
  const Guard look = [&](const model::ObjectVersion* current) -> std::optional<S3Error> {
    seen_etag = current->etag;
    seen_size = current->size_bytes;
    return {};
  };
  ASSERT_TRUE(this->put(bucket, "k", "third", look));
  EXPECT_EQ(seen_etag, "e0");
  EXPECT_EQ(seen_size, 5U);
}

TYPED_TEST(ObjectContract, RefusedPutLeavesTheOldLargeObjectWhole) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", pattern(100'000)));
  EXPECT_FALSE(
      this->put(bucket, "k", pattern(90'000, 2), refuse_with(S3ErrorCode::PreconditionFailed)));
  EXPECT_EQ(this->get(bucket, "k"), pattern(100'000));
}

TYPED_TEST(ObjectContract, DeletionsAnswerEachInOrder) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "a", "1"));
  ASSERT_TRUE(this->put(bucket, "b", pattern(70'000)));
  ASSERT_TRUE(this->put(bucket, "c", "3"));
  std::vector<Store::Deletion> deletions;
  deletions.push_back({"a", {}});
  deletions.push_back({"missing", {}});
  deletions.push_back({"b", refuse_with(S3ErrorCode::PreconditionFailed)});
  deletions.push_back({"c", {}});
  deletions.push_back({"c", {}});
  const auto results = this->run(this->store().delete_objects(bucket, std::move(deletions)));
  ASSERT_EQ(results.size(), 5U);
  EXPECT_TRUE(results[0] && results[0]->existed);
  EXPECT_TRUE(results[1] && !results[1]->existed);
  ASSERT_FALSE(results[2]);
  EXPECT_EQ(results[2].error().kind, StoreErrorKind::kRefused);
  EXPECT_TRUE(results[3] && results[3]->existed);
  EXPECT_TRUE(results[4] && !results[4]->existed);
  EXPECT_EQ(this->keys(bucket), std::vector<std::string>{"b"});
  EXPECT_EQ(this->get(bucket, "b"), pattern(70'000));
}

TYPED_TEST(ObjectContract, DeletionInUnknownBucketIsNoSuchBucket) {
  const auto removed = this->remove(99, "k");
  ASSERT_FALSE(removed);
  EXPECT_EQ(removed.error().kind, StoreErrorKind::kNoSuchBucket);
}

TYPED_TEST(ObjectContract, GuardOfADeletionSeesNoObjectWhereThereIsNone) {
  const auto bucket = this->make_bucket("b");
  bool saw_none = false;
  const auto removed = this->remove(bucket, "k", [&](const model::ObjectVersion* current) {
    saw_none = current == nullptr;
    return std::optional<S3Error>();
  });
  EXPECT_TRUE(removed && !removed->existed);
  EXPECT_TRUE(saw_none);
}

TYPED_TEST(ObjectContract, UpdateChangesWhatIsSaidButNotKeyBytesAndEtag) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", pattern(40'000)));
  const auto update = [](model::ObjectVersion& version) -> std::optional<S3Error> {
    version.attributes.tags = {{"a", "b"}};
    version.key = "other";
    version.etag = "other";
    version.size_bytes = 3;
    version.version_id = "other";
    version.is_delete_marker = true;
    return {};
  };
  ASSERT_TRUE(this->run(this->store().update_object(bucket, "k", {}, update)));
  const auto found = this->store().find_object(bucket, "k", {}, Read::kVersionOnly);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->version.attributes.tags, (std::vector<model::NamedValue>{{"a", "b"}}));
  EXPECT_EQ(found->version.etag, "e0");
  EXPECT_EQ(found->version.size_bytes, 40'000U);
  EXPECT_EQ(this->get(bucket, "k"), pattern(40'000));
  EXPECT_FALSE(this->get(bucket, "other"));
}

TYPED_TEST(ObjectContract, UpdateOfWhatIsMissingSaysWhatIsMissing) {
  const auto bucket = this->make_bucket("b");
  const auto nothing = [](model::ObjectVersion&) { return std::optional<S3Error>(); };
  const auto object = this->run(this->store().update_object(bucket, "k", {}, nothing));
  ASSERT_FALSE(object);
  EXPECT_EQ(object.error().kind, StoreErrorKind::kNoSuchObject);
  const auto no_bucket = this->run(this->store().update_object(bucket + 1, "k", {}, nothing));
  ASSERT_FALSE(no_bucket);
  EXPECT_EQ(no_bucket.error().kind, StoreErrorKind::kNoSuchBucket);
}

TYPED_TEST(ObjectContract, CursorSeeksToAndPastKeys) {
  const auto bucket = this->make_bucket("b");
  for (const char* key : {"a", "b", "b/1", "c"}) ASSERT_TRUE(this->put(bucket, key, "x"));
  auto cursor = this->store().scan_objects(bucket);
  const auto at = [](const auto& result) {
    return result && *result ? std::string((*result)->key) : std::string("-");
  };
  EXPECT_EQ(at(cursor->seek("b", false)), "b");
  EXPECT_EQ(at(cursor->next()), "b/1");
  EXPECT_EQ(at(cursor->seek("b", true)), "b/1");
  EXPECT_EQ(at(cursor->seek("b0", false)), "c");
  EXPECT_EQ(at(cursor->next()), "-");
  EXPECT_EQ(at(cursor->seek("", false)), "a");
  EXPECT_EQ(at(cursor->seek("c", true)), "-");
}

TYPED_TEST(ObjectContract, CursorStartsBeforeTheFirstObject) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "a", "x"));
  auto cursor = this->store().scan_objects(bucket);
  const auto first = cursor->next();
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->key, "a");
  EXPECT_TRUE(this->store().scan_objects(bucket + 1)->next());
  EXPECT_EQ(*this->store().scan_objects(bucket + 1)->next(), nullptr);
}

TYPED_TEST(ObjectContract, CursorShowsWhatAListingShows) {
  const auto bucket = this->make_bucket("b");
  model::ObjectVersion version = this->version_of("k", "abc");
  version.attributes.storage_class = "STANDARD_IA";
  version.owner_id = "guest";
  version.checksum =
      model::Checksum{checksum::Algorithm::kSha256, model::ChecksumType::kComposite, "x-1"};
  version.size_bytes = 4;
  ASSERT_TRUE(this->run(this->store().put_object(bucket, version, this->write("four"), {})));
  ASSERT_TRUE(this->put(bucket, "plain", "x"));
  auto cursor = this->store().scan_objects(bucket);
  const auto first = cursor->next();
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->size_bytes, 4U);
  EXPECT_EQ((*first)->etag, "abc");
  EXPECT_EQ((*first)->last_modified, version.last_modified);
  EXPECT_EQ((*first)->storage_class, "STANDARD_IA");
  EXPECT_EQ((*first)->owner_id, "guest");
  EXPECT_EQ((*first)->checksum_algorithm, checksum::Algorithm::kSha256);
  EXPECT_EQ((*first)->checksum_type, model::ChecksumType::kComposite);
  const auto second = cursor->next();
  ASSERT_TRUE(second && *second);
  EXPECT_EQ((*second)->storage_class, "STANDARD");
  EXPECT_EQ((*second)->owner_id, "owner");
  EXPECT_FALSE((*second)->checksum_algorithm);
}

TYPED_TEST(ObjectContract, ConcurrentConditionalPutsHaveOneWinner) {
  const auto bucket = this->make_bucket("b");
  std::atomic<int> winners{0};
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const std::string body = pattern(i % 2 == 0 ? 100 : 40'000, i);
      auto put = task::run_blocking(this->store().put_object(
          bucket, this->version_of("k", std::to_string(i)), this->write(body), only_if_missing()));
      if (put) ++winners;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(winners, 1);
  const auto found = this->store().find_object(bucket, "k", {}, Read::kVersionOnly);
  ASSERT_TRUE(found);
  const auto winner = static_cast<unsigned>(std::stoul(found->version.etag));
  EXPECT_EQ(this->get(bucket, "k"), pattern(winner % 2 == 0 ? 100 : 40'000, winner));
}

}  // namespace
}  // namespace pail::store

#include "contract/store_contract.h"

namespace pail::store {
namespace {

template <typename Fixture>
class ClearContract : public StoreContract<Fixture> {
 protected:
  std::int64_t fill(const std::string& name) {
    const auto bucket = this->make_bucket(name);
    EXPECT_TRUE(this->run(this->store().put_bucket_document(bucket, "cors", "x")));
    EXPECT_TRUE(this->put(bucket, "small", "bytes"));
    EXPECT_TRUE(this->put(bucket, "large", pattern(50'000)));
    model::ObjectVersion version = this->version_of("small");
    version.version_id = "v1";
    EXPECT_TRUE(this->run(this->store().put_object(bucket, version, {}, {})));
    this->start_upload(bucket, "k", "u");
    EXPECT_TRUE(this->put_part(bucket, "u", 1, pattern(50'000), "p1"));
    return bucket;
  }
  bool has_versions(std::int64_t bucket) {
    return *this->store().scan_versions(bucket)->next() != nullptr;
  }
  bool has_uploads(std::int64_t bucket) {
    return *this->store().scan_uploads(bucket)->next() != nullptr;
  }
};
TYPED_TEST_SUITE(ClearContract, Stores);

TYPED_TEST(ClearContract, ClearedStoreHasNothingAndTakesEverything) {
  const auto first = this->fill("a");
  this->fill("b");
  ASSERT_TRUE(this->run(this->store().clear()));
  EXPECT_TRUE(this->store().list_buckets("", "", 10).empty());
  EXPECT_EQ(this->store().find_bucket("a"), nullptr);
  EXPECT_FALSE(this->store().find_object(first, "small", {}, Read::kVersionOnly));
  EXPECT_FALSE(this->store().find_upload(first, "k", "u"));
  EXPECT_FALSE(this->put(first, "k", "x"));
  const auto again = this->fill("a");
  EXPECT_NE(again, first);
  EXPECT_EQ(this->get(again, "large"), pattern(50'000));
}

TYPED_TEST(ClearContract, ClearedBucketKeepsItsConfigurationAndNothingElse) {
  const auto bucket = this->fill("a");
  const auto other = this->fill("b");
  ASSERT_TRUE(this->run(this->store().clear_bucket(bucket)));
  EXPECT_TRUE(this->keys(bucket).empty());
  EXPECT_FALSE(this->has_versions(bucket));
  EXPECT_FALSE(this->has_uploads(bucket));
  ASSERT_NE(this->store().find_bucket("a"), nullptr);
  EXPECT_EQ(this->store().find_bucket("a")->documents.at("cors"), "x");
  EXPECT_EQ(this->get(other, "large"), pattern(50'000));
  EXPECT_TRUE(this->has_uploads(other));
  ASSERT_TRUE(this->put(bucket, "small", "new"));
  EXPECT_EQ(this->get(bucket, "small"), "new");
}

TYPED_TEST(ClearContract, BytesThatAnotherBucketHasStay) {
  const auto bucket = this->make_bucket("a");
  const auto other = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", pattern(50'000)));
  {
    auto source = this->store().find_object(bucket, "k", {}, Read::kWithContent);
    ASSERT_TRUE(source);
    auto copied = task::run_blocking(
        this->store().put_object(other, this->version_of("copy"), std::move(source->content), {}));
    ASSERT_TRUE(copied);
  }
  this->settle();
  ASSERT_TRUE(this->run(this->store().clear_bucket(bucket)));
  EXPECT_EQ(this->get(other, "copy"), pattern(50'000));
}

TYPED_TEST(ClearContract, UnknownBucketIsNotCleared) {
  const auto cleared = this->run(this->store().clear_bucket(77));
  ASSERT_FALSE(cleared);
  EXPECT_EQ(cleared.error().kind, StoreErrorKind::kNoSuchBucket);
}

TYPED_TEST(ClearContract, WhoeverReadsGetsTheBytesToTheirEnd) {
  const auto bucket = this->make_bucket("a");
  ASSERT_TRUE(this->put(bucket, "small", "bytes"));
  ASSERT_TRUE(this->put(bucket, "large", pattern(50'000)));
  auto small = this->store().find_object(bucket, "small", {}, Read::kWithContent);
  auto large = this->store().find_object(bucket, "large", {}, Read::kWithContent);
  ASSERT_TRUE(small && large);
  ASSERT_TRUE(task::run_blocking(this->store().clear()));
  EXPECT_EQ(this->read(std::move(small->content)), "bytes");
  EXPECT_EQ(this->read(std::move(large->content)), pattern(50'000));
}

TYPED_TEST(ClearContract, CursorStaysSafe) {
  const auto bucket = this->fill("a");
  auto objects = this->store().scan_objects(bucket);
  auto versions = this->store().scan_versions(bucket);
  auto uploads = this->store().scan_uploads(bucket);
  ASSERT_NE(*objects->next(), nullptr);
  ASSERT_NE(*versions->next(), nullptr);
  ASSERT_NE(*uploads->next(), nullptr);
  ASSERT_TRUE(task::run_blocking(this->store().clear()));
  EXPECT_TRUE(objects->next());
  EXPECT_TRUE(versions->next());
  EXPECT_TRUE(uploads->next());
}

}  // namespace
}  // namespace pail::store

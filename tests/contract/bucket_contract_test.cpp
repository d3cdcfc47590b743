#include "contract/store_contract.h"

namespace pail::store {
namespace {

template <typename Fixture>
class BucketContract : public StoreContract<Fixture> {};
TYPED_TEST_SUITE(BucketContract, Stores);

TYPED_TEST(BucketContract, CreatedBucketIsFoundWithAllItWasGiven) {
  model::Bucket bucket;
  bucket.name = "photos";
  bucket.region = "eu-central-1";
  bucket.owner_id = "someone";
  bucket.created = at_ms(1'600'000'000'123);
  bucket.documents["policy"] = "{}";
  const auto made = this->run(this->store().create_bucket(bucket));
  ASSERT_TRUE(made);
  const auto found = this->store().find_bucket("photos");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->id, (*made)->id);
  EXPECT_EQ(found->name, "photos");
  EXPECT_EQ(found->region, "eu-central-1");
  EXPECT_EQ(found->owner_id, "someone");
  EXPECT_EQ(found->created, bucket.created);
  EXPECT_EQ(found->documents, bucket.documents);
}

TYPED_TEST(BucketContract, UnknownBucketIsNotFound) {
  EXPECT_EQ(this->store().find_bucket("nowhere"), nullptr);
}

TYPED_TEST(BucketContract, SecondBucketOfANameIsRefused) {
  this->make_bucket("b");
  model::Bucket again;
  again.name = "b";
  const auto made = this->run(this->store().create_bucket(again));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, StoreErrorKind::kBucketExists);
}

TYPED_TEST(BucketContract, BucketsAreListedByNameWithPrefixAndAfterANameUpToALimit) {
  for (const char* name : {"b-2", "a-1", "b-1", "b-3", "c-1"}) this->make_bucket(name);
  const auto names = [this](std::string_view prefix, std::string_view after, std::size_t limit) {
    std::vector<std::string> out;
    for (const auto& bucket : this->store().list_buckets(prefix, after, limit)) {
      out.push_back(bucket->name);
    }
    return out;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(names("", "", 10), (Names{"a-1", "b-1", "b-2", "b-3", "c-1"}));
  EXPECT_EQ(names("b-", "", 10), (Names{"b-1", "b-2", "b-3"}));
  EXPECT_EQ(names("b-", "b-1", 1), (Names{"b-2"}));
  EXPECT_EQ(names("b-1", "", 10), (Names{"b-1"}));
  EXPECT_EQ(names("b-", "c", 10), Names{});
  EXPECT_EQ(names("", "", 0), Names{});
}

TYPED_TEST(BucketContract, DocumentsAreReplacedAndRemovedAndTheRevisionGrows) {
  const auto id = this->make_bucket("b");
  const auto first = this->store().find_bucket("b")->revision;
  ASSERT_TRUE(this->run(this->store().put_bucket_document(id, "cors", "one")));
  const auto second = this->store().find_bucket("b");
  EXPECT_EQ(second->documents.at("cors"), "one");
  EXPECT_GT(second->revision, first);
  ASSERT_TRUE(this->run(this->store().put_bucket_document(id, "cors", "two")));
  ASSERT_TRUE(this->run(this->store().put_bucket_document(id, "tagging", std::string("\0x", 2))));
  const auto third = this->store().find_bucket("b");
  EXPECT_EQ(third->documents.at("cors"), "two");
  EXPECT_EQ(third->documents.at("tagging"), std::string("\0x", 2));
  ASSERT_TRUE(this->run(this->store().put_bucket_document(id, "cors", std::nullopt)));
  const auto fourth = this->store().find_bucket("b");
  EXPECT_FALSE(fourth->documents.contains("cors"));
  EXPECT_GT(fourth->revision, third->revision);
}

TYPED_TEST(BucketContract, DocumentOfUnknownBucketIsRefused) {
  const auto put = this->run(this->store().put_bucket_document(77, "cors", "x"));
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().kind, StoreErrorKind::kNoSuchBucket);
}

TYPED_TEST(BucketContract, EmptyBucketIsDeletedAndItsNameIsFreeForANewOne) {
  const auto id = this->make_bucket("b");
  ASSERT_TRUE(this->run(this->store().put_bucket_document(id, "cors", "x")));
  ASSERT_TRUE(this->run(this->store().delete_bucket(id)));
  EXPECT_EQ(this->store().find_bucket("b"), nullptr);
  const auto again = this->make_bucket("b");
  EXPECT_NE(again, id);
  EXPECT_TRUE(this->store().find_bucket("b")->documents.empty());
}

TYPED_TEST(BucketContract, BucketWithAnObjectIsNotDeleted) {
  const auto id = this->make_bucket("b");
  ASSERT_TRUE(this->put(id, "k", "x"));
  const auto deleted = this->run(this->store().delete_bucket(id));
  ASSERT_FALSE(deleted);
  EXPECT_EQ(deleted.error().kind, StoreErrorKind::kBucketNotEmpty);
  EXPECT_EQ(this->get(id, "k"), "x");
}

TYPED_TEST(BucketContract, UnknownBucketIsNotDeleted) {
  const auto deleted = this->run(this->store().delete_bucket(77));
  ASSERT_FALSE(deleted);
  EXPECT_EQ(deleted.error().kind, StoreErrorKind::kNoSuchBucket);
}

TYPED_TEST(BucketContract, UploadsGoWithTheirBucket) {
  const auto id = this->make_bucket("b");
  this->start_upload(id, "k", "u1");
  this->start_upload(id, "k", "u2");
  ASSERT_TRUE(this->put_part(id, "u1", 1, pattern(50'000), "p1"));
  ASSERT_TRUE(this->run(this->store().delete_bucket(id)));
  EXPECT_FALSE(this->store().find_upload(id, "k", "u1"));
}

}  // namespace
}  // namespace pail::store

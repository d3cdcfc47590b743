#include "contract/store_contract.h"

namespace pail::store {
namespace {

template <typename Fixture>
class UploadContract : public StoreContract<Fixture> {};
TYPED_TEST_SUITE(UploadContract, Stores);

TYPED_TEST(UploadContract, EverythingThatIsSaidOfAnUploadIsKept) {
  const auto bucket = this->make_bucket("b");
  model::MultipartUpload upload;
  upload.key = "k";
  upload.upload_id = "u";
  upload.initiated = at_ms(1'650'000'000'456);
  upload.attributes.content_type = "image/png";
  upload.attributes.storage_class = "STANDARD_IA";
  upload.attributes.user_metadata = {{"a", "b"}};
  upload.checksum_algorithm = checksum::Algorithm::kCrc32c;
  upload.checksum_type = model::ChecksumType::kFullObject;
  upload.initiator_id = "someone";
  ASSERT_TRUE(this->run(this->store().create_upload(bucket, upload)));
  const auto found = this->store().find_upload(bucket, "k", "u");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->key, "k");
  EXPECT_EQ(found->upload_id, "u");
  EXPECT_EQ(found->initiated, upload.initiated);
  EXPECT_EQ(found->attributes, upload.attributes);
  EXPECT_EQ(found->checksum_algorithm, upload.checksum_algorithm);
  EXPECT_EQ(found->checksum_type, upload.checksum_type);
  EXPECT_EQ(found->initiator_id, "someone");
  EXPECT_EQ(found->completed_etag, "");
}

TYPED_TEST(UploadContract, UploadWithoutAlgorithmKeepsItsChecksumType) {
  const auto bucket = this->make_bucket("b");
  for (const auto type : {model::ChecksumType::kComposite, model::ChecksumType::kFullObject}) {
    model::MultipartUpload upload;
    upload.key = "k";
    upload.upload_id = model::checksum_type_name(type);
    upload.checksum_type = type;
    ASSERT_TRUE(this->run(this->store().create_upload(bucket, upload)));
    const auto found = this->store().find_upload(bucket, "k", upload.upload_id);
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->checksum_algorithm);
    EXPECT_EQ(found->checksum_type, type);
  }
}

TYPED_TEST(UploadContract, UploadIsFoundOnlyUnderItsBucketKeyAndId) {
  const auto bucket = this->make_bucket("b");
  const auto other = this->make_bucket("other");
  this->start_upload(bucket, "k", "u");
  EXPECT_TRUE(this->store().find_upload(bucket, "k", "u"));
  for (const auto& found : {this->store().find_upload(bucket, "other", "u"),
                            this->store().find_upload(bucket, "k", "other"),
                            this->store().find_upload(other, "k", "u")}) {
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, StoreErrorKind::kNoSuchUpload);
  }
}

TYPED_TEST(UploadContract, UploadIntoUnknownBucketIsRefused) {
  model::MultipartUpload upload;
  upload.upload_id = "u";
  const auto created = this->run(this->store().create_upload(5, upload));
  ASSERT_FALSE(created);
  EXPECT_EQ(created.error().kind, StoreErrorKind::kNoSuchBucket);
}

TYPED_TEST(UploadContract, PartsAreListedByNumberAfterANumberUpToALimit) {
  const auto bucket = this->make_bucket("b");
  this->start_upload(bucket, "k", "u");
  for (const std::uint32_t number : {3U, 1U, 10'000U, 2U}) {
    ASSERT_TRUE(
        this->put_part(bucket, "u", number, pattern(number, number), "p" + std::to_string(number)));
  }
  const auto numbers = [&](std::uint32_t after, std::size_t limit) {
    std::vector<std::uint32_t> out;
    const auto parts = this->store().list_parts(bucket, "u", after, limit);
    EXPECT_TRUE(parts);
    for (const StoredPart& part : *parts) {
      EXPECT_EQ(part.part.size_bytes, part.part.number);
      EXPECT_EQ(part.part.etag, "p" + std::to_string(part.part.number));
      EXPECT_EQ(part.part.last_modified, at_ms(2000));
      EXPECT_EQ(this->read(part.content), pattern(part.part.number, part.part.number));
      out.push_back(part.part.number);
    }
    return out;
  };
  using Numbers = std::vector<std::uint32_t>;
  EXPECT_EQ(numbers(0, 100), (Numbers{1, 2, 3, 10'000}));
  EXPECT_EQ(numbers(1, 2), (Numbers{2, 3}));
  EXPECT_EQ(numbers(10'000, 2), Numbers{});
}

TYPED_TEST(UploadContract, PartIsReplacedAndItsChecksumIsKept) {
  const auto bucket = this->make_bucket("b");
  this->start_upload(bucket, "k", "u");
  ASSERT_TRUE(this->put_part(bucket, "u", 1, pattern(40'000), "old"));
  model::UploadedPart part;
  part.number = 1;
  part.etag = "new";
  part.checksum = model::Checksum{checksum::Algorithm::kSha1, model::ChecksumType::kFullObject,
                                  "2jmj7l5rSw0yVb/vlWAYkK/YBwk="};
  ASSERT_TRUE(this->run(this->store().put_part(bucket, "u", part, this->write("new bytes"))));
  const auto parts = this->store().list_parts(bucket, "u", 0, 10);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 1U);
  EXPECT_EQ(parts->at(0).part.etag, "new");
  EXPECT_EQ(parts->at(0).part.checksum, part.checksum);
  EXPECT_EQ(this->read(parts->at(0).content), "new bytes");
}

TYPED_TEST(UploadContract, PartOrListOfUnknownUploadIsRefused) {
  const auto bucket = this->make_bucket("b");
  const auto put = this->put_part(bucket, "u", 1, pattern(40'000), "p");
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().kind, StoreErrorKind::kNoSuchUpload);
  const auto list = this->store().list_parts(bucket, "u", 0, 10);
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().kind, StoreErrorKind::kNoSuchUpload);
}

TYPED_TEST(UploadContract, CompletedUploadBecomesAnObjectOfTheListedPartsInOrder) {
  const auto bucket = this->make_bucket("b");
  this->start_upload(bucket, "k", "u");
  ASSERT_TRUE(this->put_part(bucket, "u", 1, pattern(70'000, 1), "p1"));
  ASSERT_TRUE(this->put_part(bucket, "u", 2, pattern(100, 2), "p2"));
  ASSERT_TRUE(this->put_part(bucket, "u", 3, pattern(80'000, 3), "p3"));
  ASSERT_TRUE(this->put_part(bucket, "u", 4, pattern(5, 4), "p4"));
  ASSERT_TRUE(this->complete(bucket, "u", "k", {{1, "p1"}, {2, "p2"}, {4, "p4"}}));
  EXPECT_EQ(this->get(bucket, "k"), pattern(70'000, 1) + pattern(100, 2) + pattern(5, 4));
  const auto found = this->store().find_upload(bucket, "k", "u");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->completed_etag, "whole-2");
  ASSERT_TRUE(this->remove(bucket, "k"));
  ASSERT_TRUE(this->run(this->store().delete_bucket(bucket)));
}

TYPED_TEST(UploadContract, CompletedUploadTakesNoMorePartsAndIsNotListed) {
  const auto bucket = this->make_bucket("b");
  this->start_upload(bucket, "k", "u");
  ASSERT_TRUE(this->put_part(bucket, "u", 1, "x", "p1"));
  ASSERT_TRUE(this->complete(bucket, "u", "k", {{1, "p1"}}));
  const auto kind = [](const auto& result) {
    EXPECT_FALSE(result);
    return result ? StoreErrorKind::kBroken : result.error().kind;
  };
  EXPECT_EQ(kind(this->put_part(bucket, "u", 2, "y", "p2")), StoreErrorKind::kNoSuchUpload);
  EXPECT_EQ(kind(this->complete(bucket, "u", "k", {{1, "p1"}})), StoreErrorKind::kNoSuchUpload);
  EXPECT_EQ(kind(this->run(this->store().abort_upload(bucket, "u"))),
            StoreErrorKind::kNoSuchUpload);
  EXPECT_EQ(kind(this->store().list_parts(bucket, "u", 0, 1)), StoreErrorKind::kNoSuchUpload);
  EXPECT_EQ(*this->store().scan_uploads(bucket)->next(), nullptr);
}

TYPED_TEST(UploadContract, MissingOrReplacedPartLeavesUploadAndObjectAsTheyWere) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", "old"));
  this->start_upload(bucket, "k", "u");
  ASSERT_TRUE(this->put_part(bucket, "u", 1, pattern(40'000), "p1"));
  for (const Store::PartReference& second :
       {Store::PartReference{2, "p2"}, Store::PartReference{1, "other"}}) {
    const auto completed = this->complete(bucket, "u", "k", {{1, "p1"}, second});
    ASSERT_FALSE(completed);
    EXPECT_EQ(completed.error().kind, StoreErrorKind::kPartsChanged);
  }
  EXPECT_EQ(this->get(bucket, "k"), "old");
  EXPECT_TRUE(this->complete(bucket, "u", "k", {{1, "p1"}}));
  EXPECT_EQ(this->get(bucket, "k"), pattern(40'000));
}

TYPED_TEST(UploadContract, RefusedCompletionCanBeTriedAgain) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", "old"));
  this->start_upload(bucket, "k", "u");
  ASSERT_TRUE(this->put_part(bucket, "u", 1, pattern(40'000), "p1"));
  const auto refused = this->complete(bucket, "u", "k", {{1, "p1"}}, only_if_missing());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, StoreErrorKind::kRefused);
  EXPECT_EQ(this->get(bucket, "k"), "old");
  EXPECT_TRUE(this->complete(bucket, "u", "k", {{1, "p1"}}));
  EXPECT_EQ(this->get(bucket, "k"), pattern(40'000));
}

TYPED_TEST(UploadContract, PartListedTwiceIsTwiceInTheObject) {
  const auto bucket = this->make_bucket("b");
  this->start_upload(bucket, "k", "u");
  ASSERT_TRUE(this->put_part(bucket, "u", 1, pattern(40'000), "p1"));
  ASSERT_TRUE(this->complete(bucket, "u", "k", {{1, "p1"}, {1, "p1"}}));
  EXPECT_EQ(this->get(bucket, "k"), pattern(40'000) + pattern(40'000));
  ASSERT_TRUE(this->remove(bucket, "k"));
}

TYPED_TEST(UploadContract, WrongKeyOfACompletionIsNoSuchUpload) {
  const auto bucket = this->make_bucket("b");
  this->start_upload(bucket, "k", "u");
  ASSERT_TRUE(this->put_part(bucket, "u", 1, "x", "p1"));
  const auto completed = this->complete(bucket, "u", "other", {{1, "p1"}});
  ASSERT_FALSE(completed);
  EXPECT_EQ(completed.error().kind, StoreErrorKind::kNoSuchUpload);
}

TYPED_TEST(UploadContract, AbortedUploadIsGone) {
  const auto bucket = this->make_bucket("b");
  this->start_upload(bucket, "k", "u");
  ASSERT_TRUE(this->put_part(bucket, "u", 1, pattern(40'000), "p1"));
  ASSERT_TRUE(this->run(this->store().abort_upload(bucket, "u")));
  EXPECT_FALSE(this->store().find_upload(bucket, "k", "u"));
  const auto again = this->run(this->store().abort_upload(bucket, "u"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, StoreErrorKind::kNoSuchUpload);
}

TYPED_TEST(UploadContract, UploadsAreScannedByKeyThenTimeThenId) {
  const auto bucket = this->make_bucket("b");
  this->start_upload(bucket, "b", "z", 2);
  this->start_upload(bucket, "b", "y", 1);
  this->start_upload(bucket, "b", "x", 2);
  this->start_upload(bucket, "a", "w", 9);
  this->start_upload(bucket, "c", "v", 0);
  const auto ids = [&](std::string_view key, bool after) {
    std::string out;
    auto cursor = this->store().scan_uploads(bucket);
    for (auto at = cursor->seek(key, after); at && *at; at = cursor->next()) {
      out += (*at)->upload_id;
    }
    return out;
  };
  EXPECT_EQ(ids("", false), "wyxzv");
  EXPECT_EQ(ids("b", false), "yxzv");
  EXPECT_EQ(ids("b", true), "v");
  EXPECT_EQ(ids("c", true), "");
}

TYPED_TEST(UploadContract, TenThousandPartsMakeOneObject) {
  const auto bucket = this->make_bucket("b");
  this->start_upload(bucket, "k", "u");
  std::vector<Store::PartReference> references;
  // Not through run(): reopening ten thousand times would only take long.
  for (std::uint32_t number = 1; number <= 10'000; ++number) {
    model::UploadedPart part;
    part.number = number;
    part.etag = std::to_string(number);
    references.push_back({number, part.etag});
    ASSERT_TRUE(
        task::run_blocking(this->store().put_part(bucket, "u", part, this->write(part.etag))));
  }
  ASSERT_TRUE(this->complete(bucket, "u", "k", references));
  std::string expected;
  for (const auto& reference : references) expected += reference.etag;
  EXPECT_EQ(this->get(bucket, "k"), expected);
}

}  // namespace
}  // namespace pail::store

#include "contract/version_contract.h"

namespace pail::store {
namespace {

template <typename Fixture>
class VersionContract : public VersionTests<Fixture> {};
TYPED_TEST_SUITE(VersionContract, Stores);

constexpr std::size_t kLarge = 60'000;

TYPED_TEST(VersionContract, NewVersionIsTheCurrentObjectAndTheOthersStayReadable) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", "one"));
  ASSERT_TRUE(this->put_version(bucket, "k", "v2", pattern(kLarge)));
  ASSERT_TRUE(this->put_version(bucket, "k", "v3", "three"));
  EXPECT_EQ(this->get(bucket, "k"), "three");
  EXPECT_EQ(this->get_version(bucket, "k", "v1"), "one");
  EXPECT_EQ(this->get_version(bucket, "k", "v2"), pattern(kLarge));
  EXPECT_EQ(this->get_version(bucket, "k", "v3"), "three");
  EXPECT_FALSE(this->get_version(bucket, "k", "v4"));
  EXPECT_FALSE(this->get_version(bucket, "k", "null"));
  EXPECT_EQ(this->versions(bucket), "k:v3* k:v2 k:v1");
  EXPECT_EQ(this->keys(bucket), std::vector<std::string>{"k"});
}

TYPED_TEST(VersionContract, UnknownBucketAndKeyHaveNoSuchVersion) {
  const auto bucket = this->make_bucket("b");
  for (const std::int64_t id : {bucket, bucket + 1}) {
    const auto found = this->store().find_object(id, "k", "null", Read::kVersionOnly);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, StoreErrorKind::kNoSuchVersion);
    EXPECT_EQ(this->versions(id), "");
  }
}

TYPED_TEST(VersionContract, ObjectOfABucketWithoutVersionsIsItsNullVersion) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", "x"));
  ASSERT_TRUE(this->put(bucket, "k", "y"));
  EXPECT_EQ(this->get_version(bucket, "k", "null"), "y");
  EXPECT_EQ(this->versions(bucket), "k:null*");
}

TYPED_TEST(VersionContract, NullVersionStaysWhenVersionsBeginAndIsReplacedWhenTheyAreSuspended) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", pattern(kLarge, 1)));
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", "one"));
  EXPECT_EQ(this->versions(bucket), "k:v1* k:null");
  EXPECT_EQ(this->get_version(bucket, "k", "null"), pattern(kLarge, 1));
  ASSERT_TRUE(this->put_version(bucket, "k", "v2", "two"));
  ASSERT_TRUE(this->put(bucket, "k", pattern(kLarge, 2)));
  EXPECT_EQ(this->versions(bucket), "k:null* k:v2 k:v1");
  EXPECT_EQ(this->get(bucket, "k"), pattern(kLarge, 2));
  ASSERT_TRUE(this->put(bucket, "k", pattern(kLarge, 3)));
  EXPECT_EQ(this->versions(bucket), "k:null* k:v2 k:v1");
  ASSERT_TRUE(this->put_version(bucket, "k", "v3", "three"));
  EXPECT_EQ(this->versions(bucket), "k:v3* k:null k:v2 k:v1");
  EXPECT_EQ(this->get_version(bucket, "k", "null"), pattern(kLarge, 3));
}

TYPED_TEST(VersionContract, DeleteMarkerHidesTheKeyAndCanBeFound) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", "one"));
  const auto deleted = this->mark(bucket, "k", "m1", 5000);
  ASSERT_TRUE(deleted);
  EXPECT_TRUE(deleted->existed);
  EXPECT_FALSE(deleted->was_delete_marker);
  EXPECT_EQ(this->versions(bucket), "k:m1!* k:v1");
  EXPECT_TRUE(this->keys(bucket).empty());
  for (const Read read : {Read::kVersionOnly, Read::kWithContent}) {
    const auto latest = this->store().find_object(bucket, "k", {}, read);
    ASSERT_TRUE(latest);
    EXPECT_TRUE(latest->version.is_delete_marker);
    EXPECT_EQ(latest->version.version_id, "m1");
    EXPECT_EQ(latest->version.key, "k");
    EXPECT_EQ(latest->version.last_modified, at_ms(5000));
    EXPECT_EQ(latest->content.size_bytes, 0U);
  }
  EXPECT_EQ(this->get_version(bucket, "k", "m1"), "marker");
  EXPECT_EQ(this->get_version(bucket, "k", "v1"), "one");
}

TYPED_TEST(VersionContract, KeyThatNeverWasAndOneThatIsDeletedGetDeleteMarkersToo) {
  const auto bucket = this->make_bucket("b");
  const auto first = this->mark(bucket, "k", "m1");
  EXPECT_TRUE(first && !first->existed);
  const auto second = this->mark(bucket, "k", "m2");
  EXPECT_TRUE(second && !second->existed);
  EXPECT_EQ(this->versions(bucket), "k:m2!* k:m1!");
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", "one"));
  EXPECT_EQ(this->versions(bucket), "k:v1* k:m2! k:m1!");
  EXPECT_EQ(this->get(bucket, "k"), "one");
}

TYPED_TEST(VersionContract, NullDeleteMarkerReplacesTheNullVersionWhereverItIs) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "only", pattern(kLarge)));
  ASSERT_TRUE(this->mark(bucket, "only", "null"));
  EXPECT_EQ(this->versions(bucket), "only:null!*");
  ASSERT_TRUE(this->mark(bucket, "only", "null"));
  EXPECT_EQ(this->versions(bucket), "only:null!*");
  ASSERT_TRUE(this->put(bucket, "only", "again"));
  EXPECT_EQ(this->versions(bucket), "only:null*");
  EXPECT_EQ(this->get(bucket, "only"), "again");
  ASSERT_TRUE(this->erase(bucket, "only", "null"));

  ASSERT_TRUE(this->put(bucket, "k", "null version"));
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", "one"));
  ASSERT_TRUE(this->mark(bucket, "k", "null"));
  EXPECT_EQ(this->versions(bucket), "k:null!* k:v1");
  ASSERT_TRUE(this->put_version(bucket, "k", "v2", "two"));
  EXPECT_EQ(this->versions(bucket), "k:v2* k:null! k:v1");
  ASSERT_TRUE(this->put(bucket, "k", "null again"));
  EXPECT_EQ(this->versions(bucket), "k:null* k:v2 k:v1");
}

TYPED_TEST(VersionContract, VersionThatIsDeletedIsGoneAndTheNextNewestIsTheLatest) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", pattern(kLarge, 1)));
  ASSERT_TRUE(this->put_version(bucket, "k", "v2", "two"));
  ASSERT_TRUE(this->mark(bucket, "k", "m1"));
  ASSERT_TRUE(this->put_version(bucket, "k", "v3", pattern(kLarge, 3)));

  const auto gone = this->erase(bucket, "k", "v2");
  EXPECT_TRUE(gone && gone->existed && !gone->was_delete_marker);
  EXPECT_EQ(this->versions(bucket), "k:v3* k:m1! k:v1");
  ASSERT_TRUE(this->erase(bucket, "k", "v3"));
  EXPECT_EQ(this->versions(bucket), "k:m1!* k:v1");
  EXPECT_FALSE(this->get(bucket, "k"));
  const auto marker = this->erase(bucket, "k", "m1");
  EXPECT_TRUE(marker && marker->existed && marker->was_delete_marker);
  EXPECT_EQ(this->versions(bucket), "k:v1*");
  EXPECT_EQ(this->get(bucket, "k"), pattern(kLarge, 1));
  EXPECT_EQ(this->keys(bucket), std::vector<std::string>{"k"});
  ASSERT_TRUE(this->erase(bucket, "k", "v1"));
  EXPECT_EQ(this->versions(bucket), "");
  const auto nothing = this->erase(bucket, "k", "v1");
  EXPECT_TRUE(nothing && !nothing->existed && !nothing->was_delete_marker);
  EXPECT_FALSE(this->store().find_object(bucket, "k", {}, Read::kVersionOnly));
}

TYPED_TEST(VersionContract, DeletionWithoutIdOrMarkerTakesTheCurrentObjectOnly) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", "one"));
  ASSERT_TRUE(this->mark(bucket, "k", "m1"));
  ASSERT_TRUE(this->put_version(bucket, "k", "v2", "two"));
  const auto gone = this->remove(bucket, "k");
  EXPECT_TRUE(gone && gone->existed);
  EXPECT_EQ(this->versions(bucket), "k:m1!* k:v1");
  const auto nothing = this->remove(bucket, "k");
  EXPECT_TRUE(nothing && !nothing->existed);
  EXPECT_EQ(this->versions(bucket), "k:m1!* k:v1");
}

TYPED_TEST(VersionContract, GuardsSeeWhatTheChangeIsAbout) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", "one"));
  ASSERT_TRUE(this->put_version(bucket, "k", "v2", "two"));
  std::string seen;
  const Guard refuse = [&seen](const model::ObjectVersion* version) {
    seen = version ? version->version_id + (version->is_delete_marker ? "!" : "") : "none";
    return std::optional(S3Error(S3ErrorCode::AccessDenied));
  };
  const auto refused = [](const auto& result) {
    return !result && result.error().kind == StoreErrorKind::kRefused;
  };
  EXPECT_TRUE(refused(this->erase(bucket, "k", "v1", refuse)));
  EXPECT_EQ(seen, "v1");
  EXPECT_TRUE(refused(this->erase(bucket, "k", "v2", refuse)));
  EXPECT_EQ(seen, "v2");
  EXPECT_TRUE(refused(this->erase(bucket, "k", "v9", refuse)));
  EXPECT_EQ(seen, "none");
  EXPECT_TRUE(refused(this->mark(bucket, "k", "m1", 0, refuse)));
  EXPECT_EQ(seen, "v2");
  EXPECT_TRUE(refused(this->put(bucket, "k", "x", refuse)));
  EXPECT_EQ(seen, "v2");
  EXPECT_EQ(this->versions(bucket), "k:v2* k:v1");
  ASSERT_TRUE(this->mark(bucket, "k", "m1"));
  EXPECT_TRUE(refused(this->put(bucket, "k", "x", refuse)));
  EXPECT_EQ(seen, "none");
  EXPECT_TRUE(refused(this->mark(bucket, "k", "m2", 0, refuse)));
  EXPECT_EQ(seen, "none");
  EXPECT_TRUE(refused(this->remove(bucket, "k", refuse)));
  EXPECT_EQ(seen, "none");
  EXPECT_TRUE(refused(this->erase(bucket, "k", "m1", refuse)));
  EXPECT_EQ(seen, "m1!");
  EXPECT_EQ(this->versions(bucket), "k:m1!* k:v2 k:v1");
}

TYPED_TEST(VersionContract, UpdateChangesOneVersionAndMayRefuse) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", pattern(kLarge)));
  ASSERT_TRUE(this->put_version(bucket, "k", "v2", "two"));
  const auto tag = [this, bucket](std::optional<std::string> id, std::string value) {
    return this->run(this->store().update_object(
        bucket, "k", std::move(id), [value](model::ObjectVersion& version) {
          version.attributes.tags = {{"t", value}};
          version.version_id = "other";
          return version.is_delete_marker ? std::optional(S3Error(S3ErrorCode::MethodNotAllowed))
                                          : std::nullopt;
        }));
  };
  const auto tag_of = [this, bucket](std::string_view id) {
    const auto found = this->store().find_object(bucket, "k", id, Read::kVersionOnly);
    if (!found || found->version.attributes.tags.empty()) return std::string();
    return found->version.attributes.tags[0].value;
  };
  ASSERT_TRUE(tag("v1", "old"));
  ASSERT_TRUE(tag({}, "new"));
  EXPECT_EQ(tag_of("v1"), "old");
  EXPECT_EQ(tag_of("v2"), "new");
  EXPECT_EQ(this->get_version(bucket, "k", "v1"), pattern(kLarge));
  const auto missing = tag("v3", "x");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, StoreErrorKind::kNoSuchVersion);
  ASSERT_TRUE(this->mark(bucket, "k", "m1"));
  for (const std::optional<std::string>& id :
       {std::optional<std::string>(), std::optional<std::string>("m1")}) {
    const auto refused = tag(id, "x");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, StoreErrorKind::kRefused);
    EXPECT_EQ(refused.error().refusal->code, S3ErrorCode::MethodNotAllowed);
  }
  EXPECT_EQ(tag_of("m1"), "");
  EXPECT_EQ(this->versions(bucket), "k:m1!* k:v2 k:v1");
}

TYPED_TEST(VersionContract, CompletedUploadIsAVersionLikeAnyOther) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", "null version"));
  this->start_upload(bucket, "k", "u");
  ASSERT_TRUE(this->put_part(bucket, "u", 1, pattern(kLarge), "p1"));
  model::ObjectVersion version = this->version_of("k", "whole-1");
  version.version_id = "v1";
  version.size_bytes = kLarge;
  ASSERT_TRUE(this->run(this->store().complete_upload(bucket, "u", {{1, "p1"}}, version, {})));
  EXPECT_EQ(this->versions(bucket), "k:v1* k:null");
  this->start_upload(bucket, "k", "u2");
  ASSERT_TRUE(this->put_part(bucket, "u2", 1, pattern(kLarge, 2), "p1"));
  ASSERT_TRUE(this->complete(bucket, "u2", "k", {{1, "p1"}}));
  EXPECT_EQ(this->versions(bucket), "k:null* k:v1");
  EXPECT_EQ(this->get_version(bucket, "k", "v1"), pattern(kLarge));
  EXPECT_EQ(this->get(bucket, "k"), pattern(kLarge, 2));
}

TYPED_TEST(VersionContract, BucketIsEmptyOnlyWithoutVersionsAndMarkers) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", "one"));
  ASSERT_TRUE(this->mark(bucket, "k", "m1"));
  const auto deleted = [this, bucket] { return this->run(this->store().delete_bucket(bucket)); };
  EXPECT_EQ(deleted().error().kind, StoreErrorKind::kBucketNotEmpty);
  ASSERT_TRUE(this->erase(bucket, "k", "v1"));
  EXPECT_EQ(deleted().error().kind, StoreErrorKind::kBucketNotEmpty);
  ASSERT_TRUE(this->erase(bucket, "k", "m1"));
  EXPECT_TRUE(deleted());
}

TYPED_TEST(VersionContract, CopySharesBytesWithAVersionAndOutlivesIt) {
  const auto bucket = this->make_bucket("b");
  for (const std::size_t size : {std::size_t{100}, kLarge}) {
    ASSERT_TRUE(this->put_version(bucket, "k", "v1", pattern(size)));
    ASSERT_TRUE(this->put_version(bucket, "k", "v2", "two"));
    auto source = this->store().find_object(bucket, "k", "v1", Read::kWithContent);
    ASSERT_TRUE(source);
    model::ObjectVersion copy = this->version_of("k");
    copy.version_id = "v3";
    ASSERT_TRUE(this->run(this->store().put_object(bucket, copy, source->content, {})));
    source = Unexpected{StoreError{}};
    ASSERT_TRUE(this->erase(bucket, "k", "v1"));
    EXPECT_EQ(this->get(bucket, "k"), pattern(size));
    ASSERT_TRUE(this->erase(bucket, "k", "v3"));
    EXPECT_EQ(this->versions(bucket), "k:v2*");
    ASSERT_TRUE(this->erase(bucket, "k", "v2"));
  }
}

}  // namespace
}  // namespace pail::store

#include "contract/snapshot_contract.h"

#include <algorithm>

namespace pail::store {
namespace {

template <typename Fixture>
class SnapshotContract : public SnapshotTests<Fixture> {};
TYPED_TEST_SUITE(SnapshotContract, Stores);

TYPED_TEST(SnapshotContract, SnapshotsAreListedInTheOrderInWhichTheyWereSaved) {
  EXPECT_EQ(this->saved(), Lines{});
  this->save("seed", 5);
  this->save("after", 7);
  EXPECT_EQ(this->saved(), (Lines{"seed", "after"}));
  EXPECT_EQ(this->store().list_snapshots()->at(0).created, at_ms(5));
  this->save("seed", 9);
  EXPECT_EQ(this->saved(), (Lines{"after", "seed"}));
  EXPECT_EQ(this->store().list_snapshots()->at(1).created, at_ms(9));
  this->drop("after");
  EXPECT_EQ(this->saved(), Lines{"seed"});
}

TYPED_TEST(SnapshotContract, UnknownSnapshotIsSaidToBeUnknown) {
  this->save("known");
  const auto restored = this->run(this->store().restore_snapshot("other"));
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().kind, StoreErrorKind::kNoSuchSnapshot);
  const auto dropped = this->run(this->store().drop_snapshot("other"));
  ASSERT_FALSE(dropped);
  EXPECT_EQ(dropped.error().kind, StoreErrorKind::kNoSuchSnapshot);
  const DifferenceVisitor nobody = [](const Difference&) { return true; };
  for (const auto& compared : {this->store().compare_snapshots("other", "known", nobody),
                               this->store().compare_snapshots("known", "other", nobody)}) {
    ASSERT_FALSE(compared);
    EXPECT_EQ(compared.error().kind, StoreErrorKind::kNoSuchSnapshot);
  }
}

TYPED_TEST(SnapshotContract, RestoredObjectsAreAsTheyWere) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "changed", "old"));
  ASSERT_TRUE(this->put(bucket, "changed-large", pattern(50'000, 1)));
  ASSERT_TRUE(this->put(bucket, "removed", "gone"));
  ASSERT_TRUE(this->put(bucket, "removed-large", pattern(50'000, 2)));
  ASSERT_TRUE(this->put(bucket, "same", pattern(50'000, 3)));
  this->save("s");
  ASSERT_TRUE(this->put(bucket, "changed", "new"));
  ASSERT_TRUE(this->put(bucket, "changed-large", pattern(60'000, 4)));
  ASSERT_TRUE(this->put(bucket, "added", pattern(50'000, 5)));
  ASSERT_TRUE(this->remove(bucket, "removed"));
  ASSERT_TRUE(this->remove(bucket, "removed-large"));
  this->restore("s");
  EXPECT_EQ(this->keys(bucket),
            (Lines{"changed", "changed-large", "removed", "removed-large", "same"}));
  EXPECT_EQ(this->get(bucket, "changed"), "old");
  EXPECT_EQ(this->get(bucket, "changed-large"), pattern(50'000, 1));
  EXPECT_EQ(this->get(bucket, "removed"), "gone");
  EXPECT_EQ(this->get(bucket, "removed-large"), pattern(50'000, 2));
  EXPECT_EQ(this->get(bucket, "same"), pattern(50'000, 3));
}

TYPED_TEST(SnapshotContract, SnapshotIsRestoredAgainAndAgain) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", "seed"));
  this->save("s");
  for (int round = 0; round < 4; ++round) {
    ASSERT_TRUE(this->put(bucket, "k", "round " + std::to_string(round)));
    ASSERT_TRUE(this->put(bucket, "k" + std::to_string(round), pattern(40'000)));
    if (round == 2) {
      ASSERT_TRUE(this->remove(bucket, "k"));
    }
    this->restore("s");
    EXPECT_EQ(this->get(bucket, "k"), "seed");
    EXPECT_EQ(this->keys(bucket), Lines{"k"});
  }
}

TYPED_TEST(SnapshotContract, ClearedStoreComesBack) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->run(this->store().put_bucket_document(bucket, "policy", "{}")));
  ASSERT_TRUE(this->put(bucket, "small", "x"));
  ASSERT_TRUE(this->put(bucket, "large", pattern(50'000)));
  this->save("s");
  ASSERT_TRUE(this->run(this->store().clear()));
  EXPECT_EQ(this->saved(), Lines{"s"});
  const auto other = this->make_bucket("b");
  ASSERT_TRUE(this->put(other, "large", "another"));
  this->restore("s");
  const auto found = this->store().find_bucket("b");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->id, bucket);
  EXPECT_EQ(found->documents.at("policy"), "{}");
  EXPECT_EQ(this->store().list_buckets("", "", 10).size(), 1U);
  EXPECT_EQ(this->get(bucket, "small"), "x");
  EXPECT_EQ(this->get(bucket, "large"), pattern(50'000));
  EXPECT_FALSE(this->get(other, "large"));
  const auto put = this->put(other, "k", "x");
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().kind, StoreErrorKind::kNoSuchBucket);
}

TYPED_TEST(SnapshotContract, ClearedBucketComesBack) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", pattern(50'000)));
  this->save("s");
  ASSERT_TRUE(this->run(this->store().clear_bucket(bucket)));
  EXPECT_TRUE(this->keys(bucket).empty());
  this->restore("s");
  EXPECT_EQ(this->get(bucket, "k"), pattern(50'000));
}

TYPED_TEST(SnapshotContract, BucketsThatWereMadeAndDeletedAreAsTheyWere) {
  const auto deleted = this->make_bucket("deleted");
  this->save("s");
  ASSERT_TRUE(this->run(this->store().delete_bucket(deleted)));
  const auto made = this->make_bucket("made");
  this->restore("s");
  EXPECT_EQ(this->store().find_bucket("made"), nullptr);
  ASSERT_NE(this->store().find_bucket("deleted"), nullptr);
  EXPECT_EQ(this->store().find_bucket("deleted")->id, deleted);
  EXPECT_GT(this->make_bucket("made"), made) << "ids are not given again";
}

TYPED_TEST(SnapshotContract, RestoredBucketHasARevisionThatItNeverHadWhileTheStoreIsOpen) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->run(this->store().put_bucket_document(bucket, "cors", "one")));
  this->save("s");
  std::vector<std::uint64_t> revisions{this->store().find_bucket("b")->revision};
  const auto restore = [&] {
    EXPECT_TRUE(task::run_blocking(this->store().restore_snapshot("s")));
    EXPECT_EQ(this->store().find_bucket("b")->documents.at("cors"), "one");
    revisions.push_back(this->store().find_bucket("b")->revision);
  };
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(task::run_blocking(this->store().put_bucket_document(bucket, "cors", "two")));
    revisions.push_back(this->store().find_bucket("b")->revision);
    restore();
  }
  ASSERT_TRUE(task::run_blocking(this->store().clear()));
  restore();
  EXPECT_TRUE(std::ranges::is_sorted(revisions));
  EXPECT_EQ(std::ranges::adjacent_find(revisions), revisions.end());
}

TYPED_TEST(SnapshotContract, VersionsAndMarkersAreAsTheyWere) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", "one"));
  ASSERT_TRUE(this->put_version(bucket, "k", "v2", "two"));
  ASSERT_TRUE(this->mark(bucket, "m", "m1"));
  this->save("s");
  ASSERT_TRUE(this->put_version(bucket, "k", "v3", "three"));
  ASSERT_TRUE(this->mark(bucket, "k", "m2"));
  ASSERT_TRUE(this->put_version(bucket, "m", "v4", "four"));
  EXPECT_EQ(this->versions(bucket), "k:m2!* k:v3 k:v2 k:v1 m:v4* m:m1!");
  this->restore("s");
  EXPECT_EQ(this->versions(bucket), "k:v2* k:v1 m:m1!*");
  EXPECT_EQ(this->get(bucket, "k"), "two");
  // What the store knows of the versions of a bucket must have come back with them.
  ASSERT_TRUE(this->erase(bucket, "k", "v2"));
  EXPECT_EQ(this->get(bucket, "k"), "one");
}

TYPED_TEST(SnapshotContract, BucketWithoutVersionsHasThemAgainWhereASnapshotSaysSo) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", "one"));
  ASSERT_TRUE(this->put_version(bucket, "k", "v2", "two"));
  this->save("with");
  ASSERT_TRUE(this->run(this->store().clear_bucket(bucket)));
  ASSERT_TRUE(this->put(bucket, "other", "x"));
  ASSERT_TRUE(this->remove(bucket, "other"));
  this->restore("with");
  ASSERT_TRUE(this->remove(bucket, "k"));
  EXPECT_EQ(this->get(bucket, "k"), "one");
}

TYPED_TEST(SnapshotContract, UploadsAreAsTheyWere) {
  const auto bucket = this->make_bucket("b");
  this->start_upload(bucket, "k", "completed");
  this->start_upload(bucket, "k", "aborted");
  ASSERT_TRUE(this->put_part(bucket, "completed", 1, pattern(50'000, 1), "p1"));
  ASSERT_TRUE(this->put_part(bucket, "aborted", 1, pattern(50'000, 2), "p1"));
  this->save("s");
  ASSERT_TRUE(this->put_part(bucket, "completed", 2, "more", "p2"));
  ASSERT_TRUE(this->complete(bucket, "completed", "k", {{1, "p1"}, {2, "p2"}}));
  ASSERT_TRUE(this->run(this->store().abort_upload(bucket, "aborted")));
  this->start_upload(bucket, "k", "new");
  this->restore("s");
  EXPECT_FALSE(this->get(bucket, "k"));
  EXPECT_FALSE(this->store().find_upload(bucket, "k", "new"));
  EXPECT_EQ(this->store().find_upload(bucket, "k", "completed")->completed_etag, "");
  const auto parts = this->store().list_parts(bucket, "completed", 0, 10);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 1U);
  ASSERT_TRUE(this->complete(bucket, "aborted", "k", {{1, "p1"}}));
  EXPECT_EQ(this->get(bucket, "k"), pattern(50'000, 2));
}

TYPED_TEST(SnapshotContract, SnapshotsAreRestoredInAnyOrder) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", "one"));
  ASSERT_TRUE(this->put(bucket, "first", pattern(50'000, 1)));
  this->save("1");
  ASSERT_TRUE(this->put(bucket, "k", "two"));
  ASSERT_TRUE(this->remove(bucket, "first"));
  ASSERT_TRUE(this->put(bucket, "second", pattern(50'000, 2)));
  this->save("2");
  ASSERT_TRUE(this->put(bucket, "k", "three"));
  ASSERT_TRUE(this->put(bucket, "third", pattern(50'000, 3)));
  this->save("3");
  ASSERT_TRUE(this->put(bucket, "k", "four"));
  for (const char* name : {"1", "3", "2", "3", "1", "2", "2", "1"}) {
    ASSERT_TRUE(this->put(bucket, "between", "x"));
    this->restore(name);
    const auto number = static_cast<std::size_t>(name[0] - '0');
    EXPECT_EQ(this->get(bucket, "k"), (Lines{"one", "two", "three"})[number - 1]) << name;
    EXPECT_EQ(
        this->keys(bucket),
        (std::vector<Lines>{{"first", "k"}, {"k", "second"}, {"k", "second", "third"}})[number - 1])
        << name;
  }
  this->restore("3");
  EXPECT_EQ(this->get(bucket, "second"), pattern(50'000, 2));
  EXPECT_EQ(this->get(bucket, "third"), pattern(50'000, 3));
}

TYPED_TEST(SnapshotContract, DroppedSnapshotTakesNothingFromTheOthers) {
  for (const std::string dropped : {"1", "2", "3"}) {
    ASSERT_TRUE(this->run(this->store().clear()));
    const auto bucket = this->make_bucket("b");
    for (const std::string name : {"1", "2", "3"}) {
      ASSERT_TRUE(this->put(bucket, "k", name));
      ASSERT_TRUE(this->put(bucket, "large-" + name, pattern(40'000)));
      this->save(name);
    }
    ASSERT_TRUE(this->run(this->store().clear_bucket(bucket)));
    this->drop(dropped);
    for (const std::string name : {"2", "1", "3"}) {
      if (name == dropped) continue;
      this->restore(name);
      EXPECT_EQ(this->get(bucket, "k"), name) << dropped;
      EXPECT_EQ(this->keys(bucket).size(), 1U + static_cast<std::size_t>(name[0] - '0'));
      EXPECT_EQ(this->get(bucket, "large-1"), pattern(40'000));
    }
    for (const std::string& name : this->saved()) this->drop(name);
    EXPECT_TRUE(this->get(bucket, "k"));
  }
  EXPECT_EQ(this->saved(), Lines{});
}

TYPED_TEST(SnapshotContract, WhatIsCopiedBetweenStatesIsNotLost) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", pattern(50'000)));
  this->save("s");
  {
    // Held across the deletion of its object, and named again after it.
    auto source = this->store().find_object(bucket, "k", {}, Read::kWithContent);
    ASSERT_TRUE(source);
    std::vector<Store::Deletion> deletions;
    deletions.push_back({"k"});
    ASSERT_TRUE(
        task::run_blocking(this->store().delete_objects(bucket, std::move(deletions))).at(0));
    auto copied = task::run_blocking(
        this->store().put_object(bucket, this->version_of("copy"), std::move(source->content), {}));
    ASSERT_TRUE(copied);
  }
  this->settle();
  EXPECT_EQ(this->get(bucket, "copy"), pattern(50'000));
  this->restore("s");
  EXPECT_FALSE(this->get(bucket, "copy"));
  EXPECT_EQ(this->get(bucket, "k"), pattern(50'000));
  this->drop("s");
  EXPECT_EQ(this->get(bucket, "k"), pattern(50'000));
}

TYPED_TEST(SnapshotContract, WhoeverReadsGetsTheBytesToTheirEnd) {
  const auto bucket = this->make_bucket("b");
  this->save("empty");
  ASSERT_TRUE(this->put(bucket, "small", "bytes"));
  ASSERT_TRUE(this->put(bucket, "large", pattern(50'000)));
  auto small = this->store().find_object(bucket, "small", {}, Read::kWithContent);
  auto large = this->store().find_object(bucket, "large", {}, Read::kWithContent);
  auto cursor = this->store().scan_objects(bucket);
  ASSERT_TRUE(small && large && *cursor->next());
  ASSERT_TRUE(task::run_blocking(this->store().restore_snapshot("empty")));
  EXPECT_TRUE(cursor->next());
  EXPECT_EQ(this->read(std::move(small->content)), "bytes");
  EXPECT_EQ(this->read(std::move(large->content)), pattern(50'000));
  EXPECT_FALSE(this->get(bucket, "small"));
}

TYPED_TEST(SnapshotContract, SnapshotOfThatNameIsReplaced) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", "old"));
  this->save("s");
  this->save("other");
  ASSERT_TRUE(this->put(bucket, "k", "new"));
  this->save("s");
  ASSERT_TRUE(this->put(bucket, "k", "newer"));
  this->restore("s");
  EXPECT_EQ(this->get(bucket, "k"), "new");
  this->restore("other");
  EXPECT_EQ(this->get(bucket, "k"), "old");
}

}  // namespace
}  // namespace pail::store

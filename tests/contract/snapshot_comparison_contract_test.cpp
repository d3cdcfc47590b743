#include "contract/snapshot_contract.h"

namespace pail::store {
namespace {

template <typename Fixture>
class SnapshotComparison : public SnapshotTests<Fixture> {};
TYPED_TEST_SUITE(SnapshotComparison, Stores);

TYPED_TEST(SnapshotComparison, ComparisonShowsWhatWasAddedChangedAndRemoved) {
  const auto bucket = this->make_bucket("b");
  const auto gone = this->make_bucket("a-gone");
  ASSERT_TRUE(this->put(gone, "x", "x"));
  for (const char* key : {"changed", "removed", "same", "touched"}) {
    ASSERT_TRUE(this->put(bucket, key, "1"));
  }
  this->save("one");
  EXPECT_EQ(this->differences("one"), Lines{});
  ASSERT_TRUE(this->put(bucket, "added", "1"));
  ASSERT_TRUE(this->put(bucket, "changed", "22"));
  ASSERT_TRUE(this->remove(bucket, "removed"));
  ASSERT_TRUE(this->put(bucket, "touched", "22"));
  ASSERT_TRUE(this->put(bucket, "touched", "1"));
  ASSERT_TRUE(this->put(bucket, "for a moment", "1"));
  ASSERT_TRUE(this->remove(bucket, "for a moment"));
  ASSERT_TRUE(this->remove(gone, "x"));
  ASSERT_TRUE(this->run(this->store().delete_bucket(gone)));
  this->make_bucket("new");
  const Lines expected{"-a-gone", "-a-gone/x", "+b/added", "~b/changed", "-b/removed", "+new"};
  EXPECT_EQ(this->differences("one"), expected);
  this->save("two");
  ASSERT_TRUE(this->run(this->store().put_bucket_document(bucket, "cors", "x")));
  ASSERT_TRUE(this->put(bucket, "later", "1"));
  EXPECT_EQ(this->differences("one", "two"), expected);
  EXPECT_EQ(this->differences("two", "one"),
            (Lines{"+a-gone", "+a-gone/x", "-b/added", "~b/changed", "+b/removed", "-new"}));
  EXPECT_EQ(this->differences("two"), (Lines{"~b", "+b/later"}));
  EXPECT_EQ(this->differences("one", "one"), Lines{});
  this->restore("one");
  EXPECT_EQ(this->differences("one"), Lines{});
  EXPECT_EQ(this->differences("one", "two"), expected);
}

TYPED_TEST(SnapshotComparison, BucketsAreComparedByNameAndKeysWithTheirVersions) {
  const auto bucket = this->make_bucket("b");
  ASSERT_TRUE(this->put(bucket, "k", "1"));
  ASSERT_TRUE(this->put(bucket, "old", "1"));
  const auto versioned = this->make_bucket("v");
  ASSERT_TRUE(this->put_version(versioned, "k", "v1", "1"));
  ASSERT_TRUE(this->put_version(versioned, "k", "v2", "2"));
  ASSERT_TRUE(this->put_version(versioned, "marked", "v1", "1"));
  this->save("s");
  for (const char* key : {"k", "old"}) ASSERT_TRUE(this->remove(bucket, key));
  ASSERT_TRUE(this->run(this->store().delete_bucket(bucket)));
  const auto again = this->make_bucket("b");
  ASSERT_TRUE(this->put(again, "k", "1"));
  ASSERT_TRUE(this->put(again, "new", "1"));
  ASSERT_TRUE(this->erase(versioned, "k", "v1"));
  ASSERT_TRUE(this->mark(versioned, "marked", "m1"));
  EXPECT_EQ(this->differences("s"), (Lines{"+b/new", "-b/old", "~v/k", "-v/marked"}));
}

TYPED_TEST(SnapshotComparison, VisitorThatWantsNoMoreIsNotAsked) {
  const auto bucket = this->make_bucket("b");
  this->save("s");
  for (const char* key : {"1", "2", "3"}) ASSERT_TRUE(this->put(bucket, key, "x"));
  int asked = 0;
  ASSERT_TRUE(this->store().compare_snapshots("s", {},
                                              [&asked](const Difference&) { return ++asked < 2; }));
  EXPECT_EQ(asked, 2);
}

}  // namespace
}  // namespace pail::store

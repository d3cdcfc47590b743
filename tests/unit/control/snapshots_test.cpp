#include "control_fixture.h"

namespace pail::control {
namespace {

struct SnapshotsTest : ControlTest {
  void make_bucket(const std::string& name) {
    model::Bucket bucket;
    bucket.name = name;
    ASSERT_TRUE(task::run_blocking(spaces->home().store().create_bucket(bucket)));
  }
  bool has_bucket(const std::string& name) {
    return spaces->home().store().find_bucket(name) != nullptr;
  }
};

TEST_F(SnapshotsTest, BringBackWhatWas) {
  EXPECT_EQ(call("PUT", "/snapshots/before").status, 204);
  make_bucket("later");
  const Json differences = call_json("GET", "/snapshots/before/changes")["differences"];
  ASSERT_EQ(differences.size(), 1U);
  EXPECT_EQ(differences[0]["bucket"], "later");
  EXPECT_EQ(differences[0]["kind"], "added");
  EXPECT_EQ(call("POST", "/snapshots/before/restore").status, 204);
  EXPECT_FALSE(has_bucket("later"));
  EXPECT_TRUE(has_bucket("photos"));
}

TEST_F(SnapshotsTest, AreListedAndDropped) {
  call("PUT", "/snapshots/one");
  call("PUT", "/snapshots/two");
  EXPECT_EQ(call_json("GET", "/snapshots")["snapshots"].size(), 2U);
  EXPECT_EQ(call("DELETE", "/snapshots/one").status, 204);
  EXPECT_EQ(call("DELETE", "/snapshots/one").status, 404);
  EXPECT_EQ(call("POST", "/snapshots/one/restore").status, 404);
  EXPECT_EQ(call("GET", "/snapshots/one/changes").status, 404);
  EXPECT_EQ(call("GET", "/snapshots/two/changes?with=one").status, 404);
}

TEST_F(SnapshotsTest, LeadBackToTheStartOnReset) {
  make_bucket("later");
  call("POST", "/faults", R"({"operation":"PutObject","error":"SlowDown"})");
  call("PUT", "/clock", R"({"time":"2030-01-01T00:00:00Z","settle":false})");
  EXPECT_EQ(call("POST", "/reset").status, 204);
  EXPECT_FALSE(has_bucket("later"));
  EXPECT_TRUE(has_bucket("photos"));
  EXPECT_EQ(call_json("GET", "/faults")["rules"].size(), 0U);
  EXPECT_EQ(call_json("GET", "/clock")["adjusted"], false);
}

TEST_F(SnapshotsTest, ResetOneBucketAlone) {
  make_bucket("other");
  EXPECT_EQ(call("POST", "/reset", R"({"bucket":"photos"})").status, 204);
  EXPECT_TRUE(has_bucket("other"));
  EXPECT_TRUE(has_bucket("photos"));
  EXPECT_EQ(call("POST", "/reset", R"({"bucket":"nowhere"})").status, 404);
}

}  // namespace
}  // namespace pail::control

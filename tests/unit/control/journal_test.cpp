#include "journal/journal.h"

#include <thread>

#include "control_fixture.h"

namespace pail::control {
namespace {

struct JournalTest : ControlTest {
  /// A request that is refused, as nobody signs it.
  void ask(const std::string& target) {
    const http::Response response = send("GET", target, from_localhost());
    ASSERT_TRUE(response.on_delivered);
    response.on_delivered({});
  }
};

TEST_F(JournalTest, ShowsWhatMatches) {
  ask("/photos/a");
  ask("/photos/b");
  ask("/");
  EXPECT_EQ(call_json("GET", "/journal")["entries"].size(), 3U);
  const Json entries = call_json("GET", "/journal?operation=Get*&key=b")["entries"];
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0]["key"], "b");
  EXPECT_EQ(entries[0]["error_code"], "AccessDenied");
  EXPECT_EQ(call_json("GET", "/journal?limit=1&newest_first=true")["entries"][0]["operation"],
            "ListBuckets");
}

TEST_F(JournalTest, RefusesConditionsThatItDoesNotKnow) {
  EXPECT_EQ(call("GET", "/journal?opration=GetObject").status, 400);
  EXPECT_EQ(call("GET", "/journal?status=many").status, 400);
  EXPECT_EQ(call("GET", "/journal?limit=many").status, 400);
}

TEST_F(JournalTest, WaitsUntilEnoughHaveCome) {
  ask("/photos/a");
  std::thread later([this] { ask("/photos/b"); });
  EXPECT_EQ(
      call_json("GET", "/journal/wait?operation=GetObject&count=2&timeout_s=10")["entries"].size(),
      2U);
  later.join();
}

TEST_F(JournalTest, SaysWhenTheyDoNotCome) {
  EXPECT_EQ(call("GET", "/journal/wait?operation=PutObject&timeout_s=0").status, 408);
}

TEST_F(JournalTest, IsExportedAsLinesAndAsAnArchive) {
  ask("/photos/a");
  const Reply lines = call("GET", "/journal/export");
  EXPECT_EQ(Json::parse(lines.body)["key"], "a");
  const Json archive = call_json("GET", "/journal/export?format=har");
  EXPECT_EQ(archive["log"]["version"], "1.2");
  EXPECT_EQ(call("GET", "/journal/export?format=xml").status, 400);
}

TEST_F(JournalTest, ExplainsARequest) {
  ask("/photos/a");
  const std::string id = call_json("GET", "/journal")["entries"][0]["request_id"];
  EXPECT_EQ(call_json("GET", "/journal/" + id + "/explain")["cause"], "access");
  const Reply text = call("GET", "/journal/" + id + "/explain?format=text");
  EXPECT_NE(text.body.find("AccessDenied"), std::string::npos) << text.body;
  EXPECT_EQ(call("GET", "/journal/unknown/explain").status, 404);
}

TEST_F(JournalTest, CanBeCleared) {
  ask("/photos/a");
  EXPECT_EQ(call("DELETE", "/journal").status, 204);
  EXPECT_EQ(call_json("GET", "/journal")["entries"].size(), 0U);
}

TEST_F(JournalTest, IsLookedThroughForWhatFailsOnAws) {
  EXPECT_TRUE(call_json("GET", "/lint")["findings"].is_array());
  EXPECT_NE(call("GET", "/lint?format=text").body, "");
}

}  // namespace
}  // namespace pail::control

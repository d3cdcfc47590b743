#include "journal/journal.h"

#include <future>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "unit/journal/records.h"

namespace pail::journal {
namespace {

using namespace std::chrono_literals;

constexpr auto kLong = 20s;  // never reached when all is well

RequestRecord put(const std::string& key) { return test::request_record("PutObject", "b", key); }

std::string keys(const std::vector<EntryPtr>& entries) {
  std::string all;
  for (const EntryPtr& entry : entries) all += entry->record.key;
  return all;
}

Filter key_is(std::string pattern) {
  Filter filter;
  filter.key = std::move(pattern);
  return filter;
}

void fill(Journal& journal, std::string_view keys) {
  for (const char key : keys) journal.append(put(std::string(1, key)));
}

TEST(Journal, CountsFromOne) {
  Journal journal;
  fill(journal, "ab");
  const auto entries = journal.find({});
  ASSERT_EQ(keys(entries), "ab");
  EXPECT_EQ(entries[0]->sequence, 1U);
  EXPECT_EQ(entries[1]->sequence, 2U);
}

TEST(Journal, FindsInBothOrdersAndAtMostSoMany) {
  Journal journal;
  fill(journal, "abcd");
  EXPECT_EQ(keys(journal.find({}, 2)), "ab");
  EXPECT_EQ(keys(journal.find({}, 3, Order::kNewestFirst)), "dcb");
  EXPECT_EQ(keys(journal.find(key_is("c"))), "c");
  EXPECT_EQ(keys(journal.find({}, 0)), "");
}

TEST(Journal, TheOldestGoWhenThereAreTooMany) {
  Journal journal({.entries_most = 2});
  fill(journal, "abcd");
  EXPECT_EQ(keys(journal.find({})), "cd");
  const Counts counts = journal.counts();
  EXPECT_EQ(counts.appended, 4U);
  EXPECT_EQ(counts.kept, 2U);
  EXPECT_EQ(counts.dropped, 2U);
}

TEST(Journal, TheOldestGoWhenTheyTakeTooMuch) {
  const std::size_t one = memory_bytes(*test::entry_of(put(std::string(1000, 'a'))));
  Journal journal({.entries_most = 100, .bytes_most = 3 * one});
  for (int i = 0; i < 10; ++i) journal.append(put(std::string(1000, 'a')));
  EXPECT_EQ(journal.counts().kept, 3U);
  EXPECT_LE(journal.counts().bytes, 3 * one);
}

TEST(Journal, TheNewestIsKeptHoweverLargeItIs) {
  Journal journal({.entries_most = 100, .bytes_most = 1});
  fill(journal, "ab");
  EXPECT_EQ(keys(journal.find({})), "b");
}

TEST(Journal, FindsARequestByItsId) {
  Journal journal;
  auto record = put("a");
  record.request_id = "ABC";
  journal.append(record);
  fill(journal, "b");
  ASSERT_NE(journal.find_request("ABC"), nullptr);
  EXPECT_EQ(journal.find_request("ABC")->record.key, "a");
  EXPECT_EQ(journal.find_request("AB"), nullptr);
}

TEST(Journal, ClearingForgetsButGoesOnCounting) {
  Journal journal;
  fill(journal, "ab");
  const auto before = journal.find({});
  journal.clear();
  EXPECT_TRUE(journal.find({}).empty());
  EXPECT_EQ(journal.counts().bytes, 0U);
  fill(journal, "c");
  EXPECT_EQ(journal.find({})[0]->sequence, 3U);
  EXPECT_EQ(keys(before), "ab");
}

TEST(Journal, WaitReturnsAtOnceWhatIsThere) {
  Journal journal;
  fill(journal, "abc");
  EXPECT_EQ(keys(journal.wait({}, 2, kLong)), "ab");
  EXPECT_EQ(keys(journal.wait({}, 0, kLong)), "");
}

TEST(Journal, WaitReturnsWhenTheLastOneCame) {
  Journal journal;
  fill(journal, "xa");
  auto waiting =
      std::async(std::launch::async, [&] { return keys(journal.wait(key_is("[abc]"), 1, kLong)); });
  auto two = std::async(std::launch::async, [&] {
    Filter filter = key_is("?");
    filter.after_sequence = 2;
    return keys(journal.wait(filter, 2, kLong));
  });
  fill(journal, "y");
  journal.append(put("[abc]"));
  fill(journal, "z");
  EXPECT_EQ(waiting.get(), "[abc]");
  EXPECT_EQ(two.get(), "yz");
}

TEST(Journal, WaitReturnsWhatThereIsWhenTheTimeIsOver) {
  Journal journal;
  fill(journal, "ab");
  EXPECT_EQ(keys(journal.wait({}, 3, 1ms)), "ab");
  EXPECT_EQ(keys(journal.wait({}, 3, -1ms)), "ab");
}

TEST(Journal, ClosingEndsAllWaits) {
  Journal journal;
  fill(journal, "a");
  std::string found = "none";
  const Watch watch =
      journal.watch({}, 2, [&](const std::vector<EntryPtr>& entries) { found = keys(entries); });
  EXPECT_EQ(found, "none");
  journal.close();
  EXPECT_EQ(found, "a");
  EXPECT_EQ(keys(journal.wait({}, 9, kLong)), "a");
}

TEST(Journal, AWatchIsCalledOnce) {
  Journal journal;
  int calls = 0;
  std::string found;
  const Watch watch = journal.watch({}, 2, [&](const std::vector<EntryPtr>& entries) {
    ++calls;
    found = keys(entries);
  });
  fill(journal, "abcd");
  journal.close();
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(found, "ab");
}

TEST(Journal, AWatchThatIsFulfilledAlreadyIsCalledAtOnce) {
  Journal journal;
  fill(journal, "a");
  std::string found;
  const Watch watch =
      journal.watch({}, 1, [&](const std::vector<EntryPtr>& entries) { found = keys(entries); });
  EXPECT_EQ(found, "a");
}

TEST(Journal, WhoDestroysHisWatchIsNotCalled) {
  Journal journal;
  bool called = false;
  {
    const Watch watch = journal.watch({}, 1, [&](const std::vector<EntryPtr>&) { called = true; });
  }
  fill(journal, "a");
  EXPECT_FALSE(called);
}

TEST(Journal, AWatchMayOutliveTheJournal) {
  std::string found;
  Watch watch;
  {
    Journal journal;
    watch =
        journal.watch({}, 5, [&](const std::vector<EntryPtr>& entries) { found = keys(entries); });
    fill(journal, "ab");
  }
  EXPECT_EQ(found, "ab");
}

TEST(Journal, WhoWaitsCountsAnewAfterClearing) {
  Journal journal;
  std::string found;
  const Watch watch =
      journal.watch({}, 2, [&](const std::vector<EntryPtr>& entries) { found = keys(entries); });
  fill(journal, "a");
  journal.clear();
  fill(journal, "b");
  EXPECT_EQ(found, "");
  fill(journal, "c");
  EXPECT_EQ(found, "bc");
}

TEST(Journal, NobodyWaitsForMoreThanTheJournalHolds) {
  Journal journal({.entries_most = 2});
  fill(journal, "ab");
  EXPECT_EQ(keys(journal.wait({}, 1000, kLong)), "ab");
}

TEST(Journal, ManyThreadsAppendAndWait) {
  constexpr int kThreads = 4;
  constexpr int kEach = 200;
  Journal journal;
  std::vector<std::future<std::size_t>> waits;
  std::vector<std::thread> writers;
  for (int i = 0; i < kThreads; ++i) {
    const std::string key(1, static_cast<char>('a' + i));
    waits.push_back(std::async(std::launch::async, [&journal, key] {
      return journal.wait(key_is(key), kEach, kLong).size();
    }));
    writers.emplace_back([&journal, key] {
      for (int n = 0; n < kEach; ++n) journal.append(put(key));
    });
  }
  for (std::thread& writer : writers) writer.join();
  for (auto& wait : waits) EXPECT_EQ(wait.get(), static_cast<std::size_t>(kEach));
  EXPECT_EQ(journal.counts().appended, static_cast<std::uint64_t>(kThreads * kEach));
}

}  // namespace
}  // namespace pail::journal

#include "protocol/listing.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

struct Entry {
  std::string key;
};

/// A cursor over keys in memory that counts its steps and can fail.
class Keys {
 public:
  explicit Keys(std::set<std::string> keys) {
    for (const std::string& key : keys) entries_.push_back({key});
  }

  Result<const Entry*, std::string> seek(std::string_view key, bool after) {
    ++seeks;
    at_ = static_cast<std::size_t>(std::partition_point(entries_.begin(), entries_.end(),
                                                        [&](const Entry& entry) {
                                                          return after ? entry.key <= key
                                                                       : entry.key < key;
                                                        }) -
                                   entries_.begin());
    return current();
  }
  Result<const Entry*, std::string> next() {
    ++nexts;
    ++at_;
    return current();
  }

  int seeks = 0;
  int nexts = 0;
  int fails_at_step = -1;

 private:
  Result<const Entry*, std::string> current() const {
    if (seeks + nexts == fails_at_step) return Unexpected{std::string("the disk failed")};
    return at_ < entries_.size() ? &entries_[at_] : nullptr;
  }

  std::vector<Entry> entries_;
  std::size_t at_ = 0;
};

struct Page {
  std::vector<std::string> keys;
  std::vector<std::string> common_prefixes;
  ListingEnd end;
};

Page walk(Keys& keys, const ListingRange& range) {
  Page page;
  auto end = walk_listing(
      keys, range, [&](const Entry& entry) { page.keys.push_back(entry.key); },
      [&](std::string_view prefix) { page.common_prefixes.emplace_back(prefix); });
  EXPECT_TRUE(end.has_value());
  page.end = std::move(end).value();
  EXPECT_EQ(page.end.count, page.keys.size() + page.common_prefixes.size());
  return page;
}

Page walk(std::set<std::string> keys, const ListingRange& range) {
  Keys cursor(std::move(keys));
  return walk(cursor, range);
}

using Names = std::vector<std::string>;

TEST(Listing, EmptyBucketIsAnEmptyPage) {
  const Page page = walk(std::set<std::string>{}, {"", "", "", 1000});
  EXPECT_EQ(page.end.count, 0U);
  EXPECT_FALSE(page.end.is_truncated);
}

TEST(Listing, KeysComeInByteOrder) {
  const Page page =
      walk({"b", "a/b", "a", "B", "\xC3\xA9", "\xF0\x9F\x98\x80", "~"}, {"", "", "", 1000});
  EXPECT_EQ(page.keys, (Names{"B", "a", "a/b", "b", "~", "\xC3\xA9", "\xF0\x9F\x98\x80"}));
}

TEST(Listing, PrefixSelectsWithoutDelimiter) {
  const Page page = walk({"a", "ab", "ab/c", "abc", "b"}, {"ab", "", "", 1000});
  EXPECT_EQ(page.keys, (Names{"ab", "ab/c", "abc"}));
  EXPECT_TRUE(page.common_prefixes.empty());
}

TEST(Listing, DelimiterRollsUpBehindThePrefixOnly) {
  const Page page =
      walk({"test/bar/1", "test/foo/bar/1", "test/foo/2", "test/x"}, {"test/", "/", "", 1000});
  EXPECT_EQ(page.keys, (Names{"test/x"}));
  EXPECT_EQ(page.common_prefixes, (Names{"test/bar/", "test/foo/"}));
}

TEST(Listing, KeyThatIsThePrefixIsShownAsItself) {
  const Page page = walk({"a/", "a/b", "a//c"}, {"a/", "/", "", 1000});
  EXPECT_EQ(page.keys, (Names{"a/", "a/b"}));
  EXPECT_EQ(page.common_prefixes, (Names{"a//"}));
}

TEST(Listing, CommonPrefixCountsAsOneAndEndsThePage) {
  const std::set<std::string> keys = {"folder/aSub/1", "folder/aSub/2", "folder/file1",
                                      "folder/file2"};
  const Page first = walk(keys, {"folder/", "/", "", 1});
  EXPECT_EQ(first.common_prefixes, (Names{"folder/aSub/"}));
  EXPECT_TRUE(first.end.is_truncated);
  EXPECT_EQ(first.end.last, "folder/aSub/");
  const Page second = walk(keys, {"folder/", "/", first.end.last, 1});
  EXPECT_EQ(second.keys, (Names{"folder/file1"}));
  EXPECT_TRUE(second.common_prefixes.empty());
  const Page third = walk(keys, {"folder/", "/", second.end.last, 1});
  EXPECT_EQ(third.keys, (Names{"folder/file2"}));
  EXPECT_FALSE(third.end.is_truncated);
}

TEST(Listing, MarkerInsideACommonPrefixGoesOnBehindIt) {
  const Page page = walk({"folder/aSub/1", "folder/aSub/2", "folder/file1"},
                         {"folder/", "/", "folder/aSub/1", 1});
  EXPECT_EQ(page.keys, (Names{"folder/file1"}));
}

TEST(Listing, PageOfTheLastCommonPrefixIsNotTruncated) {
  const Page page = walk({"a/1", "a/2", "a/3"}, {"", "/", "", 1});
  EXPECT_EQ(page.common_prefixes, (Names{"a/"}));
  EXPECT_FALSE(page.end.is_truncated);
}

TEST(Listing, KeysBehindThePrefixDoNotTruncate) {
  const Page page = walk({"a/1", "b/1"}, {"a/", "", "", 1});
  EXPECT_EQ(page.keys, (Names{"a/1"}));
  EXPECT_FALSE(page.end.is_truncated);
}

TEST(Listing, LimitOfZeroIsEmptyAndNotTruncated) {
  Keys keys({"a", "b"});
  const Page page = walk(keys, {"", "", "", 0});
  EXPECT_EQ(page.end.count, 0U);
  EXPECT_FALSE(page.end.is_truncated);
  EXPECT_EQ(keys.seeks, 0);
}

TEST(Listing, MarkerNeedNotExistAndIsExcluded) {
  EXPECT_EQ(walk({"a", "b", "c"}, {"", "", "b", 10}).keys, (Names{"c"}));
  EXPECT_EQ(walk({"a", "b", "c"}, {"", "", "aa", 10}).keys, (Names{"b", "c"}));
  EXPECT_TRUE(walk({"a", "b", "c"}, {"", "", "c", 10}).keys.empty());
}

TEST(Listing, MarkerBeforeThePrefixIsIgnoredAndBehindItLeavesNothing) {
  EXPECT_EQ(walk({"a/1", "b/1", "c/1"}, {"b/", "", "a", 10}).keys, (Names{"b/1"}));
  EXPECT_TRUE(walk({"a/1", "b/1", "c/1"}, {"b/", "", "c", 10}).keys.empty());
}

TEST(Listing, DelimiterMayBeSeveralBytesOrUnicode) {
  EXPECT_EQ(walk({"a--b", "a--c", "a-d"}, {"", "--", "", 10}).common_prefixes, (Names{"a--"}));
  const Page arrows = walk({"x\xE2\x86\x92y", "x\xE2\x86\x93y"}, {"", "\xE2\x86\x92", "", 10});
  EXPECT_EQ(arrows.common_prefixes, (Names{"x\xE2\x86\x92"}));
  EXPECT_EQ(arrows.keys, (Names{"x\xE2\x86\x93y"}));
}

TEST(Listing, SkipsACommonPrefixWithOneSeek) {
  std::set<std::string> names;
  for (int i = 0; i < 10'000; ++i) names.insert("big/" + std::to_string(i));
  names.insert("z");
  Keys keys(names);
  const Page page = walk(keys, {"", "/", "", 1000});
  EXPECT_EQ(page.common_prefixes, (Names{"big/"}));
  EXPECT_EQ(page.keys, (Names{"z"}));
  EXPECT_LE(keys.seeks + keys.nexts, 3);
}

TEST(Listing, FailureOfTheCursorIsHandedOn) {
  for (int step = 1; step <= 4; ++step) {
    Keys keys({"a", "b", "c/1", "d"});
    keys.fails_at_step = step;
    const auto end = walk_listing(
        keys, ListingRange{"", "/", "", 10}, [](const Entry&) {}, [](std::string_view) {});
    ASSERT_FALSE(end.has_value()) << step;
    EXPECT_EQ(end.error(), "the disk failed");
  }
}

TEST(AfterPrefix, IsTheNextStringOfTheSameLengthAtMost) {
  EXPECT_EQ(after_prefix("a/"), "a0");
  EXPECT_EQ(after_prefix("a\xFF"), "b");
  EXPECT_EQ(after_prefix("a\xFF\xFF"), "b");
  EXPECT_EQ(after_prefix("\xF0\x9F"), "\xF0\xA0");
}

TEST(AfterPrefix, NothingFollowsEverything) {
  EXPECT_EQ(after_prefix(""), std::nullopt);
  EXPECT_EQ(after_prefix("\xFF\xFF"), std::nullopt);
}

TEST(Listing, CommonPrefixOfHighestBytesEndsTheListing) {
  const Page page = walk({"\xFF", "\xFF\xFF", "a"}, {"", "\xFF", "", 10});
  EXPECT_EQ(page.keys, (Names{"a"}));
  EXPECT_EQ(page.common_prefixes, (Names{"\xFF"}));
  EXPECT_TRUE(walk({"\xFF", "\xFF\xFF", "a"}, {"", "\xFF", "\xFF", 10}).keys.empty());
}

// The listing by definition: build everything that would be shown, then cut out the page.

struct Shown {
  bool is_common_prefix = false;
};

Page list_naively(const std::set<std::string>& keys, const ListingRange& range) {
  std::map<std::string, Shown> shown;
  for (const std::string& key : keys) {
    if (key.compare(0, range.prefix.size(), range.prefix) != 0) continue;
    const auto at = range.delimiter.empty() ? std::string::npos
                                            : key.find(range.delimiter, range.prefix.size());
    if (at == std::string::npos) {
      shown.emplace(key, Shown{false});
    } else {
      shown[key.substr(0, at + range.delimiter.size())].is_common_prefix = true;
    }
  }
  Page page;
  for (const auto& [name, kind] : shown) {
    if (name <= range.after) continue;
    if (kind.is_common_prefix && range.after.starts_with(name)) continue;
    if (page.end.count == range.limit) {
      page.end.is_truncated = range.limit > 0;
      break;
    }
    ++page.end.count;
    (kind.is_common_prefix ? page.common_prefixes : page.keys).push_back(name);
    page.end.last = name;
  }
  return page;
}

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t bound) { return engine_() % bound; }
  std::string text(std::size_t pieces_most) {
    static const std::vector<std::string> kAlphabet = {
        "a", "b", "/", "/", "-", "\xC3\xA9", "\xF0\x9F\x98\x80", "\xE2\x86\x92", "~", " "};
    std::string made;
    for (std::size_t i = below(pieces_most + 1); i > 0; --i) made += kAlphabet[below(10)];
    return made;
  }

 private:
  std::mt19937 engine_;
};

TEST(Listing, AgreesWithTheDefinitionOnRandomBuckets) {
  const std::vector<std::string> delimiters = {"",   "/", "/",        "//",           "-",
                                               "a/", "b", "\xC3\xA9", "\xE2\x86\x92", "/a"};
  Dice dice(20261124);
  for (int round = 0; round < 3000; ++round) {
    std::set<std::string> keys;
    for (std::size_t i = dice.below(40); i > 0; --i) keys.insert(dice.text(6));
    keys.erase("");
    const std::string prefix = dice.text(2);
    const std::string& delimiter = delimiters[dice.below(delimiters.size())];
    const std::string marker = dice.below(2) == 0 ? "" : dice.text(5);
    const ListingRange range{prefix, delimiter, marker, dice.below(6)};
    const Page expected = list_naively(keys, range);
    const Page found = walk(keys, range);
    ASSERT_EQ(found.keys, expected.keys) << round;
    ASSERT_EQ(found.common_prefixes, expected.common_prefixes) << round;
    ASSERT_EQ(found.end.is_truncated, expected.end.is_truncated) << round;
    if (found.end.is_truncated) {
      ASSERT_EQ(found.end.last, expected.end.last) << round;
    }
  }
}

TEST(Listing, PagesTogetherShowEverythingOnce) {
  Dice dice(7);
  for (int round = 0; round < 500; ++round) {
    std::set<std::string> keys;
    for (std::size_t i = dice.below(60); i > 0; --i) keys.insert(dice.text(6));
    keys.erase("");
    const std::string prefix = dice.text(1);
    const std::string delimiter = dice.below(3) == 0 ? "" : "/";
    const Page whole = list_naively(keys, {prefix, delimiter, "", 1000});
    Page together;
    std::string after;
    const std::size_t limit = 1 + dice.below(4);
    for (bool more = true; more;) {
      const Page page = walk(keys, {prefix, delimiter, after, limit});
      together.keys.insert(together.keys.end(), page.keys.begin(), page.keys.end());
      together.common_prefixes.insert(together.common_prefixes.end(), page.common_prefixes.begin(),
                                      page.common_prefixes.end());
      after = page.end.last;
      more = page.end.is_truncated;
    }
    ASSERT_EQ(together.keys, whole.keys) << round;
    ASSERT_EQ(together.common_prefixes, whole.common_prefixes) << round;
  }
}

}  // namespace
}  // namespace pail::protocol

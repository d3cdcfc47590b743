#include "space/session_key.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace pail::space {
namespace {

namespace fs = std::filesystem;

class SessionKey : public ::testing::Test {
 protected:
  SessionKey() { fs::create_directories(directory); }
  ~SessionKey() override { fs::remove_all(directory); }
  SessionKey(const SessionKey&) = delete;
  SessionKey& operator=(const SessionKey&) = delete;

  auth::SealKey open() {
    auto key = open_session_key(directory, random);
    EXPECT_TRUE(key.has_value());
    return key ? *key : auth::SealKey{};
  }

  const fs::path directory =
      fs::path(testing::TempDir()) /
      ("pail_session_key_" +
       std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
  random::SeededRandom random{1};
};

TEST_F(SessionKey, IsMadeOnceForADirectory) {
  const auth::SealKey first = open();
  EXPECT_NE(first, auth::SealKey{});
  EXPECT_EQ(open(), first);
  fs::remove(directory / "session.key");
  EXPECT_NE(open(), first);
}

TEST_F(SessionKey, IsForItsOwnerAlone) {
  open();
  EXPECT_EQ(fs::status(directory / "session.key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(SessionKey, IsAnotherOneEachTimeInMemory) {
  const auto first = open_session_key(std::nullopt, random);
  const auto second = open_session_key(std::nullopt, random);
  EXPECT_NE(*first, *second);
}

TEST_F(SessionKey, RefusesWhatIsNoKey) {
  for (const std::size_t size : {0U, 31U, 33U}) {
    std::ofstream(directory / "session.key", std::ios::trunc) << std::string(size, 'x');
    const auto key = open_session_key(directory, random);
    ASSERT_FALSE(key.has_value()) << size;
    EXPECT_NE(key.error().find("session.key"), std::string::npos);
  }
}

}  // namespace
}  // namespace pail::space

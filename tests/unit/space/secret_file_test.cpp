#include "space/secret_file.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace pail::space {
namespace {

class SecretFileTest : public testing::Test {
 protected:
  SecretFileTest() {
    std::string name = (std::filesystem::temp_directory_path() / "pail-secret-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
  }
  ~SecretFileTest() override { std::filesystem::remove_all(directory_); }

  std::filesystem::path directory_;
};

TEST_F(SecretFileTest, IsMadeOnceAndForItsOwnerAlone) {
  const auto path = directory_ / "token";
  EXPECT_EQ(*open_secret_file(path, "first"), "first");
  EXPECT_EQ(*open_secret_file(path, "second"), "first");
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(SecretFileTest, SaysWhichFileCanNotBeMade) {
  const auto failed = open_secret_file(directory_ / "nowhere" / "token", "x");
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().find("nowhere/token"), std::string::npos) << failed.error();
}

TEST_F(SecretFileTest, DoesNotReadWhatIsFarTooLarge) {
  std::ofstream(directory_ / "token") << std::string(5000, 'x');
  EXPECT_FALSE(open_secret_file(directory_ / "token", "x"));
}

}  // namespace
}  // namespace pail::space

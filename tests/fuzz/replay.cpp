#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include <gtest/gtest.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace {

TEST(Corpus, EveryInputIsSurvived) {
  std::size_t replayed = 0;
  for (const auto& entry : std::filesystem::directory_iterator(PAIL_CORPUS)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::vector<char> bytes(std::istreambuf_iterator<char>(file), {});
    const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
    EXPECT_EQ(LLVMFuzzerTestOneInput(input.data(), input.size()), 0) << entry.path();
    ++replayed;
  }
  EXPECT_GT(replayed, 0U) << "no corpus in " << PAIL_CORPUS;
}

}  // namespace

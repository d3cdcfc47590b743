#include "encryption/sealing_writer.h"

#include "unit/encryption/sealed_fixture.h"

namespace pail::encryption {
namespace {

class SealingWriterTest : public SealedTest {};

TEST_F(SealingWriterTest, StreamsHaveTheSizeThatIsForetold) {
  for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 131072U, 200000U}) {
    EXPECT_EQ(seal(bytes_of(size)).size_bytes, sealed_size(size)) << size;
  }
}

TEST_F(SealingWriterTest, NothingOfThePlainBytesIsStored) {
  const std::string plain(200000, 'p');
  const std::string stored = raw(seal(plain));
  EXPECT_TRUE(stored.starts_with(kStreamMagic));
  EXPECT_EQ(stored.find("pppp"), std::string::npos);
}

TEST_F(SealingWriterTest, SameBytesAreStoredDifferentlyEachTime) {
  EXPECT_NE(raw(seal("same")), raw(seal("same")));
}

TEST_F(SealingWriterTest, StepsOfWritingDoNotMatter) {
  const std::string plain = bytes_of(200000);
  for (const std::size_t step : {1000U, 65536U, 65537U, 200000U}) {
    EXPECT_EQ(read(object(seal(plain, 0, step), plain.size()), 0, plain.size()), plain) << step;
  }
}

}  // namespace
}  // namespace pail::encryption

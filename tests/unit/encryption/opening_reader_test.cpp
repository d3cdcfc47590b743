#include "encryption/opening_reader.h"

#include "unit/encryption/sealed_fixture.h"

namespace pail::encryption {
namespace {

constexpr const char* kDamaged =
    "failed: stored bytes that were encrypted with a customer's key are not those that were "
    "written: ";

class OpeningReaderTest : public SealedTest {
 protected:
  /// An object of three parts, uploaded as numbers 1, 4 and 9.
  store::StoredObject in_parts() {
    store::StoredObject whole = object({}, 0);
    for (const auto& [number, size] :
         {std::pair<std::uint32_t, std::size_t>{1, 150000}, {4, 65536}, {9, 10}}) {
      const std::string part = bytes_of(size + number);
      plain_ += part;
      whole.content.append(seal(part, number));
      whole.version.parts.push_back({number, part.size(), ""});
    }
    whole.version.size_bytes = plain_.size();
    return whole;
  }

  std::string plain_;
};

TEST_F(OpeningReaderTest, ReadsWholeObjects) {
  for (const std::size_t size : {0U, 1U, 65536U, 65537U, 300000U}) {
    const std::string plain = bytes_of(size);
    EXPECT_EQ(read(object(seal(plain), size), 0, size), plain) << size;
  }
}

TEST_F(OpeningReaderTest, ReadsAnyRange) {
  const std::string plain = bytes_of(300000);
  const auto whole = object(seal(plain), plain.size());
  for (const std::size_t offset : {0U, 1U, 65535U, 65536U, 131072U, 299999U}) {
    for (const std::size_t length : {1U, 100U, 65536U, 70000U}) {
      const std::size_t most = std::min<std::size_t>(length, plain.size() - offset);
      EXPECT_EQ(read(whole, offset, most), plain.substr(offset, most)) << offset << "+" << most;
    }
  }
}

TEST_F(OpeningReaderTest, ReadsAcrossParts) {
  const auto whole = in_parts();
  EXPECT_EQ(read(whole, 0, plain_.size()), plain_);
  for (const std::size_t offset : {149999U, 150001U, 150002U, 215540U, 215541U, 215550U}) {
    const std::size_t length = std::min<std::size_t>(70000, plain_.size() - offset);
    EXPECT_EQ(read(whole, offset, length), plain_.substr(offset, length)) << offset;
  }
}

TEST_F(OpeningReaderTest, RangeNeedsOnlyItsFrames) {
  const std::string plain = bytes_of(200000);
  std::string stored = raw(seal(plain));
  stored.back() = static_cast<char>(stored.back() ^ 1);
  const auto damaged = object(store_raw(stored), plain.size());
  EXPECT_EQ(read(damaged, 0, 131072), plain.substr(0, 131072));
  EXPECT_EQ(read(damaged, 196607, 2),
            plain.substr(196607, 1) + kDamaged + "frame 3 of part 0 is not authentic");
}

TEST_F(OpeningReaderTest, NoBitMayChange) {
  const std::string plain = "short";
  const std::string stored = raw(seal(plain));
  for (std::size_t at = 0; at < stored.size(); ++at) {
    std::string changed = stored;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_TRUE(read(object(store_raw(changed), plain.size()), 0, 5).starts_with(kDamaged)) << at;
  }
}

TEST_F(OpeningReaderTest, EmptinessIsAuthenticToo) {
  std::string stored = raw(seal(""));
  stored.back() = static_cast<char>(stored.back() ^ 1);
  EXPECT_TRUE(read(object(store_raw(stored), 0), 0, 0).starts_with(kDamaged));
}

TEST_F(OpeningReaderTest, MissingFramesAreNoticed) {
  const std::string plain = bytes_of(131072);
  const std::string stored = raw(seal(plain));
  const std::string cut = stored.substr(0, sealed_size(65536));
  EXPECT_TRUE(read(object(store_raw(cut), 131072), 0, 1).starts_with(kDamaged));
  // Even where the catalogue would say the same: the frame is not the last.
  EXPECT_EQ(read(object(store_raw(cut), 65536), 0, 65536),
            kDamaged + std::string("frame 0 of part 0 is not authentic"));
}

TEST_F(OpeningReaderTest, FramesCannotChangePlaces) {
  const std::string plain = bytes_of(196608);
  const std::string stored = raw(seal(plain));
  constexpr std::size_t kSealed = 65536 + 16;
  const std::string mixed = stored.substr(0, 20) + stored.substr(20 + kSealed, kSealed) +
                            stored.substr(20, kSealed) + stored.substr(20 + 2 * kSealed);
  EXPECT_EQ(read(object(store_raw(mixed), plain.size()), 0, plain.size()),
            kDamaged + std::string("frame 0 of part 0 is not authentic"));
}

TEST_F(OpeningReaderTest, PartsCannotChangePlaces) {
  auto swapped = object(seal("bbbb", 2), 8);
  swapped.content.append(seal("aaaa", 1));
  swapped.version.parts = {{1, 4, ""}, {2, 4, ""}};
  EXPECT_EQ(read(swapped, 0, 8), kDamaged + std::string("frame 0 of part 1 is not authentic"));
}

TEST_F(OpeningReaderTest, ObjectsCannotChangePlaces) {
  auto other = object(seal("mine"), 4);
  other.version.attributes.encryption.cipher_header = make_cipher_header(key(), random_);
  EXPECT_EQ(read(other, 0, 4), kDamaged + std::string("frame 0 of part 0 is not authentic"));
}

TEST_F(OpeningReaderTest, PlainBytesAreNoStream) {
  EXPECT_EQ(read(object(store_raw(std::string(sealed_size(4), 'x')), 4), 0, 4),
            kDamaged + std::string("no stream begins there"));
}

}  // namespace
}  // namespace pail::encryption

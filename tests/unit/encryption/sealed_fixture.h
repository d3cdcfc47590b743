#pragma once

#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "encryption/opening_reader.h"
#include "encryption/sealing_writer.h"
#include "encryption/stream_key.h"
#include "store/memory/memory_store.h"
#include "text/bytes.h"

namespace pail::encryption {

/// Writes and reads streams in a store of its own.
class SealedTest : public ::testing::Test {
 protected:
  static CustomerKey key(char fill = 'k') {
    const std::string bytes(CustomerKey::kBytes, fill);
    return CustomerKey(
        std::span<const std::byte, CustomerKey::kBytes>(text::as_bytes(bytes).data(), 32));
  }

  /// Bytes of which no two stretches are alike.
  static std::string bytes_of(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>((i * 2654435761U) >> 13U);
    return bytes;
  }

  store::Content seal(const std::string& plain, std::uint32_t part_number = 0,
                      std::size_t step = 100'000) {
    SealingWriter writer(store_->begin_write(), key(), header_, part_number, random_);
    for (std::size_t at = 0; at < plain.size(); at += step)
      EXPECT_TRUE(writer.write(text::as_bytes(std::string_view(plain).substr(at, step))));
    auto content = writer.finish();
    EXPECT_TRUE(content.has_value());
    return content ? std::move(*content) : store::Content();
  }

  store::Content store_raw(std::string_view bytes) {
    auto writer = store_->begin_write();
    EXPECT_TRUE(writer->write(text::as_bytes(bytes)));
    return *writer->finish();
  }

  /// What lies in the store.
  std::string raw(const store::Content& content) {
    auto reader = store_->open(content);
    return drain(*reader);
  }

  /// All bytes of a reader; "failed: <detail>" after them when it fails.
  static std::string drain(store::ContentReader& reader) {
    std::string all;
    while (true) {
      auto piece = reader.next();
      if (!piece) return all + "failed: " + piece.error().detail;
      if (!*piece) return all;
      if (const auto* text = std::get_if<std::string>(&**piece)) {
        all += *text;
      } else {
        const auto& range = std::get<content::SharedRange>(**piece);
        all += range.bytes->substr(range.offset_bytes, range.length_bytes);
      }
    }
  }

  store::StoredObject object(store::Content content, std::uint64_t size_bytes) const {
    store::StoredObject object;
    object.version.size_bytes = size_bytes;
    object.version.attributes.encryption.kind = model::EncryptionKind::kCustomer;
    object.version.attributes.encryption.cipher_header = header_;
    object.content = std::move(content);
    return object;
  }

  std::string read(const store::StoredObject& object, std::uint64_t offset, std::uint64_t length) {
    auto reader = open_sealed(*store_, object, key(), offset, length);
    if (!reader) return "failed: " + reader.error().detail;
    return drain(**reader);
  }

  std::unique_ptr<store::Store> store_ = store::make_memory_store();
  random::SeededRandom random_{1};
  std::string header_ = make_cipher_header(key(), random_);
};

}  // namespace pail::encryption

#include "store/disk/protection_codec.h"

#include <gtest/gtest.h>

namespace pail::store::disk {
namespace {

model::Encryption customer_encryption() {
  model::Encryption encryption;
  encryption.kind = model::EncryptionKind::kCustomer;
  encryption.customer_key_md5 = "md5==";
  encryption.cipher_header = std::string("\0\x01header", 8);
  return encryption;
}

model::ObjectLock full_lock() {
  model::ObjectLock lock;
  lock.retention = model::Retention{model::RetentionMode::kCompliance,
                                    time::Timestamp(std::chrono::milliseconds(4'000'000'000'123))};
  lock.legal_hold = true;
  return lock;
}

model::Acl two_grants() {
  return {{{{model::Grantee::Kind::kCanonicalUser, std::string(64, 'a')},
            model::Permission::kFullControl},
           {{model::Grantee::Kind::kGroup, "http://acs.amazonaws.com/groups/global/AllUsers"},
            model::Permission::kReadAcp}}};
}

TEST(ProtectionCodec, WhatNearlyEveryObjectHasTakesNoBytes) {
  EXPECT_EQ(encode_encryption({}), "");
  EXPECT_EQ(encode_lock({}), "");
}

TEST(ProtectionCodec, EveryKindOfEncryptionComesBackAsItWas) {
  model::Encryption kms;
  kms.kind = model::EncryptionKind::kSseKms;
  kms.kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1";
  kms.kms_context = "e30=";
  kms.bucket_key_enabled = true;
  model::Encryption dsse = kms;
  dsse.kind = model::EncryptionKind::kSseKmsDsse;
  dsse.bucket_key_enabled = false;
  for (const model::Encryption& encryption : {kms, dsse, customer_encryption()}) {
    model::Encryption decoded;
    ASSERT_TRUE(decode_encryption(encode_encryption(encryption), decoded));
    EXPECT_EQ(decoded, encryption);
  }
}

TEST(ProtectionCodec, EveryLockComesBackAsItWas) {
  model::ObjectLock released;
  released.legal_hold = false;
  model::ObjectLock governed;
  governed.retention = model::Retention{model::RetentionMode::kGovernance, {}};
  for (const model::ObjectLock& lock : {released, governed, full_lock()}) {
    model::ObjectLock decoded;
    ASSERT_TRUE(decode_lock(encode_lock(lock), decoded));
    EXPECT_EQ(decoded, lock);
  }
}

TEST(ProtectionCodec, ListWithoutGrantsIsNotTheSameAsNoList) {
  for (const model::Acl& acl : {model::Acl{}, two_grants()}) {
    std::optional<model::Acl> decoded;
    ASSERT_TRUE(decode_acl(encode_acl(acl), decoded));
    EXPECT_EQ(decoded, acl);
  }
}

TEST(ProtectionCodec, NumbersThatStandInFilesDoNotChange) {
  EXPECT_EQ(encode_encryption(customer_encryption()).substr(0, 4), std::string("\x03\0\0\0", 4));
  EXPECT_EQ(encode_lock(full_lock()).substr(0, 2), "\x07\x01");
  EXPECT_EQ(encode_acl(two_grants()).substr(0, 4), std::string("\x02\x04\0\x40", 4));
}

TEST(ProtectionCodec, TruncatedFieldsAreRefused) {
  const std::string encryption = encode_encryption(customer_encryption());
  const std::string lock = encode_lock(full_lock());
  const std::string acl = encode_acl(two_grants());
  const auto each_prefix = [](const std::string& field, auto accepts) {
    for (std::size_t size = 0; size < field.size(); ++size) {
      EXPECT_FALSE(accepts(std::string_view(field).substr(0, size))) << size;
    }
  };
  each_prefix(encryption, [](std::string_view field) {
    model::Encryption decoded;
    return decode_encryption(field, decoded);
  });
  each_prefix(lock, [](std::string_view field) {
    model::ObjectLock decoded;
    return decode_lock(field, decoded);
  });
  each_prefix(acl, [](std::string_view field) {
    std::optional<model::Acl> decoded;
    return decode_acl(field, decoded);
  });
}

TEST(ProtectionCodec, UnknownPlacesAndEndlessCountsAreRefused) {
  model::Encryption encryption;
  EXPECT_FALSE(decode_encryption(std::string("\x04\0\0\0\0\0", 6), encryption));
  model::ObjectLock lock;
  EXPECT_FALSE(decode_lock(std::string("\x01\x02\x01", 3), lock));
  std::optional<model::Acl> acl;
  EXPECT_FALSE(decode_acl(std::string(9, '\xFF') + '\x01', acl));
}

}  // namespace
}  // namespace pail::store::disk

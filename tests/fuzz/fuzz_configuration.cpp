#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "access/acl.h"
#include "access/bucket_settings.h"
#include "cors/configuration.h"
#include "encryption/bucket_default.h"
#include "operations/archive.h"
#include "operations/object_lock_document.h"
#include "operations/tagging_document.h"

namespace {

using namespace pail;

constexpr const char* kOwner = "0123456789012345678901234567890123456789012345678901234567890123";
const time::Timestamp kNow(std::chrono::hours(24) * 20'000);

void require(bool holds) {
  if (!holds) std::abort();
}

void check_encryption(std::string_view xml) {
  const auto read = encryption::parse_bucket_default(xml);
  if (!read) return;
  const auto again = encryption::parse_bucket_default(encryption::render_bucket_default(*read));
  require(again && *again == *read);
}

void check_cors(std::string_view xml) {
  const auto read = cors::parse_configuration(xml);
  if (!read) return;
  require(read->rules.size() <= 100);
  const auto again = cors::parse_configuration(cors::render_configuration(*read));
  require(again && *again == *read);
}

void check_tagging(std::string_view xml) {
  const auto read = operations::parse_tagging_document(std::string(xml));
  static_cast<void>(operations::parse_tagging_field(std::string(xml)));
  if (!read) return;
  const auto again = operations::parse_tagging_document(operations::render_tagging_document(*read));
  require(again && *again == *read && read->size() <= 10);
}

void check_acl(std::string_view xml) {
  const auth::Directory nobody;
  const auto read = access::parse_acl_document(xml, kOwner, nobody);
  if (!read) return;
  const auto again = access::read_stored_acl(access::render_acl(*read, kOwner));
  require(again && *again == *read);
}

void check_bucket_settings(std::string_view xml) {
  if (const auto ownership = access::parse_ownership_controls(xml)) {
    const auto again =
        access::parse_ownership_controls(access::render_ownership_controls(*ownership));
    require(again && *again == *ownership);
  }
  if (const auto block = access::parse_public_access_block(xml)) {
    const auto again =
        access::parse_public_access_block(access::render_public_access_block(*block));
    require(again && *again == *block);
  }
}

void check_locks(std::string_view xml) {
  if (const auto lock = operations::parse_object_lock_configuration(xml)) {
    require(operations::parse_object_lock_configuration(
                operations::render_object_lock_configuration(*lock))
                .has_value());
  }
  if (const auto retention = operations::parse_retention_document(xml, kNow);
      retention && *retention) {
    const auto again =
        operations::parse_retention_document(operations::render_retention(**retention), kNow);
    require(again && *again == *retention && (*retention)->retain_until > kNow);
  }
  if (const auto hold = operations::parse_legal_hold_document(xml)) {
    const auto again = operations::parse_legal_hold_document(operations::render_legal_hold(*hold));
    require(again && *again == *hold);
  }
}

void check_restore(std::string_view xml) {
  const auto read = operations::parse_restore_request(xml);
  if (read) require(operations::restored_until(*read, kNow) > kNow);
}

}  // namespace

/// The first byte chooses the parser. What is accepted is rendered so that it is accepted again and
/// says the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr void (*kChecks[])(std::string_view) = {
      check_encryption, check_cors,    check_tagging,        check_acl,
      check_locks,      check_restore, check_bucket_settings};
  const std::string_view xml(reinterpret_cast<const char*>(data) + 1, size - 1);
  kChecks[(data[0] + 1U) % std::size(kChecks)](xml);
  return 0;
}

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "pail/request_record.h"

namespace pail::journal {

/// One request in the journal. Immutable once it is there.
struct Entry {
  /// Counted from 1 in the order in which answers were sent; never given twice, not even after
  /// clear().
  std::uint64_t sequence = 0;
  RequestRecord record;
};

using EntryPtr = std::shared_ptr<const Entry>;

/// About how much memory an entry takes.
std::size_t memory_bytes(const Entry& entry);

/// "anonymous", "sigv4-header", "sigv4-query" ...: as JSON has it.
std::string_view authentication_name(Authentication authentication);
/// "none", "header", "trailer", "query", "form".
std::string_view checksum_place_name(ChecksumPlace place);

}  // namespace pail::journal

#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "journal/entry.h"

namespace pail::test {

/// 2026-11-24T16:00:00Z
inline std::chrono::system_clock::time_point record_start() {
  return std::chrono::system_clock::time_point(std::chrono::seconds(1795536000));
}

/// A request that went well.
inline RequestRecord request_record(std::string operation, std::string bucket, std::string key) {
  RequestRecord record;
  record.received = record_start();
  record.duration = std::chrono::microseconds(1500);
  record.request_id = "REQUEST1";
  record.method = operation.starts_with("Put") || operation == "UploadPart" ? "PUT" : "GET";
  record.operation = std::move(operation);
  record.bucket = std::move(bucket);
  record.key = std::move(key);
  record.status = 200;
  record.access_key_id = "AKID";
  record.authentication = Authentication::kSigV4Header;
  return record;
}

inline journal::EntryPtr entry_of(RequestRecord record, std::uint64_t sequence = 1) {
  return std::make_shared<const journal::Entry>(journal::Entry{sequence, std::move(record)});
}

inline void set_exchange(RequestRecord& record, RecordedExchange exchange) {
  record.exchange = std::make_shared<const RecordedExchange>(std::move(exchange));
}

}  // namespace pail::test

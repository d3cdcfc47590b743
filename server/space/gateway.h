#pragma once

#include <memory>

#include "http/request_handler.h"
#include "space/registry.h"

namespace pail::space {

/// Leads each request to its space. A space is asked for by the access key that signs:
/// "<access key id>.<space>", and made when it is first asked for by a right signature. A request
/// without a key (anonymous, from a form) goes home, unless only one other space has its bucket.
/// Thread-safe; the registry outlives it.
class Gateway final : public http::RequestHandler {
 public:
  explicit Gateway(Registry& registry) : registry_(registry) {}

  Task<http::Response> handle(http::Request& request) override;
  http::Response refuse(const S3Error& error) override;

 private:
  /// nullptr: home.
  S3Result<std::shared_ptr<Space>> find_guest(http::Request& request);
  S3Result<std::shared_ptr<Space>> find_or_make(std::string_view name, http::Request& request);

  Registry& registry_;
};

}  // namespace pail::space

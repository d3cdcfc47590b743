#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "operations/operation_table.h"
#include "protocol/address.h"
#include "protocol/query.h"

// Input: a Host field, a line feed, a raw request target.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace pail;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto line_feed = text.find('\n');
  if (line_feed == std::string_view::npos) return 0;
  const std::string_view target = text.substr(line_feed + 1);
  const auto question_mark = target.find('?');
  const protocol::ServerNames names{{"localhost", "s3.localhost"},
                                    {{"cdn.test", "/assets", "photos"}}};
  const auto address =
      protocol::resolve_address(names, text.substr(0, line_feed), target.substr(0, question_mark));
  const auto query = protocol::Query::parse(
      question_mark == std::string_view::npos ? "" : target.substr(question_mark + 1));
  if (!address || !query) return 0;
  // What the router is handed is always bounded, and a key never comes without a bucket's target.
  if (address->key.size() > protocol::kMaxKeyBytes) std::abort();
  if ((address->target == protocol::Target::kObject) != !address->key.empty()) std::abort();
  for (const std::string_view method :
       {"GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH"}) {
    operations::route(method, address->target, *query, {});
  }
  return 0;
}

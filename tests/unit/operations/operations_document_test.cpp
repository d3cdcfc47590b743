#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "operations/operation_table.h"

namespace pail::operations {
namespace {

constexpr const char* kDocument = PAIL_SOURCE_DIR "/docs/OPERATIONS.md";

std::string_view method_name(protocol::Method method) {
  switch (method) {
    case protocol::Method::kGet:
      return "GET";
    case protocol::Method::kHead:
      return "HEAD";
    case protocol::Method::kPut:
      return "PUT";
    case protocol::Method::kPost:
      return "POST";
    case protocol::Method::kDelete:
      return "DELETE";
    case protocol::Method::kOptions:
      break;
  }
  return "OPTIONS";
}

std::string wire_form(const protocol::OperationSpec& spec) {
  std::string form(method_name(spec.method));
  form += spec.target == protocol::Target::kService  ? " /"
          : spec.target == protocol::Target::kBucket ? " /{bucket}"
                                                     : " /{bucket}/{key}";
  std::string query;
  std::string headers;
  for (std::size_t i = 0; i < spec.markers.count; ++i) {
    const std::string_view marker = spec.markers.names.at(i);
    if (marker.starts_with('@')) {
      headers += " + " + std::string(marker.substr(1));
    } else {
      query += (query.empty() ? "?" : "&") + std::string(marker);
    }
  }
  return form + query + headers;
}

/// What docs/OPERATIONS.md must say, from the table.
std::string rendered() {
  std::size_t done = 0;
  std::string table;
  for (const Row& row : rows()) {
    done += row.spec.is_implemented ? 1U : 0U;
    table += "| " + std::string(row.spec.name) + " | `" + wire_form(row.spec) + "` | " +
             (row.spec.is_implemented ? "yes" : "501") + " |\n";
  }
  return "# Operations\n\nGenerated from `server/operations/operations.def`; a test fails when it "
         "is out of date "
         "(`PAIL_UPDATE_DOCS=1` rewrites it).\n\nDone: " +
         std::to_string(done) + " of " + std::to_string(rows().size()) +
         ". The others answer `501 NotImplemented` and never fall through to another operation.\n\n"
         "| operation | on the wire | done |\n|---|---|---|\n" +
         table;
}

TEST(OperationsDocument, SaysWhatTheTableSays) {
  if (std::getenv("PAIL_UPDATE_DOCS") != nullptr) std::ofstream(kDocument) << rendered();
  std::ostringstream document;
  document << std::ifstream(kDocument).rdbuf();
  EXPECT_EQ(document.str(), rendered());
}

}  // namespace
}  // namespace pail::operations

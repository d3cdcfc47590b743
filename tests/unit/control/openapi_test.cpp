#include "control/openapi.h"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "control/route.h"

namespace pail::control {
namespace {

constexpr const char* kDocument = PAIL_SOURCE_DIR "/docs/openapi.json";

TEST(OpenApiDocument, DescribesEveryRoute) {
  const std::string now = openapi_document().dump(2) + "\n";
  if (std::getenv("PAIL_UPDATE_DOCS") != nullptr) std::ofstream(kDocument) << now;
  std::ostringstream kept;
  kept << std::ifstream(kDocument).rdbuf();
  EXPECT_EQ(kept.str(), now) << "run this test with PAIL_UPDATE_DOCS=1 and commit the document";
}

TEST(OpenApiDocument, HasOneNameForEachCall) {
  std::set<std::string_view> ids;
  for (const Route& route : routes()) EXPECT_TRUE(ids.insert(route.id).second) << route.id;
}

}  // namespace
}  // namespace pail::control

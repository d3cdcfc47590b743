#include "embed/server_names.h"

#include <gtest/gtest.h>

namespace pail::embed {
namespace {

TEST(ServerNames, KnowsWellKnownMachineAndConfiguredNames) {
  ServerOptions options;
  options.host_names = {"http://minio:9000", "Storage"};
  const auto names = server_names(options, "container7");
  ASSERT_TRUE(names.has_value());
  for (const char* name :
       {"localhost", "127.0.0.1", "host.docker.internal", "container7", "minio", "storage"}) {
    EXPECT_TRUE(names->is_own(name)) << name;
  }
  EXPECT_FALSE(names->is_own("elsewhere"));
}

TEST(ServerNames, PublicBaseKeepsHostAndPath) {
  ServerOptions options;
  options.public_bases = {{"https://CDN.test:8443/my%20assets/", "photos"}};
  const auto names = server_names(options, "");
  ASSERT_TRUE(names.has_value());
  ASSERT_EQ(names->public_bases.size(), 1U);
  EXPECT_EQ(names->public_bases[0].host, "cdn.test");
  EXPECT_EQ(names->public_bases[0].path, "/my assets");
  EXPECT_EQ(names->public_bases[0].bucket, "photos");
}

TEST(ServerNames, PublicBaseThatIsTheServerItselfIsRefused) {
  ServerOptions options;
  options.public_bases = {{"http://localhost:9000", "photos"}};
  const auto names = server_names(options, "");
  ASSERT_FALSE(names.has_value());
  EXPECT_NE(names.error().find("http://localhost:9000/photos"), std::string::npos);
}

TEST(KnownPorts, ComeFromAddressesAndUrlsOnce) {
  ServerOptions options;
  options.listen = {{"127.0.0.1", 9000}, {"127.0.0.1", 0}};
  options.host_names = {"http://s3:9000", "http://proxy:8080"};
  options.public_bases = {{"http://cdn.test:8081/x", "photos"}};
  EXPECT_EQ(known_ports(options), (std::vector<std::uint16_t>{8080, 8081, 9000}));
}

}  // namespace
}  // namespace pail::embed

#include "auth/accepted_hosts.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace pail::auth {
namespace {

protocol::ServerNames names() {
  protocol::ServerNames names;
  names.hosts = {"localhost", "minio"};
  names.public_bases = {{"cdn.test", "/assets", "photos"}, {"photos.test", "", "photos"}};
  return names;
}

std::vector<std::string> candidates(std::string_view host, std::string_view path) {
  const AcceptedHosts hosts(names(), {9000, 9443});
  const auto address = protocol::resolve_address(names(), host, path);
  return hosts.candidates(*address, host, path);
}

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::ranges::find(list, value) != list.end();
}

TEST(AcceptedHosts, AreAllNamesWithEveryPort) {
  const auto found = candidates("127.0.0.1:8080", "/photos/cat.jpg");
  for (const char* host : {"minio", "minio:9000", "minio:9443", "minio:8080", "localhost:9000",
                           "[::1]:9000", "host.docker.internal:9000", "127.0.0.1"}) {
    EXPECT_TRUE(contains(found, host)) << host;
  }
}

TEST(AcceptedHosts, HaveTheBucketInFrontIfThePathHasNot) {
  const auto found = candidates("photos.localhost:9000", "/cat.jpg");
  EXPECT_TRUE(contains(found, "photos.minio:9000"));
  EXPECT_TRUE(contains(found, "photos.test"));
  EXPECT_FALSE(contains(found, "minio:9000")) << "there the path means bucket cat.jpg";
}

TEST(AcceptedHosts, NeverMeanAnotherObject) {
  // Under localhost this is key cat.jpg of bucket assets, under cdn.test of bucket photos.
  const auto found = candidates("localhost:9000", "/assets/cat.jpg");
  EXPECT_TRUE(contains(found, "minio:9000"));
  EXPECT_FALSE(contains(found, "cdn.test"));
  const auto from_base = candidates("cdn.test", "/assets/cat.jpg");
  EXPECT_TRUE(contains(from_base, "cdn.test:9000"));
  EXPECT_FALSE(contains(from_base, "localhost:9000"));
}

TEST(AcceptedHosts, AreBounded) {
  protocol::ServerNames many;
  for (int i = 0; i < 1000; ++i) many.hosts.push_back("name" + std::to_string(i));
  const AcceptedHosts hosts(many, {1, 2, 3, 4});
  const auto address = protocol::resolve_address(many, "name1", "/b/k");
  EXPECT_LE(hosts.candidates(*address, "name1", "/b/k").size(), kAcceptedHostsMost);
}

}  // namespace
}  // namespace pail::auth

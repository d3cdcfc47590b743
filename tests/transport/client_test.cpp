#include <gtest/gtest.h>

#include "support/http_client.h"
#include "transport/test_server.h"

// The same server seen by a client that is not ours.
namespace pail::test {
namespace {

TEST(HttpClient, KeepsOneConnectionForRequestsOfAllKinds) {
  FunctionHandler handler(&count_body);
  TestServer server(handler);
  HttpClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(client.send("GET", "/k").body, "0");
    EXPECT_EQ(client.send("PUT", "/k", {}, std::string(100'000, 'x')).body, "100000");
    EXPECT_EQ(client.put_chunked("/k", std::string(100'500, 'x')).body, "100500");
    const auto head = client.send("HEAD", "/k");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.headers.find("Content-Length")->second, "1");
    EXPECT_EQ(client.send("DELETE", "/k").status, 200);
  }
}

TEST(HttpClient, ReadsARefusalBeforeItsBodyIsTaken) {
  FunctionHandler handler(&deny);
  TestServer server(handler);
  HttpClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(client.send("PUT", "/k", {}, std::string(1'000'000, 'x')).status, 403);
  }
}

}  // namespace
}  // namespace pail::test

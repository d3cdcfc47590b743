#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::Loopback;
using test::send;
using test::send_anonymously;

const std::string kEnabled =
    "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
const std::string kSuspended =
    "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";

TEST(GetBucketVersioning, SaysNothingOfABucketThatNeverKeptVersions) {
  Loopback server;
  const Answer answer = send(server, "GET", "/bucket?versioning");
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find("<VersioningConfiguration xmlns="), std::string::npos);
  EXPECT_EQ(answer.element("Status"), "");
}

TEST(GetBucketVersioning, SaysWhatWasPutLast) {
  Loopback server;
  send(server, "PUT", "/bucket?versioning", {}, kEnabled);
  EXPECT_EQ(send(server, "GET", "/bucket?versioning").element("Status"), "Enabled");
  send(server, "PUT", "/bucket?versioning", {}, kSuspended);
  EXPECT_EQ(send(server, "GET", "/bucket?versioning").element("Status"), "Suspended");
}

TEST(GetBucketVersioning, StrangersMayNot) {
  Loopback server;
  EXPECT_EQ(send_anonymously(server, "GET", "/bucket?versioning").outcome(), "403 AccessDenied");
}

}  // namespace
}  // namespace pail::operations

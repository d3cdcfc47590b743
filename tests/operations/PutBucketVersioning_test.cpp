#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::elements;
using test::Loopback;
using test::send;

const std::string kEnabled =
    "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
const std::string kSuspended =
    "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";

TEST(PutBucketVersioning, OverwritingKeepsTheOlderVersion) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/bucket?versioning", {}, kEnabled).status, 200);
  const std::string first = server.put("/bucket/key", "one").header("x-amz-version-id");
  const std::string second = server.put("/bucket/key", "two").header("x-amz-version-id");
  ASSERT_NE(first, second);
  EXPECT_EQ(server.get("/bucket/key").body, "two");
  EXPECT_EQ(server.get("/bucket/key?versionId=" + first).body, "one");
  EXPECT_EQ(server.get("/bucket/key").header("x-amz-version-id"), second);
}

TEST(PutBucketVersioning, WhatWasThereBeforeIsTheNullVersion) {
  Loopback server;
  EXPECT_EQ(server.put("/bucket/key", "old").header("x-amz-version-id"), "");
  ASSERT_EQ(send(server, "PUT", "/bucket?versioning", {}, kEnabled).status, 200);
  EXPECT_EQ(server.get("/bucket/key").header("x-amz-version-id"), "null");
  server.put("/bucket/key", "new");
  EXPECT_EQ(server.get("/bucket/key?versionId=null").body, "old");
}

TEST(PutBucketVersioning, SuspendedOverwritesOnlyTheNullVersion) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/bucket?versioning", {}, kEnabled).status, 200);
  const std::string kept = server.put("/bucket/key", "kept").header("x-amz-version-id");
  ASSERT_EQ(send(server, "PUT", "/bucket?versioning", {}, kSuspended).status, 200);
  EXPECT_EQ(server.put("/bucket/key", "null one").header("x-amz-version-id"), "null");
  EXPECT_EQ(server.put("/bucket/key", "null two").header("x-amz-version-id"), "null");
  EXPECT_EQ(server.get("/bucket/key").body, "null two");
  EXPECT_EQ(server.get("/bucket/key?versionId=" + kept).body, "kept");
  EXPECT_EQ(elements(server.get("/bucket?versions"), "VersionId").size(), 2U);
}

TEST(PutBucketVersioning, WrongDocumentsAreRefusedAsRecorded) {
  Loopback server;
  EXPECT_EQ(send(server, "PUT", "/bucket?versioning", {}, "<VersioningConfiguration/>").outcome(),
            "400 IllegalVersioningConfigurationException");
  EXPECT_EQ(send(server, "PUT", "/bucket?versioning", {},
                 "<VersioningConfiguration><Status>On</Status></VersioningConfiguration>")
                .outcome(),
            "400 MalformedXML");
  EXPECT_EQ(send(server, "PUT", "/bucket?versioning", {}, "").outcome(), "400 MalformedXML");
}

TEST(PutBucketVersioning, MfaDeleteNeedsADeviceThatNobodyHas) {
  Loopback server;
  const auto with_mfa = [](const char* setting) {
    return std::string("<VersioningConfiguration><Status>Enabled</Status><MfaDelete>") + setting +
           "</MfaDelete></VersioningConfiguration>";
  };
  EXPECT_EQ(send(server, "PUT", "/bucket?versioning", {}, with_mfa("Enabled")).outcome(),
            "403 AccessDenied");
  EXPECT_EQ(send(server, "PUT", "/bucket?versioning", {}, with_mfa("Disabled")).outcome(), "200");
}

TEST(PutBucketVersioning, MfaIsRefusedAsOfSomebodyWithoutADevice) {
  Loopback server;
  const auto refused = [&server](const char* mfa) {
    return send(server, "PUT", "/bucket?versioning", {{"x-amz-mfa", mfa}}, kEnabled);
  };
  const auto malformed = refused("123456");
  EXPECT_EQ(malformed.outcome(), "400 InvalidArgument");
  EXPECT_EQ(malformed.element("Message"),
            "Mfa header is invalid -- the header should be formatted as "
            "{serialNumber}(space){tokenCode}");
  EXPECT_EQ(malformed.element("ArgumentName"), "x-amz-mfa");
  EXPECT_EQ(refused("arn:aws:iam::000000000000:mfa/root 123456").outcome(), "403 AccessDenied");
  EXPECT_EQ(server.get("/bucket?versioning").element("Status"), "");
}

TEST(PutBucketVersioning, CanNotBeSuspendedUnderObjectLock) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/locked", {{"x-amz-bucket-object-lock-enabled", "true"}}).status,
            200);
  EXPECT_EQ(send(server, "PUT", "/locked?versioning", {}, kSuspended).outcome(),
            "409 InvalidBucketState");
}

}  // namespace
}  // namespace pail::operations

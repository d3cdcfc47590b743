#include "access/acl.h"

#include <gtest/gtest.h>

namespace pail::access {
namespace {

using model::Permission;

class AclTest : public ::testing::Test {
 protected:
  AclTest() {
    directory_.add(auth::Account{"111111111111", owner_, "owner@example.com"});
    directory_.add(auth::Account{"222222222222", other_, "other@example.com"});
  }

  [[nodiscard]] auth::Identity identity(const std::string& canonical_id) const {
    auth::Identity identity;
    identity.access_key_id = "AK";
    identity.canonical_id = canonical_id;
    return identity;
  }

  S3Result<std::optional<model::Acl>> parse(const http::HeaderMap& headers) {
    return parse_acl_headers(headers, {owner_, owner_}, directory_);
  }

  static std::string document(std::string_view grant) {
    return "<AccessControlPolicy "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><Owner><ID>" +
           std::string(64, 'a') + "</ID></Owner><AccessControlList>" + std::string(grant) +
           "</AccessControlList></AccessControlPolicy>";
  }

  const std::string owner_ = std::string(64, 'a');
  const std::string other_ = std::string(64, 'b');
  auth::Directory directory_;
};

TEST_F(AclTest, WithoutAclOnlyTheOwnerIsAllowed) {
  EXPECT_TRUE(acl_allows({}, owner_, identity(owner_), Permission::kRead, false));
  EXPECT_FALSE(acl_allows({}, owner_, identity(other_), Permission::kRead, false));
  EXPECT_FALSE(acl_allows({}, owner_, {}, Permission::kRead, false));
}

TEST_F(AclTest, PublicReadLetsEverybodyReadAndNobodyWrite) {
  const auto acl = expand_canned_acl("public-read", {owner_, owner_});
  ASSERT_TRUE(acl);
  EXPECT_TRUE(acl_allows(acl, owner_, {}, Permission::kRead, false));
  EXPECT_FALSE(acl_allows(acl, owner_, {}, Permission::kWrite, false));
  EXPECT_FALSE(acl_allows(acl, owner_, {}, Permission::kRead, true)) << "public grants ignored";
  EXPECT_TRUE(is_public(*acl));
}

TEST_F(AclTest, AuthenticatedReadLetsNoAnonymousRead) {
  const auto acl = expand_canned_acl("authenticated-read", {owner_, owner_});
  EXPECT_TRUE(acl_allows(acl, owner_, identity(other_), Permission::kRead, false));
  EXPECT_FALSE(acl_allows(acl, owner_, {}, Permission::kRead, false));
}

TEST_F(AclTest, BucketOwnerFullControlGrantsTheBucketOwnerOfAForeignObject) {
  const auto acl = expand_canned_acl("bucket-owner-full-control", {other_, owner_});
  EXPECT_TRUE(acl_allows(acl, other_, identity(owner_), Permission::kRead, false));
  EXPECT_TRUE(acl_allows(acl, other_, identity(owner_), Permission::kWriteAcp, false));
}

TEST_F(AclTest, OwnerReadsAndWritesTheAclWhateverItSays) {
  const model::Acl nothing;
  EXPECT_TRUE(acl_allows(nothing, owner_, identity(owner_), Permission::kWriteAcp, false));
  EXPECT_FALSE(acl_allows(nothing, owner_, identity(owner_), Permission::kRead, false));
}

TEST_F(AclTest, GrantHeadersNameUsersGroupsAndAddresses) {
  http::HeaderMap headers;
  headers.add("x-amz-grant-read",
              "id=\"" + other_ + "\", uri=\"" + std::string(kAllUsersGroup) + "\"");
  headers.add("x-amz-grant-full-control", "emailAddress=OWNER@example.com");
  const auto acl = parse(headers);
  ASSERT_TRUE(acl);
  ASSERT_TRUE(*acl);
  ASSERT_EQ((*acl)->grants.size(), 3U);
  EXPECT_EQ((*acl)->grants[0].grantee.id, other_);
  EXPECT_EQ((*acl)->grants[1].grantee.id, kAllUsersGroup);
  EXPECT_EQ((*acl)->grants[2].grantee.id, owner_);
  EXPECT_EQ((*acl)->grants[2].permission, Permission::kFullControl);
}

struct BadHeader {
  const char* name;
  const char* value;
  S3ErrorCode code;
  const char* message;
};

class BadAclHeader : public AclTest, public ::testing::WithParamInterface<BadHeader> {};

TEST_P(BadAclHeader, IsRefusedAsRecorded) {
  http::HeaderMap headers;
  headers.add(GetParam().name, GetParam().value);
  const auto acl = parse(headers);
  ASSERT_FALSE(acl);
  EXPECT_EQ(acl.error().code, GetParam().code);
  EXPECT_EQ(acl.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Recorded, BadAclHeader,
    ::testing::Values(
        BadHeader{"x-amz-acl", "fake-acl", S3ErrorCode::InvalidArgument, ""},
        BadHeader{"x-amz-grant-write", "fakekey=\"1234\"", S3ErrorCode::InvalidArgument,
                  "Argument format not recognized"},
        BadHeader{"x-amz-grant-write", "uri=http://acs.amazonaws.com/groups/s3/FakeGroup",
                  S3ErrorCode::InvalidArgument, "Invalid group uri"},
        BadHeader{"x-amz-grant-write", "id=wrong-id", S3ErrorCode::InvalidArgument, "Invalid id"},
        BadHeader{"x-amz-grant-write", "emailAddress=nobody@example.com",
                  S3ErrorCode::UnresolvableGrantByEmailAddress,
                  "The e-mail address you provided does not match any account on record."}));

TEST_F(AclTest, CannedAndGrantsTogetherAreRefused) {
  http::HeaderMap headers;
  headers.add("x-amz-acl", "private");
  headers.add("x-amz-grant-read", "id=" + other_);
  const auto acl = parse(headers);
  ASSERT_FALSE(acl);
  EXPECT_EQ(acl.error().message, "Specifying both Canned ACLs and Header Grants is not allowed");
}

TEST_F(AclTest, DocumentComesBackAsItWasGiven) {
  const std::string given = document("<Grant><Grantee xsi:type=\"CanonicalUser\"><ID>" + other_ +
                                     "</ID></Grantee><Permission>READ_ACP</Permission></Grant>"
                                     "<Grant><Grantee xsi:type=\"Group\"><URI>" +
                                     std::string(kLogDeliveryGroup) +
                                     "</URI></Grantee><Permission>WRITE</Permission></Grant>");
  const auto acl = parse_acl_document(given, owner_, directory_);
  ASSERT_TRUE(acl);
  const auto again = parse_acl_document(render_acl(*acl, owner_), owner_, directory_);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *acl);
  EXPECT_EQ(acl->grants.size(), 2U);
}

TEST_F(AclTest, MalformedDocumentsAreRefused) {
  for (const std::string& text :
       {std::string("<AccessControlPolicy/>"), std::string("nonsense"),
        document("<Grant><Permission>READ</Permission></Grant>"),
        document("<Grant><Grantee xsi:type=\"Group\"><URI>" + std::string(kAllUsersGroup) +
                 "</URI></Grantee><Permission>EVERYTHING</Permission></Grant>")}) {
    const auto acl = parse_acl_document(text, owner_, directory_);
    ASSERT_FALSE(acl) << text;
    EXPECT_EQ(acl.error().code, S3ErrorCode::MalformedACLError) << text;
  }
}

TEST_F(AclTest, DocumentCanNotGiveTheObjectAway) {
  std::string text = document("");
  text.replace(text.find(owner_), 64, other_);
  const auto acl = parse_acl_document(text, owner_, directory_);
  ASSERT_FALSE(acl);
  EXPECT_EQ(acl.error().code, S3ErrorCode::AccessDenied);
}

TEST(AclPermission, BucketAndObjectActionsNeedTheirOwn) {
  EXPECT_EQ(permission_for("s3:GetObject", AclTarget::kObject), Permission::kRead);
  EXPECT_EQ(permission_for("s3:GetObject", AclTarget::kBucket), std::nullopt);
  EXPECT_EQ(permission_for("s3:PutObject", AclTarget::kBucket), Permission::kWrite);
  EXPECT_EQ(permission_for("s3:PutBucketPolicy", AclTarget::kBucket), std::nullopt);
}

}  // namespace
}  // namespace pail::access

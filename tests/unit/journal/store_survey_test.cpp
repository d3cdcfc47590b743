#include "journal/store_survey.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/document_kind.h"
#include "unit/journal/stored_objects.h"

namespace pail::journal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kPublicPolicy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",)"
    R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::open/*"}]})";

TEST(StoreSurvey, FindsUploadsThatAreUnderWay) {
  test::StoredObjects objects;
  const auto bucket = objects.add_bucket("photos");
  EXPECT_THAT(open_uploads(objects.store()), IsEmpty());
  objects.add_upload(*bucket, "film", "U1");
  const auto open = open_uploads(objects.store());
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].bucket, "photos");
  EXPECT_EQ(open[0].key, "film");
  EXPECT_EQ(open[0].upload_id, "U1");
}

TEST(StoreSurvey, FindsBucketsThatAPolicyOpens) {
  test::StoredObjects objects;
  objects.add_bucket("closed");
  objects.add_bucket("open", {{std::string(model::document_kind::kPolicy), kPublicPolicy}});
  EXPECT_THAT(public_buckets(objects.store(), {}), ElementsAre("open"));
}

TEST(StoreSurvey, ABlockClosesWhatAPolicyOpens) {
  test::StoredObjects objects;
  auto documents = access::new_bucket_documents(access::BucketDefaults::kToday);
  documents.insert_or_assign(std::string(model::document_kind::kPolicy), kPublicPolicy);
  objects.add_bucket("open", std::move(documents));
  EXPECT_THAT(public_buckets(objects.store(), {}), IsEmpty());
}

TEST(StoreSurvey, FindsBucketsThatAStartOptionOpens) {
  test::StoredObjects objects;
  objects.add_bucket("assets");
  objects.add_bucket("private");
  EXPECT_THAT(public_buckets(objects.store(), {{"assets", access::StartAccess::kPublicRead},
                                               {"private", access::StartAccess::kPrivate},
                                               {"gone", access::StartAccess::kPublicRead}}),
              ElementsAre("assets"));
}

}  // namespace
}  // namespace pail::journal

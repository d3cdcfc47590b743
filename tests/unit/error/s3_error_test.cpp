#include "error/s3_error.h"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace pail {
namespace {

TEST(S3Error, TakesStatusAndMessageFromTheCatalogue) {
  const S3Error error(S3ErrorCode::NoSuchKey);
  EXPECT_EQ(error_name(error.code), "NoSuchKey");
  EXPECT_EQ(error.status(), 404);
  EXPECT_EQ(error.message, "The specified key does not exist.");
}

TEST(S3Error, FurtherElementsKeepTheirOrder) {
  const auto error = S3Error(S3ErrorCode::InvalidRange)
                         .with("ActualObjectSize", "8")
                         .with("RangeRequested", "bytes=9-");
  ASSERT_EQ(error.fields.size(), 2U);
  EXPECT_EQ(error.fields[0].name, "ActualObjectSize");
  EXPECT_EQ(error.fields[1].value, "bytes=9-");
}

TEST(Catalogue, CodesAreFoundByTheirNames) {
  EXPECT_EQ(find_error("NoSuchKey"), S3ErrorCode::NoSuchKey);
  EXPECT_EQ(find_error("KMS.DisabledException"), S3ErrorCode::KmsDisabledException);
  EXPECT_EQ(find_error("nosuchkey"), std::nullopt);
  for (const std::string_view name : error_names()) EXPECT_EQ(error_name(*find_error(name)), name);
}

TEST(Catalogue, IsSortedAndHasEachCodeOnce) {
  const std::vector<std::string_view> names = {
#define S3_ERROR(code, status, message) #code,
#include "error/errors.def"
#undef S3_ERROR
  };
  for (std::size_t i = 1; i < names.size(); ++i) EXPECT_LT(names[i - 1], names[i]);
}

TEST(Catalogue, StatusesAreThoseOfRefusals) {
#define S3_ERROR(code, status, message) EXPECT_GE(error_status(S3ErrorCode::code), 300);
#include "error/errors.def"
#undef S3_ERROR
}

}  // namespace
}  // namespace pail

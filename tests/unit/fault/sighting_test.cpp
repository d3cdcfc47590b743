#include "fault/sighting.h"

#include <gtest/gtest.h>

namespace pail::fault {
namespace {

Sighting upload_part() {
  Sighting sighting;
  sighting.operation = "UploadPart";
  sighting.method = "PUT";
  sighting.bucket = "photos";
  sighting.key = "a/b.png";
  sighting.part_number = 3;
  sighting.user_agent = "Boto3/1.40 md/Botocore#1.40 lang/python#3.12";
  return sighting;
}

TEST(Match, EmptyMatchFitsEverything) {
  EXPECT_TRUE(fits(Match{}, Sighting{}));
  EXPECT_TRUE(fits(Match{}, upload_part()));
}

TEST(Match, EverythingThatIsSetHasToFit) {
  Match match;
  match.operations = {"PutObject", "UploadPart"};
  match.methods = {"PUT"};
  match.bucket = "photos";
  match.key = "a/*";
  match.part_number = 3;
  match.user_agent = "Boto3";
  EXPECT_TRUE(fits(match, upload_part()));

  Match other = match;
  other.operations = {"PutObject"};
  EXPECT_FALSE(fits(other, upload_part()));
  other = match;
  other.methods = {"POST"};
  EXPECT_FALSE(fits(other, upload_part()));
  other = match;
  other.bucket = "photo";
  EXPECT_FALSE(fits(other, upload_part()));
  other = match;
  other.key = "b/*";
  EXPECT_FALSE(fits(other, upload_part()));
  other = match;
  other.part_number = 4;
  EXPECT_FALSE(fits(other, upload_part()));
  other = match;
  other.user_agent = "aws-sdk-js";
  EXPECT_FALSE(fits(other, upload_part()));
}

TEST(Match, OperationsMayBePatterns) {
  Match match;
  match.operations = {"*Part*"};
  EXPECT_TRUE(fits(match, upload_part()));
}

TEST(Match, PartNumberDoesNotFitARequestWithoutOne) {
  Match match;
  match.part_number = 3;
  Sighting sighting = upload_part();
  sighting.part_number.reset();
  EXPECT_FALSE(fits(match, sighting));
}

TEST(RatePrefix, GoesToTheLastSlashOfTheKey) {
  Sighting sighting;
  sighting.bucket = "photos";
  sighting.key = "a/b/c.png";
  EXPECT_EQ(rate_prefix(sighting), "photos/a/b/");
  sighting.key = "c.png";
  EXPECT_EQ(rate_prefix(sighting), "photos/");
}

TEST(RatePrefix, OfAListingIsWhatItAsksFor) {
  Sighting sighting;
  sighting.bucket = "photos";
  sighting.listed_prefix = "a/b/c";
  EXPECT_EQ(rate_prefix(sighting), "photos/a/b/");
}

}  // namespace
}  // namespace pail::fault

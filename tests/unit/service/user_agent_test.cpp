#include "service/user_agent.h"

#include <string>

#include <gtest/gtest.h>

namespace pail::service {
namespace {

std::string parsed(std::string_view field) {
  const Agent agent = parse_user_agent(field);
  return std::string(agent.name) + "|" + std::string(agent.version);
}

TEST(UserAgent, NamesTheSdk) {
  EXPECT_EQ(parsed("Boto3/1.44.8 md/Botocore#1.44.8 ua/2.1 os/linux#6.1 lang/python#3.12"),
            "Boto3|1.44.8");
  EXPECT_EQ(parsed("Boto3/1.9.0 Python/3.6 Linux/4 Botocore/1.12.0"), "Boto3|1.9.0");
  EXPECT_EQ(parsed("aws-cli/2.22.35 md/awscrt#0.23 ua/2.0"), "aws-cli|2.22.35");
  EXPECT_EQ(parsed("aws-sdk-js/3.726.1 ua/2.1 os/linux#6.1"), "aws-sdk-js|3.726.1");
  EXPECT_EQ(parsed("aws-sdk-go-v2/1.36.0 os/linux lang/go#1.24 md/GOOS#linux"),
            "aws-sdk-go-v2|1.36.0");
  EXPECT_EQ(parsed("aws-sdk-java/2.29.52 Linux/6.1 OpenJDK/21"), "aws-sdk-java|2.29.52");
  EXPECT_EQ(parsed("Hadoop 3.3.4, aws-sdk-java/1.12.262 Linux/5"), "aws-sdk-java|1.12.262");
  EXPECT_EQ(parsed("MinIO (linux; amd64) minio-go/v7.0.70 mc/RELEASE"), "minio-go|v7.0.70");
  EXPECT_EQ(parsed("rclone/v1.75.0"), "rclone|v1.75.0");
}

TEST(UserAgent, KeepsWhatItDoesNotKnowAsAWhole) {
  EXPECT_EQ(parsed("Mozilla/5.0 (X11; Linux x86_64)"), "Mozilla/5.0 (X11; Linux x86_64)|");
  EXPECT_EQ(parsed("aws-sdk-/1"), "aws-sdk-/1|");
  EXPECT_EQ(parsed(""), "|");
  EXPECT_EQ(parsed("///"), "///|");
  EXPECT_EQ(parsed("Boto3"), "Boto3|");
  EXPECT_EQ(parsed("Boto3/"), "Boto3|");
}

}  // namespace
}  // namespace pail::service

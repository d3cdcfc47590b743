#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::content_md5;
using test::Loopback;
using test::send;

TEST(GetBucketLifecycleConfiguration, WithoutConfigurationIsNoSuchLifecycleConfiguration) {
  Loopback server;
  const Answer answer = send(server, "GET", "/bucket?lifecycle");
  EXPECT_EQ(answer.outcome(), "404 NoSuchLifecycleConfiguration");
  EXPECT_EQ(answer.element("Message"), "The lifecycle configuration does not exist");
  EXPECT_EQ(answer.element("BucketName"), "bucket");
}

TEST(GetBucketLifecycleConfiguration, GivesBackWhatWasPut) {
  Loopback server;
  const std::string rules =
      "<Rule><ID>rule1</ID><Filter><Prefix>test1/</Prefix></Filter><Status>Enabled</Status>"
      "<Expiration><Days>31</Days></Expiration></Rule>"
      "<Rule><ID>rule2</ID><Filter/><Status>Disabled</Status>"
      "<AbortIncompleteMultipartUpload><DaysAfterInitiation>2</DaysAfterInitiation>"
      "</AbortIncompleteMultipartUpload></Rule>";
  const std::string document = "<LifecycleConfiguration>" + rules + "</LifecycleConfiguration>";
  ASSERT_EQ(send(server, "PUT", "/bucket?lifecycle", {content_md5(document)}, document).status,
            200);
  const Answer answer = send(server, "GET", "/bucket?lifecycle");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "application/xml");
  EXPECT_EQ(answer.header("x-amz-transition-default-minimum-object-size"),
            "all_storage_classes_128K");
  EXPECT_EQ(answer.body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" +
                rules + "</LifecycleConfiguration>");
}

}  // namespace
}  // namespace pail::operations

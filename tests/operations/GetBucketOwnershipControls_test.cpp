#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Loopback;
using test::send;

TEST(GetBucketOwnershipControls, ShowsWhatTheBucketWasMadeWith) {
  Loopback server;
  EXPECT_EQ(send(server, "GET", "/bucket?ownershipControls").element("ObjectOwnership"),
            "BucketOwnerEnforced");
  EXPECT_EQ(send(server, "GET", "/classic?ownershipControls").element("ObjectOwnership"),
            "ObjectWriter");
}

}  // namespace
}  // namespace pail::operations

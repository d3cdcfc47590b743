#include "protocol/form_headers.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

using testing::ElementsAre;

/// "name: value" of each header, or the code of the error.
std::vector<std::string> headers_of(std::vector<FormField> fields) {
  const auto headers = form_headers(FormFields(std::move(fields)));
  if (!headers) return {std::string(error_name(headers.error().code))};
  std::vector<std::string> lines;
  for (const http::Header& header : *headers) lines.push_back(header.name + ": " + header.value);
  return lines;
}

TEST(FormHeaders, AreWhatAPutWouldSend) {
  EXPECT_THAT(headers_of({{"key", "k"},
                          {"acl", "private"},
                          {"Content-Type", "text/plain"},
                          {"x-amz-storage-class", "GLACIER"},
                          {"X-Amz-Meta-A", "b"},
                          {"submit", "Upload"}}),
              ElementsAre("x-amz-acl: private", "Content-Type: text/plain",
                          "x-amz-storage-class: GLACIER", "X-Amz-Meta-A: b"));
}

TEST(FormHeaders, LeaveTheSignatureOut) {
  EXPECT_THAT(headers_of({{"X-Amz-Algorithm", "a"},
                          {"x-amz-credential", "a"},
                          {"x-amz-date", "a"},
                          {"x-amz-signature", "a"},
                          {"x-amz-security-token", "a"},
                          {"policy", "a"},
                          {"x-amz-trailer", "x-amz-checksum-crc32"},
                          {"Cache-Control", "no-store"}}),
              ElementsAre("Cache-Control: no-store"));
}

TEST(FormHeaders, LeaveEmptyFieldsOutButForMetadata) {
  EXPECT_THAT(headers_of({{"Content-Type", ""}, {"acl", ""}, {"x-amz-meta-tag", ""}}),
              ElementsAre("x-amz-meta-tag: "));
}

TEST(FormHeaders, EncodeMetadataAsHeadersNeedIt) {
  EXPECT_THAT(headers_of({{"x-amz-meta-a", "\xc3\x84"}}),
              ElementsAre("x-amz-meta-a: =?UTF-8?B?w4Q=?="));
}

TEST(FormHeaders, RefuseWhatWouldBreakAHeader) {
  EXPECT_THAT(headers_of({{"Content-Type", "a\r\nX-Evil: 1"}}), ElementsAre("InvalidArgument"));
  EXPECT_THAT(headers_of({{"x-amz-meta-a", "a\r\nb"}}), ElementsAre("InvalidArgument"));
  EXPECT_THAT(headers_of({{"x-amz-meta-a: 1\r\nx", "a"}}), ElementsAre("InvalidArgument"));
}

}  // namespace
}  // namespace pail::protocol

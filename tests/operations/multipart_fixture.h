#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "support/loopback.h"

namespace pail::test {

/// What tests of uploads in parts do again and again.
class MultipartTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kLeast = std::size_t{5} * 1024 * 1024;

  std::string create(const std::string& key, const Headers& headers = {}) {
    return server_.post("/bucket/" + key + "?uploads", "", headers).element("UploadId");
  }

  static std::string part_target(const std::string& key, const std::string& upload_id, int number) {
    return "/bucket/" + key + "?partNumber=" + std::to_string(number) + "&uploadId=" + upload_id;
  }

  /// The ETag, in quotes.
  std::string upload(const std::string& key, const std::string& upload_id, int number,
                     std::string bytes, const Headers& headers = {}) {
    const Answer answer =
        server_.put(part_target(key, upload_id, number), std::move(bytes), headers);
    EXPECT_EQ(answer.outcome(), "200") << answer.body;
    return answer.header("ETag");
  }

  static std::string document(const std::vector<std::pair<int, std::string>>& parts) {
    std::string xml = "<CompleteMultipartUpload>";
    for (const auto& [number, etag] : parts) {
      xml += "<Part><PartNumber>" + std::to_string(number) + "</PartNumber><ETag>" + etag +
             "</ETag></Part>";
    }
    return xml + "</CompleteMultipartUpload>";
  }

  Answer complete(const std::string& key, const std::string& upload_id,
                  const std::vector<std::pair<int, std::string>>& parts,
                  const Headers& headers = {}) {
    return server_.post("/bucket/" + key + "?uploadId=" + upload_id, document(parts), headers);
  }

  Loopback server_;
};

}  // namespace pail::test

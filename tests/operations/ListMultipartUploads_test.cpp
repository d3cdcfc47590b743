#include <algorithm>

#include "operations/multipart_fixture.h"

namespace pail::test {
namespace {

using ListMultipartUploads = MultipartTest;

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

TEST_F(ListMultipartUploads, ShowsOnlyUnfinishedOnes) {
  const std::string done = create("done");
  const std::string etag = upload("done", done, 1, "x");
  complete("done", done, {{1, etag}});
  const std::string open = create("open");
  const Answer answer = server_.get("/bucket?uploads");
  EXPECT_EQ(answer.outcome(), "200");
  EXPECT_EQ(count(answer.body, "<Upload>"), 1U);
  EXPECT_EQ(answer.element("UploadId"), open);
}

TEST_F(ListMultipartUploads, RollsKeysUpToCommonPrefixes) {
  create("a/1");
  create("a/2");
  create("b");
  const Answer answer = server_.get("/bucket?uploads&delimiter=%2F");
  ASSERT_EQ(answer.outcome(), "200") << answer.body;
  EXPECT_EQ(count(answer.body, "<Upload>"), 1U);
  EXPECT_EQ(count(answer.body, "<CommonPrefixes>"), 1U);
  EXPECT_NE(answer.body.find("<Prefix>a/</Prefix>"), std::string::npos);
}

TEST_F(ListMultipartUploads, PagesShowEachUploadOnce) {
  for (int i = 0; i < 2; ++i) {
    for (const char* key : {"a", "b", "c"}) create(key);
  }
  std::string key_marker;
  std::string upload_id_marker;
  std::vector<std::string> seen;
  for (int page = 0; page < 7; ++page) {
    const Answer answer = server_.get("/bucket?uploads&max-uploads=1&key-marker=" + key_marker +
                                      "&upload-id-marker=" + upload_id_marker);
    seen.push_back(answer.element("UploadId"));
    if (answer.element("IsTruncated") == "false") break;
    key_marker = answer.element("NextKeyMarker");
    upload_id_marker = answer.element("NextUploadIdMarker");
  }
  EXPECT_EQ(seen.size(), 6U);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST_F(ListMultipartUploads, UploadIdMarkerOfAnotherKeyIsInvalidArgument) {
  const std::string id = create("a");
  const Answer answer = server_.get("/bucket?uploads&key-marker=b&upload-id-marker=" + id);
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("Message"), "Invalid uploadId marker");
}

TEST_F(ListMultipartUploads, EncodesKeysOnRequest) {
  create("a%20b");
  const Answer answer = server_.get("/bucket?uploads&encoding-type=url");
  EXPECT_EQ(answer.element("EncodingType"), "url");
  EXPECT_NE(answer.body.find("<Key>a+b</Key>"), std::string::npos);
}

}  // namespace
}  // namespace pail::test

#include "protocol/post_form.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/bytes.h"

namespace pail::protocol {
namespace {

using testing::ElementsAre;

/// Hands out its bytes in pieces of one size.
class PiecewiseBody final : public http::BodyReader {
 public:
  PiecewiseBody(std::string bytes, std::size_t piece_bytes)
      : bytes_(std::move(bytes)), piece_bytes_(piece_bytes) {}
  Task<S3Result<std::span<const std::byte>>> read() override {
    const auto piece = std::string_view(bytes_).substr(at_, piece_bytes_);
    at_ += piece.size();
    co_return text::as_bytes(piece);
  }
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override { return bytes_.size(); }
  [[nodiscard]] const http::HeaderMap& trailers() const override { return trailers_; }

 private:
  std::string bytes_;
  std::size_t piece_bytes_;
  std::size_t at_ = 0;
  http::HeaderMap trailers_;
};

/// A form that arrives.
struct Posted {
  explicit Posted(std::string bytes, std::size_t piece_bytes = 4096)
      : body(std::move(bytes), piece_bytes) {
    request.method = "POST";
    request.headers.add("Content-Type", "multipart/form-data; boundary=B");
    request.headers.add("Content-Length", "1");
    request.body = &body;
  }
  S3Result<std::shared_ptr<PostForm>> open() { return task::run_blocking(PostForm::open(request)); }
  /// "code ArgumentName" of the failure.
  std::string refusal() {
    const auto form = open();
    if (form) return "opened";
    std::string text(error_name(form.error().code));
    for (const auto& field : form.error().fields)
      if (field.name == "ArgumentName") text += ' ' + field.value;
    return text;
  }

  PiecewiseBody body;
  http::Request request;
};

std::string field(const std::string& name, const std::string& value) {
  return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}

std::string file(const std::string& content, const std::string& file_name = "a.txt") {
  return "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file_name +
         "\"\r\nContent-Type: text/plain\r\n\r\n" + content + "\r\n";
}

const std::string kEnd = "--B--\r\n";

/// The whole file, or the code of the error.
std::string read_all(http::BodyReader& body) {
  std::string all;
  while (true) {
    const auto bytes = task::run_blocking(body.read());
    if (!bytes) return std::string(error_name(bytes.error().code));
    if (bytes->empty()) return all;
    all += text::as_text(*bytes);
  }
}

TEST(PostForm, GivesFieldsAndStreamsTheFileHoweverItArrives) {
  const std::string content = "line\r\n--\r\n--A\r\n" + std::string(100, '\r');
  const std::string bytes =
      field("key", "k") + field("Acl", "private") + file(content) + field("late", "x") + kEnd;
  for (std::size_t piece_bytes = 1; piece_bytes <= bytes.size(); ++piece_bytes) {
    Posted posted(bytes, piece_bytes);
    const auto form = posted.open();
    ASSERT_TRUE(form) << piece_bytes;
    const PostForm& opened = **form;
    EXPECT_EQ(opened.key(), "k");
    EXPECT_EQ(opened.fields().find("ACL"), "private");
    EXPECT_EQ(opened.fields().size(), 2U);
    ASSERT_EQ(read_all(opened.file()), content) << piece_bytes;
    ASSERT_EQ(read_all(opened.file()), "") << "the end stays the end";
  }
}

TEST(PostForm, AFormThatIsCutShortFailsWhileTheFileIsRead) {
  Posted posted(field("key", "k") + file("content"));
  const auto form = posted.open();
  ASSERT_TRUE(form);
  EXPECT_EQ(read_all((*form)->file()), "MalformedPOSTRequest");
}

TEST(PostForm, ASecondFileIsRefused) {
  Posted posted(field("key", "k") + file("1") + file("2") + kEnd);
  const auto form = posted.open();
  ASSERT_TRUE(form);
  EXPECT_EQ(read_all((*form)->file()), "InvalidArgument");
}

TEST(PostForm, NeedsAFileAndAKeyBeforeIt) {
  EXPECT_EQ(Posted(field("key", "k") + kEnd).refusal(), "InvalidArgument file");
  EXPECT_EQ(Posted("").refusal(), "MalformedPOSTRequest");
  EXPECT_EQ(Posted(file("1") + field("key", "k") + kEnd).refusal(), "InvalidArgument key");
  EXPECT_EQ(Posted(field("key", "") + file("1") + kEnd).refusal(), "InvalidArgument key");
}

TEST(PostForm, KeysAreBoundedAndUtf8) {
  EXPECT_EQ(Posted(field("key", std::string(1025, 'k')) + file("1") + kEnd).refusal(),
            "KeyTooLongError");
  EXPECT_EQ(Posted(field("key", "\xff") + file("1") + kEnd).refusal(), "InvalidArgument key");
}

TEST(PostForm, FileNameReplacesTheVariableInEveryField) {
  const std::string fields = field("key", "a/${filename}/${filename}") +
                             field("x-amz-meta-name", "<${filename}>") + field("x", "${other}");
  Posted posted(fields + file("1", "C:\\docs\\na\xc3\xafve.txt") + kEnd);
  const auto form = posted.open();
  ASSERT_TRUE(form);
  EXPECT_EQ((*form)->key(), "a/na\xc3\xafve.txt/na\xc3\xafve.txt");
  EXPECT_EQ((*form)->fields().find("x-amz-meta-name"), "<na\xc3\xafve.txt>");
  EXPECT_EQ((*form)->fields().find("x"), "${other}");
}

TEST(PostForm, WithoutAFileNameTheVariableStays) {
  Posted posted(field("key", "a-${filename}") + field("file", "1") + kEnd);
  const auto form = posted.open();
  ASSERT_TRUE(form);
  EXPECT_EQ((*form)->key(), "a-${filename}");
}

TEST(PostForm, WhatStandsBeforeTheFileIsBounded) {
  const std::string most(kFormFieldsBytesMost - 4, 'x');
  EXPECT_EQ(Posted(field("key", "k") + field("", most) + file("1") + kEnd).refusal(), "opened");
  EXPECT_EQ(Posted(field("key", "k") + field("", most + "y") + file("1") + kEnd).refusal(),
            "MaxPostPreDataLengthExceeded");
  std::string many = field("key", "k");
  for (std::size_t i = 0; i < kFormFieldsMost; ++i) many += field("", "");
  EXPECT_EQ(Posted(many + file("1") + kEnd).refusal(), "MaxPostPreDataLengthExceeded");
}

TEST(PostForm, ManyVariablesDoNotMakeItGrow) {
  std::string variables;
  for (int i = 0; i < 1500; ++i) variables += "${filename}";
  const std::string fields = field("key", "k") + field("x-amz-meta-a", variables);
  EXPECT_EQ(Posted(fields + file("1", std::string(4000, 'n')) + kEnd).refusal(),
            "MaxPostPreDataLengthExceeded");
}

TEST(PostForm, AFieldTwiceIsRefusedUnlessItIsIgnored) {
  EXPECT_EQ(Posted(field("key", "k") + field("KEY", "l") + file("1") + kEnd).refusal(),
            "InvalidArgument KEY");
  const std::string ignored = field("x-ignore-a", "1") + field("x-ignore-a", "2");
  EXPECT_EQ(Posted(field("key", "k") + ignored + file("1") + kEnd).refusal(), "opened");
}

TEST(PostForm, NeedsTheRightContentTypeAndALength) {
  Posted wrong_type(field("key", "k") + file("1") + kEnd);
  wrong_type.request.headers.set("Content-Type", "text/html");
  EXPECT_EQ(wrong_type.refusal(), "PreconditionFailed");
  Posted no_length(field("key", "k") + file("1") + kEnd);
  no_length.request.headers.remove("Content-Length");
  EXPECT_EQ(no_length.refusal(), "MissingContentLength");
}

}  // namespace
}  // namespace pail::protocol

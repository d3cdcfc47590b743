#include "protocol/multipart_parser.h"

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Event = MultipartParser::Event;

/// "name=content" for each part, then "complete" or "cut short", or the error's code.
using Outcome = std::vector<std::string>;

void feed(MultipartParser& parser, std::string_view input, Outcome& outcome, bool& failed) {
  while (!failed) {
    const auto step = parser.next(input);
    failed = !step;
    if (failed) outcome = {std::string(error_name(step.error().code))};
    if (failed || step->event == Event::kNeedsInput) return;
    if (step->event == Event::kPartBegins) outcome.push_back(parser.part().name + "=");
    if (step->event == Event::kContent) outcome.back() += step->content;
  }
}

Outcome parse(const std::vector<std::string_view>& pieces, std::string_view boundary = "B") {
  MultipartParser parser(boundary);
  Outcome outcome;
  bool failed = false;
  for (const std::string_view piece : pieces) feed(parser, piece, outcome, failed);
  if (!failed) outcome.push_back(parser.is_complete() ? "complete" : "cut short");
  return outcome;
}

std::string part(const std::string& name, const std::string& content) {
  return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
}

std::string boundary_of(std::string_view content_type) {
  const auto boundary = parse_form_boundary(content_type);
  return boundary ? *boundary : std::string(error_name(boundary.error().code));
}

PartHead head_of(std::string_view disposition) {
  const auto head = parse_part_head("Content-Disposition: " + std::string(disposition) + "\r\n");
  return head ? *head : PartHead{"malformed", std::nullopt};
}

TEST(MultipartParser, PartsComeInOrder) {
  EXPECT_THAT(parse({part("a", "1") + part("b", "") + part("c", "x\r\ny") + "--B--\r\n"}),
              ElementsAre("a=1", "b=", "c=x\r\ny", "complete"));
}

TEST(MultipartParser, WhatLooksLikeADelimiterButIsNoneIsContent) {
  const std::string content = "\r\n-\r\n--\r\n--A\r\r\n--\r\r\r\n-B\n--B --B\r";
  EXPECT_THAT(parse({part("a", content) + "--B--"}), ElementsAre("a=" + content, "complete"));
}

TEST(MultipartParser, EverySplitInTwoAndThreeGivesTheSame) {
  const std::string body = "preamble\r\n" + part("a", "\r\n--A\r\n-") +
                           "--B \t\r\nX-Other: 1\r\ncontent-disposition:form-data;name=b\r\n\r\n" +
                           std::string("\0\r\n--\r\n--", 9) + "\r\n--B--\r\nepilogue --B";
  const Outcome whole = parse({body});
  ASSERT_EQ(whole.back(), "complete");
  const std::string_view text = body;
  for (std::size_t first = 0; first <= body.size(); ++first) {
    ASSERT_EQ(parse({text.substr(0, first), text.substr(first)}), whole) << first;
    for (std::size_t second = first; second <= body.size(); ++second) {
      ASSERT_EQ(
          parse({text.substr(0, first), text.substr(first, second - first), text.substr(second)}),
          whole)
          << first << ' ' << second;
    }
  }
  std::vector<std::string_view> bytes;
  for (std::size_t i = 0; i < text.size(); ++i) bytes.push_back(text.substr(i, 1));
  EXPECT_EQ(parse(bytes), whole);
}

TEST(MultipartParser, EveryPrefixOfAFormIsCutShort) {
  const std::string body = part("a", "1\r\n2") + "--B--";
  for (std::size_t size = 0; size < body.size(); ++size) {
    const Outcome outcome = parse({std::string_view(body).substr(0, size)});
    ASSERT_EQ(outcome.back(), "cut short") << size;
  }
}

TEST(MultipartParser, ABoundaryNeedsTheEndOfItsLine) {
  for (const char* line : {"--Bx\r\n", "--B-x\r\n", "--B x\r\n", "--B\rx\r\n", "--B\n"}) {
    EXPECT_THAT(parse({line}), ElementsAre("MalformedPOSTRequest")) << line;
  }
}

TEST(MultipartParser, HeadsAndPreamblesAreBounded) {
  const std::string filler(kPartHeadBytesMost + 1, 'x');
  EXPECT_THAT(parse({filler}), ElementsAre("MalformedPOSTRequest"));
  EXPECT_THAT(parse({"--B\r\n", filler}), ElementsAre("MalformedPOSTRequest"));
  EXPECT_THAT(parse({"--B", std::string(kBoundaryBytesMost + 1, ' ')}),
              ElementsAre("MalformedPOSTRequest"));
}

TEST(MultipartParser, APartWithoutANameIsNoField) {
  EXPECT_THAT(parse({"--B\r\n\r\n1\r\n--B\r\nContent-Disposition: attachment; name=a\r\n\r\n"
                     "2\r\n--B--"}),
              ElementsAre("=1", "=2", "complete"));
}

TEST(MultipartParser, ALineThatIsNoHeaderFieldIsMalformed) {
  EXPECT_THAT(parse({"--B\r\nnonsense\r\n\r\n1\r\n--B--"}), ElementsAre("MalformedPOSTRequest"));
  EXPECT_THAT(parse({"--B\r\n: x\r\n\r\n1\r\n--B--"}), ElementsAre("MalformedPOSTRequest"));
}

TEST(FormBoundary, MayBeQuotedAndStandAnywhere) {
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(boundary_of("Multipart/Form-Data;charset=utf-8; BOUNDARY=\"a b:c\" "), "a b:c");
}

TEST(FormBoundary, OtherTypesFailThePreconditionOfAForm) {
  EXPECT_EQ(boundary_of(""), "PreconditionFailed");
  EXPECT_EQ(boundary_of("text/html"), "PreconditionFailed");
  EXPECT_EQ(boundary_of("multipart/form-data-2; boundary=a"), "PreconditionFailed");
  const auto refused = parse_form_boundary("text/html");
  EXPECT_THAT(refused.error().fields,
              ElementsAre(S3Error::Field{
                  "Condition", "Bucket POST must be of the enclosure-type multipart/form-data"}));
}

TEST(FormBoundary, WithoutAUsableOneTheFormIsMalformed) {
  for (const std::string& parameters :
       {std::string(), std::string("; boundary="), std::string("; boundary=\"a"),
        std::string("; boundary=\"a \""), std::string("; boundary=a\r"),
        "; boundary=" + std::string(kBoundaryBytesMost + 1, 'a')}) {
    EXPECT_EQ(boundary_of("multipart/form-data" + parameters), "MalformedPOSTRequest")
        << parameters;
  }
}

TEST(PartHead, NamesAreUnquotedAndUnescaped) {
  EXPECT_EQ(head_of("form-data; name=key").name, "key");
  EXPECT_EQ(head_of("form-data; name=\"a;b=\\\"c\\\"\"").name, "a;b=\"c\"");
  EXPECT_EQ(head_of("form-data; name=\"a%22b\"").name, "a\"b");
}

TEST(PartHead, FileNamesKeepTheirBackslashes) {
  const PartHead head = head_of("form-data; name=\"file\"; filename=\"C:\\new\\a.txt\"");
  EXPECT_EQ(head.file_name, "C:\\new\\a.txt");
}

TEST(PartHead, AnEmptyFileNameIsNotNone) {
  EXPECT_EQ(head_of("form-data; name=file; filename=\"\"").file_name, "");
  EXPECT_EQ(head_of("form-data; name=file").file_name, std::nullopt);
}

TEST(PartHead, ExtendedFileNamesAreDecoded) {
  EXPECT_EQ(head_of("form-data; name=file; filename*=utf-8''%E2%80%94.txt").file_name, "—.txt");
  EXPECT_EQ(head_of("form-data; name=file; filename*=latin1''a").file_name, std::nullopt);
}

TEST(PartHead, BrokenParametersAreMalformed) {
  EXPECT_EQ(head_of("form-data; name").name, "malformed");
  EXPECT_EQ(head_of("form-data; name=\"a").name, "malformed");
  EXPECT_EQ(head_of("form-data; name=\"a\"b").name, "malformed");
  const auto nothing = parse_part_head("");
  ASSERT_TRUE(nothing);
  EXPECT_THAT(nothing->name, IsEmpty());
}

}  // namespace
}  // namespace pail::protocol

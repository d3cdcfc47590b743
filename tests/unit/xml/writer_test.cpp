#include "xml/writer.h"

#include <limits>

#include <gtest/gtest.h>

#include "xml/reader.h"

namespace pail::xml {
namespace {

TEST(XmlWriter, WritesADocumentAsS3Does) {
  std::string out;
  XmlWriter writer(out);
  writer.declaration();
  writer.open_root("ListBucketResult");
  writer.element("Name", "bucket");
  writer.element("Prefix", "");
  writer.element("MaxKeys", 1000);
  writer.element("IsTruncated", false);
  writer.open("Contents");
  writer.element("ETag", "\"abc\"");
  writer.close("Contents");
  writer.close("ListBucketResult");
  EXPECT_EQ(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            "<Name>bucket</Name><Prefix></Prefix><MaxKeys>1000</MaxKeys>"
            "<IsTruncated>false</IsTruncated><Contents><ETag>&quot;abc&quot;</ETag></Contents>"
            "</ListBucketResult>");
}

TEST(XmlWriter, WritesNothingByItself) {
  std::string out = "before";
  const XmlWriter writer(out);
  EXPECT_EQ(out, "before");
}

TEST(XmlWriter, WritesNumbersAndTruthsOfEveryKind) {
  std::string out;
  XmlWriter writer(out);
  writer.element("a", std::numeric_limits<std::uint64_t>::max());
  writer.element("b", std::numeric_limits<std::int64_t>::min());
  writer.element("c", std::uint8_t{7});
  writer.element("d", true);
  writer.element("e", std::string("text"));
  EXPECT_EQ(out,
            "<a>18446744073709551615</a><b>-9223372036854775808</b><c>7</c><d>true</d>"
            "<e>text</e>");
}

TEST(XmlWriter, WritesEmptyRootAndAttributes) {
  std::string out;
  XmlWriter writer(out);
  writer.empty_root("LocationConstraint");
  writer.open("Grantee", {{"xmlns:xsi", "http://x"}, {"xsi:type", "a\"<b"}});
  writer.text("<&");
  writer.raw("<x/>");
  writer.close("Grantee");
  EXPECT_EQ(out,
            "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>"
            "<Grantee xmlns:xsi=\"http://x\" xsi:type=\"a&quot;&lt;b\">&lt;&amp;<x/></Grantee>");
}

TEST(XmlWriter, EscapesMarkupAndKeepsTheRest) {
  std::string out;
  append_escaped(out, "a&b<c>d\"e'f\xC3\xA9\t\n\x7F");
  EXPECT_EQ(out, "a&amp;b&lt;c&gt;d&quot;e'f\xC3\xA9\t\n\x7F");
}

TEST(XmlWriter, WritesControlCharactersAsReferences) {
  std::string out;
  append_escaped(out, std::string_view("\r\x01\x0B\x1F\0", 5));
  EXPECT_EQ(out, "&#13;&#x1;&#xb;&#x1f;&#x0;");
}

TEST(XmlWriter, FindsSpecialCharactersAtEveryPosition) {
  for (std::size_t length = 1; length < 20; ++length) {
    for (std::size_t position = 0; position < length; ++position) {
      std::string text(length, '!');
      text[position] = '&';
      std::string out;
      XmlWriter writer(out);
      writer.element("a", text);
      text.replace(position, 1, "&amp;");
      EXPECT_EQ(out, "<a>" + text + "</a>");
    }
  }
}

TEST(XmlWriter, EscapesExactlyTheSpecialBytesInsideLongTexts) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = "abcdefg" + std::string(1, static_cast<char>(byte)) + "hijklmnop";
    std::string out;
    append_escaped(out, text);
    const bool is_special = (byte < 0x20 && byte != '\t' && byte != '\n') || byte == '&' ||
                            byte == '<' || byte == '>' || byte == '"';
    EXPECT_EQ(out != text, is_special) << byte;
  }
}

TEST(XmlWriter, ReaderGetsBackEveryCharacterButNul) {
  std::string all;
  for (int byte = 1; byte < 128; ++byte) all += static_cast<char>(byte);
  all += "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
  std::string out;
  XmlWriter writer(out);
  writer.declaration();
  writer.element("Key", all);
  const auto document = Document::parse(out);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().text(), all);
}

}  // namespace
}  // namespace pail::xml

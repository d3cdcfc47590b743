#include "xml/reader.h"

#include <utility>

#include <gtest/gtest.h>

namespace pail::xml {
namespace {

std::string nested(std::size_t depth) {
  std::string out;
  for (std::size_t i = 0; i < depth; ++i) out += "<a>";
  for (std::size_t i = 0; i < depth; ++i) out += "</a>";
  return out;
}

TEST(XmlReader, ReadsElementsTextsAndAttributes) {
  const auto document = Document::parse(
      "<?xml version=\"1.0\"?>\n<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
      "<Object><Key>a</Key></Object><Object><Key>b</Key></Object><Quiet kind='x&amp;y'>true</Quiet>"
      "</Delete>\n");
  ASSERT_TRUE(document);
  const Element root = document->root();
  EXPECT_EQ(root.name(), "Delete");
  EXPECT_EQ(root.children().size(), 3U);
  const auto objects = root.children("Object");
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_EQ(objects[1].child_text("Key"), "b");
  EXPECT_EQ(root.child("Quiet")->attribute("kind"), "x&y");
  EXPECT_EQ(root.child("Quiet")->attribute("other"), std::nullopt);
  EXPECT_FALSE(root.child("Missing"));
  EXPECT_EQ(root.child_text("Missing"), std::nullopt);
}

TEST(XmlReader, IgnoresPrefixes) {
  const auto document = Document::parse(
      "<s3:Tagging xmlns:s3='urn:x' xmlns:type='urn:y'><s3:Key xsi:type='Group'>k</s3:Key>"
      "</s3:Tagging>");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().name(), "Tagging");
  EXPECT_EQ(document->root().child_text("Key"), "k");
  EXPECT_EQ(document->root().child("Key")->attribute("type"), "Group");
  EXPECT_EQ(document->root().attribute("type"), std::nullopt);
}

TEST(XmlReader, TextIsExactAndJoinsCharacterDataAroundComments) {
  const auto document =
      Document::parse("<a> x<!-- no --><![CDATA[<&]]>&lt;&#233;&#x1F600;&apos; <b>in</b> y</a>");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().text(), " x<&<\xC3\xA9\xF0\x9F\x98\x80'  y");
}

TEST(XmlReader, KeepsTextOfWhiteSpaceOnly) {
  const auto document = Document::parse("<a><Key>  </Key><Key/></a>");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().child_text("Key"), "  ");
  EXPECT_EQ(document->root().children("Key")[1].text(), "");
}

TEST(XmlReader, LineEndsAreNormalizedUnlessWrittenAsReferences) {
  const auto document = Document::parse("<a>x\r\ny&#13;</a>");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().text(), "x\ny\r");
}

TEST(XmlReader, AcceptsByteOrderMarkCommentsAndProcessingInstructionsAround) {
  EXPECT_TRUE(Document::parse("\xEF\xBB\xBF<a/>"));
  EXPECT_TRUE(Document::parse("<?xml version='1.0'?><!-- c --><?pi x?> <a/> <!-- > --> "));
}

TEST(XmlReader, RefusesDoctypesAndEntities) {
  for (const char* text :
       {"<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<!ENTITY x 'y'><a/>",
        "<a>&x;</a>", "<a b='&x;'/>", "<a>&nbsp;</a>", "<a>&</a>", "<a>& amp;</a>", "<a>&amp</a>",
        "<a>&;</a>", "<a><!DOCTYPE b></a>", "<!doctype a><a/>"}) {
    EXPECT_FALSE(Document::parse(text)) << text;
  }
}

TEST(XmlReader, RefusesReferencesToWhatIsNoCharacter) {
  for (const char* text :
       {"<a>&#0;</a>", "<a>&#x0;</a>", "<a>&#xD800;</a>", "<a>&#xDFFF;</a>", "<a>&#x110000;</a>",
        "<a>&#99999999999;</a>", "<a>&#;</a>", "<a>&#x;</a>", "<a>&#-1;</a>", "<a>&#xg;</a>",
        "<a>&#1 ;</a>", "<a>&#X41;</a>"}) {
    EXPECT_FALSE(Document::parse(text)) << text;
  }
}

TEST(XmlReader, RefusesWhatIsNotOneWellFormedElement) {
  for (const char* text : {"",
                           " ",
                           "text",
                           "<a>",
                           "</a>",
                           "<a></b>",
                           "<a/><b/>",
                           "<a/>x",
                           "x<a/>",
                           "<a/>&amp;",
                           "<a><b></a></b>",
                           "<a",
                           "<a b>",
                           "<a b=c/>",
                           "<a b='c/>",
                           "<a b='<'/>",
                           "< a/>",
                           "<>x</>",
                           "<a><![CDATA[x</a>",
                           "<![CDATA[x]]><a/>",
                           "<a><!-- </a>",
                           "<?xml",
                           "<a></a></a>",
                           "<a><b",
                           "{\"json\": 1}",
                           "<a>\x01</a>",
                           "<a 'b'/>",
                           "<a/></a>"}) {
    EXPECT_FALSE(Document::parse(text)) << text;
  }
  EXPECT_FALSE(Document::parse(std::string_view("<a>\0</a>", 8)));
}

TEST(XmlReader, RefusesInvalidUtf8) {
  EXPECT_FALSE(Document::parse("<a>\xC3</a>"));
  EXPECT_FALSE(Document::parse("<a>\xED\xA0\x80</a>"));
}

TEST(XmlReader, HoldsTheLimitOfDepth) {
  EXPECT_TRUE(Document::parse(nested(32)));
  EXPECT_FALSE(Document::parse(nested(33)));
  EXPECT_TRUE(Document::parse("<a><b/></a>", {.max_depth = 2}));
  EXPECT_FALSE(Document::parse("<a><b><c/></b></a>", {.max_depth = 2}));
  EXPECT_FALSE(Document::parse(nested(200'000)));
}

TEST(XmlReader, HoldsTheLimitOfBytes) {
  EXPECT_TRUE(Document::parse("<a>12</a>", {.max_bytes = 9}));
  EXPECT_FALSE(Document::parse("<a>123</a>", {.max_bytes = 9}));
}

TEST(XmlReader, HoldsTheLimitOfNodesCountingAttributesAndTexts) {
  EXPECT_TRUE(Document::parse("<a b='1' c='2'>t</a>", {.max_nodes = 4}));
  EXPECT_FALSE(Document::parse("<a b='1' c='2'>t</a>", {.max_nodes = 3}));
  EXPECT_FALSE(Document::parse("<a><b/><b/><b/></a>", {.max_nodes = 3}));
  EXPECT_FALSE(Document::parse("<a>x<![CDATA[y]]></a>", {.max_nodes = 2}));
}

TEST(XmlReader, ElementsSurviveMovingTheDocument) {
  auto document = Document::parse("<a><b>x</b></a>");
  ASSERT_TRUE(document);
  const Element root = document->root();
  const Document moved = std::move(*document);
  EXPECT_EQ(root.child_text("b"), "x");
  EXPECT_EQ(moved.root().name(), "a");
}

}  // namespace
}  // namespace pail::xml

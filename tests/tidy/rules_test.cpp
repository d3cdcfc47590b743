#include "tidy/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tidy/function_lengths.h"

namespace pail::test::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "  work();\n";
  return text;
}

TEST(ModuleTable, IsReadFromTheCallsOfCMake) {
  const auto table = read_module_table(
      "pail_module(text)\npail_module(xml DEPENDS error\n  text LIBRARIES pugixml::pugixml)\n");
  EXPECT_THAT(table, ElementsAre(::testing::Pair("text", IsEmpty()),
                                 ::testing::Pair("xml", ElementsAre("error", "text"))));
}

TEST(ModuleIncludes, GoOnlyWhereTheTableLetsThem) {
  const ModuleTable table = {{"text", {}}, {"xml", {"text"}}};
  const std::vector<SourceFile> files = {
      {"server/text/a.h", "#include \"xml/b.h\"\n#include <vector>\n#include \"pail/result.h\"\n"},
      {"server/xml/b.h", "#include \"text/a.h\"\n#include \"xml/b.h\"\n"}};
  EXPECT_THAT(check_module_includes(files, table),
              ElementsAre(HasSubstr("server/text/a.h: may not include \"xml/b.h\"")));
}

TEST(ModuleIncludes, NameFilesThatAreThere) {
  EXPECT_THAT(
      check_module_includes({{"server/text/a.h", "#include \"text/b.h\"\n"}}, {{"text", {}}}),
      ElementsAre("server/text/a.h: includes \"text/b.h\", which is not there"));
}

TEST(ModuleIncludes, OfAFolderWithoutARowAreRefused) {
  EXPECT_THAT(check_module_includes({{"server/odd/a.h", ""}}, {}),
              ElementsAre(HasSubstr("no pail_module(odd")));
}

TEST(ModuleIncludes, OfMainAreTheCommandLine) {
  EXPECT_THAT(check_module_includes({{"server/main.cpp", "#include \"store/s.h\"\n"}}, {}),
              ElementsAre(HasSubstr("may not include \"store/s.h\"")));
}

TEST(Cycles, AreFoundAtAnyDistance) {
  EXPECT_THAT(check_no_cycles({{"a", {"b"}}, {"b", {"c"}}, {"c", {}}}), IsEmpty());
  EXPECT_THAT(check_no_cycles({{"a", {"b"}}, {"b", {"c"}}, {"c", {"b"}}}),
              ElementsAre("server/CMakeLists.txt: b leans on itself",
                          "server/CMakeLists.txt: c leans on itself"));
}

TEST(LibraryRooms, KeepTheirLibrary) {
  EXPECT_THAT(check_library_rooms({{"server/transport/a.cpp", "#include <boost/asio.hpp>\n"},
                                   {"server/store/disk/b.cpp", "#include <sqlite3.h>\n"}}),
              IsEmpty());
  EXPECT_THAT(check_library_rooms({{"server/service/a.cpp", "#include <boost/asio.hpp>\n"},
                                   {"server/store/store.h", "#include <sqlite3.h>\n"},
                                   {"server/model/c.h", "#include <pugixml.hpp>\n"}}),
              ElementsAre("server/service/a.cpp: <boost/asio.hpp> belongs to server/transport/",
                          "server/store/store.h: <sqlite3.h> belongs to server/store/disk/",
                          "server/model/c.h: <pugixml.hpp> belongs to server/xml/"));
}

TEST(Operations, AreIncludedByNobody) {
  EXPECT_THAT(check_operations_are_private(
                  {{"server/operations/a.cpp", "PAIL_OPERATION(A);\n"},
                   {"server/operations/a.h", ""},
                   {"server/operations/b.cpp", "// PAIL_OPERATION(B);\n"},
                   {"server/operations/b.h", ""},
                   {"server/operations/c.cpp", "#include \"operations/a.cpp\"\n"}}),
              ElementsAre("server/operations/a.cpp: an operation has no header",
                          "server/operations/c.cpp: includes the source operations/a.cpp"));
}

TEST(Lengths, OfFilesEndAt400) {
  EXPECT_THAT(check_lengths({{"server/a/a.cpp", std::string(400, '\n')}}), IsEmpty());
  EXPECT_THAT(check_lengths({{"server/a/a.cpp", std::string(401, '\n')}}),
              ElementsAre("server/a/a.cpp: has 401 lines"));
  EXPECT_THAT(check_lengths({{"tests/fuzz/corpus/a", std::string(401, '\n')}}), IsEmpty());
}

TEST(Lengths, OfFunctionsEndAt70) {
  EXPECT_THAT(check_lengths({{"a.cpp", "int f() {\n" + lines(68) + "}\n"}}), IsEmpty());
  EXPECT_THAT(check_lengths({{"a.cpp", "int f() {\n" + lines(69) + "}\n"}}),
              ElementsAre("a.cpp:1: int f() has 71 lines"));
}

TEST(FunctionLengths, ClassesAndNamespacesAreNone) {
  const auto found = function_lengths(
      "namespace a {\nclass B final : public C<D> {\n  int e() const {\n    if (x) {\n    }\n  "
      "}\n};\n"
      "}\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].header, "int e() const ");
  EXPECT_EQ(found[0].line, 3U);
  EXPECT_EQ(found[0].lines, 4U);
}

TEST(FunctionLengths, BracesInTextsAndCommentsDoNotCount) {
  const auto found = function_lengths(
      "void f() {\n  g(\"}\", '}', R\"(})\", 1'000);  // }\n  /* } */\n}\nvoid h() {}\n");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].lines, 4U);
  EXPECT_EQ(found[1].lines, 1U);
}

TEST(Names, ThatSayNothingAreFound) {
  EXPECT_THAT(check_names({{"server/store/store_utils.h", ""},
                           {"server/a/a.h", "class BucketManager;\nint helper_count;\n"}}),
              ElementsAre(HasSubstr("'utils' in the name of a file"), HasSubstr("'BucketManager'"),
                          HasSubstr("'helper_count'")));
}

TEST(Names, OfS3AndWordsInTextsAreLeftAlone) {
  EXPECT_THAT(check_names({{"server/a/a.h",
                            "#include <utility>\nint common_prefixes; // a helper\n"
                            "auto x = \"manager\"; struct CommonPrefix; int uncommonly;\n"}}),
              IsEmpty());
}

TEST(PublicHeaders, IncludeTheStandardLibraryAlone) {
  EXPECT_THAT(check_public_includes({{"include/pail/a.h",
                                      "#include <vector>\n#include \"pail/b.h\"\n"
                                      "#include <boost/x.hpp>\n#include \"text/a.h\"\n"}}),
              ElementsAre("include/pail/a.h: a public header may not include boost/x.hpp",
                          "include/pail/a.h: a public header may not include text/a.h"));
}

TEST(Tests, LieInAFolderThatATargetTakesIn) {
  const std::vector<SourceFile> files = {
      {"server/text/hex.cpp", ""},
      {"tests/CMakeLists.txt",
       "pail_test(${module}_test \"${CMAKE_CURRENT_SOURCE_DIR}/unit/${module}\")\n"
       "pail_test(transport_test \"${CMAKE_CURRENT_SOURCE_DIR}/transport\")"},
      {"tests/forgotten/a_test.cpp", ""},
      {"tests/transport/b_test.cpp", ""},
      {"tests/unit/text/hex_test.cpp", ""},
      {"tests/unit/text/hexx_test.cpp", ""}};
  EXPECT_THAT(check_tests_have_targets(files),
              ElementsAre("tests/forgotten/a_test.cpp: belongs to no pail_test()",
                          "tests/unit/text/hexx_test.cpp: there is no source of this name in its "
                          "module"));
}

TEST(Words, OfIdentifiersInEitherStyle) {
  EXPECT_THAT(words_of("BucketManager"), ElementsAre("bucket", "manager"));
  EXPECT_THAT(words_of("kPartSize_bytes"), ElementsAre("k", "part", "size", "bytes"));
  EXPECT_THAT(words_of("S3Error"), ElementsAre("s3", "error"));
}

}  // namespace
}  // namespace pail::test::tidy

#include "journal/printable.h"

#include <gtest/gtest.h>

namespace pail::journal {
namespace {

TEST(Printable, TextStays) { EXPECT_EQ(printable("a b/\xC3\xA4.png"), "a b/\xC3\xA4.png"); }

TEST(Printable, ControlCharactersAreWrittenOut) {
  EXPECT_EQ(printable("a\x1b[31m\n"), "a\\x1B[31m\\x0A");
  EXPECT_EQ(printable("\x7f"), "\\x7F");
  EXPECT_EQ(printable("\xC2\x9B"), "?");
}

TEST(Printable, BytesThatAreNoTextAreWrittenOut) { EXPECT_EQ(printable("\xff\x41"), "\\xFFA"); }

}  // namespace
}  // namespace pail::journal

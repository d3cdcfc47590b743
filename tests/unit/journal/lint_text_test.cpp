#include "journal/lint_text.h"

#include <gtest/gtest.h>

namespace pail::journal {
namespace {

std::vector<Finding> one() {
  Finding finding;
  finding.name = "open-uploads";
  finding.severity = Severity::kWarning;
  finding.what = "1 upload";
  finding.why = "costs";
  finding.what_to_do = "abort";
  finding.count = 1;
  finding.examples = {"s3://b/a\n"};
  return {finding};
}

TEST(LintText, SaysWhatWhyAndWhatToDo) {
  EXPECT_EQ(lint_text(one()),
            "warning open-uploads: 1 upload\n  why: costs\n  do:  abort\n  e.g. s3://b/a\\x0A\n");
}

TEST(LintText, SaysThatNothingWasFound) {
  EXPECT_EQ(lint_text({}), "nothing was found that would fail or cost on AWS\n");
}

TEST(LintText, IsJsonToo) {
  EXPECT_EQ(lint_json(one()).dump(),
            R"([{"name":"open-uploads","severity":"warning","what":"1 upload","why":"costs",)"
            R"("what_to_do":"abort","count":1,"examples":["s3://b/a\n"]}])");
  EXPECT_EQ(lint_json({}).dump(), "[]");
}

}  // namespace
}  // namespace pail::journal

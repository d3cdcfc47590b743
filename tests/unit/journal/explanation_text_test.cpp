#include "journal/explanation_text.h"

#include <gtest/gtest.h>

namespace pail::journal {
namespace {

Explanation full() {
  Explanation explanation;
  explanation.request_id = "R";
  explanation.headline = "GetObject s3://b/k\x1b: 403 SignatureDoesNotMatch";
  explanation.cause = Cause::kSignature;
  explanation.reasons = {"one", "two"};
  explanation.canonical_request = "GET\n/b/k";
  explanation.string_to_sign = "AWS4";
  explanation.differing_part = "path";
  explanation.server_line = "/b/k";
  explanation.client_line = "/k";
  explanation.did_you_mean = {"kk"};
  explanation.next_steps = {"do"};
  return explanation;
}

TEST(ExplanationText, SaysAll) {
  EXPECT_EQ(explanation_text(full()),
            "GetObject s3://b/k\\x1B: 403 SignatureDoesNotMatch\n"
            "request id: R\n"
            "cause: signature\n"
            "why:\n  one\n  two\n"
            "where it differs: path\n  server  /b/k\n  client  /k\n"
            "did you mean:\n  kk\n"
            "what to do:\n  do\n"
            "canonical request (of the server):\n  GET\n  /b/k\n"
            "string to sign (of the server):\n  AWS4\n");
}

TEST(ExplanationText, LeavesOutWhatIsNotKnown) {
  Explanation explanation;
  explanation.headline = "GetObject: 200";
  EXPECT_EQ(explanation_text(explanation), "GetObject: 200\ncause: nothing\n");
}

TEST(ExplanationText, IsJsonToo) {
  Explanation explanation = full();
  explanation.headline = "h";
  EXPECT_EQ(explanation_json(explanation).dump(),
            R"({"request_id":"R","headline":"h","cause":"signature","reasons":["one","two"],)"
            R"("canonical_request":"GET\n/b/k","string_to_sign":"AWS4","differing_part":"path",)"
            R"("server_line":"/b/k","client_line":"/k","did_you_mean":["kk"],)"
            R"("next_steps":["do"]})");
}

}  // namespace
}  // namespace pail::journal

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "process/pail_process.h"

namespace pail::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class Run : public ::testing::Test {
 protected:
  [[nodiscard]] Invocation invocation(std::vector<std::string> options,
                                      const std::string& script) const {
    std::vector<std::string> arguments = {"run"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.insert(arguments.end(), {"--", "/bin/sh", "-c", script});
    return {std::move(arguments),
            {{"PATH", "/usr/bin:/bin"}, {"AWS_PROFILE", "mine"}, {"KEPT", "as it was"}},
            directory_.path()};
  }

  TestDirectory directory_;
};

TEST_F(Run, GivesTheCommandAServerAndAllThatItsSdkNeeds) {
  const Finished finished = run_pail(
      invocation({"--bucket", "photos", "--region", "eu-central-1"},
                 "curl -sS \"$AWS_ENDPOINT_URL_S3/_pail/health\"; echo \"$AWS_ACCESS_KEY_ID "
                 "$S3_SECRET_ACCESS_KEY $AWS_REGION $S3_BUCKET $AWS_EC2_METADATA_DISABLED "
                 "profile=$AWS_PROFILE $KEPT\""));
  EXPECT_EQ(finished.code, 0);
  EXPECT_EQ(finished.out, "ok\npail pail-secret-key eu-central-1 photos true profile= as it was\n");
}

TEST_F(Run, LetsTheCommandUseTheControlInterface) {
  const Finished finished = run_pail(
      invocation({},
                 "curl -sS -o /dev/null -w '%{http_code} ' \"$PAIL_ENDPOINT/_pail/spaces\"; "
                 "curl -sS -o /dev/null -w '%{http_code}' -H \"Authorization: Bearer "
                 "$PAIL_CONTROL_TOKEN\" \"$PAIL_ENDPOINT/_pail/spaces\""));
  EXPECT_EQ(finished.out, "401 200");
}

TEST_F(Run, ReturnsTheExitCodeOfTheCommand) {
  EXPECT_EQ(run_pail(invocation({}, "exit 7")).code, 7);
  EXPECT_EQ(run_pail(invocation({}, "kill -KILL $$")).code, 128 + SIGKILL);
}

TEST_F(Run, SaysWhatACommandIsMissing) {
  Invocation nothing = invocation({}, "");
  nothing.arguments = {"run"};
  EXPECT_EQ(run_pail(nothing).code, 2);
  Invocation unknown = invocation({}, "");
  unknown.arguments = {"run", "--", "no-such-command-here"};
  const Finished finished = run_pail(unknown);
  EXPECT_EQ(finished.code, 127);
  EXPECT_THAT(finished.err, HasSubstr("no-such-command-here"));
}

TEST_F(Run, SumsUpWhatTheCommandDid) {
  const Finished finished = run_pail(invocation({"--bucket", "photos:public-read-write"},
                                                "curl -sS -T /dev/null $PAIL_ENDPOINT/photos/a; "
                                                "curl -sS $PAIL_ENDPOINT/photos/b; curl -sS -X "
                                                "POST \"$PAIL_ENDPOINT/photos/c?uploads\""));
  EXPECT_THAT(finished.err, AllOf(HasSubstr("1 PutObject"), HasSubstr("1 NoSuchKey"),
                                  HasSubstr("upload never completed: s3://photos/c")));
}

TEST_F(Run, SpoilsRequestsFromTheStart) {
  const std::string ask = "curl -sS $PAIL_ENDPOINT/photos/a";
  const Finished spoiled = run_pail(invocation({"--bucket", "photos:public-read", "--fault",
                                                R"({"operation":"GetObject","error":"SlowDown"})"},
                                               ask));
  EXPECT_THAT(spoiled.out, HasSubstr("<Code>SlowDown</Code>"));
  const Finished wrong = run_pail(invocation({"--fault", "no-such-scenario"}, ask));
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.err, HasSubstr("flaky-network"));
}

TEST_F(Run, SaysWhatFailsOnAwsAndFailsForIt) {
  const std::string leave_open =
      "curl -sS -o /dev/null -X POST \"$PAIL_ENDPOINT/photos/c?uploads\"";
  const std::vector<std::string> options = {"--bucket", "photos:public-read-write", "--lint"};
  for (const auto& [word, code] : {std::pair("show", 0), std::pair("error", 1)}) {
    std::vector<std::string> with_lint = options;
    with_lint.emplace_back(word);
    const Finished finished = run_pail(invocation(with_lint, leave_open));
    EXPECT_EQ(finished.code, code) << finished.err;
    EXPECT_THAT(finished.err, AllOf(HasSubstr("open-uploads"), HasSubstr("public-buckets")));
  }
}

TEST_F(Run, PassesSignalsOn) {
  PailProcess pail(
      invocation({},
                 "trap 'echo got it; exit 9' TERM; echo begun; while :; do sleep 0.05; "
                 "done"));
  ASSERT_TRUE(pail.prints("begun")) << pail.err();
  pail.signal(SIGTERM);
  EXPECT_EQ(pail.wait(), 9);
  EXPECT_THAT(pail.out(), HasSubstr("got it"));
}

TEST_F(Run, LeavesNothingBehind) {
  run_pail(invocation({"--bucket", "photos"}, "true"));
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path()));
}

}  // namespace
}  // namespace pail::test

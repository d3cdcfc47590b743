#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "matrix/samples.h"
#include "protocol/operation_spec.h"

// Every operation against every kind of sender, from the rows of operations.def.
namespace pail::test::matrix {
namespace {

using protocol::Entry;

struct Row {
  const char* name;
  Entry entry;
  std::function<Call(Loopback&)> sample;
};

std::vector<Row> rows() {
  return {
#define S3_OPERATION(name, method, target, markers, action, body) \
  {#name, Entry::kSigned, &sample<operations::name>},
#define S3_PREFLIGHT(name, target) {#name, Entry::kPreflight, &sample<operations::name>},
#define S3_FORM(name, target, action) {#name, Entry::kForm, &sample<operations::name>},
#define S3_ACTION(name, action) {#name, Entry::kAction, &sample<operations::name>},
#define S3_NOT_IMPLEMENTED(name, method, target, markers)
#include "operations/operations.def"
#undef S3_OPERATION
#undef S3_PREFLIGHT
#undef S3_FORM
#undef S3_ACTION
#undef S3_NOT_IMPLEMENTED
  };
}

std::string name_of(const ::testing::TestParamInfo<Row>& info) { return info.param.name; }

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class AccessMatrix : public ::testing::TestWithParam<Row> {
 protected:
  /// What becomes of the sample when it is sent so; DeleteObjects refuses inside its answer.
  static std::string outcome(Sender sender, SigningFault fault = SigningFault::kNone) {
    Loopback server;
    Call call = GetParam().sample(server);
    call.sender = sender;
    call.fault = fault;
    const Answer answer = server.send(call);
    const std::string refusal = answer.element("Code");
    if (answer.status == 200 && refusal == "AccessDenied") return "403 AccessDenied";
    return answer.status < 300 ? "allowed" : answer.outcome();
  }
  /// A refusal as this operation shows it: an answer to HEAD has no body.
  static std::string refused(const std::string& outcome) {
    Loopback server;
    return GetParam().sample(server).method == "HEAD" ? outcome.substr(0, 3) : outcome;
  }
  static bool is(std::initializer_list<const char*> names) {
    for (const char* name : names) {
      if (GetParam().name == std::string(name)) return true;
    }
    return false;
  }
  [[nodiscard]] static bool is_form() { return GetParam().entry == Entry::kForm; }
  [[nodiscard]] static bool is_action() { return GetParam().entry == Entry::kAction; }
  [[nodiscard]] static bool is_signed() { return GetParam().entry == Entry::kSigned; }
  [[nodiscard]] static bool is_open_to_all() { return GetParam().entry == Entry::kPreflight; }
};

TEST_P(AccessMatrix, OwnerIsLetIn) {
  if (is_form()) GTEST_SKIP() << "an unsigned form: see AnonymousIsRefused";
  EXPECT_EQ(outcome(Sender::kOwner), "allowed");
}

TEST_P(AccessMatrix, UserWithPermissionIsLetIn) {
  if (is_form()) GTEST_SKIP() << "an unsigned form: see AnonymousIsRefused";
  if (is_action()) GTEST_SKIP() << "his permissions are those of S3";
  EXPECT_EQ(outcome(Sender::kPermitted), "allowed");
}

TEST_P(AccessMatrix, UserWithoutPermissionIsRefused) {
  if (is_action()) GTEST_SKIP() << "see the tests of the token service";
  const std::string expected = is_open_to_all() ? "allowed" : refused("403 AccessDenied");
  EXPECT_EQ(outcome(Sender::kLimited), expected);
}

TEST_P(AccessMatrix, OtherAccountIsRefused) {
  if (is_action()) GTEST_SKIP() << "see the tests of the token service";
  // These two are about the sender's own buckets.
  const bool is_own = is({"ListBuckets", "CreateBucket"});
  const std::string expected = is_open_to_all() || is_own ? "allowed" : refused("403 AccessDenied");
  EXPECT_EQ(outcome(Sender::kStranger), expected);
}

TEST_P(AccessMatrix, AnonymousIsRefused) {
  if (is({"AssumeRoleWithWebIdentity"})) GTEST_SKIP() << "proves itself by its token";
  const char* code = is_action() ? "403 MissingAuthenticationToken" : "403 AccessDenied";
  EXPECT_EQ(outcome(Sender::kNobody), is_open_to_all() ? "allowed" : refused(code));
}

TEST_P(AccessMatrix, ExpiredSessionIsRefused) {
  if (!is_signed()) GTEST_SKIP() << "carries no signature of its own";
  EXPECT_EQ(outcome(Sender::kOwner, SigningFault::kExpiredSession), refused("400 ExpiredToken"));
}

TEST_P(AccessMatrix, WrongSecretIsRefused) {
  const bool is_unsigned = is_form() || is_open_to_all() || is({"AssumeRoleWithWebIdentity"});
  if (is_unsigned) GTEST_SKIP() << "carries no signature of its own";
  EXPECT_EQ(outcome(Sender::kOwner, SigningFault::kWrongSecret),
            refused("403 SignatureDoesNotMatch"));
}

TEST_P(AccessMatrix, PresignedRequestIsLetIn) {
  if (!is_signed()) GTEST_SKIP() << "can not be presigned";
  EXPECT_EQ(outcome(Sender::kOwner, SigningFault::kPresigned), "allowed");
}

TEST_P(AccessMatrix, PresignedForAnotherOperationIsRefused) {
  if (!is_signed()) GTEST_SKIP() << "can not be presigned";
  EXPECT_EQ(outcome(Sender::kOwner, SigningFault::kPresignedForAnotherMethod),
            refused("403 SignatureDoesNotMatch"));
}

TEST_P(AccessMatrix, PresignedForAnotherKeyIsRefused) {
  if (!is_signed()) GTEST_SKIP() << "can not be presigned";
  EXPECT_EQ(outcome(Sender::kOwner, SigningFault::kPresignedForAnotherPath),
            refused("403 SignatureDoesNotMatch"));
}

TEST_P(AccessMatrix, TamperedQueryIsRefused) {
  if (!is_signed()) GTEST_SKIP() << "can not be presigned";
  EXPECT_EQ(outcome(Sender::kOwner, SigningFault::kTamperedQuery),
            refused("403 SignatureDoesNotMatch"));
}

TEST_P(AccessMatrix, PresignedRequestExpires) {
  if (!is_signed()) GTEST_SKIP() << "can not be presigned";
  EXPECT_EQ(outcome(Sender::kOwner, SigningFault::kExpired), refused("403 AccessDenied"));
}

INSTANTIATE_TEST_SUITE_P(Rows, AccessMatrix, ::testing::ValuesIn(rows()), name_of);

}  // namespace
}  // namespace pail::test::matrix

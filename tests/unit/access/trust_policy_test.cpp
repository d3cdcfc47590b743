#include "access/trust_policy.h"

#include <gtest/gtest.h>

namespace pail::access {
namespace {

std::string policy(const std::string& principal, const std::string& more = "") {
  return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",)"
         R"("Principal":)" +
         principal + more + "}]}";
}

auth::Identity user(const std::string& account, const std::string& name) {
  auth::Identity identity{"AK", name, "c" + account, account};
  identity.arn = "arn:aws:iam::" + account + ":user/" + name;
  return identity;
}

Verdict ask(const Policy& trust, const auth::Identity& who) {
  return evaluate(trust, {who, "sts:AssumeRole", "arn:aws:iam::111122223333:role/reader"});
}

TEST(TrustPolicy, NamesWhoMayAssumeTheRole) {
  const auto trust = parse_trust_policy(policy(R"({"AWS":"arn:aws:iam::111122223333:user/a"})"));
  ASSERT_TRUE(trust.has_value());
  const auth::Identity named = user("111122223333", "a");
  const Verdict verdict = ask(*trust, named);
  EXPECT_EQ(verdict.decision, Decision::kAllow);
  EXPECT_FALSE(verdict.is_delegated);
  EXPECT_EQ(ask(*trust, user("111122223333", "b")).decision, Decision::kNoStatement);
}

TEST(TrustPolicy, TrustInAnAccountIsDelegated) {
  const auto trust = parse_trust_policy(policy(R"({"AWS":"111122223333"})"));
  ASSERT_TRUE(trust.has_value());
  EXPECT_TRUE(ask(*trust, user("111122223333", "a")).is_delegated);
}

TEST(TrustPolicy, ProvidersVouchForTheirOwnStatementsOnly) {
  const auto trust = parse_trust_policy(
      policy(R"({"Federated":"arn:aws:iam::111122223333:oidc-provider/idp.test/realm"})"));
  ASSERT_TRUE(trust.has_value());
  EXPECT_EQ(trust_in_provider(*trust, "idp.test/realm").statements.size(), 1U);
  EXPECT_TRUE(trust_in_provider(*trust, "idp.test").statements.empty());
  EXPECT_EQ(ask(trust_in_provider(*trust, "idp.test/realm"), {}).decision, Decision::kAllow);
  EXPECT_EQ(ask(*trust, user("111122223333", "a")).decision, Decision::kNoStatement);
  const auto open = parse_trust_policy(policy(R"("*")"));
  EXPECT_TRUE(trust_in_provider(*open, "idp.test/realm").statements.empty());
}

TEST(TrustPolicy, RefusesWhatIsNone) {
  const auto message = [](const std::string& text) {
    const auto trust = parse_trust_policy(text);
    return trust ? std::string("accepted") : trust.error().message;
  };
  EXPECT_EQ(message("{"), "This policy contains invalid Json");
  EXPECT_EQ(message(policy(R"("*")", R"(,"Resource":"*")")), "Has prohibited field Resource");
  EXPECT_EQ(message(R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}})"),
            "AssumeRole policy may only specify STS AssumeRole actions.");
  EXPECT_EQ(message(R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}})"),
            "AssumeRole policy must contain principals.");
  EXPECT_EQ(message(policy("[]")), "Syntax errors in policy.");
}

}  // namespace
}  // namespace pail::access

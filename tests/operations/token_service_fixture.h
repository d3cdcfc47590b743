#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "access/authorizer.h"
#include "auth/authenticator.h"
#include "auth/sigv4.h"
#include "checksum/digest.h"
#include "service/service.h"
#include "store/memory/memory_store.h"
#include "support/loopback.h"
#include "support/token_signer.h"
#include "task/task.h"
#include "text/percent.h"
#include "time/date.h"

namespace pail::operations {

/// A server with two accounts, users and roles that tests of the Security Token Service name, and a
/// bucket "bucket" of the first account.
class TokenService : public ::testing::Test {
 protected:
  static constexpr const char* kAccount = "111122223333";
  static constexpr const char* kOther = "444455556666";
  static constexpr const char* kReadPolicy = "arn:aws:iam::111122223333:policy/read";
  using Parameters = std::map<std::string, std::string>;

  /// Whose keys sign.
  struct Keys {
    std::string access_key_id;
    std::string secret;
    std::string token = {};
  };
  Keys admin{"AKIDADMIN", "admin-secret"};      // of kAccount, without policies
  Keys limited{"AKIDLIMITED", "some-secret"};   // of kAccount, may read the bucket's objects
  Keys stranger{"AKIDSTRANGER", "far-secret"};  // of kOther, without policies
  Keys nobody{};

  explicit TokenService(bool believes_others = true) {
    add_user("admin", kAccount, admin, "");
    add_user("limited", kAccount, limited,
             R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject",
                 "Resource":"arn:aws:s3:::bucket/*"}})");
    add_user("stranger", kOther, stranger, "");
    add_role("open", "", "");
    add_role("reader", trust(R"({"AWS":"arn:aws:iam::111122223333:user/limited"})", ""),
             R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",
                 "Action":["s3:GetObject","s3:ListBucket"],"Resource":"*"}})");
    add_role("guest",
             trust(R"({"AWS":"444455556666"})",
                   R"(,"Condition":{"StringEquals":{"sts:ExternalId":"ticket"}})"),
             "");
    add_role("web",
             trust(R"({"Federated":"arn:aws:iam::111122223333:oidc-provider/idp.test/realm"})",
                   R"(,"Condition":{"StringEquals":{"idp.test/realm:sub":"someone"}})"),
             "");
    add_role("signed",
             trust(R"({"Federated":"arn:aws:iam::111122223333:oidc-provider/signed.test"})", ""),
             "");
    add_role("long", "", "", std::chrono::hours(12));
    directory.add(
        auth::ManagedPolicy{kReadPolicy, R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",
                         "Action":["s3:GetObject","s3:ListBucket"],"Resource":"*"}})"});
    sessions = std::make_shared<const auth::SessionTokens>(auth::SealKey{std::byte{7}});
    auth::AuthenticatorOptions options;
    options.region = "eu-west-1";
    options.names.hosts = {"localhost"};
    options.sessions = sessions;
    options.providers = auth::IdentityProviders(
        {{"https://signed.test", {"app"}, auth::ProviderKey::read(signer.key_set()).value()}},
        believes_others);
    authenticator = std::make_unique<auth::Authenticator>(credentials, options, clock);
    authorizer = std::make_unique<access::Authorizer>(
        *store, directory, access::SenderPolicyBook::read(directory).value(),
        access::Authorizer::StartAccesses{});
    OperationContext context{*store,  *authorizer, directory,    clock,
                             random_, "eu-west-1", options.names};
    context.sessions = sessions;
    service = std::make_unique<service::Service>(std::move(context), *authenticator, nullptr);
    model::Bucket bucket;
    bucket.name = "bucket";
    bucket.region = "eu-west-1";
    bucket.owner_id = auth::canonical_id_of(kAccount);
    bucket.created = clock.now();
    EXPECT_TRUE(task::run_blocking(store->create_bucket(std::move(bucket))).has_value());
  }

  static std::string form_of(const Parameters& parameters) {
    std::string form;
    for (const auto& [name, value] : parameters) {
      if (!form.empty()) form += '&';
      form += text::percent_encode(name) + '=' + text::percent_encode(value);
    }
    return form;
  }

  /// An action as SDKs send it: a form that is signed for "sts".
  test::Answer act(const std::string& action, Parameters parameters, const Keys& keys) {
    parameters["Action"] = action;
    parameters.emplace("Version", "2011-06-15");
    return send("POST", "/", form_of(parameters), keys, "sts");
  }

  /// A request of S3.
  test::Answer ask(const std::string& method, const std::string& target, const Keys& keys,
                   const std::string& body = "") {
    return send(method, target, body, keys, "s3");
  }

  test::Answer send(const std::string& method, const std::string& target, const std::string& body,
                    const Keys& keys, std::string_view for_service) {
    http::Request request;
    request.method = method;
    request.target = target;
    request.headers.add("Host", "localhost");
    if (for_service == "sts" && method == "POST") {
      request.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    }
    if (method != "GET") request.headers.add("Content-Length", std::to_string(body.size()));
    http::StringBody reader(body);
    request.body = &reader;
    if (!keys.access_key_id.empty()) sign(request, body, keys, for_service);
    http::Response response = task::run_blocking(service->handle(request));
    test::Answer answer;
    answer.status = response.status;
    answer.headers = response.headers;
    answer.body = std::move(response.body);
    return answer;
  }

  /// The keys in an answer.
  static Keys keys_of(const test::Answer& answer) {
    return {answer.element("AccessKeyId"), answer.element("SecretAccessKey"),
            answer.element("SessionToken")};
  }

  static std::string role(const std::string& name) {
    return "arn:aws:iam::111122223333:role/" + name;
  }

  Parameters role_session(const std::string& name) {
    return {{"RoleArn", role(name)}, {"RoleSessionName", "trial"}};
  }

  time::ManualClock clock{time::Timestamp(std::chrono::seconds(1795536000))};
  std::string signing_region = "eu-west-1";
  /// Of the provider https://signed.test, whose tokens are for "app".
  test::TokenSigner signer = test::TokenSigner::p256();

 private:
  static std::string trust(const std::string& principal, const std::string& more) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":)" + principal +
           R"(,"Action":"sts:*")" + more + "}}";
  }

  void add_user(const std::string& name, const std::string& account, const Keys& keys,
                const std::string& policy) {
    directory.add(auth::Account{account, auth::canonical_id_of(account), ""});
    auth::User user;
    user.name = name;
    user.account_id = account;
    user.arn = auth::user_arn(account, name);
    user.user_id = auth::unique_id("AIDA", user.arn);
    if (!policy.empty()) user.policies.push_back(policy);
    auth::Identity identity{keys.access_key_id, name, auth::canonical_id_of(account), account};
    identity.arn = identity.policy_bearer_arn = user.arn;
    identity.user_id = user.user_id;
    identity.principal_type = "User";
    credentials.add({keys.secret, std::move(identity)});
    directory.add(std::move(user));
  }

  void add_role(const std::string& name, const std::string& trust_policy, const std::string& policy,
                std::chrono::seconds session_most = std::chrono::hours(1)) {
    auth::Role added;
    added.name = name;
    added.account_id = kAccount;
    added.arn = auth::role_arn(kAccount, name);
    added.role_id = auth::unique_id("AROA", added.arn);
    added.trust_policy = trust_policy;
    if (!policy.empty()) added.policies.push_back(policy);
    added.session_most = session_most;
    directory.add(std::move(added));
  }

  void sign(http::Request& request, const std::string& body, const Keys& keys,
            std::string_view for_service) const {
    const std::string date = time::format_amz_date(clock.now());
    const std::string hash = checksum::sha256_hex(body);
    request.headers.add("x-amz-date", date);
    std::vector<std::string_view> names = {"host"};
    std::string list = "host";
    if (for_service == "s3") {
      request.headers.add("x-amz-content-sha256", hash);
      names.emplace_back("x-amz-content-sha256");
      list += ";x-amz-content-sha256";
    }
    names.emplace_back("x-amz-date");
    list += ";x-amz-date";
    if (!keys.token.empty()) {
      request.headers.add("x-amz-security-token", keys.token);
      names.emplace_back("x-amz-security-token");
      list += ";x-amz-security-token";
    }
    const auto question_mark = request.target.find('?');
    const std::string path = request.target.substr(0, question_mark);
    const auto query = protocol::Query::parse(
        question_mark == std::string::npos ? "" : request.target.substr(question_mark + 1));
    const std::string canonical_query = auth::canonical_query(*query);
    const auto canonical = auth::canonical_request(
        {request.method, path, canonical_query, &request.headers, names, list, hash});
    const std::string day = date.substr(0, 8);
    const std::string scope = auth::credential_scope(day, signing_region, for_service);
    const auto key = auth::derive_signing_key(keys.secret, day, signing_region, for_service);
    request.headers.add("Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + keys.access_key_id + "/" + scope +
                            ",SignedHeaders=" + list + ",Signature=" +
                            auth::sign(key, auth::string_to_sign(date, scope, canonical.text)));
  }

  auth::Directory directory;
  auth::Credentials credentials;
  random::SeededRandom random_{1};
  std::unique_ptr<store::Store> store = store::make_memory_store();
  std::shared_ptr<const auth::SessionTokens> sessions;
  std::unique_ptr<auth::Authenticator> authenticator;
  std::unique_ptr<access::Authorizer> authorizer;
  std::unique_ptr<service::Service> service;
};

}  // namespace pail::operations

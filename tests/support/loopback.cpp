#include "support/loopback.h"

#include <array>
#include <chrono>
#include <stdexcept>
#include <utility>
#include <variant>

#include "checksum/algorithm.h"
#include "store/memory/memory_store.h"
#include "task/task.h"
#include "text/base64.h"
#include "text/bytes.h"

namespace pail::test {
namespace {

constexpr const char* kSecretAccessKey = "loopback/secret";
constexpr const char* kHost = "localhost:9000";

/// A body that comes in two halves and remembers whether anybody wanted it.
class HalvedBody final : public http::BodyReader {
 public:
  HalvedBody(std::string bytes, http::HeaderMap trailers, bool length_is_known)
      : bytes_(std::move(bytes)),
        trailers_(std::move(trailers)),
        length_is_known_(length_is_known) {}

  Task<S3Result<std::span<const std::byte>>> read() override {
    was_wanted_ = true;
    const auto rest = std::string_view(bytes_).substr(offset_);
    const auto part = rest.substr(0, std::max<std::size_t>(bytes_.size() / 2, 1));
    offset_ += part.size();
    co_return text::as_bytes(part);
  }
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override {
    if (!length_is_known_) return std::nullopt;
    return bytes_.size();
  }
  [[nodiscard]] const http::HeaderMap& trailers() const override { return trailers_; }
  [[nodiscard]] bool was_wanted() const { return was_wanted_; }

 private:
  std::string bytes_;
  http::HeaderMap trailers_;
  bool length_is_known_;
  std::size_t offset_ = 0;
  bool was_wanted_ = false;
};

http::HeaderMap to_map(const Headers& fields) {
  http::HeaderMap map;
  for (const http::Header& field : fields) map.add(field.name, field.value);
  return map;
}

struct Person {
  Sender sender;
  const char* access_key_id;
  const char* name;
  const char* account_id;
  const char* policy;  // empty: none
};
constexpr std::array<Person, 4> kPeople = {{
    {Sender::kOwner, "AKIDLOOPBACK", "loopback", kOwnerAccountId, ""},
    {Sender::kPermitted, "AKIDPERMITTED", "permitted", kOwnerAccountId,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]})"},
    {Sender::kLimited, "AKIDLIMITED", "limited", kOwnerAccountId,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::elsewhere/*"}]})"},
    {Sender::kStranger, "AKIDSTRANGER", "stranger", kStrangerAccountId, ""},
}};

auth::Directory directory() {
  auth::Directory known;
  for (const Person& person : kPeople) {
    known.add(auth::Account{person.account_id, auth::canonical_id_of(person.account_id),
                            std::string(person.account_id) + "@example.com"});
    auth::User user;
    user.name = person.name;
    user.account_id = person.account_id;
    user.arn = auth::user_arn(person.account_id, person.name);
    user.user_id = auth::unique_id("AIDA", user.arn);
    if (*person.policy != '\0') user.policies.emplace_back(person.policy);
    known.add(std::move(user));
  }
  for (const char* name : {"open", "web"}) {
    auth::Role role;
    role.name = name;
    role.account_id = kOwnerAccountId;
    role.arn = auth::role_arn(role.account_id, role.name);
    role.role_id = auth::unique_id("AROA", role.arn);
    if (role.name == "web") {
      role.trust_policy =
          R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":
              "arn:aws:iam::000000000000:oidc-provider/idp.test"},
              "Action":"sts:AssumeRoleWithWebIdentity"}})";
    }
    known.add(std::move(role));
  }
  return known;
}

auth::Credentials credentials() {
  auth::Credentials known;
  for (const Person& person : kPeople) {
    auth::Identity identity;
    identity.access_key_id = person.access_key_id;
    identity.user_name = person.name;
    identity.account_id = person.account_id;
    identity.canonical_id = auth::canonical_id_of(person.account_id);
    identity.arn = auth::user_arn(person.account_id, person.name);
    identity.user_id = auth::unique_id("AIDA", identity.arn);
    identity.principal_type = "User";
    identity.policy_bearer_arn = identity.arn;
    known.add({kSecretAccessKey, std::move(identity)});
  }
  return known;
}

access::SenderPolicyBook policies(const auth::Directory& people) {
  auto book = access::SenderPolicyBook::read(people);
  if (!book) throw std::logic_error(book.error());
  return std::move(book).value();
}

protocol::ServerNames names() {
  protocol::ServerNames own;
  own.hosts = {"localhost"};
  return own;
}

auth::AuthenticatorOptions authenticator_options(
    const std::string& region, std::shared_ptr<const auth::SessionTokens> sessions) {
  auth::AuthenticatorOptions options;
  options.region = region;
  options.names = names();
  options.strict_host = true;
  options.ports = {9000};
  options.sessions = std::move(sessions);
  options.providers = auth::IdentityProviders({}, /*believes_others=*/true);
  return options;
}

operations::OperationContext operation_context(
    operations::OperationContext context, std::shared_ptr<const auth::SessionTokens> sessions) {
  context.sessions = std::move(sessions);
  return context;
}

std::string text_of(const http::BodyPiece& piece) {
  if (const auto* text = std::get_if<std::string>(&piece)) return *text;
  if (const auto* shared = std::get_if<content::SharedRange>(&piece))
    return shared->bytes->substr(shared->offset_bytes, shared->length_bytes);
  throw std::logic_error("the memory store has no files");
}

Task<std::string> drain(http::BodySource& source) {
  std::string all;
  while (true) {
    auto piece = co_await source.next();
    if (!piece) throw std::runtime_error("the response body failed");
    if (!*piece) co_return all;
    all += text_of(**piece);
  }
}

}  // namespace

std::string Answer::header(std::string_view name) const {
  return std::string(headers.find(name).value_or(""));
}

std::string Answer::element(std::string_view name) const {
  const std::string open = '<' + std::string(name) + '>';
  const auto start = body.find(open);
  if (start == std::string::npos) return {};
  const auto end = body.find("</" + std::string(name) + '>', start);
  return body.substr(start + open.size(), end - start - open.size());
}

std::string Answer::outcome() const {
  const std::string code = status >= 300 ? element("Code") : std::string();
  return std::to_string(status) + (code.empty() ? "" : ' ' + code);
}

Loopback::Loopback(const std::string& region)
    : clock_(time::Timestamp(std::chrono::seconds(1795536000))),
      directory_(directory()),
      sessions_(std::make_shared<const auth::SessionTokens>(auth::SealKey{std::byte{7}})),
      store_(store::make_memory_store()),
      authorizer_(*store_, directory_, policies(directory_),
                  {{"public", access::StartAccess::kPublicReadWrite}}),
      authenticator_(credentials(), authenticator_options(region, sessions_), clock_),
      service_(
          operation_context({*store_, authorizer_, directory_, clock_, random_, region, names()},
                            sessions_),
          authenticator_, [this](const RequestRecord& record) { last_record_ = record; },
          service::RecordDetail::kAll, &faults_),
      region_(region) {
  for (const Person& person : kPeople) {
    signers_.emplace(person.sender, RequestSigner(person.access_key_id, kSecretAccessKey, region));
    impostors_.emplace(person.sender, RequestSigner(person.access_key_id, "a guess", region));
  }
  make_bucket("bucket", region, access::BucketDefaults::kPublic);
  make_bucket("other", region, access::BucketDefaults::kPublic);
  make_bucket("public", region, access::BucketDefaults::kPublic);
  make_bucket("classic", region, access::BucketDefaults::kClassic);
}

void Loopback::make_bucket(const std::string& name, const std::string& region,
                           access::BucketDefaults defaults) {
  model::Bucket bucket;
  bucket.name = name;
  bucket.region = region;
  bucket.owner_id = auth::canonical_id_of(kOwnerAccountId);
  bucket.documents = access::new_bucket_documents(defaults);
  bucket.created = clock_.now();
  if (!task::run_blocking(store_->create_bucket(std::move(bucket))))
    throw std::runtime_error("no bucket");
}

std::int64_t Loopback::bucket_id(std::string_view name) const {
  return store_->find_bucket(name)->id;
}

Answer Loopback::send(const Call& call) {
  http::Request request;
  request.method = call.method;
  request.target = call.target;
  request.headers = to_map(call.headers);
  request.remote_address = "127.0.0.1";
  request.is_tls = is_tls_;
  HalvedBody body(call.body, to_map(call.trailers), call.length_is_known);
  request.body = &body;
  if (!request.headers.contains("Host")) request.headers.add("Host", kHost);
  const bool has_body = call.method == "PUT" || call.method == "POST" || !call.body.empty();
  if (has_body && !request.headers.contains("Content-Length") &&
      !request.headers.contains("Transfer-Encoding")) {
    request.headers.add("Content-Length", std::to_string(call.body.size()));
  }
  if (!call.content_sha256.empty())
    request.headers.add("x-amz-content-sha256", call.content_sha256);
  if (call.is_signed && call.sender != Sender::kNobody) sign(request, call);

  http::Response response = task::run_blocking(service_.handle(request));
  Answer answer;
  answer.status = response.status;
  answer.headers = response.headers;
  answer.body = std::move(response.body);
  if (response.source) {
    answer.body = task::run_blocking(drain(*response.source));
    answer.headers.add("Content-Length", std::to_string(response.source_length_bytes.value_or(0)));
  } else if (response.announced_length_bytes) {
    answer.headers.add("Content-Length", std::to_string(*response.announced_length_bytes));
  }
  answer.body_was_wanted = body.was_wanted();
  if (response.delivery_plan) answer.delivery_plan = *response.delivery_plan;
  if (response.on_delivered) response.on_delivered({answer.body.size(), true});
  return answer;
}

void Loopback::sign(http::Request& request, const Call& call) {
  constexpr int kExpires_s = 300;
  const RequestSigner& signer = signers_.at(call.sender);
  const std::string method = request.method;
  const std::string path = request.target.substr(0, request.target.find('?'));
  switch (call.fault) {
    case SigningFault::kNone:
      signer.sign(request, call.body, clock_.now(), call.service);
      return;
    case SigningFault::kWrongSecret:
      impostors_.at(call.sender).sign(request, call.body, clock_.now(), call.service);
      return;
    case SigningFault::kExpiredSession: {
      const RequestSigner session = begin_session(call.sender);
      clock_.advance(std::chrono::hours(13));
      session.sign(request, call.body, clock_.now(), call.service);
      return;
    }
    case SigningFault::kPresignedForAnotherMethod:
      request.method = method == "GET" ? "PUT" : "GET";
      break;
    case SigningFault::kPresignedForAnotherPath:
      request.target.insert(path.size(), path.size() == 1 ? "other" : "-other");
      break;
    case SigningFault::kPresigned:
    case SigningFault::kTamperedQuery:
    case SigningFault::kExpired:
      break;
  }
  const auto age = std::chrono::seconds(call.fault == SigningFault::kExpired ? kExpires_s + 1 : 0);
  signer.presign(request, clock_.now() - age, kExpires_s);
  request.method = method;
  request.target.replace(0, request.target.find('?'), path);
  if (call.fault == SigningFault::kTamperedQuery) request.target += "&x-id=Tampered";
}

RequestSigner Loopback::begin_session(Sender sender) {
  Call call;
  call.method = "POST";
  call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  call.body = "Action=GetSessionToken&Version=2011-06-15";
  call.sender = sender;
  call.service = "sts";
  const Answer answer = send(call);
  if (answer.status != 200) throw std::runtime_error("no session: " + answer.body);
  return {answer.element("AccessKeyId"), answer.element("SecretAccessKey"), region_,
          answer.element("SessionToken")};
}

Answer Loopback::get(std::string target, const Headers& headers) {
  return send({.method = "GET", .target = std::move(target), .headers = headers});
}

Answer Loopback::head(std::string target, const Headers& headers) {
  return send({.method = "HEAD", .target = std::move(target), .headers = headers});
}

Answer Loopback::put(std::string target, std::string body, const Headers& headers) {
  return send(
      {.method = "PUT", .target = std::move(target), .headers = headers, .body = std::move(body)});
}

Answer Loopback::post(std::string target, std::string body, const Headers& headers) {
  return send(
      {.method = "POST", .target = std::move(target), .headers = headers, .body = std::move(body)});
}

Answer Loopback::remove(std::string target, const Headers& headers) {
  return send({.method = "DELETE", .target = std::move(target), .headers = headers});
}

std::string digest_of(std::string_view algorithm, std::string_view body) {
  const auto known = checksum::parse_algorithm(algorithm);
  if (!known) throw std::invalid_argument("no such algorithm");
  const auto digest = checksum::make_digest(*known);
  digest->update(text::as_bytes(body));
  return text::base64_encode(digest->finish());
}

}  // namespace pail::test

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/authorizer.h"
#include "auth/authenticator.h"
#include "auth/session_tokens.h"
#include "fault/fault_book.h"
#include "http/request.h"
#include "random/random.h"
#include "service/service.h"
#include "store/store.h"
#include "support/request_signer.h"
#include "time/clock.h"

namespace pail::test {

using Headers = std::vector<http::Header>;

/// What a client would have seen.
struct Answer {
  int status = 0;
  http::HeaderMap headers;
  std::string body;
  /// Whether the server asked for the request's body: what lets 100 Continue out.
  bool body_was_wanted = false;
  /// How the transport was told to spoil the answer, which is whole here.
  std::optional<http::DeliveryPlan> delivery_plan;

  /// The value of the header, or "" if it is not there.
  [[nodiscard]] std::string header(std::string_view name) const;
  /// The text of the first <name> in the body, unescaped no further; "" if there is none.
  [[nodiscard]] std::string element(std::string_view name) const;
  /// "status Code" of an error answer, "status" of any other: what most tests compare.
  [[nodiscard]] std::string outcome() const;
};

/// Who can send requests to a Loopback.
enum class Sender {
  kOwner,      // owns the buckets
  kPermitted,  // a user of the owner's account with a policy that allows everything
  kLimited,    // a user of the owner's account with a policy that allows nothing of use
  kStranger,   // an administrator of another account
  kNobody,     // does not sign
};

/// How a request is signed, and what is wrong with that.
enum class SigningFault {
  kNone,         // in the Authorization header
  kWrongSecret,  // so too
  kPresigned,    // in the query, and nothing is wrong
  kPresignedForAnotherMethod,
  kPresignedForAnotherPath,
  kTamperedQuery,
  kExpired,
  kExpiredSession,  // in the header, with temporary credentials whose time is over
};

/// A request about to be sent to a Loopback.
struct Call {
  std::string method = "GET";
  std::string target = "/";
  Headers headers = {};
  std::string body = {};
  /// Trailing fields; their names have to be announced in x-amz-trailer by the test.
  Headers trailers = {};
  bool is_signed = true;
  Sender sender = Sender::kOwner;
  SigningFault fault = SigningFault::kNone;
  /// What the request is signed for: "s3" or "sts".
  std::string service = "s3";
  /// False: the body does not say beforehand how long it is.
  bool length_is_known = true;
  /// What is signed as x-amz-content-sha256 when it is not the hash of the body.
  std::string content_sha256 = {};
};

/// The accounts of the owner and of the stranger.
inline constexpr const char* kOwnerAccountId = "000000000000";
inline constexpr const char* kStrangerAccountId = "222222222222";

/// The whole server without a socket: memory store, authenticator, authorizer and service, with a
/// clock that stands still (2026-11-24T16:00:00Z) and repeatable randomness. Holds the buckets
/// "bucket" (private), "other" (private), "public" (anyone may read and write) and "classic" (with
/// ACLs); what is public is blocked in none of them.
class Loopback {
 public:
  /// The server stands in `region`, and so do its buckets.
  explicit Loopback(const std::string& region = "us-east-1");

  Answer send(const Call& call);
  // The common cases, signed by the owner.
  Answer get(std::string target, const Headers& headers = {});
  Answer head(std::string target, const Headers& headers = {});
  Answer put(std::string target, std::string body, const Headers& headers = {});
  Answer post(std::string target, std::string body, const Headers& headers = {});
  Answer remove(std::string target, const Headers& headers = {});

  /// From now on requests come over https.
  void use_tls() { is_tls_ = true; }

  [[nodiscard]] time::ManualClock& clock() { return clock_; }
  [[nodiscard]] store::Store& store() { return *store_; }
  /// What a transport talks to.
  [[nodiscard]] http::RequestHandler& handler() { return service_; }
  /// Empty at first.
  [[nodiscard]] fault::FaultBook& faults() { return faults_; }
  /// What the observer was told of the last request.
  [[nodiscard]] const RequestRecord& last_record() const { return last_record_; }
  [[nodiscard]] std::int64_t bucket_id(std::string_view name) const;

 private:
  void sign(http::Request& request, const Call& call);
  /// Temporary credentials of a sender.
  RequestSigner begin_session(Sender sender);
  void make_bucket(const std::string& name, const std::string& region,
                   access::BucketDefaults defaults);

  time::ManualClock clock_;
  auth::Directory directory_;
  std::shared_ptr<const auth::SessionTokens> sessions_;
  random::SeededRandom random_{1};
  std::unique_ptr<store::Store> store_;
  access::Authorizer authorizer_;
  auth::Authenticator authenticator_;
  fault::FaultBook faults_{clock_};
  RequestRecord last_record_;
  service::Service service_;
  std::map<Sender, RequestSigner> signers_;
  std::map<Sender, RequestSigner> impostors_;
  std::string region_;
  bool is_tls_ = false;
};

/// Standard base64 of the digest that S3 knows under that name ("MD5", "CRC32" ...).
std::string digest_of(std::string_view algorithm, std::string_view body);

}  // namespace pail::test

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "access/bucket_access.h"
#include "access/decision.h"
#include "access/request_facts.h"
#include "access/sender_policies.h"
#include "auth/authenticated_request.h"
#include "auth/directory.h"
#include "error/s3_error.h"
#include "model/bucket.h"
#include "store/store.h"

namespace pail::access {

class Authorizer;

/// A request that may be carried out; one that is judged by its body once its require() has let it
/// pass. Only the Authorizer makes one, so no operation can be reached around it.
class AuthorizedRequest {
 public:
  [[nodiscard]] const protocol::RoutedRequest& routed() const { return authenticated_.routed(); }
  [[nodiscard]] const auth::Identity& identity() const { return authenticated_.identity(); }
  [[nodiscard]] const http::HeaderMap& headers() const { return routed().http.headers; }
  [[nodiscard]] const protocol::Query& query() const { return routed().query; }
  [[nodiscard]] const std::string& bucket_name() const { return routed().address.bucket; }
  [[nodiscard]] const std::string& key() const { return routed().address.key; }
  [[nodiscard]] http::BodyReader& body() const { return authenticated_.body(); }
  /// The bucket that the request is about; it exists, except for operations on the service and
  /// CreateBucket.
  [[nodiscard]] const model::Bucket& bucket() const { return *bucket_; }
  [[nodiscard]] bool has_bucket() const { return bucket_ != nullptr; }
  /// Of a request that reads an object: whether the sender may list the bucket. If not, AWS answers
  /// AccessDenied where the key does not exist, so that nobody can find keys by guessing.
  [[nodiscard]] bool may_list() const { return may_list_; }

  /// The whole body of an operation whose row says kXml, kJson or the like. Filled before parse().
  [[nodiscard]] const std::string& document() const { return document_; }
  void set_document(std::string document) { document_ = std::move(document); }

 private:
  friend class Authorizer;
  AuthorizedRequest(auth::AuthenticatedRequest authenticated,
                    std::shared_ptr<const model::Bucket> bucket, bool may_list)
      : authenticated_(std::move(authenticated)), bucket_(std::move(bucket)), may_list_(may_list) {}

  auth::AuthenticatedRequest authenticated_;
  std::shared_ptr<const model::Bucket> bucket_;
  bool may_list_;
  std::string document_;
};

/// A permission that an operation needs once it is parsed, e.g. s3:GetObject on a copy source.
struct Need {
  std::string_view action;  // as rows name it; with a version it becomes the version's
  std::string_view bucket;
  std::string_view key = {};
  std::optional<std::string_view> version_id = {};
  /// nullptr: nothing.
  const BodyFacts* body = nullptr;
};

/// Who owns an object that is written, and who else has rights to it.
struct ObjectGrants {
  std::string owner_id;
  std::optional<model::Acl> acl;
};

/// The owner of what an anonymous request writes where the writer owns, as on AWS.
inline constexpr const char* kAnonymousOwnerId = "65a011a29cdf8ec533ec3d1ccaae921c";

/// x-amz-expected-bucket-owner or x-amz-source-expected-bucket-owner: if `header` is there, it has
/// to name the account of the bucket. Fails: AccessDenied, InvalidBucketOwnerAWSAccountID.
S3Result<void> check_expected_owner(const http::HeaderMap& headers, std::string_view header,
                                    const model::Bucket& bucket);

/// Decides whether the sender may do what he asks for. Thread-safe.
class Authorizer {
 public:
  using StartAccesses = std::map<std::string, StartAccess, std::less<>>;

  /// `store` and `directory` outlive the authorizer; `start_access` is keyed by bucket name.
  Authorizer(store::Store& store, const auth::Directory& directory, SenderPolicyBook policies,
             StartAccesses start_access);
  Authorizer(const Authorizer&) = delete;
  Authorizer& operator=(const Authorizer&) = delete;
  ~Authorizer();

  /// See decide(). What is judged by its body passes here: its operation asks by judge() and
  /// require(). A preflight passes, with or without a bucket. Fails: AccessDenied, NoSuchBucket
  /// (also for anonymous senders, as AWS), InvalidBucketName, InvalidBucketOwnerAWSAccountID.
  S3Result<AuthorizedRequest> authorize(auth::AuthenticatedRequest request) const;

  /// Asks for the permission that the row of the operation names, about what the address names,
  /// with what the body says. Fails: AccessDenied.
  S3Result<void> judge(const AuthorizedRequest& request, const BodyFacts& body = {}) const;

  /// Asks for a further permission; returns the bucket that it is about. Fails as authorize() does.
  S3Result<std::shared_ptr<const model::Bucket>> require(const AuthorizedRequest& request,
                                                         const Need& need) const;

  /// Owner and ACL of an object that a request writes, from the headers that it came with (with
  /// those that a presigned URL or a form has instead). Fails: AccessControlListNotSupported (ACLs
  /// are off), AccessDenied (may not set ACLs; public ACLs are blocked), as parse_acl_headers().
  S3Result<ObjectGrants> plan_write(const AuthorizedRequest& request,
                                    const http::HeaderMap& headers) const;

  /// The settings of a bucket that decide about access.
  std::shared_ptr<const BucketAccess> access_of(const model::Bucket& bucket) const;
  [[nodiscard]] const auth::Directory& directory() const { return directory_; }

 private:
  struct Question;
  S3Result<std::shared_ptr<const model::Bucket>> find_bucket(std::string_view name) const;
  static Question own_question(const protocol::RoutedRequest& request,
                               const auth::Identity& identity, const model::Bucket* bucket);
  [[nodiscard]] Ruling rule(const Question& question) const;
  /// rule(), which fails with AccessDenied.
  S3Result<void> ask(const Question& question) const;

  store::Store& store_;
  const auth::Directory& directory_;
  SenderPolicyBook policies_;
  StartAccesses start_access_;
  std::unique_ptr<BucketAccessCache> accesses_;
};

}  // namespace pail::access

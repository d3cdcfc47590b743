#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "auth/authenticated_request.h"
#include "error/s3_error.h"
#include "model/bucket.h"
#include "store/store.h"

namespace pail::access {

class Authorizer;
class PolicyCache;

/// A request that may be carried out. Only the Authorizer makes one, so no operation can be reached
/// around it.
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

  /// The whole body of an operation whose row says kXml or kJson. Filled before parse().
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

/// What everybody may do with a bucket by start option, unless its policy denies it: read and list,
/// or also write and delete objects.
enum class StartAccess { kPrivate, kPublicRead, kPublicReadWrite };

/// Decides whether the sender may do what he asks for. Thread-safe.
class Authorizer {
 public:
  /// `store` outlives the authorizer; `start_access` is keyed by bucket name.
  Authorizer(const store::Store& store,
             std::map<std::string, StartAccess, std::less<>> start_access);
  Authorizer(const Authorizer&) = delete;
  Authorizer& operator=(const Authorizer&) = delete;
  ~Authorizer();

  /// The owner of a bucket may do everything that its policy does not deny explicitly; everybody
  /// else what the policy or the start option allows. What DeleteObjects deletes is asked key by
  /// key, by require(). A preflight passes, with or without a bucket. Fails: AccessDenied,
  /// NoSuchBucket (also for anonymous senders, as AWS), InvalidBucketName.
  S3Result<AuthorizedRequest> authorize(auth::AuthenticatedRequest request) const;

  /// A further permission that an operation needs once it is parsed, e.g. s3:GetObject on a copy
  /// source. Fails as authorize() does.
  S3Result<std::shared_ptr<const model::Bucket>> require(const auth::Identity& identity,
                                                         std::string_view action,
                                                         std::string_view bucket_name,
                                                         std::string_view key) const;

 private:
  S3Result<std::shared_ptr<const model::Bucket>> find_bucket(std::string_view name) const;
  [[nodiscard]] bool is_allowed(const auth::Identity& identity, std::string_view action,
                                const model::Bucket& bucket, std::string_view key) const;

  const store::Store& store_;
  std::map<std::string, StartAccess, std::less<>> start_access_;
  std::unique_ptr<PolicyCache> policies_;
};

}  // namespace pail::access

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/condition_context.h"
#include "access/object_lookup.h"
#include "auth/directory.h"
#include "auth/identity.h"
#include "model/bucket.h"
#include "model/object.h"
#include "model/object_lock.h"
#include "protocol/routed_request.h"

namespace pail::access {

/// What the body of a request says that policies can ask for. A value.
struct BodyFacts {
  /// The tags that it sets.
  std::optional<std::vector<model::NamedValue>> tags = {};
  /// The lock that it sets, instead of headers.
  std::optional<model::ObjectLock> lock = {};
  /// Of a bucket that is to be made.
  std::optional<std::string> location_constraint = {};
  std::optional<std::string> object_ownership = {};
};

/// What the head of the request does not say. Everything may be left out. Refers to what it names.
struct FactSources {
  const BodyFacts* body = nullptr;
  /// The object that the request is about, as it is before the request.
  ObjectLookup* object = nullptr;
  /// What is taken for the prefix of a listing. For the question whether the sender of a GetObject
  /// may list: the key, since he would look for nothing else.
  std::optional<std::string_view> prefix = {};
  /// Knows the account that owns the bucket; nullptr: it is known only where it is the sender's.
  const auth::Directory* directory = nullptr;
  /// The role that the request is about.
  const auth::Role* role = nullptr;
};

/// The facts about a request that policies can ask for, read from it when they are asked for.
/// Refers to its arguments.
class RequestFacts final : public ConditionContext {
 public:
  /// `bucket` is nullptr for operations on the service.
  RequestFacts(const protocol::RoutedRequest& request, const auth::Identity& identity,
               const model::Bucket* bucket, FactSources sources = {});

  [[nodiscard]] std::optional<std::vector<std::string>> find(
      const ConditionKey& key) const override;

 private:
  using Value = std::optional<std::string>;
  using Tags = std::vector<model::NamedValue>;
  struct Row;
  static const Row* find_row(std::string_view name);

  Value source_ip() const { return request_.http.remote_address; }
  Value secure_transport() const;
  Value user_agent() const { return header("user-agent"); }
  Value referer() const { return header("referer"); }
  Value current_time() const;
  Value epoch_time() const;
  Value user_name() const;
  Value user_id() const;
  Value principal_arn() const;
  Value principal_account() const;
  Value principal_type() const;
  Value by_aws() const;
  Value via_aws() const { return "false"; }
  Value token_issue_time() const;
  Value second_factor() const;
  Value requested_region() const;
  Value resource_account() const;
  Value prefix() const;
  Value delimiter() const { return parameter("delimiter"); }
  Value max_keys() const { return parameter("max-keys"); }
  Value version_id() const { return parameter("versionId"); }
  Value copy_source() const;
  Value signature_version() const;
  Value signature_age() const;
  Value auth_type() const;
  Value if_match() const { return header("if-match"); }
  Value if_none_match() const { return header("if-none-match"); }
  Value creates_object() const;
  Value lock_mode() const;
  Value lock_date() const;
  Value lock_days() const;
  Value legal_hold() const;
  Value location_constraint() const;
  Value object_ownership() const;

  [[nodiscard]] Value header(std::string_view name) const;
  [[nodiscard]] Value form_header(std::string_view name) const;
  [[nodiscard]] Value parameter(std::string_view name) const;
  [[nodiscard]] std::optional<time::Timestamp> signed_at() const;
  [[nodiscard]] std::optional<time::Timestamp> retain_until() const;
  [[nodiscard]] std::optional<std::vector<std::string>> tag_values(const ConditionKey& key) const;
  [[nodiscard]] const Tags* request_tags() const;
  [[nodiscard]] const Tags* existing_tags() const;
  [[nodiscard]] const Tags* resource_tags() const;
  [[nodiscard]] const model::ObjectLock* stated_lock() const;

  const protocol::RoutedRequest& request_;
  const auth::Identity& identity_;
  const model::Bucket* bucket_;
  FactSources sources_;
  /// Read once; used by one thread at a time.
  mutable std::optional<Tags> header_tags_;
  mutable std::optional<http::HeaderMap> form_headers_;
};

}  // namespace pail::access

#include "access/request_facts.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "protocol/copy_source.h"
#include "protocol/form_headers.h"
#include "protocol/post_form.h"
#include "protocol/tagging.h"
#include "text/ascii.h"
#include "time/date.h"

namespace pail::access {
namespace {

constexpr std::string_view kSigv4 = "AWS4-HMAC-SHA256";
constexpr std::string_view kSigv2 = "AWS";

std::string to_text(bool flag) { return flag ? "true" : "false"; }

/// The tag of that name; names that differ only in their case are the same where no exact one is
/// there, since names of condition keys have no case.
std::optional<std::vector<std::string>> find_tag(const std::vector<model::NamedValue>* tags,
                                                 std::string_view name) {
  if (tags == nullptr) return std::nullopt;
  const auto exact = std::ranges::find(*tags, name, &model::NamedValue::name);
  if (exact != tags->end()) return std::vector<std::string>{exact->value};
  const auto similar = std::ranges::find_if(*tags, [&](const model::NamedValue& tag) {
    return text::equals_ignore_case(tag.name, name);
  });
  if (similar == tags->end()) return std::nullopt;
  return std::vector<std::string>{similar->value};
}

std::optional<std::vector<std::string>> names_of(const std::vector<model::NamedValue>* tags) {
  if (tags == nullptr) return std::nullopt;
  std::vector<std::string> names;
  names.reserve(tags->size());
  for (const model::NamedValue& tag : *tags) names.push_back(tag.name);
  return names;
}

}  // namespace

struct RequestFacts::Row {
  std::string_view name;
  Value (RequestFacts::*read)() const;
};

const RequestFacts::Row* RequestFacts::find_row(std::string_view name) {
  using F = RequestFacts;
  static constexpr auto kRows = std::to_array<Row>({
      {"aws:currenttime", &F::current_time},
      {"aws:epochtime", &F::epoch_time},
      {"aws:multifactorauthpresent", &F::second_factor},
      {"aws:principalaccount", &F::principal_account},
      {"aws:principalarn", &F::principal_arn},
      {"aws:principalisawsservice", &F::by_aws},
      {"aws:principaltype", &F::principal_type},
      {"aws:referer", &F::referer},
      {"aws:requestedregion", &F::requested_region},
      {"aws:resourceaccount", &F::resource_account},
      {"aws:securetransport", &F::secure_transport},
      {"aws:sourceip", &F::source_ip},
      {"aws:tokenissuetime", &F::token_issue_time},
      {"aws:useragent", &F::user_agent},
      {"aws:userid", &F::user_id},
      {"aws:username", &F::user_name},
      {"aws:viaawsservice", &F::via_aws},
      {"s3:authtype", &F::auth_type},
      {"s3:delimiter", &F::delimiter},
      {"s3:if-match", &F::if_match},
      {"s3:if-none-match", &F::if_none_match},
      {"s3:locationconstraint", &F::location_constraint},
      {"s3:max-keys", &F::max_keys},
      {"s3:object-lock-legal-hold", &F::legal_hold},
      {"s3:object-lock-mode", &F::lock_mode},
      {"s3:object-lock-remaining-retention-days", &F::lock_days},
      {"s3:object-lock-retain-until-date", &F::lock_date},
      {"s3:objectcreationoperation", &F::creates_object},
      {"s3:prefix", &F::prefix},
      {"s3:resourceaccount", &F::resource_account},
      {"s3:signatureage", &F::signature_age},
      {"s3:signatureversion", &F::signature_version},
      {"s3:versionid", &F::version_id},
      {"s3:x-amz-copy-source", &F::copy_source},
      {"s3:x-amz-object-ownership", &F::object_ownership},
  });
  const auto* const row = std::ranges::find(kRows, name, &Row::name);
  return row == kRows.end() ? nullptr : row;
}

RequestFacts::RequestFacts(const protocol::RoutedRequest& request, const auth::Identity& identity,
                           const model::Bucket* bucket, FactSources sources)
    : request_(request), identity_(identity), bucket_(bucket), sources_(sources) {}

std::optional<std::vector<std::string>> RequestFacts::find(const ConditionKey& key) const {
  constexpr std::string_view kService = "s3:";
  const std::string_view name = key.name;
  if (!key.tag.empty()) return tag_values(key);
  if (name == "s3:requestobjecttagkeys" || name == "aws:tagkeys") return names_of(request_tags());
  Value value;
  if (const Row* const row = find_row(name)) {
    value = (this->*row->read)();
  } else if (name.starts_with("s3:x-amz-")) {
    value = header(name.substr(kService.size()));
  }
  if (!value) return std::nullopt;
  return std::vector<std::string>{std::move(*value)};
}

std::optional<std::vector<std::string>> RequestFacts::tag_values(const ConditionKey& key) const {
  if (key.name == "s3:existingobjecttag/") return find_tag(existing_tags(), key.tag);
  if (key.name == "s3:requestobjecttag/") return find_tag(request_tags(), key.tag);
  if (key.name == "aws:requesttag/") return find_tag(request_tags(), key.tag);
  if (key.name == "aws:principaltag/") {
    return find_tag(identity_.session ? &identity_.session->tags : &identity_.tags, key.tag);
  }
  if (key.name == "aws:resourcetag/") return find_tag(resource_tags(), key.tag);
  if (key.name == "s3:buckettag/") return find_tag(resource_tags(), key.tag);
  return std::nullopt;
}

const RequestFacts::Tags* RequestFacts::request_tags() const {
  if (sources_.body != nullptr && sources_.body->tags) return &*sources_.body->tags;
  if (header_tags_) return &*header_tags_;
  const auto field = header("x-amz-tagging");
  if (!field) return nullptr;
  auto tags = protocol::parse_tagging_header(*field);
  if (!tags) return nullptr;
  header_tags_ = std::move(tags).value();
  return &*header_tags_;
}

/// S3 was seen to take the key for GetObjectAttributes, but not to look the tags up.
const RequestFacts::Tags* RequestFacts::existing_tags() const {
  const bool is_looked_up =
      sources_.object != nullptr && request_.operation.name != "GetObjectAttributes";
  const model::ObjectVersion* object = is_looked_up ? sources_.object->find() : nullptr;
  return object == nullptr ? nullptr : &object->attributes.tags;
}

/// Buckets have none that count, unless they are switched on, which is not to be had here.
const RequestFacts::Tags* RequestFacts::resource_tags() const {
  return sources_.role == nullptr ? nullptr : &sources_.role->tags;
}

/// Presigned URLs carry in their query, and forms in their fields, what other requests have in
/// their headers.
RequestFacts::Value RequestFacts::header(std::string_view name) const {
  if (request_.form && name.starts_with("x-amz-")) return form_header(name);
  if (const auto field = request_.http.headers.find(name)) return std::string(*field);
  if (!name.starts_with("x-amz-") || !request_.query.contains("X-Amz-Signature")) {
    return std::nullopt;
  }
  const auto& parameters = request_.query.parameters();
  const auto found = std::ranges::find_if(parameters, [&](const protocol::Query::Parameter& p) {
    return text::equals_ignore_case(p.name, name);
  });
  if (found == parameters.end()) return std::nullopt;
  return found->value;
}

/// Of a form whose fields can not stand for headers nothing is known, and nothing is stored either.
RequestFacts::Value RequestFacts::form_header(std::string_view name) const {
  if (!form_headers_) {
    auto headers = protocol::form_headers(request_.form->fields());
    form_headers_ = headers ? std::move(headers).value() : http::HeaderMap();
  }
  const auto field = form_headers_->find(name);
  if (!field) return std::nullopt;
  return std::string(*field);
}

RequestFacts::Value RequestFacts::parameter(std::string_view name) const {
  const auto value = request_.query.find(name);
  if (!value) return std::nullopt;
  return std::string(*value);
}

RequestFacts::Value RequestFacts::secure_transport() const { return to_text(request_.http.is_tls); }

RequestFacts::Value RequestFacts::current_time() const {
  return time::format_iso8601(request_.received);
}

RequestFacts::Value RequestFacts::epoch_time() const {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(request_.received);
  return std::to_string(seconds.time_since_epoch().count());
}

/// Only users have a name: neither the root of an account nor the session of a role has one.
RequestFacts::Value RequestFacts::user_name() const {
  const bool is_user = identity_.principal_type.empty() || identity_.principal_type == "User";
  if (identity_.is_anonymous() || !is_user || identity_.user_name.empty()) return std::nullopt;
  return identity_.user_name;
}

RequestFacts::Value RequestFacts::user_id() const {
  if (identity_.is_anonymous()) return "anonymous";
  if (identity_.user_id.empty()) return std::nullopt;
  return identity_.user_id;
}

/// Of a session the role behind it.
RequestFacts::Value RequestFacts::principal_arn() const {
  const bool is_role = identity_.principal_type == "AssumedRole";
  const std::string& arn =
      is_role && !identity_.policy_bearer_arn.empty() ? identity_.policy_bearer_arn : identity_.arn;
  if (identity_.is_anonymous() || arn.empty()) return std::nullopt;
  return arn;
}

RequestFacts::Value RequestFacts::principal_account() const {
  if (identity_.is_anonymous()) return std::nullopt;
  return identity_.account_id;
}

RequestFacts::Value RequestFacts::principal_type() const {
  if (identity_.is_anonymous()) return "Anonymous";
  if (identity_.principal_type.empty()) return std::nullopt;
  return identity_.principal_type;
}

RequestFacts::Value RequestFacts::by_aws() const {
  if (identity_.is_anonymous()) return std::nullopt;
  return "false";
}

RequestFacts::Value RequestFacts::token_issue_time() const {
  if (!identity_.session) return std::nullopt;
  return time::format_iso8601(identity_.session->issued);
}

/// Nobody here has a second factor; permanent credentials do not have the fact at all, as on AWS.
RequestFacts::Value RequestFacts::second_factor() const {
  if (!identity_.session) return std::nullopt;
  return "false";
}

RequestFacts::Value RequestFacts::requested_region() const {
  if (bucket_ == nullptr) return std::nullopt;
  return bucket_->region;
}

RequestFacts::Value RequestFacts::resource_account() const {
  if (sources_.role != nullptr) return sources_.role->account_id;
  const auth::Account* owner =
      bucket_ != nullptr && sources_.directory != nullptr
          ? sources_.directory->find_account_by_canonical_id(bucket_->owner_id)
          : nullptr;
  if (owner != nullptr) return owner->id;
  const bool is_own = bucket_ != nullptr && !identity_.is_anonymous() &&
                      bucket_->owner_id == identity_.canonical_id;
  if (!is_own) return std::nullopt;
  return identity_.account_id;
}

RequestFacts::Value RequestFacts::prefix() const {
  if (!sources_.prefix) return parameter("prefix");
  return std::string(*sources_.prefix);
}

/// "bucket/key", decoded and without a slash in front, however it was sent.
RequestFacts::Value RequestFacts::copy_source() const {
  Value field = header("x-amz-copy-source");
  if (!field) return std::nullopt;
  const auto source = protocol::parse_copy_source(*field);
  if (!source) return field;
  return source->bucket + "/" + source->key;
}

RequestFacts::Value RequestFacts::signature_version() const {
  if (identity_.is_anonymous()) return std::nullopt;
  if (request_.form) {
    const bool is_v4 = request_.form->fields().contains("x-amz-signature");
    return std::string(is_v4 ? kSigv4 : kSigv2);
  }
  const auto authorization = request_.http.headers.find("Authorization");
  const bool is_v2 = (authorization && authorization->starts_with("AWS ")) ||
                     request_.query.contains("AWSAccessKeyId");
  return std::string(is_v2 ? kSigv2 : kSigv4);
}

/// A form is signed in its fields, and by Signature Version 2 without a date.
std::optional<time::Timestamp> RequestFacts::signed_at() const {
  if (request_.form) {
    const auto field = request_.form->fields().find("x-amz-date");
    return field ? time::parse_amz_date(*field) : std::nullopt;
  }
  auto date = parameter("X-Amz-Date");
  if (!date) date = header("x-amz-date");
  const auto signed_at = date ? time::parse_amz_date(*date) : std::nullopt;
  if (signed_at) return signed_at;
  date = header("date");
  return date ? time::parse_http_date(*date) : std::nullopt;
}

/// Milliseconds since the request was signed.
RequestFacts::Value RequestFacts::signature_age() const {
  if (identity_.is_anonymous()) return std::nullopt;
  const auto began = signed_at();
  if (!began) return std::nullopt;
  return std::to_string((request_.received - *began).count());
}

RequestFacts::Value RequestFacts::auth_type() const {
  if (identity_.is_anonymous()) return std::nullopt;
  if (request_.operation.name == "PostObject") return "POST";
  const bool is_header = request_.http.headers.contains("Authorization");
  return is_header ? "REST-HEADER" : "REST-QUERY-STRING";
}

/// Whether an object comes into being, which starting an upload and its parts do not do.
RequestFacts::Value RequestFacts::creates_object() const {
  constexpr auto kCreating = std::to_array<std::string_view>(
      {"PutObject", "CopyObject", "CompleteMultipartUpload", "PostObject"});
  constexpr auto kPreparing =
      std::to_array<std::string_view>({"CreateMultipartUpload", "UploadPart", "UploadPartCopy"});
  const auto is_one_of = [this](const auto& names) {
    return std::ranges::find(names, request_.operation.name) != names.end();
  };
  if (is_one_of(kCreating)) return "true";
  if (is_one_of(kPreparing)) return "false";
  return std::nullopt;
}

const model::ObjectLock* RequestFacts::stated_lock() const {
  return sources_.body != nullptr && sources_.body->lock ? &*sources_.body->lock : nullptr;
}

RequestFacts::Value RequestFacts::lock_mode() const {
  const model::ObjectLock* lock = stated_lock();
  if (lock == nullptr) return header("x-amz-object-lock-mode");
  if (!lock->retention) return std::nullopt;
  const bool complies = lock->retention->mode == model::RetentionMode::kCompliance;
  return complies ? "COMPLIANCE" : "GOVERNANCE";
}

std::optional<time::Timestamp> RequestFacts::retain_until() const {
  if (const model::ObjectLock* lock = stated_lock()) {
    if (!lock->retention) return std::nullopt;
    return lock->retention->retain_until;
  }
  const auto field = header("x-amz-object-lock-retain-until-date");
  return field ? time::parse_iso8601(*field) : std::nullopt;
}

RequestFacts::Value RequestFacts::lock_date() const {
  const auto until = retain_until();
  if (!until) return std::nullopt;
  return time::format_iso8601(*until);
}

RequestFacts::Value RequestFacts::lock_days() const {
  const auto until = retain_until();
  if (!until) return std::nullopt;
  return std::to_string(std::chrono::ceil<std::chrono::days>(*until - request_.received).count());
}

RequestFacts::Value RequestFacts::legal_hold() const {
  const model::ObjectLock* lock = stated_lock();
  if (lock == nullptr) return header("x-amz-object-lock-legal-hold");
  if (!lock->legal_hold) return std::nullopt;
  return *lock->legal_hold ? "ON" : "OFF";
}

RequestFacts::Value RequestFacts::location_constraint() const {
  return sources_.body == nullptr ? std::nullopt : sources_.body->location_constraint;
}

RequestFacts::Value RequestFacts::object_ownership() const {
  const bool is_stated = sources_.body != nullptr && sources_.body->object_ownership;
  return is_stated ? sources_.body->object_ownership : header("x-amz-object-ownership");
}

}  // namespace pail::access

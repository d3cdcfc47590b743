#include "cli/application_variables.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "cli/option_values.h"
#include "error/try.h"

namespace pail::cli {
namespace {

struct CredentialVariables {
  const char* id;
  const char* secret;
};

constexpr std::array kCredentialVariables = {
    CredentialVariables{"S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"},
    CredentialVariables{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"},
    CredentialVariables{"MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD"},
};

Result<void, std::string> add_credential(CredentialOption given, const std::string& origin,
                                         std::vector<CredentialOption>& credentials) {
  const auto known =
      std::ranges::find(credentials, given.access_key_id, &CredentialOption::access_key_id);
  if (known == credentials.end()) {
    credentials.push_back(std::move(given));
  } else if (known->secret_access_key != given.secret_access_key) {
    return Unexpected{"the access key id '" + given.access_key_id +
                      "' is given two different secrets, one of them by " + origin};
  }
  return {};
}

Result<void, std::string> add_credentials(const Environment& environment,
                                          ServeConfiguration& configuration) {
  std::vector<CredentialOption> credentials;
  for (CredentialOption& given : configuration.server.credentials) {
    PAIL_CHECK(add_credential(std::move(given), "--credential", credentials));
  }
  for (const auto& [id_variable, secret_variable] : kCredentialVariables) {
    auto id = environment.find(id_variable);
    auto secret = environment.find(secret_variable);
    if (!id && !secret) continue;
    if (!id || !secret) {
      return Unexpected{std::string(id ? id_variable : secret_variable) + " is set, but " +
                        (id ? secret_variable : id_variable) +
                        " is not; set both or neither of them"};
    }
    if (credentials.empty()) configuration.secret_variable = secret_variable;
    PAIL_CHECK(add_credential({*std::move(id), *std::move(secret)}, secret_variable, credentials));
  }
  configuration.server.credentials = std::move(credentials);
  return {};
}

/// A bucket named twice gets the wider access of both.
void add_bucket(BucketOption given, std::vector<BucketOption>& buckets) {
  const auto known = std::ranges::find(buckets, given.name, &BucketOption::name);
  if (known == buckets.end()) {
    buckets.push_back(std::move(given));
  } else {
    known->public_access = std::max(known->public_access, given.public_access);
  }
}

Result<void, std::string> add_buckets(const Environment& environment, ServerOptions& server) {
  std::vector<BucketOption> buckets;
  for (BucketOption& given : server.buckets) add_bucket(std::move(given), buckets);
  if (auto name = environment.find("S3_BUCKET")) add_bucket({*std::move(name)}, buckets);
  constexpr const char* kMinioBuckets = "MINIO_DEFAULT_BUCKETS";
  const std::string text = environment.find(kMinioBuckets).value_or("");
  for (std::size_t at = 0; at < text.size();) {
    constexpr std::string_view kSeparators = ",; \t";
    const auto end = std::min(text.find_first_of(kSeparators, at), text.size());
    if (end > at) {
      auto bucket = parse_minio_bucket(std::string_view(text).substr(at, end - at));
      if (!bucket) return Unexpected{std::string(kMinioBuckets) + " " + bucket.error()};
      add_bucket(std::move(bucket).value(), buckets);
    }
    at = end + 1;
  }
  server.buckets = std::move(buckets);
  return {};
}

Result<void, std::string> add_host_names(const Environment& environment, ServerOptions& server) {
  for (const char* variable : {"S3_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"}) {
    auto url = environment.find(variable);
    if (!url) continue;
    if (!has_host(*url)) {
      return Unexpected{std::string(variable) + " is '" + *url + "', which names no host"};
    }
    server.host_names.push_back(*std::move(url));
  }
  return {};
}

Result<void, std::string> add_public_bases(const Environment& environment, ServerOptions& server) {
  constexpr const char* kPublicBase = "S3_PUBLIC_BASE_URL";
  if (const auto url = environment.find(kPublicBase)) {
    auto base = parse_public_base(*url);
    if (!base) return Unexpected{std::string(kPublicBase) + " " + base.error()};
    server.public_bases.push_back(std::move(base).value());
  }
  std::string default_bucket = environment.find("S3_BUCKET").value_or("");
  if (default_bucket.empty() && !server.buckets.empty()) {
    default_bucket = server.buckets.front().name;
  }
  for (PublicBaseOption& base : server.public_bases) {
    if (base.bucket.empty()) base.bucket = default_bucket;
    if (base.bucket.empty()) {
      return Unexpected{"whose public URL is " + base.url +
                        "? Name the bucket with S3_BUCKET, or write URL=BUCKET"};
    }
    add_bucket({base.bucket, PublicAccess::kRead}, server.buckets);
  }
  return {};
}

}  // namespace

Result<void, std::string> add_application_variables(const Environment& environment,
                                                    ServeConfiguration& configuration) {
  PAIL_CHECK(add_credentials(environment, configuration));
  PAIL_CHECK(add_buckets(environment, configuration.server));
  PAIL_CHECK(add_host_names(environment, configuration.server));
  return add_public_bases(environment, configuration.server);
}

}  // namespace pail::cli

#include "protocol/address.h"

#include <optional>

#include "text/percent.h"
#include "text/utf8.h"

namespace pail::protocol {
namespace {

/// The key that `path` names below the base, if it lies there.
std::optional<std::string> key_below(const PublicBase& base, std::string_view path) {
  if (!path.starts_with(base.path)) return std::nullopt;
  path.remove_prefix(base.path.size());
  if (path.empty()) return std::string();
  if (path.front() != '/') return std::nullopt;
  return std::string(path.substr(1));
}

/// The bucket in "<bucket>.<own name>"; the longest name wins, so that "a.s3.localhost" is bucket
/// a.
std::optional<std::string> bucket_in_host(const ServerNames& names, std::string_view host) {
  if (names.is_own(host)) return std::nullopt;
  std::optional<std::string> bucket;
  for (const std::string& name : names.hosts) {
    if (host.size() <= name.size() + 1 || !host.ends_with(name)) continue;
    const std::string_view prefix = host.substr(0, host.size() - name.size());
    if (prefix.back() != '.') continue;
    if (!bucket || prefix.size() - 1 < bucket->size()) bucket = prefix.substr(0, prefix.size() - 1);
  }
  return bucket;
}

Address in_bucket(AddressStyle style, std::string bucket, std::string key) {
  const Target target = key.empty() ? Target::kBucket : Target::kObject;
  return {target, style, std::move(bucket), std::move(key)};
}

Address locate(const ServerNames& names, std::string_view host, std::string_view path) {
  for (const PublicBase& base : names.public_bases) {
    if (base.host != host) continue;
    if (auto key = key_below(base, path)) {
      // "http://localhost:9000/photos" is what path style says as well.
      const bool is_path_style = base.path == "/" + base.bucket;
      return in_bucket(is_path_style ? AddressStyle::kPath : AddressStyle::kPublicBase, base.bucket,
                       std::move(*key));
    }
  }
  if (!path.empty()) path.remove_prefix(1);  // the leading slash
  if (auto bucket = bucket_in_host(names, host)) {
    return in_bucket(AddressStyle::kVirtualHost, std::move(*bucket), std::string(path));
  }
  if (path.empty()) return {};
  const auto slash = path.find('/');
  std::string key(slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1));
  return in_bucket(AddressStyle::kPath, std::string(path.substr(0, slash)), std::move(key));
}

}  // namespace

S3Result<Address> resolve_address(const ServerNames& names, std::string_view host_field,
                                  std::string_view raw_path) {
  const auto path = text::percent_decode(raw_path);
  if (!path || !path->starts_with('/') || !text::is_valid_utf8(*path)) {
    return fail(S3Error(S3ErrorCode::InvalidURI).with("URI", std::string(raw_path)));
  }
  Address address = locate(names, split_host(host_field).host, *path);
  if (address.key.size() > kMaxKeyBytes) {
    return fail(S3Error(S3ErrorCode::KeyTooLongError)
                    .with("Size", std::to_string(address.key.size()))
                    .with("MaxSizeAllowed", std::to_string(kMaxKeyBytes)));
  }
  return address;
}

}  // namespace pail::protocol

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "error/try.h"
#include "model/bucket_name.h"
#include "model/region.h"
#include "operations/operation.h"
#include "operations/store_failure.h"
#include "text/ascii.h"
#include "xml/reader.h"

namespace pail::operations {
namespace {

constexpr std::string_view kAclHeader = "x-amz-acl";
constexpr std::string_view kOwnershipHeader = "x-amz-object-ownership";
constexpr std::array<std::string_view, 8> kCannedAcls = {
    "private",       "public-read",       "public-read-write",         "authenticated-read",
    "aws-exec-read", "bucket-owner-read", "bucket-owner-full-control", "log-delivery-write"};

Unexpected<S3Error> not_implemented(std::string_view header) {
  return fail(
      S3Error(S3ErrorCode::NotImplemented)
          .with("Header", std::string(header))
          .because("pail does not do what the header " + std::string(header) + " asks for"));
}

Unexpected<S3Error> acls_are_off() {
  return fail(S3Error(S3ErrorCode::InvalidBucketAclWithObjectOwnership)
                  .because("AWS creates buckets without ACLs since 2023; open a bucket with a "
                           "bucket policy or with the start option for public buckets"));
}

S3Result<void> check_acl(const http::HeaderMap& headers) {
  const auto acl = headers.find(kAclHeader);
  if (acl && std::ranges::find(kCannedAcls, *acl) == kCannedAcls.end()) {
    return invalid_argument("", std::string(kAclHeader), std::string(*acl));
  }
  if (acl && *acl != "private" && *acl != "bucket-owner-full-control") return acls_are_off();
  const bool grants = std::ranges::any_of(headers, [](const http::Header& header) {
    return text::starts_with_ignore_case(header.name, "x-amz-grant-");
  });
  if (grants) return acls_are_off();
  return {};
}

S3Result<void> check_ownership(const http::HeaderMap& headers) {
  const auto ownership = headers.find(kOwnershipHeader);
  if (!ownership || *ownership == "BucketOwnerEnforced") return {};
  if (*ownership == "BucketOwnerPreferred" || *ownership == "ObjectWriter") {
    return not_implemented(kOwnershipHeader);
  }
  return fail(S3Error(S3ErrorCode::InvalidArgument,
                      "Invalid x-amz-object-ownership header: " + std::string(*ownership))
                  .with("ArgumentName", std::string(kOwnershipHeader)));
}

/// Headers that ask for what pail's buckets do not have.
S3Result<void> check_features(const http::HeaderMap& headers) {
  constexpr std::string_view kObjectLock = "x-amz-bucket-object-lock-enabled";
  constexpr std::string_view kNamespace = "x-amz-bucket-namespace";
  if (text::equals_ignore_case(headers.find(kObjectLock).value_or(""), "true")) {
    return not_implemented(kObjectLock);
  }
  const auto bucket_namespace = headers.find(kNamespace);
  if (bucket_namespace && *bucket_namespace != "global") return not_implemented(kNamespace);
  return {};
}

/// The location constraint of a CreateBucketConfiguration; empty if there is none.
S3Result<std::string> read_constraint(std::string_view document) {
  if (document.empty()) return std::string();
  const auto xml = xml::Document::parse(document);
  if (!xml || xml->root().name() != "CreateBucketConfiguration") {
    return fail(S3ErrorCode::MalformedXML);
  }
  std::string constraint;
  for (const xml::Element& child : xml->root().children()) {
    if (child.name() == "LocationConstraint") {
      constraint = child.text();
    } else if (child.name() == "Location" || child.name() == "Bucket") {
      return fail(S3Error(S3ErrorCode::NotImplemented).because("pail has no directory buckets"));
    } else if (child.name() == "Tags") {
      if (child.children().empty()) continue;
      return fail(S3Error(S3ErrorCode::NotImplemented).because("pail keeps no tags of buckets"));
    } else {
      return fail(S3ErrorCode::MalformedXML);
    }
  }
  return constraint;
}

Unexpected<S3Error> incompatible(std::string_view constraint, std::string_view region) {
  const bool is_first = region == model::kFirstRegion;
  return fail(S3Error(S3ErrorCode::IllegalLocationConstraintException,
                      "The " + std::string(constraint) +
                          " location constraint is incompatible for the region specific endpoint "
                          "this request was sent to.")
                  .because("this server stands in " + std::string(region) + ": send " +
                           (is_first ? std::string("no LocationConstraint")
                                     : "LocationConstraint " + std::string(region))));
}

/// AWS's rules, recorded: us-east-1 wants none and tells regions of AWS from other names; every
/// other region wants its own name. "EU" is the old name of eu-west-1.
S3Result<void> check_constraint(const std::string& constraint, std::string_view region) {
  if (region == model::kFirstRegion) {
    if (constraint.empty()) return {};
    if (constraint == "EU" || (constraint != region && model::is_aws_region(constraint))) {
      return incompatible(constraint, region);
    }
    return fail(S3Error(S3ErrorCode::InvalidLocationConstraint)
                    .with("LocationConstraint", constraint)
                    .because("this server stands in us-east-1: send no LocationConstraint"));
  }
  if (constraint == region || (constraint == "EU" && region == "eu-west-1")) return {};
  return incompatible(constraint.empty() ? "unspecified" : constraint, region);
}

}  // namespace

struct CreateBucket {
  struct Input {
    std::string name;
    std::string owner_id;
    std::string location_constraint;
  };
  struct Output {
    std::string name;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    if (!model::is_valid_bucket_name(request.bucket_name())) {
      return fail(
          S3Error(S3ErrorCode::InvalidBucketName).with("BucketName", request.bucket_name()));
    }
    PAIL_CHECK(check_acl(request.headers()));
    PAIL_CHECK(check_ownership(request.headers()));
    PAIL_CHECK(check_features(request.headers()));
    PAIL_TRY(auto constraint, read_constraint(request.document()));
    return Input{request.bucket_name(), request.identity().canonical_id, std::move(constraint)};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input) {
    PAIL_CO_CHECK(check_constraint(input.location_constraint, context.region));
    model::Bucket bucket;
    bucket.name = input.name;
    bucket.region = context.region;
    bucket.owner_id = input.owner_id;
    bucket.created = context.clock.now();
    auto created = co_await context.store.create_bucket(std::move(bucket));
    if (!created) {
      if (created.error().kind != store::StoreErrorKind::kBucketExists) {
        co_return store_failure(std::move(created).error(), {.bucket = input.name});
      }
      PAIL_CO_CHECK(check_existing(context, input));
    }
    co_return Output{std::move(input.name)};
  }

  static http::Response render(const Output& output) {
    http::Response response;
    response.headers.add("Location", "/" + output.name);
    return response;
  }

 private:
  /// Creating one's own bucket again succeeds in us-east-1 and nowhere else.
  static S3Result<void> check_existing(const OperationContext& context, const Input& input) {
    const auto existing = context.store.find_bucket(input.name);
    const bool is_own = !existing || existing->owner_id == input.owner_id;
    if (is_own && context.region == model::kFirstRegion) return {};
    const auto code =
        is_own ? S3ErrorCode::BucketAlreadyOwnedByYou : S3ErrorCode::BucketAlreadyExists;
    return fail(S3Error(code).with("BucketName", input.name));
  }
};
PAIL_OPERATION(CreateBucket);

struct DeleteBucket {
  struct Input {
    std::int64_t bucket_id = 0;
    std::string name;
  };
  struct Output {};

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return Input{request.bucket().id, request.bucket().name};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input) {
    auto deleted = co_await context.store.delete_bucket(input.bucket_id);
    if (!deleted) co_return store_failure(std::move(deleted).error(), {.bucket = input.name});
    co_return Output{};
  }

  static http::Response render(Output) {
    http::Response response;
    response.status = 204;
    return response;
  }
};
PAIL_OPERATION(DeleteBucket);

}  // namespace pail::operations

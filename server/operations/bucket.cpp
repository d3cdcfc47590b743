#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/acl.h"
#include "access/bucket_access.h"
#include "encryption/bucket_default.h"
#include "error/try.h"
#include "model/bucket_name.h"
#include "model/document_kind.h"
#include "model/region.h"
#include "operations/object_lock_document.h"
#include "operations/operation.h"
#include "operations/store_failure.h"
#include "operations/tagging_document.h"
#include "operations/versioning.h"
#include "text/ascii.h"
#include "xml/reader.h"

namespace pail::operations {
namespace {

constexpr std::string_view kOwnershipHeader = "x-amz-object-ownership";

Unexpected<S3Error> not_implemented(std::string_view header) {
  return fail(
      S3Error(S3ErrorCode::NotImplemented)
          .with("Header", std::string(header))
          .because("pail does not do what the header " + std::string(header) + " asks for"));
}

/// x-amz-object-ownership; nothing: as buckets come into the world.
S3Result<std::optional<access::ObjectOwnership>> parse_ownership(const http::HeaderMap& headers) {
  const auto field = headers.find(kOwnershipHeader);
  if (!field) return std::optional<access::ObjectOwnership>();
  PAIL_TRY(const auto ownership, access::parse_ownership_header(*field));
  return std::optional(ownership);
}

/// Whether the new bucket may have the ACL.
S3Result<void> check_acl(const model::Acl& acl, access::ObjectOwnership ownership,
                         const access::PublicAccessBlock& block, std::string_view owner_id) {
  if (ownership == access::ObjectOwnership::kBucketOwnerEnforced) {
    if (access::is_bucket_owner_full_control(acl, owner_id)) return {};
    return fail(S3Error(S3ErrorCode::InvalidBucketAclWithObjectOwnership)
                    .because("AWS creates buckets without ACLs since 2023: send "
                             "x-amz-object-ownership: ObjectWriter, open the bucket with a bucket "
                             "policy, or use the start option for public buckets"));
  }
  if (block.block_public_acls && access::is_public(acl)) {
    return fail(S3Error(S3ErrorCode::InvalidBucketAclWithBlockPublicAccessError)
                    .because("AWS blocks public ACLs of new buckets since 2023: delete the public "
                             "access block first, then put the ACL"));
  }
  return {};
}

/// Headers that ask for what pail's buckets do not have.
S3Result<void> check_features(const http::HeaderMap& headers) {
  constexpr std::string_view kNamespace = "x-amz-bucket-namespace";
  const auto bucket_namespace = headers.find(kNamespace);
  if (bucket_namespace && *bucket_namespace != "global") return not_implemented(kNamespace);
  return {};
}

/// What a CreateBucketConfiguration says.
struct BucketConfiguration {
  std::string location_constraint;  // empty: none
  std::vector<model::NamedValue> tags;
};

S3Result<BucketConfiguration> read_configuration(std::string_view document) {
  BucketConfiguration configuration;
  if (document.empty()) return configuration;
  const auto xml = xml::Document::parse(document);
  if (!xml || xml->root().name() != "CreateBucketConfiguration") {
    return fail(S3ErrorCode::MalformedXML);
  }
  for (const xml::Element& child : xml->root().children()) {
    if (child.name() == "LocationConstraint") {
      configuration.location_constraint = child.text();
    } else if (child.name() == "Location" || child.name() == "Bucket") {
      return fail(S3Error(S3ErrorCode::NotImplemented).because("pail has no directory buckets"));
    } else if (child.name() == "Tags") {
      PAIL_TRY(configuration.tags, parse_tag_set(child, protocol::TaggedThing::kNewBucket));
    } else {
      return fail(S3ErrorCode::MalformedXML);
    }
  }
  return configuration;
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
    BucketConfiguration configuration;
    std::optional<access::ObjectOwnership> ownership;
    bool has_object_lock = false;
  };
  struct Output {
    std::string name;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    if (!model::is_valid_bucket_name(request.bucket_name())) {
      return fail(
          S3Error(S3ErrorCode::InvalidBucketName).with("BucketName", request.bucket_name()));
    }
    const http::HeaderMap& headers = request.headers();
    PAIL_CHECK(check_features(headers));
    Input input;
    input.name = request.bucket_name();
    input.owner_id = request.identity().canonical_id;
    PAIL_TRY(input.ownership, parse_ownership(headers));
    input.has_object_lock = text::equals_ignore_case(
        headers.find("x-amz-bucket-object-lock-enabled").value_or(""), "true");
    PAIL_TRY(input.configuration, read_configuration(request.document()));
    return input;
  }

  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input& input) {
    access::BodyFacts stated;
    const BucketConfiguration& configuration = input.configuration;
    if (!configuration.tags.empty()) stated.tags = configuration.tags;
    if (!configuration.location_constraint.empty()) {
      stated.location_constraint = configuration.location_constraint;
    }
    return authorizer.judge(request, stated);
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    PAIL_CO_CHECK(check_constraint(input.configuration.location_constraint, context.region));
    PAIL_CO_TRY(auto documents, make_documents(context, input, request.headers()));
    model::Bucket bucket;
    bucket.name = input.name;
    bucket.region = context.region;
    bucket.owner_id = input.owner_id;
    bucket.created = context.clock.now();
    bucket.documents = std::move(documents);
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
  using Documents = std::map<std::string, std::string, std::less<>>;

  static S3Result<Documents> make_documents(const OperationContext& context, const Input& input,
                                            const http::HeaderMap& headers) {
    const auto defaults = context.bucket_defaults;
    Documents documents = input.ownership ? access::new_bucket_documents(*input.ownership, defaults)
                                          : access::new_bucket_documents(defaults);
    if (defaults != access::BucketDefaults::kClassic) {
      documents.emplace(model::document_kind::kEncryption, encryption::new_bucket_default());
    }
    model::Bucket made;
    made.documents = documents;
    const access::BucketAccess access = access::read_bucket_access(made);
    PAIL_TRY(const auto acl, access::parse_acl_headers(headers, {input.owner_id, input.owner_id},
                                                       context.directory));
    if (acl) {
      PAIL_CHECK(check_acl(*acl, access.ownership, access.block, input.owner_id));
      documents.emplace(model::document_kind::kAcl, access::render_acl(*acl, input.owner_id));
    }
    if (!input.configuration.tags.empty()) {
      documents.emplace(model::document_kind::kTagging,
                        render_tagging_document(input.configuration.tags));
    }
    if (input.has_object_lock) {
      documents.emplace(model::document_kind::kVersioning, "Enabled");
      documents.emplace(model::document_kind::kObjectLock, render_object_lock_enabled());
    }
    return documents;
  }

  /// Creating one's own bucket again succeeds in us-east-1 and nowhere else, and there not with
  /// tags, not even with those that it has (recorded).
  static S3Result<void> check_existing(const OperationContext& context, const Input& input) {
    const auto existing = context.store.find_bucket(input.name);
    const bool is_own = !existing || existing->owner_id == input.owner_id;
    const bool is_repeatable =
        context.region == model::kFirstRegion && input.configuration.tags.empty();
    if (is_own && is_repeatable) return {};
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

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    auto deleted = co_await context.store.delete_bucket(input.bucket_id);
    if (deleted) co_return Output{};
    S3Error error = to_s3_error(std::move(deleted).error(), {.bucket = input.name});
    const bool has_versions = versioning_of(request.bucket()) != Versioning::kNever;
    if (error.code == S3ErrorCode::BucketNotEmpty && has_versions) {
      error.message += ". You must delete all versions in the bucket.";
    }
    co_return fail(std::move(error));
  }

  static http::Response render(Output) {
    http::Response response;
    response.status = 204;
    return response;
  }
};
PAIL_OPERATION(DeleteBucket);

}  // namespace pail::operations

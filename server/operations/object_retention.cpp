#include <optional>
#include <string>
#include <utility>

#include "error/try.h"
#include "operations/bucket_document.h"
#include "operations/deletion.h"
#include "operations/document.h"
#include "operations/object_lock.h"
#include "operations/object_lock_document.h"
#include "operations/object_reading.h"
#include "operations/object_updating.h"
#include "operations/operation.h"
#include "protocol/object_headers.h"
#include "protocol/version_id.h"

// Retention and legal hold of object versions that are there already.
namespace pail::operations {
namespace {

/// The version that the request is about.
S3Result<std::optional<std::string>> parse_lock_request(const AuthorizedRequest& request) {
  PAIL_CHECK(require_object_lock(request.bucket()));
  return protocol::parse_version_id(request.query());
}

/// The lock of the version.
S3Result<model::ObjectLock> find_lock(store::Store& store, const AuthorizedRequest& request,
                                      const std::optional<std::string>& version_id) {
  PAIL_TRY(auto found, find_requested(store, request, version_id, store::Read::kVersionOnly));
  return found.version.attributes.lock;
}

}  // namespace

struct PutObjectRetention {
  struct Input {
    std::optional<std::string> version_id;
    std::optional<model::Retention> retention;
    bool bypasses_governance = false;
  };
  struct Output {};

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    Input input;
    PAIL_TRY(input.version_id, parse_lock_request(request));
    PAIL_CHECK(require_document_digest(request));
    PAIL_TRY(const auto headers,
             protocol::EffectiveHeaders::of(request.headers(), request.query()));
    PAIL_TRY(input.bypasses_governance, parse_governance_bypass(*headers, request.bucket()));
    PAIL_TRY(input.retention,
             parse_retention_document(request.document(), request.routed().received));
    return input;
  }

  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input& input) {
    const access::BodyFacts stated{.lock = model::ObjectLock{input.retention, std::nullopt}};
    PAIL_CHECK(authorizer.judge(request, stated));
    if (!input.bypasses_governance) return {};
    access::Need bypass{"s3:BypassGovernanceRetention", request.bucket_name(), request.key()};
    bypass.body = &stated;
    PAIL_CHECK(authorizer.require(request, bypass));
    return {};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    const time::Timestamp now = context.clock.now();
    ObjectUpdate update = [wanted = input.retention, now, bypasses = input.bypasses_governance](
                              model::ObjectVersion& version) -> std::optional<S3Error> {
      model::ObjectLock& lock = version.attributes.lock;
      if (auto refusal = refuse_retention_change(lock, wanted, now, bypasses)) return refusal;
      lock.retention = wanted;
      return std::nullopt;
    };
    PAIL_CO_CHECK(co_await update_requested(context, request, std::move(input.version_id),
                                            std::move(update)));
    co_return Output{};
  }

  static http::Response render(Output) { return {}; }
};
PAIL_OPERATION(PutObjectRetention);

/// What the two that show a lock have in common; they add `run`.
struct ReadsObjectLock {
  using Input = std::optional<std::string>;
  using Output = std::string;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return parse_lock_request(request);
  }
  static http::Response render(Output document) {
    return document_response(std::move(document), "application/xml");
  }
};

struct GetObjectRetention : ReadsObjectLock {
  static Task<S3Result<Output>> run(OperationContext& context, Input version_id,
                                    AuthorizedRequest& request) {
    PAIL_CO_TRY(const auto lock, find_lock(context.store, request, version_id));
    if (!lock.retention) co_return fail(S3ErrorCode::NoSuchObjectLockConfiguration);
    co_return render_retention(*lock.retention);
  }
};
PAIL_OPERATION(GetObjectRetention);

struct PutObjectLegalHold {
  struct Input {
    std::optional<std::string> version_id;
    bool legal_hold = false;
  };
  struct Output {};

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    Input input;
    PAIL_TRY(input.version_id, parse_lock_request(request));
    PAIL_CHECK(require_document_digest(request));
    PAIL_TRY(input.legal_hold, parse_legal_hold_document(request.document()));
    return input;
  }

  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input& input) {
    return authorizer.judge(request, {.lock = model::ObjectLock{std::nullopt, input.legal_hold}});
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    ObjectUpdate update =
        [legal_hold = input.legal_hold](model::ObjectVersion& version) -> std::optional<S3Error> {
      version.attributes.lock.legal_hold = legal_hold;
      return std::nullopt;
    };
    PAIL_CO_CHECK(co_await update_requested(context, request, std::move(input.version_id),
                                            std::move(update)));
    co_return Output{};
  }

  static http::Response render(Output) { return {}; }
};
PAIL_OPERATION(PutObjectLegalHold);

struct GetObjectLegalHold : ReadsObjectLock {
  static Task<S3Result<Output>> run(OperationContext& context, Input version_id,
                                    AuthorizedRequest& request) {
    PAIL_CO_TRY(const auto lock, find_lock(context.store, request, version_id));
    if (!lock.legal_hold) co_return fail(S3ErrorCode::NoSuchObjectLockConfiguration);
    co_return render_legal_hold(*lock.legal_hold);
  }
};
PAIL_OPERATION(GetObjectLegalHold);

}  // namespace pail::operations

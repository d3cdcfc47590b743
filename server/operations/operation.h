#pragma once

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

#include "access/authorizer.h"
#include "auth/session_tokens.h"
#include "checksum/digest_threads.h"
#include "error/s3_error.h"
#include "error/try.h"
#include "http/response.h"
#include "lifecycle/bucket_rules.h"
#include "operations/recent_deletions.h"
#include "random/random.h"
#include "store/store.h"
#include "task/task.h"
#include "time/clock.h"

namespace pail::operations {

using access::AuthorizedRequest;

/// What operations work with. The parts outlive the context; thread-safe.
struct OperationContext {
  store::Store& store;
  const access::Authorizer& authorizer;
  const auth::Directory& directory;
  const time::Clock& clock;
  random::Random& random;
  /// The region in which this server stands.
  std::string region;
  /// The names of this server, e.g. for the Location of a completed upload.
  protocol::ServerNames names;
  /// How buckets come into the world.
  access::BucketDefaults bucket_defaults = access::BucketDefaults::kToday;
  /// What lifecycle rules will do with objects and uploads.
  std::shared_ptr<const lifecycle::BucketRules> lifecycle =
      std::make_shared<const lifecycle::BucketRules>();
  /// Makes the tokens of temporary credentials; nullptr: none are issued.
  std::shared_ptr<const auth::SessionTokens> sessions = nullptr;
  /// Take clients' keys (SSE-C) over plain HTTP too, which AWS refuses.
  bool takes_customer_keys_over_http = false;
  /// For the MD5 of large bodies; nullptr: it is computed between reading and writing.
  std::shared_ptr<checksum::DigestThreads> digest_threads = nullptr;
  /// What the access key ids of temporary credentials end with: ".<space>", but at home nothing.
  std::string key_suffix = {};
  /// What was deleted while others were uploading.
  std::shared_ptr<RecentDeletions> deletions = std::make_shared<RecentDeletions>();
};

/// Runs one operation from authorized request to response. Specialised by PAIL_OPERATION in the
/// operation's file.
template <typename Operation>
Task<S3Result<http::Response>> handle(AuthorizedRequest& request, OperationContext& context);

/// Whether operations.def has a row for the type, and how the row has it judged.
template <typename Operation>
inline constexpr bool kHasRow = false;
template <typename Operation>
inline constexpr auto kJudgement = protocol::Judgement::kByHead;

#define S3_ROW(name, body, entry)             \
  struct name;                                \
  template <>                                 \
  inline constexpr bool kHasRow<name> = true; \
  template <>                                 \
  inline constexpr auto kJudgement<name> =    \
      protocol::judgement_of(protocol::BodyKind::body, protocol::Entry::entry);
#define S3_OPERATION(name, method, target, markers, action, body) S3_ROW(name, body, kSigned)
#define S3_PREFLIGHT(name, target) S3_ROW(name, kNone, kPreflight)
#define S3_FORM(name, target, action) S3_ROW(name, kStream, kForm)
#define S3_ACTION(name, action) S3_ROW(name, kNone, kAction)
#define S3_NOT_IMPLEMENTED(name, method, target, markers)
#include "operations/operations.def"
#undef S3_ROW
#undef S3_OPERATION
#undef S3_PREFLIGHT
#undef S3_FORM
#undef S3_ACTION
#undef S3_NOT_IMPLEMENTED

/// parse → (further permissions) → run → render: the anatomy of every operation.
///
///   struct Op {
///     struct Input {…}; struct Output {…};
///     static S3Result<Input> parse(const AuthorizedRequest&);        all validation of the request
///     static S3Result<Output> run(OperationContext&, Input);         or Task<S3Result<Output>>
///     static Task<S3Result<Output>> run(OperationContext&, Input, AuthorizedRequest&);   if it
///     reads the body static http::Response render(Output);                          cannot fail
///     static S3Result<void> require(const access::Authorizer&, const AuthorizedRequest&, const
///     Input&);   optional, but for what is judged by its body: that asks for all its permissions
///     here, by Authorizer::judge()
///   };
template <typename Operation>
Task<S3Result<http::Response>> run_steps(AuthorizedRequest& request, OperationContext& context) {
  using Input = typename Operation::Input;
  using Output = typename Operation::Output;
  constexpr bool kAsks = requires(const access::Authorizer& authorizer, Input& input) {
    Operation::require(authorizer, request, input);
  };
  static_assert(kAsks || kJudgement<Operation> == protocol::Judgement::kByHead,
                "what is judged by its body asks for its permission in require()");
  auto parsed = Operation::parse(std::as_const(request));
  if constexpr (kJudgement<Operation> == protocol::Judgement::kByBody) {
    // Who may not do this at all is not told what is wrong with it.
    if (!parsed) PAIL_CO_CHECK(context.authorizer.judge(request));
  }
  if (!parsed) co_return fail(std::move(parsed).error());
  Input& input = *parsed;
  if constexpr (kAsks) {
    PAIL_CO_CHECK(Operation::require(context.authorizer, request, input));
  }
  if constexpr (requires { Operation::run(context, std::move(input), request); }) {
    auto output = co_await Operation::run(context, std::move(input), request);
    if (!output) co_return fail(std::move(output).error());
    co_return Operation::render(std::move(*output));
  } else if constexpr (requires {
                         {
                           Operation::run(context, std::move(input))
                           } -> std::same_as<S3Result<Output>>;
                       }) {
    auto output = Operation::run(context, std::move(input));
    if (!output) co_return fail(std::move(output).error());
    co_return Operation::render(std::move(*output));
  } else {
    auto output = co_await Operation::run(context, std::move(input));
    if (!output) co_return fail(std::move(output).error());
    co_return Operation::render(std::move(*output));
  }
}

/// Ends an operation's file: makes the operation reachable through its row.
#define PAIL_OPERATION(Operation)                                                \
  template <>                                                                    \
  Task<S3Result<http::Response>> handle<Operation>(AuthorizedRequest & request,  \
                                                   OperationContext & context) { \
    return run_steps<Operation>(request, context);                               \
  }                                                                              \
  static_assert(kHasRow<Operation>, "add a row to operations.def")

}  // namespace pail::operations

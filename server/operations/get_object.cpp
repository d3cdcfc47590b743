#include <memory>
#include <utility>

#include "operations/object_encryption.h"
#include "operations/object_reading.h"
#include "operations/operation.h"

namespace pail::operations {

struct GetObject {
  struct Input {
    ReadRequest wanted;
  };
  struct Output {
    ReadPlan plan;
    std::unique_ptr<http::BodySource> source;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request);
  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request);
  static http::Response render(Output output);
};

namespace {

/// What lies in an archive has to be restored first, and pail restores nothing yet.
S3Result<void> check_readable(const model::ObjectVersion& object) {
  const std::string& storage_class = object.attributes.storage_class;
  if (storage_class != "GLACIER" && storage_class != "DEEP_ARCHIVE") return {};
  return fail(S3Error(S3ErrorCode::InvalidObjectState).with("StorageClass", storage_class));
}

}  // namespace

S3Result<GetObject::Input> GetObject::parse(const AuthorizedRequest& request) {
  PAIL_TRY(auto wanted, parse_read_request(request));
  return Input{std::move(wanted)};
}

Task<S3Result<GetObject::Output>> GetObject::run(OperationContext& context, Input input,
                                                 AuthorizedRequest& request) {
  PAIL_CO_TRY(auto found, find_for_reading(context.store, request, input.wanted,
                                           context.clock.now(), store::Read::kWithContent));
  PAIL_CO_CHECK(check_readable(found.version));
  PAIL_CO_TRY(auto plan, plan_read(input.wanted, request.bucket(), found.version));
  announce_expiration(context, request, found.version, plan);
  PAIL_CO_TRY(auto reader, open_object(context.store, found, input.wanted.customer_key,
                                       plan.offset_bytes, plan.length_bytes));
  co_return Output{std::move(plan), make_body_source(std::move(reader))};
}

http::Response GetObject::render(Output output) {
  http::Response response;
  response.status = output.plan.status;
  response.headers = std::move(output.plan.headers);
  response.source = std::move(output.source);
  response.source_length_bytes = output.plan.length_bytes;
  return response;
}

PAIL_OPERATION(GetObject);

}  // namespace pail::operations

#include <memory>
#include <utility>

#include "operations/archive.h"
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

S3Result<GetObject::Input> GetObject::parse(const AuthorizedRequest& request) {
  PAIL_TRY(auto wanted, parse_read_request(request));
  return Input{std::move(wanted)};
}

Task<S3Result<GetObject::Output>> GetObject::run(OperationContext& context, Input input,
                                                 AuthorizedRequest& request) {
  const time::Timestamp now = context.clock.now();
  const auto found =
      find_for_reading(context.store, request, input.wanted, now, store::Read::kWithContent);
  if (!found) co_return fail(found.error());
  PAIL_CO_CHECK(require_readable(found->version, now));
  PAIL_CO_TRY(auto plan, plan_read(input.wanted, request.bucket(), found->version));
  announce_state(context, request, found->version, plan);
  PAIL_CO_TRY(auto reader, open_object(context.store, *found, input.wanted.customer_key,
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

#include <utility>

#include "operations/object_reading.h"
#include "operations/operation.h"

namespace pail::operations {

struct HeadObject {
  struct Input {
    ReadRequest wanted;
  };
  using Output = ReadPlan;

  static S3Result<Input> parse(const AuthorizedRequest& request);
  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request);
  static http::Response render(Output output);
};

S3Result<HeadObject::Input> HeadObject::parse(const AuthorizedRequest& request) {
  PAIL_TRY(auto wanted, parse_read_request(request));
  return Input{std::move(wanted)};
}

Task<S3Result<HeadObject::Output>> HeadObject::run(OperationContext& context, Input input,
                                                   AuthorizedRequest& request) {
  PAIL_CO_TRY(auto found, find_for_reading(context.store, request, input.wanted,
                                           context.clock.now(), store::Read::kVersionOnly));
  PAIL_CO_TRY(auto plan, plan_read(input.wanted, request.bucket(), found.version));
  announce_state(context, request, found.version, plan);
  co_return plan;
}

http::Response HeadObject::render(Output output) {
  http::Response response;
  response.status = output.status;
  response.headers = std::move(output.headers);
  response.announced_length_bytes = output.length_bytes;
  return response;
}

PAIL_OPERATION(HeadObject);

}  // namespace pail::operations

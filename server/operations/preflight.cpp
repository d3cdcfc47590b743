#include <algorithm>
#include <array>

#include "cors/match.h"
#include "error/try.h"
#include "model/document_kind.h"
#include "operations/operation.h"

namespace pail::operations {
namespace {

constexpr std::array<std::string_view, 5> kMethods = {"GET", "PUT", "HEAD", "POST", "DELETE"};

Unexpected<S3Error> forbidden(S3Error error, std::string_view method, std::string_view resource) {
  return fail(std::move(error)
                  .with("Method", std::string(method))
                  .with("ResourceType", std::string(resource)));
}

Unexpected<S3Error> forbidden(std::string_view reason, std::string_view method) {
  return forbidden(S3Error(S3ErrorCode::AccessForbidden, std::string(reason)), method, "BUCKET");
}

/// What a preflight asks, and the headers that answer it. Codes, messages and their order were
/// recorded.
S3Result<http::HeaderMap> answer(const AuthorizedRequest& request, std::string_view resource) {
  const http::HeaderMap& headers = request.headers();
  if (!headers.contains("Origin")) {
    return fail(S3ErrorCode::BadRequest, "Insufficient information. Origin request header needed.");
  }
  const cors::CorsRequest asked = cors::read_request(headers, "OPTIONS");
  if (!request.has_bucket()) return forbidden("CORSResponse: Bucket not found", asked.method);
  const auto& documents = request.bucket().documents;
  const auto document = documents.find(model::document_kind::kCors);
  if (document == documents.end()) {
    return forbidden("CORSResponse: CORS is not enabled for this bucket.", asked.method);
  }
  const auto method = headers.find("Access-Control-Request-Method");
  if (!method || std::ranges::find(kMethods, *method) == kMethods.end()) {
    return fail(S3ErrorCode::BadRequest,
                "Invalid Access-Control-Request-Method: " + std::string(method.value_or("null")));
  }
  PAIL_TRY(const auto configuration, cors::parse_configuration(document->second));
  const cors::Match match = cors::find_match(configuration, asked);
  if (!match.rule) {
    return forbidden(S3Error(S3ErrorCode::AccessForbidden), asked.method, resource);
  }
  http::HeaderMap allowed;
  cors::add_allow_headers(match, asked, allowed);
  return allowed;
}

http::Response respond(http::HeaderMap allowed) {
  http::Response response;
  response.headers = std::move(allowed);
  return response;
}

}  // namespace

struct PreflightBucket {
  using Input = http::HeaderMap;
  using Output = http::HeaderMap;
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return answer(request, "BUCKET");
  }
  static S3Result<Output> run(OperationContext&, Input allowed) { return allowed; }
  static http::Response render(Output allowed) { return respond(std::move(allowed)); }
};
PAIL_OPERATION(PreflightBucket);

struct PreflightObject {
  using Input = http::HeaderMap;
  using Output = http::HeaderMap;
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return answer(request, "OBJECT");
  }
  static S3Result<Output> run(OperationContext&, Input allowed) { return allowed; }
  static http::Response render(Output allowed) { return respond(std::move(allowed)); }
};
PAIL_OPERATION(PreflightObject);

}  // namespace pail::operations

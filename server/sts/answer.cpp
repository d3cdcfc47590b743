#include "sts/answer.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "time/date.h"
#include "xml/writer.h"

namespace pail::sts {
namespace {

http::Response document_response(int status, std::string_view request_id) {
  http::Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/xml");
  response.headers.add("x-amzn-RequestId", std::string(request_id));
  return response;
}

void write_elements(xml::XmlWriter& writer, const Elements& elements) {
  std::string open;
  for (const auto& [path, text] : elements) {
    const auto slash = path.find('/');
    const std::string parent = slash == std::string::npos ? "" : path.substr(0, slash);
    if (parent != open) {
      if (!open.empty()) writer.close(open);
      if (!parent.empty()) writer.open(parent);
      open = parent;
    }
    writer.element(slash == std::string::npos ? path : path.substr(slash + 1), text);
  }
  if (!open.empty()) writer.close(open);
}

std::string iso_seconds(time::Timestamp time) {
  const std::string text = time::format_iso8601(time);
  return text.substr(0, text.find('.')) + "Z";
}

struct Renamed {
  S3ErrorCode from;
  std::string_view code;
  int status;
  std::string_view message;  // in place of S3's own; empty: none
};

constexpr auto kRenamed = std::to_array<Renamed>({
    {S3ErrorCode::InvalidAccessKeyId, "InvalidClientTokenId", 403,
     "The security token included in the request is invalid."},
    {S3ErrorCode::InvalidToken, "InvalidClientTokenId", 403,
     "The security token included in the request is invalid."},
    {S3ErrorCode::ExpiredToken, "ExpiredToken", 403,
     "The security token included in the request is expired"},
    {S3ErrorCode::SignatureDoesNotMatch, "SignatureDoesNotMatch", 403,
     "The request signature we calculated does not match the signature you provided. Check your "
     "AWS Secret Access Key and signing method. Consult the service documentation for details."},
    {S3ErrorCode::RequestTimeTooSkewed, "SignatureDoesNotMatch", 403,
     "Signature expired: the difference between the request time and the current time is too "
     "large"},
    {S3ErrorCode::AuthorizationHeaderMalformed, "IncompleteSignature", 400, ""},
    {S3ErrorCode::AuthorizationQueryParametersError, "IncompleteSignature", 400, ""},
    {S3ErrorCode::InvalidURI, "MalformedQueryString", 400, ""},
    {S3ErrorCode::InternalError, "InternalFailure", 500, ""},
});

}  // namespace

Elements credential_elements(const IssuedCredentials& issued) {
  const auth::Identity& identity = issued.credential.identity;
  return {{"Credentials/AccessKeyId", identity.access_key_id},
          {"Credentials/SecretAccessKey", issued.credential.secret_access_key},
          {"Credentials/SessionToken", issued.token},
          {"Credentials/Expiration", iso_seconds(identity.session->expires)}};
}

http::Response render(const Answer& answer) {
  http::Response response = document_response(200, answer.request_id);
  xml::XmlWriter writer(response.body);
  const std::string root = answer.action + "Response";
  const std::string result = answer.action + "Result";
  writer.open(root, {{"xmlns", kNamespace}});
  writer.open(result);
  write_elements(writer, answer.elements);
  writer.close(result);
  write_elements(writer, {{"ResponseMetadata/RequestId", answer.request_id}});
  writer.close(root);
  return response;
}

http::Response render_error(const S3Error& error, std::string_view request_id) {
  const auto* const renamed = std::ranges::find(kRenamed, error.code, &Renamed::from);
  const bool is_renamed = renamed != kRenamed.end();
  const std::string_view code = is_renamed ? renamed->code : error_name(error.code);
  const bool has_own_message =
      is_renamed && !renamed->message.empty() && error.message == S3Error(error.code).message;
  const int status = is_renamed ? renamed->status : error.status();
  http::Response response = document_response(status, request_id);
  response.close_connection = error.closes_connection;
  xml::XmlWriter writer(response.body);
  constexpr int kServerError = 500;
  writer.open("ErrorResponse", {{"xmlns", kNamespace}});
  write_elements(
      writer, {{"Error/Type", status >= kServerError ? "Receiver" : "Sender"},
               {"Error/Code", std::string(code)},
               {"Error/Message", has_own_message ? std::string(renamed->message) : error.message},
               {"RequestId", std::string(request_id)}});
  writer.close("ErrorResponse");
  return response;
}

}  // namespace pail::sts

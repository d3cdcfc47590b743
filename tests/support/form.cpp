#include "support/form.h"

#include "auth/sigv4.h"
#include "text/base64.h"
#include "text/bytes.h"

namespace pail::test {
namespace {

constexpr const char* kBoundary = "----WebKitFormBoundaryPail";

void append_part(std::string& body, const std::string& parameters, const std::string& content) {
  body += "--" + std::string(kBoundary) + "\r\nContent-Disposition: form-data; " + parameters +
          "\r\n\r\n" + content + "\r\n";
}

void append_fields(std::string& body,
                   const std::vector<std::pair<std::string, std::string>>& fields) {
  for (const auto& [name, value] : fields) append_part(body, "name=\"" + name + '"', value);
}

}  // namespace

std::string Form::body() const {
  std::string body;
  append_fields(body, fields);
  if (file) {
    const std::string name = file_name ? "; filename=\"" + *file_name + '"' : std::string();
    append_part(body, "name=\"file\"" + name, *file);
  }
  append_fields(body, late_fields);
  return body + "--" + kBoundary + "--\r\n";
}

Headers Form::headers(Headers more) const {
  more.push_back({"Content-Type", "multipart/form-data; boundary=" + std::string(kBoundary)});
  return more;
}

std::vector<std::pair<std::string, std::string>> signed_policy(const std::string& conditions,
                                                               const std::string& access_key_id) {
  const std::string credential = access_key_id + "/20261124/us-east-1/s3/aws4_request";
  const std::string json =
      R"({"expiration": "2026-11-24T17:00:00Z", "conditions": [)" + conditions +
      (conditions.empty() ? "" : ", ") + R"({"x-amz-algorithm": "AWS4-HMAC-SHA256"}, )" +
      R"({"x-amz-credential": ")" + credential + R"("}, {"x-amz-date": "20261124T160000Z"}]})";
  const std::string policy = text::base64_encode(text::as_bytes(json));
  const auto key = auth::derive_signing_key("loopback/secret", "20261124", "us-east-1", "s3");
  return {{"policy", policy},
          {"x-amz-algorithm", "AWS4-HMAC-SHA256"},
          {"x-amz-credential", credential},
          {"x-amz-date", "20261124T160000Z"},
          {"x-amz-signature", auth::sign(key, policy)}};
}

Form signed_form(Form form, const std::string& more_conditions, const std::string& access_key_id) {
  std::string conditions = R"({"bucket": "bucket"})";
  for (const auto& [name, value] : form.fields) {
    conditions += R"(, ["starts-with", "$)" + name + R"(", ""])";
  }
  if (!more_conditions.empty()) conditions += ", " + more_conditions;
  for (auto& field : signed_policy(conditions, access_key_id))
    form.fields.push_back(std::move(field));
  return form;
}

Answer post(Loopback& server, const std::string& bucket, const Form& form, const Headers& headers) {
  return server.send({.method = "POST",
                      .target = "/" + bucket,
                      .headers = form.headers(headers),
                      .body = form.body(),
                      .is_signed = false});
}

}  // namespace pail::test

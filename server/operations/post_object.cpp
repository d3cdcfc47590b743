#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "operations/body_intake.h"
#include "operations/object_encryption.h"
#include "operations/object_writing.h"
#include "operations/operation.h"
#include "operations/tagging_document.h"
#include "protocol/etag.h"
#include "protocol/form_headers.h"
#include "protocol/object_headers.h"
#include "protocol/post_form.h"
#include "text/ascii.h"
#include "text/percent.h"
#include "xml/writer.h"

namespace pail::operations {
namespace {

/// How the form wants to be answered.
struct Reply {
  int status = 204;
  std::string redirect;  // empty: none
  std::string bucket;
  std::string key;
  std::string location;
};

/// A URL that a browser can be sent to; AWS takes no notice of any other.
bool is_redirect_target(std::string_view url) {
  const bool is_absolute = text::starts_with_ignore_case(url, "http://") ||
                           text::starts_with_ignore_case(url, "https://");
  return is_absolute && std::ranges::none_of(url, [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte < 0x20 || byte == 0x7F;
         });
}

std::string redirect_of(const protocol::FormFields& fields) {
  for (const char* name : {"success_action_redirect", "redirect"}) {
    const auto url = fields.find(name);
    if (url && is_redirect_target(*url)) return std::string(*url);
  }
  return {};
}

int status_of(const protocol::FormFields& fields) {
  const auto status = fields.find("success_action_status");
  if (status == "200") return 200;
  return status == "201" ? 201 : 204;
}

/// The URL of the object, its key encoded whole, slashes too, as AWS has it.
std::string location_of(const AuthorizedRequest& request) {
  const auto& routed = request.routed();
  std::string url = (routed.http.is_tls ? "https://" : "http://") +
                    std::string(request.headers().find("Host").value_or("localhost")) +
                    std::string(routed.raw_path);
  if (!url.ends_with('/')) url += '/';
  return url + text::percent_encode(request.key());
}

/// As HTML forms encode: a space is a plus.
std::string form_encode(std::string_view text) {
  constexpr std::string_view kSpace = "%20";
  std::string encoded = text::percent_encode(text);
  for (auto at = encoded.find(kSpace); at != std::string::npos; at = encoded.find(kSpace, at + 1))
    encoded.replace(at, kSpace.size(), "+");
  return encoded;
}

/// The redirect with bucket, key and ETag behind the query that it may have.
std::string redirect_url(const Reply& reply, std::string_view quoted_etag) {
  const auto fragment = std::min(reply.redirect.find('#'), reply.redirect.size());
  std::string url = reply.redirect.substr(0, fragment);
  url += url.find('?') == std::string::npos ? '?' : '&';
  url += "bucket=" + form_encode(reply.bucket) + "&key=" + form_encode(reply.key) +
         "&etag=" + form_encode(quoted_etag);
  return url + reply.redirect.substr(fragment);
}

std::string post_response(const Reply& reply, std::string_view quoted_etag) {
  std::string document;
  xml::XmlWriter xml(document);
  xml.declaration();
  xml.open("PostResponse");
  xml.element("Location", reply.location);
  xml.element("Bucket", reply.bucket);
  xml.element("Key", reply.key);
  xml.element("ETag", quoted_etag);
  xml.close("PostResponse");
  return document;
}

/// x-amz-checksum-algorithm names what to compute where the form brings no checksum itself.
S3Result<checksum::Algorithm> parse_algorithm(const http::HeaderMap& headers) {
  constexpr const char* kHeader = "x-amz-checksum-algorithm";
  const auto name = headers.find(kHeader);
  if (!name) return checksum::Algorithm::kCrc64Nvme;
  if (const auto algorithm = checksum::parse_algorithm(text::trim(*name))) return *algorithm;
  return fail(S3ErrorCode::InvalidRequest,
              "Value for " + std::string(kHeader) + " header is invalid.");
}

}  // namespace

struct PostObject {
  struct Input {
    http::HeaderMap headers;  // those that the form has instead
    model::ObjectAttributes attributes;
    BodyDeclaration body;
    checksum::Algorithm algorithm = checksum::Algorithm::kCrc64Nvme;
    Reply reply;
  };
  struct Output {
    WrittenObject object;
    Reply reply;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const protocol::FormFields& fields = request.routed().form->fields();
    PAIL_TRY(http::HeaderMap headers, protocol::form_headers(fields));
    if (headers.contains("x-amz-copy-source"))
      return fail(S3Error(S3ErrorCode::NotImplemented).with("Header", "x-amz-copy-source"));
    PAIL_CHECK(protocol::check_supported_headers(headers));
    Input input;
    PAIL_TRY(input.attributes, protocol::parse_object_attributes(headers));
    if (const auto tagging = fields.find("tagging"); tagging && !tagging->empty()) {
      PAIL_TRY(input.attributes.tags, parse_tagging_field(std::string(*tagging)));
    }
    PAIL_TRY(input.body, parse_body_declaration(headers));
    PAIL_TRY(input.algorithm, parse_algorithm(headers));
    input.reply = {status_of(fields), redirect_of(fields), request.bucket_name(), request.key(),
                   location_of(request)};
    input.headers = std::move(headers);
    return input;
  }

  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input& input) {
    const auto& tags = input.attributes.tags;
    const access::BodyFacts stated{.tags = tags};
    PAIL_CHECK(authorizer.judge(request, stated));
    if (tags.empty()) return {};
    access::Need tagging{"s3:PutObjectTagging", request.bucket_name(), request.key()};
    tagging.body = &stated;
    PAIL_CHECK(authorizer.require(request, tagging));
    return {};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    PAIL_CO_TRY(auto plan,
                plan_write(context, request, input.headers, std::move(input.attributes)));
    auto writer = begin_write(context, plan.attributes.encryption, plan.customer_key);
    IntakeOptions options;
    options.fallback = input.algorithm;
    options.digest_threads = context.digest_threads.get();
    PAIL_CO_TRY(auto taken, co_await take_body_of_any_length(std::move(writer), request.body(),
                                                             input.body, options));
    protocol::WriteConditions none;
    PAIL_CO_TRY(auto written, co_await write_object(context, request, std::move(taken),
                                                    std::move(plan), std::move(none)));
    co_return Output{std::move(written), std::move(input.reply)};
  }

  static http::Response render(const Output& output) {
    const Reply& reply = output.reply;
    const std::string etag = protocol::quote_etag(output.object.etag);
    http::Response response;
    response.headers = output.object.headers;
    response.headers.add("ETag", etag);
    protocol::add_checksum_headers(output.object.checksum, response.headers);
    if (!reply.redirect.empty()) {
      response.status = 303;
      response.headers.add("Location", redirect_url(reply, etag));
      return response;
    }
    response.status = reply.status;
    response.headers.add("Location", reply.location);
    if (reply.status != 201) return response;
    response.headers.add("Content-Type", "application/xml");
    response.body = post_response(reply, etag);
    return response;
  }
};

PAIL_OPERATION(PostObject);

}  // namespace pail::operations

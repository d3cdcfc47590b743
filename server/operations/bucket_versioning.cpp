#include <optional>
#include <string>

#include "error/try.h"
#include "model/document_kind.h"
#include "operations/bucket_document.h"
#include "operations/document.h"
#include "operations/operation.h"
#include "text/ascii.h"
#include "xml/reader.h"
#include "xml/writer.h"

namespace pail::operations {

using model::document_kind::kObjectLock;
using model::document_kind::kVersioning;

struct PutBucketVersioning : ChangesBucketDocument<200> {
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const auto document = xml::Document::parse(request.document());
    if (!document || document->root().name() != "VersioningConfiguration") {
      return fail(S3ErrorCode::MalformedXML);
    }
    PAIL_CHECK(check_mfa_header(request));
    PAIL_CHECK(check_mfa_delete(document->root().child_text("MfaDelete")));
    auto status = document->root().child_text("Status");
    if (!status) return fail(S3ErrorCode::IllegalVersioningConfigurationException);
    if (*status != "Enabled" && *status != "Suspended") return fail(S3ErrorCode::MalformedXML);
    if (*status == "Suspended" && request.bucket().documents.contains(kObjectLock)) {
      return fail(S3ErrorCode::InvalidBucketState,
                  "An Object Lock configuration is present on this bucket, so the versioning state "
                  "cannot be changed.");
    }
    return change_document(request, kVersioning, std::move(status));
  }

 private:
  /// As AWS was reported to look at x-amz-mfa, whatever the document says.
  static S3Result<void> check_mfa_header(const AuthorizedRequest& request) {
    constexpr const char* kHeader = "x-amz-mfa";
    const auto mfa = request.headers().find(kHeader);
    if (!mfa) return {};
    if (request.identity().session) {
      return fail(S3ErrorCode::InvalidRequest,
                  "DevPay and Mfa are mutually exclusive authorization methods.");
    }
    const auto words = text::split(*mfa, ' ');
    if (words.size() != 2 || words[0].empty() || words[1].empty()) {
      return fail(S3Error(S3ErrorCode::InvalidArgument,
                          "Mfa header is invalid -- the header should be formatted as "
                          "{serialNumber}(space){tokenCode}")
                      .with("ArgumentName", kHeader));
    }
    return fail(S3Error(S3ErrorCode::AccessDenied).because("pail has no MFA devices"));
  }

  /// Nobody here has a second factor, so there is nothing that it could be switched on with; that
  /// it is off may be said.
  static S3Result<void> check_mfa_delete(const std::optional<std::string>& setting) {
    if (!setting || *setting == "Disabled") return {};
    if (*setting != "Enabled") return fail(S3ErrorCode::MalformedXML);
    return fail(
        S3Error(S3ErrorCode::AccessDenied, "Mfa Authentication must be used for this request")
            .because("AWS takes MfaDelete only from the root user with his device, and pail "
                     "has neither"));
  }
};
PAIL_OPERATION(PutBucketVersioning);

struct GetBucketVersioning {
  /// The status; empty: the bucket never kept versions.
  using Input = std::string;
  using Output = std::string;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const auto& documents = request.bucket().documents;
    const auto status = documents.find(kVersioning);
    return status == documents.end() ? std::string() : status->second;
  }
  static S3Result<Output> run(OperationContext&, Input status) { return status; }
  static http::Response render(const Output& status) {
    std::string document;
    xml::XmlWriter xml(document);
    xml.declaration();
    if (status.empty()) {
      xml.empty_root("VersioningConfiguration");
    } else {
      xml.open_root("VersioningConfiguration");
      xml.element("Status", std::string_view(status));
      xml.close("VersioningConfiguration");
    }
    return document_response(std::move(document), "application/xml");
  }
};
PAIL_OPERATION(GetBucketVersioning);

}  // namespace pail::operations

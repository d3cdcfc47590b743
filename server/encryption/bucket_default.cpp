#include "encryption/bucket_default.h"

#include <optional>

#include "error/try.h"
#include "text/ascii.h"
#include "xml/reader.h"
#include "xml/writer.h"

namespace pail::encryption {
namespace {

using model::EncryptionKind;

constexpr std::string_view kRoot = "ServerSideEncryptionConfiguration";
constexpr std::string_view kCustomerKeys = "SSE-C";

std::string trimmed_text(const xml::Element& element) {
  return std::string(text::trim(element.text()));
}

S3Result<bool> read_flag(const xml::Element& element) {
  const std::string flag = text::to_lower(trimmed_text(element));
  if (flag != "true" && flag != "false") return fail(S3ErrorCode::MalformedXML);
  return flag == "true";
}

S3Result<EncryptionKind> read_kind(const xml::Element& by_default) {
  const auto algorithm = by_default.child("SSEAlgorithm");
  if (!algorithm) return fail(S3ErrorCode::MalformedXML);
  const std::string name = trimmed_text(*algorithm);
  for (const auto kind :
       {EncryptionKind::kSseS3, EncryptionKind::kSseKms, EncryptionKind::kSseKmsDsse}) {
    if (name == algorithm_name(kind)) return kind;
  }
  return fail(S3ErrorCode::MalformedXML);
}

S3Result<void> read_default(const xml::Element& by_default, BucketDefault& wanted) {
  PAIL_TRY(wanted.kind, read_kind(by_default));
  const auto key = by_default.child("KMSMasterKeyID");
  if (!key) return {};
  wanted.kms_key_id = trimmed_text(*key);
  if (wanted.kind != EncryptionKind::kSseS3) return {};
  return fail(S3Error(S3ErrorCode::InvalidArgument,
                      "a KMSMasterKeyID is not applicable if the default sse algorithm is not "
                      "aws:kms or aws:kms:dsse")
                  .with("ArgumentName", "ApplyServerSideEncryptionByDefault"));
}

S3Result<void> read_blocked(const xml::Element& blocked, BucketDefault& wanted) {
  wanted.names_blocked_types = true;
  for (const xml::Element& type : blocked.children("EncryptionType")) {
    const std::string name = trimmed_text(type);
    if (name != kCustomerKeys && name != "NONE") return fail(S3ErrorCode::MalformedXML);
    wanted.blocks_customer_keys = wanted.blocks_customer_keys || name == kCustomerKeys;
  }
  return {};
}

}  // namespace

std::string_view algorithm_name(EncryptionKind kind) {
  switch (kind) {
    case EncryptionKind::kSseS3:
      return "AES256";
    case EncryptionKind::kSseKms:
      return "aws:kms";
    case EncryptionKind::kSseKmsDsse:
      return "aws:kms:dsse";
    case EncryptionKind::kCustomer:
      break;
  }
  return "";
}

S3Result<BucketDefault> parse_bucket_default(std::string_view xml) {
  const auto document = xml::Document::parse(xml);
  if (!document || document->root().name() != kRoot) return fail(S3ErrorCode::MalformedXML);
  const auto rules = document->root().children();
  if (rules.size() != 1 || rules.front().name() != "Rule") return fail(S3ErrorCode::MalformedXML);
  const xml::Element& rule = rules.front();
  BucketDefault wanted;
  const auto by_default = rule.child("ApplyServerSideEncryptionByDefault");
  const auto blocked = rule.child("BlockedEncryptionTypes");
  if (!by_default && !blocked) return fail(S3ErrorCode::MalformedXML);
  if (by_default) PAIL_CHECK(read_default(*by_default, wanted));
  if (const auto flag = rule.child("BucketKeyEnabled")) {
    PAIL_TRY(wanted.bucket_key_enabled, read_flag(*flag));
  }
  if (blocked) PAIL_CHECK(read_blocked(*blocked, wanted));
  return wanted;
}

std::string render_bucket_default(const BucketDefault& wanted) {
  std::string document;
  xml::XmlWriter xml(document);
  xml.declaration();
  xml.open_root(kRoot);
  xml.open("Rule");
  xml.open("ApplyServerSideEncryptionByDefault");
  xml.element("SSEAlgorithm", algorithm_name(wanted.kind));
  if (!wanted.kms_key_id.empty()) xml.element("KMSMasterKeyID", wanted.kms_key_id);
  xml.close("ApplyServerSideEncryptionByDefault");
  xml.element("BucketKeyEnabled", wanted.bucket_key_enabled);
  if (wanted.names_blocked_types) {
    xml.open("BlockedEncryptionTypes");
    xml.element("EncryptionType", wanted.blocks_customer_keys ? kCustomerKeys : "NONE");
    xml.close("BlockedEncryptionTypes");
  }
  xml.close("Rule");
  xml.close(kRoot);
  return document;
}

const std::string& new_bucket_default() {
  static const std::string document =
      render_bucket_default(BucketDefault{EncryptionKind::kSseS3, {}, false, true, true});
  return document;
}

}  // namespace pail::encryption

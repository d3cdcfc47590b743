#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "operations/deletion.h"
#include "operations/document.h"
#include "operations/operation.h"
#include "operations/store_failure.h"
#include "protocol/address.h"
#include "protocol/object_headers.h"
#include "protocol/version_id.h"
#include "xml/reader.h"
#include "xml/writer.h"

namespace pail::operations {

struct DeleteObjects {
  /// One <Object> of the request.
  struct Entry {
    std::string key;
    std::optional<std::string> version_id;
    std::optional<std::string> etag;
    DeletionReport report;
    /// Why it is refused before the store is asked.
    std::optional<S3Error> refusal;
  };
  struct Input {
    std::vector<Entry> entries;
    bool quiet = false;
    bool bypasses_governance = false;
  };
  struct Output {
    std::vector<Entry> entries;
    bool quiet = false;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request);
  /// Refuses entry by entry.
  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, Input& input);
  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request);
  static http::Response render(const Output& output);
};

namespace {

constexpr std::size_t kMaxEntries = 1000;

/// What can be said of an entry without looking at the store.
std::optional<S3Error> refuse_entry(const DeleteObjects::Entry& entry, const xml::Element& object) {
  if (entry.key.size() > protocol::kMaxKeyBytes) return S3Error(S3ErrorCode::KeyTooLongError);
  if (entry.version_id && !protocol::is_version_id(*entry.version_id))
    return S3Error(S3ErrorCode::NoSuchVersion);
  // Conditions that only directory buckets know.
  if (object.child("LastModifiedTime") || object.child("Size"))
    return S3Error(S3ErrorCode::NotImplemented);
  return std::nullopt;
}

S3Result<DeleteObjects::Entry> parse_entry(const xml::Element& object) {
  DeleteObjects::Entry entry;
  auto key = object.child_text("Key");
  if (!key || key->empty()) return fail(S3ErrorCode::MalformedXML);
  entry.key = std::move(*key);
  entry.version_id = object.child_text("VersionId");
  if (entry.version_id && entry.version_id->empty()) entry.version_id.reset();
  entry.etag = object.child_text("ETag");
  entry.refusal = refuse_entry(entry, object);
  return entry;
}

S3Result<bool> parse_quiet(const xml::Element& root) {
  const std::string quiet = root.child_text("Quiet").value_or("false");
  if (quiet == "true" || quiet == "True" || quiet == "1") return true;
  if (quiet == "false" || quiet == "False" || quiet == "0" || quiet.empty()) return false;
  return fail(S3ErrorCode::MalformedXML);
}

S3Result<void> check_permission(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const DeleteObjects::Entry& entry,
                                bool bypasses_governance) {
  access::Need need{"s3:DeleteObject", request.bucket_name(), entry.key};
  if (entry.version_id) need.version_id = *entry.version_id;
  PAIL_CHECK(authorizer.require(request, need));
  if (!bypasses_governance) return {};
  PAIL_CHECK(authorizer.require(
      request, {"s3:BypassGovernanceRetention", request.bucket_name(), entry.key}));
  return {};
}

void write_entry(xml::XmlWriter& xml, const DeleteObjects::Entry& entry, bool quiet) {
  if (!entry.refusal && quiet) return;
  const char* element = entry.refusal ? "Error" : "Deleted";
  xml.open(element);
  xml.element("Key", std::string_view(entry.key));
  if (entry.version_id) xml.element("VersionId", std::string_view(*entry.version_id));
  if (entry.refusal) {
    xml.element("Code", error_name(entry.refusal->code));
    xml.element("Message", std::string_view(entry.refusal->message));
  } else if (entry.report.is_delete_marker) {
    xml.element("DeleteMarker", true);
    xml.element("DeleteMarkerVersionId",
                std::string_view(entry.report.version_id.value_or(model::kNullVersionId)));
  }
  xml.close(element);
}

}  // namespace

S3Result<DeleteObjects::Input> DeleteObjects::parse(const AuthorizedRequest& request) {
  PAIL_TRY(const auto effective,
           protocol::EffectiveHeaders::of(request.headers(), request.query()));
  PAIL_CHECK(protocol::check_supported_headers(*effective));
  PAIL_CHECK(require_document_digest(request));
  const auto document = xml::Document::parse(request.document());
  if (!document || document->root().name() != "Delete") return fail(S3ErrorCode::MalformedXML);
  const auto objects = document->root().children("Object");
  if (objects.empty() || objects.size() > kMaxEntries) return fail(S3ErrorCode::MalformedXML);
  Input input;
  PAIL_TRY(input.bypasses_governance, parse_governance_bypass(*effective, request.bucket()));
  PAIL_TRY(input.quiet, parse_quiet(document->root()));
  input.entries.reserve(objects.size());
  for (const xml::Element& object : objects) {
    PAIL_TRY(auto entry, parse_entry(object));
    input.entries.push_back(std::move(entry));
  }
  return input;
}

S3Result<void> DeleteObjects::require(const access::Authorizer& authorizer,
                                      const AuthorizedRequest& request, Input& input) {
  for (Entry& entry : input.entries) {
    if (entry.refusal) continue;
    auto allowed = check_permission(authorizer, request, entry, input.bypasses_governance);
    if (!allowed) entry.refusal = std::move(allowed).error();
  }
  return {};
}

Task<S3Result<DeleteObjects::Output>> DeleteObjects::run(OperationContext& context, Input input,
                                                         AuthorizedRequest& request) {
  std::vector<store::Store::Deletion> deletions;
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < input.entries.size(); ++i) {
    const Entry& entry = input.entries[i];
    if (entry.refusal) continue;
    deletions.push_back(
        plan_deletion(context, request.bucket(),
                      {entry.key, entry.version_id, entry.etag, input.bypasses_governance}));
    positions.push_back(i);
  }
  if (!deletions.empty()) {
    auto results = co_await context.store.delete_objects(request.bucket().id, deletions);
    for (std::size_t i = 0; i < results.size(); ++i) {
      Entry& entry = input.entries[positions[i]];
      if (results[i]) {
        entry.report = report_deletion(context, request.bucket(), deletions[i], *results[i]);
        continue;
      }
      entry.refusal = to_s3_error(std::move(results[i]).error(),
                                  {.bucket = request.bucket_name(), .key = entry.key});
    }
  }
  co_return Output{std::move(input.entries), input.quiet};
}

http::Response DeleteObjects::render(const Output& output) {
  http::Response response;
  response.headers.add("Content-Type", "application/xml");
  xml::XmlWriter xml(response.body);
  xml.declaration();
  xml.open_root("DeleteResult");
  for (const Entry& entry : output.entries) write_entry(xml, entry, output.quiet);
  xml.close("DeleteResult");
  return response;
}

PAIL_OPERATION(DeleteObjects);

}  // namespace pail::operations

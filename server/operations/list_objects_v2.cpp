#include "error/try.h"
#include "operations/object_listing.h"
#include "operations/operation.h"
#include "protocol/listing_token.h"
#include "text/ascii.h"

namespace pail::operations {
namespace {

constexpr std::string_view kContinuationToken = "continuation-token";

/// The entry that a token names. The message and the missing ArgumentValue were recorded.
S3Result<std::string> read_token(std::string_view token) {
  auto last = protocol::decode_listing_token(protocol::ListingKind::kObjects, token);
  if (last) return std::move(*last);
  return fail(S3Error(S3ErrorCode::InvalidArgument, "The continuation token provided is incorrect")
                  .with("ArgumentName", std::string(kContinuationToken)));
}

}  // namespace

struct ListObjectsV2 {
  struct Input {
    std::int64_t bucket_id = 0;
    std::string bucket;
    std::string region;
    ListingParameters listing;
    std::string start_after;
    std::string continuation_token;
    std::string after;
    bool fetch_owner = false;
  };
  /// The answer's text: the entries are written while the cursor walks, so that no copy of a page
  /// is made between run and render.
  struct Output {
    std::string body;
    std::string region;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const protocol::Query& query = request.query();
    Input input;
    input.bucket_id = request.bucket().id;
    input.bucket = request.bucket().name;
    input.region = request.bucket().region;
    PAIL_TRY(input.listing, parse_listing_parameters(query));
    input.fetch_owner = text::equals_ignore_case(query.find("fetch-owner").value_or(""), "true");
    if (const auto token = query.find(kContinuationToken)) {
      PAIL_TRY(input.after, read_token(*token));
      input.continuation_token = *token;
    } else {
      input.start_after = query.find("start-after").value_or("");
      input.after = input.start_after;
    }
    return input;
  }

  static S3Result<Output> run(OperationContext& context, Input input) {
    const auto cursor = context.store.scan_objects(input.bucket_id);
    PAIL_TRY(ListingPage page, read_listing_page(*cursor, input.listing, input.after,
                                                 input.fetch_owner, input.bucket));
    const std::string head = write_head(input, page.end);
    return Output{finish_listing(head, std::move(page)), std::move(input.region)};
  }

  static http::Response render(Output output) {
    return listing_response(std::move(output.body), output.region);
  }

 private:
  static std::string write_head(const Input& input, const protocol::ListingEnd& end) {
    std::string head;
    xml::XmlWriter writer(head);
    writer.declaration();
    writer.open_root("ListBucketResult");
    writer.element("Name", input.bucket);
    write_listed(writer, "Prefix", input.listing.prefix, input.listing);
    if (!input.start_after.empty()) {
      write_listed(writer, "StartAfter", input.start_after, input.listing);
    }
    if (!input.continuation_token.empty()) {
      writer.element("ContinuationToken", input.continuation_token);
    }
    if (end.is_truncated) {
      writer.element("NextContinuationToken",
                     protocol::encode_listing_token(protocol::ListingKind::kObjects, end.last));
    }
    writer.element("KeyCount", end.count);
    write_listing_limits(writer, input.listing, end);
    return head;
  }
};
PAIL_OPERATION(ListObjectsV2);

}  // namespace pail::operations

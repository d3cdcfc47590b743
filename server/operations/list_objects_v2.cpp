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
    ListingRequest listing;
    std::string start_after;
    std::string continuation_token;
  };
  using Output = ListingAnswer;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const protocol::Query& query = request.query();
    Input input;
    PAIL_TRY(input.listing, parse_listing_request(request));
    input.listing.with_owner =
        text::equals_ignore_case(query.find("fetch-owner").value_or(""), "true");
    if (const auto token = query.find(kContinuationToken)) {
      PAIL_TRY(input.listing.after, read_token(*token));
      input.continuation_token = *token;
    } else {
      input.start_after = query.find("start-after").value_or("");
      input.listing.after = input.start_after;
    }
    return input;
  }

  static S3Result<Output> run(OperationContext& context, const Input& input) {
    return answer_listing(context.store, input.listing,
                          [&input](xml::XmlWriter& writer, const protocol::ListingEnd& end) {
                            write_position(writer, input, end);
                          });
  }

  static http::Response render(Output output) { return listing_response(std::move(output)); }

 private:
  static void write_position(xml::XmlWriter& writer, const Input& input,
                             const protocol::ListingEnd& end) {
    if (!input.start_after.empty()) {
      write_listed(writer, "StartAfter", input.start_after, input.listing.parameters);
    }
    if (!input.continuation_token.empty()) {
      writer.element("ContinuationToken", input.continuation_token);
    }
    if (end.is_truncated) {
      writer.element("NextContinuationToken",
                     protocol::encode_listing_token(protocol::ListingKind::kObjects, end.last));
    }
    writer.element("KeyCount", end.count);
  }
};
PAIL_OPERATION(ListObjectsV2);

}  // namespace pail::operations

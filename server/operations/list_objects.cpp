#include "error/try.h"
#include "operations/object_listing.h"
#include "operations/operation.h"

namespace pail::operations {

struct ListObjects {
  struct Input {
    std::int64_t bucket_id = 0;
    std::string bucket;
    std::string region;
    ListingParameters listing;
    std::string marker;
  };
  /// The answer's text: the entries are written while the cursor walks, so that no copy of a page
  /// is made between run and render.
  struct Output {
    std::string body;
    std::string region;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    Input input;
    input.bucket_id = request.bucket().id;
    input.bucket = request.bucket().name;
    input.region = request.bucket().region;
    PAIL_TRY(input.listing, parse_listing_parameters(request.query()));
    input.marker = request.query().find("marker").value_or("");
    return input;
  }

  static S3Result<Output> run(OperationContext& context, Input input) {
    const auto cursor = context.store.scan_objects(input.bucket_id);
    PAIL_TRY(ListingPage page,
             read_listing_page(*cursor, input.listing, input.marker, true, input.bucket));
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
    write_listed(writer, "Marker", input.marker, input.listing);
    // Without a delimiter the client goes on from the last key that it saw (recorded).
    if (end.is_truncated && !input.listing.delimiter.empty()) {
      write_listed(writer, "NextMarker", end.last, input.listing);
    }
    write_listing_limits(writer, input.listing, end);
    return head;
  }
};
PAIL_OPERATION(ListObjects);

}  // namespace pail::operations

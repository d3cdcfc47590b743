#include "error/try.h"
#include "operations/object_listing.h"
#include "operations/operation.h"

namespace pail::operations {

struct ListObjects {
  struct Input {
    ListingRequest listing;
  };
  using Output = ListingAnswer;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    Input input;
    PAIL_TRY(input.listing, parse_listing_request(request));
    input.listing.after = request.query().find("marker").value_or("");
    return input;
  }

  static S3Result<Output> run(OperationContext& context, const Input& input) {
    return answer_listing(context.store, input.listing,
                          [&input](xml::XmlWriter& writer, const protocol::ListingEnd& end) {
                            write_position(writer, input.listing, end);
                          });
  }

  static http::Response render(Output output) { return listing_response(std::move(output)); }

 private:
  static void write_position(xml::XmlWriter& writer, const ListingRequest& listing,
                             const protocol::ListingEnd& end) {
    write_listed(writer, "Marker", listing.after, listing.parameters);
    // Without a delimiter the client goes on from the last key that it saw (recorded).
    if (end.is_truncated && !listing.parameters.delimiter.empty()) {
      write_listed(writer, "NextMarker", end.last, listing.parameters);
    }
  }
};
PAIL_OPERATION(ListObjects);

}  // namespace pail::operations

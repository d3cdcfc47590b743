#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "error/s3_error.h"
#include "error/try.h"
#include "http/response.h"
#include "operations/operation.h"
#include "protocol/listing.h"
#include "protocol/query.h"
#include "store/store.h"
#include "xml/writer.h"

// What the listings of objects have in common.
namespace pail::operations {

/// The parameters that all understand. A value.
struct ListingParameters {
  std::string prefix;
  std::string delimiter;
  std::size_t max_keys = 1000;  // what is answered as MaxKeys: at most 1000
  bool url_encoding = false;
};

/// A page of which bucket, from where on.
struct ListingRequest {
  std::int64_t bucket_id = 0;
  std::string bucket;
  std::string region;
  ListingParameters parameters;
  std::string after;
  bool with_owner = true;
  /// Set if the client asks for RestoreStatus: when it did.
  std::optional<time::Timestamp> restore_status_at = {};
};

/// All but `after` and `with_owner`. Fails with InvalidArgument, as AWS does, for encoding-type and
/// max-keys, and for unknown x-amz-optional-object-attributes.
S3Result<ListingRequest> parse_listing_request(const AuthorizedRequest& request);

/// The answer's text: the entries are written while the cursor walks, so that no copy of a page is
/// made between run and render.
struct ListingAnswer {
  std::string body;
  std::string region;
};

/// A page in the making: its entries are written straight from the cursor's row into the text that
/// will be sent.
struct ListingPage {
  std::string contents;  // <Contents>...</Contents>...
  std::string common_prefixes;
  protocol::ListingEnd end;
};

/// <RestoreStatus> of an archived version (without an id: the latest) that is restored; empty
/// otherwise, and where the request does not ask for it. Looks into the store for archived objects
/// only.
std::string restore_status(store::Store& store, const ListingRequest& request,
                           const model::ObjectSummary& object,
                           std::optional<std::string_view> version_id);

/// Reads one page. Fails: InternalError, NoSuchBucket.
S3Result<ListingPage> read_listing_page(store::Store& store, const ListingRequest& request);

/// An element whose text is encoded when encoding-type=url asks for it.
void write_listed(xml::XmlWriter& writer, std::string_view name, std::string_view text,
                  const ListingParameters& parameters);

/// The elements from the declaration and the root to Prefix.
void begin_listing(xml::XmlWriter& writer, std::string_view root, const ListingRequest& request);

/// The elements from MaxKeys to IsTruncated, in AWS's order.
void write_listing_limits(xml::XmlWriter& writer, const ListingParameters& parameters,
                          const protocol::ListingEnd& end);

/// Puts `head` (declaration and opened ListBucketResult) before and the rest behind the entries.
std::string finish_listing(std::string_view head, ListingPage page);

/// Reads a page and answers it. `write_position` writes what the operations have of their own,
/// between Prefix and MaxKeys. Fails as read_listing_page() does.
template <std::invocable<xml::XmlWriter&, const protocol::ListingEnd&> WritePosition>
S3Result<ListingAnswer> answer_listing(store::Store& store, const ListingRequest& request,
                                       const WritePosition& write_position) {
  PAIL_TRY(ListingPage page, read_listing_page(store, request));
  std::string head;
  xml::XmlWriter writer(head);
  begin_listing(writer, "ListBucketResult", request);
  write_position(writer, page.end);
  write_listing_limits(writer, request.parameters, page.end);
  return ListingAnswer{finish_listing(head, std::move(page)), request.region};
}

http::Response listing_response(ListingAnswer answer);

}  // namespace pail::operations

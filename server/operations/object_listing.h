#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "error/s3_error.h"
#include "http/response.h"
#include "protocol/listing.h"
#include "protocol/query.h"
#include "store/store.h"
#include "xml/writer.h"

// What ListObjects and ListObjectsV2 have in common.
namespace pail::operations {

/// The parameters that both understand. A value.
struct ListingParameters {
  std::string prefix;
  std::string delimiter;
  std::size_t max_keys = 1000;  // what is answered as MaxKeys: at most 1000
  bool url_encoding = false;
};

/// Fails with InvalidArgument, as AWS does, for encoding-type and max-keys.
S3Result<ListingParameters> parse_listing_parameters(const protocol::Query& query);

/// A page in the making: its entries are written straight from the cursor's row into the text that
/// will be sent.
struct ListingPage {
  std::string contents;  // <Contents>...</Contents>...
  std::string common_prefixes;
  protocol::ListingEnd end;
};

/// Reads one page. Fails: InternalError, NoSuchBucket.
S3Result<ListingPage> read_listing_page(store::ObjectCursor& cursor,
                                        const ListingParameters& parameters, std::string_view after,
                                        bool with_owner, std::string_view bucket_name);

/// An element whose text is encoded when encoding-type=url asks for it.
void write_listed(xml::XmlWriter& writer, std::string_view name, std::string_view text,
                  const ListingParameters& parameters);

/// The elements from MaxKeys to IsTruncated, in AWS's order.
void write_listing_limits(xml::XmlWriter& writer, const ListingParameters& parameters,
                          const protocol::ListingEnd& end);

/// Puts `head` (declaration and opened ListBucketResult) before and the rest behind the entries.
std::string finish_listing(std::string_view head, ListingPage page);

http::Response listing_response(std::string body, const std::string& region);

}  // namespace pail::operations

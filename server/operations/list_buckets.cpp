#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "error/try.h"
#include "model/region.h"
#include "operations/operation.h"
#include "protocol/listing_token.h"
#include "text/decimal.h"
#include "time/date.h"
#include "xml/writer.h"

namespace pail::operations {
namespace {

constexpr std::size_t kBucketsMost = 10'000;

S3Result<std::size_t> parse_max_buckets(std::string_view text) {
  if (text.empty()) return kBucketsMost;
  const auto number = text::parse_decimal(text);
  if (!number || *number < 1 || *number > kBucketsMost) {
    return invalid_argument("Argument max-buckets must be an integer between 1 and 10000",
                            "max-buckets", std::string(text));
  }
  return static_cast<std::size_t>(*number);
}

/// An empty token starts from the beginning, unlike that of ListObjectsV2 (recorded).
S3Result<std::string> parse_token(std::string_view token) {
  if (token.empty()) return std::string();
  auto last = protocol::decode_listing_token(protocol::ListingKind::kBuckets, token);
  if (last) return std::move(*last);
  return fail(S3Error(S3ErrorCode::InvalidArgument, "The continuation token provided is incorrect")
                  .with("ArgumentName", "continuation-token"));
}

}  // namespace

struct ListBuckets {
  struct Input {
    std::string owner_id;
    std::string prefix;
    std::string region;  // empty: all
    std::string after;
    std::size_t max_buckets = kBucketsMost;
    /// AWS names the region of each bucket only to clients that know of pages.
    bool with_region = false;
  };
  struct Output {
    std::string owner_id;
    std::string prefix;
    std::vector<std::shared_ptr<const model::Bucket>> buckets;
    bool with_region = false;
    bool is_truncated = false;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const protocol::Query& query = request.query();
    Input input;
    input.owner_id = request.identity().canonical_id;
    input.prefix = query.find("prefix").value_or("");
    input.region = query.find("bucket-region").value_or("");
    PAIL_TRY(input.max_buckets, parse_max_buckets(query.find("max-buckets").value_or("")));
    PAIL_TRY(input.after, parse_token(query.find("continuation-token").value_or("")));
    input.with_region = query.contains("prefix") || query.contains("bucket-region") ||
                        query.contains("max-buckets") || query.contains("continuation-token");
    return input;
  }

  static S3Result<Output> run(OperationContext& context, Input input) {
    if (!input.region.empty() && input.region != context.region &&
        !model::is_aws_region(input.region)) {
      return fail(S3Error(S3ErrorCode::InvalidArgument,
                          "Argument value " + input.region + " is not a valid AWS Region")
                      .with("ArgumentName", "bucket-region"));
    }
    Output output;
    output.buckets = find_buckets(context.store, input);
    output.is_truncated = output.buckets.size() > input.max_buckets;
    if (output.is_truncated) output.buckets.resize(input.max_buckets);
    output.owner_id = std::move(input.owner_id);
    output.prefix = std::move(input.prefix);
    output.with_region = input.with_region;
    return output;
  }

  static http::Response render(const Output& output) {
    http::Response response;
    response.headers.add("Content-Type", "application/xml");
    xml::XmlWriter writer(response.body);
    writer.declaration();
    writer.open_root("ListAllMyBucketsResult");
    writer.open("Owner");
    writer.element("ID", output.owner_id);
    writer.close("Owner");
    writer.open("Buckets");
    for (const auto& bucket : output.buckets) write_bucket(writer, *bucket, output.with_region);
    writer.close("Buckets");
    if (output.is_truncated) {
      writer.element("ContinuationToken",
                     protocol::encode_listing_token(protocol::ListingKind::kBuckets,
                                                    output.buckets.back()->name));
    }
    if (!output.prefix.empty()) writer.element("Prefix", output.prefix);
    writer.close("ListAllMyBucketsResult");
    return response;
  }

 private:
  /// A page, and one more if there is one.
  static std::vector<std::shared_ptr<const model::Bucket>> find_buckets(const store::Store& store,
                                                                        const Input& input) {
    const std::size_t wanted = input.max_buckets + 1;
    std::vector<std::shared_ptr<const model::Bucket>> found;
    std::string after = input.after;
    for (;;) {
      auto batch = store.list_buckets(input.prefix, after, wanted);
      const bool is_last = batch.size() < wanted;
      if (!is_last) after = batch.back()->name;
      for (auto& bucket : batch) {
        if (!input.region.empty() && bucket->region != input.region) continue;
        found.push_back(std::move(bucket));
        if (found.size() == wanted) return found;
      }
      if (is_last) return found;
    }
  }

  static void write_bucket(xml::XmlWriter& writer, const model::Bucket& bucket, bool with_region) {
    writer.open("Bucket");
    writer.element("Name", bucket.name);
    writer.element("CreationDate",
                   time::format_iso8601(std::chrono::floor<std::chrono::seconds>(bucket.created)));
    if (with_region) writer.element("BucketRegion", bucket.region);
    writer.close("Bucket");
  }
};
PAIL_OPERATION(ListBuckets);

}  // namespace pail::operations

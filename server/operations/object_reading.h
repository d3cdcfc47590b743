#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/authorizer.h"
#include "encryption/customer_key.h"
#include "error/s3_error.h"
#include "http/header_map.h"
#include "http/response.h"
#include "model/object.h"
#include "operations/operation.h"
#include "protocol/conditions.h"
#include "protocol/object_headers.h"
#include "protocol/range.h"
#include "store/store.h"
#include "time/clock.h"

// What GetObject and HeadObject have in common: everything but the bytes.
namespace pail::operations {

/// What a GET or HEAD of an object asks for. A value.
struct ReadRequest {
  std::optional<std::string> version_id;
  protocol::ReadConditions conditions;
  std::optional<std::string> range;
  std::optional<std::string> if_range;
  std::optional<std::uint32_t> part_number;
  bool wants_checksum = false;
  /// Of SSE-C.
  std::optional<encryption::CustomerKey> customer_key;
  std::vector<protocol::ResponseOverride> overrides;
};

/// Fails: InvalidArgument (partNumber, versionId, a response-* value), InvalidRequest (Range and
/// partNumber at once, response-* of an anonymous sender), NotImplemented.
S3Result<ReadRequest> parse_read_request(const access::AuthorizedRequest& request);

/// The object version that a request names; without an id the latest. Fails: NoSuchKey (with the
/// headers that tell of a delete marker), or AccessDenied for who may not know which keys there
/// are; NoSuchVersion; MethodNotAllowed for the id of a delete marker; InternalError.
S3Result<store::StoredObject> find_requested(store::Store& store,
                                             const access::AuthorizedRequest& request,
                                             const std::optional<std::string>& version_id,
                                             store::Read read);

/// What a request for a delete marker is answered: by its id MethodNotAllowed, as the latest
/// version NoSuchKey.
S3Error delete_marker_error(const access::AuthorizedRequest& request,
                            const model::ObjectVersion& marker, bool by_id);

/// The same, if the request brings what it can be read with and the conditions hold. Fails also: as
/// check_key(), PreconditionFailed, NotModified.
S3Result<store::StoredObject> find_for_reading(store::Store& store,
                                               const access::AuthorizedRequest& request,
                                               const ReadRequest& wanted, time::Timestamp now,
                                               store::Read read);

/// The head of the answer, and which bytes go with it.
struct ReadPlan {
  int status = 200;
  http::HeaderMap headers;
  std::uint64_t offset_bytes = 0;
  std::uint64_t length_bytes = 0;
};

/// Fails: InvalidRange, InvalidPartNumber.
S3Result<ReadPlan> plan_read(const ReadRequest& wanted, const model::Bucket& bucket,
                             const model::ObjectVersion& object);

/// Adds what depends on the time and on who asks: the lock and the count of tags as far as the
/// sender may know of them, x-amz-restore and x-amz-expiration. Of the last who names a version is
/// not told, not even of the latest, as AWS was recorded to answer.
void announce_state(const OperationContext& context, const access::AuthorizedRequest& request,
                    const model::ObjectVersion& object, ReadPlan& plan);

/// The bytes of a content on their way to the client.
std::unique_ptr<http::BodySource> make_body_source(std::unique_ptr<store::ContentReader> reader);

}  // namespace pail::operations

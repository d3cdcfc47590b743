#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "content/piece.h"
#include "error/s3_error.h"
#include "http/delivery_plan.h"
#include "http/header_map.h"
#include "task/task.h"

namespace pail::http {

using content::FileRange;
using content::SharedRange;
using BodyPiece = content::Piece;

/// A response body, pulled piece by piece by the transport.
class BodySource {
 public:
  virtual ~BodySource() = default;
  /// The next piece, or nothing at the end. An error after the head was sent cuts the connection,
  /// so that the client sees a short body rather than a wrong one.
  virtual Task<S3Result<std::optional<BodyPiece>>> next() = 0;
};

/// How an answer left the house.
struct Delivery {
  /// Body bytes handed to the kernel.
  std::uint64_t body_bytes = 0;
  /// Whether the whole answer was handed over; false when the peer went away or the body failed.
  bool complete = true;
};

struct Response {
  int status = 200;
  HeaderMap headers;
  /// A whole small body, or, if `source` is set, nothing.
  std::string body;
  std::unique_ptr<BodySource> source;
  /// With `source`: how many bytes it yields, sent as Content-Length. Without a value the body is
  /// sent chunked.
  std::optional<std::uint64_t> source_length_bytes;
  /// For answers to HEAD: the Content-Length to announce though no body is sent.
  std::optional<std::uint64_t> announced_length_bytes;
  bool close_connection = false;
  /// How the answer is to be spoiled on its way; nullptr: not at all.
  std::unique_ptr<const DeliveryPlan> delivery_plan;
  /// Called once by the transport when the answer has been sent or given up.
  std::function<void(const Delivery&)> on_delivered;
};

}  // namespace pail::http

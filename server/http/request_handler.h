#pragma once

#include "http/request.h"
#include "http/response.h"
#include "task/task.h"

namespace pail::http {

/// What stands above the transport. Called from several threads at once, one request a connection
/// at a time.
class RequestHandler {
 public:
  virtual ~RequestHandler() = default;
  /// Answers one request. Never throws. `request` and its body live until the response has been
  /// sent.
  virtual Task<Response> handle(Request& request) = 0;
  /// The answer to bytes that never became a request (broken framing, head too large).
  virtual Response refuse(const S3Error& error) = 0;
};

}  // namespace pail::http

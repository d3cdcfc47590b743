#pragma once

#include "error/s3_error.h"
#include "http/response.h"
#include "service/request_id.h"

namespace pail::service {

/// The answer that carries an error: status, headers, and AWS's XML (none for HEAD and 304).
http::Response render_error(const S3Error& error, const RequestIds& ids, bool without_body);

}  // namespace pail::service

#pragma once

#include "http/response.h"

namespace pail::service {

/// Makes the ETag of the answer another one of the same form: in the head, and in a body that lies
/// in memory (CopyObject, CompleteMultipartUpload, listings).
void put_wrong_etags(http::Response& response);

/// So too the checksums: the fields x-amz-checksum-* and the elements Checksum*.
void put_wrong_checksums(http::Response& response);

}  // namespace pail::service

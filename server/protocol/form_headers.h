#pragma once

#include "error/s3_error.h"
#include "http/header_map.h"
#include "protocol/form_fields.h"

namespace pail::protocol {

/// What the fields of a form say about the object, as the headers of a PutObject would say it:
/// Content-Type and its kin, x-amz-*, "acl" as x-amz-acl. The values of x-amz-meta-* are UTF-8 in a
/// form and are encoded as headers have to be. Left out are the fields of the signature, those that
/// only forms have (key, policy, tagging, success_action_...), and empty ones, which HTML forms
/// send for whatever was not filled in. Fails: InvalidArgument for what can not stand in a header.
S3Result<http::HeaderMap> form_headers(const FormFields& fields);

}  // namespace pail::protocol

#pragma once

#include <string>
#include <string_view>

#include "auth/credentials.h"
#include "error/s3_error.h"
#include "protocol/routed_request.h"
#include "time/clock.h"

// Presigned URLs of Signature Version 2. AWS still takes them in its oldest regions, and boto3
// makes them for us-east-1 unless it is told otherwise: an application that runs there hands them
// out without knowing. So they are taken whether or not the server was told to accept Version 2.
namespace pail::auth {

/// Whether the query carries such a signature, or a part of one.
bool is_sigv2_query(const protocol::Query& query);

/// The text that the client signed: verb, Content-MD5, Content-Type, expiry, x-amz-* fields,
/// resource. Fields that the signer moved into the query count as headers.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
std::string sigv2_query_string_to_sign(const protocol::RoutedRequest& request,
                                       std::string_view expires);

/// Who signed it. Fails: AccessDenied (a parameter is missing, expired, no date),
/// InvalidAccessKeyId, SignatureDoesNotMatch with StringToSign.
S3Result<const Credential*> verify_sigv2_query(const protocol::RoutedRequest& request,
                                               const Credentials& credentials, time::Timestamp now);

}  // namespace pail::auth

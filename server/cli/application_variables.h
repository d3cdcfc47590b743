#pragma once

#include <string>

#include "pail/result.h"

#include "cli/configuration.h"
#include "cli/environment.h"

namespace pail::cli {

/// Adds what the variables of the application itself name, so that one .env serves both:
///   S3_BUCKET, MINIO_DEFAULT_BUCKETS                     buckets made at start
///   S3_ACCESS_KEY_ID + S3_SECRET_ACCESS_KEY, AWS_… the same,
///   MINIO_ROOT_USER + MINIO_ROOT_PASSWORD                accepted credentials
///   S3_ENDPOINT_URL, AWS_ENDPOINT_URL_S3                 names of this server
///   S3_PUBLIC_BASE_URL                                   public address of S3_BUCKET
/// and gives each public address its bucket. Fails with a sentence that names the variable.
Result<void, std::string> add_application_variables(const Environment& environment,
                                                    ServeConfiguration& configuration);

}  // namespace pail::cli

#include "cli/run_environment.h"

#include <string>

namespace pail::cli {

ChangedVariables run_environment(const ServeConfiguration& configuration,
                                 const RunningServer& running, const std::string& control_token) {
  const ServerOptions& options = configuration.server;
  const CredentialOption credential =
      options.credentials.empty() ? CredentialOption{kDefaultAccessKeyId, kDefaultSecretAccessKey}
                                  : options.credentials.front();
  ChangedVariables variables;
  for (const char* name :
       {"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_STS", "S3_ENDPOINT_URL", "PAIL_ENDPOINT"}) {
    variables[name] = running.endpoint;
  }
  for (const char* name : {"AWS_ACCESS_KEY_ID", "S3_ACCESS_KEY_ID"}) {
    variables[name] = credential.access_key_id;
  }
  for (const char* name : {"AWS_SECRET_ACCESS_KEY", "S3_SECRET_ACCESS_KEY"}) {
    variables[name] = credential.secret_access_key;
  }
  for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION", "S3_REGION"}) {
    variables[name] = options.region;
  }
  for (const char* name : {"AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"}) {
    variables[name] = std::nullopt;
  }
  variables["AWS_EC2_METADATA_DISABLED"] = "true";
  variables["PAIL_CONTROL_TOKEN"] = control_token;
  if (!options.buckets.empty()) variables["S3_BUCKET"] = options.buckets.front().name;
  if (!options.public_bases.empty()) {
    variables["S3_PUBLIC_BASE_URL"] = running.endpoint + "/" + options.public_bases.front().bucket;
  }
  if (!running.ca_bundle.empty()) variables["AWS_CA_BUNDLE"] = running.ca_bundle.string();
  return variables;
}

}  // namespace pail::cli

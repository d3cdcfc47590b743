#include "service/user_agent.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"

namespace pail::service {
namespace {

// What current releases send. The SDKs of AWS are all called aws-sdk-....
constexpr std::string_view kAwsSdk = "aws-sdk-";
constexpr std::array<std::string_view, 15> kTools = {
    "aws-cli", "Boto3", "Botocore", "minio-go", "minio-py",   "minio-js", "minio-java", "mc",
    "rclone",  "S3cmd", "s3fs",     "s5cmd",    "s3transfer", "fog-core", "curl"};

bool is_known(std::string_view name) {
  if (text::starts_with_ignore_case(name, kAwsSdk) && name.size() > kAwsSdk.size()) return true;
  return std::ranges::any_of(
      kTools, [name](std::string_view tool) { return text::equals_ignore_case(tool, name); });
}

}  // namespace

Agent parse_user_agent(std::string_view field) {
  std::string_view rest = field;
  while (!rest.empty()) {
    const auto end = std::min(rest.find_first_of(" ,;()"), rest.size());
    const std::string_view token = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto slash = token.find('/');
    if (slash == std::string_view::npos) continue;
    const std::string_view name = token.substr(0, slash);
    if (is_known(name)) return {name, token.substr(slash + 1)};
  }
  return {text::trim(field), {}};
}

}  // namespace pail::service

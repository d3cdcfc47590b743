#include "control/drop_in.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace pail::control {
namespace {

struct Row {
  std::string_view method;
  std::string_view path;
  DropIn drop_in;
};

constexpr std::array kRows = {
    Row{"GET", "/minio/health/live", DropIn::kMinioHealth},
    Row{"GET", "/minio/health/ready", DropIn::kMinioHealth},
    Row{"GET", "/minio/health/cluster", DropIn::kMinioHealth},
    Row{"GET", "/_localstack/health", DropIn::kLocalStackHealth},
    Row{"POST", "/moto-api/reset", DropIn::kMotoReset},
};

bool is_of_this_machine(const http::Request& request) {
  return request.remote_address.starts_with("127.") || request.remote_address == "::1";
}

Reply reset_as_moto(const http::Request& request, Powers& powers, const Guard& guard) {
  const bool is_in_memory = !powers.spaces.settings().data_directory;
  Json json;
  if (!is_in_memory || !is_of_this_machine(request) || !guard.admit_no_page(request)) {
    json["error"] =
        "this is for programs of this machine and data in memory; POST /_pail/reset with the "
        "control "
        "token resets any server";
    return json_reply(json, 403);
  }
  const auto begun = powers.spaces.home().begin_again();
  if (!begun) return json_reply({{"error", begun.error()}}, 500);
  json["status"] = "ok";
  return json_reply(json);
}

}  // namespace

std::optional<DropIn> find_drop_in(const http::Request& request, const store::Store& store) {
  const std::string_view target = request.target;
  const std::string_view path = target.substr(0, target.find('?'));
  const std::string_view asked = request.method;
  const std::string_view method = asked == "HEAD" ? std::string_view("GET") : asked;
  const auto* const row = std::ranges::find_if(
      kRows, [&](const Row& r) { return r.path == path && r.method == method; });
  if (row == kRows.end()) return std::nullopt;
  const bool is_signed =
      request.headers.contains("Authorization") || target.find("Signature=") != target.npos;
  const std::string_view bucket = path.substr(1, path.find('/', 1) - 1);
  if (is_signed || store.find_bucket(bucket)) return std::nullopt;
  return row->drop_in;
}

Reply answer_drop_in(DropIn drop_in, const http::Request& request, Powers& powers,
                     const Guard& guard) {
  const int status = powers.is_ready ? 200 : 503;
  if (drop_in == DropIn::kMinioHealth) return {status, "", ""};
  if (drop_in == DropIn::kMotoReset) return reset_as_moto(request, powers, guard);
  Json json;
  json["services"] = {{"s3", "running"}, {"sts", "running"}};
  json["edition"] = "pail";
  json["version"] = powers.version;
  return json_reply(json, status);
}

}  // namespace pail::control

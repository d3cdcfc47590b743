#include "cli/greeting.h"

#include <algorithm>
#include <string_view>

#include "cli/option_values.h"
#include "cli/version.h"

namespace pail::cli {
namespace {

constexpr std::size_t kBucketsShownMost = 20;
constexpr std::size_t kColumn = 14;

std::string row(std::string_view title, const std::string& text) {
  std::string line = "  ";
  line += title;
  line.append(title.size() < kColumn ? kColumn - title.size() : 1, ' ');
  return line + text + "\n";
}

/// In single quotes unless the shell would take every character as it is.
std::string shell_word(const std::string& text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:@%+,=";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string access_text(const std::string& bucket, const ServerOptions& options) {
  const auto found = std::ranges::find(options.buckets, bucket, &BucketOption::name);
  if (found == options.buckets.end()) return "";
  switch (found->public_access) {
    case PublicAccess::kRead:
      return "  (everybody reads)";
    case PublicAccess::kReadWrite:
      return "  (everybody reads and writes)";
    case PublicAccess::kNone:
      break;
  }
  return "";
}

std::string bucket_rows(const ServerOptions& options, const std::vector<std::string>& names) {
  if (names.empty()) return row("buckets", "none yet; --bucket NAME or S3_BUCKET makes one");
  std::string rows;
  for (const std::string& name : names) {
    const bool is_first = rows.empty();
    if (&name - names.data() == kBucketsShownMost) {
      return rows + row("", "… and " + std::to_string(names.size() - kBucketsShownMost) + " more");
    }
    rows += row(is_first ? "buckets" : "", name + access_text(name, options));
  }
  return rows;
}

std::string credential_rows(const ServerOptions& options) {
  if (options.credentials.empty()) {
    return row("credentials", std::string(kDefaultAccessKeyId) + " / " + kDefaultSecretAccessKey +
                                  "  (the default pair)");
  }
  std::string rows;
  for (const CredentialOption& credential : options.credentials) {
    rows += row(rows.empty() ? "credentials" : "",
                credential.access_key_id + " / its configured secret");
  }
  return rows;
}

/// The bucket that the examples show: one that was asked for, else any, else a name to fill in.
std::string example_bucket(const ServerOptions& options, const std::vector<std::string>& names) {
  if (!options.buckets.empty()) return options.buckets.front().name;
  return names.empty() ? "BUCKET" : names.front();
}

std::string port_suffix(const RunningServer& running) {
  return running.ports.empty() ? "" : ":" + std::to_string(running.ports.front());
}

std::string url_rows(const ServerOptions& options, const RunningServer& running) {
  const std::string bucket = example_bucket(options, running.bucket_names);
  const std::string scheme = running.endpoint.substr(0, running.endpoint.find("://"));
  std::string rows = row("path style", running.endpoint + "/" + bucket + "/KEY");
  rows +=
      row("virtual host", scheme + "://" + bucket + ".localhost" + port_suffix(running) + "/KEY");
  for (const PublicBaseOption& base : options.public_bases) {
    std::string url = base.url;
    while (url.ends_with('/')) url.pop_back();
    rows += row("public URL", url + "/KEY  (bucket " + base.bucket + ")");
  }
  if (!options.public_bases.empty()) return rows;
  for (const BucketOption& option : options.buckets) {
    if (option.public_access == PublicAccess::kNone) continue;
    rows += row("public URL", running.endpoint + "/" + option.name + "/KEY");
  }
  return rows;
}

std::string export_line(const std::string& name, const std::string& word) {
  return "export " + name + "=" + word + "\n";
}

std::string export_block(const ServeConfiguration& configuration, const RunningServer& running) {
  const ServerOptions& options = configuration.server;
  std::string id = kDefaultAccessKeyId;
  std::string secret = kDefaultSecretAccessKey;
  if (!options.credentials.empty()) {
    id = shell_word(options.credentials.front().access_key_id);
    secret = configuration.secret_variable.empty() ? "'the configured secret of " + id + "'"
                                                   : "\"$" + configuration.secret_variable + "\"";
  }
  std::string block = export_line("AWS_ENDPOINT_URL_S3", running.endpoint);
  block += export_line("AWS_ACCESS_KEY_ID", id);
  block += export_line("AWS_SECRET_ACCESS_KEY", secret);
  block += export_line("AWS_REGION", shell_word(options.region));
  if (!running.ca_bundle.empty()) {
    block += export_line("AWS_CA_BUNDLE", shell_word(running.ca_bundle.string()));
  }
  return block;
}

std::string storage_text(const ServerOptions& options) {
  if (!options.data_directory) return "in memory, gone at the end";
  std::error_code ec;
  const auto directory = std::filesystem::absolute(*options.data_directory, ec);
  return (ec ? *options.data_directory : directory).lexically_normal().string();
}

std::string further_endpoints(const ServeConfiguration& configuration,
                              const RunningServer& running) {
  const std::string scheme = configuration.tls.is_on() ? "https://" : "http://";
  std::string rows;
  for (std::size_t i = 1; i < running.ports.size() && i < configuration.server.listen.size(); ++i) {
    rows += row(
        "", scheme + configuration.server.listen[i].host + ":" + std::to_string(running.ports[i]));
  }
  return rows;
}

}  // namespace

std::string greeting(const ServeConfiguration& configuration, const RunningServer& running) {
  const ServerOptions& options = configuration.server;
  std::string text = "pail " + std::string(version()) + "\n\n";
  text += row("endpoint", running.endpoint);
  text += further_endpoints(configuration, running);
  text += row("region", options.region);
  text += credential_rows(options);
  text += row("data", storage_text(options));
  text += bucket_rows(options, running.bucket_names);
  text += url_rows(options, running);
  return text + "\n" + export_block(configuration, running) + "\n";
}

std::string default_credentials_warning(const ServerOptions& options) {
  if (!options.credentials.empty()) return "";
  const auto open = std::ranges::find_if_not(
      options.listen, [](const ListenOption& listen) { return is_loopback(listen.host); });
  if (open == options.listen.end()) return "";
  const std::string bar(78, '!');
  return bar + "\n!! WARNING: other machines can reach " + open->host +
         ", and the default credentials are\n!! accepted there, which everybody knows (" +
         kDefaultAccessKeyId + " / " + kDefaultSecretAccessKey +
         "): whoever reaches this port\n!! reads, changes and deletes everything. Set your own "
         "with --credential ID:SECRET,\n!! or with S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.\n" +
         bar + "\n";
}

}  // namespace pail::cli

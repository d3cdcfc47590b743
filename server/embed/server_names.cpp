#include "embed/server_names.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/decimal.h"
#include "text/percent.h"

namespace pail::embed {
namespace {

struct SplitUrl {
  std::string authority;
  std::string path;
};

SplitUrl split_url(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
  }
  url = url.substr(0, url.find_first_of("?#"));
  const auto slash = url.find('/');
  SplitUrl split{std::string(url.substr(0, slash)), ""};
  if (slash != std::string_view::npos) split.path = url.substr(slash);
  while (split.path.ends_with('/')) split.path.pop_back();
  return split;
}

Result<protocol::PublicBase, std::string> public_base(const PublicBaseOption& option,
                                                      const protocol::ServerNames& names) {
  const SplitUrl split = split_url(option.url);
  const std::string host = protocol::split_host(split.authority).host;
  const auto path = text::percent_decode(split.path);
  if (host.empty() || !path) {
    return Unexpected{"the public base URL '" + option.url +
                      "' is not a URL; give one like http://localhost:9000/" + option.bucket};
  }
  if (path->empty() && names.is_own(host)) {
    return Unexpected{"the public base URL '" + option.url +
                      "' is the server itself, not an address of bucket '" + option.bucket +
                      "'; give " + option.url + "/" + option.bucket + " or http://" +
                      option.bucket + ".localhost:9000"};
  }
  return protocol::PublicBase{host, *path, option.bucket};
}

void add_port(std::vector<std::uint16_t>& ports, std::string_view text) {
  const auto port = text::parse_decimal(text);
  if (port && *port > 0 && *port <= 65535) ports.push_back(static_cast<std::uint16_t>(*port));
}

}  // namespace

Result<protocol::ServerNames, std::string> server_names(const ServerOptions& options,
                                                        const std::string& machine_name) {
  protocol::ServerNames names;
  names.hosts = {"localhost",
                 "s3.localhost",
                 "s3." + options.region + ".localhost",
                 "127.0.0.1",
                 "[::1]",
                 "host.docker.internal",
                 "s3.amazonaws.com",
                 "s3." + options.region + ".amazonaws.com"};
  if (!machine_name.empty()) names.hosts.push_back(text::to_lower(machine_name));
  for (const std::string& name : options.host_names) {
    names.hosts.push_back(protocol::split_host(split_url(name).authority).host);
  }
  for (const PublicBaseOption& option : options.public_bases) {
    auto base = public_base(option, names);
    if (!base) return Unexpected{std::move(base).error()};
    names.public_bases.push_back(std::move(base).value());
  }
  return names;
}

std::vector<std::uint16_t> known_ports(const ServerOptions& options) {
  std::vector<std::uint16_t> ports;
  for (const ListenOption& listen : options.listen) {
    if (listen.port != 0) ports.push_back(listen.port);
  }
  for (const std::string& name : options.host_names) {
    add_port(ports, protocol::split_host(split_url(name).authority).port);
  }
  for (const PublicBaseOption& base : options.public_bases) {
    add_port(ports, protocol::split_host(split_url(base.url).authority).port);
  }
  std::sort(ports.begin(), ports.end());
  ports.erase(std::unique(ports.begin(), ports.end()), ports.end());
  return ports;
}

}  // namespace pail::embed

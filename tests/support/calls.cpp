#include "support/calls.h"

#include <utility>

namespace pail::test {
namespace {

/// Signatures cover '/' in a query as %2F, whatever was sent.
std::string encode_query(std::string target) {
  for (auto at = target.find('?'); at != std::string::npos; at = target.find('/', at)) {
    if (target[at] == '?') {
      ++at;
    } else {
      target.replace(at, 1, "%2F");
    }
  }
  return target;
}

}  // namespace

Answer send(Loopback& server, std::string method, std::string target, const Headers& headers,
            std::string body) {
  return server.send({.method = std::move(method),
                      .target = encode_query(std::move(target)),
                      .headers = headers,
                      .body = std::move(body)});
}

Answer send_anonymously(Loopback& server, std::string method, std::string target,
                        const Headers& headers, std::string body) {
  return server.send({.method = std::move(method),
                      .target = std::move(target),
                      .headers = headers,
                      .body = std::move(body),
                      .is_signed = false});
}

std::vector<std::string> elements(const Answer& answer, std::string_view name) {
  const std::string open = '<' + std::string(name) + '>';
  const std::string close = "</" + std::string(name) + '>';
  std::vector<std::string> found;
  for (auto at = answer.body.find(open); at != std::string::npos;
       at = answer.body.find(open, at + 1)) {
    const auto start = at + open.size();
    found.push_back(answer.body.substr(start, answer.body.find(close, start) - start));
  }
  return found;
}

http::Header content_md5(std::string_view body) { return {"Content-MD5", digest_of("MD5", body)}; }

}  // namespace pail::test

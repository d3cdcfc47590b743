#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace pail::test {

/// What a client that is not ours understood of an answer; status 0 when it understood nothing.
struct ClientResponse {
  int status = 0;
  std::string body;
  std::multimap<std::string, std::string> headers;
};

/// An HTTP client independent of our own code (cpp-httplib), with one kept connection.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port);
  HttpClient(HttpClient&&) noexcept;
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  ~HttpClient();

  ClientResponse send(const std::string& method, const std::string& target,
                      const std::multimap<std::string, std::string>& headers = {},
                      const std::string& body = {});
  /// A PUT with chunked transfer coding, 1,000 bytes a chunk.
  ClientResponse put_chunked(const std::string& target, const std::string& body);

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

}  // namespace pail::test

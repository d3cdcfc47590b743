#include "support/http_client.h"

#include <algorithm>

#include <httplib.h>

namespace pail::test {
namespace {

constexpr int kPatienceSeconds = 20;

ClientResponse converted(const httplib::Result& result) {
  ClientResponse response;
  if (!result) return response;
  response.status = result->status;
  response.body = result->body;
  response.headers.insert(result->headers.begin(), result->headers.end());
  return response;
}

}  // namespace

struct HttpClient::Library {
  httplib::Client client;
};

HttpClient::HttpClient(std::uint16_t port)
    : library_(new Library{httplib::Client("127.0.0.1", port)}) {
  library_->client.set_keep_alive(true);
  library_->client.set_read_timeout(kPatienceSeconds);
  library_->client.set_write_timeout(kPatienceSeconds);
  library_->client.set_url_encode(false);
  library_->client.set_decompress(false);
}

HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

ClientResponse HttpClient::send(const std::string& method, const std::string& target,
                                const std::multimap<std::string, std::string>& headers,
                                const std::string& body) {
  httplib::Request request;
  request.method = method;
  request.path = target;
  request.body = body;
  request.headers.insert(headers.begin(), headers.end());
  return converted(library_->client.send(request));
}

ClientResponse HttpClient::put_chunked(const std::string& target, const std::string& body) {
  const auto provide = [&body](std::size_t offset, httplib::DataSink& sink) {
    const std::size_t bytes = std::min<std::size_t>(1000, body.size() - offset);
    if (bytes == 0) {
      sink.done();
    } else {
      sink.write(body.data() + offset, bytes);
    }
    return true;
  };
  return converted(library_->client.Put(target, provide, "application/octet-stream"));
}

}  // namespace pail::test

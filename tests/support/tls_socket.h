#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

#include "support/raw_socket.h"

namespace pail::test {

/// A certificate for localhost that signed itself, and its key, both PEM.
struct TestCertificate {
  std::string certificate_pem;
  std::string key_pem;
};
TestCertificate make_certificate();

/// A client's end of a TLS connection, by OpenSSL alone. Does not check the certificate.
class TlsSocket {
 public:
  /// `newest_version` limits the client, e.g. TLS1_1_VERSION.
  explicit TlsSocket(std::uint16_t port, int newest_version = TLS1_3_VERSION);

  [[nodiscard]] bool is_connected() const { return is_connected_; }
  [[nodiscard]] std::string version() const;
  bool send(std::string_view bytes);
  /// Receives until `end` has been seen or the peer ends the connection.
  std::string receive_until(std::string_view end);
  std::string receive_exactly(std::size_t bytes);
  std::string receive_to_end();
  /// Whether the end of the stream was announced (close_notify), not just cut.
  [[nodiscard]] bool ended_in_order() const;

 private:
  bool receive_some();

  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  RawSocket socket_;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> ssl_;
  std::string received_;
  bool is_connected_ = false;
};

}  // namespace pail::test

#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pail/result.h"

#include "http/request_handler.h"

namespace pail::transport {

/// A certificate chain and its key, PEM.
struct TlsIdentity {
  std::string certificate_chain_pem;
  std::string private_key_pem;
};

/// One address to listen on. With `tls`, the port speaks TLS and plain HTTP: the first byte tells
/// which.
struct Listener {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
  std::optional<TlsIdentity> tls;
};

struct Limits {
  std::size_t head_bytes = std::size_t{64} * 1024;
  std::size_t header_count = 256;
  std::size_t target_bytes = std::size_t{16} * 1024;
  /// From the first byte of a head to its end.
  std::chrono::milliseconds head_time{20'000};
  /// Between two requests of a kept connection.
  std::chrono::milliseconds idle_time{120'000};
  /// Without any byte of a body arriving, or being taken by the client.
  std::chrono::milliseconds body_stall_time{30'000};
  /// An unread body up to this size is drained so that the connection can be kept.
  std::size_t drained_body_bytes = std::size_t{256} * 1024;
  std::size_t connections = 10'000;
};

struct Options {
  std::vector<Listener> listeners;
  Limits limits;
  /// Threads that run connections; 0 chooses by the machine.
  unsigned threads = 0;
};

/// The HTTP server: sockets below, a RequestHandler above. Several may run in one process.
class Transport {
 public:
  virtual ~Transport() = default;

  /// Binds, listens and starts to serve. Fails with a sentence for people (address in use, not
  /// permitted, unknown host, bad certificate); nothing is left open then. `handler` outlives it.
  static Result<std::unique_ptr<Transport>, std::string> start(Options options,
                                                               http::RequestHandler& handler);

  /// The port of each listener, in order; tells what port 0 became.
  [[nodiscard]] virtual std::vector<std::uint16_t> ports() const = 0;

  /// Stops accepting, closes idle connections, lets running requests finish for at most `grace`,
  /// then cuts them. Returns when no request is running. Idempotent; the destructor does it with no
  /// grace.
  virtual void stop(std::chrono::milliseconds grace) = 0;
};

}  // namespace pail::transport

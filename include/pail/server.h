#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pail/export.h"
#include "pail/options.h"
#include "pail/result.h"

namespace pail {

/// What lifecycle rules did.
struct LifecycleReport {
  /// Objects that expired: removed, or hidden behind a delete marker where versions are kept.
  std::size_t expired = 0;
  /// Versions that were removed because newer ones had replaced them.
  std::size_t noncurrent_removed = 0;
  /// Delete markers that went because nothing was left behind them.
  std::size_t markers_removed = 0;
  /// Versions that moved to another storage class.
  std::size_t transitioned = 0;
  std::size_t uploads_aborted = 0;
  /// Due, but locked, or changed in the meantime.
  std::size_t refused = 0;
  /// Buckets in which not everything could be done; they are tried again in the background.
  std::size_t failed_buckets = 0;
};

/// An S3 server in this process. Several may run side by side; they share nothing.
///
///   auto server = pail::Server::start({.buckets = {{"photos"}}});
///   use(server->endpoint());
///
/// Thread-safe. Serves until stop() or destruction.
class PAIL_API Server {
 public:
  /// Opens the data, makes missing buckets, binds the ports and serves. When it returns, requests
  /// are answered. Fails with a sentence for people that says what to do; nothing is left running
  /// then.
  static Result<Server, std::string> start(ServerOptions options = {});

  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  ~Server();

  /// "http://127.0.0.1:41234": of the first address listened on.
  [[nodiscard]] std::string endpoint() const;
  /// The port of each address, in the order of ServerOptions::listen.
  [[nodiscard]] std::vector<std::uint16_t> ports() const;
  /// Names of the buckets that there are, in order.
  [[nodiscard]] std::vector<std::string> bucket_names() const;

  /// Does at once what lifecycle rules want done now, in all buckets. When it returns it has
  /// happened. Does nothing once the server was stopped.
  LifecycleReport run_lifecycle();

  /// What the control interface lets people in with.
  [[nodiscard]] const std::string& control_token() const;
  struct ControlReply {
    int status = 0;  // as HTTP has it
    std::string body;
  };
  /// Carries out a call of the control interface (docs/openapi.json) without HTTP and token.
  /// `target` is the path below "/_pail" with its query, `body` is JSON or empty.
  ControlReply control(const std::string& method, const std::string& target,
                       const std::string& body = {});

  /// Stops accepting, lets running requests finish for at most `grace`, then cuts them. Idempotent.
  void stop(std::chrono::milliseconds grace = std::chrono::seconds(10));

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace pail

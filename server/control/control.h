#pragma once

#include <string>

#include "control/guard.h"
#include "control/powers.h"
#include "control/route.h"
#include "http/request_handler.h"

namespace pail::control {

/// The testing powers of a server: HTTP and JSON under "/_pail/", a name that no bucket can have.
/// Everything else goes on to `next`. Thread-safe; the parts outlive it.
class Control final : public http::RequestHandler {
 public:
  Control(Powers powers, Guard guard, http::RequestHandler& next)
      : powers_(std::move(powers)), guard_(std::move(guard)), next_(next) {}

  Task<http::Response> handle(http::Request& request) override;
  http::Response refuse(const S3Error& error) override { return next_.refuse(error); }

  /// Carries out a call of whoever is in this process, who needs no token. `target` is the path
  /// below "/_pail" with its query, `body` is JSON or empty.
  Task<Reply> call(std::string method, std::string target, std::string body);

 private:
  Task<http::Response> answer(http::Request& request, std::string target);
  Task<Reply> run(const Route& route, Call call, std::string body, Waiter& waiter);

  Powers powers_;
  Guard guard_;
  http::RequestHandler& next_;
};

}  // namespace pail::control

#pragma once

#include <string>

#include "control/call.h"
#include "http/request.h"
#include "protocol/server_names.h"

namespace pail::control {

/// Lets nobody in but who holds the token, and no web page: a page of another origin says so in
/// Origin, and one whose name was made to point here (DNS rebinding) has that name in Host. A
/// value; thread-safe.
class Guard {
 public:
  Guard(std::string token, protocol::ServerNames names)
      : token_(std::move(token)), names_(std::move(names)) {}

  /// Fails: 401 without the token ("Authorization: Bearer TOKEN" or "x-pail-token: TOKEN"), 403 for
  /// a web page.
  [[nodiscard]] Answer<void> admit(const http::Request& request) const;
  /// The same without asking for the token.
  [[nodiscard]] Answer<void> admit_no_page(const http::Request& request) const;

 private:
  const std::string token_;
  const protocol::ServerNames names_;
};

}  // namespace pail::control

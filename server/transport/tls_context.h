#pragma once

#include <memory>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "pail/result.h"

#include "transport/transport.h"

namespace pail::transport {

/// Server settings for TLS 1.2 and newer with this certificate. Fails with a sentence for people.
Result<std::unique_ptr<boost::asio::ssl::context>, std::string> make_tls_context(
    const TlsIdentity& identity);

}  // namespace pail::transport

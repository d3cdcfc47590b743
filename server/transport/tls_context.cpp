#include "transport/tls_context.h"

#include <utility>

#include <boost/asio/buffer.hpp>

namespace pail::transport {

Result<std::unique_ptr<boost::asio::ssl::context>, std::string> make_tls_context(
    const TlsIdentity& identity) {
  namespace ssl = boost::asio::ssl;
  boost::system::error_code ec;
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  ::SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  context->set_options(ssl::context::default_workarounds | SSL_OP_NO_RENEGOTIATION, ec);
  if (ec) return Unexpected{"TLS could not be set up: " + ec.message()};
  context->use_certificate_chain(boost::asio::buffer(identity.certificate_chain_pem), ec);
  if (ec) return Unexpected{"the TLS certificate is not usable: " + ec.message()};
  context->use_private_key(boost::asio::buffer(identity.private_key_pem), ssl::context::pem, ec);
  if (ec) {
    return Unexpected{"the TLS key is not usable, or does not belong to the certificate: " +
                      ec.message()};
  }
  return context;
}

}  // namespace pail::transport

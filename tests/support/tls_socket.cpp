#include "support/tls_socket.h"

#include <array>
#include <utility>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace pail::test {
namespace {

constexpr timeval kPatience{20, 0};

std::string contents(BIO* bio) {
  char* bytes = nullptr;
  const long length = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<std::size_t>(length)};
}

}  // namespace

TestCertificate make_certificate() {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const std::string host = "localhost";
  std::array<unsigned char, 9> common_name{};
  host.copy(reinterpret_cast<char*>(common_name.data()), common_name.size());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name.data(),
                             static_cast<int>(common_name.size()), -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  X509_sign(certificate.get(), key.get(), EVP_sha256());

  const std::unique_ptr<BIO, decltype(&BIO_free)> certificate_bio(BIO_new(BIO_s_mem()), BIO_free);
  const std::unique_ptr<BIO, decltype(&BIO_free)> key_bio(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_X509(certificate_bio.get(), certificate.get());
  PEM_write_bio_PrivateKey(key_bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return {contents(certificate_bio.get()), contents(key_bio.get())};
}

TlsSocket::TlsSocket(std::uint16_t port, int newest_version)
    : socket_(port), context_(SSL_CTX_new(TLS_client_method())) {
  ::setsockopt(socket_.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  ::setsockopt(socket_.descriptor(), SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  // The client's own minimum must not stand in for the server's.
  SSL_CTX_set_security_level(context_.get(), 0);
  SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context_.get(), newest_version);
  ssl_.reset(SSL_new(context_.get()));
  SSL_set_fd(ssl_.get(), socket_.descriptor());
  is_connected_ = SSL_connect(ssl_.get()) == 1;
}

std::string TlsSocket::version() const { return SSL_get_version(ssl_.get()); }

bool TlsSocket::send(std::string_view bytes) {
  std::size_t written = 0;
  while (!bytes.empty()) {
    if (SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written) != 1) return false;
    bytes.remove_prefix(written);
  }
  return true;
}

bool TlsSocket::receive_some() {
  std::array<char, 16384> block{};
  std::size_t got = 0;
  if (SSL_read_ex(ssl_.get(), block.data(), block.size(), &got) != 1) return false;
  received_.append(block.data(), got);
  return true;
}

std::string TlsSocket::receive_until(std::string_view end) {
  while (received_.find(end) == std::string::npos && receive_some()) {
  }
  const auto found = received_.find(end);
  return receive_exactly(found == std::string::npos ? received_.size() : found + end.size());
}

std::string TlsSocket::receive_exactly(std::size_t bytes) {
  while (received_.size() < bytes && receive_some()) {
  }
  std::string taken = received_.substr(0, bytes);
  received_.erase(0, bytes);
  return taken;
}

std::string TlsSocket::receive_to_end() {
  while (receive_some()) {
  }
  return std::exchange(received_, {});
}

bool TlsSocket::ended_in_order() const {
  return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
}

}  // namespace pail::test
